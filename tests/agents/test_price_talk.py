"""What they said about the price, where they named an amount and never the price itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agents.ask_history import AskHistory
from agents.base import Toolbox
from crm.nouns import Question, Scope
from retrieval.embed import Remembered
from retrieval.embed_int8 import QuickMiniLM
from retrieval.index import Index
from retrieval.search import Search
from retrieval.sync import Sync
from tests import four_accounts as small
from tests.four_accounts import account, told


@pytest.fixture(scope="module")
def bargaining(
    tmp_path_factory: pytest.TempPathFactory, learned: Path, pytestconfig: pytest.Config
) -> Iterator[Toolbox]:
    mail = {
        "hs_object_id": 9201,
        "crm_subject": "Re: Moss",
        "crm_description": "From: {sigrid}\nTo: {hanna}\nSubject: Re: Moss\n\nHi Hanna,\n\n"
        "18,400 is more than we had in mind. Can you come to Moss?\n\nSigrid",
        "crm_subtype": "Email",
        "activity_date": "2026-10-06 10:00",
        "direction": "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }
    note = {
        "hs_object_id": 9202,
        "crm_subject": "Call with Graham",
        "crm_description": "Spoke with Graham. 3,200 a year is too much for him, would do 2,500. He asks his board.",
        "crm_subtype": "Call",
        "activity_date": "2026-10-12 09:00",
        "owner": "Hanna Lindqvist",
        "outcome": "Connected",
        "contact_emails": "{graham}",
    }
    folder = tmp_path_factory.mktemp("bargaining")
    opened = small.build(folder, [mail, note])
    assert pytestconfig.cache is not None
    embedder = Remembered(QuickMiniLM(pytestconfig.cache.mkdir("minilm")), folder / "vectors.sqlite")
    index = Index.open(folder / "chroma")
    Sync(opened.store, index, embedder).run()
    yield replace(small.toolbox(opened, learned), search=Search(opened.store, index, embedder))
    index.close()
    embedder.close()
    opened.store.engine.dispose()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Norvik Maritime", "18,400 is more than we had in mind."),
        ("Brackwater Foods", "3,200 a year is too much for him, would do 2,500."),
    ],
)
def test_an_amount_that_is_too_much_is_told(bargaining: Toolbox, name: str, said: str) -> None:
    scope = Scope(account=account(bargaining, name), as_of=date(2026, 10, 28))
    question = Question(f"What did {name} say about price?")
    assert said in told(AskHistory().gather(question, scope, bargaining), bargaining)
