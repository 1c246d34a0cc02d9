"""What people's corrections taught the small model: a list in the store, of which the last counts.

A lesson names records with the label that people gave them, not their words: those are read from the store when a
model must be trained. So whoever is forgotten there is forgotten by the next model too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crm.engagement import labels
from crm.engagement.training_rows import Example
from crm.errors import MissingPart
from crm.nouns import Engagement
from crm.records.store import Store

FACT = "engagement lessons"


@dataclass(frozen=True, slots=True)
class Taught:
    """One record of a lesson: its id, the text that was meant, the label."""

    activity_id: str
    text_hash: str
    label: Engagement


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that a model learned from in the store, beside the labelled files."""

    at: datetime
    records: tuple[Taught, ...] = ()


def corrected(store: Store) -> tuple[Taught, ...]:
    """What people say today, about the texts that the store has today; ordered by id."""
    said = sorted(labels.of_people(store).items())
    return tuple(Taught(activity_id, label.text_hash, label.verdict.engagement) for activity_id, label in said)


def all_lessons(store: Store) -> list[Lesson]:
    """Every lesson, the oldest first."""
    kept = store.fact(FACT) or []
    return [Lesson(datetime.fromisoformat(one["at"]), tuple(_taught(*row) for row in one["records"])) for one in kept]


def in_use(store: Store) -> Lesson | None:
    """The lesson that counts; None before the first."""
    return next(reversed(all_lessons(store)), None)


def put(store: Store, records: Sequence[Taught]) -> Lesson:
    """A new lesson that counts from now on."""
    lesson = Lesson(datetime.now(UTC), tuple(records))
    _keep(store, [*all_lessons(store), lesson])
    return lesson


def drop(store: Store) -> Lesson | None:
    """The last lesson is taken out; returns the one that counts now. Raises MissingPart when there was none."""
    kept = all_lessons(store)
    if not kept:
        raise MissingPart("Nothing was learned from corrections yet, so there is nothing to take back.")
    _keep(store, kept[:-1])
    return kept[-2] if len(kept) > 1 else None


def examples(store: Store, records: Sequence[Taught]) -> tuple[Example, ...]:
    """The records themselves, in order; without those whose text the store has no more."""
    known = {activity.id: activity for activity in store.activities_by_id([r.activity_id for r in records])}
    found = ((known.get(record.activity_id), record) for record in records)
    return tuple((a, record.label) for a, record in found if a and a.text_hash == record.text_hash)


def taught(store: Store) -> tuple[Example, ...]:
    """What the model in use learns from beside the labelled files."""
    lesson = in_use(store)
    return examples(store, lesson.records) if lesson else ()


def _keep(store: Store, lessons: Sequence[Lesson]) -> None:
    rows = [
        {"at": one.at.isoformat(), "records": [[r.activity_id, r.text_hash, r.label.value] for r in one.records]}
        for one in lessons
    ]
    store.put_fact(FACT, rows)


def _taught(activity_id: str, text_hash: str, label: str) -> Taught:
    return Taught(activity_id, text_hash, Engagement(label))
