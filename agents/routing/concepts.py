"""Words of seven languages as a few shared concepts: "geantwortet", "répondu" and "replied" are all REPLY."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from agents.reading.tokens import words_of
from agents.reading.wordlists import PLAYBOOK, WordList, entries
from crm.playbook import read_yaml

SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Concepts:
    """What each word, stem and phrase of `playbook/words/concepts.yaml` stands for."""

    words: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]
    longest: int

    def of(self, words: Sequence[str]) -> list[frozenset[str]]:
        """The concepts of plain words in order, the longest phrase first; words without one are left out."""
        found: list[frozenset[str]] = []
        at = 0
        while at < len(words):
            meaning, used = self._at(words, at)
            if meaning:
                found.append(meaning)
            at += used
        return found

    def _at(self, words: Sequence[str], at: int) -> tuple[frozenset[str], int]:
        for length in range(min(self.longest, len(words) - at), 1, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in self.words:
                return self.words[phrase], length
        return self.of_word(words[at]), 1

    def of_word(self, word: str) -> frozenset[str]:
        """The concepts of one plain word by itself."""
        exact = self.words.get(word, frozenset())
        for length in range(len(word), SHORTEST_STEM - 1, -1):
            if word[:length] in self.stems:
                return exact | self.stems[word[:length]]
        return exact


@cache
def concepts() -> Concepts:
    """The playbook's concepts. Raises BadPlaybook."""
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for name, text in read_yaml(PLAYBOOK / "words" / "concepts.yaml", WordList).words.items():
        for entry in entries(text):
            parts = words_of(entry)
            table = stems if entry.endswith("*") and len(parts) == 1 else words
            table.setdefault(" ".join(parts), set()).add(name)
    longest = max(len(phrase.split()) for phrase in words)
    return Concepts({w: frozenset(c) for w, c in words.items()}, {s: frozenset(c) for s, c in stems.items()}, longest)
