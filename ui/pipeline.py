"""The Pipeline tab: charts over one selection, beside them the records behind the mark that is open."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.insight.pipeline.charts import Chart, Mark
from crm.insight.pipeline.selection import Selection
from crm.taken_tables import taken_table
from house.charts import HEADS, NUMBERS
from ui.chart_rows import rows_card
from ui.charts import ACTIONS, cards
from ui.listeners import arriving, on, run_js
from ui.periods import ANY, offered, period_of
from ui.show import hint, written
from ui.taking import Taking
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House

CHOICES = ("rep", "region", "product")
TICK = 4  # seconds between two looks whether records came in
Place = tuple[str, int]
NOTHING: Place = ("", -1)
"""A mark by its chart's key and its number."""
SHOW_ROWS = """() => {
  if (innerWidth <= 900) document.querySelector('#behind')?.scrollIntoView({behavior: 'smooth'});
}"""


def pipeline_tab(house: "House", place: Any) -> None:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which draws when it is opened."""
    _Tab(house).attach(place)


class _Tab:
    """The tab's components with what they do."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.charts, self.seen, self.clock = gr.State(()), gr.State(()), gr.Timer(TICK)
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=7, min_width=320, elem_classes="viewer"):
                with gr.Row(elem_classes="filters"):
                    self.choices = [*(_choice(name) for name in CHOICES), _choice("period", allow_custom_value=True)]
                self.drawn = gr.HTML(elem_id="charts", js_on_load=ACTIONS, apply_default_css=False)
            with gr.Column(scale=5, min_width=320, elem_classes="viewer"):
                self.behind = gr.HTML(elem_id="behind", apply_default_css=False)
                self.open = gr.State(NOTHING)
                self.taking = Taking("behind", ("xlsx", "csv"), visible=False)

    def attach(self, place: Any) -> None:
        """Draws when the tab is opened, when a choice is made, when records came in; opens a mark's rows."""
        arriving(_begin, [*self.choices, self.drawn, self.behind])
        shown = [self.drawn, self.charts, self.behind, self.open, self.taking.row, self.seen]
        on(place.select, self._offered, self.choices, self.choices[: len(CHOICES)])
        on(place.select, self._draw, self.choices, shown)
        on(self.clock.tick, self._again, [self.seen, *self.choices], shown)
        for choice in self.choices:
            on(choice.input, self._draw, self.choices, shown, trigger_mode="always_last")
        opened = on(self.drawn.click, self._opener(), [self.charts], [self.behind, self.open, self.taking.row])
        run_js(opened.then, SHOW_ROWS)
        self.taking.attach(self._taken, [self.charts, self.open])

    def _draw(self, *typed: str) -> Iterator[list[Any]]:
        import gradio as gr

        yield [_counting(), *[gr.skip()] * 5]
        drawn_at = self.house.revision()
        chosen = selection(self.house.as_of(), *typed)
        if first := self.house.first_charts(chosen):
            yield [_counting() + cards(first), first, *[gr.skip()] * 4]
        found = self.house.charts(chosen)
        hidden = gr.Row(visible=False)
        yield [cards(found) if found else _no_deals(), found, nothing_open(), NOTHING, hidden, drawn_at]

    def _again(self, drawn_at: tuple[int, ...], *typed: str) -> Iterator[list[Any]]:
        """Draws anew what was drawn before records came in."""
        import gradio as gr

        if drawn_at and drawn_at != self.house.revision():
            yield from self._draw(*typed)
        else:
            yield [gr.skip()] * 6

    def _offered(self, *typed: str) -> list[Any]:
        import gradio as gr

        can = self.house.selectable()
        lists = zip(CHOICES, (can.reps, can.regions, can.products), typed[: len(CHOICES)], strict=True)
        return [gr.Dropdown(choices=[_any(what), *((n, n) for n in names)], value=v) for what, names, v in lists]

    def _opener(self) -> Callable[..., list[Any]]:
        """A function of its own, whose parameter Gradio knows by its type."""
        import gradio as gr

        def open_mark(shown: Sequence[Chart], where: gr.EventData) -> list[Any]:
            return self._opened(shown, (where.chart, where.mark))

        return open_mark

    def _opened(self, shown: Sequence[Chart], place: Place) -> list[Any]:
        import gradio as gr

        chart, mark = _mark(shown, place)
        if chart is None or mark is None:
            return [nothing_open(), NOTHING, gr.Row(visible=False)]
        rows = self.house.records_behind(chart.about, mark.ids)
        return [rows_card(chart, mark, rows), place, gr.Row(visible=bool(rows))]

    def _taken(self, form: str, shown: Sequence[Chart], place: Place) -> Path | None:
        """The records behind the open mark, all of them."""
        chart, mark = _mark(shown, place)
        if chart is None or mark is None:
            return None
        heads = HEADS[chart.about]
        numbers = [head in NUMBERS for head in heads]
        rows = self.house.records_behind(chart.about, mark.ids)
        typed = ([float(c) if n and c else c for n, c in zip(numbers, row, strict=True)] for row in rows)
        return taken_table(heads, typed, f"rows.{form}")


def _mark(shown: Sequence[Chart], place: Place) -> tuple[Chart | None, Mark | None]:
    """The mark at a place of the charts that are drawn, if it is still there."""
    key, number = place
    chart = next((chart for chart in shown if chart.key == key), None)
    return chart, chart.mark(number) if chart else None


def _choice(name: str, **more: Any) -> Any:
    import gradio as gr

    told = label(f"pipeline.{name}")
    return gr.Dropdown([ANY], value=ANY, label=told, elem_id=f"pipe-{name}", min_width=110, **more)


def _begin() -> list[Any]:
    """What depends on the language of whoever looks."""
    import gradio as gr

    every = [gr.Dropdown(choices=[_any(name)], value=ANY) for name in CHOICES]
    return [*every, gr.Dropdown(choices=offered(), value=ANY), _counting(), nothing_open()]


def selection(as_of: date | None, rep: str, region: str, product: str, period: str) -> Selection:
    """What the four choices mean. Raises BadSetting for a period that nobody understands."""
    return Selection(rep, region, product, period_of(period, as_of))


def nothing_open() -> str:
    """What stands in the rows' place before a mark is chosen."""
    return hint(said("pipeline.none_title"), said("pipeline.none"))


def _no_deals() -> str:
    return hint(said("pipeline.empty_title"), said("pipeline.empty"))


def _counting() -> str:
    return f'<p class="count" role="status">{written("pipeline.counting")}</p>'


def _any(what: str) -> tuple[str, str]:
    return said(f"pipeline.any_{what}"), ANY
