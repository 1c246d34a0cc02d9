"""The day a lead was created; indexes for activities of a kind, and for ids as their source gives them."""

import sqlalchemy as sa
from alembic import op

revision = "0005_found_faster"
down_revision = "0004_conversations"


def upgrade() -> None:
    op.add_column("leads", sa.Column("created_at", sa.DateTime(), nullable=True))
    op.create_index("activities_of_kind", "activities", ["kind", "at"], unique=False)
    op.create_index("activities_by_native_id", "activities", ["native_id"], unique=False)
