"""Questions that mean two things are refused, each reading offered in the question's own words where it can be."""

from datetime import date

import pytest

from crm.insight.frame import About, Dated, Field, How, QueryFrame, When, Where
from crm.insight.frame_words import in_words
from crm.insight.question.lexicon import Named
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from tests.reading_figures import MAY, frame, read, refusal

MORE = {
    "this month": Period(date(2026, 10, 1), date(2026, 10, 31), "this month"),
    "last month": Period(date(2026, 9, 1), date(2026, 9, 30), "last month"),
    "next month": Period(date(2026, 11, 1), date(2026, 11, 30), "next month"),
}


def offered(reader: FigureReader, question: str) -> tuple[str, ...]:
    found = read(reader, question, MORE)
    assert isinstance(found, Refused), found
    return found.instead


def dates(found: QueryFrame) -> list[Dated]:
    return [c.dated for c in found.where if isinstance(c, When)]


@pytest.mark.parametrize(
    "question",
    ["open deals in May", "how many open deals in May", "which rep has the most open deals in May", "pipeline in May"],
)
def test_a_time_of_what_is_open_is_its_creation_or_its_expected_closing(
    reader_of_four: FigureReader, question: str
) -> None:
    created, expected = (frame(reader_of_four, way) for way in offered(reader_of_four, question)[:2])
    assert dates(created) == [Dated.CREATED]
    assert dates(expected) == [Dated.EXPECTED]


@pytest.mark.parametrize(
    "question",
    [
        "open deals by month",
        "deals in Proposal in May",
        "accounts with an open deal in May",
        "open and won deals in May",
        "average age of open deals in May",
    ],
)
def test_it_is_refused_wherever_it_stands(reader_of_four: FigureReader, question: str) -> None:
    assert "what is open is so today" in refusal(reader_of_four, question)


@pytest.mark.parametrize("question", ["offene Deals im mai", "affaires ouvertes en juin"])
def test_the_readings_keep_the_question_s_language(reader_of_four: FigureReader, question: str) -> None:
    first, second = offered(reader_of_four, question)[:2]
    assert first.split()[:2] == second.split()[:2] == question.split()[:2]


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("open deals created in May", Dated.CREATED),
        ("new open deals in May", Dated.CREATED),
        ("open deals closing in June", Dated.EXPECTED),
        ("pipeline closing in June", Dated.EXPECTED),
        ("deals closed this month", Dated.CLOSED),
        ("deals closing last month", Dated.CLOSED),
        ("deals closing next month", Dated.EXPECTED),
        ("how many deals did we close this month", Dated.CLOSED),
        ("won deals closing this month", Dated.CLOSED),
    ],
)
def test_a_time_of_which_it_is_told_is_read(reader_of_four: FigureReader, question: str, dated: Dated) -> None:
    assert dates(frame(reader_of_four, question, MORE)) == [dated]


@pytest.mark.parametrize(
    "question", ["deals closing this month", "deals that close this month", "deals to close this month"]
)
def test_what_closes_now_has_closed_or_is_expected_to(reader_of_four: FigureReader, question: str) -> None:
    assert "those that closed" in refusal(reader_of_four, question, MORE)


def test_both_readings_of_what_closes_now_are_offered(reader_of_four: FigureReader) -> None:
    closed, expected = offered(reader_of_four, "deals closing this month")[:2]
    assert (closed, expected) == ("deals closed this month", "deals expected to close this month")


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("average revenue per account", Field.ACCOUNT),
        ("average pipeline per rep", Field.REP),
        ("durchschnittlicher Umsatz pro Monat", Field.MONTH),
    ],
)
def test_money_of_which_no_deal_is_named_is_added_up_first(
    reader_of_four: FigureReader, question: str, each: Field
) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.each, found.group) == (How.MEAN, each, ())


@pytest.mark.parametrize(
    "question",
    ["average value of won deals per rep", "average deal size per month", "average won deal per rep"],
)
def test_money_of_deals_is_that_of_each_deal(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.each is None
    assert found.group


@pytest.mark.parametrize(
    "question",
    [
        "average value per rep",
        "average won value per month",
        "won value per rep on average",
        "average won value for each rep",
        "average revenue by product",
        "average won value per rep and month",
        "average talk time per rep",
    ],
)
def test_an_average_of_records_or_of_totals_is_asked_back(reader_of_four: FigureReader, question: str) -> None:
    assert "averaged or the totals" in refusal(reader_of_four, question)


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("who did we call the most", ""),
        ("who have we called", "which accounts have we called"),
        ("who did Hanna Lindqvist call", "which accounts did Hanna Lindqvist call"),
        ("who called us", "which accounts called us"),
        ("who bought from us in May", "which accounts bought from us in May"),
        ("who did we mail", ""),
        ("who was called most", ""),
        ("wen haben wir angerufen", "welche Kunden haben wir angerufen"),
        ("a quién llamamos", ""),
        ("chi abbiamo chiamato", ""),
    ],
)
def test_whom_we_reached_are_no_rows_of_ours(reader_of_four: FigureReader, question: str, way: str) -> None:
    assert "companies or people" in refusal(reader_of_four, question)
    if way:
        assert offered(reader_of_four, question)[0] == way


@pytest.mark.parametrize("question", ["who won the most deals", "who called the most", "who mailed Norvik Maritime"])
def test_who_did_it_is_one_of_us(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).group == (Field.REP,)


@pytest.mark.parametrize(
    "question",
    [
        "accounts that we called",
        "how many accounts did Hanna Lindqvist call",
        "accounts called in May",
        "accounts that were called in May",
        "Kunden die wir angerufen haben",
    ],
)
def test_whom_we_called_is_not_who_called(reader_of_four: FigureReader, question: str) -> None:
    assert "direction not inbound" in in_words(frame(reader_of_four, question))


def test_what_goes_on_is_done_by_the_same(reader_of_four: FigureReader) -> None:
    words = in_words(frame(reader_of_four, "accounts that we called but did not mail"))
    assert words.endswith("type call direction not inbound, without activities type email direction outbound")


@pytest.mark.parametrize(
    "question", ["accounts that called in May", "accounts that mailed Hanna Lindqvist", "which customers called in May"]
)
def test_what_accounts_did_themselves_is_refused(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question)


@pytest.mark.parametrize(
    ("question", "way"), [("mails from Hanna Lindqvist", "outbound"), ("mails to Hanna Lindqvist", "inbound")]
)
def test_mails_from_a_colleague_went_out(reader_of_four: FigureReader, question: str, way: str) -> None:
    assert Where(Field.DIRECTION, (way,)) in frame(reader_of_four, question).where


def test_no_way_is_asked_of_calls_where_none_was_told(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "calls by rep").where == (Where(Field.TYPE, ("call",)),)
    assert frame(reader_of_four, "calls by rep").about is About.ACTIVITIES


def test_a_follow_up_gives_open_deals_no_time_of_its_own_choice(reader_of_four: FigureReader) -> None:
    base = frame(reader_of_four, "open deals by rep")
    may = [Named(len("and in "), len("and in May"), MAY)]
    assert reader_of_four.refine(base, "and in May?", may) is None
    created = reader_of_four.refine(
        base, "and created in May?", [Named(len("and created in "), len("and created in May"), MAY)]
    )
    assert created is not None
    assert dates(created) == [Dated.CREATED]
