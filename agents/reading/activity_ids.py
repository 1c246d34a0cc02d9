"""Activity ids typed in a question: "hubspot:5123", "#5123", "activity 5123", or a bare id that the store has."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agents.reading.tokens import plain
from agents.reading.wordlists import word_list

FULL = re.compile(r"(?<![\w@/])([A-Za-z][A-Za-z0-9_]{1,19}):([A-Za-z0-9][\w-]*)")
HASH = re.compile(r"(?<!\w)#\s?([A-Za-z0-9][\w-]*)")
BARE = re.compile(r"(?<![\w@.,:/#€$£-])(?=[\w-]*\d)[A-Za-z0-9][\w-]{2,}(?![\w@%€$£]|[.,:/]\d)")
YEAR = re.compile(r"(19|20)\d\d")
LEADING = re.compile(r"([^\W\d_]+)\W{0,3}(?:(?:no|nr|num|numero|número|numéro|id|n)\W{0,3})?$")
MOST = 12  # ids looked up in one question: a long paste holds many numbers


@dataclass(frozen=True, slots=True)
class TypedId:
    """An id as typed, where it stands, and the activities it may mean (full ids; none when the store lacks it)."""

    typed: str
    start: int
    end: int
    found: tuple[str, ...]


Lookup = Callable[[str], Sequence[str]]


def typed_ids(text: str, lookup: Lookup) -> list[TypedId]:
    """Ids in order. A number counts when it is called an id or when the store has it; a year only when both hold."""
    found: list[TypedId] = []
    for start, end, typed, called in sorted(_candidates(text))[:MOST]:
        if found and start < found[-1].end:
            continue
        known = tuple(lookup(typed))
        if (known and called) if YEAR.fullmatch(typed) and text[start - 1 : start] != "#" else (known or called):
            found.append(TypedId(typed, start, end, known))
    return found


def _candidates(text: str) -> Iterator[tuple[int, int, str, bool]]:
    for hit in FULL.finditer(text):
        if any(c.isdigit() for c in hit[2]):
            yield hit.start(), hit.end(), hit[0], hit[1].lower() in word_list("ids")["source"]
    for hit in HASH.finditer(text):
        yield hit.start(), hit.end(), hit[1], any(c.isdigit() for c in hit[1])
    for hit in BARE.finditer(text):
        called = _is_called_id(text[: hit.start()])
        if called or (len(hit[0]) >= 3 and not YEAR.fullmatch(hit[0]) and not _is_amount(text[: hit.start()])):
            yield hit.start(), hit.end(), hit[0], called


def _is_called_id(before: str) -> bool:
    hit = LEADING.search(before)
    return hit is not None and plain(hit[1]) in word_list("ids")["called"]


def _is_amount(before: str) -> bool:
    hit = LEADING.search(before)
    return hit is not None and plain(hit[1]) in word_list("ids")["amount"]
