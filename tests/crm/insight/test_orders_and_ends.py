"""Words at the end of a question that put rows in order, tell a date, or say "or not"."""

import pytest

from crm.insight.frame import About, Field, Has, How, Where
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    ("question", "ascending"),
    [
        ("lost deals by product, from highest to lowest", False),
        ("lost deals by product, lowest to highest", True),
        ("negocios perdidos por producto, de mayor a menor", False),
        ("affaires perdues par produit, de la plus grande à la plus petite", False),
    ],
)
def test_from_one_end_to_the_other_is_an_order(reader_of_four: FigureReader, question: str, ascending: bool) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.group, found.top, found.ascending) == (How.COUNT, (Field.PRODUCT,), None, ascending)


def test_both_ends_are_two_figures(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "largest and smallest deal by rep")


@pytest.mark.parametrize(
    "question",
    [
        "won deals by quarter of closing",
        "won deals over 50k, by quarter of closing, 2026 only",
    ],
)
def test_a_quarter_of_closing_is_no_other_state(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.versus == ()
    assert [c.values for c in found.where if isinstance(c, Where)] == [("won",)]
    assert found.group == (Field.QUARTER,)


@pytest.mark.parametrize(
    "question",
    [
        "how many meetings were cancelled or not held",
        "how many deals are won or not open",
        "combien de rendez-vous ont été annulés ou pas tenus",
    ],
)
def test_or_not_is_refused(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question).startswith("I cannot fit “o")


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("cuántas cuentas tienen más de dos negocios abiertos", 3),
        ("cuántas cuentas tienen al menos dos negocios abiertos", 2),
    ],
)
def test_dos_behind_a_bound_is_two(reader_of_four: FigureReader, question: str, least: int) -> None:
    found = frame(reader_of_four, question)
    assert [c.least for c in found.where if isinstance(c, Has)] == [least]


def test_dos_that_nobody_bounds_is_not_lost(reader_of_four: FigureReader) -> None:
    assert "dos" in refusal(reader_of_four, "cuántas cuentas tienen dos negocios abiertos")


def test_dos_is_of_the_in_portuguese(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "valor dos negócios ganhos")
    assert (found.about, found.how) == (About.DEALS, How.TOTAL)


def test_quota_di_is_a_share_and_no_target(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "quota di chiamate senza risposta").how is How.SHARE
    assert "quota" in refusal(reader_of_four, "quota di vendita nel 2026").casefold()


@pytest.mark.parametrize(
    "question",
    [
        "combined calls and mails by rep",
        "calls and mails together by rep",
        "together, how many calls and mails by rep",
        "in total, how many calls and mails did we make",
    ],
)
def test_together_is_one_figure_wherever_it_stands(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.versus == ()
    assert [set(c.values) for c in found.where if isinstance(c, Where)] == [{"call", "email"}]


def test_a_sum_is_not_set_against_one(reader_of_four: FigureReader) -> None:
    assert "together" in refusal(reader_of_four, "open deals in Shipping and Haulage together versus Logistics")
