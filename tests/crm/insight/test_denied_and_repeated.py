"""What is denied away from its "not", and how many times something was done."""

import pytest

from crm.insight.frame import About, Field, Has, Where
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    "question",
    [
        "leads with neither an e-mail nor a job title",
        "how many leads have neither an e-mail nor a job title",
        "Leads, die weder E-Mail noch Funktion haben",
        "leads sans e-mail ni poste",
        "leads sin correo ni cargo",
    ],
)
def test_neither_of_two_lacks_both(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert {*found.where} == {Where(Field.EMAIL, ()), Where(Field.JOB_TITLE, ())}


def test_neither_of_two_values_is_any_other(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "accounts neither in France nor in the Nordics")
    assert [(c.field, {*c.values}, c.negated) for c in found.where if isinstance(c, Where)] == [
        (Field.ACCOUNT_REGION, {"France", "Nordics"}, True)
    ]


@pytest.mark.parametrize(
    "question",
    ["how many tasks hasn't Hanna started yet", "tasks that Hanna has not started", "tasks not started by Hanna"],
)
def test_tasks_that_somebody_has_not_started(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert [c.values for c in found.where if isinstance(c, Where) and c.field is Field.REP] == [("Hanna Lindqvist",)]
    assert "not started" in [c.said for c in found.where if isinstance(c, Where)]


@pytest.mark.parametrize(
    ("question", "about", "least"),
    [
        ("how many accounts bought more than once", About.DEALS, 2),
        ("Kunden, die mehr als zweimal gekauft haben", About.DEALS, 3),
        ("clients qui ont acheté plus d'une fois", About.DEALS, 2),
        ("clientes que han comprado al menos dos veces", About.DEALS, 2),
        ("accounts we called at least three times", About.ACTIVITIES, 3),
    ],
)
def test_so_many_times_is_a_number(reader_of_four: FigureReader, question: str, about: About, least: int) -> None:
    found = [c for c in frame(reader_of_four, question).where if isinstance(c, Has)]
    assert [(c.about, c.least) for c in found] == [(about, least)]


@pytest.mark.parametrize("question", ["accounts that bought twice", "reps who called more than 10 times"])
def test_times_of_no_bound_are_refused(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question)


@pytest.mark.parametrize("question", ["top 2 customers by won value, EUR only", "won value by customer, only EUR"])
def test_only_one_currency_leaves_no_account_out(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert Where(Field.CURRENCY, ("EUR",)) in found.where
    assert found.group == (Field.ACCOUNT,)


@pytest.mark.parametrize(
    "question",
    ["which job title has the most leads without an e-mail", "which product has the most deals without a close date"],
)
def test_a_record_without_something_is_in_its_row(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).top == 1


@pytest.mark.parametrize("question", ["which rep has the most accounts without deals", "which products have no deals"])
def test_who_has_none_is_in_no_row(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question)


def test_a_portuguese_in_the_denies_nothing(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "quantas contas no setor Food")
    assert [(c.values, c.negated) for c in found.where if isinstance(c, Where)] == [(("Food",), False)]


def test_what_is_left_out_is_nothing_that_somebody_lacks(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "top 2 reps by activities excluding calls")
    assert [(c.values, c.negated) for c in found.where if isinstance(c, Where)] == [(("call",), True)]


def test_none_but_his_is_not_none_of_his(reader_of_four: FigureReader) -> None:
    assert "except" in refusal(reader_of_four, "which accounts have no calls except Hanna's")
