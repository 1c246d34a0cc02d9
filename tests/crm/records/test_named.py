"""Whom of its column of contacts a record names: kept with it, learned by older stores, blacked out with the person."""

from pathlib import Path

from sqlalchemy import text

from crm.engagement.features import features
from crm.engagement.phrase_finder import lexicon
from crm.intake.ingest import ingest
from crm.records.store import Store

ROWS = """id,type,date,contact,notes
1,Call,2026-03-02,Begoña Rubio; Ana Li,"Begoña quiere otra báscula, Li no"
2,Call,2026-03-03,Rubio Begoña,otra báscula quizás
3,Call,2026-03-04,,Begoña quiere otra báscula
"""


def filled(tmp_path: Path) -> Store:
    store = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    file = tmp_path / "calls.csv"
    file.write_text(ROWS, encoding="utf-8")
    ingest(file, store)
    return store


def test_a_record_keeps_whom_of_its_contacts_it_names(tmp_path: Path) -> None:
    store = filled(tmp_path)
    named = {a.native_id: a.named for a in store.activities()}
    assert named == {"1": ("Begoña Rubio",), "2": (), "3": ()}
    flags = {a.native_id: features(a, lexicon()).flags for a in store.activities()}
    assert {number for number, seen in flags.items() if "told:their_role" in seen} == {"1"}
    store.engine.dispose()


def test_an_older_store_learns_it(tmp_path: Path) -> None:
    store = filled(tmp_path)
    with store.writing() as connection:
        connection.execute(text("ALTER TABLE activities DROP COLUMN named"))
        connection.execute(text("ALTER TABLE accounts DROP COLUMN type"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0008_loss_reason'"))
    store.engine.dispose()
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    assert {a.native_id: a.named for a in opened.activities()} == {"1": ("Begoña Rubio",), "2": (), "3": ()}
    opened.engine.dispose()
