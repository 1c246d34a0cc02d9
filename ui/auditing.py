"""The whole store or a file audited: what it will cost, pause and resume, a table to correct in, results to take."""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.engagement.outcome import FORMS, Row, Wish
from ui.audits import Audits, Run, State
from ui.correcting import Correcting
from ui.narrowing import Narrowing, begun
from ui.ordering import A_FILE, Order
from ui.outcomes import PAGE, intro, progress, rows_table, unstored
from ui.show import bars, hint
from ui.tongue import label, said
from ui.viewer import opened_record
from ui.wire import arriving, on

if TYPE_CHECKING:
    from house import House

STATE, RESULT = 6, 11  # components that show the state, and the result
TICK, CALM = 0.5, 4  # seconds between two looks at an audit that runs, and at one that does not
OPEN_ROW = """
element.addEventListener('click', event => {
  const turn = event.target.closest('[data-page]');
  if (turn) return trigger('click', {page: Number(turn.dataset.page), row: 0});
  const row = event.target.closest('tr')?.querySelector('[data-row]');
  if (!row) return;
  trigger('click', {row: Number(row.dataset.row), page: -1});
  const side = document.querySelector('#audit-side');
  if (innerWidth <= 900) setTimeout(() => side.scrollIntoView({behavior: 'smooth'}), 400);
});
"""


def auditing_panel(house: "House", place: Any) -> None:
    """Draws the panel and attaches its listeners; `place` is the tab itself, which tells the cost when it is opened."""
    _Panel(house).attach(place)


class _Panel:
    """The panel's components with what they do. `visitor` is a secret that this browser alone keeps."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house, self.audits = house, Audits()
        self.visitor = gr.BrowserState("", storage_key="audit-visitor", secret="engaged")  # noqa: S106 - hides nothing
        self.clock, self.page, self.row = gr.Timer(TICK), gr.State(0), gr.State(0)
        self.seen = gr.State("")
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=2, min_width=300):
                self.order = Order(house)
            with gr.Column(scale=3, min_width=300):
                self._draw_state()
        self._draw_table()

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
        self.chart = gr.HTML(elem_id="audit-chart", apply_default_css=False)
        with gr.Row(visible=False, elem_classes="acts") as self.takes:
            self.saves = [
                gr.DownloadButton(form.upper(), elem_id="audit-save" if form == "csv" else f"audit-{form}", size="sm")
                for form in FORMS
            ]

    def _draw_table(self) -> None:
        import gradio as gr

        with gr.Column(visible=False) as self.found:
            self.narrowing = Narrowing(self.house.as_of)
            with gr.Row(elem_classes="desk"):
                with gr.Column(scale=7, min_width=320):
                    self.table = gr.HTML(elem_id="audit-table", js_on_load=OPEN_ROW, apply_default_css=False)
                with gr.Column(scale=5, min_width=320, elem_classes="viewer", elem_id="audit-side"):
                    self.opened = gr.HTML(elem_id="audit-record-open", apply_default_css=False)
                    self.correcting = Correcting(self.house, "amend")

    @property
    def _state_shown(self) -> list[Any]:
        return [self.clock, self.go, self.stop, self.on, self.cancel, self.progress]

    @property
    def _result_shown(self) -> list[Any]:
        return [self.chart, self.takes, *self.saves, self.found, *self.narrowing.found, self.table, self.seen]

    def attach(self, place: Any) -> None:
        """The buttons act on the visitor's audit; the clock shows it, also on a page that was opened anew."""
        arriving(_begin, [self.progress, self.opened])
        arriving(begun, self.narrowing.fixed)
        self.order.attach(place)
        shown = [*self._state_shown, *self._result_shown]
        on(self.go.click, self._start, [self.visitor, *self.order.said], [self.visitor, *shown])
        for button, act in ((self.stop, self._pause), (self.on, self._resume), (self.cancel, self._cancel)):
            on(button.click, act, [self.visitor], shown, queue=False)
        on(self.clock.tick, self._look, [self.visitor, self.seen], shown, queue=False)
        self._attach_table()

    def _attach_table(self) -> None:
        import gradio as gr

        narrowed = self.narrowing.all
        for choice in narrowed:
            listed = [self.page, self.table]
            on(choice.input, self._listed, [self.visitor, *narrowed], listed, trigger_mode="always_last")

        def chosen(where: gr.EventData, visitor: str, page: int, row: int, *typed: str) -> list[Any]:
            return self._chosen(visitor, page, row, typed, where)

        at = [self.visitor, self.page, self.row, *narrowed]
        on(self.table.click, chosen, at, [self.page, self.row, self.table, self.opened, *self.correcting.shown])
        for amended in self.correcting.attach(self.opened):
            on(amended.then, self._amended, at, [self.table, self.chart, *self.saves])

    def _start(self, visitor: str, what: str, file: str | None, record: bool) -> list[Any]:
        import gradio as gr

        if what == A_FILE and file is None:
            gr.Info(said("auditing.no_file"))
            return [gr.skip()] * (1 + STATE + RESULT)
        visitor = visitor or secrets.token_urlsafe(24)
        source = Path(file) if what == A_FILE and file else None
        run = self.audits.start(self.house.viewer, visitor, Run(self.house, source, record))
        return [visitor, *self._state(run), *self._result(None)]

    def _mine(self, visitor: str) -> Run | None:
        """The audit of whoever looks, in their browser."""
        return self.audits.of(self.house.viewer, visitor)

    def _pause(self, visitor: str) -> list[Any]:
        run = self._mine(visitor)
        if run:
            run.pause()
        return [*self._state(run), *self._unchanged()]

    def _resume(self, visitor: str) -> list[Any]:
        run = self._mine(visitor)
        if run:
            run.start()
        return [*self._state(run), *self._unchanged()]

    def _cancel(self, visitor: str) -> list[Any]:
        self.audits.cancel(self.house.viewer, visitor)
        return [*self._state(None), *self._result(None)]

    def _look(self, visitor: str, seen: str) -> list[Any]:
        """The state; the result only when this page has not drawn it yet."""
        run = self._mine(visitor)
        state = self._state(run)
        now = f"{run.folder}{run.state}" if run else ""
        if now == seen or run is None:
            return [*state, *self._unchanged()]
        return [*state, *self._result(run if run.state is not State.RUNNING else None)[:-1], now]

    def _state(self, run: Run | None) -> list[Any]:
        import gradio as gr

        state = run.look() if run else None
        running = state is State.RUNNING
        able = (not running, running, state in (State.PAUSED, State.FAILED), running or state is State.PAUSED)
        pace = gr.Timer(TICK if running else CALM)  # never off: an answer that comes late must not stop the clock
        return [pace, *(gr.update(interactive=can) for can in able), progress(run)]

    def _unchanged(self) -> list[Any]:
        import gradio as gr

        return [gr.skip()] * RESULT

    def _result(self, run: Run | None) -> list[Any]:
        """Chart, downloads, filters, table; hidden without a result."""
        import gradio as gr

        outcome = run.outcome if run else None
        if run is None or outcome is None:
            hidden = gr.update(visible=False)
            return ["", hidden, *[gr.skip()] * 3, hidden, *[gr.skip()] * 3, "", ""]
        return [
            bars(outcome.counts()),
            gr.update(visible=True),
            *self._files(run),
            gr.update(visible=True),
            *self.narrowing.offered(outcome),
            self._table(run, Wish(), 0, 0),
            "",
        ]

    def _files(self, run: Run) -> list[Any]:
        import gradio as gr

        paths = [run.taken(form) for form in FORMS]
        return [
            gr.DownloadButton(value=str(path) if path else None, visible=bool(path), interactive=True) for path in paths
        ]

    def _listed(self, visitor: str, *typed: str) -> list[Any]:
        run = self._mine(visitor)
        return [0, self._table(run, self.narrowing.wish(*typed), 0, 0) if run else ""]

    def _chosen(self, visitor: str, page: int, row: int, typed: Sequence[str], where: Any) -> list[Any]:
        """Another page of the table, or one row opened."""
        import gradio as gr

        run = self._mine(visitor)
        if run is None or run.outcome is None:
            return [gr.skip()] * 8
        wish = self.narrowing.wish(*typed)
        if where.page >= 0:
            return [where.page, row, self._table(run, wish, where.page, row), *[gr.skip()] * 5]
        chosen = run.outcome.row(where.row)
        table = self._table(run, wish, page, where.row)
        return [page, where.row, table, *(self._record(chosen) if chosen else [gr.skip()] * 5)]

    def _record(self, row: Row) -> list[Any]:
        """The record with what corrects it; what is known of a row that is not in the store."""
        if row.about.id and self.house.store.activity(row.about.id) is not None:
            return [opened_record(self.house, row.about.id), *self.correcting.opened(row.about.id)]
        return [unstored(row), *self.correcting.opened("")]

    def _amended(self, visitor: str, page: int, number: int, *typed: str) -> Iterator[list[Any]]:
        """The row as a person's word has it now; then the files."""
        import gradio as gr

        run = self._mine(visitor)
        row = run.outcome.row(number) if run and run.outcome else None
        if run is None or run.outcome is None or row is None:
            yield [gr.skip()] * 5
            return
        label = self.house.judged([row.about.id]).get(row.about.id)
        if label is not None:
            run.outcome.put(number, label.verdict)
        waits = [gr.DownloadButton(interactive=False)] * len(FORMS)  # the files still say what was said before
        yield [self._table(run, self.narrowing.wish(*typed), page, number), bars(run.outcome.counts()), *waits]
        run.write()
        yield [gr.skip(), gr.skip(), *self._files(run)]

    def _table(self, run: Run, wish: Wish, page: int, opened: int) -> str:
        if run.outcome is None:
            return ""
        rows = run.outcome.pick(wish, PAGE, page * PAGE)
        return rows_table(rows, run.outcome.count(wish), run.outcome.total, page, opened)


def _begin() -> list[str]:
    """What stands there before anything is audited, in the language of whoever looks."""
    return [intro(), hint(said("auditing.none_title"), said("auditing.none"))]
