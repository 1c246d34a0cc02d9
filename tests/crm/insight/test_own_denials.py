"""What is denied of an account is no denial of what was done with it, and the other way round."""

import pytest

from crm.insight.frame import Field, Has, Where
from crm.insight.question.refusal import NO_SHARE
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("accounts outside DACH with a won deal", False),
        ("how many accounts that are not in DACH have a won deal", False),
        ("accounts with a won deal, excluding DACH", False),
        ("accounts not in DACH without a meeting", True),
        ("which accounts not in the region DACH have no meetings", True),
    ],
)
def test_where_they_are_not_denies_nothing_else(reader_of_four: FigureReader, question: str, without: bool) -> None:
    where = frame(reader_of_four, question).where
    assert Where(Field.ACCOUNT_REGION, ("DACH",), negated=True) in where
    assert [c.negated for c in where if isinstance(c, Has)] == [without]


def test_whose_they_are_not(reader_of_four: FigureReader) -> None:
    where = frame(reader_of_four, "accounts not owned by Hanna with a won deal").where
    assert Where(Field.REP, ("Hanna Lindqvist",), negated=True) in where
    assert [c.negated for c in where if isinstance(c, Has)] == [False]


def test_who_did_not_do_it_may_have_done_another(reader_of_four: FigureReader) -> None:
    assert "not" in refusal(reader_of_four, "accounts with a call not by Hanna")


@pytest.mark.parametrize("question", ["accounts that Hanna has not called", "how many accounts hasn't Hanna called"])
def test_whom_somebody_has_not_called_is_anybodys(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question).where
    inner = [c for c in found if isinstance(c, Has)]
    assert [c.negated for c in inner] == [True]
    assert any(isinstance(c, Where) and c.field is Field.REP for c in inner[0].where)
    assert not any(isinstance(c, Where) for c in found)


def test_a_share_of_such_accounts_is_refused(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "share of accounts outside DACH with a won deal") == NO_SHARE
