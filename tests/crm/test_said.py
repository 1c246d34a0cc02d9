"""Sentences of ours in other languages."""

import re

import pytest

from crm.playbook import read_yaml
from crm.tongue import PAGE, SLOT, SayingsByLanguage, Tongue
from tests.house import PLAYBOOK


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
