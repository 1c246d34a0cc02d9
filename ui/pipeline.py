"""The Pipeline tab: charts over one selection, beside them the records behind the mark that is open."""

import csv
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
from ui.charts import ACTIONS, cards, told
from ui.show import words
from ui.tongue import figure
from ui.wire import on, run_js

if TYPE_CHECKING:
    from house import House

ANY_REP, ANY_REGION, ANY_PRODUCT, ANY_TIME = "Any rep", "Any region", "Any product", "Any time"
PERIODS = (ANY_TIME, "this quarter", "last quarter", "this year", "last year", "last 12 months")
DRAWN = 200  # rows that the pane draws; the file has them all
SHOWN: dict[About, dict[str, tuple[int, ...]]] = {
    About.DEALS: {"Deal": (0, 1), "Amount": (3, 4), "Stage": (2, 8), "Owner": (6, 5), "Created": (7,)},
    About.ACCOUNTS: {"Account": (0, 1), "Region": (2,), "Owner": (3,), "Employees": (4,)},
}
"""What the pane shows of HEADS, by the numbers of its columns; those after the first stand small below it."""
TICK = 4  # seconds between two looks whether records came in
COUNTING = '<p class="count" role="status">Counting …</p>'
NO_DEALS = (
    '<div class="empty hint"><h3>Nothing to draw yet</h3><p>Import deals under Imports, or start with the demo: '
    "<code>python app.py demo</code>. With another selection there may be more.</p></div>"
)
NOTHING_OPEN = (
    '<div class="empty hint"><h3>The records behind a figure</h3><p>Choose a bar, a dot or a cell, by pointer or with '
    "Tab and Enter: the deals or accounts that it counts open here.</p></div>"
)
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
                rep = gr.Dropdown([ANY_REP], value=ANY_REP, label="Rep", elem_id="pipe-rep", min_width=110)
                region = gr.Dropdown(
                    [ANY_REGION], value=ANY_REGION, label="Region", elem_id="pipe-region", min_width=110
                )
                product = gr.Dropdown(
                    [ANY_PRODUCT], value=ANY_PRODUCT, label="Product", elem_id="pipe-product", min_width=110
                )
                period = gr.Dropdown(
                    list(PERIODS),
                    value=ANY_TIME,
                    label="Period, or type one",
                    allow_custom_value=True,
                    elem_id="pipe-period",
                    min_width=110,
                )
            drawn = gr.HTML(COUNTING, elem_id="charts", js_on_load=ACTIONS, apply_default_css=False)
        with gr.Column(scale=5, min_width=320, elem_classes="viewer"):
            behind = gr.HTML(NOTHING_OPEN, elem_id="behind", apply_default_css=False)
            save = gr.DownloadButton("Download these rows (CSV)", visible=False, elem_id="behind-save", size="sm")

    def draw(*typed: str) -> Iterator[list[Any]]:
        yield [COUNTING, *[gr.skip()] * 4]
        drawn_at = house.revision()
        chosen = selection(house.as_of(), *typed)
        if first := house.first_charts(chosen):
            yield [COUNTING + cards(first), first, *[gr.skip()] * 3]
        found = house.charts(chosen)
        yield [cards(found) if found else NO_DEALS, found, NOTHING_OPEN, gr.DownloadButton(visible=False), drawn_at]

    def again(drawn_at: tuple[int, ...], *typed: str) -> Iterator[list[Any]]:
        """Draws anew what was drawn before records came in."""
        if drawn_at and drawn_at != house.revision():
            yield from draw(*typed)
        else:
            yield [gr.skip()] * 5

    def offered(*typed: str) -> list[Any]:
        can = house.selectable()
        lists = ((ANY_REP, can.reps), (ANY_REGION, can.regions), (ANY_PRODUCT, can.products))
        return [gr.Dropdown(choices=[every, *names], value=typed[n]) for n, (every, names) in enumerate(lists)]

    def open_mark(shown: Sequence[Chart], where: gr.EventData) -> list[Any]:
        chart = next((c for c in shown if c.key == where.chart), None)
        mark = chart.mark(where.mark) if chart else None
        if chart is None or mark is None:
            return [NOTHING_OPEN, gr.DownloadButton(visible=False)]
        rows = house.records_behind(chart.about, mark.ids)
        path = rows_file(HEADS[chart.about], rows)
        return [rows_card(chart, mark, rows), gr.DownloadButton(value=str(path), visible=bool(rows))]

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
    return Selection(
        "" if rep == ANY_REP else rep,
        "" if region == ANY_REGION else region,
        "" if product == ANY_PRODUCT else product,
        period_of(period, as_of),
    )


def period_of(typed: str | None, as_of: date | None) -> Period | None:
    """A period in words, in any of the languages that questions are read in; None means any time."""
    if not typed or typed == ANY_TIME or as_of is None:
        return None
    pieces = pieces_of(typed, as_of) or pieces_of(f"in {typed}", as_of)
    if not pieces:
        raise BadSetting(f"“{typed}” is no period that I know. Try “this quarter”, “March 2026” or “since June”.")
    return pieces[0][2]


def rows_card(chart: Chart, mark: Mark, rows: Rows) -> str:
    """The records behind a mark as a table."""
    columns = SHOWN[chart.about]
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(f"<tr>{_cells(columns.values(), row)}</tr>" for row in rows[:DRAWN])
    reasons = "".join(f"<li>{words(reason)}</li>" for reason in mark.because)
    count = "1 record" if len(rows) == 1 else f"{figure(len(rows))} records"
    more = f"; the first {DRAWN} are shown" if len(rows) > DRAWN else ""
    return (
        f'<section class="behind"><p class="kicker">{words(chart.title)}</p>'
        f"<h2>{words(mark.name)} <small>{words(told(chart, mark))}</small></h2>"
        f'{f"<ul>{reasons}</ul>" if reasons else ""}<p class="count" role="status">{count}{more}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="Records"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
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
    """A cell as one reads it: 49000 as 49,000."""
    return f"{int(cell):,}" if cell.isdigit() else words(cell)


def rows_file(heads: Sequence[str], rows: Rows) -> Path:
    """All the rows as CSV that no spreadsheet runs, in a folder of its own."""
    path = Path(tempfile.mkdtemp(prefix="rows-")) / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([harmless(cell) for cell in row] for row in rows)
    return path
