from dataclasses import replace

import pytest

from crm.nouns import Side
from retrieval.passages import MOST_CHARACTERS, MOST_PASSAGES, has_text, passages_of
from tests.retrieval.small_crm import LETTERS, a_message, an_activity


def test_subject_first_then_messages_with_who_wrote_them() -> None:
    subject, theirs, ours = passages_of(LETTERS[0])
    assert (subject.text, subject.side) == ("Tessera Dock: cold rooms", Side.UNKNOWN)
    assert (theirs.author, theirs.side) == ("Sigrid Aas", Side.THEM)
    assert (ours.text, ours.side) == ("Our loggers cost 42 EUR each. Would Thursday suit you?", Side.US)


def test_sentences_are_joined_to_about_twenty_words() -> None:
    twelve = "One two three four five six seven eight nine ten eleven twelve."
    found = passages_of(an_activity("1", "", a_message("Ana", f"{twelve} Short one. {twelve}\nA last line")))
    assert [p.text for p in found] == [f"{twelve} Short one.", f"{twelve}\nA last line"]


@pytest.mark.parametrize(
    "said",
    [
        "Hello.\n\n  We met on Tuesday…  «Too dear.» he said!\tWhat now?\r\n-- \nAna",
        "word " * 500,
        "x" * 5_000,
        "A. B. C. " * 100,
        "\n\n\n",
        "   leading and trailing   ",
        "日本語の文です。価格が高いです。",
    ],
)
def test_every_passage_is_literally_in_the_record(said: str) -> None:
    activity = an_activity("1", "About it", a_message("Ana", said))
    found = passages_of(activity)
    assert found[0].text == "About it"
    assert all(p.text in activity.text and p.text.strip() == p.text and p.text for p in found)
    assert all(len(p.text) <= MOST_CHARACTERS for p in found)


def test_nothing_is_left_out() -> None:
    said = " ".join(f"Sentence {n} says {n * 7}. Line {n}\nends; here?" for n in range(30))
    found = passages_of(an_activity("1", "", a_message("Ana", said)))
    assert " ".join(p.key for p in found) == " ".join(said.split())
    assert len(found) > 10


def test_what_a_thread_quotes_again_is_not_repeated() -> None:
    said = a_message("Ana", "We agreed on Thursday.")
    again = a_message("Ana", "We  agreed on\nThursday.")
    assert [p.text for p in passages_of(an_activity("1", "", said, again))] == ["We agreed on Thursday."]


def test_long_records_are_cut_to_the_newest() -> None:
    lines = [a_message("Ana", f"This is line number {n} of a thread that never ends.") for n in range(200)]
    found = passages_of(an_activity("1", "Long", *lines))
    assert len(found) == MOST_PASSAGES
    assert found[1].text.startswith("This is line number 0 ")
    assert len(passages_of(an_activity("1", "Long", *lines), most=500)) == 201


@pytest.mark.parametrize(
    ("subject", "raw_body", "texts"),
    [
        ("", "", []),
        (" ", "\n\t", []),
        ("Offen", "", ["Offen"]),
        ("", "Not parsed at all", ["Not parsed at all"]),
        ("", "—", ["—"]),
    ],
)
def test_there_is_a_passage_exactly_where_there_is_text(subject: str, raw_body: str, texts: list[str]) -> None:
    activity = replace(an_activity("1", subject), raw_body=raw_body)
    assert [p.text for p in passages_of(activity)] == texts
    assert has_text(subject, raw_body) == bool(texts)


def test_a_record_whose_messages_are_blank_is_found_by_its_raw_text() -> None:
    activity = replace(an_activity("1", "", a_message("", " ")), raw_body="<br> only markup")
    assert [p.text for p in passages_of(activity)] == ["<br> only markup"]
