"""The drop zone: one file or several; each sheet of a workbook is a part of its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import BadFile
from ui.listeners import on
from ui.tongue import label, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from house import House

ALL = ""  # instead of a part's key


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or one sheet of it where it is a workbook with several."""

    file: Path
    sheet: str

    @property
    def name(self) -> str:
        return f"{self.file.name} · {self.sheet}" if self.sheet else self.file.name

    @property
    def key(self) -> str:
        return f"{self.file}\n{self.sheet}"


class Dropped:
    """The zone, and below it the choice of one part where there are several."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.files = gr.File(
            file_count="multiple",
            label=label("imports.drop"),
            height=170,
            elem_id="import-file",
        )
        self.which = gr.Dropdown([], visible=False, label=label("imports.which"), elem_id="import-part")

    @property
    def asked(self) -> list[Any]:
        """What `meant` is given."""
        return [self.files, self.which]

    def attach(self) -> None:
        """Whoever drops something sees its parts."""
        on(self.files.change, self._found, [self.files], [self.which])

    def meant(self, files: "Sequence[str] | None", which: str | None) -> list[Part]:
        """The chosen part, else all of them."""
        parts = [part for file in files or () for part in self._parts(Path(file))]
        return [part for part in parts if part.key == which] or parts

    def file_of(self, part: Part) -> Path:
        """The part as a file to import. Raises BadFile."""
        return self.house.sheet_file(part.file, part.sheet) if part.sheet else part.file

    def _parts(self, file: Path) -> list[Part]:
        try:
            titles = self.house.sheets(file)
        except BadFile:
            titles = ()  # what is wrong with it is told when it is looked at or imported
        return [Part(file, title) for title in titles] if len(titles) > 1 else [Part(file, "")]

    def _found(self, files: "Sequence[str] | None") -> Any:
        import gradio as gr

        parts = self.meant(files, ALL)
        choices = [(said("imports.all_parts", n=len(parts)), ALL), *((part.name, part.key) for part in parts)]
        return gr.Dropdown(choices=choices, value=ALL, visible=len(parts) > 1)
