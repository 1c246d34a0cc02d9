"""Who did not turn up: by the outcome or by the note, meetings alone, and never a count in its place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.missed_meetings import missed, missed_asked
from crm.nouns import Brief, Period, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "in October")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("who did not turn up to meetings last quarter?", True),
        ("which customers stood us up?", True),
        ("which accounts had no-shows?", True),
        ("did ever miss a meeting?", True),
        ("qui n'est pas venu au rendez-vous ?", True),
        ("wer ist nicht zum Termin erschienen?", True),
        ("¿quién no se presentó a la reunión?", True),
        ("quem não compareceu?", True),
        ("chi non si è presentato all'appuntamento?", True),
        ("how many no-shows did we have?", False),
        ("no-show rate by rep", False),
        ("no-shows by account", False),
        ("who did not answer?", False),
        ("why did they not turn up?", False),
        ("wer ist nicht erreicht worden?", False),
    ],
)
def test_only_who_did_not_turn_up_is_it(text: str, asked: bool) -> None:
    assert missed_asked(text, "last quarter") is asked


def meeting(number: int, body: str, outcome: str = "") -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Gate demo",
        "crm_description": body,
        "crm_subtype": "Meeting",
        "activity_date": f"2026-{number // 100 % 100:02d}-{number % 100:02d} 09:00",
        "outcome": outcome,
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }


@pytest.fixture(scope="module")
def waited(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    extra = [
        meeting(91005, "Waited 15 minutes in the Teams room, nobody joined."),
        meeting(91006, "", "NO_SHOW"),
        meeting(91007, "Sigrid joined late and asked for a trial.", "COMPLETED"),
        meeting(90905, "Nobody came to the yard."),
        meeting(91130, "", "NO_SHOW"),  # later than the newest day
    ]
    opened = small.build(tmp_path_factory.mktemp("waited"), extra)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def asked(tools: Toolbox, period: Period | None = None, language: str = "en") -> Brief:
    scope = Scope(account=account(tools, "Norvik Maritime"), period=period, as_of=AS_OF)
    return missed(Question("who did not turn up?", language=language), scope, tools)


def test_outcome_and_note_tell_it_the_newest_first(waited: Toolbox) -> None:
    brief = asked(waited)
    assert [e.at.date() for e in brief.evidence if e.at] == [date(2026, 10, 6), date(2026, 10, 5), date(2026, 9, 5)]
    text = told(brief, waited)
    assert "**Norvik Maritime did not turn up at 3 meetings:**" in text
    assert "5 October 2026, expected: Sigrid Aas (Hanna Lindqvist): “Waited 15 minutes in the Teams room" in text
    assert "joined late" not in text


def test_a_period_is_kept(waited: Toolbox) -> None:
    assert "did not turn up at 2 meetings from 1 October 2026 to 31 October 2026:" in told(
        asked(waited, OCTOBER), waited
    )


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
def test_none_and_some_are_said_in_every_language(waited: Toolbox, tools: Toolbox, language: str) -> None:
    some, none = told(asked(waited, OCTOBER, language), waited), told(asked(tools, OCTOBER, language), tools)
    assert "Sigrid Aas" in some
    assert none.startswith("**")
    assert "Norvik Maritime" in none
