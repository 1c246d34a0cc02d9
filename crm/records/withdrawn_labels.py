"""Takes judges' labels out of force once a record is read another way: the text is the same, who wrote it is not."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, FromClause, String, and_, cast, exists, literal, select
from sqlalchemy.engine import Connection

from crm.records.db import activities, labels, standing

PERSON = "person"  # the policy under which people's labels are kept
READ_ANEW = "read anew:"  # with the number of a judge's label that counts no longer
TAKEN_BACK = "taken back:"  # with the number of a person's label that counts no longer


def read_anew(said: FromClause) -> ColumnElement[bool]:
    """Whether a judge's label is about an earlier reading of the record."""
    mark = labels.alias()
    policy = literal(READ_ANEW, String) + cast(said.c.number, String)
    return exists().where(mark.c.activity_id == said.c.activity_id, mark.c.policy == policy)


def withdraw(connection: Connection, activity_ids: Sequence[str]) -> None:
    """What judges said of these records counts no longer, so that they are judged again; nothing is deleted.

    What people said stays: they read the text itself, and that has not changed.
    """
    same_text = and_(labels.c.activity_id == activities.c.id, labels.c.text_hash == activities.c.text_hash)
    marks = (labels.c.policy.notlike(f"{mark}%") for mark in (TAKEN_BACK, READ_ANEW))
    judges = (labels.c.policy != PERSON, ~read_anew(labels), *marks)
    query = select(labels).join(activities, same_text).where(labels.c.activity_id.in_(activity_ids), *judges)
    found = connection.execute(query).mappings().all()
    if not found:
        return
    now = datetime.now(UTC)
    for row in found:
        mark = {"policy": f"{READ_ANEW}{row['number']}", "at": now}
        connection.execute(labels.insert().values({n: v for n, v in row.items() if n != "number"} | mark))
    connection.execute(standing.delete().where(standing.c.label.in_([row["number"] for row in found])))
