"""A store of before the column learns from what lay beside its accounts what they are to us."""

from pathlib import Path

from sqlalchemy import text

from crm.intake.ingest import ingest
from crm.intake.undo import undo_import
from crm.records.book import Book
from crm.records.store import Store

FILE = """Id,Name,Website,Type,BillingCountry
001,Quarry Works,quarry.example,{first},Norway
002,Tanner Supplies,tanner.example,Supplier,France
003,Ferry Line,ferry.example,,Norway
"""
LABELLED = "Organization - ID,Organization - Name,Organization - Labels\n7,Moss Mills,Hot  lead\n"
BACK = """
UPDATE accounts SET extra = json_object('{column}', type);
UPDATE versions SET row = json_set(row, '$.extra', json_object('Type', json_extract(row, '$.type')));
UPDATE versions SET row = json_remove(row, '$.type');
ALTER TABLE accounts DROP COLUMN type;
UPDATE alembic_version SET version_num = '0009_named'
"""


def types(store: Store) -> dict[str, str]:
    return {a.name: a.type for a in Book.read(store).accounts}


def set_back(store: Store, column: str) -> None:
    with store.writing() as connection:
        for statement in BACK.format(column=column).split(";"):
            connection.execute(text(statement))
    store.engine.dispose()


def test_an_older_store_learns_it_with_what_an_undo_brings_back(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'crm.sqlite'}", tmp_path / "accounts.csv"
    store = Store.open(url)
    for first in ("Prospect", "Customer - Direct"):
        file.write_text(FILE.format(first=first))
        second = ingest(file, store).import_id
    now = {"Quarry Works": "Customer - Direct", "Tanner Supplies": "Supplier", "Ferry Line": ""}
    assert types(store) == now
    set_back(store, "Type")
    opened = Store.open(url)
    assert types(opened) == now
    undo_import(opened, second)
    assert types(opened) == {**now, "Quarry Works": "Prospect"}
    opened.engine.dispose()


def test_a_label_is_learned_too(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'crm.sqlite'}", tmp_path / "organizations.csv"
    file.write_text(LABELLED)
    store = Store.open(url)
    ingest(file, store)
    assert types(store) == {"Moss Mills": "Hot lead"}
    set_back(store, "Organization - Labels")
    opened = Store.open(url)
    assert types(opened) == {"Moss Mills": "Hot lead"}
    opened.engine.dispose()
