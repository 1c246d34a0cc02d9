"""The order in which files come does not matter: not for accounts, contacts, products, nor for who we are."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crm.intake.ingest import ingest
from crm.intake.rematch import rematch
from crm.records.store import Store

WriteCsv = Callable[..., Path]
MAIL = "From: Sigrid <sigrid@norvik.example>\nTo: hanna@us.example\nSubject: Dock\n\nYes, call me.\n"
FILES: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "accounts": (
        "account_id,name,domain",
        [("A1", "Norvik", ""), ("A2", "Brackwater Foods", "brackwater.example"), ("A3", "Twin", "")],
    ),
    "contacts": (
        "contact_id,account_id,name,email",
        [("C1", "A1", "Sigrid Aas", "sigrid@norvik.example"), ("C2", "", "Graham Pell", "g@brackwater.example")],
    ),
    "reps": ("name,email,manager,region", [("Hanna Berg", "hanna@us.example", "", "North")]),
    "deals": (
        "deal_id,account_id,account,stage,amount,product,close_date",
        [("D1", "A1", "", "Won", 1, "DockPro", ""), ("D2", "", "Brackwater Foods Ltd", "Open", 2, "Dock Pro", "")],
    ),
    "products": ("product,series,sales_price", [("Dock Pro", "Dock", 10)]),
    "activities": (
        "hs_object_id,crm_subject,crm_description,crm_subtype,contact_email,account",
        [
            (1, "Re: Dock", MAIL, "Email", "", ""),
            (2, "s", "b", "Call", "g@brackwater.example", "Norvik"),
            (3, "s", "b", "Call", "other@norvik.example", ""),
            (4, "s", "b", "Call", "", "Brackwater  foods"),
            (5, "s", "b", "Call", "", "Nobody"),
        ],
    ),
}
QUERIES = {
    "activities": "SELECT id, account_id, matched_by, contact_ids, messages, sides FROM activities ORDER BY id",
    "people": "SELECT a.id, f.people FROM activities a JOIN activities_fts f ON f.rowid = a.number ORDER BY a.id",
    "contacts": "SELECT id, account_id FROM contacts ORDER BY id",
    "deals": "SELECT id, account_id, account_name, product FROM deals ORDER BY id",
}


def state(store: Store) -> dict[str, list[Any]]:
    with store.reading() as connection:
        return {name: [tuple(row) for row in connection.execute(text(query))] for name, query in QUERIES.items()}


def imported(store: Store, write_csv: WriteCsv, order: tuple[str, ...]) -> dict[str, list[Any]]:
    for name in order:
        header, rows = FILES[name]
        ingest(write_csv(f"{name}.csv", header, rows), store)
    return state(store)


@pytest.fixture
def expected(open_store: Callable[[str], Store], write_csv: WriteCsv) -> dict[str, list[Any]]:
    order = ("reps", "accounts", "products", "contacts", "deals", "activities")
    return imported(open_store("expected"), write_csv, order)


def test_what_the_files_say_together(expected: dict[str, list[Any]]) -> None:
    assert [row[:3] for row in expected["activities"]] == [
        ("csv:1", "csv:A1", "contact"),
        ("csv:2", "csv:A2", "contact, not the account named"),
        ("csv:3", "csv:A1", "domain"),
        ("csv:4", "csv:A2", "name"),
        ("csv:5", None, ""),
    ]
    assert [row[5] for row in expected["activities"]][:1] == ["them"]
    assert expected["contacts"] == [("csv:C1", "csv:A1"), ("csv:C2", "csv:A2")]
    assert expected["deals"] == [
        ("csv:D1", "csv:A1", "Norvik", "Dock Pro"),
        ("csv:D2", "csv:A2", "Brackwater Foods Ltd", "Dock Pro"),
    ]


@pytest.mark.parametrize("order", list(permutations(FILES))[::45])
def test_any_order_ends_the_same(
    store: Store, write_csv: WriteCsv, expected: dict[str, list[Any]], order: tuple[str, ...]
) -> None:
    assert imported(store, write_csv, order) == expected
    assert rematch(store) == 0
