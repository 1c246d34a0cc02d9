"""What a bulk audit writes: forms, kept columns, what people said, one writer at a time."""

import csv
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from crm.engagement import corrections
from crm.engagement.audit import AuditPlan, audit_file, audit_store
from crm.engagement.export import COLUMNS
from crm.engagement.file_rows import Said
from crm.engagement.store_export import KEPT, Export, export_store
from crm.errors import BadFile
from crm.intake.ingest import ingest
from crm.nouns import Engagement
from crm.records.store import Store
from tests.flows.test_bulk_audit import MANY, ROOT, ROWS, ByWord, read, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def test_the_form_follows_the_name(tmp_path: Path) -> None:
    import pyarrow.parquet as pq
    from openpyxl import load_workbook

    source = write(tmp_path / "in.csv", ROWS)
    for name in ("out.csv", "out.xlsx", "out.jsonl", "out.parquet"):
        audit_file(source, tmp_path / name, AuditPlan(ByWord()))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert lines == rows
    assert [tuple(row) for row in rows] == [COLUMNS] * 5
    told = [{**row, "confidence": f"{row['confidence']:.4f}"} for row in rows]
    assert told[2]["hs_object_id"] == "=9+1"  # nothing runs the cells of these two
    told[2]["hs_object_id"] = "'=9+1"
    assert told == read(tmp_path / "out.csv")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    head, *cells = sheet.iter_rows(values_only=True)
    assert [{n: c or "" for n, c in zip(head, row, strict=True)} for row in cells] == rows
    assert sheet["A4"].data_type == "s"  # the cell that looks like a formula
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".xlsx", ".jsonl", ".parquet"}


def test_a_stopped_audit_goes_on_to_the_same_parquet(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.parquet"
    audit_file(source, tmp_path / "whole.parquet", AuditPlan(ByWord(), batch=20))
    with pytest.raises(KeyboardInterrupt):
        audit_file(source, out, AuditPlan(ByWord(stop_after=50), batch=20))
    assert not out.exists()
    assert audit_file(source, out, AuditPlan(ByWord())).resumed == 40
    assert out.read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_an_ending_that_nobody_writes_is_told_before_any_work(tmp_path: Path) -> None:
    judge = ByWord()
    with pytest.raises(BadFile, match=r"ends in \.xls\. Results are written as \.csv, \.xlsx, \.jsonl or"):
        audit_file(write(tmp_path / "in.csv", ROWS), tmp_path / "out.xls", AuditPlan(judge))
    assert judge.shown == []


def test_the_input_s_other_columns_are_kept_behind_ours(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "region,crm_subject,crm_description,hs_object_id,quote,crm_subtype,crm_subject\n"
        '=1+1,"Hello, you",yes,7,-5,Email,again\nnorth,b,no\n'
    )
    audit_file(source, out, AuditPlan(ByWord(), keep=True))
    rows = list(csv.reader(StringIO(out.read_bytes().decode())))
    kept = ("region", "crm_subject", "crm_description", "quote (2)", "crm_subtype", "crm_subject (2)")
    assert rows[0] == [*COLUMNS, *kept]
    assert rows[1][:2] == ["7", "ENGAGED"]
    assert rows[1][6:] == ["'=1+1", "Hello, you", "yes", "-5", "Email", "again"]
    assert rows[2][1] == "ND"
    assert rows[2][6:] == ["north", "b", "no", "", "", ""]


def test_kept_columns_survive_a_stop(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.csv"
    audit_file(source, tmp_path / "whole.csv", AuditPlan(ByWord(), keep=True))
    with pytest.raises(KeyboardInterrupt):
        audit_file(source, out, AuditPlan(ByWord(stop_after=50), batch=20, keep=True))
    assert audit_file(source, out, AuditPlan(ByWord(), keep=True)).resumed == 40
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert [row["crm_description"] for row in read(out)] == [row[2] for row in MANY]


def test_what_a_person_said_of_a_stored_record_is_in_the_file_s_audit(tmp_path: Path, store: Store) -> None:
    source, out = write(tmp_path / "in.csv", ROWS), tmp_path / "out.csv"
    ingest(source, store)
    corrections.correct(store, store.find("b-7")[0], Engagement.ND, "A test mail.", "ana")
    judge = ByWord()
    audit_file(source, out, AuditPlan(judge, said=Said.read(store)))
    rows = read(out)
    assert (rows[0]["trueai_engaged"], rows[0]["decided_by"]) == ("ND", "person:ana")
    assert rows[4]["trueai_engaged"] == "ENGAGED"  # the same words in another record are not what ana spoke of
    changed = write(tmp_path / "in2.csv", [("b-7", "Hello", "yes, Friday", "Email")])
    audit_file(changed, out, AuditPlan(judge, said=Said.read(store)))
    assert read(out)[0]["decided_by"] == "rule:yes"


def test_a_correction_counts_again_when_its_text_comes_back(tmp_path: Path, store: Store) -> None:
    first = write(tmp_path / "a.csv", [("7", "Hello", "yes, Thursday", "Email")])
    second = write(tmp_path / "b.csv", [("7", "Hello", "yes, Friday", "Email")])
    audit_file(first, tmp_path / "out.csv", AuditPlan(ByWord(), store=store))
    corrections.correct(store, store.find("7")[0], Engagement.ND, "A test mail.", "ana")
    for source, decided_by in ((second, "rule:yes"), (first, "person:ana")):
        audit_file(source, tmp_path / "out.csv", AuditPlan(ByWord(), store=store))
        assert read(tmp_path / "out.csv")[0]["decided_by"] == decided_by


def test_rows_judged_before_somebody_corrected_are_not_reused(tmp_path: Path, store: Store) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.csv"
    ingest(source, store)
    with pytest.raises(KeyboardInterrupt):
        audit_file(source, out, AuditPlan(ByWord(stop_after=50), batch=20, said=Said.read(store)))
    corrections.correct(store, store.find("h0")[0], Engagement.ND, "A test mail.", "ana")
    assert audit_file(source, out, AuditPlan(ByWord(), said=Said.read(store))).resumed == 0
    assert read(out)[0]["trueai_engaged"] == "ND"


def test_the_whole_store_as_a_file(tmp_path: Path, store: Store) -> None:
    ingest(write(tmp_path / "in.csv", MANY), store)
    corrections.correct(store, store.find("h3")[0], Engagement.ND, "A test mail.", "ana")
    audit_store(store, ByWord())
    report = export_store(store, tmp_path / "all.csv", Export("by word"))
    rows = read(tmp_path / "all.csv")
    assert [row["hs_object_id"] for row in rows] == [row[0] for row in MANY]
    assert (rows[3]["trueai_engaged"], rows[3]["decided_by"]) == ("ND", "person:ana")
    assert report.labels == {Engagement.ENGAGED: 199, Engagement.NOT_ENGAGED: 200, Engagement.ND: 201}
    export_store(store, tmp_path / "kept.jsonl", Export("by word", keep=True))
    kept = json.loads((tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert tuple(kept) == (*COLUMNS, *KEPT)
    assert (kept["id"], kept["crm_description"]) == ("csv:h0", MANY[0][2])


HOLDING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from crm.engagement.export import SideFile
with SideFile(Path(sys.argv[2]), "00ff"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_audit_into_the_same_file_is_refused(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", ROWS), tmp_path / "out.csv"
    command = [sys.executable, "-c", HOLDING, str(ROOT), str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadFile, match=r"Another audit is writing .*out\.csv at this moment"):
            audit_file(source, out, AuditPlan(ByWord()))
        audit_file(source, tmp_path / "elsewhere.csv", AuditPlan(ByWord()))
        other.kill()
        assert other.wait() == -signal.SIGKILL
    assert audit_file(source, out, AuditPlan(ByWord())).rows == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere.csv", "in.csv", "out.csv"]
