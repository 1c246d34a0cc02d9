"""Accounts that are named by their mail domain, asked for as people say them."""

import pytest

from agents.reading.company_words import common_words
from agents.reading.domain_names import said_names
from agents.reading.names import Names
from agents.reading.tokens import tokens
from agents.reading.topic import topic_of
from crm.nouns import Account, Contact, Scope

DOMAINS = (
    "quarryandsons.example",
    "hallbeck-logistik.example",
    "mueller-bau.example",
    "durandetfils.example",
    "brandtmarine.co.example",
    "tidewaterfreight.example",
)
FIRMS = Names.of(
    [(d, name) for d in DOMAINS for name in (d, *said_names(d, d))] + [("Calder & Voss", "Calder & Voss")],
    common_words(),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What did Quarry & Sons say about price?", "quarryandsons.example"),
        ("What did Quarry and Sons say about price?", "quarryandsons.example"),
        ("what did quarryandsons say", "quarryandsons.example"),
        ("quarryandsons.example", "quarryandsons.example"),
        ("Has Hallbeck Logistik answered?", "hallbeck-logistik.example"),
        ("Has Hallbeck answered?", "hallbeck-logistik.example"),
        ("hallbecklogistik", "hallbeck-logistik.example"),
        ("Was sagt Müller Bau dazu?", "mueller-bau.example"),
        ("Was sagt Mueller Bau dazu?", "mueller-bau.example"),
        ("Que dit Durand & Fils du prix ?", "durandetfils.example"),
        ("Que dit Durand et Fils du prix ?", "durandetfils.example"),
        ("anything from Brandt Marine?", "brandtmarine.co.example"),
        ("Calder and Voss", "Calder & Voss"),
        ("what did Tidewater say?", "tidewaterfreight.example"),
    ],
)
def test_it_is_found_by_what_people_call_it(text: str, meant: str) -> None:
    assert [i for s in FIRMS.find(tokens(text)) if not s.weak for i in s.ids] == [meant]


def test_its_name_is_no_topic_of_a_question_about_it() -> None:
    scope = Scope(account=Account("A1", "tidewaterfreight.example"))
    assert topic_of("What did Tidewater Freight say about the price?", "tidewaterfreight.example", scope) == ["price"]


def test_the_title_of_who_is_asked_about_is_no_topic() -> None:
    held = Scope(contact=Contact("c1", None, "Ursula Held", "", "", "", ""))
    assert topic_of("Was hat Frau Held zuletzt zum Preis gesagt?", "Ursula Held", held) == ["Preis"]
    assert "Frau" in topic_of("Was wurde über die Frau gesagt?", "", Scope())


@pytest.mark.parametrize("text", ["price and sons", "sons", "what about prices & terms?", "logistik", "freight"])
def test_other_words_are_not_taken_for_it(text: str) -> None:
    assert not [s for s in FIRMS.find(tokens(text)) if not s.weak]


@pytest.mark.parametrize(
    ("name", "domain"),
    [("Quarry & Sons", "quarryandsons.example"), ("Gate.Works", "gateworks.example"), ("Norvik", "")],
)
def test_a_name_of_its_own_is_the_only_one(name: str, domain: str) -> None:
    assert not list(said_names(name, domain))
