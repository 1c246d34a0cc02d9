"""Charts as drawings of SVG, one for each shape: every mark can be opened by pointer and key."""

from collections.abc import Callable

from crm.insight.pipeline.charts import Chart, Mark, Shape
from ui.marks import called, titled, told
from ui.show import share, words
from ui.tongue import decimal, figure, heard, said

WIDTH = 400  # of a drawing, in its own units, about its pixels beside another
ROW, SHOWN = 26, 12  # height of a bar's row; rows that a card draws, the rest is in its data
NAMES, FIGURES = 140, 78  # room for the names on the left, for the figures on the right
LETTERS = 22  # that fit into a name's room
LISTED, LIST_ROW = 8, 46
HIGH = 150  # of a drawing with an axis of time


def drawn(chart: Chart) -> str:
    """The chart as SVG; each mark with records behind it opens them."""
    return _DRAWN[chart.shape](chart)


def _svg(chart: Chart, height: float, inside: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-label="{words(titled(chart))}">{inside}</svg>'


def _mark(chart: Chart, number: int, inside: str, kind: str = "") -> str:
    """A group that opens its rows; a mark without records is only seen."""
    mark = chart.marks[number]
    bounds = ""
    if mark.low is not None and mark.high is not None:
        bounds = said("charts.bounds", low=decimal(mark.low, 2), high=decimal(mark.high, 2))
    name = words(f"{called(mark)}: {told(chart, mark)}{bounds}{'; '.join(('', *map(heard, mark.because)))}")
    if not mark.ids:
        return f'<g class="{kind}" role="img" aria-label="{name}"><title>{name}</title>{inside}</g>'
    return (
        f'<g class="mark {kind}" role="button" tabindex="0" data-mark="{number}" aria-label="{name}">'
        f"<title>{name}</title>{inside}</g>"
    )


def _bars(chart: Chart) -> str:
    """Names, bars from nothing, figures. Each unit has its own scale: currencies cannot be compared."""
    rows = []
    for n, mark in enumerate(chart.marks[:SHOWN]):
        y, length = n * ROW, (WIDTH - NAMES - FIGURES) * _part(chart, mark)
        rows.append(
            _mark(
                chart,
                n,
                f'<rect class="hit" x="0" y="{y}" width="{WIDTH}" height="{ROW}"/>'
                f'<text x="{NAMES - 8}" y="{y + 17}" text-anchor="end">{_short(called(mark))}</text>'
                f'<rect class="bar" x="{NAMES}" y="{y + 5}" width="{max(length, 2):.1f}" height="{ROW - 10}" rx="3"/>'
                f'<text class="figure" x="{NAMES + length + 6:.1f}" y="{y + 17}">{words(_brief(chart, mark))}</text>',
            )
        )
    return _svg(chart, ROW * len(rows), "".join(rows))


def _funnel(chart: Chart) -> str:
    """Steps centred one below the other, each with its share of the one before."""
    rows, most, before = [], max((m.value or 0) for m in chart.marks) or 1, 0.0
    for n, mark in enumerate(chart.marks):
        value = mark.value or 0.0
        y, length = n * 40, (WIDTH - NAMES - FIGURES) * value / most
        of = said("charts.of_these", share=share(value / before)) if before else said("charts.accounts")
        x = NAMES + (WIDTH - NAMES - FIGURES - length) / 2
        rows.append(
            _mark(
                chart,
                n,
                f'<rect class="hit" x="0" y="{y}" width="{WIDTH}" height="40"/>'
                f'<text x="{NAMES - 8}" y="{y + 24}" text-anchor="end">{words(called(mark))}</text>'
                f'<rect class="bar" x="{x:.1f}" y="{y + 6}" width="{max(length, 2):.1f}" height="28" rx="3"/>'
                f'<text class="figure" x="{WIDTH - FIGURES + 8}" y="{y + 18}">{figure(round(value))}</text>'
                f'<text class="soft" x="{WIDTH - FIGURES + 8}" y="{y + 32}">{of}</text>',
            )
        )
        before = value
    return _svg(chart, 40 * len(rows), "".join(rows))


def _trend(chart: Chart) -> str:
    """A share over time, from 0 to 100 %; what stands on few records is drawn small."""
    step = (WIDTH - 60) / max(1, len(chart.marks) - 1)
    most = max(len(m.ids) for m in chart.marks)
    points = [(34 + n * step, 14 + (HIGH - 28) * (1 - (m.value or 0))) for n, m in enumerate(chart.marks)]
    lines = "".join(
        f'<line x1="30" x2="{WIDTH}" y1="{14 + (HIGH - 28) * (1 - at)}" y2="{14 + (HIGH - 28) * (1 - at)}"/>'
        f'<text class="soft" x="0" y="{18 + (HIGH - 28) * (1 - at)}">{share(at)}</text>'
        for at in (0, 0.5, 1)
    )
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    wide = min(step, 60)
    dots = "".join(
        _mark(
            chart,
            n,
            f'<rect class="hit" x="{x - wide / 2:.1f}" y="0" width="{wide:.1f}" height="{HIGH + 20}"/>'
            f'<circle class="bar" cx="{x:.1f}" cy="{y:.1f}" r="{4 + 4 * len(chart.marks[n].ids) / most:.1f}"/>'
            f'<text class="figure" x="{x:.1f}" y="{y - 12:.1f}" text-anchor="middle">'
            f"{told(chart, chart.marks[n])}</text>"
            f'<text class="soft" x="{x:.1f}" y="{HIGH + 8}" text-anchor="middle">{_quarter(chart, n)}</text>',
        )
        for n, (x, y) in enumerate(points)
    )
    return _svg(chart, HIGH + 18, f'{lines}<polyline points="{path}"/>{dots}')


def _forecast(chart: Chart) -> str:
    """Quarters as columns, the coming one with its interval."""
    tall = max(max(m.value or 0, m.high or 0) for m in chart.marks) or 1
    step = (WIDTH - 10) / len(chart.marks)
    columns = []
    for n, mark in enumerate(chart.marks):
        x, top = 5 + n * step, 18 + (HIGH - 18) * (1 - (mark.value or 0) / tall)
        middle, wide = x + step / 2, min(46.0, step * 0.62)
        inside = (
            f'<rect class="hit" x="{x:.1f}" y="0" width="{step:.1f}" height="{HIGH + 20}"/>'
            f'<rect class="bar" x="{middle - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" '
            f'height="{max(2.0, HIGH - top):.1f}" rx="3"/>'
        )
        shown = top
        if mark.low is not None and mark.high is not None:
            low, high = (18 + (HIGH - 18) * (1 - bound / tall) for bound in (mark.low, mark.high))
            inside += (
                f'<path class="whisker" d="M{middle - 8:.1f} {high:.1f}h16M{middle:.1f} {high:.1f}V{low:.1f}'
                f'M{middle - 8:.1f} {low:.1f}h16"/>'
            )
            shown = high
        inside += (
            f'<text class="figure" x="{middle:.1f}" y="{shown - 6:.1f}" text-anchor="middle">'
            f"{_compact(mark.value or 0)}</text>"
            f'<text class="soft" x="{middle:.1f}" y="{HIGH + 14}" text-anchor="middle">{_quarter(chart, n)}</text>'
        )
        columns.append(_mark(chart, n, inside, "coming" if mark.high is not None else ""))
    axis = f'<line x1="0" x2="{WIDTH}" y1="{HIGH}" y2="{HIGH}"/>'
    return _svg(chart, HIGH + 22, axis + "".join(columns))


def _list(chart: Chart) -> str:
    """Names with their reasons below."""
    rows = "".join(
        _mark(
            chart,
            n,
            f'<rect class="hit" x="0" y="{n * LIST_ROW}" width="{WIDTH}" height="{LIST_ROW}"/>'
            f'<text class="figure" x="2" y="{n * LIST_ROW + 18}">{_short(mark.name, 40)}</text>'
            f'<text class="figure" x="{WIDTH - 2}" y="{n * LIST_ROW + 18}" text-anchor="end">'
            f"{words(told(chart, mark))}</text>"
            f'<text class="soft" x="2" y="{n * LIST_ROW + 35}">{_short("; ".join(map(heard, mark.because)), 68)}</text>'
            f'<line x1="0" x2="{WIDTH}" y1="{(n + 1) * LIST_ROW - 1}" y2="{(n + 1) * LIST_ROW - 1}"/>',
        )
        for n, mark in enumerate(chart.marks[:LISTED])
    )
    return _svg(chart, LIST_ROW * min(LISTED, len(chart.marks)), rows)


def _grid(chart: Chart) -> str:
    """A heat map below the diagonal: how deep the colour, how strong; pale where it could be chance."""
    names, left, top = chart.axes, 104, 8
    side = (WIDTH - left) / max(1, len(names) - 1)
    high = 30
    cells = "".join(
        _mark(
            chart,
            n,
            f'<rect class="cell" x="{left + m.at[1] * side:.1f}" y="{top + (m.at[0] - 1) * high}" '
            f'width="{side - 2:.1f}" height="{high - 2}" rx="3" fill-opacity="{_depth(m):.2f}"/>'
            f'<text class="figure" x="{left + m.at[1] * side + side / 2 - 1:.1f}" '
            f'y="{top + (m.at[0] - 1) * high + 18}" text-anchor="middle">{told(chart, m)}</text>',
            f"{'plus' if (m.value or 0) >= 0 else 'minus'} {'chance' if m.because else ''}",
        )
        for n, m in enumerate(chart.marks)
    )
    rows = "".join(
        f'<text x="{left - 8}" y="{top + n * high + 18}" text-anchor="end">{words(heard(name))}</text>'
        for n, name in enumerate(names[1:])
    )
    foot = top + (len(names) - 1) * high
    below = "".join(
        f'<text class="soft" x="{left + n * side + side / 2:.1f}" y="{foot + 10}" text-anchor="end" '
        f'transform="rotate(-32 {left + n * side + side / 2:.1f} {foot + 10})">{words(heard(name))}</text>'
        for n, name in enumerate(names[:-1])
    )
    return _svg(chart, foot + 58, cells + rows + below)


_DRAWN: dict[Shape, Callable[[Chart], str]] = {
    Shape.BARS: _bars,
    Shape.TREND: _trend,
    Shape.FUNNEL: _funnel,
    Shape.FORECAST: _forecast,
    Shape.LIST: _list,
    Shape.GRID: _grid,
}


def _part(chart: Chart, mark: Mark) -> float:
    most = max(m.value or 0 for m in chart.marks if m.unit == mark.unit)
    return (mark.value or 0) / most if most else 0.0


def _depth(mark: Mark) -> float:
    return 0.08 + 0.5 * abs(mark.value or 0)


def _brief(chart: Chart, mark: Mark) -> str:
    value = mark.value or 0
    if chart.rate:
        return share(value)
    return f"{_compact(value)} {mark.unit}".strip() if value >= 10_000 else told(chart, mark)


def _compact(value: float) -> str:
    """641000 as 641k, 2137500 as 2.14M."""
    if value >= 1_000_000:
        return f"{decimal(value / 1_000_000, 2)}M"
    return f"{figure(round(value / 1_000))}k" if value >= 10_000 else figure(round(value))


def _quarter(chart: Chart, number: int) -> str:
    """2026-Q3 as Q3, with its year where a year begins."""
    year, _, quarter = chart.marks[number].name.split(" ")[0].partition("-")
    first = number == 0 or not chart.marks[number - 1].name.startswith(year)
    return words(f"{quarter} {year}" if first else quarter)


def _short(text: str, letters: int = LETTERS) -> str:
    return words(text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…")
