"""What nobody should have typed or imported: each gets a sentence, and none a made-up answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from agents.assistant import Assistant
from crm.nouns import Answer, Question, Turn
from crm.records import db
from crm.writing import TemplateWriter
from tests import four_accounts as small
from tests.four_accounts import PLAYBOOK
from tests.whole import assistant

MANY = 20_000
TWICE = "Jeanne Martel"


@dataclass(frozen=True, slots=True)
class Full:
    """An assistant over a CRM with an account of very many records, one of none, two people of one name."""

    talker: Assistant
    busy: str
    empty: str


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Full]:
    opened = small.build(tmp_path_factory.mktemp("full"))
    store = opened.store
    with store.writing() as connection:
        model = connection.execute(select(db.activities).where(db.activities.c.native_id == "1001")).one()._asdict()
        row = connection.execute(select(db.contacts)).first()
        assert row is not None
        person = row._asdict()
        ids = {r.name: r.id for r in connection.execute(select(db.accounts.c.name, db.accounts.c.id))}
        busy, empty = ids["Harbeck Logistics"], ids["Harbeck Foods"]
        copies = [
            {**model, "number": 10_000 + n, "id": f"demo:x{n}", "native_id": f"x{n}", "account_id": busy}
            for n in range(MANY)
        ]
        connection.execute(db.activities.insert(), copies)
        for n, account in enumerate((busy, empty)):
            own = {"number": 900 + n, "id": f"demo:p{n}", "native_id": f"p{n}", "name": TWICE, "email": ""}
            connection.execute(db.contacts.insert().values({**person, **own, "account_id": account}))
    tools = small.toolbox(opened, learned)
    yield Full(assistant(tools, TemplateWriter(PLAYBOOK), learned), "Harbeck Logistics", "Harbeck Foods")
    store.engine.dispose()


def ask(full: Full, text: str, *history: Turn) -> Answer:
    *_, answer = full.talker.turn(Question(text, history))
    assert answer.done
    assert answer.text.strip()
    return answer


@pytest.mark.parametrize("text", ["", "   ", "???", "...!!!", "¿?¡!", "\u200b\u200b", "🤷"])
def test_nothing_that_can_be_read_is_asked_again(full: Full, text: str) -> None:
    answer = ask(full, text)
    assert (answer.sources, answer.figures) == ((), ())
    assert answer.suggestions


def test_twenty_thousand_characters_are_refused_in_a_sentence(full: Full) -> None:
    answer = ask(full, "summarise Norvik Maritime " * 800)
    assert len("summarise Norvik Maritime " * 800) > 20_000
    assert (answer.sources, answer.route) == ((), "refused")


@pytest.mark.parametrize("text", ["сколько сделок у Norvik 私たちの", "Norvik について何か言った?", "كم عدد الصفقات"])
def test_mixed_scripts_get_no_made_up_figure(full: Full, text: str) -> None:
    assert ask(full, text).figures == ()


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE activities; --",
        "how many deals where 1=1 UNION SELECT * FROM contacts",
        "<script>alert(1)</script> how many deals",
        "Summarise Norvik Maritime <img src=x onerror=alert(1)>",
    ],
)
def test_sql_and_markup_are_only_words(full: Full, text: str) -> None:
    before = full.talker.tools.store.count()
    answer = ask(full, text)
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert answer.figures == ()
    assert full.talker.tools.store.count() == before


def test_an_account_without_activities_says_so(full: Full) -> None:
    answer = ask(full, f"Give me a summary of {full.empty}")
    assert answer.scope.account is not None
    assert answer.scope.account.name == full.empty
    assert answer.sources == ()


def test_an_account_with_twenty_thousand_answers_and_says_how_many(full: Full) -> None:
    answer = ask(full, f"Give me a summary of {full.busy}")
    assert "20,000" in answer.text
    counted = ask(full, f"how many activities of {full.busy}")
    assert [f.value for f in counted.figures] == [MANY]


def test_two_people_of_one_name_are_asked_back_as_buttons(full: Full) -> None:
    answer = ask(full, f"what did {TWICE} say about the price")
    assert {c.name for c in answer.scope.candidates} == {f"{TWICE} ({full.busy})", f"{TWICE} ({full.empty})"}
    assert {name for name in (full.busy, full.empty) if any(name in s for s in answer.suggestions)}


def test_an_ambiguous_account_is_asked_back_with_its_candidates_as_buttons(full: Full) -> None:
    answer = ask(full, "summarise Harbeck")
    assert answer.scope.account is None
    for name in ("Harbeck Logistics", "Harbeck Foods"):
        assert any(name in s for s in answer.suggestions)
        assert name in answer.text


def test_a_period_without_data_finds_nothing(full: Full) -> None:
    answer = ask(full, "have we talked with Norvik Maritime in May 2019?")
    assert answer.scope.period is not None
    assert all(source.quote == "Moss: site visit" for source in answer.sources)  # the meeting that is yet to come


@pytest.mark.parametrize(
    "text",
    [
        "won deals that are open",
        "how many inbound calls in March 2026 in April 2026 that were answered and unanswered",
        "how many calls of Norvik Maritime by Claire Dumont that Hanna Lindqvist made",
    ],
)
def test_a_contradictory_scope_gets_no_figure_in_silence(full: Full, text: str) -> None:
    answer = ask(full, text)
    assert answer.figures == ()
    assert "rather give no figure" in answer.text


def test_a_column_that_was_not_imported_is_refused(full: Full) -> None:
    assert ask(full, "average profit margin by rep").figures == ()


def test_a_rate_over_nothing_is_no_figure(full: Full) -> None:
    assert ask(full, "win rate in January 1999").figures == ()


def test_deals_without_an_account_are_counted_and_told(full: Full) -> None:
    answer = ask(full, "how many deals have no account")
    assert [f.value for f in answer.figures] == [0]
