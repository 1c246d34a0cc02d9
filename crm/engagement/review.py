"""Which records a person should look at next: the least certain verdicts, those that stand for many others first.

Uncertainty times how common a pattern is: Settles and Craven's information density (2008, "An analysis of active
learning strategies for sequence labeling tasks"), with the count of records of one pattern for the density. One
record of each pattern is asked about: whoever labels it has labelled the others.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from crm.engagement import corrections, labels
from crm.nouns import Activity, Label, Verdict
from crm.records import db
from crm.records.store import Store

POOL = 2_000  # the least certain records among which patterns are counted
SUBJECT_WORDS, BODY_WORDS = 8, 12
_WORD = re.compile(r"\S+")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that might be asked about: what it looks like, and how sure its judge is (0..1)."""

    id: str
    pattern: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Ask:
    """A doubt worth a person's time, with how many records look alike (itself among them)."""

    doubt: Doubt
    alike: int

    @property
    def worth(self) -> float:
        """Uncertainty times density; a thousand records alike count eight times one, not a thousand times."""
        return (1.0 - self.doubt.confidence) * (1.0 + math.log(self.alike))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry of the list: the record, its verdict, how many look alike; or the correction of an earlier text."""

    activity: Activity
    verdict: Verdict
    alike: int
    earlier: Label | None = None


def rank(doubts: Iterable[Doubt], k: int) -> list[Ask]:
    """The k most useful, one of each pattern, the most useful first. The order of the doubts does not matter."""
    groups: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        groups.setdefault(doubt.pattern, []).append(doubt)
    asked = [Ask(min(group, key=lambda d: (d.confidence, d.id)), len(group)) for group in groups.values()]
    return sorted(asked, key=lambda ask: (-ask.worth, ask.doubt.id))[:k]


def pattern(activity: Activity) -> str:
    """What records of one make share: kind, who wrote, the first words without names, numbers, addresses."""
    sides = ",".join(sorted({message.side.value for message in activity.messages}))
    body = activity.messages[0].text if activity.messages else activity.raw_body
    return "|".join((activity.kind, sides, _skeleton(activity.subject, SUBJECT_WORDS), _skeleton(body, BODY_WORDS)))


def queue(store: Store, k: int) -> list[Reviewed]:
    """The records of the store to look at next; first those that a person corrected before their text changed."""
    stale = _outdated(store, k)
    known = {one.activity.id for one in stale}
    doubtful = {i: confidence for i, confidence in _least_certain(store) if i not in known}
    activities = {activity.id: activity for activity in store.activities_by_id(list(doubtful))}
    doubts = [Doubt(i, pattern(activity), doubtful[i]) for i, activity in activities.items()]
    asked = rank(doubts, k - len(stale))
    standing = labels.current(store, [ask.doubt.id for ask in asked])
    return stale + [Reviewed(activities[a.doubt.id], standing[a.doubt.id].verdict, a.alike) for a in asked]


def _outdated(store: Store, k: int) -> list[Reviewed]:
    spoken = {label.activity_id for label in labels.by_people(store)}
    activities = store.activities_by_id(sorted(spoken))
    changed = corrections.outdated(store, activities)
    standing = labels.current(store, list(changed))
    found = [
        Reviewed(activity, standing[activity.id].verdict, 1, changed[activity.id])
        for activity in activities
        if activity.id in changed and activity.id in standing
    ]
    return found[:k]


def _least_certain(store: Store) -> Sequence[tuple[str, float]]:
    """(id, confidence) of what judges, not people, were least sure of; empty records tell nobody anything."""
    c = db.labels.c
    query = (
        select(c.activity_id, c.confidence)
        .join(db.standing, db.standing.c.label == c.number)
        .where(c.by == "", c.quote != "")
        .order_by(c.confidence, c.number)
        .limit(POOL)
    )
    with store.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query)]


def _skeleton(text: str, most: int) -> str:
    """The first words as they would stand in a template: what differs from one record to the next is a dot."""
    words = _WORD.findall(text)[:most]
    return " ".join(_bare(word, first=number == 0) for number, word in enumerate(words))


def _bare(word: str, first: bool) -> str:
    if any(c.isdigit() for c in word) or "@" in word or "://" in word:
        return "·"
    named = _NAME.search(word)
    if named and named.group()[0].isupper() and not first:
        return "·"
    return word.casefold().strip(".,;:!?()[]\"'“”")
