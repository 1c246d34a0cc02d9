"""The whole store or a file audited: what it will cost, begun, paused, resumed, given up; its result beside it."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.audit_html import intro, progress
from ui.audit_order import A_FILE, Order
from ui.audit_result import Drawn, Result
from ui.audits import Audits, Run, State
from ui.listeners import arriving, on
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House

TICK, CALM = 0.5, 4  # seconds between two looks at an audit that runs, and at one that does not


def auditing_panel(house: "House", place: Any, revised: Any) -> None:
    """Draws the panel and attaches its listeners; `place` is the tab itself, which tells the cost when it is opened.

    `revised` is the event after which an opened record may be there no more.
    """
    _Panel(house).attach(place, revised)


class _Panel:
    """The components that run an audit. `visitor` is a secret that this browser alone keeps."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house, self.audits = house, Audits()
        self.visitor = gr.BrowserState("", storage_key="audit-visitor", secret="engaged")  # noqa: S106 - hides nothing
        self.clock, self.seen = gr.Timer(TICK), gr.State("")
        self.result = Result(house, self._mine)
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=2, min_width=300):
                self.order = Order(house)
            with gr.Column(scale=3, min_width=300):
                self._draw_state()
                self.result.draw_counts()
        self.result.draw_rows()

    def _draw_state(self) -> None:
        import gradio as gr

        with gr.Row(elem_classes="acts"):
            self.go, self.stop, self.on, self.cancel = (
                gr.Button(
                    label(f"auditing.{act}"),
                    elem_id=f"audit-{name}",
                    variant="primary" if act == "go" else "secondary",
                    interactive=act == "go",
                )
                for act, name in (("go", "go"), ("pause", "stop"), ("resume", "resume"), ("cancel", "cancel"))
            )
        self.progress = gr.HTML(elem_id="audit-progress", apply_default_css=False)

    def attach(self, place: Any, revised: Any) -> None:
        """The buttons act on the visitor's audit; the clock shows it, also on a page that was opened anew."""
        arriving(intro, [self.progress])
        self.order.attach(place)
        state = [self.clock, self.go, self.stop, self.on, self.cancel, self.progress]
        shown = [*state, *self.result.components, self.seen]
        on(self.go.click, self._start, [self.visitor, *self.order.said], [self.visitor, *shown], queue=True)
        on(self.stop.click, self._pause, [self.visitor], state)
        on(self.on.click, self._resume, [self.visitor], state)
        on(self.cancel.click, self._cancel, [self.visitor], shown)
        on(self.clock.tick, self._look, [self.visitor, self.seen], shown)
        self.result.attach(self.visitor, revised)

    def _start(self, visitor: str, what: str, file: str | None, record: bool) -> Any:
        import gradio as gr

        if what == A_FILE and file is None:
            gr.Info(said("auditing.no_file"))
            return gr.skip()
        visitor = visitor or secrets.token_urlsafe(24)
        source = Path(file) if what == A_FILE and file else None
        run = self.audits.start(self.house.viewer, visitor, Run(self.house, source, record))
        return {self.visitor: visitor, **self._state(run), **self.result.drawn(None), self.seen: ""}

    def _mine(self, visitor: str) -> Run | None:
        """The audit of whoever looks, in their browser."""
        return self.audits.of(self.house.viewer, visitor)

    def _pause(self, visitor: str) -> Drawn:
        run = self._mine(visitor)
        if run:
            run.pause()
        return self._state(run)

    def _resume(self, visitor: str) -> Drawn:
        run = self._mine(visitor)
        if run:
            run.start()
        return self._state(run)

    def _cancel(self, visitor: str) -> Drawn:
        self.audits.cancel(self.house.viewer, visitor)
        return {**self._state(None), **self.result.drawn(None), self.seen: ""}

    def _look(self, visitor: str, seen: str) -> Drawn:
        """The state; the result only when this page has not drawn it yet, or it is not theirs to see any more."""
        run = self._mine(visitor)
        state = self._state(run)
        now = f"{run.folder}{run.state}" if run else ""
        if now == seen:
            return state
        return {**state, **self.result.drawn(run if run and run.state is not State.RUNNING else None), self.seen: now}

    def _state(self, run: Run | None) -> Drawn:
        import gradio as gr

        state = run.look() if run else None
        running = state is State.RUNNING
        able = {
            self.go: not running,
            self.stop: running,
            self.on: state in (State.PAUSED, State.FAILED),
            self.cancel: running or state is State.PAUSED,
        }
        pace = gr.Timer(TICK if running else CALM)  # never off: an answer that comes late must not stop the clock
        can = {button: gr.update(interactive=able[button]) for button in able}
        return {self.clock: pace, **can, self.progress: progress(run)}
