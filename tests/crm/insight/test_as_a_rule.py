"""How long something takes as a rule, the shortest of them, sales that are closed, and who has a pipeline."""

from pathlib import Path

import pytest

from crm.insight.frame import About, Column, Field, How, Limit, Where
from crm.insight.read import FigureReader
from crm.records import db
from tests.four_accounts import PLAYBOOK, build
from tests.reading_figures import frame, refusal

WON = Where(Field.STATE, ("won",))


@pytest.mark.parametrize(
    ("question", "column", "ascending"),
    [
        ("which product takes longest to win", Field.PRODUCT, False),
        ("who takes longest to win a deal", Field.REP, False),
        ("welcher Vertriebler braucht am längsten um einen Deal zu gewinnen", Field.REP, False),
        ("quel produit prend le plus longtemps à gagner", Field.PRODUCT, False),
        ("qué producto tarda más en ganarse", Field.PRODUCT, False),
        ("chi impiega più tempo a vincere una trattativa", Field.REP, False),
        ("which product takes the shortest to win", Field.PRODUCT, True),
        ("qué comercial tarda menos en cerrar una venta", Field.REP, True),
    ],
)
def test_how_long_it_takes_is_an_average(
    reader_of_four: FigureReader, question: str, column: Field, ascending: bool
) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.of, found.group) == (How.MEAN, Column.CYCLE, (column,))
    assert (found.top, found.ascending) == (1, ascending)
    assert WON in found.where


def test_the_longest_of_them_is_one_record(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "who has the longest call").how is How.MOST
    assert frame(reader_of_four, "which rep has the fastest win").how is How.LEAST


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("shortest call", Column.DURATION),
        ("the shortest won deal", Column.CYCLE),
        ("shortest open deal", Column.AGE),
        ("longest open deal", Column.AGE),
    ],
)
def test_the_shortest_is_a_time_and_no_value(reader_of_four: FigureReader, question: str, column: Column) -> None:
    assert frame(reader_of_four, question).of is column


@pytest.mark.parametrize(
    "question", ["how long does it take to close a sale", "cuánto se tarda en cerrar una venta", "number of sale"]
)
def test_a_sale_that_is_closed_is_won(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).where == (WON,)


def test_a_sale_may_be_lost_where_that_is_said(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "how long does it take to lose a sale").where == (Where(Field.STATE, ("lost",)),)


@pytest.mark.parametrize(
    "question",
    ["who's got the biggest pipeline", "who's got the fattest open pipeline", "who has the largest pipeline"],
)
def test_who_has_the_largest_pipeline_has_most_in_all(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.of, found.group, found.top) == (How.TOTAL, Column.VALUE, (Field.REP,), 1)


@pytest.mark.parametrize(
    "question",
    [
        "out of the meetings booked by Hanna Lindqvist, how many were held",
        "of the meetings planned in May how many took place",
    ],
)
def test_what_became_of_meetings_that_were_set_up(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert [c.said for c in found.where if isinstance(c, Where) and c.field is Field.OUTCOME] == ["held"]
    assert not found.versus


def test_meetings_held_and_planned_are_still_compared(reader_of_four: FigureReader) -> None:
    assert len(frame(reader_of_four, "meetings scheduled versus held").versus) == 2


@pytest.mark.parametrize(
    "question", ["deals lost by the team of Ingrid Solberg", "affaires perdues par l'équipe de Ingrid Solberg"]
)
def test_by_somebodys_team_splits_nothing(question: str, tmp_path: Path) -> None:
    store = build(tmp_path / "led").store
    with store.writing() as connection:
        connection.execute(db.reps.update().values(manager="Ingrid Solberg"))
    found = frame(FigureReader.over(store, PLAYBOOK), question)
    assert found.group == ()
    assert Where(Field.MANAGER, ("Ingrid Solberg",)) in found.where


def test_hundreds_of_people_are_a_companys_own(reader_of_four: FigureReader) -> None:
    (limit,) = frame(reader_of_four, "accounts with more than 300 people").where
    assert isinstance(limit, Limit)
    assert (limit.column, limit.low) == (Column.EMPLOYEES, 300)
    assert "contacts" in refusal(reader_of_four, "accounts with fewer than 40 people")


@pytest.mark.parametrize(
    "question", ["which employees made the most calls", "welcher Mitarbeiter hat die meisten Anrufe"]
)
def test_employees_who_did_something_are_ours(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.about, found.group) == (About.ACTIVITIES, (Field.REP,))


@pytest.mark.parametrize(
    ("question", "low"),
    [
        ("affaires de plus de 80 000 euros", 80_000),
        ("deals over 80'000", 80_000),
        ("deals over 1 250 000", 1_250_000),
        ("Deals über 1\u202f250\u202f000", 1_250_000),
    ],
)
def test_digits_in_groups_are_one_number(reader_of_four: FigureReader, question: str, low: float) -> None:
    limits = [c for c in frame(reader_of_four, question).where if isinstance(c, Limit)]
    assert [(c.column, c.low) for c in limits] == [(Column.VALUE, low)]
