"""Why a deal was lost: its own reason first, then their words, and plainly where neither says it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.lost_deals import loss_asked, why_lost
from crm.intake.ingest import Plan, ingest
from crm.nouns import Question, Scope
from tests import four_accounts as small
from tests.four_accounts import account, told

DEALS = """deal_id,account,deal_name,stage,owner,close_date,loss_reason
L1,Brackwater Foods,Brackwater - Gate,Lost,Hanna Lindqvist,2026-04-02,Bought from a neighbour
L2,Harbeck Foods,Harbeck - Yard,Lost,Claire Dumont,2026-08-09,
L3,Norvik Maritime,Norvik - Yard,Lost,Hanna Lindqvist,2026-02-01,Price
L4,Norvik Maritime,Norvik - Plan,Lost,Hanna Lindqvist,2026-09-01,
"""


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    opened = small.build(tmp_path_factory.mktemp("lost"), [NO])
    (opened.folder / "lost.csv").write_text(DEALS)
    ingest(opened.folder / "lost.csv", opened.store, Plan("csv", "deals"))
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


NO: small.Row = {
    "hs_object_id": 9201,
    "crm_subject": "Yard",
    "crm_description": "From: {sigrid}\nTo: {hanna}\nSubject: Yard\n\nHanna, we decided against it this year. Sigrid\n",
    "crm_subtype": "Email",
    "activity_date": "2026-09-02 09:00",
    "direction": "inbound",
    "owner": "Hanna Lindqvist",
    "contact_emails": "{sigrid}",
}


def why(tools: Toolbox, name: str = "", language: str = "en") -> str:
    scope = Scope(account=account(tools, name) if name else None)
    return told(why_lost(Question("why did we lose?", language=language), scope, tools), tools)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("why did we lose ?", True),
        ("Why did they not buy?", True),
        ("why didn't buy", True),
        ("what was the reason we lost the deal with", True),
        ("warum haben wir verloren", True),
        ("wieso haben sie nicht gekauft?", True),
        ("pourquoi avons-nous perdu ?", True),
        ("pourquoi n'ont-ils pas acheté ?", True),
        ("¿por qué perdimos a ?", True),
        ("¿qué pasó con , por qué no compraron?", True),
        ("pourquoi n'a pas pris notre offre ?", True),
        ("warum hat abgesagt?", True),
        ("perché non ha accettato la nostra offerta?", True),
        ("why did they say no to the price increase", False),
        ("perché non ha comprato?", True),
        ("porque perdemos?", True),
        ("which deals did we lose", False),
        ("how many deals did we lose and why", False),
        ("why did they say no", False),
        ("why was the gate lost in the storm", False),
    ],
)
def test_only_a_question_for_the_reason_is_one(text: str, is_one: bool) -> None:
    assert loss_asked(text) is is_one


def test_the_reason_on_the_deal_comes_first_with_the_deal_named(lost: Toolbox) -> None:
    text = why(lost, "Brackwater Foods")
    assert text.startswith("**The loss reason entered on the deal with Brackwater Foods:**\n- Brackwater - Gate, lost")
    assert "2 April 2026: “Bought from a neighbour”" in text
    assert "no sentence of theirs sounds like a refusal" in text


def test_then_their_words_with_the_deals_that_say_nothing(lost: Toolbox) -> None:
    text = why(lost, "Norvik Maritime")
    assert "- Norvik - Yard, lost on 1 February 2026: “Price”" in text
    assert "No loss reason is entered on Norvik - Plan." in text
    assert "Sigrid Aas: “Hanna, we decided against it this year.” [1]" in text


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
@pytest.mark.parametrize("name", ["", "Norvik Maritime", "Harbeck Foods", "Transports Verdier"])
def test_every_language_says_it_and_says_where_nothing_does(lost: Toolbox, name: str, language: str) -> None:
    text = why(lost, name, language)
    assert ("Price" in text) is (name in ("", "Norvik Maritime"))
    assert "{" not in text


def test_where_neither_says_it_that_is_said_plainly(lost: Toolbox) -> None:
    text = why(lost, "Harbeck Foods")
    assert text.startswith("**Nothing on record of Harbeck Foods says why.**")
    assert "No loss reason is entered on Harbeck - Yard." in text
    assert "No deal with Transports Verdier is marked as lost." in why(lost, "Transports Verdier")


def test_of_all_accounts_the_newest_come_first(lost: Toolbox) -> None:
    text = why(lost)
    assert text.index("Brackwater - Gate (Brackwater Foods)") < text.index("Norvik - Yard (Norvik Maritime)")
    assert "Norvik - Plan (Norvik Maritime), Harbeck - Yard (Harbeck Foods)" in text
