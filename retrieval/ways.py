"""The ways a record is found: by its id or code, by words, by meaning. Each gives record ids with a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from crm.errors import CrmError
from crm.nouns import Filter
from crm.records.db import activities
from crm.records.store import narrowed
from retrieval.embed import Embedder
from retrieval.index import Index, Near
from retrieval.lexical import FullText
from retrieval.ranking import covered, weights
from retrieval.wanted import stamp_of
from retrieval.words import Words, spoken

DEPTH = 50  # records that each way may propose
PASSAGES = 3 * DEPTH  # a record is often near with more than one
MOST_PHRASED = 5_000  # records with the words in quotes
SURE = 0.4  # cosine above the background at which a place by meaning counts in full
BY_ID = 1e6  # above any rank by words: an id names one record, a code in a text may only mention it


@dataclass(frozen=True, slots=True)
class Among:
    """The activities that the filter leaves: how many, and the number of each by id, unless it leaves all."""

    count: int
    numbers: Mapping[str, int] | None = None
    side: str | None = None

    def text(self, connection: Connection) -> FullText:
        """The full-text index, narrowed to these."""
        return FullText.over(connection, None if self.numbers is None else self.numbers.values())

    def only(self, numbers: Mapping[str, int]) -> "Among":
        return Among(len(numbers), numbers, self.side)


@dataclass(frozen=True, slots=True)
class Said:
    """What words found; `covered` is how much of what was typed each record holds, by the weight of each word."""

    scores: Mapping[str, float]
    weights: Mapping[str, float]
    covered: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Meant:
    """What lies near in meaning: the best passage of each record, and the background `level` they stand out from."""

    nearest: Mapping[str, Near]
    level: float = 0.0
    notice: str = ""

    @property
    def scores(self) -> dict[str, float]:
        return {record_id: near.score for record_id, near in self.nearest.items()}

    @property
    def above(self) -> float:
        """How far the nearest stands out."""
        return max(self.scores.values(), default=self.level) - self.level

    @property
    def votes(self) -> dict[str, float]:
        return {record_id: min(1.0, (score - self.level) / SURE) for record_id, score in self.scores.items()}


def among(connection: Connection, where: Filter) -> Among:
    """What the filter leaves, asked of the store: the index holds no fact that can change under it."""
    if where == Filter():
        return Among(int(connection.execute(select(func.count()).select_from(activities)).scalar_one()))
    rows = connection.execute(narrowed(select(activities.c.id, activities.c.number), where)).all()
    return Among(len(rows), dict(rows), where.side.value if where.side else None)


def with_phrases(text: FullText, words: Words, left: Among) -> Among:
    """Of what the filter leaves, the records in which every phrase in quotes stands."""
    found = text.all_of(map(spoken, words.phrases), MOST_PHRASED)
    return left.only(_ids(text.connection, list(found)))


def exactly(text: FullText, words: Words, left: Among) -> dict[str, float]:
    """The records that bear an id that was typed, then those in which an address or code stands."""
    found = text.any_of(map(spoken, words.needles), DEPTH)
    scores = {i: found[number] for i, number in _ids(text.connection, list(found)).items()}
    named = or_(activities.c.id.in_(words.needles), activities.c.native_id.in_(words.needles))
    for record_id in text.connection.execute(select(activities.c.id).where(named)).scalars():
        if left.numbers is None or record_id in left.numbers:
            scores[record_id] = BY_ID
    return scores


def by_words(text: FullText, words: Words, left: Among) -> Said:
    """BM25 over everything that was typed."""
    found = text.any_of(words.units, DEPTH)
    weighed = weights(text.counts(words.units), left.count)
    ids = _ids(text.connection, list(found))
    texts = text.texts(list(found))
    return Said(
        scores={i: found[number] for i, number in ids.items()},
        weights=weighed,
        covered={i: covered(texts[number], weighed) for i, number in ids.items()},
    )


def by_meaning(index: Index, embedder: Embedder, words: Words, left: Among) -> Meant:
    """The nearest passages; with a notice instead, or beside them, where the index cannot answer for all."""
    shelf = index.activities
    if index.stamp != stamp_of(embedder):
        return Meant({}, notice="The semantic index has yet to be made: only words were searched.")
    waiting = index.left or 0
    notice = (
        f"The semantic index holds {shelf.size:,} of {shelf.size + waiting:,} activities so far; "
        "the others were searched by words only."
    )
    try:
        vector = embedder.embed([words.text])[0]
        near = shelf.near(vector, PASSAGES, left.numbers, left.side)
        level = shelf.level(vector)
    except CrmError as err:  # words still find something
        return Meant({}, notice=str(err))
    return Meant(_best_of_each([one for one in near if one.score > level]), level, notice if waiting else "")


def dates(connection: Connection, ids: Sequence[str]) -> dict[str, datetime | None]:
    """When each happened."""
    query = select(activities.c.id, activities.c.at).where(activities.c.id.in_(ids))
    return {row.id: row.at for row in connection.execute(query)}


def _best_of_each(near: Sequence[Near]) -> dict[str, Near]:
    best: dict[str, Near] = {}
    for one in near:
        if len(best) == DEPTH:
            break
        best.setdefault(one.record_id, one)
    return best


def _ids(connection: Connection, numbers: Sequence[int]) -> dict[str, int]:
    """The ids of activity numbers, in their order."""
    query = select(activities.c.number, activities.c.id).where(activities.c.number.in_(numbers))
    found = {row.number: row.id for row in connection.execute(query)}
    return {found[number]: number for number in numbers if number in found}
