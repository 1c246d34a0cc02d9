"""Mends a mistyped word to the nearest one that is known. It leaves short words and far words alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

SHORTEST = 5  # "mial" may be anything
FAR = 9  # letters from which two slips are forgiven


@dataclass(frozen=True)
class Speller:
    """Known words, with what was mended so far."""

    known: Sequence[str]
    _mended: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._mended.update((word, word) for word in self.known)

    def mend(self, word: str) -> str:
        if len(word) < SHORTEST or word.isdigit():
            return word
        if word not in self._mended:
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def _nearest(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 1 if len(word) < FAR else 2
        alike = [
            w for length in range(len(word) - slips, len(word) + slips + 1) for w in self._by_length.get(length, ())
        ]
        near = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near else word

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in self.known:
            found.setdefault(len(word), []).append(word)
        return found
