"""Turns features into numbers for the small model: flags, who-wrote-it words, plain words.

Each row has three blocks. Flags with their channel, lightly weighted; words and pairs of words marked by who
wrote them; single words unmarked, so that what one side's words mean helps to read the other's. Word blocks are
TF-IDF of unit length, so that the length of a text alone moves nothing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import itemgetter
from typing import cast

import numpy as np
from numpy.typing import NDArray

from crm.engagement import feature_columns
from crm.engagement.features import Features
from crm.engagement.text_folding import STOP

VERSION = "1"  # changes whenever the same features would give other numbers

FLAG_WEIGHT = 0.25
_STEM = 5  # letters of a word that count: eight languages bend their endings
_stem = itemgetter(slice(_STEM))
_LEAST_SEEN = 2  # records; what was seen in one only says nothing
_SIZES = ("them_words", "us_words", "unknown_words", "machine_words", "messages", "fields_blank")
_ZONES = {
    "subject": "s", "note": "n", "us": "u", "us_below": "u", "unknown": "x", "unknown_below": "x",
    "them": "t", "machine": "m", "outcome": "o", "leftover": "l",
}  # fmt: skip
BLANK = "body:blank"
_MEMORY = 50_000  # flags of a channel remembered before starting over
Row = tuple[list[int], list[float]]
Stems = list[tuple[str, list[str]]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The columns that were learned, each name with its number; `weights` are the word columns' IDF, 0 for flags."""

    columns: dict[str, int]
    weights: Floats
    _idf: list[float] = field(init=False, repr=False, compare=False)
    _flags: dict[tuple[str, bool], feature_columns.Flags] = field(init=False, repr=False, compare=False)
    _marked: dict[str, dict[str, feature_columns.Word]] = field(init=False, repr=False, compare=False)
    _plain: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_idf", self.weights.tolist())
        object.__setattr__(self, "_flags", {})
        object.__setattr__(self, "_marked", feature_columns.marked_words(self.columns, set(_ZONES.values())))
        object.__setattr__(self, "_plain", feature_columns.plain_words(self.columns))

    @classmethod
    def fitted(cls, records: Sequence[tuple[Features, Iterable[str]]]) -> "Vectors":
        """Learns which columns there are. Each record comes with the names of its rules' votes."""
        flags: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for seen, votes in records:
            channel, blank = _channel(seen), BLANK in seen.flags
            for flag in (*seen.flags, *votes):
                flags.update(feature_columns.flag_names(flag, channel, blank))
            flags.update(name for name, _ in _sizes(seen))
            words.update({*_marked(seen), *_plain(seen)})
        names = sorted(n for n, c in flags.items() if c >= _LEAST_SEEN)
        terms = sorted(n for n, c in words.items() if c >= _LEAST_SEEN)
        total = len(records)
        idf = [math.log((1 + total) / (1 + words[t])) + 1 for t in terms]
        columns = {name: number for number, name in enumerate((*names, *terms))}
        return cls(columns, np.array([0.0] * len(names) + idf))

    def row(self, seen: Features, votes: Iterable[str]) -> Row:
        """The columns that are not zero, with their values."""
        numbers = self._of_flags(seen, votes)
        values = [FLAG_WEIGHT] * len(numbers)
        for name, value in _sizes(seen):
            if (number := self.columns.get(name)) is not None:
                numbers.append(number)
                values.append(value * FLAG_WEIGHT)
        stems = [(mark, list(map(_stem, tokens))) for mark, tokens in _zones(seen)]
        for counts in (self._count_marked(stems), self._count_plain(stems)):
            if counts:
                numbers.extend(counts)
                values.extend(self._unit(counts))
        return numbers, values

    def _of_flags(self, seen: Features, votes: Iterable[str]) -> list[int]:
        key = _channel(seen), BLANK in seen.flags
        known = self._flags.get(key)
        if known is None or len(known) > _MEMORY:
            known = self._flags[key] = feature_columns.Flags(self.columns, *key)
        return [number for flag in sorted((*seen.flags, *votes)) for number in known[flag]]

    def _count_marked(self, stems: Stems) -> dict[int, int]:
        """How often each column of marked words and pairs is met, in the order of meeting it."""
        counts: dict[int, int] = {}
        for mark, words in stems:
            table = self._marked[mark]
            for at, word in enumerate(map(table.get, words), start=1):
                if word is None:
                    continue
                if word.alone is not None:
                    counts[word.alone] = counts.get(word.alone, 0) + 1
                if word.pairs and at < len(words) and (pair := word.pairs.get(words[at])) is not None:
                    counts[pair] = counts.get(pair, 0) + 1
        return counts

    def _count_plain(self, stems: Stems) -> dict[int, int]:
        """The same for words without a mark; none of them runs a line of Python."""
        counts = Counter(chain.from_iterable([map(self._plain.get, words) for _, words in stems]))
        counts.pop(None, None)
        return cast(dict[int, int], counts)

    def _unit(self, counts: dict[int, int]) -> list[float]:
        """One block of words, of unit length."""
        idf = self._idf
        found = [idf[n] if c == 1 else (1.0 + math.log(c)) * idf[n] for n, c in counts.items()]
        length = math.sqrt(sum([v * v for v in found]))
        return [v / length for v in found]


def _channel(seen: Features) -> str:
    return next((f for f in seen.flags if f.startswith("channel:")), "")[8:]


def _zones(seen: Features) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of each zone that counts, with the letter of who wrote them."""
    for zone, tokens in seen.words:
        if mark := _ZONES.get(zone):
            yield mark, tokens


def _sizes(seen: Features) -> Iterator[tuple[str, float]]:
    """How much of everything there is, weakly."""
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
    for mark, tokens in _zones(seen):
        for one, other in pairwise((*tokens, STOP)):
            if one != STOP:
                yield f"{mark}_{one[:_STEM]}"
                if other != STOP:
                    yield f"{mark}_{one[:_STEM]} {other[:_STEM]}"


def _plain(seen: Features) -> Iterator[str]:
    for _, tokens in _zones(seen):
        for token in tokens:
            if token != STOP:
                yield f"={token[:_STEM]}"
