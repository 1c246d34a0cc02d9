"""A rep's view of the store: what is not theirs is not there, for any query whatever."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select, text
from sqlalchemy.exc import OperationalError

from crm.engagement import labels
from crm.intake.joining import Joinable, join
from crm.nouns import Engagement, Filter, Verdict
from crm.records import db
from crm.records.book import Book, revision
from crm.records.owner_view import OPEN
from crm.records.store import Store
from tests import four_accounts as small

HANNA, CLAIRE = "Hanna Lindqvist", "Claire Dumont"
HERS = {"Norvik Maritime", "Brackwater Foods"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = small.build(tmp_path_factory.mktemp("owned"))
    yield opened.store
    opened.store.engine.dispose()


@pytest.fixture(scope="module")
def hers(whole: Store) -> Iterator[Store]:
    narrowed = whole.owned_by(HANNA)
    yield narrowed
    narrowed.engine.dispose()


def test_accounts_with_all_that_hangs_on_them_are_the_owners(whole: Store, hers: Store) -> None:
    everything, seen = Book.read(whole), Book.read(hers)
    assert {a.name for a in seen.accounts} == HERS
    ids = {a.id for a in seen.accounts}
    assert list(seen.contacts) == [c for c in everything.contacts if c.account_id in ids]
    assert list(seen.deals) == [d for d in everything.deals if d.account_id in ids]
    assert hers.activities() == [a for a in whole.activities() if a.account_id in ids or a.account_id is None]
    assert 0 < hers.count() < whole.count()


def test_two_reps_together_see_what_is_owned_and_nothing_twice(whole: Store, hers: Store) -> None:
    theirs = whole.owned_by(CLAIRE)
    both = [a.id for a in (*hers.activities(), *theirs.activities())]
    owned = [a.id for a in whole.activities() if a.account_id]
    assert sorted(i for i in both if i in owned) == sorted(owned)
    theirs.engine.dispose()


def test_somebody_else_s_id_is_not_there(whole: Store, hers: Store) -> None:
    foreign = next(a for a in whole.activities() if a.account_id and a not in hers.activities())
    assert hers.activity(foreign.id) is None
    assert hers.find(foreign.native_id) == []
    assert hers.activities(Filter(account_id=foreign.account_id)) == []
    assert hers.activities(Filter(ids=(foreign.id,))) == []


def test_a_rep_is_known_by_mail_address_too_and_whatever_the_capitals(tmp_path: Path) -> None:
    store = small.build(tmp_path).store
    with store.writing() as connection:
        connection.execute(
            db.accounts.update().where(db.accounts.c.name == "Harbeck Foods").values(owner="HANNA@ours.example")
        )
        connection.execute(db.reps.update().where(db.reps.c.name == HANNA).values(email="hanna@ours.example"))
    narrowed = store.owned_by("hanna lindqvist")
    by_address = store.owned_by("Hanna@ours.example")
    for seen in (narrowed, by_address):
        assert {a.name for a in Book.read(seen).accounts} == HERS | {"Harbeck Foods"}
        seen.engine.dispose()
    store.engine.dispose()


def test_an_account_without_an_owner_is_that_of_who_sells_there(tmp_path: Path) -> None:
    store = small.build(tmp_path).store
    with store.writing() as connection:
        connection.execute(db.accounts.update().values(owner=""))
    narrowed, other = store.owned_by(HANNA), store.owned_by(CLAIRE)
    assert {a.name for a in Book.read(narrowed).accounts} == HERS  # both have a deal of hers
    assert Book.read(other).accounts == ()
    for one in (narrowed, other, store):
        one.engine.dispose()


def test_a_parent_that_is_somebody_else_s_is_not_named(tmp_path: Path) -> None:
    store = small.build(tmp_path).store
    with store.writing() as connection:
        for name, parent in (("Norvik Maritime", "Harbeck Foods"), ("Brackwater Foods", "Norvik Maritime")):
            connection.execute(db.accounts.update().where(db.accounts.c.name == name).values(parent=parent))
    narrowed = store.owned_by(HANNA)
    assert {a.name: a.parent for a in Book.read(narrowed).accounts} == {
        "Norvik Maritime": "",
        "Brackwater Foods": "Norvik Maritime",
    }
    narrowed.engine.dispose()
    store.engine.dispose()


def test_labels_are_seen_with_their_records_and_written_to_the_whole(whole: Store, hers: Store) -> None:
    mine = hers.activities(limit=1)[0]
    foreign = next(a for a in whole.activities() if a.account_id and a not in hers.activities())
    verdict = Verdict(Engagement.ND, 0.5, "for a test", "", "test")
    labels.record(whole, [(foreign, verdict)], "test")
    assert labels.record(hers, [(mine, verdict)], "test") == 1
    assert set(labels.current(hers, [mine.id, foreign.id])) == {mine.id}
    assert set(labels.current(whole, [mine.id, foreign.id])) == {mine.id, foreign.id}
    assert labels.history(hers, foreign.id) == []
    assert sum(labels.counts(hers).values()) < sum(labels.counts(whole).values())


@pytest.mark.parametrize("table", sorted(set(db.metadata.tables) - {*OPEN, "conversations", "turns", "joins"}))
def test_no_table_shows_more_rows_than_are_theirs(whole: Store, table: str) -> None:
    theirs = whole.owned_by(CLAIRE)
    labels.record(whole, [(a, Verdict(Engagement.ND, 0.5, "", "", "test")) for a in whole.activities()], "all")
    if table not in (*db.RECORDS, "labels", "standing"):
        with whole.writing() as connection:
            connection.execute(db.metadata.tables[table].insert().values(_any_row(db.metadata.tables[table])))
    count = select(func.count()).select_from(db.metadata.tables[table])
    with whole.reading() as connection:
        in_all = connection.execute(count).scalar_one()
    with theirs.reading() as connection:
        seen = connection.execute(count).scalar_one()
    assert seen < in_all
    theirs.engine.dispose()


def test_a_joined_account_belongs_to_whoever_owns_the_one_that_stands_for_it(tmp_path: Path) -> None:
    store = small.build(tmp_path).store
    book = Book.read(store)
    theirs = next(a for a in book.accounts if a.owner == CLAIRE)
    norvik = next(a for a in book.accounts if a.name == "Norvik Maritime")
    hers, claires = store.owned_by(HANNA), store.owned_by(CLAIRE)
    before = revision(claires)
    join(store, Joinable.ACCOUNT, theirs.id, norvik.id, "ops")
    assert revision(claires) != before  # whoever remembers her book reads anew
    assert theirs.id not in Book.read(claires).account_by_id
    assert Book.read(hers).account_by_id[theirs.id].name == "Norvik Maritime"
    with claires.reading() as connection:
        assert set(connection.execute(text("SELECT * FROM joins")).mappings().one()) == {"number", "ended_at"}
    for one in (hers, claires, store):
        one.engine.dispose()


def test_conversations_are_seen_by_whom_they_are_of(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    kept = "id TEXT, owner TEXT", "conversation_id TEXT, number INTEGER, question TEXT"
    with store.writing() as connection:
        for table, columns in zip(("conversations", "turns"), kept, strict=True):
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
            connection.execute(text(f"CREATE TABLE {table} ({columns})"))
        for name in (HANNA, CLAIRE):
            connection.execute(text("INSERT INTO conversations VALUES (:name, :name)"), {"name": name})
            connection.execute(text("INSERT INTO turns VALUES (:name, 1, 'q')"), {"name": name})
    narrowed = store.owned_by(HANNA)
    with narrowed.reading() as connection:
        assert connection.execute(text("SELECT owner FROM conversations")).scalars().all() == [HANNA]
        assert connection.execute(text("SELECT conversation_id FROM turns")).scalars().all() == [HANNA]
    for one in (narrowed, store):
        one.engine.dispose()


def test_a_reading_connection_cannot_write(hers: Store) -> None:
    with hers.engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("DELETE FROM main.activities"))


def test_a_name_with_a_quote_in_it_is_a_name(whole: Store) -> None:
    odd = whole.owned_by("O'Hara' OR '1'='1")
    assert odd.count() == 0
    odd.engine.dispose()


def _any_row(table: Table) -> dict[str, object]:
    """A row of any table whatever, also of one that is added some day."""
    made: dict[str, object] = {"INTEGER": 1, "FLOAT": 1.0, "BOOLEAN": False, "JSON": {}, "BLOB": b""}
    made |= {"DATETIME": datetime.now(UTC)}
    return {
        c.name: made.get(str(c.type), "a word") for c in table.columns if not c.primary_key or c.type.python_type is str
    }
