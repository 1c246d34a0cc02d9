"""The only way to look anything up: filter first, then by words, by what they name and by meaning, added up.

Every hit comes with the passage it was found by, as it stands in the record. Where nothing is near enough there are
no hits: a list of the least unlike records would pass for an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crm.nouns import Activity, Candidate, Filter, Side
from crm.records.book import Book
from crm.records.store import Store
from retrieval import retrievers
from retrieval.embed import Embedder
from retrieval.index import Index, Shelf
from retrieval.index_target import left_to_index, stamp_of
from retrieval.lexicon import lexicon
from retrieval.postings import held
from retrieval.ranking import COVERED, FEW, FITTED, covered, ordered, stands_out, sure
from retrieval.retrievers import BY_ID, Meant, Said, Told
from retrieval.snippets import shown
from retrieval.terms import bag_of
from retrieval.words import Words, read

REMEMBERED = 4_000  # passages: who works at an account finds the same ones again and again
CERTAIN = 10.0  # above all that words and meaning can add up to: an id or a code that was typed and is there
NOT_LOADED = "Only words were searched: the semantic index is not there."


@dataclass(frozen=True, slots=True)
class Hit:
    """An activity that was found, and the words of it that were: `passage` stands in the record literally.

    `about` is how far the passage itself speaks of the question, by its words and its meaning: 0 where only the rest
    of its record does.
    """

    activity: Activity
    score: float
    passage: str
    about: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: of `considered` activities, by which `ways`, with `notices` of what it could not do."""

    hits: tuple[Hit, ...]
    considered: int
    ways: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Looks things up in one store. Without an index or an embedder it searches by words only, and says so."""

    store: Store
    index: Index | None = None
    embedder: Embedder | None = None
    trouble: str = ""  # why there is no index, in a sentence

    def find(self, query: str, where: Filter = Filter(), k: int = 10) -> Found:  # noqa: B008
        """The `k` activities within the filter that a question is about, best first. Raises StoreTrouble."""
        words = read(query)
        with self.store.reading() as connection:
            asked = retrievers.among(connection, where, self.store.narrowed)
            if not words.units or not asked.count:
                return Found((), asked.count)
            phrased = retrievers.with_phrases(asked.text(connection), words, asked) if words.phrases else None
            left = phrased if phrased and phrased.count else asked
            text = left.text(connection)
            exact = retrievers.exactly(text, words, left) if words.needles else {}
            near = not words.only_needles  # else a code was typed, and what is near to it is wrong
            told = self._told(words, left) if near else Told({})
            said = Said() if told.whole else retrievers.by_words(text, words, left)
            meant = self._meant(words, left) if near else Meant({})
            parts = {"exact": exact, "words": {**said.scores, **told.best} if near else {}, "meaning": meant.votes}
            dates = retrievers.dates(connection, list({i for part in parts.values() for i in part}))
        missed = "Nobody wrote the words in quotes exactly so." if phrased and not phrased.count else ""
        notices = tuple(notice for notice in (missed, meant.notice) if notice)
        if not (exact or left is phrased or _near_enough(said, told, meant, left.count)):
            return Found((), asked.count, notices=notices)
        scores = {i: _score(i, exact, said, told, meant) for part in parts.values() for i in part}
        hits = self._hits(ordered(scores, dates), scores, _Why(said, told, meant, where.side), k)
        return Found(hits, asked.count, tuple(way for way, part in parts.items() if part), notices)

    def accounts(self, query: str, k: int = 5) -> list[Candidate]:
        """Accounts near to a description, such as "shipping companies in the north"; none without an index."""
        names = {account.id: account.name for account in Book.read(self.store).accounts}
        return self._described(self.index.accounts, names, query, k) if self.index else []

    def deals(self, query: str, k: int = 5) -> list[Candidate]:
        """Deals near to a description; none without an index."""
        names = {deal.id: deal.name for deal in Book.read(self.store).deals}
        return self._described(self.index.deals, names, query, k) if self.index else []

    def _described(self, shelf: Shelf, names: Mapping[str, str], query: str, k: int) -> list[Candidate]:
        words = read(query)
        if (
            self.index is None
            or self.embedder is None
            or not words.units
            or self.index.stamp != stamp_of(self.embedder)
        ):
            return []
        only = set(names) if self.store.narrowed else None
        near = shelf.near(self.embedder.embed([words.text])[0], k, only)
        return [
            Candidate(n.record_id, names[n.record_id], max(0.0, 100 * n.score)) for n in near if n.record_id in names
        ]

    def _told(self, words: Words, left: retrievers.Among) -> Told:
        if self.index is None or self.embedder is None:
            return Told({})
        return retrievers.by_terms(self.index, self.embedder, words, left)

    def _meant(self, words: Words, left: retrievers.Among) -> Meant:
        if self.index is None or self.embedder is None:
            return Meant({}, notice=self.trouble or NOT_LOADED)
        if self.index.left is None:  # no sync has looked yet in this process
            self.index.left = left_to_index(self.store.whole or self.store, self.index)
        return retrievers.by_meaning(self.index, self.embedder, words, left)

    def _hits(self, order: Sequence[str], scores: Mapping[str, float], why: "_Why", k: int) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        for start in range(0, len(order), max(k, 1)):
            for activity in self.store.activities_by_id(order[start : start + max(k, 1)]):
                passage = shown(activity, why.share, why.meant.nearest.get(activity.id), why.side)
                if passage is not None:
                    meant = why.meant.votes.get(activity.id, 0.0) if passage.nearest else 0.0
                    hits.append(Hit(activity, scores[activity.id], passage.text, passage.share + meant))
            if len(hits) >= k:
                break
        return tuple(hits[:k])


def _near_enough(said: Said, told: Told, meant: Meant, records: int) -> bool:
    typed = told.typed if told.whole else max(said.covered.values(), default=0.0)
    few = records if len(told.row_of) >= FITTED else FITTED  # measured over part of a store, not over small stores
    if typed >= COVERED or sure(told.covered, typed, meant.above, len(told.weighed), few):
        return True
    if told.answered == 1:  # a rare word that stands nowhere weighs much, and what it names may stand in many records
        return True
    return records < FEW and stands_out(meant.above, records)


def _score(record_id: str, exact: Mapping[str, float], said: Said, told: Told, meant: Meant) -> float:
    """What all ways say of a record, added up; a share of the words typed stands for terms not yet indexed."""
    by_terms = told.score(record_id)
    by_words = said.covered.get(record_id, 0.0) if by_terms is None else by_terms
    typed = 1 + exact[record_id] / BY_ID if record_id in exact else 0.0
    return CERTAIN * typed + by_words + meant.votes.get(record_id, 0.0)


@dataclass(frozen=True, slots=True)
class _Why:
    """What each way found, for the choice of the passage to show."""

    said: Said
    told: Told
    meant: Meant
    side: Side | None

    def share(self, text: str) -> float:
        """How much of the question a passage holds."""
        if not self.told.weighed:
            return covered(text, self.said.weights)
        return held(_terms_of(text), self.told.weighed)


@lru_cache(maxsize=REMEMBERED)
def _terms_of(passage: str) -> frozenset[str]:
    return frozenset(bag_of(("", passage), lexicon()).weights)
