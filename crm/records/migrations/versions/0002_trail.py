"""The audit trail: rows that SQLite itself refuses to change or to delete."""

import sqlalchemy as sa
from alembic import op

revision = "0002_trail"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("cost", sa.Float(), nullable=True),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "trail_words",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "forgotten",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.execute(
        "CREATE TRIGGER trail_is_not_changed BEFORE UPDATE ON trail "
        "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
    )
    op.execute(
        "CREATE TRIGGER trail_is_not_deleted BEFORE DELETE ON trail "
        "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
    )
    op.execute(
        "CREATE TRIGGER trail_words_are_not_changed BEFORE UPDATE ON trail_words "
        "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
    )
