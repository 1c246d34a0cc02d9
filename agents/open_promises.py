"""Promises of ours that no later record shows to be kept. What was done and not logged cannot be seen here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agents.base import Log, Toolbox, judged_log
from agents.numbered_evidence import Exhibits, Said, lines_in
from agents.owed import leaves_to_us
from agents.promises import lately, of_ours
from agents.read_log import ReadLog, Sentence
from agents.reading.phrases import begun, without
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import small_words, word_list
from agents.statements import holds_words
from agents.whose_log import where_of
from crm.engagement.timeline import is_outreach
from crm.nouns import Activity, Brief, Kind, Question, Scope, Side

MOST = 20
LOOKED_AT = 200  # promises of a log
WORD = 4  # letters of a word that may name a thing
STEM = 6  # letters in which two forms of a word agree: "drawing", "drawings"


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """One without a sign of being kept; `unsaid`: our note does not say who promised; `since` is our newest word."""

    told: Sentence
    unsaid: bool
    since: Said | None


@dataclass(frozen=True, slots=True)
class _Made:
    """A promise where it stands; `unsaid`: by whom, the note does not say."""

    activity: Activity
    said: Said
    unsaid: bool

    @property
    def words(self) -> str:
        return " ".join(words_of(self.said.quote))


def open_promises_asked(text: str, period: str = "") -> bool:
    """Whether the question is which promises were not kept, and about nothing else but a time; without the names."""
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("promising")
    left, promising = without(words, word_list("asks")["promising"])
    left, undone = without(left, lists["undone"])
    return promising and undone and not without(left, lists["too"])[0]


def open_promises(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """Those of ours, the newest first; of all accounts only lately, where no period is asked about."""
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), period=lately(scope)))
    ever_after = judged_log(tools, replace(read.where, period=None))
    made = _made(replace(read, log=_of_rep(read.log, scope.rep), shown=Exhibits()))
    later = {one.activity.id: _after(one.activity, ever_after) for one in made}
    left = [one for one in made if not any(_shows(a, one.words) for a in later[one.activity.id])]
    facts = {
        "rep": scope.rep,
        "rows": [_told(one, later[one.activity.id], read) for one in left[:MOST]],
        "count": len(left),
        "more": len(left[MOST:]),
        "promises": len(made),
    }
    return read.brief("open_promises", facts, "account_summary", "email_draft")


def _made(read: ReadLog) -> list[_Made]:
    """Every promise of ours in a log, the newest first."""
    by_id = {a.id: a for a in read.log.activities}
    ours, noted = of_ours(read, LOOKED_AT)
    made = [
        _Made(by_id[read.shown.evidence[said.n - 1].activity_id], said, unsaid)
        for some, unsaid in ((ours, False), (noted, True))
        for said in some
    ]
    return sorted(made, key=lambda one: one.said.day or date.min, reverse=True)


def _of_rep(log: Log, rep: str) -> Log:
    return Log(tuple(a for a in log.activities if not rep or plain(a.owner) == plain(rep)), log.labels)


def _after(promise: Activity, log: Log) -> list[Activity]:
    """The later records with the same customer, the newest first."""
    with_them = set(promise.contact_ids)
    return [
        a
        for a in log.activities
        if a.at
        and promise.at
        and a.at > promise.at
        and ((a.account_id is not None and a.account_id == promise.account_id) or with_them & set(a.contact_ids))
    ]


def _told(made: _Made, later: Sequence[Activity], read: ReadLog) -> OpenPromise:
    said = replace(read.shown.add(made.activity, made.said.quote, made.said.who, made.said.side), day=made.said.day)
    since = next((a for a in later if is_outreach(a)), None)
    return OpenPromise(read.sentences([said])[0], made.unsaid, read.shown.record(since) if since else None)


def _shows(later: Activity, words: str) -> bool:
    """Whether a later record may show that it was kept: a call where one was promised, words that name the thing."""
    lists = word_list("promising")
    things = _things(words)
    if not things and any(f" {phrase} " in f" {words} " for phrase in lists["ring"]):
        return later.kind in (Kind.CALL, Kind.EVENT)
    brings = later.kind is Kind.EMAIL and is_outreach(later)
    return any(
        things & _stems(said.split()) or (brings and any(f" {phrase} " in f" {said} " for phrase in lists["brings"]))
        for said in _statements(later)
    )


def _statements(activity: Activity) -> Iterator[str]:
    """The plain words of each sentence that asks for nothing, promises nothing and misses nothing."""
    texts = [activity.subject] if activity.kind is not Kind.EMAIL else []
    texts += [
        line for m in activity.messages if m.side is not Side.MACHINE and not m.depth for line in lines_in(m.text)
    ]
    for text in texts:
        words = " ".join(words_of(text))
        missing = any(f" {phrase} " in f" {words} " for phrase in word_list("promising")["still_missing"])
        if not (text.endswith("?") or missing or holds_words("promise", words) or leaves_to_us(text)):
            yield words


def _things(words: str) -> frozenset[str]:
    """The stems of what a promise is about: things that are sent, else all its longer words."""
    said = words.split()
    things = [w for n in range(len(said)) for w in said[n : n + begun(said[n:], word_list("owing")["things"])]]
    lists = word_list("promising")
    idle = lists["when"] | lists["ring"] | lists["told"] | small_words()
    left = without(said, word_list("outlook")["promise"] | lists["bound"] | lists["told_them"] | lists["we_would"])[0]
    return _stems(things) or _stems(w for w in left if w not in idle)


def _stems(words: Sequence[str] | Iterator[str]) -> frozenset[str]:
    return frozenset(w[:STEM] for w in words if len(w) >= WORD and not w.isdigit())
