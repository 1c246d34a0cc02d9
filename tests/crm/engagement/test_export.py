"""Result rows: harmless in a spreadsheet, whole or not there."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from crm.engagement.export import COLUMNS, Result, SideFile, cells
from crm.errors import BadFile
from crm.nouns import Verdict
from tests.crm.engagement.made import ENGAGED, ND

STAMP, OTHER = "00ff", "11ee"


def row(native_id: str = "1", because: str = "", quote: str = "") -> Result:
    return Result(native_id, Verdict(ENGAGED, 0.5, because, quote, "rule:test"))


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "\nx", "＝1"])
def test_a_formula_gets_an_apostrophe(start: str) -> None:
    assert cells(row(because=start))[4] == "'" + start
    assert cells(row(native_id=start + "a"))[0] == "'" + start + "a"
    assert cells(row(start + "a", start, start), neutral=False) == (
        start + "a",
        "ENGAGED",
        "0.5000",
        "rule:test",
        start,
        start,
    )


@pytest.mark.parametrize("native_id", ["5123", "00Q5", "1.0", "1e5", "-7", "+49", "", " 12"])
def test_an_id_that_runs_nothing_is_given_back_as_it_came(native_id: str) -> None:
    assert cells(row(native_id))[0] == native_id


@pytest.mark.parametrize(
    ("quote", "written"),
    [
        ("plain", "plain"),
        ("=cmd|x", "cmd|x"),
        ("- yes, Thursday", "yes, Thursday"),
        ("\n\n@ana ok", "ana ok"),
        ("+", "'+"),
    ],
)
def test_a_quote_starts_later_so_that_it_stays_literal(quote: str, written: str) -> None:
    assert cells(row(quote=quote))[5] == written


def test_the_file_is_there_when_it_is_finished_and_not_before(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with SideFile(out, STAMP) as file:
        file.write([cells(row("1", quote='He said "yes",\r\nthen left.'))])
        assert not out.exists()
        file.finish()
    assert list(csv.reader(StringIO(out.read_bytes().decode()))) == [
        list(COLUMNS),
        ["1", "ENGAGED", "0.5000", "rule:test", "", 'He said "yes",\r\nthen left.'],
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


ROWS = [cells(row(str(n), quote=f'a "quote", {n}\r\non two lines')) for n in range(4)]


def whole(tmp_path: Path) -> bytes:
    with SideFile(tmp_path / "whole.csv", STAMP) as file:
        file.write(ROWS)
        file.finish()
    return (tmp_path / "whole.csv").read_bytes()


def test_cut_at_any_byte_it_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    expected = whole(tmp_path)
    out = tmp_path / "out.csv"
    side = tmp_path / f"out.csv.{STAMP}.part"
    kept_counts = set()
    for cut in range(len(expected) + 1):
        side.write_bytes(expected[:cut])
        with SideFile(out, STAMP) as file:
            kept = list(file.kept())
            kept_counts.add(len(kept))
            assert kept == [(r[0], ENGAGED, "rule:test") for r in ROWS[: len(kept)]]
            file.write(ROWS[len(kept) :])
            file.finish()
        assert out.read_bytes() == expected
    assert kept_counts == {0, 1, 2, 3, 4}


def test_rows_made_from_something_else_are_not_reused_and_go(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with SideFile(out, OTHER) as file:
        file.write(ROWS)
    (tmp_path / "out.csv.notes.part").write_text("somebody's own file")
    with SideFile(out, STAMP) as file:
        assert list(file.kept()) == []
        file.write(ROWS[:1])
        file.finish()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.csv.notes.part"]


def test_a_run_that_wrote_no_row_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="an empty file"), SideFile(tmp_path / "out.csv", STAMP):
        raise BadFile("an empty file")
    assert list(tmp_path.iterdir()) == []


def test_an_older_result_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older")
    with SideFile(out, STAMP) as file:
        file.write(ROWS)
    assert out.read_text() == "older"


@pytest.mark.parametrize(("place", "sentence"), [("no/out.csv", "there is no folder"), ("", "is a folder")])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence), SideFile(tmp_path / place, STAMP) as file:
        file.finish()


def test_a_refused_row_is_nd_with_its_reason() -> None:
    refused = Result("7", Verdict(ND, 0.0, "The quote is never closed.", "", "refused"))
    assert cells(refused) == ("7", "ND", "0.0000", "refused", "The quote is never closed.", "")
