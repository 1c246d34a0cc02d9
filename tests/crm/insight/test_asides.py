"""What a question says beside its point: blanks that are skipped, examples, what is counted too."""

import pytest

from crm.insight.frame import About, Field, Where
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    "question",
    [
        "open deals without a rep by product, leave out the ones with no account",
        "open deals by product, the ones without an account left out",
    ],
)
def test_who_leaves_out_what_is_missing_wants_what_is_given(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert Where(Field.ACCOUNT, (), negated=True) in found.where
    assert found.group == (Field.PRODUCT,)


@pytest.mark.parametrize(
    "question",
    [
        "deals by product, e.g. Dock or Plan",
        "deals per product (Dock, Plan and so on)",
        "deals by product such as Dock",
    ],
)
def test_examples_of_a_split_leave_nothing_out(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.group, found.where, found.versus) == ((Field.PRODUCT,), (), ())


def test_examples_of_nothing_that_is_split_are_refused(reader_of_four: FigureReader) -> None:
    assert "such as" in refusal(reader_of_four, "deals by stage such as Dock")


def test_what_is_counted_too_is_no_condition(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "activities by type, planned meetings included")
    assert (found.about, found.where) == (About.ACTIVITIES, ())
    assert "included" in refusal(reader_of_four, "planned meetings included by rep")
