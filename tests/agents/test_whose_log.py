from dataclasses import replace

import pytest

from agents.base import Toolbox
from agents.whose_log import speaker, territory_asked
from crm.nouns import Question


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Sigrid Aas", "Sigrid Aas"),
        ("sigrid.aas@norvik.example", "Sigrid Aas"),
        ("Sigrid", "Sigrid Aas"),
        ("S. Aas", "Sigrid Aas"),
        ("SA", "Sigrid Aas"),
        ("Moe", "Kjersti Moe"),
        ("Geir Lund", "Geir Lund"),
        ("", "Sigrid Aas"),
        ("IN", "Sigrid Aas"),
    ],
)
def test_whoever_speaks_is_called_by_the_full_name(tools: Toolbox, said: str, name: str) -> None:
    activity = tools.store.activity("demo:1002")
    assert activity is not None
    assert speaker(said, activity, tools.book) == name


def test_a_name_that_two_people_share_stays_as_it_was_said(tools: Toolbox) -> None:
    activity = tools.store.activity("demo:1002")
    assert activity is not None
    first = next(c for c in tools.book.contacts if c.name == "Sigrid Aas")
    twin = replace(first, id="demo:C999", name="Sigrid Berg", email="")
    book = replace(tools.book, contacts=(*tools.book.contacts, twin))
    assert speaker("Sigrid", activity, book) == "Sigrid"


@pytest.mark.parametrize(
    ("text", "asked_by", "rep", "accounts"),
    [
        ("Which accounts of Claire Dumont are quiet?", "", "Claire Dumont", 3),
        ("Who went quiet in Hanna's book?", "", "Hanna Lindqvist", 2),
        ("Which of my accounts are quiet?", "Claire Dumont", "Claire Dumont", 3),
        ("Quels sont mes comptes silencieux ?", "Hanna Lindqvist", "Hanna Lindqvist", 2),
        ("Which accounts are quiet?", "Hanna Lindqvist", "", 5),
    ],
)
def test_whose_accounts_are_meant(tools: Toolbox, text: str, asked_by: str, rep: str, accounts: int) -> None:
    territory = territory_asked(Question(text, asked_by=asked_by), tools)
    assert territory.rep == rep
    assert len(territory.accounts) == accounts
