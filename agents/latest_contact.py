"""The newest mail, call or meeting with an account or a person: when it was, who was there, what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from agents.base import Toolbox
from agents.numbered_evidence import PASSAGE, Exhibits, Said
from agents.read_log import ReadLog
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import names_on, speaker, where_of
from crm.engagement.timeline import is_conversation, is_planned
from crm.nouns import Activity, Brief, Kind, Question, Scope, Side
from crm.quoting import passage
from crm.records.book import Book

KINDS = {"mail": Kind.EMAIL, "call": Kind.CALL, "meeting": Kind.EVENT}
MESSAGES = 3  # of a thread, the newest ones


@dataclass(frozen=True, slots=True)
class Newest:
    """What is looked for: `what` is one of KINDS; `theirs` that the customer wrote it."""

    what: str
    theirs: bool


def newest_asked(text: str, topic: list[str], scope: Scope) -> Newest | None:
    """ "What was the last mail from Marit about?" None where a question is about more than the record itself."""
    asks = word_list("asks")
    period = set(words_of(scope.period.words)) if scope.period else set()
    said = set(words_of(text)) - period
    what = [kind for kind in KINDS if said & asks[f"a_{kind}"]]
    if len(what) != 1 or not said & asks["newest"]:
        return None
    more = {plain(word) for word in topic} - asks["newest"] - asks["newest_too"] - asks[f"a_{what[0]}"]
    return None if more else Newest(what[0], what[0] == "mail" and bool(said & asks["from_them"]))


def met_asked(text: str, topic: list[str], scope: Scope) -> Newest | None:
    """ "When did we last meet Marit?", "when was our last call with Norvik": contact of one kind only."""
    asks = word_list("asks")
    said = set(words_of(text))
    what = [kind for kind in ("call", "meeting") if said & asks[f"met_{kind}"]]
    if len(what) != 1 or not said & (asks["newest"] | asks["newest_adverb"]):
        return None
    known = asks["newest"] | asks["newest_adverb"] | asks["met_too"] | asks[f"met_{what[0]}"]
    return None if {plain(word) for word in topic} - known else Newest(what[0], theirs=False)


def newest(question: Question, scope: Scope, wanted: Newest, tools: Toolbox) -> Brief:
    """The newest record of that kind that has happened and holds words, with the newest messages of its thread."""
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), kinds=frozenset({KINDS[wanted.what]})))
    log, shown = read.log, read.shown
    counting = [a for a in log.activities if _counts(a, wanted, scope)]
    found = next(iter(counting), None)
    proof = next((a for a in counting if is_conversation(log.labels.get(a.id))), None)
    facts = {
        "what": wanted.what,
        "theirs": wanted.theirs,
        "record": shown.record(found) if found else None,
        "who": names_on(found, tools.book) if found else "",
        "lines": list(_lines(found, shown, tools.book)) if found else [],
        "talked": found is not None and found is proof,
        "proof": shown.record(proof) if proof and proof is not found else None,
    }
    return read.brief("newest", facts, "engagement_check", "email_draft")


def _counts(activity: Activity, wanted: Newest, scope: Scope) -> bool:
    past = activity.at is not None and (scope.as_of is None or activity.at.date() <= scope.as_of)
    called_off = activity.kind is Kind.EVENT and not is_planned(activity)
    if not past or called_off or not activity.text.strip():
        return False
    return not wanted.theirs or any(m.side is Side.THEM for m in activity.messages[:1])


def _lines(activity: Activity, shown: Exhibits, book: Book) -> Iterator[Said]:
    for message in [m for m in activity.messages if m.text.strip() and m.side is not Side.MACHINE][:MESSAGES]:
        name = message.author or message.address
        who = speaker(name, activity, book) if message.side is Side.THEM else name or activity.owner
        yield shown.add(activity, passage(message.text.strip(), PASSAGE), who, message.side, message.at)
