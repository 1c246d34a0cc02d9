"""What an audit found: its counts, its files to take, its rows to narrow, open and correct in."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.engagement.audit_rows import FORMS, Row, Wish
from ui.audit_filters import Narrowing, begun
from ui.audit_html import PAGE, rows_table, unstored
from ui.audits import Run
from ui.correcting import Correcting
from ui.listeners import arriving, on
from ui.show import bars, hint
from ui.sources_pane import opened_record, still_there
from ui.taking import Taking
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House

Drawn = dict[Any, Any]
"""Components with what they show now, as Gradio takes it; the others stay as they are."""
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


class Result:
    """The components that show a run's outcome. Each of the two `draw` methods draws where it is called."""

    def __init__(self, house: "House", mine: Callable[[str], Run | None]) -> None:
        import gradio as gr

        self.house, self._mine = house, mine
        self.page, self.row = gr.State(0), gr.State(0)

    def draw_counts(self) -> None:
        """The chart, and the files below it."""
        import gradio as gr

        self.chart = gr.HTML(elem_id="audit-chart", apply_default_css=False)
        with gr.Column(visible=False) as self.takes:
            self.taking = Taking("audit", FORMS)
            gr.Markdown(label("auditing.columns"), elem_classes="hint")

    def draw_rows(self) -> None:
        """The table, with what narrows it above and the open record beside it."""
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
    def components(self) -> list[Any]:
        """All that `drawn` may fill."""
        return [self.chart, self.takes, self.found, *self.narrowing.all, self.page, self.table]

    def drawn(self, run: Run | None) -> Drawn:
        """Chart, downloads, filters, table; hidden without a result."""
        import gradio as gr

        outcome = run.outcome if run else None
        if run is None or outcome is None:
            hidden = gr.update(visible=False)
            return {self.chart: "", self.takes: hidden, self.found: hidden, self.table: ""}
        return {
            self.chart: bars(outcome.counts()),
            self.takes: gr.update(visible=True),
            self.found: gr.update(visible=True),
            **self.narrowing.cleared(outcome),
            self.page: 0,
            self.table: self._table(run, Wish(), 0, 0),
        }

    def attach(self, visitor: Any, revised: Any) -> None:
        """Narrowing, turning the page, opening a row, correcting it; after `revised` the open record may be gone."""
        import gradio as gr

        arriving(lambda: hint(said("auditing.none_title"), said("auditing.none")), [self.opened])
        arriving(begun, self.narrowing.fixed)
        on(revised, partial(still_there, self.house), [self.opened], [self.opened])
        narrowed = self.narrowing.all
        for choice in narrowed:
            listed = [self.page, self.table]
            on(choice.input, self._listed, [visitor, *narrowed], listed, trigger_mode="always_last")

        def chosen(where: gr.EventData, visitor: str, page: int, row: int, *typed: str) -> Any:
            return self._chosen(visitor, page, row, typed, where)

        at = [visitor, self.page, self.row, *narrowed]
        on(self.table.click, chosen, at, [self.page, self.row, self.table, self.opened, *self.correcting.shown])
        for amended in self.correcting.attach(self.opened):
            on(amended.then, self._amended, at, [self.table, self.chart])
        self.taking.attach(self._taken, [visitor, *narrowed])

    def _taken(self, form: str, visitor: str, *typed: str) -> Path | None:
        """The rows that the table lists, as a file."""
        run = self._mine(visitor)
        return run.taken(form, self.narrowing.wish(*typed)) if run else None

    def _listed(self, visitor: str, *typed: str) -> Drawn:
        run = self._mine(visitor)
        return {self.page: 0, self.table: self._table(run, self.narrowing.wish(*typed), 0, 0) if run else ""}

    def _chosen(self, visitor: str, page: int, row: int, typed: Sequence[str], where: Any) -> Any:
        """Another page of the table, or one row opened."""
        import gradio as gr

        run = self._mine(visitor)
        if run is None or run.outcome is None:
            return gr.skip()
        wish = self.narrowing.wish(*typed)
        if where.page >= 0:
            return {self.page: where.page, self.table: self._table(run, wish, where.page, row)}
        chosen = run.outcome.row(where.row)
        drawn = {self.row: where.row, self.table: self._table(run, wish, page, where.row)}
        return {**drawn, **(self._record(chosen) if chosen else {})}

    def _record(self, row: Row) -> Drawn:
        """The record with what corrects it; what is known of a row that is not in the store."""
        found = self.house.store.activity(row.about.id) if row.about.id else None
        stored = found is not None and row.is_of(found)
        card = opened_record(self.house, row.about.id) if stored else unstored(row)
        correcting = self.correcting.opened(row.about.id if stored else "")
        return {self.opened: card, **dict(zip(self.correcting.shown, correcting, strict=True))}

    def _amended(self, visitor: str, page: int, number: int, *typed: str) -> Any:
        """The row as a person's word has it now."""
        import gradio as gr

        run = self._mine(visitor)
        row = run.outcome.row(number) if run and run.outcome else None
        if run is None or run.outcome is None or row is None:
            return gr.skip()
        label = self.house.judged([row.about.id]).get(row.about.id)
        if label is not None:
            run.outcome.put(number, label.verdict)
        table = self._table(run, self.narrowing.wish(*typed), page, number)
        return {self.table: table, self.chart: bars(run.outcome.counts())}

    def _table(self, run: Run, wish: Wish, page: int, opened: int) -> str:
        if run.outcome is None:
            return ""
        rows = run.outcome.pick(wish, PAGE, page * PAGE)
        return rows_table(rows, run.outcome.count(wish), run.outcome.total, page, opened)
