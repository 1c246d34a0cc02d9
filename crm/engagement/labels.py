"""Labels on record: appended, never changed; a person's label wins over any judge's."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Exists, and_, exists, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, RowMapping

from crm.nouns import Activity, Engagement, Filter, Label, Verdict
from crm.records.db import activities, labels, standing
from crm.records.store import CHUNK, Store, activity_of, narrowed

PERSON = "person"  # the policy under which people's labels are kept


def record(store: Store, judged: Sequence[tuple[Activity, Verdict]], policy: str, by: str = "") -> None:
    """Appends a label for each, in one transaction; the same key is never written twice by a judge."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        for activity, verdict in judged:
            key = (activity.id, activity.text_hash, policy)
            if not by and connection.execute(select(_has_label(*key))).scalar():
                continue
            number = connection.execute(labels.insert().values(_row(*key, verdict, now, by))).inserted_primary_key
            _stand(connection, activity, number[0] if number else 0, verdict, by)


def current(store: Store, activity_ids: Sequence[str]) -> dict[str, Label]:
    """The label that stands for each activity; those never judged are left out."""
    found: dict[str, Label] = {}
    with store.reading() as connection:
        for start in range(0, len(activity_ids), CHUNK):
            query = (
                select(labels)
                .join(standing, standing.c.label == labels.c.number)
                .where(standing.c.activity_id.in_(activity_ids[start : start + CHUNK]))
            )
            found.update((row["activity_id"], _label(row)) for row in connection.execute(query).mappings())
    return found


def history(store: Store, activity_id: str) -> list[Label]:
    """Every label ever given to an activity, newest first."""
    query = select(labels).where(labels.c.activity_id == activity_id).order_by(labels.c.number.desc())
    with store.reading() as connection:
        return [_label(row) for row in connection.execute(query).mappings()]


def unjudged(store: Store, policy: str, where: Filter = Filter()) -> Iterator[list[Activity]]:  # noqa: B008
    """Batches of activities that have no label for their text under this policy, nor a person's."""
    after = 0
    done = exists().where(
        and_(
            labels.c.activity_id == activities.c.id,
            labels.c.text_hash == activities.c.text_hash,
            labels.c.policy.in_((policy, PERSON)),
        )
    )
    while True:
        query = narrowed(select(activities), where).where(activities.c.number > after, ~done)
        with store.reading() as connection:
            rows = connection.execute(query.order_by(activities.c.number).limit(CHUNK)).mappings().all()
        if not rows:
            return
        after = rows[-1]["number"]
        yield [activity_of(row) for row in rows]


def counts(store: Store, where: Filter = Filter()) -> dict[Engagement, int]:  # noqa: B008
    """How many activities stand under each label; the unjudged are in none."""
    query = select(standing.c.engagement, func.count()).join(activities, activities.c.id == standing.c.activity_id)
    with store.reading() as connection:
        found = {row[0]: row[1] for row in connection.execute(narrowed(query, where).group_by(standing.c.engagement))}
    return {e: found.get(e.value, 0) for e in Engagement}


def _has_label(activity_id: str, text_hash: str, policy: str) -> Exists:
    same = (labels.c.activity_id == activity_id, labels.c.text_hash == text_hash, labels.c.policy == policy)
    return exists().where(and_(*same))


def _stand(connection: Connection, activity: Activity, number: int, verdict: Verdict, by: str) -> None:
    """Makes the new label the one that stands, unless a person has spoken on this very text."""
    if not by and connection.execute(select(_has_label(activity.id, activity.text_hash, PERSON))).scalar():
        return
    row = {"activity_id": activity.id, "label": number, "engagement": verdict.engagement.value}
    connection.execute(insert(standing).values(row).on_conflict_do_update(index_elements=["activity_id"], set_=row))


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
    verdict = Verdict(
        Engagement(row["engagement"]),
        row["confidence"],
        row["because"],
        row["quote"],
        row["decided_by"],
        row["undecided"],
    )
    return Label(row["activity_id"], row["text_hash"], row["policy"], verdict, row["at"], row["by"])
