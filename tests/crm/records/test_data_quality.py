"""What is wrong with records, counted on a store whose faults are known."""

import csv
from pathlib import Path

from crm.intake.ingest import Plan, ingest
from crm.records.data_quality import CUT_FROM, untidy
from crm.records.store import Store

HEAD = ("hs_object_id", "crm_subject", "crm_description", "crm_subtype", "activity_date", "owner")
LONG = "word " * (CUT_FROM // 5 + 2)
ROWS = (
    ("1", "Call", "Left a voicemail about the gate.", "Call", "2026-03-01", "Ana"),
    ("2", "Call", "Left a voicemail about the gate.", "Call", "2026-03-01", "Ana"),
    ("3", "Note", "", "Task", "2026-03-02", "Ana"),
    ("4", "Note", LONG + "and then the", "Task", "", ""),
    ("5", "Note", LONG + "the end.", "Task", "2026-03-02", "Ana"),
)


def counted(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEAD, *ROWS))
    store = Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    ingest(path, store, Plan(kind="activities"))
    found = {(u.fault.value, u.what): (u.found, u.of) for u in untidy(store)}
    store.engine.dispose()
    return found


def test_every_fault_is_counted_once(tmp_path: Path) -> None:
    found = counted(tmp_path)
    assert found["missing", "activities without a text"] == (1, 5)
    assert found["missing", "activities without a date"] == (1, 5)
    assert found["missing", "activities without an owner"] == (1, 5)
    assert found["duplicate", "activities whose text stands in another one, too"] == (1, 4)
    assert found["unmatched", "activities that belong to no account"] == (5, 5)
    assert found["truncated", "activities whose text ends in the midst of a sentence"] == (1, 5)
    assert found["refused", "rows of imports that could not be stored"] == (0, 5)
    assert not any(what.startswith("deals") for _, what in found)
