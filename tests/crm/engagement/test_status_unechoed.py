"""A status that says nobody was reached, over a note that says no such thing, is seen as what it is."""

import pytest

from crm.engagement.features import features
from crm.engagement.phrase_finder import lexicon
from tests.crm.engagement.looking import record


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Call: No answer", "takes the green one, pays on delivery"),
        ("Status: nicht erreicht", "Nimmt den grünen und zahlt bar."),
        ("Call", "Outcome: Busy\nfifteen minutes, three sites, he takes two"),
    ],
)
def test_a_status_that_stands_alone(subject: str, body: str) -> None:
    assert "status:unechoed" in features(record("call", subject, body), lexicon()).flags


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Call: No answer", "rang out twice, nobody there, again on Monday"),
        ("Call: No answer", "again Monday"),
        ("Call: Connected", "takes the green one, pays on delivery"),
    ],
)
def test_a_status_that_the_note_repeats_or_that_says_nothing(subject: str, body: str) -> None:
    assert "status:unechoed" not in features(record("call", subject, body), lexicon()).flags
