"""What a note of our last talk says that the other side waits for: what they asked of us, what we promised or put down.

A later mail, call or meeting of ours takes it off: whether it brought what was asked for is not to be read from it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from agents.numbered_evidence import lines_in
from agents.reading.phrases import begun
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.statements import holds, holds_words
from agents.whose_promise import by_us
from crm.engagement.timeline import Touch, is_conversation, is_outreach, is_planned
from crm.nouns import Activity, Engagement, Kind, Label, Side
from crm.threads.untrusted import without_orders

CLAUSE = re.compile(r"[,;:()!?…]+|\.(?=\s|$)|\s[-–—/]\s")
QUOTED = re.compile(
    r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|\"[^\"]*(?:\"|$)"
)  # what others said, in their own person
NOTES = frozenset({Kind.CALL, Kind.EVENT, Kind.OTHER})
SOON = 6  # words after "wants" in which what is wanted is named


def owed(activities: Sequence[Activity], labels: Mapping[str, Label], until: date) -> Touch | None:
    """The sentence of our newest notes that leaves something to us; None when we wrote, rang or met since.

    A mail of ours of the same moment counts as later, for many records tell no hour.
    """
    past = sorted((a for a in activities if a.at and a.at.date() <= until), key=_at, reverse=True)
    for at, some in groupby(past, _at):
        together = tuple(some)
        if any(a.kind is Kind.EMAIL and is_outreach(a) for a in together):
            return None
        if left := next((left for a in together if (left := _left(a, labels.get(a.id)))), None):
            return Touch(left[0], at, "", Side.US, left[1])
        if any(_ours(a, labels) for a in together):
            return None
    return None


def leaves_to_us(sentence: str, talked: bool = True) -> bool:
    """Whether a sentence of a note says that they wait for, want or were promised something of ours.

    Where it is not sure that anybody `talked`, what was put down as to do must name a thing: "call back" is a try.
    """
    if sentence.endswith("?") or without_orders(sentence) != sentence or _has(_words(sentence), "later"):
        return False
    return any(_waits(said) or _promised(said) or _noted(said, talked) for said in _clauses(sentence))


def _at(activity: Activity) -> datetime:
    if activity.at is None:
        raise ValueError(f"{activity.id} has no date")
    return activity.at


def _left(activity: Activity, label: Label | None) -> tuple[Activity, str] | None:
    """The last sentence of a note that leaves something to us, with the record that it stands in."""
    text, talked = _note(activity, label), is_conversation(label)
    if not text or holds(text, "refusal"):
        return None
    lines = lines_in(text)
    left = [n for n, line in enumerate(lines) if leaves_to_us(line, talked)]
    if not left or any(holds(line, "settled") for line in lines[left[-1] :]):  # what follows says it is done
        return None
    return activity, lines[left[-1]]


def _ours(activity: Activity, labels: Mapping[str, Label]) -> bool:
    """A mail or call of ours, a meeting, a talk of any kind that we noted."""
    if is_outreach(activity) or is_planned(activity):
        return True
    return activity.kind is not Kind.EMAIL and is_conversation(labels.get(activity.id)) and not _theirs(activity)


def _theirs(activity: Activity) -> bool:
    return any(m.side is Side.THEM for m in activity.messages)


def _note(activity: Activity, label: Label | None) -> str:
    """What we wrote down about a talk, its subject where nothing else; nothing of what was none.

    Of a call, a meeting or a note nobody may be sure; what stands in a task that was no talk is only planned.
    """
    doubtful = label is not None and label.verdict.engagement is not Engagement.NOT_ENGAGED and activity.kind in NOTES
    if activity.kind is Kind.EMAIL or _theirs(activity) or not (doubtful or is_conversation(label)):
        return ""
    written = [m.text for m in activity.messages if m.side is not Side.MACHINE and m.text.strip()]
    return "\n".join(written[:1]) or activity.subject


def _clauses(sentence: str) -> Iterator[str]:
    return (said for part in CLAUSE.split(QUOTED.sub(" ", sentence)) if (said := _words(part)).strip())


def _words(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def _waits(said: str) -> bool:
    """They wait for us or for something of ours, or want it; who wants us to do something waits in any case."""
    lists = word_list("owing")
    if any(f" {phrase} " in said and not _has(said, "not") for phrase in lists["wants_us"]):
        return True
    return _of_ours(said, lists["waits"], lists["things"] | lists["ours"]) or _of_ours(
        said, lists["wants"], lists["things"]
    )


def _of_ours(said: str, phrases: Collection[str], wanted: Collection[str]) -> bool:
    """Whether one of the phrases stands without us before it, and soon after it something wanted that is not theirs."""
    for phrase in phrases:
        before, found, after = said.partition(f" {phrase} ")
        if not found or _has(f"{before} ", "ourselves") or _has(f"{before} ", "not"):
            continue
        soon = after.split()[:SOON]
        at = next((n for n in range(len(soon)) if _starts(soon[n:], wanted)), None)
        if at is not None and not _has(_joined(soon[: at + 1]), "theirs") and not _has(_joined(soon[:at]), "not"):
            return True
    return False


def _promised(said: str) -> bool:
    """We bound ourselves, in the first person."""
    words = said.strip()
    return holds_words("promise", words) and by_us(words) and not _has(said, "not")


def _noted(said: str, talked: bool) -> bool:
    """A thing to do, put down without saying who is to do it: "send the offer", "Angebot schicken"."""
    lists = word_list("owing")
    words = said.split()
    while words and words[0] in lists["then"]:
        words = words[1:]
    if _has(said, "not"):
        return False
    if _must(words):
        return True
    first, last = begun(words, lists["does"]), begun(words[::-1], {_turned(p) for p in lists["does_last"]})
    if (
        _has(said, "to_us")
        or not (first or last)
        or not (talked or _has(_joined(words[first : -last or None]), "things"))
    ):
        return False
    return bool(first) or (len(words) > last and not any(_has(said, group) for group in ("them", "modals", "theirs")))


def _must(words: Sequence[str]) -> bool:
    """Begins with what we have to do, and soon names what it is about: "we need to send the new price list"."""
    lists = word_list("owing")
    size = begun(words, lists["must"])
    soon = words[size : size + SOON] if size else ()
    at = next((n for n in range(len(soon)) if _starts(soon[n:], lists["things"])), None)
    return at is not None and not _has(_joined(soon[:at]), "theirs")


def _has(said: str, group: str) -> bool:
    return any(f" {phrase} " in said for phrase in word_list("owing")[group])


def _starts(words: Sequence[str], phrases: Collection[str]) -> bool:
    return begun(words, phrases) > 0


def _turned(phrase: str) -> str:
    return " ".join(phrase.split()[::-1])


def _joined(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "
