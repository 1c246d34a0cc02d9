"""Who waits for us: told by their own last words, or by what our note of the last talk leaves to us."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.dialogue.task_phrases import asked_for
from agents.engagement_check import EngagementCheck
from agents.owed import leaves_to_us
from crm.nouns import Brief, Period, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import told

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    "note",
    [
        "er wartet auf unser Datenblatt",
        "she wants the revised offer by Friday",
        "à rappeler avec le prix",
        "promised him the drawings",
        "Spoke with Sigrid, she likes the plan, will send the berth list by Friday.",
        "Zeichnungen bis Montag nachreichen",
        "Er hat noch keine Antwort von uns",
        "Next step: send new proposal",
        "Elle nous a demandé de vérifier le délai",
        "Nous devons lui envoyer les plans",
        "quedamos en enviarle la ficha técnica",
        "vuole il preventivo entro venerdì",
        "aguarda o orçamento revisto",
        "We need to send them the price list",
    ],
)
def test_a_note_that_leaves_something_to_us_is_one(note: str) -> None:
    assert leaves_to_us(note)


@pytest.mark.parametrize(
    "note",
    [
        "Er wartet auf die Freigabe vom Vorstand",
        "She is waiting for her boss's answer",
        "They want the union informed before the pilot starts.",
        "She will send us the numbers by Friday",
        "He promised us a decision next week",
        "We are waiting for their signed copy",
        "I asked for her numbers",
        "Sie schickt uns die Liste",
        "He will review the offer internally",
        "No need for a quote this year",
        "They attend the demo on Monday",
        "attend la décision du comité",
        "Wants an offer next year",
        "We talked about the offer and the price list",
        "Does she want an offer?",
        'She said "if it works I will marry it".',
    ],
)
def test_a_note_that_leaves_nothing_to_us_is_none(note: str) -> None:
    assert not leaves_to_us(note)


SETTLED = [
    ("Sigrid got the credit, all square", "Connected"),
    ("Sie wollte das neue Angebot. Hat sich erledigt, sie nimmt das alte", "Connected"),
]


@pytest.mark.parametrize(("note", "outcome"), SETTLED)
def test_a_call_of_theirs_that_settled_the_matter_leaves_nothing(
    note: str, outcome: str, tmp_path: Path, learned: Path
) -> None:
    row = {**call(9520, "2026-10-26 10:00", "{graham}", "Brackwater Foods", note), "direction": "inbound"}
    for tools in opened(tmp_path, learned, [{**row, "outcome": outcome}]):
        assert "Brackwater" not in told(waiting(tools), tools)


@pytest.mark.parametrize("last", ["The gate is working again, no need to call back.", "C'est réglé, merci."])
def test_who_says_that_all_is_done_waits_for_nothing(last: str, tmp_path: Path, learned: Path) -> None:
    rows = [mail(9521, "2026-10-26 10:00", "Brackwater Foods", f"Hi Hanna,\n\n{last}\n\nGraham", "graham", "hanna")]
    for tools in opened(tmp_path, learned, rows):
        assert "Brackwater" not in told(waiting(tools), tools)


@pytest.mark.parametrize(
    "text",
    [
        "who waits for something of ours?",
        "wer wartet auf etwas von uns?",
        "qui attend quelque chose de notre part ?",
        "chi aspetta qualcosa da noi?",
    ],
)
def test_what_of_ours_they_wait_for_is_asked_in_many_words(text: str) -> None:
    assert asked_for(text, "waiting")


def test_what_is_to_do_needs_a_thing_where_nobody_may_have_talked() -> None:
    assert leaves_to_us("Send him the drawings", talked=False)
    assert leaves_to_us("Call back on Tuesday")
    assert not leaves_to_us("Call back on Tuesday", talked=False)


def test_what_we_promised_is_not_what_he_promised() -> None:
    """In Spanish "he" is our own verb, in English a pronoun."""
    assert leaves_to_us("le he prometido la oferta")
    assert not leaves_to_us("he promised the signed copy")


def call(number: int, day: str, whom: str, account: str, note: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Call",
        "crm_description": note,
        "crm_subtype": "Call",
        "activity_date": day,
        "direction": "outbound",
        "outcome": "Connected",
        "duration_s": 900,
        "owner": "Hanna Lindqvist",
        "contact_emails": whom,
        "account": account,
    }


def mail(number: int, day: str, account: str, body: str, sender: str = "hanna", to: str = "graham") -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "The gate",
        "crm_description": f"From: {{{sender}}}\nTo: {{{to}}}\nSubject: The gate\n\n{body}\n",
        "crm_subtype": "Email",
        "activity_date": day,
        "direction": "outbound" if sender == "hanna" else "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": f"{{{to if sender == 'hanna' else sender}}}",
        "account": account,
    }


UNSURE = {"crm_subtype": "Note", "outcome": "", "direction": ""}  # whether anybody talked is not to be told
GRAHAM = call(
    9501,
    "2026-10-20 10:00",
    "{graham}",
    "Brackwater Foods",
    "Talked with Graham for a quarter of an hour, he likes the gate plan. He is waiting for our datasheet.",
)
ANKE = call(
    9502,
    "2026-10-24 10:00",
    "anke.roth@harbeck-logistics.example",
    "Harbeck Logistics",
    "Mit Anke telefoniert, sie ist zufrieden.\n- mit dem Preis zurückrufen",
)
NOTE = {**call(9503, "2026-10-26 10:00", "", "Harbeck Foods", "Er wartet auf unser Datenblatt"), **UNSURE}


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    yield from opened(tmp_path_factory.mktemp("noted"), learned, [GRAHAM, ANKE, NOTE])


def opened(folder: Path, learned: Path, rows: Sequence[small.Row]) -> Iterator[Toolbox]:
    crm = small.build(folder, rows)
    yield small.toolbox(crm, learned)
    crm.store.engine.dispose()


def waiting(tools: Toolbox, language: str = "en", period: Period | None = None) -> Brief:
    question = Question("Who is waiting for us?", language=language)
    return EngagementCheck().gather(question, Scope(period=period, as_of=AS_OF), tools)


def test_each_is_told_with_the_note_the_newest_first(noted: Toolbox) -> None:
    text = told(waiting(noted), noted)
    assert text.startswith("**Who waits for us** (everything up to 28 October 2026)\n\nOf 5 accounts on record, 4 wait")
    rows = [line for line in text.splitlines() if line.startswith("- ")]
    assert [row.partition("“")[0] for row in rows] == [
        "- Harbeck Foods (2 days): 26 October 2026 (in our notes): ",
        "- Harbeck Logistics (4 days): 24 October 2026, Anke Roth (in our notes): ",
        "- Brackwater Foods (8 days): 20 October 2026, Graham Pell (in our notes): ",
        "- Norvik Maritime (16 days): 12 October 2026, Sigrid Aas: ",
    ]
    assert [row.partition("“")[2] for row in rows] == [
        "Er wartet auf unser Datenblatt” [1]",
        "mit dem Preis zurückrufen” [2]",
        "He is waiting for our datasheet.” [3]",
        "The board meets on 19 November. Could you send the revised offer for Moss before the 6th?” [4]",
    ]


def test_a_period_asked_about_is_the_one_that_is_shown(noted: Toolbox) -> None:
    text = told(waiting(noted, period=Period(date(2026, 10, 22), date(2026, 10, 28), "since 22 October")), noted)
    assert text.startswith("**Who waits for us** (from 22 October 2026 to 28 October 2026)")
    assert "Harbeck Logistics" in text
    assert "Brackwater" not in text


def test_a_window_that_nobody_asked_for_says_why_it_is_there(noted: Toolbox) -> None:
    brief = EngagementCheck().gather(Question("Who talks to us?"), Scope(as_of=AS_OF), noted)
    assert "(the last 60 days, as no period was named: from 29 August 2026 to 28 October 2026)" in told(brief, noted)


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        (mail(9601, "2026-10-21 09:00", "Brackwater Foods", "Hi Graham,\n\nHere is the datasheet.\n\nHanna"), False),
        (
            call(9601, "2026-10-22 09:00", "{graham}", "Brackwater Foods", "Graham has all he needs, he was glad."),
            False,
        ),
        (mail(9601, "2026-10-19 09:00", "Brackwater Foods", "Hi Graham,\n\nMay I call you?\n\nHanna"), True),
        (
            mail(9601, "2026-10-21 09:00", "Brackwater Foods", "Hanna, we are not interested any more.", "graham"),
            False,
        ),
    ],
)
def test_what_came_after_the_note_takes_it_off(tmp_path: Path, learned: Path, row: small.Row, waits: bool) -> None:
    for tools in opened(tmp_path, learned, [GRAHAM, row]):
        assert ("Brackwater Foods" in told(waiting(tools), tools)) is waits


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "it"])
def test_in_every_language(noted: Toolbox, language: str) -> None:
    text = told(waiting(noted, language), noted)
    assert text.count("\n- ") == 4
    assert "Who" not in text


def test_whoever_waits_may_be_called_today(noted: Toolbox) -> None:
    brief = EngagementCheck().gather(Question("Who should we call today?"), Scope(as_of=AS_OF), noted)
    assert "- Brackwater Foods: they wait for something of ours, 20 October 2026" in told(brief, noted)


def test_the_week_in_which_to_call_is_no_window_of_the_log(noted: Toolbox) -> None:
    week = Period(date(2026, 10, 26), date(2026, 11, 1), "this week")
    scope = Scope(period=week, as_of=AS_OF)
    brief = EngagementCheck().gather(Question("Who should we call this week?"), scope, noted)
    assert "- Brackwater Foods: they wait for something of ours, 20 October 2026" in told(brief, noted)
    talked = EngagementCheck().gather(Question("Who talked to us this week?"), scope, noted)
    assert talked.facts["period"] == week


@pytest.mark.parametrize(
    "question",
    ["wer wartet auf uns?", "qui nous attend ?", "¿quién nos espera?", "chi ci aspetta?", "who waits for us"],
)
def test_the_question_is_known_in_many_words(question: str) -> None:
    assert asked_for(question, "waiting")
