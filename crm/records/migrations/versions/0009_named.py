"""Whom of its column of contacts a record's text names: they are the customer's people, whatever they are called."""

import json

import sqlalchemy as sa
from alembic import op

from crm.threads.people import named_in

revision = "0009_named"
down_revision = "0008_loss_reason"
MANY = 2_000  # rows in memory at once


def upgrade() -> None:
    op.add_column("activities", sa.Column("named", sa.JSON(), nullable=False, server_default="[]"))
    columns = ("number", "raw_subject", "raw_body", "extra", "named")
    activities = sa.table("activities", *map(sa.column, columns))
    connection, c, after = op.get_bind(), activities.c, 0
    while True:
        query = sa.select(c.number, c.raw_subject, c.raw_body, c.extra).where(c.number > after).order_by(c.number)
        rows = connection.execute(query.limit(MANY)).all()
        if not rows:
            break
        for number, subject, body, extra in rows:
            read = json.loads(extra) if isinstance(extra, str) else dict(extra or {})
            if named := named_in(read.get("@contact_names", ()), f"{subject}\n{body}"):
                value = sa.literal(list(named), sa.JSON())
                connection.execute(activities.update().where(c.number == number).values(named=value))
        after = rows[-1][0]
    _versions(connection)


def _versions(connection: sa.Connection) -> None:
    """The rows that an undo would bring back have the column, too."""
    versions = sa.table("versions", sa.column("number"), sa.column("record"), sa.column("row", sa.JSON()))
    c = versions.c
    for number, row in connection.execute(sa.select(c.number, c.row).where(c.record == "activities")).all():
        connection.execute(versions.update().where(c.number == number).values(row={**row, "named": []}))
