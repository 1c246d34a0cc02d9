"""Finds text that speaks to a program: in the records behind an answer, in the question itself.

What is found is told, and supports no claim. What is not found is data all the same, and can do nothing.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import by_language, entries, plain_entries
from crm.nouns import Activity, Brief, Filter
from crm.records.store import Store
from crm.threads.untrusted import unmasked

NEAR = 9  # words between a verb and its thing
READ = 60_000  # characters of a text that are looked through
KEPT = 4_000  # characters of a text whose finding is remembered
NEWEST = 20  # of an account's records, beside those behind the answer
SHOWN = 3
TELLING = range(16, 4_000)  # letters of a coded word that is worth decoding
_CODED = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{16,4000}={0,2}(?![A-Za-z0-9+/=_-])")
_TURNED = re.compile("[\u202d\u202e\u2066-\u2068]")  # the letters after it are shown from the right to the left
_PART = re.compile(r"[^.!?\n]+[.!?]*")
_BETWEEN = re.compile(r"[\W_]+")


def speaks_to_program(text: str) -> bool:
    """Whether a text gives orders to a program, in the open, in disguise, or encoded."""
    return _spoken(text) if len(text) < KEPT else any(_told(one) for one in _readings(text[:READ]))


@lru_cache(maxsize=5_000)
def _spoken(text: str) -> bool:
    """Remembered: a growing answer asks about its first sentences again and again, and so do later questions."""
    return any(_told(one) for one in _readings(text))


def without_planted(text: str) -> str:
    """The lines and sentences that speak to people: what a claim may stand on. Most texts come back as they are."""
    if not speaks_to_program(text):
        return text
    return " ".join(part for part in _PART.findall(text) if not speaks_to_program(part))


def claims_to_have_acted(sentence: str) -> bool:
    """Whether a sentence says that something was done. No agent can do anything but answer."""
    said = f" {' '.join(words_of(sentence))} "
    return any(f" {phrase} " in said for phrase in _group("acted"))


def planted_notices(brief: Brief, names: Iterable[object], account_id: str | None, store: Store) -> Iterator[str]:
    """What to say about planted text in the question, in the records behind the answer, in the names beside them."""
    asked = brief.ask
    if speaks_to_program(asked):
        yield "The question holds instructions to a program, perhaps in pasted text. They were read as words only."
    found = [a for a in _behind(brief, account_id, store) if _is_planted(a)]
    if found:
        numbers = {e.activity_id: e.number for e in reversed(brief.evidence)}
        named = ", ".join(f"[{numbers[a.id]}]" if a.id in numbers else a.native_id for a in found[:SHOWN])
        count = "One record holds" if len(found) == 1 else f"{len(found)} records hold"
        yield f"{count} instructions to a program ({named}). They were read as words only, and nothing was done."
    elif any(speaks_to_program(name) for name in _told_beside(brief, names)):
        yield "A name or a title holds instructions to a program. They were read as words only, and nothing was done."


def _told_beside(brief: Brief, names: Iterable[object]) -> Iterator[str]:
    """Words of the facts that stand in no record and not in the question: names, titles, stages."""
    told = [brief.ask, *(e.text for e in brief.evidence)]
    return (name for name in names if isinstance(name, str) and name and not any(name in text for text in told))


def _behind(brief: Brief, account_id: str | None, store: Store) -> Iterable[Activity]:
    shown = store.activities_by_id(list(dict.fromkeys(e.activity_id for e in brief.evidence)))
    newest = store.activities(Filter(account_id=account_id), NEWEST) if account_id else []
    return {a.id: a for a in (*shown, *newest)}.values()


def _is_planted(activity: Activity) -> bool:
    """Title and text by themselves: "Call with Owen" gives no order about the API key in the note below it."""
    return speaks_to_program(activity.raw_subject) or speaks_to_program(activity.raw_body)


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, as it is shown, and what is encoded in it."""
    shown = unmasked(text)
    yield shown
    if _TURNED.search(text):
        yield shown[::-1]
    for coded in _CODED.findall(shown):
        if len(coded) in TELLING:
            yield from _decoded(coded)


def _decoded(coded: str) -> Iterator[str]:
    try:
        told = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return
    if told.isprintable():
        yield told


def _told(text: str) -> bool:
    low = text.casefold()
    if any(mark in low for mark in _marks()):
        return True
    said = f" {_BETWEEN.sub(' ', plain(text)).strip()} "
    words = set(said.split())
    if any(f" {phrase} " in said for phrase in _beginning("phrases", words)):
        return True
    return any(_near(said, thing) for thing in _beginning("things", words))


def _near(said: str, thing: str) -> bool:
    """Whether a verb stands shortly before a thing."""
    at = said.find(f" {thing} ")
    while at >= 0:
        if _group("verbs") & set(said[:at].split()[-NEAR:]):
            return True
        at = said.find(f" {thing} ", at + 1)
    return False


def _beginning(group: str, words: set[str]) -> Iterator[str]:
    """The phrases whose first word is there: most texts have few of these."""
    firsts = _by_first(group)
    for word in firsts.keys() & words:
        yield from firsts[word]


@cache
def _by_first(group: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in sorted(_group(group)):
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found


@cache
def _group(name: str) -> frozenset[str]:
    return frozenset(p for groups in by_language("planted").values() for p in plain_entries(groups.get(name, "")))


@cache
def _marks() -> tuple[str, ...]:
    return tuple(mark.casefold() for mark in entries(by_language("planted")["any"]["marks"]))
