"""Turns of phrase in several languages: bounds behind their number, exclusions behind their name, what is gathered."""

import pytest

from crm.insight.frame import About, Change, Column, Dated, Field, How, Kept, Limit, When, Where
from crm.insight.read import FigureReader
from tests.reading_figures import JUNE, MAY, frame, refusal


@pytest.mark.parametrize(
    "question",
    [
        "which accounts have 3 or more open deals",
        "which accounts have three open deals or more",
        "quels comptes ont 3 affaires ouvertes ou plus",
        "welche Kunden haben drei oder mehr offene Deals",
        "qué cuentas tienen 3 o más negocios abiertos",
        "list the accounts with 3 or more open deals",
    ],
)
def test_a_bound_behind_its_number_holds_for_it(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).kept == Kept(3, strict=False)


def test_a_bound_behind_its_number_may_be_an_upper_one(reader_of_four: FigureReader) -> None:
    assert "fewer than so many" in refusal(reader_of_four, "which products have 3 or fewer open deals")


@pytest.mark.parametrize(
    "question",
    [
        "how many calls more in June than in May",
        "combien d'appels en plus en juin qu'en mai",
        "wie viele Anrufe mehr im Juni als im Mai",
        "cuántas llamadas más (o menos) en junio que en mayo",
        "quante chiamate in più a giugno che a maggio",
    ],
)
def test_more_and_than_far_apart_are_a_difference(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.change is Change.DIFFERENCE
    assert [c.period for c in found.versus if isinstance(c, When)] in ([JUNE, MAY], [MAY, JUNE])


def test_a_difference_the_other_way_round_is_refused(reader_of_four: FigureReader) -> None:
    assert "later less the earlier" in refusal(reader_of_four, "how many more calls in May than in June")


@pytest.mark.parametrize(
    "question", ["won and lost deals together", "won plus lost deals", "won and lost deals combined"]
)
def test_what_is_gathered_is_one_condition(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.where == (Where(Field.STATE, ("won", "lost")),)
    assert not found.versus


def test_money_of_several_currencies_is_not_gathered(reader_of_four: FigureReader) -> None:
    assert "currencies" in refusal(reader_of_four, "value of won deals in EUR and USD together")


@pytest.mark.parametrize("question", ["deals by stage, won excluded", "deals by stage, gewonnene ausgenommen"])
def test_an_exclusion_behind_its_name_leaves_it_out(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).where == (Where(Field.STATE, ("won",), negated=True),)


def test_a_list_after_by_ends_before_what_is_counted(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "win rate by rep, deals closed in May").group == (Field.REP,)
    assert frame(reader_of_four, "number of deals by rep, stage").group == (Field.REP, Field.STAGE)


@pytest.mark.parametrize(
    "question", ["weekly trend of calls", "évolution des appels par semaine", "calls week by week"]
)
def test_a_trend_by_a_time_is_by_that_time_only(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).group == (Field.WEEK,)


def test_a_trend_without_a_time_is_by_month(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "trend of calls").group == (Field.MONTH,)


def test_nobody_compares_a_time_with_the_year_around_it(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "2026: how many calls were there in May")
    assert found.versus == ()
    assert [(c.period.start, c.period.end) for c in found.where if isinstance(c, When)] == [(MAY.start, MAY.end)]


def test_times_that_lie_apart_must_be_joined(reader_of_four: FigureReader) -> None:
    assert len(frame(reader_of_four, "calls in May and June").versus) == 2
    assert len(frame(reader_of_four, "calls in May, June").versus) == 2
    assert "whether these times are compared" in refusal(reader_of_four, "in May how many calls per rep June")


def test_a_date_told_of_the_first_holds_for_what_it_is_compared_with(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "deals created in June compared with May")
    assert {c.dated for c in found.versus if isinstance(c, When)} == {Dated.CREATED}


@pytest.mark.parametrize(
    "question",
    [
        "average contacts per account",
        "en moyenne, combien de contacts par compte",
        "Wie viele Kontakte im Durchschnitt pro Firma",
        "in media quanti contatti per cliente",
    ],
)
def test_on_average_says_how_it_is_computed(reader_of_four: FigureReader, question: str) -> None:
    assert (frame(reader_of_four, question).how, frame(reader_of_four, question).each) == (How.MEAN, Field.ACCOUNT)


@pytest.mark.parametrize(
    "question",
    [
        "what share of open deals is older than 60 days",
        "quelle part des affaires ouvertes a plus de 60 jours",
        "welcher Anteil der offenen Deals ist älter als 60 Tage",
        "¿qué porcentaje de los negocios abiertos tiene más de 60 días?",
    ],
)
def test_a_bound_is_the_part_of_what_stands_before_it(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.where) == (How.SHARE, (Where(Field.STATE, ("open",)),))
    assert [c.column for c in found.are if isinstance(c, Limit)] == [Column.AGE]


@pytest.mark.parametrize(
    "question",
    [
        "what share of won deals is in EUR",
        "que porcentaje de los negocios ganados es de Hanna Lindqvist",
        "welcher Anteil der gewonnenen Deals ist von Hanna Lindqvist",
    ],
)
def test_what_follows_the_copula_is_the_part(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.where == (Where(Field.STATE, ("won",)),)
    assert len(found.are) == 1


def test_deals_may_be_bounded_by_the_size_of_their_account(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "won deals of accounts with more than 100 employees")
    assert found.about is About.DEALS
    assert [c.column for c in found.where if isinstance(c, Limit)] == [Column.EMPLOYEES]


def test_between_two_numbers_of_records_keeps_rows(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "which accounts have between two and four open deals").kept == Kept(2, False, False, 4)


def test_a_rate_and_a_number_are_two_figures(reader_of_four: FigureReader) -> None:
    assert "two figures" in refusal(reader_of_four, "win rate by rep and how many deals")


@pytest.mark.parametrize(
    "question",
    [
        "which product has the highest win rate, and what is it",
        "quel commercial avec le taux de gain le plus élevé",
        "qual è il venditore col tasso di vincita più alto, e quanto vale?",
    ],
)
def test_what_is_ranked_may_stand_far_before_its_extreme(reader_of_four: FigureReader, question: str) -> None:
    assert (frame(reader_of_four, question).how, frame(reader_of_four, question).top) == (How.SHARE, 1)


@pytest.mark.parametrize(
    "question",
    ["win rate across all stages", "win rate whatever the region", "taux de gain sur toutes les étapes"],
)
def test_what_is_said_of_all_splits_nothing(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).group == ()


def test_what_the_top_ones_hold_together_is_refused(reader_of_four: FigureReader) -> None:
    assert "hold together" in refusal(
        reader_of_four, "what share of won value comes from the five accounts with the most won value"
    )


def test_of_the_pipeline_money_is_added_up_whatever_else_is_said(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "pipeline total, open deals only")
    assert (found.how, found.of) == (How.TOTAL, Column.VALUE)
