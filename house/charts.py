"""Verbs of the pipeline's charts: draw them over a selection, open the records behind a mark."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select

from crm.access import Right
from crm.engagement.health import Band, HealthScale
from crm.engagement.overview import pulses
from crm.engagement.portfolio import portfolio
from crm.insight.figures.compute import compute
from crm.insight.frame import About, QueryFrame
from crm.insight.pipeline import board
from crm.insight.pipeline.charts import Chart, Mark, Shape
from crm.insight.pipeline.risk import RiskScale, Talk, at_risk, counted, sought
from crm.insight.pipeline.selection import Choices, Selection, choices
from crm.insight.question.stored_names import StoredNames, holdings
from crm.insight.states import OPEN
from crm.nouns import Deal
from crm.records import db
from crm.records.book import revision
from house.judging import Judging
from house.rights import needs
from wiring import PLAYBOOK

HEADS = {
    About.DEALS: (
        "Deal",
        "Account",
        "Stage",
        "Amount",
        "Currency",
        "Product",
        "Owner",
        "Created",
        "Closed",
        "Expected close",
        "Loss reason",
    ),
    About.ACCOUNTS: ("Account", "Industry", "Region", "Owner", "Employees", "Revenue (millions)", "Type"),
}
NUMBERS = ("Amount", "Employees", "Revenue (millions)")
Rows = tuple[tuple[str, ...], ...]


class Board(Judging):
    """The pipeline at a glance."""

    @needs(Right.ASK)
    def selectable(self) -> Choices:
        """The reps, regions and products by which the charts can be narrowed."""
        return choices(self._held)

    @needs(Right.ASK)
    def charts(self, chosen: Selection = Selection()) -> tuple[Chart, ...]:  # noqa: B008
        """Every chart over the selection; what has no label yet is judged before. Nothing in an empty store."""
        as_of = self.store.as_of()
        if as_of is None:
            return ()
        self.judge_store()
        return tuple(chart for chart in self._charts(chosen, as_of) if chart.marks)

    @needs(Right.ASK)
    def first_charts(self, chosen: Selection = Selection()) -> tuple[Chart, ...]:  # noqa: B008
        """The charts that need no labels, while there are activities without one; else nothing: all come at once."""
        unlabelled = ~select(db.standing).where(db.standing.c.activity_id == db.activities.c.id).exists()
        with self.store.reading() as connection:
            some = connection.execute(select(db.activities.c.id).where(unlabelled).limit(1)).first()
        if some is None:
            return ()
        return tuple(chart for chart in board.framed(self.store, self._held, chosen) if chart.marks)

    @needs(Right.ASK)
    def revision(self) -> tuple[int, ...]:
        """Another one as soon as records were stored or changed."""
        return revision(self.store)

    @needs(Right.ASK)
    def records_behind(self, about: About, ids: Sequence[str]) -> Rows:
        """The records of a mark as rows under HEADS[about], in the order of the ids."""
        if about is About.DEALS:
            deals = {d.id: d for d in self.book.deals}
            return tuple(_deal(deals[i]) for i in ids if i in deals)
        accounts = [self.book.account_by_id[i] for i in ids if i in self.book.account_by_id]
        return tuple(
            (a.name, a.industry, a.region, a.owner, _number(a.size), _number(a.revenue), a.type) for a in accounts
        )

    @property
    def _held(self) -> StoredNames:
        """The values in the store, looked up anew when something was imported."""
        return self._made.get(f"held by {self.owner}", lambda: holdings(self.store), as_of=revision(self.store))

    def _charts(self, chosen: Selection, as_of: date) -> Iterator[Chart]:
        held, book = self._held, self.book
        deals = board.selected(book.deals, self.store, held, chosen)
        yield from board.framed(self.store, held, chosen)
        yield board.funnel(self.store, held, chosen)
        yield self._at_risk(chosen, as_of)
        yield from board.forecasts(deals, chosen, as_of)
        accounts = compute(self.store, QueryFrame(About.ACCOUNTS, where=chosen.accounts(held))).rows
        wanted = {i for figure in accounts for i in figure.ids}
        yield self._health(wanted, chosen.until(as_of))
        some = [a for a in book.accounts if a.id in wanted]
        yield board.grid(board.columns_of(some, deals, board.touches(self.store, chosen)))

    def _at_risk(self, chosen: Selection, as_of: date) -> Chart:
        """The open deals at risk, by the same scale and reasons as in the chat; those of the selection are listed."""
        scale = RiskScale.read(PLAYBOOK)
        talked = {i: p.last_engaged for i, p in pulses(self.store, as_of).items() if p.last_engaged}
        talk = Talk(talked if self.store.count() else None, HealthScale.read(PLAYBOOK).cooling_days)
        found = at_risk(self.book.deals, talk, scale, as_of)
        frame = chosen.on(QueryFrame(About.DEALS, where=(OPEN,)), self._held)
        open_ids = {i for figure in compute(self.store, frame).rows for i in figure.ids}
        mine = [r for r in found if r.deal.id in open_ids]
        marks = [Mark(r.deal.called, r.deal.amount, r.deal.currency, (r.deal.id,), because=r.reasons) for r in mine]
        said = f"{sought(talk, scale)}, as of {as_of}"
        notes = (counted(len(mine), len(open_ids)),)
        return Chart("risk", "Deals at risk", said, About.DEALS, Shape.LIST, tuple(marks), notes=notes)

    def _health(self, wanted: set[str], until: date) -> Chart:
        rows = portfolio(self.store, self.book, HealthScale.read(PLAYBOOK), until)
        mine = [row for row in rows if row.account.id in wanted]
        counts = Counter(row.health.band for row in mine)
        marks = [
            Mark(band.value, counts[band], "", tuple(r.account.id for r in mine if r.health.band is band))
            for band in Band
            if counts[band]
        ]
        said = f"accounts by their last two-way contact, as of {until}"
        return Chart("health", "Health of accounts", said, About.ACCOUNTS, Shape.BARS, tuple(marks))


def _deal(deal: Deal) -> tuple[str, ...]:
    called = deal.name or deal.id.partition(":")[2]
    amount, days = _number(deal.amount), map(_day, (deal.created_at, deal.closed_at, deal.expected_close_at))
    told = (called, deal.account_name, deal.stage, amount, deal.currency, deal.product, deal.owner)
    return *told, *days, deal.loss_reason


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1_000 else f"{value:.0f}"


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""
