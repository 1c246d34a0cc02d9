"""What an account is to us: of accounts stored before, as far as their files said so."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010_account_type"
down_revision = "0009_named"
# What such columns were called when they meant nothing yet, the surer first: their cells were kept beside the account.
TYPES = """
type accounttype customertype clienttype companytype typedeclient typeclient typedecompte typ kundentyp kundenart
kontotyp art tipo tipodecliente tipocliente tipodicliente tipodecuenta tipologia tipologiacliente tipologiadicliente
klanttype relationship relationshiptype beziehung geschäftsbeziehung category accountcategory customercategory
kategorie kundenkategorie catégorie catégorieclient categoría categoria categoriacliente lifecyclestage accountstatus
customerstatus clientstatus kundenstatus statutclient status statut estado
"""
LABEL = re.compile(  # Pipedrive's
    r"(?:organi[sz]ation|organización|organização)(?:labels?|etikett|étiquettes?|etiquetas?)"
)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("type", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    accounts = sa.table("accounts", *map(sa.column, ("number", "extra", "type")))
    c = accounts.c
    for number, extra in connection.execute(sa.select(c.number, c.extra)).all():
        if told := _type(json.loads(extra) if isinstance(extra, str) else extra or {}):
            connection.execute(accounts.update().where(c.number == number).values(type=told))
    _versions(connection)


def _versions(connection: sa.Connection) -> None:
    """The same of the rows that an undo would bring back."""
    versions = sa.table("versions", sa.column("number"), sa.column("record"), sa.column("row", sa.JSON()))
    c = versions.c
    for number, row in connection.execute(sa.select(c.number, c.row).where(c.record == "accounts")).all():
        new = {**row, "type": _type(row.get("extra") or {})}
        connection.execute(versions.update().where(c.number == number).values(row=new))


def _type(extra: Mapping[str, Any]) -> str:
    told = {_folded(name): " ".join(cell.split()) for name, cell in extra.items() if isinstance(cell, str)}
    labels = (name for name in told if LABEL.fullmatch(name))
    return next((told[name] for name in (*TYPES.split(), *labels) if told.get(name)), "")


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())
