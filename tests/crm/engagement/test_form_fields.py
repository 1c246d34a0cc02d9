import pytest

from crm.engagement import form_fields
from crm.engagement.phrase_finder import lexicon
from crm.engagement.text_folding import folded


def form(text: str) -> form_fields.Form:
    return form_fields.read(folded(text), lexicon().outcome_labels, lexicon().duration_labels)


@pytest.mark.parametrize(
    ("text", "outcomes", "rest"),
    [
        ("Disposition: No answer\nNotes: will retry", ("No answer",), "Notes: will retry"),
        ("Outcome: Connected | Duration: 0:41 | asked for a quote", ("Connected",), "| | asked for a quote"),
        ("status=SALE;talk=00:09:47;comments=agreed to pay", ("SALE",), "; ;comments=agreed to pay"),
        ("DISPO: NO ANSWER   RING 00:28   TALK 00:00", ("NO ANSWER   RING 00:28",), ""),
        ("Statut : non tenu\nTrès bon échange", ("non tenu",), "Tres bon echange"),
        ("Call Disposition: Busy Call Purpose: Prospecting", ("Busy",), "Call Purpose: Prospecting"),
        ("She said: no outcome yet", (), "She said: no outcome yet"),
    ],
)
def test_outcomes_are_taken_out_and_the_note_is_left(text: str, outcomes: tuple[str, ...], rest: str) -> None:
    found = form(text)
    assert found.outcomes == outcomes
    assert " ".join(found.rest.split()) == rest


def test_a_long_outcome_ends_after_a_few_words() -> None:
    found = form("Outcome: No Show waited 12 min on the call, emailed her desk, nothing. Rebook?")
    assert found.outcomes == ("No Show waited 12 min on the",)
    assert "emailed her desk" in found.rest


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:41", 41),
        ("00:09:47", 587),
        ("14 min 38 s", 878),
        ("5 Sek.", 5),
        ("1 h 5 min", 3900),
        ("41000", 41),
        ("12", 12),
        ("a while", 0),
    ],
)
def test_a_time_is_read_as_seconds(text: str, seconds: float) -> None:
    assert form_fields.seconds(text) == seconds


def test_a_duration_is_known_only_where_one_stands() -> None:
    assert form("Duration: 0:05").seconds == 5
    assert form("Notes: nice chat").seconds is None


def test_blank_and_filled_lines_of_a_form_are_counted() -> None:
    found = form("Customer:\nPresent: ____\nNeeds: -\nNext step: send quote\n[ ] done")
    assert (found.blank, found.filled) == (3, 1)
