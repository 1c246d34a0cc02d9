"""What is left to do: the tasks that are not marked as done, and plainly which of them say nothing of their state."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.open_tasks import open_tasks, tasks_asked
from crm.nouns import Period, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "in October")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what's still open on my to-do list?", True),
        ("which tasks are still open?", True),
        ("list open tasks", True),
        ("what tasks are left for ?", True),
        ("quelles tâches me restent ?", True),
        ("qu'est-ce qu'il me reste à faire ?", True),
        ("Welche Aufgaben sind noch offen?", True),
        ("was steht noch an?", True),
        ("tasks die noch offen sind", True),
        ("¿qué tengo pendiente?", True),
        ("¿qué tareas me quedan?", True),
        ("cosa mi resta da fare?", True),
        ("que tarefas me faltam?", True),
        ("how many tasks are open?", False),
        ("open tasks by rep", False),
        ("which deals are still open?", False),
        ("what do we have to do to win?", False),
        ("what did they ask us to do?", False),
    ],
)
def test_only_what_is_left_to_do_is_it(text: str, asked: bool) -> None:
    assert tasks_asked(text) is asked


def task(number: int, title: str, state: str, owner: str = "Hanna Lindqvist") -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": title,
        "crm_description": "",
        "crm_subtype": "Task",
        "activity_date": f"2026-{number // 100 % 100:02d}-{number % 100:02d} 09:00",
        "outcome": state,
        "owner": owner,
        "contact_emails": "{sigrid}",
    }


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    extra = [
        task(91005, "Send the crane drawings", "NOT_STARTED"),
        task(91006, "Book the hall", "COMPLETED"),
        task(91007, "Ask for the hall's key", "", "Claire Dumont"),
        task(90905, "Rent a van", "In Progress"),
        task(90906, "Order flags", "canceled"),
    ]
    opened = small.build(tmp_path_factory.mktemp("busy"), extra)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def left(tools: Toolbox, scope: Scope, language: str = "en") -> str:
    return told(open_tasks(Question("what is left to do?", language=language), scope, tools), tools)


def test_what_is_done_or_called_off_is_not_left(busy: Toolbox) -> None:
    text = left(busy, Scope(account=account(busy, "Norvik Maritime"), as_of=AS_OF))
    assert "**3 tasks about Norvik Maritime not marked as done" in text
    assert text.index("Ask for the hall's key") < text.index("Send the crane drawings") < text.index("Rent a van")
    assert "(Hanna Lindqvist), not started: “Send the crane drawings”" in text
    assert "1 of them has no state at all on record" in text
    assert "hall”" not in text
    assert "flags" not in text


def test_of_a_colleague_or_a_time_only_those_are(busy: Toolbox) -> None:
    assert "**1 task of Claire Dumont not marked as done" in left(busy, Scope(rep="Claire Dumont", as_of=AS_OF))
    norvik = account(busy, "Norvik Maritime")
    assert "Rent a van" not in left(busy, Scope(account=norvik, period=OCTOBER, as_of=AS_OF))


def test_where_nothing_is_left_it_says_so(busy: Toolbox) -> None:
    text = left(busy, Scope(account=account(busy, "Harbeck Foods"), as_of=AS_OF))
    assert text.startswith("**No task is on record about Harbeck Foods that is not marked as done.**")


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
def test_every_language_tells_them(busy: Toolbox, language: str) -> None:
    norvik = Scope(account=account(busy, "Norvik Maritime"), as_of=AS_OF)
    assert "Send the crane drawings" in left(busy, norvik, language)
