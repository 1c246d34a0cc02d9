"""Many rows at once are stored as SQLAlchemy would store each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from crm.errors import StoreTrouble
from crm.records import bulk_insert, db
from crm.records.jsontext import encoded
from crm.records.store import Store


def deal(number: int, **told: Any) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: "" for column in db.deals.c}
    row |= {"number": number, "id": f"a:{number}", "import_id": 1, "extra": {"é": [number, None]}}
    row |= {"amount": None, "created_at": None, "closed_at": None, "expected_close_at": None, "won": None}
    return row | told


PARIS = timezone(timedelta(hours=2))
DEALS = [
    deal(1),
    deal(2, amount=0.1, won=True, created_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
    deal(3, name="Ünion 'x'", won=False, closed_at=datetime(2026, 6, 30, 1, 0, 0, 5, tzinfo=PARIS)),
    deal(4, extra=encoded({"a": "ö"}), account_id=None),
]


def raw(store: Store, table: Table) -> list[Any]:
    with store.reading() as connection:
        return list(connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY number"))


def test_rows_are_stored_as_one_by_one(open_store: Callable[[str], Store]) -> None:
    many, single = open_store("many"), open_store("single")
    with many.writing() as connection:
        bulk_insert.insert(connection, db.deals, DEALS)
        bulk_insert.insert(connection, db.deals, [])
    with single.writing() as connection:
        for row in DEALS:
            connection.execute(db.deals.insert().values(row))
    assert raw(many, db.deals) == raw(single, db.deals)
    with many.reading() as connection:
        assert connection.execute(select(db.deals.c.closed_at).where(db.deals.c.number == 3)).scalar() == datetime(
            2026, 6, 29, 23, 0, 0, 5, tzinfo=UTC
        )


def test_a_row_that_is_refused_takes_the_others_with_it(open_store: Callable[[str], Store]) -> None:
    store = open_store("refused")
    with pytest.raises((StoreTrouble, IntegrityError)), store.writing() as connection:
        bulk_insert.insert(connection, db.deals, [*DEALS, deal(5, id="a:1")])
    assert raw(store, db.deals) == []
