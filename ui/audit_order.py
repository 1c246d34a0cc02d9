"""What to audit, the whole store or a file, and what that will cost before a model is asked."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import BadFile, NotAllowed
from ui.listeners import arriving, on
from ui.show import words, written
from ui.tongue import heard, label, said

if TYPE_CHECKING:
    from house import House

THE_STORE, A_FILE = "store", "file"


class Order:
    """The choice with its file and its cost; drawn where it is made."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.what = gr.Radio([THE_STORE, A_FILE], value=THE_STORE, label=label("auditing.what"), elem_id="audit-what")
        with gr.Column(visible=False) as self.of_file:
            self.file = gr.File(label=label("auditing.drop"), elem_id="audit-file", height=150)
            self.record = gr.Checkbox(False, label=label("auditing.record"), elem_id="audit-record")
        self.cost = gr.HTML(elem_id="audit-cost", apply_default_css=False)

    @property
    def said(self) -> list[Any]:
        """The components that tell what to audit, with which file, and whether its records are kept."""
        return [self.what, self.file, self.record]

    def attach(self, place: Any) -> None:
        """Tells the cost when the tab `place` is opened and whenever the choice changes."""
        import gradio as gr

        arriving(_begin, [self.what])
        on(self.what.change, self._asked, [self.what], [self.of_file])
        asked = partial(gr.on, [place.select, self.what.change, self.file.change])
        on(asked, self._told, [self.what, self.file], [self.cost], trigger_mode="always_last")  # a slow one is not last

    def _asked(self, what: str) -> Any:
        import gradio as gr

        return gr.Column(visible=what == A_FILE)

    def _told(self, what: str, file: str | None) -> Iterator[str]:
        yield f'<p class="count" role="status">{written("auditing.counting")}</p>'
        if what == A_FILE and file is None:
            yield ""
        else:
            source = Path(file) if what == A_FILE and file else None
            try:
                yield self._cost(source)
            except BadFile as err:
                mend = written("auditing.map_it") if source and self._has_columns(source) else ""
                yield f'<p class="hint" role="alert">{words(heard(str(err)))} {mend}</p>'

    def _has_columns(self, source: Path) -> bool:
        """Whether whoever looks may say what the file's columns mean."""
        try:
            return bool(self.house.preview_import(source, kind="activities").problem)
        except (BadFile, NotAllowed):
            return False

    def _cost(self, source: Path | None) -> str:
        count, told = self.house.left_to_judge(source), heard(self.house.expected_cost(source))
        left = written("auditing.records", n=count) if count else written("auditing.all_judged")
        return f'<p class="hint">{left} {words(told or said("auditing.free"))}</p>'


def _begin() -> Any:
    import gradio as gr

    return gr.Radio(
        choices=[(said("auditing.the_store"), THE_STORE), (said("auditing.a_file"), A_FILE)], value=THE_STORE
    )
