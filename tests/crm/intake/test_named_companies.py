"""Companies that activities name and no account is called by become accounts when somebody says so."""

from collections.abc import Callable
from pathlib import Path

from crm.intake.ingest import Plan, ingest
from crm.intake.named import companies_named, write_companies
from crm.intake.undo import undo_import
from crm.records.book import Book
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_description,crm_subtype,date,account"


def test_each_company_once_as_it_is_most_often_written(store: Store, write_csv: WriteCsv, tmp_path: Path) -> None:
    assert companies_named(store) == {}
    named = ("Otter Tools", "otter tools", "Otter  Tools", "Pelham Bakery", "", "=Evil()")
    rows = [(n, f"text {n}", "Email", "2026-03-02", name) for n, name in enumerate(named)]
    ingest(write_csv("a.csv", HEADER, rows), store)
    assert companies_named(store) == {"Otter Tools": 3, "=Evil()": 1, "Pelham Bakery": 1}
    out = tmp_path / "companies.csv"
    assert write_companies(store, out) == 3
    done = ingest(out, store, Plan("csv", "accounts"))
    assert done.stored == 3
    assert companies_named(store) == {}
    of = {a.native_id: a.account_id for a in store.activities()}
    called = {a.id: a.name for a in Book.read(store).accounts}
    assert [called.get(of[str(n)] or "") for n in range(5)] == ["Otter Tools"] * 3 + ["Pelham Bakery", None]
    assert called[of["5"] or ""] == "=Evil()"  # as it is named, and no apostrophe before it
    undo_import(store, done.import_id)
    assert len(companies_named(store)) == 3
