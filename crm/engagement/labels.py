"""Labels on record: appended, never changed; a person's label wins over any judge's.

A person's label that was taken back stays on record, with a row of its own that says so.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, FromClause, String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, RowMapping

from crm.nouns import Activity, Engagement, Filter, Label, Verdict
from crm.records import withdrawn_labels
from crm.records.db import activities, labels, standing
from crm.records.store import CHUNK, Store, activity_of, narrowed
from crm.records.withdrawn_labels import READ_ANEW, read_anew

PERSON = withdrawn_labels.PERSON
TAKEN_BACK = withdrawn_labels.TAKEN_BACK
_TOLD = tuple(column for column in labels.c if column.name != "number")  # what a Label is made of
_ENGAGEMENTS = {one.value: one for one in Engagement}


def record(store: Store, judged: Sequence[tuple[Activity, Verdict]], policy: str, by: str = "") -> int:
    """Appends a label for each, in one transaction; returns how many were new.

    The same key is never written twice by a judge; a person may change their mind.
    """
    if not judged:
        return 0
    now = datetime.now(UTC)
    with store.writing() as connection:
        new = judged if by else _without_label(connection, judged, policy)
        if not new:
            return 0
        rows = [_row(a.id, a.text_hash, policy, v, now, by) for a, v in new]
        numbered = insert(labels).returning(labels.c.number, sort_by_parameter_order=True)
        numbers = connection.execute(numbered, rows).scalars().all()
        spoken = set() if by else _keys(connection, [a for a, _ in new], in_force(labels))
        _stand(
            connection,
            [
                {"activity_id": a.id, "label": number, "engagement": v.engagement.value}
                for (a, v), number in zip(new, numbers, strict=True)
                if (a.id, a.text_hash) not in spoken
            ],
        )
    return len(new)


def restand(store: Store, policy: str, where: Filter = Filter()) -> None:  # noqa: B008
    """Lets this policy's labels stand again, where another policy has spoken since; a person's before any.

    So that switching the rules or the model back shows what they said, without judging anew; and so that what a
    person said about a text counts again when the record has that text again.
    """
    mine, theirs = labels.alias(), labels.alias()
    same_text = and_(mine.c.activity_id == activities.c.id, mine.c.text_hash == activities.c.text_hash)
    theirs_too = and_(theirs.c.activity_id == activities.c.id, theirs.c.text_hash == activities.c.text_hash)
    person = exists().where(theirs_too, in_force(theirs))
    person_later = exists().where(theirs_too, in_force(theirs), theirs.c.number > mine.c.number)
    query = (
        select(mine.c.activity_id, mine.c.number, mine.c.engagement)
        .select_from(activities)
        .join(mine, same_text)
        .join(standing, standing.c.activity_id == activities.c.id)
        .where(standing.c.label != mine.c.number)
    )
    with store.reading() as connection:
        judged = and_(mine.c.policy == policy, ~person, ~read_anew(mine))
        again = query.where(or_(judged, and_(in_force(mine), ~person_later)))
        found = connection.execute(narrowed(again, where)).all()
    if found:
        with store.writing() as connection:
            _stand(connection, [{"activity_id": r[0], "label": r[1], "engagement": r[2]} for r in found])


def take_back(store: Store, activity: Activity, by: str) -> Label | None:
    """The last thing a person said about this text counts no longer; None when nobody had said anything.

    What stands then is what a person had said before, else what a judge said last; that, too, may be nothing.
    """
    same_text = and_(labels.c.activity_id == activity.id, labels.c.text_hash == activity.text_hash)
    said = select(labels).where(same_text, in_force(labels)).order_by(labels.c.number.desc()).limit(1)
    marks = (labels.c.policy.notlike(f"{mark}%") for mark in (TAKEN_BACK, READ_ANEW))
    judged = select(labels).where(same_text, labels.c.policy != PERSON, ~read_anew(labels), *marks)
    with store.writing() as connection:
        last = connection.execute(said).mappings().first()
        if last is None:
            return None
        undone = dict(last) | {"policy": f"{TAKEN_BACK}{last['number']}", "by": by, "at": datetime.now(UTC)}
        del undone["number"]
        connection.execute(labels.insert(), undone)
        left = (
            connection.execute(said).first()
            or connection.execute(judged.order_by(labels.c.number.desc()).limit(1)).first()
        )
        connection.execute(standing.delete().where(standing.c.activity_id == activity.id))
        if left is not None:
            row = {"activity_id": activity.id, "label": left.number, "engagement": left.engagement}
            _stand(connection, [row])
    return _label(last)


def by_people(store: Store, activity_ids: Sequence[str] | None = None) -> list[Label]:
    """What people said that still counts, the oldest first; about any text these activities ever had."""
    query = select(labels).where(in_force(labels)).order_by(labels.c.number)
    found: list[Label] = []
    with store.reading() as connection:
        if activity_ids is None:
            return [_label(row) for row in connection.execute(query).mappings()]
        for start in range(0, len(activity_ids), CHUNK):
            some = query.where(labels.c.activity_id.in_(activity_ids[start : start + CHUNK]))
            found += [_label(row) for row in connection.execute(some).mappings()]
    return found


def of_people(store: Store) -> dict[str, Label]:
    """What people say of the text that each record has today, by the record's id."""
    same_text = and_(labels.c.activity_id == activities.c.id, labels.c.text_hash == activities.c.text_hash)
    query = select(labels).join(activities, same_text).where(in_force(labels)).order_by(labels.c.number)
    with store.reading() as connection:
        return {row["activity_id"]: _label(row) for row in connection.execute(query).mappings()}


def in_force(said: FromClause) -> ColumnElement[bool]:
    """Whether a label is a person's that nobody took back."""
    undone = labels.alias()
    mark = literal(TAKEN_BACK, String) + cast(said.c.number, String)
    taken_back = exists().where(undone.c.activity_id == said.c.activity_id, undone.c.policy == mark)
    return and_(said.c.policy == PERSON, ~taken_back)


def current(store: Store, activity_ids: Sequence[str]) -> dict[str, Label]:
    """The label that stands for each activity; those never judged are left out."""
    found: dict[str, Label] = {}
    with store.reading() as connection:
        for start in range(0, len(activity_ids), CHUNK):
            query = (
                select(*_TOLD)
                .join(standing, standing.c.label == labels.c.number)
                .where(standing.c.activity_id.in_(activity_ids[start : start + CHUNK]))
            )
            found.update((row[0], _told_by(row)) for row in connection.execute(query))
    return found


def current_among(store: Store, where: Filter) -> dict[str, Label]:
    """The same for the activities that a filter leaves, in one question to the store: an account has thousands."""
    query = select(*_TOLD).join(standing, standing.c.label == labels.c.number)
    query = narrowed(query.join(activities, activities.c.id == standing.c.activity_id), where)
    with store.reading() as connection:
        return {row[0]: _told_by(row) for row in connection.execute(query)}


def standing_now(store: Store) -> tuple[int, ...]:
    """Changes with each verdict, each correction, each that is taken back, and when other labels stand than before."""
    query = select(func.count(), func.sum(standing.c.label), select(func.max(labels.c.number)).scalar_subquery())
    with store.reading() as connection:
        return tuple(int(n or 0) for n in connection.execute(query.select_from(standing)).one())


def history(store: Store, activity_id: str) -> list[Label]:
    """Every label ever given to an activity, newest first."""
    of_it = (labels.c.activity_id == activity_id, labels.c.policy.notlike(f"{READ_ANEW}%"))
    query = select(labels).where(*of_it).order_by(labels.c.number.desc())
    with store.reading() as connection:
        return [_label(row) for row in connection.execute(query).mappings()]


def unjudged(
    store: Store,
    policy: str,
    where: Filter = Filter(),  # noqa: B008
    size: int = CHUNK,
) -> Iterator[list[Activity]]:
    """Batches of activities that have no label for their text under this policy, nor a person's."""
    after = 0
    while True:
        query = narrowed(select(activities), where).where(activities.c.number > after, ~_done(policy))
        with store.reading() as connection:
            rows = connection.execute(query.order_by(activities.c.number).limit(size)).mappings().all()
        if not rows:
            return
        after = rows[-1]["number"]
        yield [activity_of(row) for row in rows]


def count_unjudged(store: Store, policy: str, where: Filter = Filter()) -> int:  # noqa: B008
    """How many activities `unjudged` would give."""
    query = narrowed(select(func.count()).select_from(activities), where).where(~_done(policy))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def counts(store: Store, where: Filter = Filter()) -> dict[Engagement, int]:  # noqa: B008
    """How many activities stand under each label; the unjudged are in none."""
    query = select(standing.c.engagement, func.count()).join(activities, activities.c.id == standing.c.activity_id)
    with store.reading() as connection:
        found = {row[0]: row[1] for row in connection.execute(narrowed(query, where).group_by(standing.c.engagement))}
    return {e: found.get(e.value, 0) for e in Engagement}


def _done(policy: str) -> Exists:
    """Whether an activity has a label for its text under this policy, or a person's."""
    same_text = and_(labels.c.activity_id == activities.c.id, labels.c.text_hash == activities.c.text_hash)
    return exists().where(same_text, or_(and_(labels.c.policy == policy, ~read_anew(labels)), in_force(labels)))


def _without_label(
    connection: Connection, judged: Sequence[tuple[Activity, Verdict]], policy: str
) -> list[tuple[Activity, Verdict]]:
    """Those whose text has no label under this policy; of several for one key the first."""
    seen = _keys(connection, [a for a, _ in judged], and_(labels.c.policy == policy, ~read_anew(labels)))
    new = []
    for activity, verdict in judged:
        key = (activity.id, activity.text_hash)
        if key not in seen:
            seen.add(key)
            new.append((activity, verdict))
    return new


def _keys(connection: Connection, found: Sequence[Activity], those: ColumnElement[bool]) -> set[tuple[str, str]]:
    """(activity, text) of those labels that these activities have."""
    keys: set[tuple[str, str]] = set()
    for start in range(0, len(found), CHUNK):
        ids = [a.id for a in found[start : start + CHUNK]]
        query = select(labels.c.activity_id, labels.c.text_hash)
        query = query.where(labels.c.activity_id.in_(ids), those)
        keys.update((row[0], row[1]) for row in connection.execute(query))
    return keys


def _stand(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Makes these labels the ones that stand."""
    if rows:
        put = insert(standing)
        new = {"label": put.excluded.label, "engagement": put.excluded.engagement}
        connection.execute(put.on_conflict_do_update(index_elements=["activity_id"], set_=new), rows)


def _row(activity_id: str, text_hash: str, policy: str, verdict: Verdict, at: datetime, by: str) -> dict[str, object]:
    return {
        "activity_id": activity_id,
        "text_hash": text_hash,
        "policy": policy,
        "engagement": verdict.engagement.value,
        "confidence": verdict.confidence,
        "because": verdict.because,
        "quote": verdict.quote,
        "decided_by": verdict.decided_by,
        "undecided": verdict.undecided,
        "at": at,
        "by": by,
    }


def _label(row: RowMapping) -> Label:
    return _told_by([row[column.name] for column in _TOLD])


def _told_by(values: Sequence[Any]) -> Label:
    """A label from the values of _TOLD, in their order."""
    activity_id, text_hash, policy, engagement, confidence, because, quote, decided_by, undecided, at, by = values
    verdict = Verdict(_ENGAGEMENTS[engagement], confidence, because, quote, decided_by, undecided)
    return Label(activity_id, text_hash, policy, verdict, at, by)
