"""The Pipeline tab: charts over one selection, beside them the records behind the mark that is open."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from crm.insight.pipeline.charts import Chart
from crm.insight.pipeline.selection import Selection
from house.charts import HEADS
from ui.chart_rows import rows_card, rows_file
from ui.charts import ACTIONS, cards
from ui.listeners import arriving, on, run_js
from ui.periods import period_of
from ui.show import hint, written
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House

ANY = ""
PERIODS = ("this_quarter", "last_quarter", "this_year", "last_year", "last_12_months")
CHOICES = ("rep", "region", "product")
TICK = 4  # seconds between two looks whether records came in
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
                self.save = gr.DownloadButton(label("pipeline.save"), visible=False, elem_id="behind-save", size="sm")

    def attach(self, place: Any) -> None:
        """Draws when the tab is opened, when a choice is made, when records came in; opens a mark's rows."""
        arriving(_begin, [*self.choices, self.drawn, self.behind])
        shown = [self.drawn, self.charts, self.behind, self.save, self.seen]
        on(place.select, self._offered, self.choices, self.choices[: len(CHOICES)])
        on(place.select, self._draw, self.choices, shown)
        on(self.clock.tick, self._again, [self.seen, *self.choices], shown)
        for choice in self.choices:
            on(choice.input, self._draw, self.choices, shown, trigger_mode="always_last")
        opened = on(self.drawn.click, self._opener(), [self.charts], [self.behind, self.save])
        run_js(opened.then, SHOW_ROWS)

    def _draw(self, *typed: str) -> Iterator[list[Any]]:
        import gradio as gr

        yield [_counting(), *[gr.skip()] * 4]
        drawn_at = self.house.revision()
        chosen = selection(self.house.as_of(), *typed)
        if first := self.house.first_charts(chosen):
            yield [_counting() + cards(first), first, *[gr.skip()] * 3]
        found = self.house.charts(chosen)
        hidden = gr.DownloadButton(visible=False)
        yield [cards(found) if found else _no_deals(), found, nothing_open(), hidden, drawn_at]

    def _again(self, drawn_at: tuple[int, ...], *typed: str) -> Iterator[list[Any]]:
        """Draws anew what was drawn before records came in."""
        import gradio as gr

        if drawn_at and drawn_at != self.house.revision():
            yield from self._draw(*typed)
        else:
            yield [gr.skip()] * 5

    def _offered(self, *typed: str) -> list[Any]:
        import gradio as gr

        can = self.house.selectable()
        lists = zip(CHOICES, (can.reps, can.regions, can.products), typed[: len(CHOICES)], strict=True)
        return [gr.Dropdown(choices=[_any(what), *((n, n) for n in names)], value=v) for what, names, v in lists]

    def _opener(self) -> Callable[..., list[Any]]:
        """A function of its own, whose parameter Gradio knows by its type."""
        import gradio as gr

        def open_mark(shown: Sequence[Chart], where: gr.EventData) -> list[Any]:
            return self._opened(next((c for c in shown if c.key == where.chart), None), where.mark)

        return open_mark

    def _opened(self, chart: Chart | None, number: int) -> list[Any]:
        import gradio as gr

        mark = chart.mark(number) if chart else None
        if chart is None or mark is None:
            return [nothing_open(), gr.DownloadButton(visible=False)]
        rows = self.house.records_behind(chart.about, mark.ids)
        path = rows_file(HEADS[chart.about], rows)
        return [rows_card(chart, mark, rows), gr.DownloadButton(value=str(path), visible=bool(rows))]


def _choice(name: str, **more: Any) -> Any:
    import gradio as gr

    told = label(f"pipeline.{name}")
    return gr.Dropdown([ANY], value=ANY, label=told, elem_id=f"pipe-{name}", min_width=110, **more)


def _begin() -> list[Any]:
    """What depends on the language of whoever looks."""
    import gradio as gr

    times = [_any("time"), *((told, told) for told in (said(f"pipeline.{name}") for name in PERIODS))]
    every = [gr.Dropdown(choices=[_any(name)], value=ANY) for name in CHOICES]
    return [*every, gr.Dropdown(choices=times, value=ANY), _counting(), nothing_open()]


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
