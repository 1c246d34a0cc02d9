"""The only way to look anything up: filter first, then by meaning and by words, fused by rank.

Every hit comes with the passage it was found by, as it stands in the record. Where nothing is near enough there are
no hits: a list of the least unlike records would pass for an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.nouns import Activity, Candidate, Filter, Side
from crm.records.book import Book
from crm.records.store import Store
from retrieval import ways
from retrieval.embed import Embedder
from retrieval.index import Index, Shelf
from retrieval.ranking import COVERED, Ranking, fused, ordered, stands_out
from retrieval.showing import shown
from retrieval.wanted import left_to_index, stamp_of
from retrieval.ways import Meant, Said
from retrieval.words import Words, read

NOT_LOADED = "Only words were searched: the semantic index is not there."


@dataclass(frozen=True, slots=True)
class Hit:
    """An activity that was found, and the words of it that were: `passage` stands in the record literally."""

    activity: Activity
    score: float
    passage: str


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
            asked = ways.among(connection, where)
            if not words.units or not asked.count:
                return Found((), asked.count)
            phrased = ways.with_phrases(asked.text(connection), words, asked) if words.phrases else None
            left = phrased if phrased and phrased.count else asked
            text = left.text(connection)
            exact = ways.exactly(text, words, left) if words.needles else {}
            near = not words.only_needles  # else a code was typed, and what is near to it is wrong
            said = ways.by_words(text, words, left)
            meant = self._meant(words, left) if near else Meant({})
            scores = {"exact": exact, "words": said.scores if near else {}, "meaning": meant.scores}
            dates = ways.dates(connection, list({i for scored in scores.values() for i in scored}))
        missed = "Nobody wrote the words in quotes exactly so." if phrased and not phrased.count else ""
        notices = tuple(notice for notice in (missed, meant.notice) if notice)
        if not (exact or left is phrased or _near_enough(said, meant, left.count)):
            return Found((), asked.count, notices=notices)
        votes = {"words": said.covered, "meaning": meant.votes}  # a place counts as much as its way is sure of it
        fused_scores = fused([Ranking(ordered(scored, dates), votes.get(way, {})) for way, scored in scores.items()])
        hits = self._hits(ordered(fused_scores, dates), fused_scores, _Why(said, meant, where.side), k)
        return Found(hits, asked.count, tuple(way for way, scored in scores.items() if scored), notices)

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
        near = shelf.near(self.embedder.embed([words.text])[0], k)
        return [
            Candidate(n.record_id, names[n.record_id], max(0.0, 100 * n.score)) for n in near if n.record_id in names
        ]

    def _meant(self, words: Words, left: ways.Among) -> Meant:
        if self.index is None or self.embedder is None:
            return Meant({}, notice=self.trouble or NOT_LOADED)
        if self.index.left is None:  # no sync has looked yet in this process
            self.index.left = left_to_index(self.store, self.index)
        return ways.by_meaning(self.index, self.embedder, words, left)

    def _hits(self, order: Sequence[str], scores: Mapping[str, float], why: "_Why", k: int) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        for start in range(0, len(order), max(k, 1)):
            for activity in self.store.activities_by_id(order[start : start + max(k, 1)]):
                passage = shown(activity, why.said.weights, why.meant.nearest.get(activity.id), why.side)
                if passage is not None:
                    hits.append(Hit(activity, scores[activity.id], passage))
            if len(hits) >= k:
                break
        return tuple(hits[:k])


def _near_enough(said: Said, meant: Meant, records: int) -> bool:
    return max(said.covered.values(), default=0.0) >= COVERED or stands_out(meant.above, records)


@dataclass(frozen=True, slots=True)
class _Why:
    """What each way found, for the choice of the passage to show."""

    said: Said
    meant: Meant
    side: Side | None
