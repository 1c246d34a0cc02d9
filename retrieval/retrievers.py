"""The ways a record is found: by its id or code, by words, by terms, by meaning; each gives record ids with a score."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from crm.errors import CrmError
from crm.nouns import Filter
from crm.records.db import activities
from crm.records.store import narrowed
from retrieval.embed import Embedder
from retrieval.index import Index, Near
from retrieval.index_target import stamp_of
from retrieval.lexical import FullText
from retrieval.lexicon import lexicon
from retrieval.postings import Floats, Postings, Weighed
from retrieval.ranking import covered, vote, weights
from retrieval.terms import items_of
from retrieval.words import Words, spoken

DEPTH = 50  # records that each way may propose
WIDE = 5_000  # records that a filter leaves, above which what was found is filtered, and not what is searched
MOST_DEEPER = 20
DEEPER = 2  # times as many are looked at then as would hold DEPTH of them on average
PASSAGES = 3 * DEPTH  # a record is often near with more than one
MOST_PHRASED = 5_000  # records with the words in quotes
MEANING, GLOSSED = 0.15, 0.15  # of the question as typed and of its gloss, to all that terms can say
BY_ID = 1e6  # above any rank by words: an id names one record, a code in a text may only mention it


@dataclass(frozen=True, slots=True)
class Among:
    """The activities that the filter leaves: how many, and the number of each by id, unless it leaves all or many.

    Of many the numbers are not read: each way looks at `deeper` times as many, and `holds` tells which are left.
    """

    count: int
    numbers: Mapping[str, int] | None = None
    side: str | None = None
    narrowed: bool = False  # one rep's store: how much there is in all is not told
    deeper: int = 1
    of: int = 0  # then the records in which words are counted: all of them
    holds: Callable[[Sequence[str]], frozenset[str]] | None = None

    def text(self, connection: Connection) -> FullText:
        """The full-text index, narrowed to these."""
        return FullText.over(connection, None if self.numbers is None else self.numbers.values())

    def only(self, numbers: Mapping[str, int]) -> "Among":
        return Among(len(numbers), numbers, self.side, self.narrowed)

    def kept(self, record_ids: Sequence[str]) -> list[str]:
        """Those of them that the filter leaves, in their order."""
        if self.holds is not None:
            left = self.holds(record_ids)
            return [i for i in record_ids if i in left]
        return [i for i in record_ids if self.numbers is None or i in self.numbers]


@dataclass(frozen=True, slots=True)
class Said:
    """What words found; `covered` is how much of what was typed each record holds, by the weight of each word."""

    scores: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    covered: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What terms found: the `best` records, and how every record in the index of words answers.

    `whole` says that all that was to be searched is in that index: then full text has nothing to add.
    """

    best: Mapping[str, float]
    weighed: tuple[Weighed, ...] = ()
    covered: float = 0.0  # the most of the question that one record holds
    answered: float = 0.0  # the most of its words that one record answers to, by what they name too
    typed: float = 0.0  # the same, of its words as they were typed
    whole: bool = False
    row_of: Mapping[str, int] = field(default_factory=dict)
    scores: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def score(self, record_id: str) -> float | None:
        """None for a record that is not in the index of words yet."""
        row = self.row_of.get(record_id)
        return None if row is None else float(self.scores[row])


@dataclass(frozen=True, slots=True)
class Meant:
    """What lies near in meaning: the best passage of each record, what it counts for, and how far it stands out."""

    nearest: Mapping[str, Near]
    votes: Mapping[str, float] = field(default_factory=dict)
    above: float = 0.0
    notice: str = ""


def among(connection: Connection, where: Filter, narrowed_store: bool = False, wide: int = WIDE) -> Among:
    """What the filter leaves, asked of the store: the index holds no fact that can change under it.

    Of a store that is narrowed to one rep's accounts it leaves what is theirs, by name: the index holds everybody's.
    """
    if where == Filter() and not narrowed_store:
        return Among(int(connection.execute(select(func.count()).select_from(activities)).scalar_one()))
    if where.side is None and not narrowed_store and (many := _many(connection, where, wide)) is not None:
        return many
    rows = connection.execute(narrowed(select(activities.c.id, activities.c.number), where)).all()
    return Among(len(rows), dict(rows), where.side.value if where.side else None, narrowed_store)


def _many(connection: Connection, where: Filter, wide: int) -> Among | None:
    """What a filter leaves that is hardly one; None where it leaves no more than `wide`."""
    count = int(connection.execute(narrowed(select(func.count()).select_from(activities), where)).scalar_one())
    if count <= wide:
        return None
    total = int(connection.execute(select(func.count()).select_from(activities)).scalar_one())

    known: dict[str, bool] = {}  # the ways propose many of the same

    def holds(record_ids: Sequence[str]) -> frozenset[str]:
        new = [i for i in dict.fromkeys(record_ids) if i not in known]
        among_them = narrowed(select(activities.c.id), where).where(activities.c.id.in_(new))
        left = frozenset(connection.execute(among_them).scalars()) if new else frozenset()
        known.update((i, i in left) for i in new)
        return frozenset(i for i in record_ids if known[i])

    return Among(count, deeper=min(DEEPER * math.ceil(total / count), MOST_DEEPER), of=total, holds=holds)


def with_phrases(text: FullText, words: Words, left: Among) -> Among:
    """Of what the filter leaves, the records in which every phrase in quotes stands."""
    found = text.all_of(map(spoken, words.phrases), MOST_PHRASED)
    ids = _ids(text.connection, list(found))
    return left.only({i: ids[i] for i in left.kept(list(ids))})


def exactly(text: FullText, words: Words, left: Among) -> dict[str, float]:
    """The records that bear an id that was typed, then those in which an address or code stands."""
    found = text.any_of(map(spoken, words.needles), DEPTH * left.deeper)
    ids = _ids(text.connection, list(found))
    scores = {i: found[ids[i]] for i in left.kept(list(ids))[:DEPTH]}
    named = or_(activities.c.id.in_(words.needles), activities.c.native_id.in_(words.needles))
    for record_id in left.kept(list(text.connection.execute(select(activities.c.id).where(named)).scalars())):
        scores[record_id] = BY_ID
    return scores


def by_words(text: FullText, words: Words, left: Among) -> Said:
    """BM25 over everything that was typed."""
    found = text.any_of(words.units, DEPTH * left.deeper)
    weighed = weights(text.counts(words.units), left.of or left.count)
    ids = _ids(text.connection, list(found))
    ids = {i: ids[i] for i in left.kept(list(ids))[:DEPTH]}
    texts = text.texts(list(ids.values()))
    return Said(
        scores={i: found[number] for i, number in ids.items()},
        weights=weighed,
        covered={i: covered(texts[number], weighed) for i, number in ids.items()},
    )


def by_terms(index: Index, embedder: Embedder, words: Words, left: Among) -> Told:
    """Words, their beginnings and what they name, over all that the index of words holds."""
    if index.bags.stamp != stamp_of(embedder):
        return Told({})
    postings = index.bags.postings()
    weighed = postings.weighed(items_of(words.text, lexicon()))
    scored = postings.scored(weighed)
    rows = np.flatnonzero(scored.scores) if left.numbers is None else postings.rows_among(left.numbers)
    best = _highest(scored.scores, rows, DEPTH * left.deeper)
    found = {postings.ids[row]: float(scored.scores[row]) for row in best if scored.scores[row] > 0}
    if left.holds is not None:
        found = {i: found[i] for i in left.kept(list(found))[:DEPTH]}
        rows = postings.rows_among(found)
    return Told(
        best=found,
        weighed=weighed,
        covered=float(scored.covered[rows].max(initial=0.0)),
        answered=float(scored.answered[rows].max(initial=0.0)),
        typed=float(postings.typed(words.terms)[rows].max(initial=0.0)),
        whole=bool(weighed) and _holds_all(postings, left),
        row_of=postings.row_of,
        scores=scored.scores,
    )


def _holds_all(postings: Postings, left: Among) -> bool:
    """Whether every record that the filter leaves is in the index of words."""
    if left.numbers is None:
        return len(postings.ids) == (left.of or left.count)
    return left.numbers.keys() <= postings.row_of.keys()


def _highest(scores: Floats, rows: NDArray[np.integer], most: int) -> NDArray[np.integer]:
    """The rows with the greatest scores, best first; of a hundred thousand only these are put in order."""
    own = scores[rows]
    if len(rows) > most:
        least = np.partition(own, len(own) - most)[len(own) - most]
        rows, own = rows[own >= least], own[own >= least]
    return rows[np.argsort(-own, kind="stable")[:most]]


def by_meaning(index: Index, embedder: Embedder, words: Words, left: Among) -> Meant:
    """The nearest passages; with a notice instead, or beside them, where the index cannot answer for all."""
    shelf = index.activities
    if index.stamp != stamp_of(embedder):
        return Meant({}, notice="The semantic index has yet to be made: only words were searched.")
    waiting = index.left or 0
    held = "not all" if left.narrowed else f"{shelf.size:,} of {shelf.size + waiting:,}"
    notice = f"The semantic index holds {held} activities so far; the others were searched by words only."
    nearest: dict[str, Near] = {}
    votes: dict[str, float] = {}
    above = 0.0
    try:
        asked = list(embedder.embed([words.text, lexicon().gloss(words.text)]))
        found = shelf.near_each(asked, PASSAGES * left.deeper, left.numbers, left.side)
        for vector, nearby, counts in zip(asked, found, (MEANING, GLOSSED), strict=True):
            level = shelf.level(vector)
            best = _best_of_each(_left(nearby, left), level)
            above = max([above, *(near.score - level for near in best.values())])
            for record_id, near in best.items():
                nearest.setdefault(record_id, near)
                votes[record_id] = votes.get(record_id, 0.0) + counts * vote(near.score, level)
    except CrmError as err:  # words still find something
        return Meant({}, notice=str(err))
    return Meant(nearest, votes, above, notice if waiting else "")


def dates(connection: Connection, ids: Sequence[str]) -> dict[str, datetime | None]:
    """When each happened."""
    query = select(activities.c.id, activities.c.at).where(activities.c.id.in_(ids))
    return {row.id: row.at for row in connection.execute(query)}


def _left(near: Sequence[Near], left: Among) -> list[Near]:
    if left.holds is None:
        return list(near)
    kept = left.holds([one.record_id for one in near])
    return [one for one in near if one.record_id in kept]


def _best_of_each(near: Iterable[Near], level: float) -> dict[str, Near]:
    best: dict[str, Near] = {}
    for one in near:
        if len(best) == DEPTH or one.score <= level:
            break
        best.setdefault(one.record_id, one)
    return best


def _ids(connection: Connection, numbers: Sequence[int]) -> dict[str, int]:
    """The ids of activity numbers, in their order."""
    query = select(activities.c.number, activities.c.id).where(activities.c.number.in_(numbers))
    found = {row.number: row.id for row in connection.execute(query)}
    return {found[number]: number for number in numbers if number in found}
