"""Wholes that are told before their part, nouns beside what they own, times side by side, words that only ask."""

from datetime import date
from pathlib import Path

import pytest

from crm.insight.frame import About, Column, Dated, Field, How, Limit, QueryFrame, When, Where
from crm.insight.lexicon import Named
from crm.insight.read import Reader, Refused
from crm.nouns import Period
from tests.four_accounts import PLAYBOOK, build

MAY = Period(date(2026, 5, 1), date(2026, 5, 31), "May")
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30), "June")
WON, LOST, OPEN = (Where(Field.STATE, (state,)) for state in ("won", "lost", "open"))
CLOSED = Where(Field.STATE, ("won", "lost"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader.over(build(Path(tmp_path_factory.mktemp("wholes"))).store, PLAYBOOK)


def read(reader: Reader, question: str) -> QueryFrame | Refused:
    found = [(question.find(period.words), period) for period in (MAY, JUNE)]
    return reader.read(question, [Named(at, at + len(p.words), p) for at, p in found if at >= 0])


def frame(reader: Reader, question: str) -> QueryFrame:
    found = read(reader, question)
    assert isinstance(found, QueryFrame), found
    return found


@pytest.mark.parametrize(
    "question",
    [
        "of the deals closed in May, what share was lost",
        "Of all closed deals in May, what portion got lost?",
        "lost deals as a share of all closed deals in May",
    ],
)
def test_the_whole_and_its_part_may_come_in_either_order(reader: Reader, question: str) -> None:
    found = frame(reader, question)
    assert (found.how, found.are, found.group) == (How.SHARE, (LOST,), ())
    assert When(MAY, Dated.CLOSED) in found.where
    assert {c for c in found.where if isinstance(c, Where)} <= {CLOSED, LOST}


def test_of_two_outcomes_that_are_counted_a_record_has_one(reader: Reader) -> None:
    (counted,) = frame(reader, "what proportion of meetings ended up cancelled or as a no-show").are
    assert isinstance(counted, Where)
    assert counted.field is Field.OUTCOME
    assert len(counted.values) >= 2


def test_nothing_can_be_counted_among_its_opposite(reader: Reader) -> None:
    assert isinstance(read(reader, "lost deals as a share of all open deals"), Refused)


def test_what_takes_in_both_sides_is_no_side(reader: Reader) -> None:
    assert frame(reader, "deals closed in May: how many won and how many lost?").versus == (WON, LOST)
    assert WON not in frame(reader, "deals closed in May, won and lost together, by rep").versus


def test_times_beside_each_other_are_set_side_by_side(reader: Reader) -> None:
    found = frame(reader, "how many deals were created in May and how many in June")
    assert found.versus == (When(MAY, Dated.CREATED), When(JUNE, Dated.CREATED))


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("revenue broken down by customer industry", (Field.INDUSTRY,)),
        ("win rate by industry of the customer", (Field.INDUSTRY,)),
        ("open deals by rep and industry", (Field.REP, Field.INDUSTRY)),
    ],
)
def test_who_owns_what_rows_are_split_by_splits_nothing(
    reader: Reader, question: str, group: tuple[Field, ...]
) -> None:
    assert frame(reader, question).group == group


@pytest.mark.parametrize(
    "question", ["value of open deals over all open deals", "how many deals did we win within May", "deals over May"]
)
def test_a_word_that_spans_bounds_nothing(reader: Reader, question: str) -> None:
    assert not any(isinstance(c, Limit) for c in frame(reader, question).where)


def test_a_currency_may_stand_before_its_number(reader: Reader) -> None:
    found = frame(reader, "how many deals over $5,000 are open")
    assert Limit(Column.VALUE, 5_000, None, strict=True) in found.where
    assert Where(Field.CURRENCY, ("USD",)) in found.where


def test_revenue_of_closed_deals_is_that_of_the_won_ones(reader: Reader) -> None:
    assert frame(reader, "what revenue have we closed in May").where[0] == WON


def test_a_pipeline_is_added_up_where_the_largest_is_asked(reader: Reader) -> None:
    found = frame(reader, "the 3 accounts with the largest open pipeline")
    assert (found.how, found.of, found.top) == (How.TOTAL, Column.VALUE, 3)


@pytest.mark.parametrize(
    "question",
    [
        "I require the number of open deals",
        "vorrei vedere il numero di deals open",
        "Board slide on effectiveness: number of open deals",
        "numbr of open dels",
    ],
)
def test_words_that_only_ask_refuse_nothing(reader: Reader, question: str) -> None:
    found = frame(reader, question)
    assert (found.about, found.how, found.where) == (About.DEALS, How.COUNT, (OPEN,))


@pytest.mark.parametrize(
    "question",
    [
        "dormant deals by rep",
        "who has been unresponsive the longest",
        "Zenbrook: number of open deals",
        "undecided deals by rep",
        "show me the strategic open deals",
    ],
)
def test_a_strange_word_that_may_narrow_refuses(reader: Reader, question: str) -> None:
    assert isinstance(read(reader, question), Refused)
