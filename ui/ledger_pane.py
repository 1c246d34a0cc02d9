"""One import opened: its ledger, its refused rows to take away, the way back by a second click."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ui.ledger import ledger_card, refusals_table
from ui.show import hint, written
from ui.tongue import label, said
from ui.wire import arriving, on

if TYPE_CHECKING:
    from crm.intake.ledger import Intake
    from house import House

REFUSED_SHOWN = 50
NONE = 0  # the number of no import


class LedgerPane:
    """What stands beside the drop zone. `shown` is what `opened` and `closed` fill."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.import_id = gr.State(NONE)
        self.card = gr.HTML(elem_id="ledger", apply_default_css=False)

    def draw(self) -> None:
        """What stands below the ledger."""
        import gradio as gr

        self.refused = gr.Dataframe(
            headers=[label("imports.line"), label("imports.reason")],
            column_widths=["12%", "88%"],
            interactive=False,
            wrap=True,
            visible=False,
            label=label("imports.refused"),
            elem_id="refused",
            buttons=[],
        )
        with gr.Row(elem_classes="acts"):
            self.save = gr.DownloadButton(label("imports.save"), visible=False, elem_id="refused-save")
            self.undo = gr.Button(label("imports.undo"), visible=False, elem_id="undo")
            self.sure = gr.Button(label("imports.sure"), visible=False, elem_id="undo-sure", variant="stop")
            self.keep = gr.Button(label("imports.keep"), visible=False, elem_id="undo-keep")

    @property
    def shown(self) -> list[Any]:
        return [self.card, *self._acts]

    @property
    def _acts(self) -> list[Any]:
        return [self.import_id, self.refused, self.save, self.undo, self.sure, self.keep]

    def attach(self) -> Any:
        """Asks once more before anything is undone; gives what happens after that."""
        arriving(intro, [self.card])
        asked = [self.undo, self.sure, self.keep]
        on(self.undo.click, lambda: _buttons(undo=False, sure=True), [], asked)
        on(self.keep.click, lambda: _buttons(undo=True, sure=False), [], asked)
        return on(self.sure.click, self._undone, [self.import_id], self.shown)

    def give_way(self, trigger: Any) -> None:
        """Something else is shown in the ledger's place: nothing may be done about the import any more."""
        on(trigger, lambda: self.closed("")[1:], [], self._acts)

    def opened(self, intake: "Intake", can_go: bool) -> list[Any]:
        """Ledger, refused rows with their download, undo where there is something to take back."""
        import gradio as gr

        refused = intake.refused > 0
        path = str(self.house.refused_csv(intake.import_id)) if refused else None
        return [
            ledger_card(intake),
            intake.import_id,
            gr.Dataframe(value=refusals_table(intake, REFUSED_SHOWN), visible=refused),
            gr.DownloadButton(value=path, visible=refused),
            *_buttons(undo=can_go, sure=False),
        ]

    def closed(self, card: str) -> list[Any]:
        """Words in the ledger's place, and nothing to do about them."""
        import gradio as gr

        return [card, NONE, *[gr.update(visible=False)] * 2, *_buttons(undo=False, sure=False)]

    def _undone(self, import_id: int) -> Iterator[list[Any]]:
        if import_id == NONE:
            return
        yield self.closed(f'<p class="count" role="status">{written("imports.undoing")}</p>')
        touched = self.house.undo_import(import_id)
        yield self.closed(f'<p class="notice" role="status">{written("imports.undone", n=touched)}</p>')


def intro() -> str:
    """What the ledger will show."""
    return hint(said("imports.none_title"), said("imports.none"))


def _buttons(undo: bool, sure: bool) -> list[Any]:
    import gradio as gr

    return [gr.Button(visible=undo), gr.Button(visible=sure), gr.Button(visible=sure)]
