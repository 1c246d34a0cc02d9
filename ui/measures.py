"""Measured figures as HTML: tables, a confusion matrix, curves, each with the command that measures it anew."""

from collections.abc import Callable, Sequence

from crm.engagement.drift import FEWEST, Drift
from crm.measured import Cell, Section
from crm.records.tidiness import Untidy
from house.quality import Timed
from ui.show import share, words
from ui.tongue import figure

WIDE = frozenset(("verdicts", "rules"))  # tables that need the whole width
CURVES = {"reliability": 2, "coverage": 0}  # by section: the column along the bottom
SIDE, LEFT = 220, 34  # height of a curve's square, room for its scale


def section_card(section: Section) -> str:
    """One section: drawn where it is a curve or a matrix, and as a table."""
    drawn = _curve(section, CURVES[section.key]) if section.key in CURVES else ""
    table = _matrix(section) if section.key == "confusion" else _table(section.head, section.rows)
    if drawn:
        table = f"<details><summary>As a table</summary>{table}</details>"
    return _card(section.title, section.said, drawn + table, section.command, section.key in WIDE)


def stamp(sections: Sequence[Section]) -> str:
    """When and on what the figures were measured."""
    if not sections:
        return (
            '<div class="empty hint"><h3>Nothing was measured yet</h3><p>Run <code>make eval</code>: it takes minutes '
            "and writes the figures down for this page. What the store itself tells is counted below.</p></div>"
        )
    days = sorted({s.at for s in sections})
    when = f"{days[0]}" if len(days) == 1 else f"between {days[0]} and {days[-1]}"
    versions = ", ".join(sorted({s.version for s in sections}))
    return (
        f'<p class="count">Written down by <code>make eval</code> and <code>make bench</code> {when}, version '
        f"{words(versions)}: these figures take minutes and are not computed here. Brackets hold 95 % intervals.</p>"
    )


def tidiness_card(found: Sequence[Untidy]) -> str:
    """What the store lacks, counted now."""
    rows = [(u.fault.value, u.what, u.found, share(u.share)) for u in found if u.found]
    clean = ", ".join(u.what for u in found if not u.found)
    said = f"Counted in the store just now.{f' There are no {clean}.' if clean else ''}"
    return _card("Data quality", said, _table(("", "records", "how many", "share"), rows), "python app.py doctor", True)


def drift_card(drift: Drift) -> str:
    """Whether today's activities still look like those that were learned from."""
    end = drift.to_text().splitlines()[-1]
    if drift.rows < FEWEST:
        return _card("Drift", end, "", "python app.py drift")
    rows = [(m.name, "changed" if m.beyond else "ok", m.value, m.bound, m.told) for m in drift.measures]
    table = _table(("", "", "value", "bound", "what it is"), rows)
    said = f"{figure(drift.rows)} activities against what the judges learned from. {end}"
    return _card("Drift", said, table, "python app.py drift", True)


def latency_card(timed: Sequence[Timed]) -> str:
    """How long a search and an answer take here."""
    rows = [(t.what, f"{t.p50:,.0f} ms", f"{t.p95:,.0f} ms") for t in timed]
    said = "The questions that the Ask tab begins with, asked several times just now, on these data and this machine."
    return _card("Latency", said, _table(("", "half within", "19 of 20 within"), rows), "make bench")


def cost_card(replies: Sequence[tuple[str, int]]) -> str:
    """What was asked of chat models so far."""
    if not replies:
        return _card("Chat model", "No chat model was ever asked: templates write, and nothing costs.", "", "")
    said = "Replies on record. A reply that is remembered is not paid again."
    return _card("Chat model", said, _table(("model", "replies"), replies), "")


def _card(title: str, said: str, inside: str, command: str, wide: bool = False) -> str:
    shown = f'<p class="command"><code>{words(command)}</code></p>' if command else ""
    return (
        f'<section class="measure{" wide" if wide else ""}"><h3>{words(title)}</h3><p class="said">{words(said)}</p>'
        f"{inside}{shown}</section>"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    heads = "".join(f'<th scope="col">{words(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Figures"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return '<td class="soft">–</td>'
        case str():
            return f"<td>{words(cell)}</td>"
        case int():
            return f'<td class="n">{figure(cell)}</td>'
        case float():
            return f'<td class="n">{cell:.3g}</td>'
        case (value, low, high):
            return f'<td class="n">{value:.3f} <small>{low:.3f}–{high:.3f}</small></td>'


def _matrix(section: Section) -> str:
    """Truth by verdict; the deeper a cell, the larger its part of the row."""
    heads = "".join(f'<th scope="col">{words(name)}</th>' for name in section.head)
    rows = []
    for at, (truth, *cells) in enumerate(section.rows):
        counts = [c for c in cells if isinstance(c, int)]
        total = sum(counts) or 1
        shown = "".join(
            f'<td class="n" style="{_shade(n == at, count / total)}">{figure(count)}'
            f"<small>{share(count / total)}</small></td>"
            for n, count in enumerate(counts)
        )
        rows.append(f'<tr><th scope="row">{words(str(truth))}</th>{shown}</tr>')
    return (
        f'<div class="scroll"><table class="matrix"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _shade(hit: bool, part: float) -> str:
    """A right cell as deep as its part of the row; a wrong one four times that, so that it is seen at all."""
    colour, depth = ("--engaged-bg", part) if hit else ("--not-bg", min(1.0, 4 * part))
    return f"background: color-mix(in srgb, var({colour}) {depth:.0%}, transparent) !important"


def _curve(section: Section, along: int) -> str:
    """The last column against another; reliability beside the diagonal of a judge that is right as often as sure."""
    points = [(_value(row[along]), row[-1]) for row in section.rows]
    low = 0.0 if section.key == "reliability" else 0.8

    def y(value: float) -> float:
        return 10 + (SIDE - 30) * (1 - (max(value, low) - low) / (1 - low))

    def x(value: float) -> float:
        return LEFT + (SIDE + 80) * value

    scale = [low, (1 + low) / 2, 1.0]
    lines = "".join(
        f'<line x1="{LEFT}" x2="{x(1):.0f}" y1="{y(v):.1f}" y2="{y(v):.1f}"/>'
        f'<text class="soft" x="0" y="{y(v) + 4:.1f}">{share(v)}</text>'
        for v in scale
    )
    foot = "".join(
        f'<text class="soft" x="{x(v):.1f}" y="{SIDE - 4}" text-anchor="middle">{share(v)}</text>' for v in (0, 0.5, 1)
    )
    ideal = f'<line class="ideal" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}"/>' if not low else ""
    path = " ".join(f"{x(at):.1f},{y(_value(cell)):.1f}" for at, cell in points)
    dots = "".join(
        f"<g><title>{share(at)}: {_value(cell):.3f}</title>{_whisker(x(at), cell, y)}"
        f'<circle class="bar" cx="{x(at):.1f}" cy="{y(_value(cell)):.1f}" r="4"/></g>'
        for at, cell in points
    )
    return (
        f'<svg class="curve" viewBox="0 0 {x(1) + 22:.0f} {SIDE}" role="img" aria-label="{words(section.title)}">'
        f'{lines}{ideal}{foot}<polyline points="{path}"/>{dots}</svg>'
    )


def _value(cell: Cell) -> float:
    return float(cell[0]) if isinstance(cell, tuple) else float(cell) if isinstance(cell, int | float) else 0.0


def _whisker(at: float, cell: Cell, y: Callable[[float], float]) -> str:
    if not isinstance(cell, tuple):
        return ""
    return f'<line class="whisker" x1="{at:.1f}" x2="{at:.1f}" y1="{y(cell[1]):.1f}" y2="{y(cell[2]):.1f}"/>'
