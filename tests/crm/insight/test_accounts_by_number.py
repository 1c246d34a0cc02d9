"""Accounts by how many records they have: those without any are among the ones with fewer."""

from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame import About, Field, Has, How, Where
from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader
from tests.four_accounts import build
from tests.reading_figures import frame, refusal

OPEN, WON = Where(Field.STATE, ("open",)), Where(Field.STATE, ("won",))


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("how many accounts have more than 2 open deals", (Has(About.DEALS, (OPEN,), least=3),)),
        ("how many accounts have fewer than 2 open deals", (Has(About.DEALS, (OPEN,), True, 2),)),
        ("how many accounts have at most 2 open deals", (Has(About.DEALS, (OPEN,), True, 3),)),
        ("accounts with exactly two contacts", (Has(About.CONTACTS, least=2), Has(About.CONTACTS, (), True, 3))),
        (
            "how many accounts have between 2 and 4 open deals",
            (Has(About.DEALS, (OPEN,), least=2), Has(About.DEALS, (OPEN,), True, 5)),
        ),
        (
            "number of customers that bought at least two different products",
            (Has(About.DEALS, (WON,), least=2, different=Field.PRODUCT),),
        ),
    ],
)
def test_a_number_is_a_condition_on_the_account(reader_of_four: FigureReader, question: str, has: tuple[Has]) -> None:
    found = frame(reader_of_four, question)
    assert (found.about, found.how, found.where) == (About.ACCOUNTS, How.COUNT, has)


def test_a_share_counts_the_accounts_with_so_many(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "what percentage of accounts have more than 2 open deals")
    assert (found.how, found.are) == (How.SHARE, (Has(About.DEALS, (OPEN,), least=3),))


def test_which_accounts_have_fewer_lists_them_with_those_that_have_none(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "which accounts have fewer than 2 open deals")
    assert (found.about, found.group) == (About.ACCOUNTS, (Field.ACCOUNT,))


def test_without_so_many_is_refused(reader_of_four: FigureReader) -> None:
    assert "do not know" not in refusal(reader_of_four, "accounts without more than 3 open deals")


def test_exactly_so_much_money_is_no_number_of_records(reader_of_four: FigureReader) -> None:
    assert "exactly" in refusal(reader_of_four, "deals of exactly 50k")


def test_every_account_has_so_many_or_fewer(tmp_path: Path, reader_of_four: FigureReader) -> None:
    store = build(tmp_path).store

    def count(question: str) -> float:
        return compute(store, frame(reader_of_four, question)).rows[0].value

    everyone = count("how many accounts")
    for kind in ("deals", "calls", "contacts"):
        more, fewer = (count(f"how many accounts have {b} 2 {kind}") for b in ("at least", "fewer than"))
        assert more + fewer == everyone
        exactly = count(f"how many accounts have exactly 2 {kind}")
        assert count(f"how many accounts have more than 2 {kind}") == more - exactly


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many reps are there", "number of reps"),
        ("reps per region", "number of reps, by rep region"),
        ("how many reps have no won deal", "number of reps, without deals state won"),
        ("which reps have fewer than 2 open deals", "number of reps, fewer than 2 deals state open, by rep"),
    ],
)
def test_reps_are_counted_from_their_list(reader_of_four: FigureReader, question: str, words: str) -> None:
    assert in_words(frame(reader_of_four, question)) == words
