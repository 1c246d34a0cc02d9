"""Which sheet of a dropped workbook is meant: chosen, it stands in the drop zone as a file of its own."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import BadFile
from ui.listeners import on
from ui.tongue import label

if TYPE_CHECKING:
    from house import House


class Sheets:
    """The list of sheets, seen where a workbook has several. `file` is the drop zone."""

    def __init__(self, house: "House", file: Any) -> None:
        import gradio as gr

        self.house, self.file = house, file
        self.workbook = gr.State("")
        self.sheet = gr.Dropdown([], visible=False, label=label("imports.sheet"), elem_id="import-sheet")

    def attach(self) -> None:
        """Whoever drops a file sees its sheets; whoever chooses one imports that one."""
        on(self.file.upload, self._found, [self.file], [self.sheet, self.workbook])
        on(self.file.clear, self._found, [], [self.sheet, self.workbook])
        on(self.sheet.input, self._chosen, [self.workbook, self.sheet], [self.file])

    def _found(self, file: str | None = None) -> list[Any]:
        import gradio as gr

        try:
            titles = self.house.sheets(Path(file)) if file else ()
        except BadFile:
            titles = ()  # what is wrong with it is told when it is looked at or imported
        first = titles[0] if titles else None
        return [gr.Dropdown(choices=list(titles), value=first, visible=len(titles) > 1), file or ""]

    def _chosen(self, workbook: str, title: str) -> str:
        return str(self.house.sheet_file(Path(workbook), title))
