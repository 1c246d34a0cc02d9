"""What a mail gives back of their last words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agents.base import Toolbox
from agents.mail.grounds import exchange
from agents.numbered_evidence import Exhibits
from crm.engagement.timeline import Touch
from crm.nouns import Filter, Side


@pytest.mark.parametrize(
    ("text", "words", "asks"),
    [
        ("Hanna, one of the two coolers has been very loud since Monday.", "one of the two coolers has been", False),
        ("Well, one of the two coolers has been very loud since Monday.", "", False),
        ("Hanna, it is loud. Can somebody come by?", "Can somebody come by?", True),
        ("Any news?", "", False),
    ],
)
def test_their_words_are_given_back_without_our_name(tools: Toolbox, text: str, words: str, asks: bool) -> None:
    mail = next(a for a in tools.store.activities(Filter()) if a.kind.value == "email")
    activity = replace(mail, owner="Hanna Lindqvist", raw_body=text)
    touch = Touch(activity, datetime(2026, 10, 8, tzinfo=UTC), "Sigrid Aas", Side.THEM, text)
    found = exchange(touch, Exhibits(), tools.book)
    assert found.words.startswith(words)
    assert bool(found.words) == bool(words)
    assert found.asks == asks
