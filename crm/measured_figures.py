"""Figures that an evaluation wrote down, too slow to compute while somebody waits: each says when it was measured."""

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from crm.errors import BadFile
from crm.playbook import Page

Interval = tuple[float, float, float]  # the figure, then the bounds of its 95 % interval
Cell = Interval | int | float | str | None


class Section(Page):
    """One table with the command that measures it anew. `version` is that of the code that was measured."""

    key: str
    title: str
    said: str
    command: str
    at: date
    version: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Measured(Page):
    """All that was written down."""

    sections: tuple[Section, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Measured":
        """What is in the file; nothing when there is none. Raises BadFile."""
        if not path.is_file():
            return cls()
        try:
            return cls.model_validate_json(path.read_text(encoding="utf-8"))
        except ValidationError as err:
            raise BadFile(f"{path.name} is not as an evaluation writes it. Run `make eval` to write it anew.") from err

    def write(self, path: Path) -> None:
        path.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")
