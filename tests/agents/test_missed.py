"""Who did not turn up or pick up: by the outcome or by the note, of one kind alone, and never a count in its place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.missed import missed, missed_asked
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
    assert (missed_asked(text, "last quarter") == "meetings") is asked


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
    return missed(Question("who did not turn up?", language=language), scope, "meetings", tools)


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


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("who did not pick up the phone?", True),
        ("which calls were not answered?", True),
        ("which calls went unanswered last quarter?", True),
        ("did not pick up?", True),
        ("wer ist nicht ans Telefon gegangen?", True),
        ("quels appels sont restés sans réponse ?", True),
        ("¿quién no cogió el teléfono?", True),
        ("que chamadas não foram atendidas?", True),
        ("quali chiamate sono rimaste senza risposta?", True),
        ("how many calls were not answered?", False),
        ("share of calls that were not answered", False),
        ("unanswered calls by rep", False),
        ("unanswered calls", False),  # a figure
        ("who did not answer?", False),  # whatever we wrote
        ("which mails were not answered?", False),
        ("who called us?", False),
    ],
)
def test_only_which_calls_nobody_took_is_it(text: str, asked: bool) -> None:
    assert (missed_asked(text, "last quarter") == "calls") is asked


def call(
    number: int, body: str, outcome: str = "", direction: str = "outbound", owner: str = "Hanna Lindqvist"
) -> small.Row:
    return {
        **meeting(number, body, outcome),
        "crm_subject": "Call Sigrid",
        "crm_subtype": "Call",
        "direction": direction,
        "owner": owner,
    }


@pytest.fixture(scope="module")
def rang(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    extra = [
        call(91005, "Left a voicemail."),
        call(91006, "", "No answer"),
        call(91007, "Spoke with Sigrid, she asked for a trial until Friday and will call back.", "Connected"),
        call(91008, "Rang from the yard, nobody was at the desk.", "No answer", "inbound"),
        call(91009, "No answer at first, then Sigrid picked up and asked for the price list.", "No answer"),
        call(91010, "", "Busy", owner="Claire Dumont"),
        call(91130, "", "No answer"),  # later than the newest day
    ]
    opened = small.build(tmp_path_factory.mktemp("rang"), extra)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def rung(tools: Toolbox, period: Period | None = OCTOBER, language: str = "en", rep: str = "") -> Brief:
    scope = Scope(account=account(tools, "Norvik Maritime"), period=period, as_of=AS_OF, rep=rep)
    return missed(Question("who did not pick up?", language=language), scope, "calls", tools)


def test_calls_that_nobody_took_are_told_the_newest_first(rang: Toolbox) -> None:
    brief = rung(rang)
    assert [e.at.day for e in brief.evidence if e.at] == [10, 6, 5]
    text = told(brief, rang)
    assert "**Norvik Maritime did not take 3 calls from 1 October 2026 to 31 October 2026:**" in text
    assert "5 October 2026, called: Sigrid Aas (Hanna Lindqvist): “Left a voicemail.”" in text


def test_a_rep_s_calls_alone_are_told(rang: Toolbox) -> None:
    text = told(rung(rang, rep="Claire Dumont"), rang)
    assert "did not take 1 call of Claire Dumont" in text
    assert "voicemail" not in text


def test_of_all_accounts_each_is_named(rang: Toolbox) -> None:
    text = told(missed(Question("who did not pick up?"), Scope(period=OCTOBER, as_of=AS_OF), "calls", rang), rang)
    assert "**Customers did not take 3 calls" in text
    assert "6 October 2026, Norvik Maritime, called: Sigrid Aas (Hanna Lindqvist), No answer: “" in text


@pytest.mark.parametrize("what", ["meetings", "calls"])
@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
def test_none_and_some_are_said_in_every_language(
    waited: Toolbox, rang: Toolbox, tools: Toolbox, language: str, what: str
) -> None:
    some = told(asked(waited, OCTOBER, language) if what == "meetings" else rung(rang, OCTOBER, language), waited)
    none = told(asked(tools, OCTOBER, language) if what == "meetings" else rung(tools, OCTOBER, language), tools)
    assert "Sigrid Aas" in some
    assert none.startswith("**")
    assert "Norvik Maritime" in none
