"""Which accounts and contacts may stand twice, asked in the chat: pairs with their ids, and nothing joined by it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.doubles import BOTH, doubles, doubles_asked
from crm.intake.joining import Joinable, keep_apart
from crm.nouns import Account, Contact, Question, Scope
from crm.records.book import Book
from crm.writing import TemplateWriter
from tests import four_accounts as small
from tests.four_accounts import PLAYBOOK, account, told
from tests.whole import assistant


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("are there duplicates among my accounts?", "accounts"),
        ("do we have any contact twice?", "contacts"),
        ("are there any duplicates?", BOTH),
        ("which of our accounts are the same company?", "accounts"),
        ("y a-t-il des doublons parmi mes comptes ?", "accounts"),
        ("gibt es Dubletten unter meinen Kunden?", "accounts"),
        ("¿hay contactos duplicados?", "contacts"),
        ("ci sono doppioni tra i miei clienti?", "accounts"),
        ("há contas duplicadas?", "accounts"),
        ("how many activities without duplicates?", ""),
        ("are there duplicate invoices?", ""),
        ("which accounts are there?", ""),
        ("delete the duplicates among my accounts", ""),
    ],
)
def test_only_doubled_accounts_or_contacts_are_asked_for(text: str, kind: str) -> None:
    assert doubles_asked(text) == kind


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    opened = small.build(tmp_path_factory.mktemp("alike"))
    tools = small.toolbox(opened, learned)
    more = (*tools.book.accounts, Account("demo:A009", "Norvik Maritime AS"), Account("demo:A010", "Brakwater Foods"))
    people = (*tools.book.contacts, Contact("demo:C009", "demo:A001", "S. Aas"))
    yield replace(tools, book=Book(more, people, (), (), ()))
    opened.store.engine.dispose()


def twice(tools: Toolbox, scope: Scope, kind: str = BOTH, language: str = "en") -> str:
    return told(doubles(Question("are there duplicates?", language=language), scope, kind, tools), tools)


def test_pairs_are_told_with_their_records_and_ids(alike: Toolbox) -> None:
    text = twice(alike, Scope())
    assert "**2 pairs of accounts may be one company:**" in text
    assert "- “Norvik Maritime” (6 records, demo:A001) and “Norvik Maritime AS” (0 records, demo:A009)" in text
    assert "**1 pair of contacts may be one person:**" in text
    assert "- Norvik Maritime: “Sigrid Aas” (" in text
    assert "Nothing is joined by itself" in text


def test_only_what_was_asked_for_is_told(alike: Toolbox) -> None:
    assert "person" not in twice(alike, Scope(), "accounts")
    of_one = twice(alike, Scope(account=account(alike, "Brackwater Foods")))
    assert "Brakwater" in of_one
    assert "Norvik" not in of_one


def test_where_nothing_is_alike_it_says_what_was_compared(tmp_path: Path, learned: Path) -> None:
    opened = small.build(tmp_path)
    tools = small.toolbox(opened, learned)
    text = twice(tools, Scope(), "accounts")
    opened.store.engine.dispose()
    assert text.startswith("**No two accounts look like one company**, out of 5.")
    assert "Compared were names" in text


def test_who_was_said_to_be_two_is_not_told_again(tmp_path: Path, learned: Path) -> None:
    opened = small.build(tmp_path)
    tools = small.toolbox(opened, learned)
    renamed = tuple(
        replace(a, name="Harbeck Logistic") if a.name == "Harbeck Foods" else a for a in tools.book.accounts
    )
    tools = replace(tools, book=replace(tools.book, accounts=renamed))
    assert "Harbeck Logistic”" in twice(tools, Scope(), "accounts")
    keep_apart(tools.store, Joinable.ACCOUNT, "demo:A004", "demo:A005", "hanna")
    assert "Harbeck" not in twice(tools, Scope(), "accounts")
    opened.store.engine.dispose()


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "it"])
def test_every_language_tells_them(alike: Toolbox, language: str) -> None:
    text = twice(alike, Scope(), language=language)
    assert "Norvik Maritime AS" in text
    assert "pair of" not in text


@pytest.mark.parametrize("text", ["Are there duplicates among my accounts?", "Gibt es doppelte Firmen?"])
def test_asked_in_the_chat_they_are_listed(alike: Toolbox, learned: Path, text: str) -> None:
    *_, answer = assistant(alike, TemplateWriter(PLAYBOOK), learned).turn(Question(text))
    assert "Norvik Maritime AS" in answer.text
