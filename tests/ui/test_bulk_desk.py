"""One person's bulk audit: where its rows are when it ended, and when it was stopped."""

from pathlib import Path

import pytest

from crm.engagement.report import AuditReport, Tally
from crm.errors import BadFile, Stopped
from ui.bulk import Desk
from ui.job import Job, Report, Stop

ROWS = "hs_object_id,trueai_engaged,confidence,decided_by,because,quote\r\n1,ND,0.0,model,b,q\r\n"


def whole(out: Path) -> AuditReport:
    out.write_text(ROWS, encoding="utf-8")
    return AuditReport("in.csv", str(out), "p", Tally(), 1, 0, 0.1)


def test_a_finished_audit_is_its_result(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "in.csv", tmp_path)
    desk.job = Job(lambda report, stop: whole(desk.out))
    assert desk.written() == desk.out == tmp_path / "in.audited.csv"


def test_a_stopped_audit_is_a_copy_of_the_rows_so_far(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "in.csv", tmp_path)

    def work(report: Report, stop: Stop) -> AuditReport:
        (tmp_path / "in.audited.csv.0f.part").write_text(ROWS, encoding="utf-8")
        raise Stopped("It was stopped.")

    desk.job = Job(work)
    assert desk.written() == tmp_path / "in.stopped.csv"
    assert desk.written().read_text(encoding="utf-8") == ROWS.replace("\r\n", "\n")
    assert (tmp_path / "in.audited.csv.0f.part").exists()


def test_an_audit_stopped_before_its_first_row_says_so(tmp_path: Path) -> None:
    def work(report: Report, stop: Stop) -> AuditReport:
        raise Stopped("It was stopped.")

    with pytest.raises(Stopped, match="It was stopped"):
        Desk(tmp_path / "in.csv", tmp_path, Job(work)).written()


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    def work(report: Report, stop: Stop) -> AuditReport:
        raise BadFile("There are no rows in it.")

    with pytest.raises(BadFile, match="no rows"):
        Desk(tmp_path / "in.csv", tmp_path, Job(work)).written()


def test_the_same_file_keeps_its_folder_and_another_one_clears_it(tmp_path: Path) -> None:
    first = Desk.on(tmp_path / "a.csv", None)
    (first.folder / "rows").touch()
    assert Desk.on(tmp_path / "a.csv", first) is first
    second = Desk.on(tmp_path / "b.csv", first)
    assert not first.folder.exists()
    assert second.folder.exists()
    second.close()
    assert not second.folder.exists()
