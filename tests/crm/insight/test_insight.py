"""Questions about numbers: read into frames, computed exactly, refused when they cannot be said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame import (
    About,
    Change,
    Column,
    Condition,
    Dated,
    Field,
    Figures,
    Has,
    How,
    Kept,
    Limit,
    QueryFrame,
    Unit,
    When,
    Where,
)
from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from crm.records import db
from crm.records.store import Store

PLAYBOOK = Path(__file__).parents[3] / "playbook"
COMMON = {"source": "t", "row_hash": "", "import_id": 1, "extra": {}}
DEALS = [  # account, stage, amount, currency, product, owner, won, month closed
    ("a1", "Won", 100.0, "EUR", "Dock", "Ana Ruiz", True, 3),
    ("a1", "Lost", 50.0, "EUR", "Plan", "Ana Ruiz", False, 4),
    ("a2", "Proposal", 70.0, "EUR", "Dock", "Bo Lind", None, 9),
    ("a2", "Proposal", 30.0, "USD", "Plan", "Bo Lind", None, 9),
    (None, "Discovery", None, "EUR", "Plan", "Bo Lind", None, 9),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('s')}/crm.sqlite")
    with store.writing() as connection:
        for number, name in enumerate(("Norvik", "Alder"), 1):
            row = {"id": f"a{number}", "native_id": str(number), "name": name, "industry": "Food", "region": "North"}
            connection.execute(db.accounts.insert().values(**row, **COMMON))
        for number, (account, stage, amount, currency, product, owner, won, month) in enumerate(DEALS):
            deal = db.deals.insert().values(
                id=f"d{number}",
                native_id=str(number),
                account_id=account,
                stage=stage,
                amount=amount,
                currency=currency,
                product=product,
                owner=owner,
                won=won,
                created_at=datetime(2026, 1, 5, tzinfo=UTC),
                **{"expected_close_at" if won is None else "closed_at": datetime(2026, month, 5, tzinfo=UTC)},
                **COMMON,
            )
            connection.execute(deal)
    return store


@pytest.fixture(scope="module")
def reader(store: Store) -> FigureReader:
    return FigureReader.over(store, PLAYBOOK)


def said(figures: Figures) -> list[tuple[str, float, str]]:
    return [(f.name, f.value, f.unit) for f in figures.rows]


OPEN = Where(Field.STATE, ("open",))
WON = Where(Field.STATE, ("won",))
LOST = Where(Field.STATE, ("lost",))
CLOSED = Where(Field.STATE, ("won", "lost"))
EUR = Where(Field.CURRENCY, ("EUR",))
PROPOSAL = Where(Field.STAGE, ("Proposal",))
ANA = Where(Field.REP, ("Ana Ruiz",))
BO = Where(Field.REP, ("Bo Lind",))
MARCH = When(Period(date(2026, 3, 1), date(2026, 3, 31)), Dated.CLOSED)
APRIL = When(Period(date(2026, 4, 1), None), Dated.CLOSED)
NEWEST = date(2026, 4, 5)


def deals(how: How = How.COUNT, of: Column | None = None, *where: Condition, **more: Any) -> QueryFrame:
    return QueryFrame(About.DEALS, how, of, where, **more)


@pytest.mark.parametrize(
    ("question", "frame"),
    [
        ("How many deals are there?", deals()),
        ("how many OPEN deals?", deals(How.COUNT, None, OPEN)),
        ("Total value of open deals by stage", deals(How.TOTAL, Column.VALUE, OPEN, group=(Field.STAGE,))),
        ("win rate by product", deals(How.SHARE, None, CLOSED, are=(WON,), group=(Field.PRODUCT,))),
        ("Ana's won deals, how many", deals(How.COUNT, None, ANA, WON)),
        ("how many deals did Ana win per month", deals(How.COUNT, None, ANA, WON, group=(Field.MONTH,))),
        ("Wie viele offene Deals pro Verkäufer?", deals(How.COUNT, None, OPEN, group=(Field.REP,))),
        ("combien d'affaires gagnées par commercial", deals(How.COUNT, None, WON, group=(Field.REP,))),
        ("cuántos negocios perdidos por producto", deals(How.COUNT, None, LOST, group=(Field.PRODUCT,))),
        ("quantos negócios perdidos por produto", deals(How.COUNT, None, LOST, group=(Field.PRODUCT,))),
        ("which rep has the most open deals", deals(How.COUNT, None, OPEN, group=(Field.REP,), top=1)),
        ("number of opne deals of Bo", deals(How.COUNT, None, OPEN, BO)),
        ("avrg deal value of won eur opps", deals(How.MEAN, Column.VALUE, WON, EUR)),
        ("total nmbr of deals w/o an amount", deals(How.COUNT, None, Limit(Column.VALUE, missing=True))),
        ("sum of open eur deals", deals(How.TOTAL, Column.VALUE, OPEN, EUR)),
        ("compare Ana with Bo, won deals", deals(How.COUNT, None, WON, versus=(ANA, BO))),
        ("wieviel pipeline hat Bo", deals(How.TOTAL, Column.VALUE, BO, OPEN)),
        ("share of won deals by product", deals(How.SHARE, None, WON, group=(Field.PRODUCT,))),
        ("what portion of deals have no account", deals(How.SHARE, are=(Where(Field.ACCOUNT, ()),))),
        ("which reps have more than 1 open deal", deals(How.COUNT, None, OPEN, group=(Field.REP,), kept=Kept(1))),
        ("accounts with at least 2 deals", QueryFrame(About.ACCOUNTS, where=(Has(About.DEALS, least=2),))),
        ("Ana against Bo: won deals", deals(How.COUNT, None, WON, versus=(ANA, BO))),
        ("deals without an account", deals(How.COUNT, None, Where(Field.ACCOUNT, ()))),
        ("deals not owned by Ana", deals(How.COUNT, None, Where(Field.REP, ("Ana Ruiz",), negated=True))),
        ("deals over 50", deals(How.COUNT, None, Limit(Column.VALUE, low=50, strict=True))),
        ("closed won deals", deals(How.COUNT, None, WON)),
        ("average sales cycle", deals(How.MEAN, Column.CYCLE, CLOSED)),
        ("largest open deal", deals(How.MOST, Column.VALUE, OPEN)),
        ("largest open deal by rep", deals(How.MOST, Column.VALUE, OPEN, group=(Field.REP,))),
        ("deals won in less than 10 days", deals(How.COUNT, None, WON, Limit(Column.CYCLE, high=10, strict=True))),
        ("won or lost deals", deals(How.COUNT, None, CLOSED)),
        ("total won", deals(How.TOTAL, Column.VALUE, WON)),
        ("total deals", deals()),
        ("average number of deals per rep", deals(How.MEAN, each=Field.REP)),
        ("deals per rep on average", deals(How.MEAN, each=Field.REP)),
        ("average deal per rep", deals(How.MEAN, Column.VALUE, group=(Field.REP,))),
        ("deals per rep on average, by stage, how many", deals(How.MEAN, group=(Field.STAGE,), each=Field.REP)),
        ("how many open deals does each rep have on average", deals(How.MEAN, None, OPEN, each=Field.REP)),
        ("average monthly won value by rep", deals(How.MEAN, Column.VALUE, WON, group=(Field.REP,), each=Field.MONTH)),
        ("share of won value by product", deals(How.SHARE, Column.VALUE, WON, group=(Field.PRODUCT,))),
        ("% of open value in EUR in the proposal stage",
            deals(How.SHARE, Column.VALUE, OPEN, EUR, are=(PROPOSAL,))),
        ("difference in won deals between Ana and Bo",
            deals(How.COUNT, None, WON, versus=(ANA, BO), change=Change.DIFFERENCE)),
        ("month over month growth of won deals",
            deals(How.COUNT, None, WON, group=(Field.MONTH,), change=Change.GROWTH)),
        ("how long does it take us to win a deal", deals(How.MEAN, Column.CYCLE, WON)),
        ("rank reps by won value", deals(How.TOTAL, Column.VALUE, WON, group=(Field.REP,))),
        ("share of EUR deals among open deals", deals(How.SHARE, None, OPEN, are=(EUR,))),
        ("Gewinnquote in % je Produkt (gewonnen / gewonnen+verloren)",
            deals(How.SHARE, None, CLOSED, are=(WON,), group=(Field.PRODUCT,))),
        ("won deals excluding Dock and Plan",
            deals(How.COUNT, None, WON, Where(Field.PRODUCT, ("Dock", "Plan"), negated=True))),
        ("what % of open deals is over 50",
            deals(How.SHARE, None, OPEN, are=(Limit(Column.VALUE, 50, strict=True),))),
        ("deals without a close date", deals(How.COUNT, None, When(Period(None, None), Dated.EXPECTED, missing=True))),
        ("average sales cycle in weeks", deals(How.MEAN, Column.CYCLE, CLOSED, unit=Unit.WEEKS)),
        ("Durchschnittsalter der offenen Deals", deals(How.MEAN, Column.AGE, OPEN)),
        ("deals won on a Thursday or Sunday",
            deals(How.COUNT, None, WON, Where(Field.WEEKDAY, ("Thursday", "Sunday")))),
        ("which reps have over 50 EUR of open pipeline",
            deals(How.TOTAL, Column.VALUE, EUR, OPEN, group=(Field.REP,), kept=Kept(50))),
        ("welche Verkäufer haben eine Gewinnquote unter 60%",
            deals(How.SHARE, None, CLOSED, are=(WON,), group=(Field.REP,), kept=Kept(None, high=0.6))),
    ],
)  # fmt: skip
def test_a_question_becomes_the_frame_it_asks_for(reader: FigureReader, question: str, frame: QueryFrame) -> None:
    read = reader.read(question)
    assert isinstance(read, QueryFrame), read
    assert replace(read, as_of=None) == frame


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ("predict the deals of March", "prediction"),
        ("average reply time", "no replies"),
        ("reply rate by rep", "not told"),
        ("reps with fewer than 3 deals", "in no row"),
        ("growth of won deals", "between which two"),
        ("% of foo", "foo"),
        ("average time of the value of deals", "at once"),
        ("how many unicorns", "unicorns"),
        ("how many deals with unicorns", "unicorns"),
        ("accounts by stage", "accounts have no stage"),
        ("win rate by series", "no series was imported"),
        ("how many leads", "no leads have been imported"),
        ("how many won open deals", "at once"),
        ("average number of deals", "of what the average is taken"),
        ("age of won deals", "sales cycle"),
        ("average sales cycle of open deals", "age"),
        ("total discount by rep", "not imported"),
        ("how many accounts per month", "carry no date"),
        ("won deals 17", "17"),
        ("how many new deals", "period"),
        ("which reps have no won deals", "none"),
        ("win rate of open deals", "open ones are neither"),
        ("share of closed deals won by Ana", "of what the share is asked"),
        ("deals in the US", "US"),
        ("how many deals in minutes", "at once"),
        ("deals by rep and stage and product", "three"),
        ("top 3 reps", "which records"),
        ("total value in one currency", "exchange rates"),
    ],
)
def test_what_a_frame_cannot_say_is_refused_with_questions_that_work(
    reader: FigureReader, question: str, because: str
) -> None:
    refused = reader.read(question)
    assert isinstance(refused, Refused), refused
    assert because in refused.because
    assert all(isinstance(reader.read(other), QueryFrame) for other in refused.instead)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (deals(), [("", 5, "")]),
        (deals(How.COUNT, None, WON), [("", 1, "")]),
        (deals(How.TOTAL, Column.VALUE, OPEN), [("EUR", 70.0, "EUR"), ("USD", 30.0, "USD")]),
        (deals(How.MEAN, Column.VALUE), [("EUR", 220 / 3, "EUR"), ("USD", 30.0, "USD")]),
        (deals(How.MEDIAN, Column.VALUE), [("EUR", 70.0, "EUR"), ("USD", 30.0, "USD")]),
        (deals(How.SHARE, None, CLOSED, are=(WON,)), [("", 0.5, "")]),
        (deals(How.SHARE, None, CLOSED, APRIL, OPEN, are=(WON,)), []),
        (deals(group=(Field.REP,)), [("Bo Lind", 3, ""), ("Ana Ruiz", 2, "")]),
        (deals(group=(Field.REP,), top=1), [("Bo Lind", 3, "")]),
        (deals(group=(Field.REP,), kept=Kept(2)), [("Bo Lind", 3, "")]),
        (deals(group=(Field.REP,), kept=Kept(2, False, True)), [("", 2, "")]),
        (deals(group=(Field.REP,), kept=Kept(None, high=3)), [("Ana Ruiz", 2, "")]),
        (deals(How.COUNT, None, WON, Where(Field.WEEKDAY, ("Thursday",))), [("", 1, "")]),
        (deals(How.COUNT, None, WON, Where(Field.WEEKDAY, ("Thursday",), negated=True)), [("", 0, "")]),
        (deals(How.COUNT, None, When(Period(None, None), Dated.CLOSED, missing=True)), [("", 0, "")]),
        (deals(How.MEAN, Column.CYCLE, WON, unit=Unit.HOURS), [("", 59 * 24.0, "")]),
        (deals(How.COUNT, None, Limit(Column.VALUE, missing=True)), [("", 1, "")]),
        (deals(How.COUNT, None, OPEN, group=(Field.ACCOUNT,)), [("Alder", 2, "")]),
        (deals(How.COUNT, None, WON, group=(Field.QUARTER,)), [("2026-Q1", 1, "")]),
        (deals(How.COUNT, None, WON, MARCH), [("", 1, "")]),
        (deals(How.COUNT, None, WON, APRIL), [("", 0, "")]),
        (deals(How.COUNT, None, versus=(ANA, BO)), [("Ana Ruiz", 2, ""), ("Bo Lind", 3, "")]),
        (deals(How.MEAN, Column.CYCLE, CLOSED), [("", (59 + 90) / 2, "")]),
        (deals(How.MEDIAN, Column.AGE, OPEN, as_of=NEWEST), [("", 90.0, "")]),
        (deals(How.COUNT, None, Where(Field.ACCOUNT, ())), [("", 1, "")]),
        (deals(How.DISTINCT, None, WON, group=()), [("", 1, "")]),
        (QueryFrame(About.ACCOUNTS, where=(Has(About.DEALS, (WON,), negated=True),)), [("", 1, "")]),
        (deals(How.MEAN, each=Field.REP), [("", 5 / 2, "")]),
        (deals(How.MEAN, None, OPEN, each=Field.REP), [("", 3.0, "")]),
        (deals(How.MEDIAN, Column.VALUE, each=Field.STAGE), [("EUR", 70.0, "EUR"), ("USD", 30.0, "USD")]),
        (deals(How.SHARE, Column.VALUE, WON, group=(Field.REP,)), [("Ana Ruiz", 1.0, "EUR")]),
        (deals(How.SHARE, Column.VALUE, are=(WON,)), [("EUR", 100 / 220, "EUR"), ("USD", 0.0, "USD")]),
        (deals(How.COUNT, versus=(ANA, BO), change=Change.DIFFERENCE), [("", -1.0, "")]),
        (deals(How.COUNT, versus=(ANA, BO), change=Change.GROWTH), [("", -1 / 3, "")]),
        (deals(How.COUNT, None, CLOSED, group=(Field.MONTH,), change=Change.GROWTH), [("2026-04", 0.0, "")]),
        (deals(How.COUNT, None, versus=(OPEN, Where(Field.STATE, ("gone",))), change=Change.GROWTH), []),
        (QueryFrame(About.ACTIVITIES, How.SHARE, are=(Where(Field.LABEL, ("ENGAGED",)),)), []),
    ],
)  # fmt: skip
def test_figures_are_exact(store: Store, frame: QueryFrame, expected: list[tuple[str, float, str]]) -> None:
    assert said(compute(store, frame)) == expected


def test_deals_without_an_amount_are_counted_as_left_out(store: Store) -> None:
    found = compute(store, deals(How.TOTAL, Column.VALUE))
    assert (found.left_out, found.mixed) == (1, True)


def test_deals_without_an_account_are_in_no_group_and_told(store: Store) -> None:
    assert compute(store, deals(group=(Field.ACCOUNT,))).ungrouped == 1


def test_the_records_behind_a_figure_are_known(store: Store) -> None:
    assert [f.ids for f in compute(store, deals(How.COUNT, None, ANA)).rows] == [("d0", "d1")]


def test_the_frame_says_itself_in_words() -> None:
    frame = deals(How.TOTAL, Column.VALUE, WON, MARCH, group=(Field.STAGE,), top=3)
    assert in_words(frame) == (
        "total value of deals, state won, closed from 2026-03-01 to 2026-03-31, by stage, the highest 3"
    )


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("how many accounts were established before 1985", None, 1984.0),
        ("accounts founded in 1996", 1996.0, 1996.0),
        ("how many accounts founded between 1980 and 1989", 1980.0, 1989.0),
        ("accounts founded since 1970", 1970.0, None),
        ("accounts founded after 1970", 1971.0, None),
    ],
)
def test_a_year_bounds_the_year_of_founding(
    tmp_path: Path, question: str, low: float | None, high: float | None
) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/crm.sqlite")
    with store.writing() as connection:
        for number, year in enumerate(("1975", "1996", "")):
            row = {"id": f"a{number}", "native_id": str(number), "name": f"Firm {number}"}
            founded = {**COMMON, "extra": {"year_established": year}}
            connection.execute(db.accounts.insert().values(**row, **founded))
    found = FigureReader.over(store, PLAYBOOK).read(question)
    assert isinstance(found, QueryFrame), found
    assert found.where == (Limit(Column.FOUNDED, low, high),)
    years = [y for y in (1975, 1996) if (low or 0) <= y <= (high or 9999)]
    assert [f.value for f in compute(store, found).rows] == [len(years)]


def test_a_year_of_founding_that_nobody_imported_is_refused(reader: FigureReader) -> None:
    found = reader.read("how many accounts were founded before 1985")
    assert isinstance(found, Refused)
    assert "no year of founding was imported" in found.because
