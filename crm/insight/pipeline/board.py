"""The charts of the pipeline, each over the same selection, each figure from the same frames as the chat's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from crm.insight.figures.columns import joined
from crm.insight.figures.compute import compute
from crm.insight.figures.sql_conditions import within
from crm.insight.frame import About, Column, Dated, Field, Has, How, QueryFrame, When, Where
from crm.insight.pipeline.charts import Chart, Mark, Shape, charted
from crm.insight.pipeline.correlate import correlations
from crm.insight.pipeline.forecast import LOOKS_BACK, Outlook, outlook
from crm.insight.pipeline.selection import Selection
from crm.insight.question.stored_names import StoredNames
from crm.insight.states import CLOSED, OPEN, WON
from crm.nouns import Account, Deal, Engagement
from crm.records import db
from crm.records.store import Store

REPLIED = Where(Field.LABEL, (Engagement.ENGAGED.value,))
STEPS = ("touched", "answered", "got an offer", "bought")
FRAMES = (
    ("stages", "Open deals by stage", QueryFrame(About.DEALS, where=(OPEN,), group=(Field.STAGE,)), Shape.BARS),
    (
        "value",
        "Their value",
        QueryFrame(About.DEALS, How.TOTAL, Column.VALUE, (OPEN,), group=(Field.STAGE,)),
        Shape.BARS,
    ),
    (
        "sectors",
        "Revenue by sector",
        QueryFrame(About.DEALS, How.TOTAL, Column.VALUE, (WON,), group=(Field.INDUSTRY,)),
        Shape.BARS,
    ),
    (
        "conversion",
        "Conversion by quarter",
        QueryFrame(About.DEALS, How.SHARE, where=(CLOSED,), are=(WON,), group=(Field.QUARTER,)),
        Shape.TREND,
    ),
)


def framed(store: Store, held: StoredNames, chosen: Selection) -> Iterator[Chart]:
    """The charts that are one frame each."""
    for key, title, frame, shape in FRAMES:
        yield charted(key, title, shape, compute(store, chosen.on(frame, held)))


def funnel(store: Store, held: StoredNames, chosen: Selection) -> Chart:
    """Accounts that were touched, that answered, that got an offer, that bought; each step is among the one before.

    A deal counts from the day it was created, a won one from the day it was closed.
    """
    steps = (
        Has(About.ACTIVITIES, chosen.during(About.ACTIVITIES)),
        Has(About.ACTIVITIES, chosen.during(About.ACTIVITIES, (REPLIED,))),
        Has(About.DEALS, chosen.during(About.DEALS)),
        Has(About.DEALS, chosen.during(About.DEALS, (WON,))),
    )
    marks = []
    for n, name in enumerate(STEPS, start=1):
        frame = QueryFrame(About.ACCOUNTS, where=(*chosen.accounts(held), *steps[:n]))
        marks += [Mark(name, f.value, "", f.ids) for f in compute(store, frame).rows]
    said = "number of accounts with activities, with an ENGAGED one (best guesses too) among them, with a deal, "
    said += "with a won deal"
    return Chart("funnel", "From touches to replies to deals", said, About.ACCOUNTS, Shape.FUNNEL, tuple(marks))


def forecasts(deals: Sequence[Deal], chosen: Selection, as_of: date) -> Iterator[Chart]:
    """The next quarter's won value with its interval, each currency by itself. `deals` are those selected."""
    for currency in sorted({d.currency for d in deals if d.won and d.amount is not None}):
        found = outlook(deals, currency, chosen.until(as_of))
        if found is not None:
            yield _forecast(found, deals)


def selected(deals: Sequence[Deal], store: Store, held: StoredNames, chosen: Selection) -> list[Deal]:
    """The deals of the selection, whenever they were created or closed."""
    frame = QueryFrame(About.DEALS)
    rows = compute(store, Selection(chosen.rep, chosen.region, chosen.product).on(frame, held)).rows
    ids = {i for figure in rows for i in figure.ids}
    return [d for d in deals if d.id in ids]


def touches(store: Store, chosen: Selection) -> dict[str, dict[str, int]]:
    """Records by account id, then by label ("" for none yet), in the selection's period."""
    c = db.activities.c
    query = select(c.account_id, db.standing.c.engagement, func.count()).select_from(joined(About.ACTIVITIES))
    query = query.where(c.account_id.is_not(None)).group_by(c.account_id, db.standing.c.engagement)
    if chosen.period:
        query = query.where(within(About.ACTIVITIES, When(chosen.period, Dated.DATED)))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with store.reading() as connection:
        for account_id, label, count in connection.execute(query):
            found[account_id][label or ""] = count
    return found


def grid(columns: Mapping[str, Mapping[str, float]]) -> Chart:
    """What goes together over accounts. A pair whose interval holds 0 says so in its reasons."""
    names = tuple(columns)
    marks = []
    for c in correlations(columns):
        doubt = () if c.sure else ("could be chance: the interval holds 0",)
        place = (names.index(c.one), names.index(c.other))
        marks.append(Mark(f"{c.one} / {c.other}", c.r, "", c.ids, c.low, c.high, doubt, place))
    said = "rank correlation over accounts, 95 % interval; it tells what goes together, not what causes what"
    return Chart("together", "What goes together", said, About.ACCOUNTS, Shape.GRID, tuple(marks), axes=names)


def columns_of(
    accounts: Sequence[Account], deals: Sequence[Deal], counted: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """What is known of each account, by column and account id; an account without a value is not in the column."""
    of: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        of[deal.account_id or ""].append(deal)
    found: dict[str, dict[str, float]] = {
        "conversations": {a.id: counted.get(a.id, {}).get(Engagement.ENGAGED.value, 0) for a in accounts},
        "one-way": {a.id: counted.get(a.id, {}).get(Engagement.NOT_ENGAGED.value, 0) for a in accounts},
        "open deals": {a.id: sum(d.open for d in of[a.id]) for a in accounts},
        "won deals": {a.id: sum(bool(d.won) for d in of[a.id]) for a in accounts},
        "lost deals": {a.id: sum(d.won is False for d in of[a.id]) for a in accounts},
        "employees": {a.id: a.size for a in accounts if a.size is not None},
        "their revenue": {a.id: a.revenue for a in accounts if a.revenue is not None},
    }
    return {name: values for name, values in found.items() if values}


def _forecast(found: Outlook, deals: Sequence[Deal]) -> Chart:
    won = [d for d in deals if d.won and d.closed_at and d.currency == found.currency]

    def behind(quarter: str) -> tuple[str, ...]:
        return tuple(
            d.id for d in won if d.closed_at and f"{d.closed_at.year}-Q{(d.closed_at.month + 2) // 3}" == quarter
        )

    marks = [Mark(name, value, found.currency, behind(name)) for name, value in found.history]
    coming = found.next
    stands_on = tuple(i for mark in marks[-LOOKS_BACK:] for i in mark.ids)
    expected = Mark(f"{coming.quarter} expected", coming.expected, found.currency, stands_on, coming.low, coming.high)
    marks.append(expected)
    better = "better" if found.missed_by < found.naive else "no better"
    notes = (
        f"back-test: {found.inside} of {found.held_out} held-out quarters fell into their 80 % interval",
        f"its mean error was {found.missed_by:,.0f}, {better} than the {found.naive:,.0f} of saying as last quarter",
    )
    said = f"won value by quarter, {found.currency}; forecast: the mean of the last 4 full quarters, 80 % interval"
    title = f"Forecast {found.currency}".strip()
    return Chart(f"forecast-{found.currency}", title, said, About.DEALS, Shape.FORECAST, tuple(marks), notes=notes)
