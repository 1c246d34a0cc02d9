"""Charts as cards: what each shows in words, and how it is taken away as a picture or as data."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from crm.insight.pipeline.charts import Chart, Shape
from crm.quoting import harmless
from ui.drawings import LISTED, SHOWN, drawn
from ui.marks import titled
from ui.show import words, written
from ui.tongue import heard, heard_parts, said

ACTIONS = Path(__file__).with_name("chart.js").read_text(encoding="utf-8")


def cards(charts: Sequence[Chart]) -> str:
    """All charts, each a card."""
    return f'<div class="charts">{"".join(map(card, charts))}</div>'


def card(chart: Chart) -> str:
    """One chart with its title, what it is in words, and how to take it away."""
    title = titled(chart)
    taken = "".join(
        f'<button type="button" data-take="{form.lower()}" '
        f'aria-label="{written("charts.take", chart=title, form=form)}">{form}</button>'
        for form in ("PNG", "SVG", "CSV")
    )
    notes = "".join(f"<li>{words(note)}</li>" for note in (*_beyond(chart), *map(heard, chart.notes)))
    return (
        f'<figure class="chart {chart.shape}" data-chart="{words(chart.key)}" data-csv="{words(data(chart))}">'
        f'<figcaption><h3>{words(title)}</h3><p class="take">{taken}</p></figcaption>'
        f"{drawn(chart)}"
        f'<p class="said">{words(heard_parts(chart.said))}</p>{f"<ul>{notes}</ul>" if notes else ""}</figure>'
    )


def data(chart: Chart) -> str:
    """The chart's figures as CSV that no spreadsheet runs; not rounded."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("name", "value", "unit", "records", "low", "high", "because"))
    for m in chart.marks:
        bounds = ("" if bound is None else bound for bound in (m.low, m.high))
        value = "" if m.value is None else m.value
        writer.writerow((harmless(m.name), value, m.unit, len(m.ids), *bounds, harmless("; ".join(m.because))))
    return out.getvalue()


def _beyond(chart: Chart) -> Sequence[str]:
    most = {Shape.BARS: SHOWN, Shape.LIST: LISTED}.get(chart.shape, len(chart.marks))
    more = len(chart.marks) - most
    return [said("charts.first", most=most, total=len(chart.marks))] if more > 0 else []
