"""Why a deal was lost, when it is expected to close: of deals stored before, as far as their files said so."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008_loss_reason"
down_revision = "0007_joins"
# What such columns were called when nobody knew them: their cells were kept beside the deal.
REASONS = frozenset(
    {"lostreason", "lossreason", "reasonlost", "reasonforloss", "closedlostreason", "lossreasonc", "lostreasonc"}
    | {"closedlostreasonc", "verlustgrund", "absagegrund", "motifdeperte", "motifdelaperte", "raisondelaperte"}
    | {"motivodepérdida", "motivopérdida", "motivodeperdida", "motivoperdida", "motivodelapérdida", "motivoperdita"}
    | {"motivodiperdita", "motivodaperda", "motivodeperda"}
)


def upgrade() -> None:
    op.add_column("deals", sa.Column("expected_close_at", sa.DateTime(), nullable=True))
    op.add_column("deals", sa.Column("loss_reason", sa.String(), nullable=False, server_default=""))
    _stored(op.get_bind())
    _versions(op.get_bind())


def _stored(connection: sa.Connection) -> None:
    """An open deal that has a day of closing has the expected one."""
    names = ("number", "extra", "won", "closed_at", "expected_close_at", "loss_reason")
    deals = sa.table("deals", *map(sa.column, names))
    c = deals.c
    open_days = {"expected_close_at": c.closed_at, "closed_at": None}
    connection.execute(deals.update().where(c.won.is_(None)).values(open_days))
    for number, extra in connection.execute(sa.select(c.number, c.extra)).all():
        if reason := _reason(_read(extra)):
            connection.execute(deals.update().where(c.number == number).values(loss_reason=reason))


def _versions(connection: sa.Connection) -> None:
    """The same of the rows that an undo would bring back."""
    versions = sa.table("versions", sa.column("number"), sa.column("record"), sa.column("row", sa.JSON()))
    c = versions.c
    for number, row in connection.execute(sa.select(c.number, c.row).where(c.record == "deals")).all():
        is_open = row.get("won") is None
        days = {"expected_close_at": row.get("closed_at") if is_open else None}
        days["closed_at"] = None if is_open else row.get("closed_at")
        new = {**row, **days, "loss_reason": _reason(row.get("extra") or {})}
        connection.execute(versions.update().where(c.number == number).values(row=new))


def _reason(extra: Mapping[str, Any]) -> str:
    cells = (cell for name, cell in extra.items() if isinstance(cell, str) and _folded(name) in REASONS)
    return next((" ".join(cell.split()) for cell in cells if cell.strip()), "")


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _read(extra: object) -> dict[str, Any]:
    return json.loads(extra) if isinstance(extra, str) else dict(extra or {})
