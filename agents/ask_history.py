"""Finds what the customer said about something: their words, with who and when, or in how many records nobody did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agents.base import Toolbox, judge_first, run_alone
from agents.dialogue.manner import manner_asked
from agents.latest_contact import newest, newest_asked
from agents.latest_words import latest_words, names_no_topic
from agents.numbered_evidence import MARKER, Exhibits, Said
from agents.promises import about_promises, promised
from agents.reading.topic import topic_of
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, speaker, where_of
from crm.engagement.audit import judge_and_record
from crm.engagement.labels import current
from crm.engagement.timeline import is_conversation
from crm.nouns import Brief, Filter, Message, Question, Scope, Side
from retrieval.llm_search import helped
from retrieval.search import CERTAIN, Found, Hit

QUOTES = 6
ASKED_FOR = 20  # hits looked at: some only repeat words that stand in an earlier record
ELSEWHERE = 2  # records that hold the words and prove nothing, where nothing else was found
ABOUT = 0.15  # of a question, that words must speak of: of 234 right passages 12 % speak of less, of 1,077 others 24 %


@dataclass(frozen=True, slots=True)
class AskHistory:
    """The agent."""

    name: str = "ask_history"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        where = where_of(scope)
        if scope.account or scope.contact:
            judge_first(tools, where)
        about = name_of(scope)
        topic = topic_of(question.text, f"{about} {scope.account.name if scope.account else ''}", scope)
        if about_promises(topic):
            return promised(question, scope, tools)
        if about and (wanted := newest_asked(question.text, topic, scope)):
            return newest(question, scope, wanted, tools)
        if about and names_no_topic(topic):
            return latest_words(question, scope, tools)
        query = " ".join(topic) or question.text
        found = helped(query, lambda words: _find(words, where, tools), tools.helper, ASKED_FOR)
        shown = Exhibits()
        said: list[Said] = []
        for hit in found.hits:
            one = _said(hit, shown, tools)
            if one is not None and one.quote not in {s.quote for s in said}:
                said.append(one)
        best = said[:QUOTES]
        dated = sorted((s for s in said if s.day), key=_newest)
        facts = {
            "about": about,
            "topic": query,
            "theirs": sorted((s for s in best if s.side is Side.THEM), key=_newest),
            "noted": sorted((s for s in best if s.side is not Side.THEM), key=_newest),
            "elsewhere": [] if said else _elsewhere(query, where, shown, tools),
            "first": dated[-1] if dated else None,
            "last": dated[0] if dated else None,
            "ways": found.ways or (("words",) if found.notices else ("words", "meaning")),
            "complete": not found.notices,
            "period": scope.period,
            "as_of": scope.as_of,
            "considered": tools.store.count(where),
            "existing": tools.store.count(ever(where)),
        }
        account = scope.account.name if scope.account else ""
        suggestions = suggest(tools.playbook, question.language, ("engagement_check", "account_summary"), account)
        manner = manner_asked(question)
        return Brief(self.name, question.text, facts, shown.evidence, manner, found.notices, suggestions)


def _find(query: str, where: Filter, tools: Toolbox) -> Found:
    """From what they wrote and from our notes of conversations, best first, each activity once."""
    theirs = tools.search.find(query, replace(where, side=Side.THEM), ASKED_FOR)
    noted = tools.search.find(query, replace(where, side=Side.US), ASKED_FOR)
    engaged = _conversations(noted.hits, tools)
    best: dict[str, Hit] = {}
    for hit in sorted((*theirs.hits, *engaged), key=lambda h: h.score, reverse=True):
        if _is_about(hit):
            best.setdefault(hit.activity.id, hit)
    notices = tuple(dict.fromkeys((*theirs.notices, *noted.notices)))
    return Found(tuple(best.values()), theirs.considered, theirs.ways, notices)


def _elsewhere(query: str, where: Filter, shown: Exhibits, tools: Toolbox) -> list[Said]:
    """Where the words stand although nobody of theirs said them: our own mail, a note of a call that nobody took."""
    found = tools.search.find(query, where, ASKED_FOR).hits
    held = list(filter(_is_about, found))[:ELSEWHERE]
    told = []
    for hit in held:
        message = _holder(hit.passage, hit.activity.messages)
        side = message.side if message else Side.US
        who = (message and (message.author or message.address)) or (hit.activity.owner if side is Side.US else "")
        told.append(shown.add(hit.activity, MARKER.sub("", hit.passage), who, side, hit.activity.at))
    return told


def _is_about(hit: Hit) -> bool:
    """Whether the words themselves speak of it, and not only their record."""
    return hit.about >= ABOUT or hit.score >= CERTAIN


def _conversations(hits: Sequence[Hit], tools: Toolbox) -> list[Hit]:
    """Those whose record is a conversation; what had no label yet gets one."""
    activities = [hit.activity for hit in hits]
    labels = current(tools.store, [a.id for a in activities])
    if new := [a for a in activities if a.id not in labels]:
        judge_and_record(tools.store, tools.cascade, new)
        labels = current(tools.store, [a.id for a in activities])
    return [hit for hit in hits if is_conversation(labels.get(hit.activity.id))]


def _said(hit: Hit, shown: Exhibits, tools: Toolbox) -> Said | None:
    """The passage as words of whoever wrote it; what we wrote to them is left out, what we noted is not."""
    message = _holder(hit.passage, hit.activity.messages)
    if message is None or message.side is Side.MACHINE:
        return None
    if message.side is Side.US and len(hit.activity.messages) > 1:
        return None
    said = message.author or message.address if message.side is Side.THEM else ""
    who = speaker(said, hit.activity, tools.book)
    return shown.add(hit.activity, MARKER.sub("", hit.passage), who, message.side, message.at or hit.activity.at)


def _holder(passage: str, messages: Sequence[Message]) -> Message | None:
    return next((m for m in messages if passage.strip() in m.text), None)


def _newest(said: Said) -> int:
    return -said.day.toordinal() if said.day else 0


if __name__ == "__main__":
    run_alone("ask_history")
