"""Lost deals are told by the reason entered on them, where these are chosen from a list."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.form import FrameForm, frame_in
from crm.insight.frame import About, Field, QueryFrame
from crm.insight.read import FigureReader
from crm.records import db
from crm.records.store import Store
from tests.four_accounts import PLAYBOOK
from tests.reading_figures import frame, refusal

DEALS = [  # closed, won, reason, amount
    (date(2026, 5, 4), False, "Price", 100.0),
    (date(2026, 6, 4), False, "Price", 200.0),
    (date(2026, 6, 9), False, "No decision", 400.0),
    (date(2026, 6, 9), False, "", 800.0),
    (date(2026, 6, 9), True, "", 1600.0),
    (None, None, "", 3200.0),
]


def opened(folder: Path, reasons: bool = True) -> tuple[Store, FigureReader]:
    store = Store.open(f"sqlite:///{folder}/crm.sqlite")
    with store.writing() as connection:
        for number, (closed, won, reason, amount) in enumerate(DEALS):
            row = {
                "source": "t",
                "row_hash": "",
                "import_id": 1,
                "extra": {},
                "id": f"d{number}",
                "native_id": str(number),
                "name": f"Deal {number}",
                "stage": {True: "Won", False: "Lost", None: "Proposal"}[won],
                "product": "Dock",
                "currency": "EUR",
                "amount": amount,
                "won": won,
                "loss_reason": reason if reasons else "",
                "created_at": datetime(2026, 1, 1, tzinfo=UTC),
                "closed_at": datetime(closed.year, closed.month, closed.day, tzinfo=UTC) if closed else None,
            }
            connection.execute(db.deals.insert().values(**row))
    return store, FigureReader.over(store, PLAYBOOK)


def rows(store: Store, asked: QueryFrame) -> list[tuple[str, float]]:
    return [(row.name, row.value) for row in compute(store, asked).rows]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("lost deals by reason", [("Price", 2), ("No decision", 1)]),
        ("lost deals by loss reason in June", [("No decision", 1), ("Price", 1)]),
        ("why do we lose deals, count by reason", [("Price", 2), ("No decision", 1)]),
        ("deals by loss reason", [("Price", 2), ("No decision", 1)]),
        ("what are our loss reasons", [("Price", 2), ("No decision", 1)]),
        ("number of deals lost per reason in June", [("No decision", 1), ("Price", 1)]),
        ("lost value by loss reason", [("No decision", 400), ("Price", 300)]),
        ("most common loss reason", [("Price", 2)]),
        ("top 2 reasons we lose deals", [("Price", 2), ("No decision", 1)]),
        ("loss reasons in June", [("No decision", 1), ("Price", 1)]),
        ("which reason lost us the most deals", [("Price", 2)]),
        ("share of lost deals by reason", [("Price", 2 / 3), ("No decision", 1 / 3)]),
        ("lost deals without a loss reason", [("", 1)]),
        ("how many deals did we lose on price", [("", 2)]),
        ("how many deals were lost due to no decision in June", [("", 1)]),
        ("verlorene Deals nach Grund", [("Price", 2), ("No decision", 1)]),
        ("affaires perdues par motif", [("Price", 2), ("No decision", 1)]),
        ("negocios perdidos por motivo", [("Price", 2), ("No decision", 1)]),
        ("trattative perse per motivo", [("Price", 2), ("No decision", 1)]),
    ],
)
def test_lost_deals_are_told_by_their_reason(question: str, told: list[tuple[str, float]], tmp_path: Path) -> None:
    store, reader = opened(tmp_path)
    assert rows(store, frame(reader, question)) == told


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ("won deals by loss reason", "only lost deals carry a loss reason"),
        ("win rate by loss reason", "only lost deals carry a loss reason"),
        ("price by product", "I cannot fit “price” into what was asked"),
        ("won deals price", "I cannot fit “price” into what was asked"),
        ("why do we lose deals", "“why”: reasons are not figures"),
        ("why did the number of lost deals go up", "“why”: reasons are not figures"),
    ],
)
def test_a_reason_is_told_of_lost_deals_alone(question: str, because: str, tmp_path: Path) -> None:
    assert refusal(opened(tmp_path)[1], question) == because


def test_a_model_s_form_counts_lost_deals_alone(tmp_path: Path) -> None:
    store, reader = opened(tmp_path)
    form = FrameForm(possible=True, about=About.DEALS, group=[Field.LOSS_REASON])
    asked = frame_in(form, reader.held, reader.lexicon.words, None)
    assert rows(store, asked) == [("Price", 2), ("No decision", 1)]


def test_without_reasons_on_record_that_is_said(tmp_path: Path) -> None:
    _, reader = opened(tmp_path, reasons=False)
    assert refusal(reader, "lost deals by reason") == "no loss reason was imported for deals"
    assert "“price”: that column was not imported" in refusal(reader, "deals lost on price")
