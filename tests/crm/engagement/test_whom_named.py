"""Short notes: whom they name, and what beside him tells that there was contact."""

import pytest

from tests.crm.engagement.looking import seen


@pytest.mark.parametrize(
    ("body", "there", "absent"),
    [
        ("Vu Mme Roche hier, deux ponts retenus", "named:seen", "no:seen"),
        ("Vu le prix, deux ponts retenus", "seen", "named:seen"),
        ("Pas vu Mme Roche", "no:seen", "named:seen"),
        ("Hr. Grewe am Stand, sucht eine Presse", "told:titled", "told:their_role"),
        ("m'a rappelé", "called_back", "titled"),
        ("lunch w/ Ola, switching carriers", "named:with_them", "named:seen"),
        ("lunch w/ a view", "with_them", "named:with_them"),
        ("the foreman wants a crane", "told:their_role", "told:titled"),
        ("wants a crane, said nothing of the foreman", "their_role", "told:their_role"),
        ("Grewe: kommt im Mai", "label:person", "quoted:said"),
        ("Next step: yellow ones, approved", "note:agreed", "label:person"),
        ('"not before May", then hung up', "quoted:said", "label:person"),
    ],
)
def test_somebody_named_is_seen_beside_what_he_did(body: str, there: str, absent: str) -> None:
    flags = seen("call", "Bergen", body).flags
    assert there in flags
    assert absent not in flags


def test_the_kin_who_come_along_are_no_gatekeepers() -> None:
    assert "gatekeeper" not in seen("event", "Visite", "Vu Luc et sa fille, collection validée").flags
    assert "gatekeeper" in seen("call", "Appel Luc", "sa fille a décroché, il est aux champs").flags


def test_what_a_light_word_says_hides_no_other() -> None:
    """ "ok for" says that something was agreed, and still holds the customer's "ok"."""
    assert {"buyer", "agreed"} <= seen("call", "Dr Moe", "picked up, ok for the trial").flags


def test_a_mail_names_nobody_so() -> None:
    assert "named:seen" not in seen("email", "Visit", "Saw Ola on Monday, he wants two. Mia").flags
    assert "named:seen" in seen("event", "Visit", "Saw Ola on Monday, he wants two.").flags


def test_a_letter_logged_as_a_note_greets() -> None:
    assert "note:greets" in seen("task", "Offer", "Sehr geehrter Herr Grewe, anbei das Angebot.").flags
    assert "note:greets" not in seen("task", "Offer", "Herr Grewe will das Angebot.").flags
