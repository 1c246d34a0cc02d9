"""Questions about numbers: read into frames, computed exactly, refused when they cannot be said."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.insight.compute import compute
from crm.insight.frame import About, Field, Figures, Measure, QueryFrame, Where
from crm.insight.read import Reader, Refused
from crm.nouns import Period
from crm.records import db
from crm.records.book import Book
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
                closed_at=datetime(2026, month, 5, tzinfo=UTC),
                **COMMON,
            )
            connection.execute(deal)
    return store


@pytest.fixture(scope="module")
def reader(store: Store) -> Reader:
    return Reader.over(store, Book.read(store), PLAYBOOK)


def said(figures: Figures) -> list[tuple[str, float, str]]:
    return [(f.name, f.value, f.unit) for f in figures.rows]


OPEN = Where(Field.STATE, ("open",))
WON = Where(Field.STATE, ("won",))
BY_ACCOUNT = Field.ACCOUNT
CLOSED = Where(Field.STATE, ("won", "lost"))
ANA = Where(Field.REP, ("Ana Ruiz",))
CALLS = Where(Field.KIND, ("call",))


@pytest.mark.parametrize(
    ("question", "frame"),
    [
        ("How many deals are there?", QueryFrame(About.DEALS, Measure.COUNT)),
        ("how many OPEN deals?", QueryFrame(About.DEALS, Measure.COUNT, (OPEN,))),
        ("Total value of open deals by stage", QueryFrame(About.DEALS, Measure.TOTAL, (OPEN,), group=Field.STAGE)),
        ("win rate by product", QueryFrame(About.DEALS, Measure.WIN_RATE, (CLOSED,), group=Field.PRODUCT)),
        ("Ana's won deals, how many", QueryFrame(About.DEALS, Measure.COUNT, (WON, ANA))),
        ("how many deals did Ana win per month", QueryFrame(About.DEALS, Measure.COUNT, (WON, ANA), group=Field.MONTH)),
        ("Combien d'appels par commercial ?", QueryFrame(About.ACTIVITIES, Measure.COUNT, (CALLS,), group=Field.REP)),
        ("Wie viele Anrufe pro Verkäufer?", QueryFrame(About.ACTIVITIES, Measure.COUNT, (CALLS,), group=Field.REP)),
    ],
)  # fmt: skip
def test_a_question_becomes_the_frame_it_asks_for(reader: Reader, question: str, frame: QueryFrame) -> None:
    assert reader.read(question) == frame


@pytest.mark.parametrize(
    "question",
    [
        "forecast for next quarter",
        "average reply time of banks",
        "how many unicorns",
        "accounts by stage",
        "Ana versus Bo",
    ],
)
def test_what_a_frame_cannot_say_is_refused_with_questions_that_work(reader: Reader, question: str) -> None:
    refused = reader.read(question)
    assert isinstance(refused, Refused)
    assert refused.because
    assert all(isinstance(reader.read(other), QueryFrame) for other in refused.instead)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (QueryFrame(About.DEALS, Measure.COUNT), [("", 5, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, (WON,)), [("", 1, "")]),
        (QueryFrame(About.DEALS, Measure.TOTAL, (OPEN,)), [("", 70.0, "EUR"), ("", 30.0, "USD")]),
        (QueryFrame(About.DEALS, Measure.MEAN), [("", 220 / 3, "EUR"), ("", 30.0, "USD")]),
        (QueryFrame(About.DEALS, Measure.MEDIAN), [("", 70.0, "EUR"), ("", 30.0, "USD")]),
        (QueryFrame(About.DEALS, Measure.WIN_RATE), [("", 0.5, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, group=Field.REP), [("Bo Lind", 3, ""), ("Ana Ruiz", 2, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, group=Field.REP, top=1), [("Bo Lind", 3, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, (OPEN,), None, BY_ACCOUNT), [("Alder", 2, ""), ("not given", 1, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, (WON,), group=Field.QUARTER), [("2026 Q1", 1, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, (WON,), Period(date(2026, 3, 1), date(2026, 3, 31))), [("", 1, "")]),
        (QueryFrame(About.DEALS, Measure.COUNT, (WON,), Period(date(2026, 4, 1), None)), [("", 0, "")]),
        (QueryFrame(About.ACTIVITIES, Measure.ENGAGED_SHARE), []),
    ],
)  # fmt: skip
def test_figures_are_exact(store: Store, frame: QueryFrame, expected: list[tuple[str, float, str]]) -> None:
    assert said(compute(store, frame)) == expected


def test_deals_without_an_amount_are_counted_as_left_out(store: Store) -> None:
    assert compute(store, QueryFrame(About.DEALS, Measure.TOTAL)).left_out == 1


def test_the_frame_says_itself_in_words() -> None:
    frame = QueryFrame(About.DEALS, Measure.TOTAL, (OPEN,), Period(date(2026, 1, 1), None), Field.STAGE, 3)
    assert (
        frame.in_words()
        == "total value of deals with state open, created from 2026-01-01 to now, by stage, the 3 largest"
    )
