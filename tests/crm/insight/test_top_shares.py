"""What share the first so many hold together: each one's share of all, added up."""

from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame_words import in_words
from crm.insight.question.refusal import TOP_SHARE
from crm.insight.read import FigureReader
from tests.crm.insight.test_loss_reasons import opened
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    "question",
    [
        "what share of won value comes from the top 2 accounts",
        "share of won value of the top 2 accounts",
        "what share of revenue came from the two largest customers",
    ],
)
def test_the_shares_of_the_first_are_added_up(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.top, found.summed) == (2, True)
    assert in_words(found).endswith("by account, the highest 2, added up to one share")


@pytest.mark.parametrize("question", ["top 2 accounts by share of won value", "each account's share of won value"])
def test_rows_that_are_asked_for_stay_rows(reader_of_four: FigureReader, question: str) -> None:
    assert not frame(reader_of_four, question).summed


def test_one_figure_is_computed(tmp_path: Path) -> None:
    store, reader = opened(tmp_path)
    found = compute(store, frame(reader, "what share of lost value comes from the top 1 loss reasons"))
    assert [(r.name, r.value, r.rows) for r in found.rows] == [("", 400 / 700, 1)]
    assert found.ungrouped == 1


def test_a_rate_of_the_first_together_is_refused(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "what share of won deals comes from the top 3 reps") == TOP_SHARE
