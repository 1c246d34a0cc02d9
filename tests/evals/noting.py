"""Writes figures down for the Quality page, where CRM_QUALITY names a file: `make eval` does."""

import os
import subprocess
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from crm.engagement.measure import Figure
from crm.measured_figures import Cell, Interval, Measured, Section

ROOT = Path(__file__).parents[2]


def note(key: str, title: str, said: str, command: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Puts a section in the place of the one of that key; does nothing where no file is named."""
    if not (named := os.environ.get("CRM_QUALITY")):
        return
    path = ROOT / named
    section = Section(
        key=key,
        title=title,
        said=said,
        command=command,
        at=datetime.now(UTC).date(),
        version=version(),
        head=tuple(head),
        rows=tuple(tuple(row) for row in rows),
    )
    with_section(Measured.read(path), section).write(path)


def with_section(measured: Measured, new: Section) -> Measured:
    """With the section in the place of its old self, or at the end."""
    keys = [s.key for s in measured.sections]
    kept = [new if s.key == new.key else s for s in measured.sections]
    return Measured(sections=(*kept, *([] if new.key in keys else [new])))


def interval(figure: Figure) -> Interval:
    return round(figure.value, 4), round(figure.low, 4), round(figure.high, 4)


def version() -> str:
    """The project's version with the commit that was measured."""
    number = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return f"{number} ({found})" if found else str(number)
