"""What an empty store shows: where to begin, with the demo or with an export of one's own."""

from typing import TYPE_CHECKING, Any

from crm.access import Right
from ui.listeners import on
from ui.rights import may
from ui.tongue import label

if TYPE_CHECKING:
    from house import House


class Guide:
    """Two ways in, above the chat; gone as soon as there is something to ask about."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        at_once = not house.settings.auth and self._blank()  # on the first page already, and not after a while
        with gr.Column(visible=at_once, elem_id="guide", elem_classes="guide") as self.place:
            gr.Markdown(label("guide.told"))
            with gr.Row():
                self.demo = gr.Button(label("guide.demo"), variant="primary", elem_id="guide-demo", scale=0)
                self.own = gr.Button(label("guide.own"), elem_id="guide-own", scale=0)

    def shown(self) -> Any:
        """Seen by who may bring something in, while there is nothing in the store and nothing on its way."""
        import gradio as gr

        return gr.Column(visible=may(self.house, Right.IMPORT) and self._blank())

    def _blank(self) -> bool:
        here = self.house
        coming = here.arriving or here.loading or here.demo_to_come
        return not coming and here.store.count() == 0 and here.book.blank

    def attach(self, tabs: Any) -> Any:
        """The demo comes in at once; an export of one's own starts in its place. Gives what fills the store."""
        import gradio as gr

        def load() -> Any:
            self.house.load_demo()
            return gr.Column(visible=False)

        on(self.own.click, lambda: gr.Tabs(selected="imports"), [], [tabs])
        return on(self.demo.click, load, [], [self.place], show_progress="full", queue=True)
