"""Turns features into numbers for the small model: flags, who-wrote-it words, plain words.

Each row has three blocks. Flags with their channel, lightly weighted; words and pairs of words marked by who
wrote them; single words unmarked, so that what one side's words mean helps to read the other's. Word blocks are
TF-IDF of unit length, so that the length of a text alone moves nothing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from crm.engagement.features import Features
from crm.engagement.folding import STOP

VERSION = "1"  # changes whenever the same features would give other numbers

FLAG_WEIGHT = 0.25
_STEM = 5  # letters of a word that count: eight languages bend their endings
_LEAST_SEEN = 2  # records; what was seen in one only says nothing
_CROSSED = ("no:", "subject:", "body:", "outcome:", "last:", "has:", "tag:", "top:", "rule:", "says:")
_SIZES = ("them_words", "us_words", "unknown_words", "machine_words", "messages", "fields_blank")
_ZONES = {
    "subject": "s", "note": "n", "us": "u", "us_below": "u", "unknown": "x", "unknown_below": "x",
    "them": "t", "machine": "m", "outcome": "o", "leftover": "l",
}  # fmt: skip
Row = tuple[list[int], list[float]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The columns that were learned, each name with its number; `weights` are the word columns' IDF, 0 for flags."""

    columns: dict[str, int]
    weights: Floats

    @classmethod
    def fitted(cls, records: Sequence[tuple[Features, Iterable[str]]]) -> "Vectors":
        """Learns which columns there are. Each record comes with the names of its rules' votes."""
        flags: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for seen, votes in records:
            flags.update(name for name, _ in _flags(seen, votes))
            words.update({*_marked(seen), *_plain(seen)})
        names = sorted(n for n, c in flags.items() if c >= _LEAST_SEEN)
        terms = sorted(n for n, c in words.items() if c >= _LEAST_SEEN)
        total = len(records)
        idf = [math.log((1 + total) / (1 + words[t])) + 1 for t in terms]
        columns = {name: number for number, name in enumerate((*names, *terms))}
        return cls(columns, np.array([0.0] * len(names) + idf))

    def row(self, seen: Features, votes: Iterable[str]) -> Row:
        """The columns that are not zero, with their values."""
        columns, numbers, values = self.columns, [], []
        for name, value in _flags(seen, votes):
            if (number := columns.get(name)) is not None:
                numbers.append(number)
                values.append(value * FLAG_WEIGHT)
        for terms in (_marked(seen), _plain(seen)):
            self._words(terms, numbers, values)
        return numbers, values

    def _words(self, terms: Iterable[str], numbers: list[int], values: list[float]) -> None:
        """One block of words, of unit length."""
        counts: dict[int, int] = {}
        columns = self.columns
        for term in terms:
            if (number := columns.get(term)) is not None:
                counts[number] = counts.get(number, 0) + 1
        if not counts:
            return
        found = [(1.0 if c == 1 else 1.0 + math.log(c)) * float(self.weights[n]) for n, c in counts.items()]
        length = math.sqrt(sum(v * v for v in found))
        numbers.extend(counts)
        values.extend([v / length for v in found])


def _flags(seen: Features, votes: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Every flag, alone and within its channel; within an empty body apart, where a subject must speak for all."""
    channel = next((f for f in seen.flags if f.startswith("channel:")), "")[8:]
    blank = "body:blank" in seen.flags
    for flag in sorted((*seen.flags, *votes)):
        yield flag, 1.0
        if flag.startswith(_CROSSED) or (":" not in flag and ">" not in flag):
            yield f"{channel}|{flag}", 1.0
        if blank:
            yield f"blank|{channel}|{flag}", 1.0
    for name in _SIZES:
        if size := seen.number(name):
            yield f"#{name}", math.log1p(size) / 3
    for zone in ("us", "unknown", "note", "them"):
        you, we = seen.number(f"{zone}:you"), seen.number(f"{zone}:we")
        if you + we:
            yield f"#{zone}:you", you / (you + we)
            yield f"#{zone}:youwe", 1.0


def _marked(seen: Features) -> Iterator[str]:
    """Words and pairs of words with the letter of who wrote them."""
    for zone, tokens in seen.words:
        if mark := _ZONES.get(zone):
            for one, other in pairwise((*tokens, STOP)):
                if one != STOP:
                    yield f"{mark}_{one[:_STEM]}"
                    if other != STOP:
                        yield f"{mark}_{one[:_STEM]} {other[:_STEM]}"


def _plain(seen: Features) -> Iterator[str]:
    for zone, tokens in seen.words:
        if zone in _ZONES:
            for token in tokens:
                if token != STOP:
                    yield f"={token[:_STEM]}"
