"""A store of before the columns learns from what lay beside its deals why they were lost."""

from pathlib import Path

from sqlalchemy import text

from crm.intake.ingest import ingest
from crm.intake.undo import undo_import
from crm.nouns import Deal
from crm.records.book import Book
from crm.records.store import Store

FILE = """ID,Title,Organization,Value,Status,Stage,Owner,Lost time,Lost reason,Expected close
1,Docks,Quarry,{value},open,Proposal made,Una Berg,,,2026-12-11
2,Ramps,Tanner,700,lost,Qualified,Paul Ek,2026-06-02,No  budget,
"""
BACK = """
UPDATE deals SET closed_at = expected_close_at WHERE won IS NULL;
UPDATE deals SET extra = json_object('Lost  Reason', loss_reason) WHERE won = 0;
UPDATE versions SET row = json_remove(json_set(row, '$.closed_at', json_extract(row, '$.expected_close_at')),
                                      '$.expected_close_at', '$.loss_reason');
ALTER TABLE deals DROP COLUMN expected_close_at;
ALTER TABLE deals DROP COLUMN loss_reason;
ALTER TABLE activities DROP COLUMN named;
ALTER TABLE accounts DROP COLUMN type;
UPDATE alembic_version SET version_num = '0007_joins'
"""


def deals(store: Store) -> list[Deal]:
    return sorted(Book.read(store).deals, key=lambda d: d.id)


def test_an_older_store_learns_it_with_what_an_undo_brings_back(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'crm.sqlite'}", tmp_path / "deals.csv"
    store = Store.open(url)
    for value in ("900", "1200"):
        file.write_text(FILE.format(value=value))
        second = ingest(file, store).import_id
    before = deals(store)
    with store.writing() as connection:
        for statement in BACK.split(";"):
            connection.execute(text(statement))
    store.engine.dispose()
    opened = Store.open(url)
    assert deals(opened) == before
    docks, ramps = before
    assert (docks.closed_at, ramps.loss_reason) == (None, "No budget")
    undo_import(opened, second)
    docks_before = deals(opened)[0]
    assert (docks_before.amount, docks_before.closed_at) == (900.0, None)
    assert docks_before.expected_close_at == docks.expected_close_at
    opened.engine.dispose()
