"""Mends a mistyped word to the nearest one that is known. It leaves short words and far words alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

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
        near = process.extractOne(word, self.known, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near else word
