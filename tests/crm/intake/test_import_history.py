"""The list of past imports: who brought each in, who took it back."""

from collections.abc import Callable
from pathlib import Path

from crm.intake.import_history import past_imports, put_import
from crm.intake.ingest import ingest
from crm.intake.undo import undo_import
from crm.records.store import Store
from crm.records.trail import Trail
from crm.records.trail_entry import Entry, What

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype,date"


def put(store: Store, chain: Trail, file: Path, by: str) -> int:
    done = ingest(file, store)
    put_import(chain, by, done)
    return done.import_id


def test_every_import_is_listed_with_who_brought_it_and_who_took_it_back(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    chain = Trail(store, tmp_path / "head")
    assert past_imports(store, chain) == []
    rows = [(n, "s", "b", "Email", "2026-03-02 14:05") for n in (1, 2)]
    first = put(store, chain, write_csv("first.csv", HEADER, rows), "Ana Ops")
    put(store, chain, write_csv("again.csv", HEADER, rows), "Olu Adeyemi")
    ingest(write_csv("unnoted.csv", HEADER, [(3, "s", "c", "Call", "2026-03-02")]), store)
    undo_import(store, first)
    chain.put(Entry("Ada Admin", What.UNDO, str(first)))
    found = past_imports(store, chain)
    assert [p.intake.file_name for p in found] == ["unnoted.csv", "again.csv", "first.csv"]
    assert [p.by for p in found] == ["", "Olu Adeyemi", "Ana Ops"]
    assert [p.undone_by for p in found] == ["", "", "Ada Admin"]
    assert [p.undone for p in found] == [False, False, True]
    assert [p.undoable for p in found] == [True, False, False]  # the second stored nothing
    assert found[0].at >= found[1].at >= found[2].at
