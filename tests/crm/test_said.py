"""Sentences of ours in other languages."""

import re

import pytest

from crm.playbook import read_yaml
from crm.tongue import NOTICES, PAGE, SLOT, SayingsByLanguage, ToldByLanguage, Tongue
from tests.four_accounts import PLAYBOOK


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "number of deals", "number of deals"),
        ("fr", "number of deals", "nombre d'affaires"),
        ("de", "by industry and quarter", "nach Branche und Quartal"),
        ("es", "state won or lost", "estado: ganados o perdidos"),
        ("pt", "rep by month", "comercial by month"),
        ("it", "state open", "stato: aperte"),
        ("it", "3 of 9 open deals have at least one reason", "3 trattative aperte su 9 hanno almeno un motivo"),
        ("fr", "3 of 9 open deals have at least one reason", "3 affaires ouvertes sur 9 ont au moins une raison"),
        ("de", "no such sentence of ours", "no such sentence of ours"),
        ("fr", "wins and losses of ours, or theirs", "wins and losses of ours, or theirs"),
        ("fr", "by rep and month", "par commercial et mois"),
        ("fr", "compared: Acme against Beta", "comparé : Acme contre Beta"),
    ],
)
def test_a_sentence_is_its_own_key_and_names_stay(language: str, text: str, said: str) -> None:
    assert Tongue.of(PLAYBOOK, language).said(text) == said


def test_every_language_says_the_same_sentences_with_the_same_slots() -> None:
    pages = read_yaml(PLAYBOOK / PAGE, SayingsByLanguage).languages
    special = {"number of deals", "number of activities"}  # French elides
    first = next(iter(pages.values()))
    for page in pages.values():
        assert page.terms.keys() == first.terms.keys()
        assert page.phrases.keys() | special == first.phrases.keys() | special
        for key, meant in page.phrases.items():
            assert set(SLOT.findall(key)) == set(SLOT.findall(meant)), key
            assert not re.search(r"\{\w{2,}\}", meant)


def test_every_language_says_the_same_notices_with_the_same_slots() -> None:
    pages = read_yaml(PLAYBOOK / NOTICES, ToldByLanguage).languages
    assert pages.keys() == read_yaml(PLAYBOOK / PAGE, SayingsByLanguage).languages.keys()
    first = next(iter(pages.values()))
    for page in pages.values():
        assert page.terms.keys() == first.terms.keys()
        assert page.phrases.keys() == first.phrases.keys()
        for key, meant in page.phrases.items():
            assert set(SLOT.findall(key)) == set(SLOT.findall(meant)), key


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "it"])
def test_a_fault_of_the_model_is_told_in_the_language(language: str) -> None:
    told = Tongue.of(PLAYBOOK, language).said(
        "gemini-x took too long. This answer was written from a template instead."
    )
    assert told.startswith("gemini-x ")
    assert "took" not in told
    assert "template" not in told
