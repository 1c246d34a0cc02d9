"""One rep's view of the database: connections on which every table shows only what that rep owns.

An account belongs to the rep it names as its owner; where it names nobody, to every rep with a deal there; one that was
joined into another, to whoever the other belongs to. Contacts,
deals and activities belong to whoever their account belongs to; where they have none, to the owner they name. Leads
belong to the owner they name. What nobody owns is for operations and administrators.

A table that nothing is said about here shows nothing.

It is done by SQLite: temporary views with the names of the tables stand before these for unqualified names, so that
no query in the house can forget the filter, and the connection refuses to write.
"""

from typing import Any

from sqlalchemy import Engine, create_engine, event

from crm.errors import MissingPart
from crm.records.engine import BUSY_MS, begin, closing_itself, pragmas
from crm.records.jsontext import JSON_BY

KEPT_OPEN = 2  # connections of one rep; more are opened while they are needed
OPEN = (
    "reps",
    "products",
    "imports",
    "answers",
    "forgotten",
    "alembic_version",
)  # no customer's data, or found by its content only
FULL_TEXT = "activities_fts"  # searched among the numbers of `activities`, which are narrowed
_MINE = "COLLATE NOCASE IN (SELECT called FROM temp.viewer)"
_VIEWS = {
    "viewer": """
        SELECT {name} AS called
        UNION SELECT email FROM main.reps WHERE name = {name} COLLATE NOCASE AND email <> ''
        UNION SELECT name FROM main.reps WHERE email = {name} COLLATE NOCASE AND name <> ''
        UNION SELECT native_id FROM main.reps WHERE name = {name} COLLATE NOCASE AND native_id <> ''""",
    "mine": f"""
        SELECT id FROM main.accounts WHERE joined_into IS NULL AND (owner {_MINE} OR (
            owner = '' AND id IN (SELECT account_id FROM main.deals WHERE owner {_MINE})))""",
    "accounts": """
        SELECT number, id, native_id, source, name, industry, region, size, revenue, owner, domain,
               CASE WHEN parent IN (SELECT p.name FROM main.accounts AS p WHERE p.id IN (SELECT id FROM temp.mine))
                      OR parent IN (SELECT id FROM temp.mine) THEN parent ELSE '' END AS parent,
               type, joined_into, row_hash, import_id, extra
        FROM main.accounts WHERE id IN (SELECT id FROM temp.mine) OR joined_into IN (SELECT id FROM temp.mine)""",
    "joins": "SELECT number, ended_at FROM main.joins",  # that there was a change, and not whose
    **{
        table: f"""
        SELECT * FROM main.{table} WHERE account_id IN (SELECT id FROM temp.mine)
            OR (account_id IS NULL AND owner {_MINE})"""
        for table in ("contacts", "deals", "activities")
    },
    "leads": f"SELECT * FROM main.leads WHERE owner {_MINE}",
    **{
        table: f"""
        SELECT * FROM main.{table} WHERE EXISTS (
            SELECT 1 FROM temp.activities AS seen WHERE seen.id = {table}.activity_id)"""
        for table in ("labels", "standing")
    },
}


_BY_NAME = {  # what somebody said to the assistant, where that is kept
    "conversations": "SELECT * FROM main.conversations WHERE owner = {name}",
    "turns": "SELECT * FROM main.turns WHERE conversation_id IN (SELECT id FROM temp.conversations)",
}


def engine_for(engine: Engine, name: str) -> Engine:
    """Connections to the same database that read what `name` owns. Raises MissingPart where it is not SQLite."""
    if engine.dialect.name != "sqlite":
        raise MissingPart("CRM_OWNERSHIP=on needs the store in SQLite: leave CRM_DATABASE_URL empty.")
    patience = {"timeout": BUSY_MS / 1000}
    narrowed = closing_itself(create_engine(engine.url, connect_args=patience, pool_size=KEPT_OPEN, **JSON_BY))

    def narrow(connection: Any, _: Any) -> None:
        quoted = "'" + name.replace("'", "''") + "'"
        found = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        tables = {name for (name,) in found if not name.startswith((FULL_TEXT, "sqlite_"))}
        views = _VIEWS | {table: query for table, query in _BY_NAME.items() if table in tables}
        views |= {table: f'SELECT * FROM main."{table}" WHERE 0' for table in tables - {*views, *OPEN}}
        for view, query in views.items():
            connection.execute(f'CREATE TEMP VIEW "{view}" AS {query.replace("{name}", quoted)}')
        connection.execute("PRAGMA query_only=ON")

    event.listen(narrowed, "connect", pragmas)
    event.listen(narrowed, "connect", narrow)
    event.listen(narrowed, "begin", begin)
    return narrowed
