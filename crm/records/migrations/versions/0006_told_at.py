"""When they wrote what a mail of ours only quotes: a conversation belongs to its own day, not to that of our mail."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from crm.records.activity_row import told_at

revision = "0006_told_at"
down_revision = "0005_found_faster"
MANY = 2_000  # rows in memory at once


def upgrade() -> None:
    op.add_column("activities", sa.Column("told_at", sa.DateTime(), nullable=True))
    plain = (sa.column(name) for name in ("number", "kind", "messages", "at"))
    activities = sa.table("activities", *plain, sa.column("told_at", sa.DateTime()))
    connection = op.get_bind()
    after = 0
    while True:
        c = activities.c
        query = sa.select(c.number, c.messages, c.at).where(c.kind == "email", c.number > after).order_by(c.number)
        rows = connection.execute(query.limit(MANY)).all()
        if not rows:
            return
        for number, messages, at in rows:
            told = told_at("email", _read(messages), _moment(at))
            if told is not None:
                connection.execute(
                    activities.update()
                    .where(c.number == number)
                    .values(told_at=told.astimezone(UTC).replace(tzinfo=None))
                )
        after = rows[-1][0]


def _read(messages: object) -> list[list[object]]:
    return json.loads(messages) if isinstance(messages, str) else list(messages or ())


def _moment(at: object) -> datetime | None:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
