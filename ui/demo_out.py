"""The way out of the demo: all its imports taken back at once, by a second click, while nothing else is touched."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crm.access import Right
from ui.listeners import on
from ui.rights import may
from ui.show import written
from ui.tongue import label

if TYPE_CHECKING:
    from house import House
    from ui.ledger_pane import LedgerPane


class DemoOut:
    """A line that says that the demo is here, with the button that removes it; seen while that is so."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        with gr.Column(visible=False, elem_id="demo-here", elem_classes="demo-here") as self.place:
            self.told = gr.HTML(apply_default_css=False)
            with gr.Row(elem_classes="acts"):
                self.out = gr.Button(label("imports.demo_out"), size="sm", elem_id="demo-out")
                self.sure = gr.Button(
                    label("imports.demo_sure"), size="sm", visible=False, elem_id="demo-sure", variant="stop"
                )
                self.keep = gr.Button(label("imports.keep"), size="sm", visible=False, elem_id="demo-keep")

    def follow(self, *moments: Any) -> None:
        """Seen or not, after each of these events."""
        shown = [self.place, self.told, *self._asked]
        for moment in moments:
            on(moment, self._drawn, [], shown)

    def attach(self, pane: "LedgerPane") -> Any:
        """Asks once more, then removes it and says so in the ledger's place; gives the event that changes the data."""
        on(self.out.click, lambda: _buttons(sure=True), [], self._asked)
        on(self.keep.click, lambda: _buttons(sure=False), [], self._asked)

        def remove() -> Iterator[list[Any]]:
            yield pane.closed(f'<p class="count" role="status">{written("imports.demo_going")}</p>')
            gone = written("imports.demo_gone", n=self.house.undo_demo())
            yield pane.closed(f'<p class="notice" role="status">{gone}</p>')

        return on(self.sure.click, remove, [], pane.shown)

    @property
    def _asked(self) -> list[Any]:
        return [self.out, self.sure, self.keep]

    def _drawn(self) -> list[Any]:
        import gradio as gr

        here = may(self.house, Right.IMPORT) and bool(self.house.demo_imports())
        told = f'<p class="hint">{written("imports.demo_here")}</p>'
        return [gr.Column(visible=here), told, *_buttons(sure=False)]


def _buttons(sure: bool) -> list[Any]:
    import gradio as gr

    return [gr.Button(visible=not sure), gr.Button(visible=sure), gr.Button(visible=sure)]
