"""Measured figures as HTML: tables, a confusion matrix, curves, each with the command that measures it anew."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from crm.engagement.drift import FEWEST, Drift
from crm.measured_figures import Cell, Section
from crm.prices import money
from crm.records.data_quality import Untidy
from crm.records.model_calls import Used
from house.quality import Timed
from ui.show import hint, share, words, written
from ui.tongue import as_written, day, decimal, entries, figure, heard, named, said

WIDE = frozenset(("verdicts", "rules"))  # tables that need the whole width
CURVES = {"reliability": 2, "coverage": 0}  # by section: the column along the bottom
USED_SHOWN = 100  # rows of the table of costs
GLOSSARY = "glossary."
NO_REASONS: Mapping[str, str] = MappingProxyType({})
SIDE, LEFT = 220, 34  # height of a curve's square, room for its scale


def section_card(section: Section, reasons: Mapping[str, str] = NO_REASONS) -> str:
    """One section: drawn where it is a curve or a matrix, and as a table; `reasons` tell what a rule's name means."""
    drawn = _curve(section, CURVES[section.key]) if section.key in CURVES else ""
    table = _matrix(section) if section.key == "confusion" else _table(section.head, section.rows, reasons)
    if drawn:
        table = f"<details><summary>{written('measures.as_table')}</summary>{table}</details>"
    return _card(
        named("measured", section.title), heard(section.said), drawn + table, section.command, section.key in WIDE
    )


def stamp(sections: Sequence[Section]) -> str:
    """When and on what the figures were measured."""
    if not sections:
        return hint(said("measures.none_title"), said("measures.none"))
    days = sorted({s.at for s in sections})
    first, last = days[0], days[-1]
    when = said("measures.on_day", day=first) if first == last else said("measures.between", first=first, last=last)
    versions = ", ".join(sorted({s.version for s in sections}))
    return f'<p class="count">{written("measures.stamp", when=when, versions=versions)}</p>'


def glossary() -> str:
    """What the terms of the page mean, for people who do not measure for a living; folded away."""
    terms = "".join(f"<li>{written(key)}</li>" for key in entries("en") if key.startswith(GLOSSARY))
    return f'<details class="glossary"><summary>{written("measures.words")}</summary><ul>{terms}</ul></details>'


def tidiness_card(found: Sequence[Untidy]) -> str:
    """What the store lacks, counted now."""
    rows = [(named("fault", u.fault), named("untidy", u.what), u.found, share(u.share)) for u in found if u.found]
    clean = ", ".join(named("untidy", u.what) for u in found if not u.found)
    told = " ".join((said("measures.counted"), *([said("measures.clean", what=clean)] if clean else [])))
    table = _table(("", *_heads("records", "how_many", "share")), rows)
    return _card(said("measures.tidiness"), told, table, "python app.py doctor", True)


def drift_card(drift: Drift) -> str:
    """Whether today's activities still look like those that were learned from."""
    end = heard(drift.to_text().splitlines()[-1])
    if drift.rows < FEWEST:
        return _card(said("measures.drift"), end, "", "python app.py drift")
    state = {True: said("measures.changed"), False: said("measures.same")}
    rows = [(heard(m.name), state[m.beyond], m.value, m.bound, heard(m.told)) for m in drift.measures]
    table = _table(("", "", *_heads("value", "bound", "what_it_is")), rows)
    told = f"{said('measures.drifted', n=drift.rows)} {end}"
    return _card(said("measures.drift"), told, table, "python app.py drift", True)


def latency_card(timed: Sequence[Timed]) -> str:
    """How long a search and an answer take here."""
    rows = [(named("timed", t.what), f"{figure(round(t.p50))} ms", f"{figure(round(t.p95))} ms") for t in timed]
    table = _table(("", *_heads("half", "nearly_all")), rows)
    return _card(said("measures.latency"), said("measures.timed"), table, "make bench")


def cost_card(used: Sequence[Used]) -> str:
    """What was asked of chat models, by day, model and task, with what it cost; the newest day first."""
    if not used:
        return _card(said("measures.cost"), said("measures.never_asked"), "", "")
    heads = _heads("day", "model", "task", "calls", "tokens_in", "tokens_out", "dollars", "failed")
    rows = [
        (day(u.day), u.model, u.task, u.calls, u.tokens_in, u.tokens_out, money(u.dollars), u.failed)
        for u in used[:USED_SHOWN]
    ]
    calls, dollars = sum(u.calls for u in used), money(sum(u.dollars for u in used))
    told = said("measures.spent", n=calls, dollars=dollars, failed=sum(u.failed for u in used))
    return _card(said("measures.cost"), told, _table(heads, rows), "", True)


def _heads(*names: str) -> list[str]:
    return [said(f"measures.{name}") for name in names]


def _card(title: str, told: str, inside: str, command: str, wide: bool = False) -> str:
    shown = f'<p class="command"><code>{words(command)}</code></p>' if command else ""
    return (
        f'<section class="measure{" wide" if wide else ""}"><h3>{words(title)}</h3><p class="said">{words(told)}</p>'
        f"{inside}{shown}</section>"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[Cell]], reasons: Mapping[str, str] = NO_REASONS) -> str:
    numbers = {n for row in rows for n, cell in enumerate(row) if isinstance(cell, int | float | tuple)}
    heads = "".join(
        f'<th scope="col"{" class=n" if n in numbers else ""}>{words(heard(name))}</th>' for n, name in enumerate(head)
    )
    body = "".join(f"<tr>{''.join(_cell(cell, reasons) for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{written("measures.figures")}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: Cell, reasons: Mapping[str, str]) -> str:
    match cell:
        case None:
            return '<td class="soft">–</td>'
        case str():
            reason = f'<small class="reason">{words(heard(reasons[cell]))}</small>' if cell in reasons else ""
            return f"<td>{words(heard(cell))}{reason}</td>"
        case int():
            return f'<td class="n">{figure(cell)}</td>'
        case float():
            return f'<td class="n">{as_written(f"{cell:.3g}")}</td>'
        case (value, low, high):
            bounds = f"{decimal(low, 3)}–{decimal(high, 3)}"
            return f'<td class="n">{decimal(value, 3)} <small>{bounds}</small></td>'


def _matrix(section: Section) -> str:
    """Truth by verdict; the deeper a cell, the larger its part of the row."""
    heads = "".join(
        f'<th scope="col"{" class=n" if n else ""}>{words(heard(name))}</th>' for n, name in enumerate(section.head)
    )
    rows = []
    for at, (truth, *cells) in enumerate(section.rows):
        counts = [c for c in cells if isinstance(c, int)]
        total = sum(counts) or 1
        shown = "".join(
            f'<td class="n {"hit" if n == at else "miss"}" style="--part:{count / total:.0%}">{figure(count)}'
            f"<small>{share(count / total)}</small></td>"
            for n, count in enumerate(counts)
        )
        rows.append(f'<tr><th scope="row">{words(str(truth))}</th>{shown}</tr>')
    return (
        f'<div class="scroll"><table class="matrix"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


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
        f"<g><title>{share(at)}: {decimal(_value(cell), 3)}</title>{_whisker(x(at), cell, y)}"
        f'<circle class="bar" cx="{x(at):.1f}" cy="{y(_value(cell)):.1f}" r="4"/></g>'
        for at, cell in points
    )
    title = words(named("measured", section.title))
    return (
        f'<svg class="curve" viewBox="0 0 {x(1) + 22:.0f} {SIDE}" role="img" aria-label="{title}">'
        f'{lines}{ideal}{foot}<polyline points="{path}"/>{dots}</svg>'
    )


def _value(cell: Cell) -> float:
    return float(cell[0]) if isinstance(cell, tuple) else float(cell) if isinstance(cell, int | float) else 0.0


def _whisker(at: float, cell: Cell, y: Callable[[float], float]) -> str:
    if not isinstance(cell, tuple):
        return ""
    return f'<line class="whisker" x1="{at:.1f}" x2="{at:.1f}" y1="{y(cell[1]):.1f}" y2="{y(cell[2]):.1f}"/>'
