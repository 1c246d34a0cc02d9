"""Turns features into numbers for the small model: flags, who-wrote-it words, plain words.

Each row has three blocks. Flags with their channel, lightly weighted; words and pairs of words marked by who
wrote them; single words unmarked, so that what one side's words mean helps to read the other's. Word blocks are
TF-IDF of unit length, so that the length of a text alone moves nothing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise, repeat
from typing import cast

import numpy as np
from numpy.typing import NDArray

from crm.engagement import feature_columns
from crm.engagement.feature_columns import STEM
from crm.engagement.features import Features
from crm.engagement.text_folding import STOP
from crm.nouns import Kind

VERSION = "1"  # changes whenever the same features would give other numbers

FLAG_WEIGHT = 0.25
_LEAST_SEEN = 2  # records; what was seen in one only says nothing
_SIZES = ("them_words", "us_words", "unknown_words", "machine_words", "messages", "fields_blank")
_ZONES = {
    "subject": "s", "note": "n", "us": "u", "us_below": "u", "unknown": "x", "unknown_below": "x",
    "them": "t", "machine": "m", "outcome": "o", "leftover": "l",
}  # fmt: skip
BLANK = "body:blank"
_CHANNELS = frozenset(f"channel:{channel}" for channel in ("mail", *Kind))
_BLOCKS = 3  # of a record: flags, marked words, plain words
_MEMORY = 50_000  # flags of a channel, or words, remembered before starting over
Sample = tuple[Features, tuple[str, ...]]  # a record's features and its rules' votes
Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The columns that were learned, each name with its number; `weights` are the word columns' IDF, 0 for flags."""

    columns: dict[str, int]
    weights: Floats
    _flags: dict[tuple[str, bool], feature_columns.Flags] = field(init=False, repr=False, compare=False)
    _words: dict[str, feature_columns.Words] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_flags", {})
        object.__setattr__(self, "_words", feature_columns.words_of(self.columns, set(_ZONES.values())))

    @classmethod
    def fitted(cls, records: Sequence[Sample]) -> "Vectors":
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

    def table(self, samples: Iterable[Sample]) -> "Table":
        """The columns that are not zero, with their values, of each record; numbers in lists, arithmetic at once."""
        numbers: list[int] = []
        counts: list[float] = []  # of words; for flags and sizes the value itself
        lengths: list[int] = []  # of the three blocks of each record
        for seen, votes in samples:
            flags = self._of_flags(seen, votes)
            sizes = [(number, value) for name, value in _sizes(seen) if (number := self.columns.get(name)) is not None]
            numbers += flags
            numbers += [number for number, _ in sizes]
            counts += repeat(FLAG_WEIGHT, len(flags))
            counts += [value * FLAG_WEIGHT for _, value in sizes]
            lengths.append(len(flags) + len(sizes))
            for words in self._count(seen):
                numbers += words
                counts += words.values()
                lengths.append(len(words))
        return self._weighted(np.array(numbers, dtype=np.int64), np.fromiter(counts, np.float64, len(counts)), lengths)

    def _weighted(self, numbers: Numbers, values: Floats, lengths: list[int]) -> "Table":
        """The counts of words as TF-IDF, each block of words of unit length."""
        blocks = np.repeat(np.arange(len(lengths)), lengths)
        words = np.flatnonzero(blocks % _BLOCKS)
        blocks = blocks[words]
        counts = values[words].astype(np.int64)
        weighted = _dampened(int(counts.max(initial=1)).bit_length())[counts] * self.weights[numbers[words]]
        squares = np.bincount(blocks, weights=weighted * weighted, minlength=len(lengths))  # added one by one, in order
        values[words] = weighted / np.sqrt(squares)[blocks]
        ends = np.cumsum([0, *lengths])[::_BLOCKS]
        return Table(numbers, values, ends)

    def _of_flags(self, seen: Features, votes: Iterable[str]) -> list[int]:
        key = _channel(seen), BLANK in seen.flags
        known = self._flags.get(key)
        if known is None or len(known) > _MEMORY:
            known = self._flags[key] = feature_columns.Flags(self.columns, *key)
        return list(chain.from_iterable(map(known.__getitem__, sorted((*seen.flags, *votes)))))

    def _count(self, seen: Features) -> tuple[dict[int, int], dict[int, int]]:
        """How often each column of marked words and pairs is met, in the order of meeting it; the same without mark."""
        marked: list[int | None] = []
        plain: list[int | None] = []
        for mark, tokens in _zones(seen):
            known = self._words[mark]
            if len(known) > _MEMORY:
                known.clear()
            pairs = feature_columns.NOTHING
            for word in map(known.__getitem__, tokens):
                if word is None:
                    pairs = feature_columns.NOTHING
                    continue
                stem, number, single, following = word
                if stem in pairs:
                    marked.append(pairs[stem])
                marked.append(number)
                plain.append(single)
                pairs = following
        return _counted(marked), _counted(plain)


@dataclass(frozen=True, slots=True)
class Table:
    """Records as the model sees them, one after the other: the numbers of their columns, with their values.

    The record n has those from `ends[n]` up to `ends[n + 1]`.
    """

    numbers: Numbers
    values: Floats
    ends: Numbers

    def __len__(self) -> int:
        """Records."""
        return len(self.ends) - 1

    @property
    def records(self) -> Numbers:
        """For each value the number of its record."""
        return np.repeat(np.arange(len(self)), np.diff(self.ends))


def _counted(met: Iterable[int | None]) -> dict[int, int]:
    counts = Counter(met)
    counts.pop(None, None)
    return cast(dict[int, int], counts)


@lru_cache(maxsize=32)
def _dampened(bits: int) -> Floats:
    """What a word counts for that is said so often, for all numbers of so many bits."""
    return np.array([0.0, *(1.0 + math.log(times) for times in range(1, 1 << bits))])


def _channel(seen: Features) -> str:
    return next(iter(_CHANNELS & seen.flags), "")[8:]


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
                yield f"{mark}_{one[:STEM]}"
                if other != STOP:
                    yield f"{mark}_{one[:STEM]} {other[:STEM]}"


def _plain(seen: Features) -> Iterator[str]:
    for _, tokens in _zones(seen):
        for token in tokens:
            if token != STOP:
                yield f"={token[:STEM]}"
