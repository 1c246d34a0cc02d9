"""Finds account names in a question: whole, in part, run together, split, misspelt."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from agents.examples import ordinary_words
from agents.tokens import words_of
from crm.nouns import Account

WHOLE = 100.0
PART = 94.0  # a word of the name that no other account bears
ALIKE = 80.0  # how alike, of 100, a misspelt name must be
CLEAR = 6.0  # how far ahead of the next one
LONGEST = 5  # words in a name
SHORTEST = 4  # letters of a word that may be a misspelt name
DISTINCT = 4  # letters of a word that may stand for the whole name


@dataclass(frozen=True)
class AccountNames:
    """The names in the data. `joined` is each without blanks; `words` counts the accounts that bear a word."""

    joined: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    words: Mapping[str, int]
    ordinary: frozenset[str]

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> "AccountNames":
        names = {a.id: tuple(words_of(a.name)) for a in accounts}
        bearers = Counter(w for name in names.values() for w in set(name))
        return cls({i: "".join(name) for i, name in names.items()}, names, bearers, ordinary_words())

    def near(self, text: str) -> list[tuple[str, float]]:
        """(account id, score) of those that may be meant, best first: one when it is clear, several when not."""
        words = words_of(text)
        spans = set(_spans(words))
        whole = [(i, WHOLE) for i, name in self.joined.items() if name in spans]
        if whole:
            longest = max(len(self.joined[i]) for i, _ in whole)
            return [(i, score) for i, score in whole if len(self.joined[i]) == longest]
        parts = self._parts(words + [a + b for a, b in pairwise(words)])
        ranked = sorted(parts or self._alike(words, spans), key=lambda pair: -pair[1])
        return [(i, score) for i, score in ranked if score >= ranked[0][1] - CLEAR]

    def _parts(self, words: list[str]) -> list[tuple[str, float]]:
        """Accounts with a telling word in the text: borne by few, not a word that questions use anyway."""
        said = {w for w in words if len(w) >= DISTINCT and w not in self.ordinary}
        scores: dict[str, float] = {}
        for account_id, name in self.names.items():
            telling = [w for w in name if w in said and (self.words[w] == 1 or w == name[0])]
            if telling:
                scores[account_id] = PART + len(telling)
        return list(scores.items())

    def _alike(self, words: list[str], spans: set[str]) -> list[tuple[str, float]]:
        """Accounts whose name, or first word, is spelt almost like something in the text."""
        from rapidfuzz import fuzz

        strange = [s for s in spans if len(s) >= SHORTEST and s not in self.ordinary]
        single = [w for w in words if len(w) > SHORTEST and w not in self.ordinary]
        found = []
        for account_id, name in self.joined.items():
            near = [fuzz.ratio(s, name) for s in strange if abs(len(s) - len(name)) <= _slips(name)]
            first = self.names[account_id][0]
            if len(first) > SHORTEST and self.words[first] == 1:
                near += [fuzz.ratio(w, first) for w in single if abs(len(w) - len(first)) <= _slips(first)]
            best = max(near, default=0.0)
            if best >= (ALIKE if len(name) <= 6 else ALIKE + 4):
                found.append((account_id, best))
        return found


def _spans(words: list[str]) -> Iterator[str]:
    """Every run of up to LONGEST words, without blanks."""
    for size in range(1, LONGEST + 1):
        for start in range(len(words) - size + 1):
            yield "".join(words[start : start + size])


def _slips(name: str) -> int:
    return 1 if len(name) < 9 else 2
