from dataclasses import replace
from datetime import date

from agents.base import Toolbox
from agents.help import Help
from agents.out_of_scope import OutOfScope
from crm.nouns import Question, Scope
from crm.records.book import Book
from crm.records.store import Store
from tests.four_accounts import told


def test_examples_are_made_from_what_is_loaded(tools: Toolbox) -> None:
    brief = Help().gather(Question("help"), Scope(as_of=date(2026, 10, 28)), tools)
    text = told(brief, tools)
    assert "the 12 activities of 5 accounts in this CRM, as of 28 October 2026" in text
    assert "Give me a summary of Norvik Maritime" in text
    assert len(brief.suggestions) == 8


def test_an_empty_crm_says_how_to_begin(tools: Toolbox, tmp_path: object) -> None:
    store = Store.open("sqlite://")
    empty = replace(tools, store=store, book=Book.read(store))
    text = told(Help().gather(Question("help"), Scope(), empty), empty)
    store.engine.dispose()
    assert text == "There is nothing in this CRM yet. Import an export of yours, or load the demo, and ask again."


def test_out_of_scope_is_declined_in_one_sentence(tools: Toolbox) -> None:
    for language in ("en", "fr", "de", "pl"):
        text = told(OutOfScope().gather(Question("A poem!", language=language), Scope(), tools), tools)
        assert text.count(".") == 1
        assert text.endswith(".")
