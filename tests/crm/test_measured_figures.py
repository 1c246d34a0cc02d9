"""Figures on file: written, replaced by section, read back; a broken file says what to do."""

from datetime import date
from pathlib import Path

import pytest

from crm.errors import BadFile
from crm.measured_figures import Measured, Section
from tests.evals.noting import with_section


def section(key: str, *rows: tuple[object, ...]) -> Section:
    made = {"key": key, "title": key, "said": "", "command": "make eval", "at": date(2026, 11, 1), "version": "0.1"}
    return Section.model_validate({**made, "head": ("a", "b"), "rows": rows})


def test_a_section_takes_the_place_of_its_old_self(tmp_path: Path) -> None:
    path = tmp_path / "quality.json"
    first = with_section(Measured.read(path), section("one", (1, None)))
    both = with_section(first, section("two", ("x", (0.5, 0.4, 0.6))))
    with_section(both, section("one", (2, 0.25))).write(path)
    read = Measured.read(path)
    assert [s.key for s in read.sections] == ["one", "two"]
    assert [s.rows for s in read.sections] == [((2, 0.25),), (("x", (0.5, 0.4, 0.6)),)]


def test_no_file_holds_nothing(tmp_path: Path) -> None:
    assert Measured.read(tmp_path / "none.json").sections == ()


def test_a_broken_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "quality.json"
    path.write_text('{"sections": [{"key": 1}]}', encoding="utf-8")
    with pytest.raises(BadFile, match="make eval"):
        Measured.read(path)


def test_the_figures_that_are_in_the_project_can_be_read() -> None:
    read = Measured.read(Path(__file__).parents[2] / "docs" / "quality.json")
    assert {"verdicts", "confusion", "reliability", "coverage", "rules", "questions"} <= {s.key for s in read.sections}
    assert all(len(row) == len(s.head) for s in read.sections for row in s.rows)
