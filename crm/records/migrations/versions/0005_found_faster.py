"""The day a lead was created; indexes that count activities of a kind, and find ids as their source gives them."""

import sqlalchemy as sa
from alembic import op

revision = "0005_found_faster"
down_revision = "0004_conversations"


def upgrade() -> None:
    op.add_column("leads", sa.Column("created_at", sa.DateTime(), nullable=True))
    op.drop_index("ix_activities_at", "activities")
    op.drop_index("activities_of_account", "activities")
    op.create_index("activities_of_account", "activities", ["account_id", "at", "kind"], unique=False)
    op.create_index("activities_by_day", "activities", ["at", "kind"], unique=False)
    op.create_index("activities_by_native_id", "activities", ["native_id"], unique=False)
