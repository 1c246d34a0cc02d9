"""Reading a file of activities for an audit: every row in order, no store anywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm.errors import BadFile
from crm.intake.ingest import activities_in
from crm.nouns import Kind, Side
from crm.threads.thread import Ours

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype,human_label"


def test_every_row_comes_in_order_with_its_own_id(write_csv: WriteCsv) -> None:
    rows = [("7.0", "s", "one", "Email", "ENGAGED"), ("7.0", "s", "one", "Email", "ND"), ("", "s", "", "Call", "")]
    found = list(activities_in(write_csv("a.csv", HEADER, rows), Ours()))
    assert [(r.line, r.native_id, r.refused) for r in found] == [(2, "7.0", ""), (3, "7.0", ""), (4, "3", "")]
    assert [r.activity and r.activity.native_id for r in found] == ["7.0", "7.0", "3"]
    assert found[0].row == dict(zip(HEADER.split(","), rows[0], strict=True))
    assert found[2].activity is not None
    assert (found[2].activity.kind, found[2].activity.messages) == (Kind.CALL, ())


def test_a_row_that_cannot_be_read_has_its_place_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{HEADER}\n1,s,one,Email,x\n2,s,two\n3,s,"open,Email,x\n')
    found = list(activities_in(path, Ours()))
    assert [(r.line, r.activity is None, bool(r.refused)) for r in found] == [
        (2, False, False),
        (3, True, True),
        (4, True, True),
    ]
    assert [r.native_id for r in found] == ["1", "2", "3"]


def test_who_we_are_may_be_given(write_csv: WriteCsv) -> None:
    body = "From: ann@us.example\nTo: bo@them.example\nSubject: Dock\n\nShall we talk?\n"
    file = write_csv("a.csv", HEADER, [("1", "Dock", body, "Email", "")])
    found = next(activities_in(file, Ours(frozenset({"us.example"}))))
    assert found.activity is not None
    assert [m.side for m in found.activity.messages] == [Side.US]


def test_a_file_of_accounts_is_refused(write_csv: WriteCsv) -> None:
    with pytest.raises(BadFile, match="missing, without which these are no activities"):
        list(activities_in(write_csv("a.csv", "account_id,name,industry", [("A1", "x", "y")]), Ours()))
