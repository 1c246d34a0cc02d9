"""Quotes are literally in the raw record, or they are none."""

import pytest

from crm.engagement.literal_quote import literal
from crm.nouns import Side
from tests.crm.engagement.made import activity

BODY = "Hi *Ana*,\r\n> we’ll take   the\n> blue ones – 14 bays.\nMaud <maud@lys.example>"


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        ("blue ones", "blue ones"),
        ("BLUE ONES", "blue ones"),
        ("we'll take the blue ones - 14 bays", "we’ll take   the\n> blue ones – 14 bays"),
        ('"Hi Ana, we\'ll..."', "Hi *Ana*,\r\n> we’ll"),
        ("Maud &lt;maud@lys.example&gt;", "Maud <maud@lys.example"),
        ("racks for Lille", "racks for Lille"),
        ("the red ones", ""),
        ("we'll take ... 14 bays", ""),
        ("", ""),
        ("14", ""),
        ("...", ""),
    ],
)
def test_the_raw_words_are_found_whatever_a_model_tidied(quoted: str, found: str) -> None:
    record = activity("1", BODY, "racks for Lille", Side.THEM)
    assert literal(record, quoted) == found
    assert found in BODY + "racks for Lille"


def test_a_very_short_record_may_be_quoted_whole() -> None:
    assert literal(activity("1", "ok"), "OK") == "ok"
    assert literal(activity("1", "ok"), "o") == ""


def test_words_that_only_the_cleaned_message_holds_give_the_raw_words_it_was_made_from() -> None:
    raw = "<p>we take<br/>the blue ones</p>"
    record = activity("1", raw)
    message = record.messages[0]
    clean = type(message)(message.side, "", "", None, "we take\nthe blue ones", 0, (3, 28))
    seen = type(record)(record.id, "1", "csv", record.kind, "", raw, "", (), (clean,))
    assert literal(seen, "we take the blue ones") == "we take<br/>the blue ones"


def test_a_long_quote_is_cut_after_a_word() -> None:
    body = "word " * 100
    assert literal(activity("1", body), body) == ("word " * 47).strip()
