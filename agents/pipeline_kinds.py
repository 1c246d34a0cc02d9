"""The pipeline's standing reports: overview, top deals, deals at risk, conversion, trends, priorities, forecast.

Each section is a frame or a method said in words, with its rows; nothing here makes words of its own about them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.asked_figures import figures_reader, judge_for_figures
from agents.base import Toolbox
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.report_sections import Line, Section
from crm.engagement.health import HealthScale
from crm.engagement.overview import pulses
from crm.insight.figures.compute import compute
from crm.insight.frame import About, Column, Field, Figures, How, QueryFrame, Where
from crm.insight.frame_words import lacking, parts_of
from crm.insight.pipeline.forecast import Outlook, outlook
from crm.insight.pipeline.risk import RiskScale, Talk, at_risk, counted, sought
from crm.insight.states import CLOSED, OPEN, WON
from crm.nouns import Deal

SHOWN = 10


def kind_asked(text: str) -> str:
    """The report that the question asks for, or nothing."""
    asked = f" {' '.join(words_of(text))} "
    phrases = word_list("insight_kinds")
    return next((kind for kind, found in phrases.items() if any(f" {p} " in asked for p in found)), "")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a report is made of: the tools with the deals it is about, those with all, and what it is narrowed to."""

    tools: Toolbox
    whole: Toolbox
    only: tuple[Where, ...] = ()

    @classmethod
    def of(cls, tools: Toolbox, only: tuple[Where, ...]) -> "Desk":
        """The desk of a rep, a manager or an account, as the conditions say."""
        if not only:
            return cls(tools, tools)
        whose = {rep.name: rep.manager for rep in tools.book.reps}

        def told(deal: Deal) -> dict[Field, str]:
            manager = whose.get(deal.owner, "")
            return {Field.REP: deal.owner, Field.MANAGER: manager, Field.ACCOUNT: deal.account_name}

        deals = tuple(d for d in tools.book.deals if all(told(d).get(w.field) in w.values for w in only))
        kept = {d.account_id for d in deals}
        accounts = tuple(a for a in tools.book.accounts if a.id in kept)
        return cls(replace(tools, book=replace(tools.book, deals=deals, accounts=accounts)), tools, only)

    @property
    def said(self) -> tuple[str, ...]:
        return tuple(f"{w.field} {' or '.join(w.values)}" for w in self.only)


def report(kind: str, tools: Toolbox, only: tuple[Where, ...] = ()) -> tuple[Section, ...]:
    """The sections of a report, of some deals only where `only` says whose. Nothing where there are no such deals."""
    as_of = figures_reader(tools).as_of
    desk = Desk.of(tools, only)
    if as_of is None or not desk.tools.book.deals:
        return ()
    match kind:
        case "risk":
            return (_risk(desk, as_of),)
        case "forecast":
            return tuple(_forecasts(desk, as_of))
        case "conversion":
            return tuple(_conversion(desk))
        case "trends":
            return tuple(_trends(desk))
        case "priority":
            return (_priorities(desk, as_of),)
        case "top":
            return tuple(_top(desk))
        case _:
            return tuple(_overview(desk, as_of))


def _section(title: str, found: Figures) -> Section:
    rate = found.frame.how is How.SHARE
    unit = {Column.AGE: "days", Column.CYCLE: "days"}.get(found.frame.of, "")  # type: ignore[arg-type]
    lines = tuple(Line(f.name or "all", f.value, f.unit or unit, ours=not f.name) for f in found.rows)
    return Section(title, parts_of(found.frame), lines, len(lines), rate, lacking(found))


def _figures(desk: Desk, title: str, *frames: QueryFrame) -> Iterator[Section]:
    for frame in frames:
        found = compute(desk.tools.store, replace(frame, where=(*frame.where, *desk.only)))
        if found.rows:
            yield _section(title, found)


def _deals(
    how: How = How.COUNT, of: Column | None = None, *where: Where, group: tuple[Field, ...] = (), top: int | None = None
) -> QueryFrame:
    return QueryFrame(About.DEALS, how, of, where, group=group, top=top)


def _overview(desk: Desk, as_of: date) -> Iterator[Section]:
    aged = QueryFrame(About.DEALS, How.MEDIAN, Column.AGE, (OPEN,), group=(Field.STAGE,), as_of=as_of)
    rate = QueryFrame(About.DEALS, How.SHARE, where=(CLOSED,), are=(WON,))
    yield from _figures(desk, "Open deals by stage", _deals(How.COUNT, None, OPEN, group=(Field.STAGE,)))
    yield from _figures(desk, "Their value", _deals(How.TOTAL, Column.VALUE, OPEN, group=(Field.STAGE,)))
    yield from _figures(desk, "Their age", aged)
    yield from _figures(desk, "Win rate", rate)


def _top(desk: Desk) -> Iterator[Section]:
    """The largest open deals, each currency by itself."""
    for currency in sorted({d.currency for d in desk.tools.book.deals if d.open and d.amount is not None}):
        only = (Where(Field.CURRENCY, (currency,)),) if currency else ()
        frame = _deals(How.TOTAL, Column.VALUE, OPEN, *only, group=(Field.DEAL,), top=SHOWN)
        yield from _figures(desk, f"Largest open deals {currency}".strip(), frame)


def _conversion(desk: Desk) -> Iterator[Section]:
    for title, field in (
        ("By product", Field.PRODUCT),
        ("By rep", Field.REP),
        ("By industry of the account", Field.INDUSTRY),
    ):
        frame = QueryFrame(About.DEALS, How.SHARE, where=(CLOSED,), are=(WON,), group=(field,))
        yield from _figures(desk, title, frame)
    frame = _deals(How.MEAN, Column.CYCLE, CLOSED, group=(Field.STATE,))
    yield from _figures(desk, "Days to a decision", frame)


def _trends(desk: Desk) -> Iterator[Section]:
    won = QueryFrame(About.DEALS, How.COUNT, where=(WON,), group=(Field.INDUSTRY, Field.QUARTER))
    rate = QueryFrame(About.DEALS, How.SHARE, where=(CLOSED,), are=(WON,), group=(Field.INDUSTRY,))
    yield from _figures(desk, "Won deals by industry and quarter", won)
    yield from _figures(desk, "Win rate by industry", rate)


def _risk(desk: Desk, as_of: date) -> Section:
    tools = desk.tools
    scale = RiskScale.read(tools.playbook)
    seen = About.ACTIVITIES in figures_reader(tools).held.present
    talk = Talk(_engaged(tools, as_of) if seen else None, _silent_days(tools))
    mine = {d.id for d in tools.book.deals}
    found = [r for r in at_risk(desk.whole.book.deals, talk, scale, as_of) if r.deal.id in mine]
    lines = tuple(Line(r.deal.called, r.deal.amount, r.deal.currency, r.reasons) for r in found[:SHOWN])
    notes = [counted(len(found), sum(d.open for d in tools.book.deals))]
    notes += [] if seen else ["no activities were imported, so that nothing is said about contact"]
    return Section(
        "Deals at risk",
        (sought(talk, scale), *desk.said, f"as of {as_of}"),
        lines,
        len(found),
        notes=tuple(notes),
    )


def _priorities(desk: Desk, as_of: date) -> Section:
    """Points of the playbook: share of the largest open value, contact in the window, something won before."""
    tools = desk.tools
    scale = RiskScale.read(tools.playbook)
    engaged, points = _engaged(tools, as_of), scale.priority
    days = _silent_days(tools)
    fresh = as_of - timedelta(days=days)
    lines = []
    largest: dict[str, float] = {}
    for currency in {d.currency for d in tools.book.deals}:
        largest[currency] = max((_open_value(tools, a.id, currency) for a in tools.book.accounts), default=0.0)
    for account in tools.book.accounts:
        deals = tools.book.deals_of(account.id)
        values = {d.currency: _open_value(tools, account.id, d.currency) for d in deals if d.open}
        share = max((value / largest[c] for c, value in values.items() if largest[c]), default=0.0)
        why = [f"open value {value:.15g} {c}".strip() for c, value in values.items() if value]
        total = points.open_value * share
        if account.id in engaged and engaged[account.id] >= fresh:
            total += points.engaged_lately
            why.append(f"talked with us on {engaged[account.id]}")
        if any(d.won for d in deals):
            total += points.won_before
            why.append("bought before")
        if why:
            lines.append(Line(account.name, round(total, 1), "points", tuple(why)))
    ranked = sorted(lines, key=lambda line: (-(line.value or 0.0), line.name))
    said = f"points of accounts: open value {points.open_value}, two-way contact in {days} days "
    said += f"{points.engaged_lately}, bought before {points.won_before}"
    parts = (said, *desk.said, f"as of {as_of}")
    return Section("Accounts to put first", parts, tuple(ranked[:SHOWN]), len(ranked))


def _silent_days(tools: Toolbox) -> int:
    """After how many days the Accounts page calls an account silent: one rule for both."""
    return HealthScale.read(tools.playbook).cooling_days


def _open_value(tools: Toolbox, account_id: str, currency: str) -> float:
    deals = tools.book.deals_of(account_id)
    return sum(d.amount or 0.0 for d in deals if d.open and d.currency == currency)


def _forecasts(desk: Desk, as_of: date) -> Iterator[Section]:
    deals = desk.tools.book.deals
    for currency in sorted({d.currency for d in deals if d.won}):
        found = outlook(deals, currency, as_of)
        if found is not None:
            yield _forecast(found, desk.said)


def _forecast(found: Outlook, whose: tuple[str, ...]) -> Section:
    coming = found.next
    lines = [Line(name, value, found.currency) for name, value in found.history]
    lines += [
        Line(f"{coming.quarter} expected", coming.expected, found.currency, ours=True),
        Line(f"{coming.quarter} low", coming.low, found.currency, ours=True),
        Line(f"{coming.quarter} high", coming.high, found.currency, ours=True),
    ]
    better = "better" if found.missed_by < found.naive else "no better"
    notes = (
        f"back-test: {found.inside} of {found.held_out} held-out quarters fell into their 80 % interval",
        f"its mean error was {found.missed_by:.0f}, {better} than the {found.naive:.0f} of saying as last quarter",
        "it tells nothing about single deals: whether one will be won is not predicted here",
    )
    frame = f"won value by quarter, {found.currency}; forecast: the mean of the last 4 full quarters, 80 % interval"
    return Section(f"Forecast {found.currency}".strip(), (frame, *whose), tuple(lines), len(lines), notes=notes)


def _engaged(tools: Toolbox, as_of: date) -> Mapping[str, date]:
    """The last day of verified two-way contact by account, after what has no label was judged."""
    judge_for_figures(tools)
    return {i: p.last_engaged for i, p in pulses(tools.store, as_of).items() if p.last_engaged}
