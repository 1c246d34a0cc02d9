"""The public opportunity tables, where the folder named by CRM_PUBLIC_DATA has them."""

import os
from pathlib import Path

import pytest

from crm.intake.ingest import ingest
from crm.records.book import Book
from crm.records.store import Store

FOLDER = Path(os.environ.get("CRM_PUBLIC_DATA", "")) / "maven_crm"
pytestmark = pytest.mark.skipif(
    not os.environ.get("CRM_PUBLIC_DATA") or not FOLDER.is_dir(),
    reason="CRM_PUBLIC_DATA names no folder with maven_crm",
)


@pytest.mark.parametrize(
    "order",
    [
        ("accounts", "products", "sales_teams", "sales_pipeline"),
        ("sales_pipeline", "sales_teams", "products", "accounts"),
    ],
)
def test_the_tables_come_in_whole_in_any_order(store: Store, order: tuple[str, ...]) -> None:
    done = {name: ingest(FOLDER / f"{name}.csv", store) for name in order}
    assert {name: (d.read, d.stored, d.refused) for name, d in done.items()} == {
        "accounts": (85, 85, 0),
        "products": (7, 7, 0),
        "sales_teams": (35, 35, 0),
        "sales_pipeline": (8_800, 8_800, 0),
    }
    book = Book.read(store)
    assert sum(d.won is True for d in book.deals) == 4_238
    assert sum(d.won is False for d in book.deals) == 2_473
    assert sum(d.open for d in book.deals) == 2_089
    assert sum(d.account_id is None for d in book.deals) == 1_425
    assert all(d.account_id is None for d in book.deals if not d.account_name)
    assert sum(d.product == "GTXPro" for d in book.deals) == 0
    assert sum(d.product == "GTX Pro" for d in book.deals) == 1_480
    assert {a.parent for a in book.accounts} >= {"Acme Corporation", ""}
