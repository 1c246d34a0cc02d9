"""By what name a mail greets."""

import pytest

from agents.mail.recipient import Recipient
from crm.nouns import Contact


@pytest.mark.parametrize(
    ("name", "email", "first"),
    [
        ("Marit Dahle", "marit.dahle@norvik.example", "Marit"),
        ("Dr. Katrin Hollerbach", "", "Katrin"),
        ("VASSEUR Hélène", "achats@torcy.example", "Hélène"),
        ("Claire FONTANEL", "", "Claire"),
        ("Aubry Thomas", "thomas.aubry@serenis.example", "Thomas"),
        ("Aubry Thomas", "t.aubry@serenis.example", "Thomas"),
        ("Aubry Thomas", "", "Aubry"),
        ("T. Aubry", "", "T. Aubry"),
        ("MARC REY", "", "MARC"),
    ],
)
def test_the_given_name_is_found(name: str, email: str, first: str) -> None:
    assert Recipient.of(Contact("c1", None, name, email)).first == first
