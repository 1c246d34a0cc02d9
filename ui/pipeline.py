"""The Pipeline tab: charts over one selection, beside them the records behind the mark that is open."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.reading.periods import pieces_of
from crm.errors import BadSetting
from crm.insight.charts import Chart, Mark
from crm.insight.frame import About
from crm.insight.selection import Selection
from crm.nouns import Period
from crm.quoting import harmless
from house.board import HEADS, Rows
from ui.charts import ACTIONS, called, cards, titled, told
from ui.show import hint, words, written
from ui.tongue import day, figure, heard, label, said
from ui.wire import arriving, on, run_js

if TYPE_CHECKING:
    from house import House

ANY = ""
PERIODS = ("this_quarter", "last_quarter", "this_year", "last_year", "last_12_months")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
CHOICES = ("rep", "region", "product")
DRAWN = 200  # rows that the pane draws; the file has them all
SHOWN: dict[About, dict[str, tuple[int, ...]]] = {
    About.DEALS: {"deal": (0, 1), "amount": (3, 4), "stage": (2, 8), "owner": (6, 5), "created": (7,)},
    About.ACCOUNTS: {"account": (0, 1), "region": (2,), "owner": (3,), "employees": (4,)},
}
"""What the pane shows of HEADS, by the numbers of its columns; those after the first stand small below it."""
TICK = 4  # seconds between two looks whether records came in
SHOW_ROWS = """() => {
  if (innerWidth <= 900) document.querySelector('#behind')?.scrollIntoView({behavior: 'smooth'});
}"""


def pipeline_tab(house: "House", place: Any) -> None:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which draws when it is opened."""
    import gradio as gr

    charts, seen, clock = gr.State(()), gr.State(()), gr.Timer(TICK)
    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=7, min_width=320, elem_classes="viewer"):
            with gr.Row(elem_classes="filters"):
                rep, region, product = (
                    gr.Dropdown(
                        [ANY], value=ANY, label=label(f"pipeline.{name}"), elem_id=f"pipe-{name}", min_width=110
                    )
                    for name in CHOICES
                )
                period = gr.Dropdown(
                    [ANY],
                    value=ANY,
                    label=label("pipeline.period"),
                    allow_custom_value=True,
                    elem_id="pipe-period",
                    min_width=110,
                )
            drawn = gr.HTML(elem_id="charts", js_on_load=ACTIONS, apply_default_css=False)
        with gr.Column(scale=5, min_width=320, elem_classes="viewer"):
            behind = gr.HTML(elem_id="behind", apply_default_css=False)
            save = gr.DownloadButton(label("pipeline.save"), visible=False, elem_id="behind-save", size="sm")

    def draw(*typed: str) -> Iterator[list[Any]]:
        yield [_counting(), *[gr.skip()] * 4]
        drawn_at = house.revision()
        chosen = selection(house.as_of(), *typed)
        if first := house.first_charts(chosen):
            yield [_counting() + cards(first), first, *[gr.skip()] * 3]
        found = house.charts(chosen)
        yield [
            cards(found) if found else _no_deals(),
            found,
            nothing_open(),
            gr.DownloadButton(visible=False),
            drawn_at,
        ]

    def again(drawn_at: tuple[int, ...], *typed: str) -> Iterator[list[Any]]:
        """Draws anew what was drawn before records came in."""
        if drawn_at and drawn_at != house.revision():
            yield from draw(*typed)
        else:
            yield [gr.skip()] * 5

    def offered(*typed: str) -> list[Any]:
        can = house.selectable()
        lists = zip(CHOICES, (can.reps, can.regions, can.products), typed[:3], strict=True)
        return [gr.Dropdown(choices=[_any(what), *((n, n) for n in names)], value=v) for what, names, v in lists]

    def begin() -> list[Any]:
        times = [_any("time"), *((told, told) for told in (said(f"pipeline.{name}") for name in PERIODS))]
        every = [gr.Dropdown(choices=[_any(name)], value=ANY) for name in CHOICES]
        return [*every, gr.Dropdown(choices=times, value=ANY), _counting(), nothing_open()]

    def open_mark(shown: Sequence[Chart], where: gr.EventData) -> list[Any]:
        chart = next((c for c in shown if c.key == where.chart), None)
        mark = chart.mark(where.mark) if chart else None
        if chart is None or mark is None:
            return [nothing_open(), gr.DownloadButton(visible=False)]
        rows = house.records_behind(chart.about, mark.ids)
        path = rows_file(HEADS[chart.about], rows)
        return [rows_card(chart, mark, rows), gr.DownloadButton(value=str(path), visible=bool(rows))]

    arriving(begin, [rep, region, product, period, drawn, behind])
    wanted, shown = [rep, region, product, period], [drawn, charts, behind, save, seen]
    on(place.select, offered, wanted, wanted[:3])
    on(place.select, draw, wanted, shown)
    on(clock.tick, again, [seen, *wanted], shown)
    for choice in wanted:
        on(choice.input, draw, wanted, shown, trigger_mode="always_last")
    opened = on(drawn.click, open_mark, [charts], [behind, save])
    run_js(opened.then, SHOW_ROWS)


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


def period_of(typed: str | None, as_of: date | None) -> Period | None:
    """A period in words, in any of the languages that questions are read in; None means any time."""
    if not typed or as_of is None:
        return None
    pieces = pieces_of(typed, as_of) or pieces_of(f"in {typed}", as_of)
    if not pieces:
        raise BadSetting(said("pipeline.no_period", typed=typed))
    return pieces[0][2]


def rows_card(chart: Chart, mark: Mark, rows: Rows) -> str:
    """The records behind a mark as a table."""
    columns = SHOWN[chart.about]
    head = "".join(f'<th scope="col">{written(f"pipeline.{name}")}</th>' for name in columns)
    body = "".join(f"<tr>{_cells(columns.values(), row)}</tr>" for row in rows[:DRAWN])
    reasons = "".join(f"<li>{words(heard(reason))}</li>" for reason in mark.because)
    count = written("pipeline.records", n=len(rows))
    more = written("pipeline.first", n=DRAWN) if len(rows) > DRAWN else ""
    return (
        f'<section class="behind"><p class="kicker">{words(titled(chart))}</p>'
        f"<h2>{words(called(mark))} <small>{words(told(chart, mark))}</small></h2>"
        f'{f"<ul>{reasons}</ul>" if reasons else ""}<p class="count" role="status">{count}{more}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{written("pipeline.table")}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
    )


def _cells(columns: Iterable[tuple[int, ...]], row: Sequence[str]) -> str:
    """Each column's cells: the first large, the others small below it."""
    found = []
    for places in columns:
        large, *small = (_read(row[n]) for n in places)
        below = " · ".join(s for s in small if s)
        found.append(f"<td>{large}<small>{below}</small></td>" if below else f"<td>{large}</td>")
    return "".join(found)


def _read(cell: str) -> str:
    """A cell as one reads it: 49000 as 49,000, 2026-03-07 as 7 Mar 2026."""
    if ISO.fullmatch(cell):
        return day(date.fromisoformat(cell))
    return figure(int(cell)) if cell.isdigit() else words(cell)


def rows_file(heads: Sequence[str], rows: Rows) -> Path:
    """All the rows as CSV that no spreadsheet runs, in a folder of its own."""
    path = Path(tempfile.mkdtemp(prefix="rows-")) / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([harmless(cell) for cell in row] for row in rows)
    return path
