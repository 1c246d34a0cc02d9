"""The Review tab: the records whose label would help most, labelled one after the other by button or key."""

from typing import TYPE_CHECKING, Any

from crm.engagement import labels
from crm.nouns import Engagement
from ui.listeners import arriving, on
from ui.review_session import Sitting
from ui.show import words, written
from ui.sources_pane import nothing_open, opened_record
from ui.tongue import figure, heard, label, said

if TYPE_CHECKING:
    from house import House

FETCHED = 50  # records of one sitting
KEYS = {Engagement.ENGAGED: "1", Engagement.NOT_ENGAGED: "2", Engagement.ND: "3"}
# Keys act where the tab is seen, and never while somebody types.
LISTEN = """
const buttons = {"1": "review-1", "2": "review-2", "3": "review-3", j: "review-j", k: "review-k", u: "review-u"};
if (!window.reviewKeys) document.addEventListener("keydown", (event) => {
  const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable=true]");
  const name = buttons[event.key];
  const button = name && document.getElementById(name);
  if (!button || typing || button.offsetParent === null || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  button.click();
});
window.reviewKeys = true;
"""


def review_tab(house: "House", place: Any, revised: Any) -> None:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which fetches when it is opened.

    `revised` is the event after which records of the queue may be there no more.
    """
    _Panel(house).attach(place, revised)


class _Panel:
    """The tab's components with what they do."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.sitting = gr.State(Sitting())
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=2, min_width=300):
                self.head = gr.HTML(elem_id="review-head", apply_default_css=False)
                with gr.Row():
                    self.says = {
                        says: gr.Button(f"{says} ({key})", elem_id=f"review-{key}", min_width=90)
                        for says, key in KEYS.items()
                    }
                self.why = gr.Textbox(label=label("review.because"), elem_id="review-why", max_lines=3)
                with gr.Row():
                    self.back = gr.Button(label("review.back"), elem_id="review-k", size="sm", min_width=60)
                    self.on = gr.Button(label("review.on"), elem_id="review-j", size="sm", min_width=60)
                    self.undo = gr.Button(label("review.undo"), elem_id="review-u", size="sm", min_width=60)
                    self.more = gr.Button(label("review.more"), elem_id="review-more", size="sm", min_width=60)
                self.told = gr.HTML(elem_id="review-told", js_on_load=LISTEN, apply_default_css=False)
            with gr.Column(scale=3, min_width=360, elem_classes="viewer"):
                self.record = gr.HTML(elem_id="review-record", apply_default_css=False)

    def attach(self, place: Any, revised: Any) -> None:
        """Labels, moves, undo; the queue is fetched when the tab is opened, and on demand."""
        import gradio as gr

        shown = [self.sitting, self.head, self.record, self.why, self.told]

        def say(engagement: Engagement) -> Any:
            def labelled(sitting: Sitting, why: str, request: gr.Request) -> list[Any]:
                return self._said(sitting, engagement, why, request.username or "")

            return labelled

        def undo(sitting: Sitting, request: gr.Request) -> list[Any]:
            return self._undone(sitting, request.username or "")

        arriving(lambda: [f'<p class="hint">{written("review.keys")}</p>', nothing_open()], [self.told, self.record])
        for engagement, button in self.says.items():
            on(button.click, say(engagement), [self.sitting, self.why], shown)
        on(self.undo.click, undo, [self.sitting], shown)
        on(self.on.click, lambda sitting: self._drawn(sitting.move(1)), [self.sitting], shown)
        on(self.back.click, lambda sitting: self._drawn(sitting.move(-1)), [self.sitting], shown)
        on(self.more.click, self._fetched, [self.sitting], shown)
        on(place.select, self._opened, [self.sitting], shown)
        on(revised, self._revised, [self.sitting], shown)

    def _opened(self, sitting: Sitting) -> list[Any]:
        return self._drawn(sitting) if sitting.queue else self._fetched(sitting)

    def _revised(self, sitting: Sitting) -> list[Any]:
        """A queue some of whose records were erased is fetched anew."""
        import gradio as gr

        waiting = {one.activity.id for one in sitting.queue}
        gone = waiting - {a.id for a in self.house.store.activities_by_id(list(waiting))}
        return self._fetched(sitting) if gone else [gr.skip()] * 5

    def _fetched(self, sitting: Sitting) -> list[Any]:
        return self._drawn(Sitting(tuple(self.house.review(FETCHED)), said=sitting.said))

    def _said(self, sitting: Sitting, engagement: Engagement, why: str, by: str) -> list[Any]:
        if sitting.now is None:
            return self._drawn(sitting)
        told = self.house.correct(sitting.now.activity.id, engagement, why, by)
        return self._drawn(sitting.labelled(engagement), told)

    def _undone(self, sitting: Sitting, by: str) -> list[Any]:
        if not sitting.said:
            return self._drawn(sitting, said("review.nothing_to_undo"))
        return self._drawn(sitting.undone(), self.house.take_back(sitting.said[-1][0], by))

    def _drawn(self, sitting: Sitting, told: str = "") -> list[Any]:
        record = opened_record(self.house, sitting.now.activity.id) if sitting.now else nothing_open()
        return [sitting, sitting.head(), record, "", self._effect(sitting, told)]

    def _effect(self, sitting: Sitting, told: str) -> str:
        """What the last label did, and what all of them come to."""
        keys = f'<p class="hint">{written("review.keys")}</p>'
        if not told:
            return keys
        counts = ", ".join(f"{name} {figure(n)}" for name, n in labels.counts(self.house.store).items())
        total = said("review.effect", n=len(sitting.said), counts=counts)
        return f'<p class="notice">{words(heard(told))}</p><p class="hint">{words(total)}</p>{keys}'
