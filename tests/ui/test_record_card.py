"""One record as HTML: who wrote what, the quote marked, everything escaped."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crm.engagement.corrections import Event
from crm.nouns import Activity, Direction, Engagement, Kind, Label, Message, Side, Verdict
from ui.record import LONGEST, NOBODYS, Whose, history_list, marked, missing_card, record_card, shown_id, spans

AT = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)
REPLY = Message(
    Side.THEM, "Sigrid Aas", "sigrid@norvik.example", AT, "From 52 to 31 minutes.\nSend the offer.", 0, (0, 1)
)
OURS = Message(Side.US, "Hanna Lindqvist", "", None, "Any news? <img src=x onerror=alert(1)>", 1, (1, 2))
RECORD = Activity(
    "demo:7", "7", "demo", Kind.TASK, "[Outreach] Re: Berths", "raw <b>body</b> with a signature", "Re: Berths",
    ("[Outreach]",), (REPLY, OURS), Direction.OUTBOUND, "COMPLETED", 95, AT, "Hanna Lindqvist", "demo:A1",
)  # fmt: skip
VERDICT = Verdict(Engagement.ENGAGED, 0.97, "The customer wrote.", "Send the offer.", "rule:reply")
LABEL = Label("demo:7", "h", "p", VERDICT, AT)


def test_the_head_tells_what_when_who() -> None:
    drawn = record_card(RECORD, Whose("Norvik Maritime", ("Sigrid Aas",)))
    for told in (
        "Task · outbound · completed · 1 min 35 s",
        "4 Mar 2026, 09:12",
        "Norvik Maritime",
        "Sigrid Aas",
        "demo:7",
    ):
        assert told in drawn
    assert "<span>[Outreach]</span>" in drawn


def test_each_message_is_a_card_of_its_side() -> None:
    drawn = record_card(RECORD)
    assert '<article class="message them"><header><span class="side">They wrote</span>' in drawn
    assert "Sigrid Aas · 4 Mar 2026, 09:12" in drawn
    assert '<article class="message us"' in drawn
    assert drawn.index("They wrote") < drawn.index("We wrote")
    assert drawn.count('<span class="quoted">quoted</span>') == 1


def test_the_quote_and_the_verdicts_quote_are_marked() -> None:
    drawn = record_card(RECORD, NOBODYS, LABEL, "52 to 31")
    assert "From <mark>52 to 31</mark> minutes.\n<mark>Send the offer.</mark>" in drawn
    assert "97 % sure" in drawn


def test_nothing_of_the_record_is_live() -> None:
    drawn = record_card(RECORD, Whose('<a href="https://evil.example">x</a>'), LABEL, "<img src=x")
    assert "<img" not in drawn
    assert "<a " not in drawn
    assert "<b>body" not in drawn
    assert "<mark>&lt;img src=x</mark>" in drawn


def test_the_raw_text_is_closed_unless_only_it_holds_the_quote() -> None:
    assert '<details class="raw">' in record_card(RECORD, NOBODYS, None, "52 to 31")
    drawn = record_card(RECORD, NOBODYS, None, "with a signature")
    assert '<details class="raw" open>' in drawn
    assert "<mark>with a signature</mark>" in drawn


def test_an_empty_record_says_so() -> None:
    bare = Activity("demo:8", "8", "demo", Kind.EVENT, "", "", "")
    drawn = record_card(bare)
    for told in ("No subject", "No text in this record.", "Not judged yet.", "no date"):
        assert told in drawn


def test_a_huge_text_is_cut_and_says_so() -> None:
    huge = replace(RECORD, messages=(replace(REPLY, text="x" * (LONGEST + 1_234)),), raw_body="")
    drawn = record_card(huge)
    assert drawn.count("x" * 100) == LONGEST // 100
    assert "1,234 more characters are not drawn" in drawn


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("one two  three", "two three", ["two  three"]),
        ("one\ntwo", "one two", ["one\ntwo"]),
        ("a b a b", "a b", ["a b", "a b"]),
        ("first line of it / second line of it", "first line of it\nnot in the text at all", ["first line of it"]),
        ("plain", "a.b", []),
        ("a.b axb", "a.b", ["a.b"]),
        ("anything", "  ", []),
    ],
)
def test_spans(text: str, quote: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in spans(text, [quote])] == expected


def test_marks_that_touch_become_one() -> None:
    assert marked("abcdef", ["abc", "bcd"]) == "<mark>abcd</mark>ef"


def test_a_record_that_is_gone() -> None:
    assert "demo:&lt;9&gt; is not in the store any more" in missing_card("demo:<9>")


def test_the_history_shows_who_said_what_and_folds_what_judges_alone_said() -> None:
    person = Verdict(Engagement.ND, 1.0, "A <b>test</b>.", "x", "person:ana")
    said = Event(Label("demo:7", "h", "person", person, AT, "ana"), stands=True, taken_back=False, earlier_text=False)
    judged = Event(LABEL, stands=False, taken_back=False, earlier_text=True)
    drawn = history_list([said, judged])
    assert "<strong>ana</strong> ND, 4 Mar 2026, 09:12: counts today · A &lt;b&gt;test&lt;/b&gt;." in drawn
    assert "<strong>the rule “reply”</strong> ENGAGED, 4 Mar 2026, 09:12: about an earlier text" in drawn
    assert '<details class="history" open>' in drawn
    assert '<details class="history">' in history_list([judged])
    assert history_list([]) == ""


def test_a_card_tells_whose_it_is_and_no_text_in_it_can() -> None:
    card = record_card(replace(RECORD, id="demo:1"))
    assert shown_id(card) == "demo:1"
    assert shown_id(f"<p>{card}</p>") == ""


def test_a_day_that_a_quote_told_says_so() -> None:
    assert "as demo:8 quotes it" in record_card(RECORD, day_told_by="demo:8")
    assert "quotes it" not in record_card(RECORD)
