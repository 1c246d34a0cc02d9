"""What reaches the page: figures as one reads them, and nothing of a record as live HTML."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crm.engagement.corrections import SOMEBODY
from crm.nouns import Activity, Answer, Computed, Engagement, Kind, Label, Message, Side, Source, Verdict
from ui.show import (
    BARS,
    answered,
    bars,
    chart,
    cited,
    kind_told,
    moment,
    prose,
    seconds,
    share,
    source_list,
    verdict_card,
)
from ui.tongue import day, figure


def thread(*messages: Message) -> Activity:
    return Activity(
        "demo:1", "1", "demo", Kind.EMAIL, "Re: Offer", "", "Re: Offer", messages=messages, owner="Ana Ruiz"
    )


def message(side: Side, author: str, text: str, at: datetime | None = None) -> Message:
    return Message(side, author, "", at, text, 0, (0, 0))


@pytest.mark.parametrize(
    ("hostile", "live"),
    [
        ("<img src=x onerror=alert(1)>", "<img"),
        ("<script>alert(1)</script>", "<script"),
        ("![pixel](https://evil.example/p.png)", "!["),
        ("[click](https://evil.example)", "]("),
        ("[a][b]\n\n[b]: https://evil.example", "]:"),
        ("see https://evil.example/x", "://"),
        ("see www.evil.example", "www."),
        ("mail eve@evil.example", "@"),
        ('<a href="javascript:alert(1)">x</a>', "<a"),
    ],
)
def test_nothing_from_a_record_is_live_in_an_answer(hostile: str, live: str) -> None:
    assert live in hostile
    assert live not in prose(hostile)


def test_prose_keeps_markdown_and_the_words() -> None:
    assert prose("**Bold** and *“quoted”*\n\n> said\n\n| a | b |") == "**Bold** and *“quoted”*\n\n> said\n\n| a | b |"
    assert prose("R&D < 5") == "R&#38;D &#60; 5"


@pytest.mark.parametrize(
    ("escaped", "shown"),
    [
        (r"ana\@client.example", "ana&#64;client.example"),
        (r"a \<b\> \*star\* \[1\]", r"a &#60;b\> \*star\* \[1\]"),
        (r"end\\<img src=x>", r"end\\&#60;img src=x>"),
        (r"\![x](y)", r"\![x]&#40;y)"),
    ],
)
def test_what_was_escaped_before_is_not_escaped_twice(escaped: str, shown: str) -> None:
    assert prose(escaped, frozenset({1})) == shown


def test_only_numbers_that_have_a_source_open_one() -> None:
    shown = prose("Said so [1], not so [2].", frozenset({1}), turn=3)
    assert '<a class="cite" href="#source-3-1"' in shown
    assert "not so [2]." in shown


def test_notices_stand_apart_and_are_escaped() -> None:
    shown = answered(Answer("Body [1].", sources=(Source(1, "demo:1", "q"),), notices=("Only <b>text</b> search.",)))
    assert shown == 'Body.\n\n<div class="notice">Only &lt;b&gt;text&lt;/b&gt; search.</div>'


@pytest.mark.parametrize(
    ("at", "as_day", "as_moment"),
    [
        (datetime(2026, 3, 7, 8, 14, tzinfo=UTC), "7 Mar 2026", "7 Mar 2026, 08:14"),
        (datetime(2026, 10, 30, tzinfo=UTC), "30 Oct 2026", "30 Oct 2026"),
        (None, "no date", "no date"),
    ],
)
def test_dates(at: datetime | None, as_day: str, as_moment: str) -> None:
    assert (day(at), moment(at)) == (as_day, as_moment)


@pytest.mark.parametrize(("wall", "told"), [(0.012, "12 ms"), (0.84, "0.8 s"), (125, "2 min 05 s")])
def test_durations(wall: float, told: str) -> None:
    assert seconds(wall) == told


def test_figures() -> None:
    assert (figure(5000), share(0.934), share(0)) == ("5,000", "93 %", "0 %")


def test_bars_start_at_nothing_and_carry_their_figures() -> None:
    drawn = bars({"ENGAGED": 50, "NOT ENGAGED": 100, "ND": 0})
    assert [w.split("%")[0] for w in drawn.split("width:")[1:]] == ["50.0", "100.0", "0.0"]
    assert '50<span class="share">33 %</span>' in drawn


def test_bars_of_no_rows_divide_by_nothing() -> None:
    assert bars({"ENGAGED": 0, "NOT ENGAGED": 0, "ND": 0}).count("width:0.0%") == 3


def test_a_source_tells_who_said_the_quote_and_when() -> None:
    at = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)
    them, us = (
        message(Side.THEM, "Sigrid Aas", "From 52 to\n31 minutes.", at),
        message(Side.US, "Ana Ruiz", "Any news?"),
    )
    sources = (Source(1, "demo:1", "52 to 31 minutes"), Source(2, "demo:1", "not there"), Source(3, "demo:9", "gone"))
    first, second, third = cited(Answer("", sources=sources), [thread(us, them)])
    assert (first.author, first.side, first.at) == ("Sigrid Aas", Side.THEM, at)
    assert (second.author, second.side) == ("Ana Ruiz", Side.UNKNOWN)
    assert (third.author, third.at) == ("", None)


def test_the_open_source_is_pressed_and_quotes_are_escaped() -> None:
    sources = cited(Answer("", sources=(Source(1, "x", "<b>one</b>"), Source(2, "x", "two"))), [])
    drawn = source_list(sources, turn=4, opened=2)
    assert "&lt;b&gt;one&lt;/b&gt;" in drawn
    assert 'data-turn="4" data-number="2" aria-pressed="true"' in drawn
    assert drawn.count('aria-pressed="true"') == 1
    assert "2 sources" in drawn


def test_no_sources_draw_nothing() -> None:
    assert source_list([], 0, 0) == ""


def test_a_verdict_says_how_sure_who_and_why() -> None:
    verdict = Verdict(Engagement.NOT_ENGAGED, 0.874, "Nobody <answered>.", "left a voicemail", "rule:voicemail", True)
    label = Label("demo:1", "h", "p", verdict, datetime(2026, 1, 1, tzinfo=UTC))
    drawn = verdict_card(label)
    for told in (
        "NOT ENGAGED",
        "87 % sure",
        "decided by the rule “voicemail”",
        "Nobody &lt;answered&gt;.",
        "only a guess<",
    ):
        assert told in drawn
    hardly = replace(label, verdict=replace(verdict, confidence=0.4))
    assert "only a guess: counts as undecided<" in verdict_card(hardly)
    by_person = Label("demo:1", "h", "p", verdict, datetime(2026, 1, 1, tzinfo=UTC), by="ana")
    assert "decided by ana" in verdict_card(by_person)
    assert "decided by a person" in verdict_card(replace(by_person, by=SOMEBODY))


def test_figures_are_drawn_when_they_can_be_compared() -> None:
    two = (Computed("<b>Ana</b>", 20, "EUR"), Computed("Bo", 5, "EUR"))
    drawn = chart(Answer("", frame="total value of deals", figures=two))
    many = tuple(Computed(f"rep {n}", n, "EUR") for n in range(BARS + 2))
    assert f"The first {BARS} of {BARS + 2} are drawn" in chart(Answer("", frame="total value of deals", figures=many))
    assert "are drawn" not in drawn
    assert "&lt;b&gt;Ana" in drawn
    assert "width:25.0%" in drawn
    assert chart(Answer("", figures=two[:1])) == ""
    assert chart(Answer("", figures=(two[0], Computed("Bo", 5, "USD")))) == ""


def test_a_chart_of_shares_is_in_percent() -> None:
    two = (Computed("Ana", 0.5), Computed("Bo", 0.25))
    assert "<dd>50 %</dd>" in chart(Answer("", frame="share of deals that are won", figures=two))


def test_a_type_is_said_in_words_and_another_system_s_own_stays() -> None:
    assert [kind_told(kind) for kind in ("call", "email", "Fax")] == ["Call", "Email", "Fax"]
