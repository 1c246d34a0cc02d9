"""Which known word a mistyped one is: a letter too few or too many, another one, two that changed places."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

FUZZY_FROM, TWICE_FROM = 5, 9  # letters from which one, or two, wrong ones are forgiven
SKELETON_FROM = 4  # letters of a word without its vowels
VOWELS = "aeiou"
REMEMBERED = 5_000  # words
OPPOSITE = ("un", "in", "im", "non", "dis")  # "undecided" is no misspelt "decided"


@dataclass(frozen=True)
class Misspellings:
    """Of the words that may be meant: all that are known, those of them that may be misspelt, what each stands for."""

    known: frozenset[str]
    mendable: frozenset[str]
    entries: Mapping[str, tuple[str, object]]

    def mended(self, word: str) -> str:
        """The one known word that is a letter away, or two in a long word; empty when there is none."""
        return self._remembered(word)

    @cached_property
    def _remembered(self) -> Callable[[str], str]:
        """A question is scanned several times, and each phrase of it asks for each of its words."""
        return lru_cache(maxsize=REMEMBERED)(self._mended)

    def _mended(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if word in self.known or not word.isalpha():
            return ""
        if shortened := self._skeletons.get(word if len(word) >= SKELETON_FROM else ""):
            return shortened
        if len(word) < FUZZY_FROM - 1:
            return ""
        if len(word) < FUZZY_FROM:  # too short for a wrong letter, but two may have changed places
            swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
            if swapped & self.known:
                return next(iter(swapped & self.known)) if len(swapped & self.known) == 1 else ""
            return self._completed(word)
        most = 2 if len(word) >= TWICE_FROM else 1
        near = process.extract(word, self._long, scorer=OSA.distance, score_cutoff=most, limit=8)
        near = [n for n in near if not any(word == f"{prefix}{n[0]}" for prefix in OPPOSITE)]
        best = [w for w, d, _ in near if d == near[0][1]]
        meanings = {self._meaning(w) for w in best}
        return best[0] if best and len(meanings) == 1 else self._completed(word)

    def _completed(self, word: str) -> str:
        """The one known word of which a letter was left out behind the first, which happens most: "dels", "averge"."""
        if len(word) < FUZZY_FROM - 1:
            return ""
        pattern = re.compile("|".join(f"{word[:i]}[a-z]{word[i:]}" for i in range(1, len(word))))
        found = [w for w in self._long if len(w) == len(word) + 1 and pattern.fullmatch(w)]
        return found[0] if len({self._meaning(w) for w in found}) == 1 else ""

    @cached_property
    def _long(self) -> list[str]:
        return sorted(w for w in self.mendable if len(w) >= FUZZY_FROM - 1)

    @cached_property
    def _skeletons(self) -> Mapping[str, str]:
        """Words without the vowels that a hurried hand leaves out, where they have one meaning: "avrg"."""
        found: dict[str, set[str]] = {}
        for word in (w for w in self.entries if len(w) >= FUZZY_FROM and w.isalpha()):
            bare = word[0] + "".join(c for c in word[1:] if c not in VOWELS)
            for short in {bare, re.sub(r"(.)\1", r"\1", bare)}:
                found.setdefault(short, set()).add(word)
        return {short: min(words) for short, words in found.items() if len({self._meaning(w) for w in words}) == 1}

    def _meaning(self, word: str) -> object:
        """What tells two near words apart: singular and plural mean the same."""
        entry = self.entries.get(word)
        return (entry[0], id(entry[1])) if entry and not isinstance(entry[1], str) else entry or word
