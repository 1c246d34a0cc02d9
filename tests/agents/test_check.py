"""Sentences that hold stay as they are; sentences that do not are taken out, and it is said."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from agents.brief_contents import Holdings
from agents.check import Checker, check, settled
from crm.nouns import Brief, Evidence, Manner, Side

EVIDENCE = (
    Evidence(
        1,
        "demo:11",
        "We take around 140 trucks a day in Larvik. Demurrage cost us NOK 1.9 m.",
        datetime(2026, 3, 12, tzinfo=UTC),
        "Sigrid Aas",
        Side.THEM,
    ),
    Evidence(
        2,
        "demo:12",
        "The limit is EUR 48,000, see https://norvik.example/limits.",
        datetime(2026, 4, 1, tzinfo=UTC),
        "Kjersti Moe",
        Side.THEM,
    ),
)
FACTS = {"name": "Norvik Maritime", "won": 48000.0, "as_of": date(2026, 10, 30), "considered": 41}
BRIEF = Brief("account_summary", "How is Norvik doing?", FACTS, EVIDENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Sigrid Aas said “we take around 140 trucks a day” on 12 March 2026 [1].",
        "- **Limit:** 48 000 EUR, said on April 1 [2]",
        "On 2026-03-12 they named 140 trucks [1]. Their limit is EUR 48.000 [2].",
        "1. Demurrage cost them NOK 1.9 m [1].",
        "They answered. It was a good talk.",
        "Norvik Maritime has 41 records, as of 30 October 2026.",
        "She wrote: “Demurrage cost us NOK 1.9 m” [1].",
        "Their limit is approx. EUR 48,000 [2].",
    ],
)
def test_what_the_brief_holds_stays(text: str) -> None:
    checked = check(text, BRIEF)
    assert checked.text == text
    assert checked.notices == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("They take 150 trucks a day [1].", "150"),
        ("Their limit is EUR 49,000 [2].", "49,000"),
        ("She said so on 13 March 2026 [1].", "13/3/2026"),
        ("She said so on 12 April [1].", "12/4"),
        ("She wrote “we take around 140 lorries a day” [1].", "“we take around 140 lorries a day”"),
        ("She wrote “The limit is EUR 48,000” [1].", "“The limit is EUR 48,000”"),
        ("The offer went to Kevin last week [1].", "Kevin"),
        ("Marcus Webb signed it [1].", "Webb"),
        ("It stands in the notes [7].", r"\[7\]"),
    ],
)
def test_what_the_brief_does_not_hold_is_taken_out_and_said(text: str, named: str) -> None:
    checked = check(f"They answered [1]. {text} That is all.", BRIEF)
    assert checked.text == "They answered [1]. That is all."
    assert checked.notices == (f"One sentence was taken out, because the records do not support: {named}.",)


def test_a_sentence_is_taken_out_whole_though_an_abbreviation_stands_in_it() -> None:
    checked = check("They answered. Their limit is approx. EUR 49,000 [2].", BRIEF)
    assert checked.text == "They answered."


def test_a_line_of_which_nothing_is_left_goes_with_its_bullet() -> None:
    checked = check("- They answered [1].\n- They pay EUR 50 [2].\n- That is all.", BRIEF)
    assert checked.text == "- They answered [1].\n- That is all."


def test_sources_are_those_that_are_cited() -> None:
    checked = check("Trucks [1, 2]. Again [2].", BRIEF)
    assert checked.text == "Trucks [1][2]. Again [2]."
    assert [(s.number, s.activity_id, s.quote) for s in checked.sources] == [
        (e.number, e.activity_id, e.text) for e in EVIDENCE
    ]


def test_a_number_that_does_not_exist_is_dropped_beside_one_that_does() -> None:
    assert check("Trucks [1][9].", BRIEF).text == "Trucks [1]."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fine ![x](http://evil.example/?q=140) so.", "Fine  so."),
        ("See [the offer](http://evil.example).", "See the offer."),
        ("See http://evil.example/a?b=140 now.", "See (link removed) now."),
        ("See www.evil.example now.", "See (link removed) now."),
        ("Fine <img src=x onerror=y> so.", "Fine  so."),
        ("Fine <!-- hidden --> so.", "Fine  so."),
        ("Fine <img src=", "Fine"),
        ("Fine.\n[x]: http://evil.example", "Fine."),
    ],
)
def test_nothing_that_a_browser_would_fetch_or_follow_passes(text: str, left: str) -> None:
    checked = check(text, BRIEF)
    assert checked.text == left
    assert "A link, an image or HTML was taken out of the answer." in checked.notices


def test_a_link_from_the_record_is_shown_as_words() -> None:
    assert check("See https://norvik.example/limits [2].", BRIEF).text == r"See https\://norvik.example/limits [2]."


def test_an_answer_without_any_record_says_so() -> None:
    bare = Brief("ask_history", "Who?", {"topic": "price"})
    assert check("Nobody did.", bare).notices == ("No record stands behind this answer.",)
    assert check("Here is what I can do.", replace(bare, task="help")).notices == ()
    assert check("Nobody did.", replace(bare, facts={"considered": 41})).notices == ()


def test_a_reason_among_the_facts_is_no_quote_cut_from_a_record() -> None:
    denied = Evidence(1, "demo:13", "It was not the price.")
    brief = replace(BRIEF, facts={"reason": "the price"}, evidence=(denied,))
    assert check("- Norvik: “the price”", brief).text == "- Norvik: “the price”"
    assert check("- Norvik: “the price” [1]", brief).text == ""


def test_german_nouns_are_no_strangers() -> None:
    german = replace(BRIEF, manner=Manner(language="de"))
    text = "Am 12. März 2026 sprach Sigrid Aas von Lastwagen und Kosten [1]."
    assert check(text, german).text == text


def test_only_whole_sentences_of_a_growing_answer_are_settled() -> None:
    assert settled("They answered [1]. They pay EUR 5") == "They answered [1]. "
    assert settled("- one\n- tw") == "- one\n"
    assert settled("They") == ""


def test_one_checker_says_of_a_growing_answer_what_a_fresh_one_says() -> None:
    whole = (
        "They take 140 trucks a day [1]. They take 150 trucks a day [1].\nTheir limit is EUR 48,000 [2]. It was good.\n"
    )
    checker = Checker(BRIEF, Holdings.of(BRIEF))
    grown = [settled(whole[:end]) for end in range(len(whole) + 1)]
    assert [checker.check(text) for text in grown] == [check(text, BRIEF) for text in grown]
    assert len({*grown}) == 5
    assert "150" not in checker.check(whole).text
    assert "140" in checker.check(whole).text
