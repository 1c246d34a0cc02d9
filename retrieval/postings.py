"""Which records hold a term, and how much it says there: BM25 in memory, over terms of three kinds.

The best of a word, its beginning and its names counts for each word of a question, not their sum: a record that says
"price" answers "price" no less than one that also says "pricing".
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crm.common_words import common_words
from retrieval.terms import BEGUN, NAME, WORD, Item

SATURATION, LENGTH = 1.2, 0.5  # BM25's k1 and b; figures between 0.8 and 2, 0.3 and 0.75 find within 1.5 % as well
SHORT = 1.2  # mean lengths, of which every record counts at least: a note of three words is no better evidence
LONGEST = 6.0  # of the means of these: above, a record counts as no longer
PRICES = {WORD: 1.0, BEGUN: 0.5, NAME: 0.9}  # what a term is worth where the word itself is missing
MISSPELT, LIKE, SPELLINGS = 0.7, 0.8, 4  # what a similar word is worth, how similar it must be, how many are tried
COMMON = 0.5  # what a common word is worth, to one that is as rare in the records and says what they are about
SHORTEST = 5  # letters of a word that may be misspelt

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One item of a question: each term that may answer it, with its weight; `full` when the word itself is there."""

    terms: Mapping[str, float]
    full: float


@dataclass(frozen=True, slots=True)
class Scored:
    """How well each row answers, as a share of what could be said in full; `covered` leaves out how often.

    `answered` is the share of the items that a row answers to, at whatever price.
    """

    scores: Floats
    covered: Floats
    answered: Floats


@dataclass(frozen=True, slots=True)
class Postings:
    """`rows` and `says` of term number n stand from `starts[n]` to `starts[n + 1]`."""

    ids: Sequence[str]
    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: Rows
    says: Floats
    row_of: Mapping[str, int] = field(repr=False)
    initials: Mapping[str, Sequence[str]] = field(repr=False)  # the words that begin with a letter

    @classmethod
    def of(
        cls, ids: Sequence[str], lengths: Floats, vocabulary: Mapping[str, int], triples: tuple[Rows, Rows, Floats]
    ) -> "Postings":
        """From (row, term number, weight) triples, given as three arrays."""
        rows, numbers, weights = triples
        order = np.argsort(numbers, kind="stable")
        lengths = np.maximum(lengths, SHORT * _mean(lengths))
        norms = 1 - LENGTH + LENGTH * np.minimum(lengths / max(1.0, _mean(lengths)), LONGEST)
        weights = weights[order]
        rows = rows[order]
        counts = np.bincount(numbers, minlength=len(vocabulary))
        return cls(
            ids=ids,
            vocabulary=vocabulary,
            starts=np.concatenate([[0], np.cumsum(counts)]),
            rows=rows,
            says=(weights * (SATURATION + 1) / (weights + SATURATION * norms[rows])).astype(np.float32),
            row_of={record_id: row for row, record_id in enumerate(ids)},
            initials=_initials(vocabulary),
        )

    def weighed(self, items: Iterable[Item]) -> tuple[Weighed, ...]:
        """Each item with the terms that are here; the rarer, the heavier."""
        return tuple(self._weighed(item) for item in items)

    def scored(self, items: Iterable[Weighed]) -> Scored:
        """All rows at once."""
        scores, covered, answered = np.zeros((3, len(self.ids)), dtype=np.float32)
        total = count = 0.0
        for item in items:
            best = np.zeros(len(self.ids), dtype=np.float32)
            for term, weight in item.terms.items():
                rows, says = self._standing(term)
                best[rows] = np.maximum(best[rows], weight * says)
            scores += best
            covered += np.minimum(best, item.full)
            answered += best > 0
            total, count = total + item.full, count + 1
        return Scored(scores / max(total, 1e-9), covered / max(total, 1e-9), answered / max(count, 1.0))

    def typed(self, words: Sequence[str]) -> Floats:
        """The share of these words, by weight, that each row holds just so."""
        shares = np.zeros(len(self.ids), dtype=np.float32)
        total = 0.0
        for word in words:
            weight = self._rarity(WORD + word)
            total += weight
            if WORD + word in self.vocabulary:
                shares[self._standing(WORD + word)[0]] += weight
        return shares / max(total, 1e-9)

    def rows_among(self, record_ids: Collection[str]) -> Rows:
        """The rows of these records, where they are here."""
        return np.array([self.row_of[i] for i in record_ids if i in self.row_of], dtype=np.int32)

    def _weighed(self, item: Item) -> Weighed:
        here = [term for term in item.terms if term in self.vocabulary]
        terms = {term: PRICES[term[0]] * self._rarity(term) for term in here}
        if item.word and WORD + item.word not in terms:
            terms |= {
                WORD + word: MISSPELT * likeness * self._rarity(WORD + word)
                for word, likeness in self._spellings(item.word)
            }
        own = self._rarity(WORD + item.word) if item.word else max(terms.values(), default=0.0)
        worth = COMMON if item.word in common_words() else 1.0
        return Weighed({term: worth * weight for term, weight in terms.items()}, worth * own)

    def _rarity(self, term: str) -> float:
        number = self.vocabulary.get(term)
        count = 0 if number is None else int(self.starts[number + 1] - self.starts[number])
        return math.log(1 + (len(self.ids) - count + 0.5) / (count + 0.5))

    def _standing(self, term: str) -> tuple[Rows, Floats]:
        number = self.vocabulary[term]
        part = slice(self.starts[number], self.starts[number + 1])
        return self.rows[part], self.says[part]

    def _spellings(self, word: str) -> list[tuple[str, float]]:
        """Words here that are spelt nearly like this one and begin with its letter."""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        if len(word) < SHORTEST or not word.isalpha():
            return []
        known = self.initials.get(word[0], ())
        like = DamerauLevenshtein.normalized_similarity
        found = process.extract(word, known, scorer=like, score_cutoff=LIKE, limit=SPELLINGS)
        return [(other, float(likeness)) for other, likeness, _ in found]


def held(text_terms: Collection[str], items: Iterable[Weighed]) -> float:
    """The share of what was asked that a text with these terms holds, by weight."""
    parts = [(max((w for t, w in item.terms.items() if t in text_terms), default=0.0), item.full) for item in items]
    total = sum(full for _, full in parts)
    return sum(min(best, full) for best, full in parts) / total if total else 0.0


def _mean(lengths: Floats) -> float:
    return float(lengths.mean()) if len(lengths) else 0.0


def _initials(vocabulary: Mapping[str, int]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for term in vocabulary:
        if term[0] == WORD and len(term) >= SHORTEST:
            found.setdefault(term[1], []).append(term[1:])
    return found
