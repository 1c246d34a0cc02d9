"""Rows are kept by how many records stand behind them, where these are the ones that the figure is of."""

from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame import About, Field, How, Kept
from crm.insight.frame_words import in_words
from crm.insight.question.refusal import SO_MANY
from crm.insight.read import FigureReader
from tests.crm.insight.test_loss_reasons import opened
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    ("question", "how", "kept"),
    [
        (
            "win rate by product, only products with more than 40 closed deals",
            How.SHARE,
            Kept(40, records=True),
        ),
        ("win rate by rep for reps with at least 20 closed deals", How.SHARE, Kept(20, strict=False, records=True)),
        (
            "among reps with at least 20 closed deals, who has the highest win rate",
            How.SHARE,
            Kept(20, strict=False, records=True),
        ),
        (
            "average employees per account by industry, only industries with at least 4 accounts",
            How.MEAN,
            Kept(4, strict=False, records=True),
        ),
        (
            "average call duration by rep, reps with fewer than 5 calls",
            How.MEAN,
            Kept(None, high=5, records=True),
        ),
    ],
)
def test_rows_are_kept_by_their_records(reader_of_four: FigureReader, question: str, how: How, kept: Kept) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.kept, len(found.group)) == (how, kept, 1)


def test_a_bound_on_the_number_that_is_asked_is_one_of_the_figure(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "reps with at least 20 won deals")
    assert found.kept == Kept(20, strict=False)


@pytest.mark.parametrize(
    "question",
    [
        "win rate by rep, only reps with more than 20 deals",  # open ones among them
        "win rate by rep, only reps with at least 5 won deals",
        "average deal value by account, only accounts with more than 3 contacts",
        "win rate by rep and product, only reps with at least 20 closed deals",
    ],
)
def test_records_that_the_figure_is_not_of_are_refused(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question) == SO_MANY


def test_what_stands_behind_a_row_is_counted(tmp_path: Path) -> None:
    store, reader = opened(tmp_path)
    found = frame(reader, "average lost deal value by loss reason, only loss reasons with more than one lost deal")
    assert found.group == (Field.LOSS_REASON,)
    assert in_words(found).endswith("by loss reason, those of 2 records or more")
    assert [(r.name, r.value) for r in compute(store, found).rows] == [("Price", 150)]


@pytest.mark.parametrize(
    "question",
    [
        "accounts by industry, only industries with at least 4 accounts",
        "how many accounts per industry, only industries with at least 4 accounts",
    ],
)
def test_rows_of_accounts_are_kept_by_their_accounts(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.about, found.group, found.where) == (About.ACCOUNTS, (Field.INDUSTRY,), ())
    assert found.kept == Kept(4, strict=False)


@pytest.mark.parametrize(
    "question",
    [
        "accounts by industry, only industries with at least 4 won deals",
        "calls by rep, only reps with more than 20 unanswered calls",
        "deals by product, only products with at least 30 won deals",
    ],
)
def test_rows_are_not_kept_by_what_is_not_counted(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question) == SO_MANY
