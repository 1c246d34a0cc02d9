"""Says what the opened activity really is: three labels, a reason, taken back if need be."""

from typing import TYPE_CHECKING, Any

from crm.access import Right
from crm.nouns import Engagement
from ui.listeners import on
from ui.record import shown_id
from ui.rights import may
from ui.show import words
from ui.sources_pane import opened_record
from ui.tongue import heard, label

if TYPE_CHECKING:
    from house import House

# A verdict leads to where it is corrected, which may be far below a long record.
LEAD = """
if (!window.leading) {
  window.leading = true;
  document.addEventListener('click', event => {
    const form = event.target.closest('.not-right')?.closest('.viewer')?.querySelector('.mending');
    if (!form) return;
    form.scrollIntoView({behavior: 'smooth', block: 'center'});
    form.querySelector('input')?.focus({preventScroll: true});
  });
}
"""


def verdicts_lead_here() -> Any:
    """Draws nothing; listens for whoever finds a verdict not right."""
    import gradio as gr

    return gr.HTML(js_on_load=LEAD, visible="hidden", elem_id="verdicts-lead")


class Correcting:
    """What stands below a record. It is seen when the record is one of the store's."""

    def __init__(self, house: "House", name: str = "correct") -> None:
        import gradio as gr

        self.house = house
        self.activity_id = gr.State("")
        with gr.Column(visible=False, elem_id=name, elem_classes="mending") as self.place:
            self.label = gr.Radio(
                [e.value for e in Engagement],
                label=label("correct.really"),
                info=label("correct.labels"),
                elem_id=f"{name}-label",
            )
            self.why = gr.Textbox(label=label("review.because"), elem_id=f"{name}-why", max_lines=3)
            with gr.Row():
                self.go = gr.Button(label("correct.go"), elem_id=f"{name}-go", size="sm", min_width=90)
                self.undo = gr.Button(label("correct.undo"), elem_id=f"{name}-undo", size="sm", min_width=90)

    @property
    def shown(self) -> list[Any]:
        """What `opened` fills."""
        return [self.activity_id, self.place, self.label, self.why]

    def opened(self, activity_id: str) -> list[Any]:
        """All of it for this activity; hidden for a pasted text, which nobody can look up again, and who may not."""
        import gradio as gr

        can = bool(activity_id) and may(self.house, Right.CORRECT)
        return [activity_id, gr.Column(visible=can), None, ""]

    def attach(self, record: Any) -> tuple[Any, Any]:
        """Both buttons draw the record anew; gives what happens after each."""
        import gradio as gr

        def correct(activity_id: str, says: str | None, why: str, request: gr.Request) -> list[Any]:
            return self._done(activity_id, self.house.correct(activity_id, says or "", why, request.username or ""))

        def take_back(activity_id: str, request: gr.Request) -> list[Any]:
            return self._done(activity_id, self.house.take_back(activity_id, request.username or ""))

        changed = [record, *self.shown]
        corrected = on(self.go.click, correct, [self.activity_id, self.label, self.why], changed, queue=True)
        return corrected, on(self.undo.click, take_back, [self.activity_id], changed, queue=True)

    def follow(self, record: Any) -> tuple[Any, Any]:
        """Stands below whatever record is drawn there, wherever it was opened from; gives what `attach` gives."""
        on(record.change, lambda card: self.opened(shown_id(card or "")), [record], self.shown)
        return self.attach(record)

    def _done(self, activity_id: str, told: str) -> list[Any]:
        import gradio as gr

        gr.Info(words(heard(told)))  # the note renders HTML
        return [opened_record(self.house, activity_id), *self.opened(activity_id)]
