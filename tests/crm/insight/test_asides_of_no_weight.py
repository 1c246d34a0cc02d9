"""Asides that change nothing are left out; those that would change a figure stay and refuse, or count."""

from dataclasses import replace

import pytest

from crm.insight.frame import About, Column, Dated, Field, How, When, Where
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    "aside",
    [
        ", repeats included",
        " (repeats included)",
        ", duplicates counted",
        ", every logged record incl. doubles",
        ", every record counts",
        ", all records, repeats not removed",
        ", don't drop duplicates",
        ", doublons compris",
        ", Dubletten mitgezählt",
        ", duplicados incluidos",
        ", contando también los registros repetidos",
        ", duplicati inclusi",
        ", over the whole history",
        ", skip reps with none",
        ", without those without",
        ", all products together",
    ],
)
def test_what_changes_nothing_is_left_out(reader_of_four: FigureReader, aside: str) -> None:
    assert frame(reader_of_four, f"calls by rep{aside}") == frame(reader_of_four, "calls by rep")


@pytest.mark.parametrize(
    "aside",
    [
        ", skip repeats",
        ", duplicates not counted",
        ", repeats removed",
        ", repeats",
        ", only duplicates",
        ", skip accounts with none",
        ", without",
    ],
)
def test_what_would_leave_records_out_is_refused(reader_of_four: FigureReader, aside: str) -> None:
    assert refusal(reader_of_four, f"calls by rep{aside}")


def test_rows_of_a_time_are_shown_without_any_as_well(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "calls by month, skip months with none")


def test_each_once_and_repeats_included_contradict(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "distinct accounts with calls, repeats included")


def test_all_that_is_joined_before_included_is_counted_too(reader_of_four: FigureReader) -> None:
    plain = frame(reader_of_four, "deals created in 2026 per quarter")
    assert frame(reader_of_four, "deals created in 2026 per quarter, won and lost included") == plain
    assert frame(reader_of_four, "deals created in 2026 per quarter, counting won and lost ones too") == plain
    assert refusal(reader_of_four, "won deals created in 2026 per quarter, lost included")


@pytest.mark.parametrize(
    "question",
    [
        "appels par résultat, sans ceux qui n'ont pas de résultat",
        "calls by outcome, without those without an outcome",
    ],
)
def test_denied_twice_is_given(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.group == (Field.OUTCOME,)
    assert Where(Field.OUTCOME, ()) not in found.where


def test_who_was_never_contacted_has_no_last_contact(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "leads last contacted in May (skip the ones never contacted)")
    assert [c.dated for c in found.where if isinstance(c, When)] == [Dated.CONTACTED]
    assert refusal(reader_of_four, "leads by rep, skip the ones never contacted")


@pytest.mark.parametrize(
    "question",
    [
        "average days created to close of won deals",
        "average created to close time of won deals",
        "average nr of days from created to closed of won deals",
    ],
)
def test_from_creation_to_close_is_the_cycle(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.about, found.how, found.of) == (About.DEALS, How.MEAN, Column.CYCLE)


@pytest.mark.parametrize(
    "question", ["longest created to close time among won deals", "longest sales cycle of won deals"]
)
def test_of_a_time_one_is_the_longest(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.of, found.group) == (How.MOST, Column.CYCLE, ())
    assert frame(reader_of_four, "longest won deals").group == (Field.DEAL,)


def test_an_outcome_said_with_its_noun_makes_no_rows(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "longest call with outcome Connected")
    assert (found.how, found.of, found.group) == (How.MOST, Column.DURATION, ())


def test_what_rows_are_split_by_is_not_counted_in_them(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "going by the products, how many deals do we have for each product")
    assert (found.about, found.how, found.group) == (About.DEALS, How.COUNT, (Field.PRODUCT,))


@pytest.mark.parametrize(
    ("headed", "plain"),
    [
        ("Shipping accounts: open deals by rep", "open deals in Shipping by rep"),
        ("accounts in Shipping: calls by rep", "calls in Shipping by rep"),
    ],
)
def test_what_stands_behind_a_heading_is_counted(reader_of_four: FigureReader, headed: str, plain: str) -> None:
    found, wanted = frame(reader_of_four, headed), frame(reader_of_four, plain)
    assert replace(found, where=()) == replace(wanted, where=())
    assert set(found.where) == set(wanted.where)


def test_a_heading_that_the_records_do_not_carry_is_refused(reader_of_four: FigureReader) -> None:
    assert "accounts" in refusal(reader_of_four, "accounts with more than 500 employees: open deals")


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Konten haben noch nie einen Deal verloren?",
        "how many accounts have never lost a deal",
        "combien de comptes n'ont jamais perdu d'affaire",
        "cuántas cuentas nunca han perdido un negocio",
    ],
)
def test_who_never_lost_a_deal_is_an_account(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.about is About.ACCOUNTS
    assert found == frame(reader_of_four, "how many accounts have no lost deal")


def test_a_noun_nobody_knows_is_no_misspelt_small_word(reader_of_four: FigureReader) -> None:
    assert "Konntne" in refusal(reader_of_four, "Wie viele Konntne haben Deals")


def test_a_sector_that_nobody_is_in_is_no_misspelt_small_word(reader_of_four: FigureReader) -> None:
    assert "retail" in refusal(reader_of_four, "how many accounts in retail")  # no "in detail"
