"""An import that is killed in the middle of its work goes on where it stopped and ends in the same store."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crm.intake.ingest import ingest
from crm.intake.ledger import intakes
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype,owner,contact_email"
# Imports a file and kills itself with SIGKILL right after its n-th statement of one sort, inside the transaction.
CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from crm.intake.ingest import ingest
from crm.records.store import Store

url, file, sort, n = sys.argv[1:]
store, seen = Store.open(url), []

@event.listens_for(store.engine, "after_cursor_execute")
def count(connection, cursor, statement, *rest):
    seen.extend([statement] if statement.startswith(sort) else [])
    if len(seen) == int(n):
        os.kill(os.getpid(), signal.SIGKILL)

done = ingest(Path(file), store)
print("resumed" if done.resumed else "from the start")
"""
# Where it is killed, run after run, with the rows that are in the ledger then.
KILLS = [
    ("INSERT INTO imports", 1, None),
    ("INSERT INTO activities ", 1, 0),
    ("INSERT INTO activities_fts", 3, 2_000),
    ("UPDATE imports SET read", 2, 4_000),
    ("INSERT INTO refusals", 1, 4_000),
    ("BEGIN IMMEDIATE", 4, 8_000),
    ("UPDATE imports SET finished_at", 1, 9_200),
]


def rows() -> list[tuple[object, ...]]:
    """9,200 rows in five transactions: ids that come again, changed or not, and rows that are refused."""
    made: list[tuple[object, ...]] = []
    for n in range(9_200):
        id_ = n if n % 50 else n % 1000
        body = f"words {n % 13}" if n % 100 else "words"
        made.append((id_, f"subject {n % 7}", body, "Email", "Ann Berg", f"p{n % 5}@x.example")[: 6 if n % 77 else 3])
    return made


def dump(store: Store) -> dict[str, list[Any]]:
    """Everything an import writes, but for the time it took place."""
    queries = {
        "activities": "SELECT * FROM activities ORDER BY number",
        "full text": "SELECT rowid, subject, body, people FROM activities_fts ORDER BY rowid",
        "refusals": "SELECT import_id, line, reason, row FROM refusals ORDER BY number",
        "versions": "SELECT record, record_id, row, import_id FROM versions ORDER BY number",
        "imports": "SELECT id, read, stored, changed, duplicate, unchanged, refused, unmatched FROM imports",
        "facts": "SELECT name, value FROM facts ORDER BY name",
    }
    with store.reading() as connection:
        return {name: [tuple(row) for row in connection.execute(text(query))] for name, query in queries.items()}


def child(url: str, file: Path, sort: str, n: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, url, str(file), sort, str(n)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def known(write_csv: WriteCsv) -> Path:
    """What is in the store before: some of the rows, one of them with other words."""
    return write_csv("known.csv", HEADER, [(1, "old", "old words", "Email", "", ""), *rows()[2:40]])


def test_killed_again_and_again_it_ends_in_the_same_store(
    open_store: Callable[[str], Store], write_csv: WriteCsv, known: Path
) -> None:
    file = write_csv("a.csv", HEADER, rows())
    calm, killed = open_store("calm"), open_store("killed")
    for store in (calm, killed):
        ingest(known, store)
    ingest(file, calm)
    for sort, n, position in KILLS:
        run = child(str(killed.engine.url), file, sort, n)
        assert run.returncode == -signal.SIGKILL, run.stderr
        stopped = intakes(killed)[0]
        assert (None if stopped.finished else stopped.read) == position
        assert stopped.adds_up
    last = child(str(killed.engine.url), file, "none", 1)
    assert (last.returncode, last.stdout.strip()) == (0, "resumed"), last.stderr
    assert dump(killed) == dump(calm)
    assert intakes(killed)[0].finished
    assert intakes(killed)[0].adds_up


def test_killed_before_its_last_word_it_only_finishes(open_store: Callable[[str], Store], write_csv: WriteCsv) -> None:
    file = write_csv("a.csv", HEADER, rows()[:300])
    store = open_store("crm")
    ingest(file, store)
    with store.writing() as connection:
        connection.execute(text("UPDATE imports SET finished_at = NULL"))
    before = dump(store)
    done = ingest(file, store)
    assert done.resumed
    assert dump(store) == before
