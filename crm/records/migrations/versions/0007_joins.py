"""Accounts that people said are one company, contacts that are one person."""

import sqlalchemy as sa
from alembic import op

revision = "0007_joins"
down_revision = "0006_told_at"


def upgrade() -> None:
    for table in ("accounts", "contacts"):
        op.add_column(table, sa.Column("joined_into", sa.String(), nullable=True))
    op.create_table(
        "joins",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("joined_id", sa.String(), nullable=False),
        sa.Column("into_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("joins_of_record", "joins", ["record", "joined_id"], unique=False)
