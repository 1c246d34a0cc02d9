"""The records behind a chart's mark: as a table beside it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from crm.insight.frame import About
from crm.insight.pipeline.charts import Chart, Mark
from house.charts import Rows
from ui.marks import called, titled, told
from ui.show import words, written
from ui.tongue import day, figure, heard

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
DRAWN = 200  # rows that the pane draws; the file has them all
SHOWN: dict[About, dict[str, tuple[int, ...]]] = {
    About.DEALS: {
        "deal": (0, 1),
        "amount": (3, 4),
        "stage": (2, 8, 10),
        "owner": (6, 5),
        "created": (7,),
        "expected": (9,),
    },
    About.ACCOUNTS: {"account": (0, 6, 1), "region": (2,), "owner": (3,), "employees": (4,)},
}
"""What the pane shows of HEADS, by the numbers of its columns; those after the first stand small below it."""


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
