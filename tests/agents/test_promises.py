"""What was promised, by whom: quoted, each side apart, and never laid in a mouth that did not say it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agents.ask_history import AskHistory
from agents.base import Toolbox
from agents.promises import MOST_OF_ALL, about_promises
from agents.reading.tokens import words_of
from agents.whose_promise import recounts_ours
from crm.nouns import Brief, Period, Question, Scope
from crm.records.book import Book
from tests import four_accounts as small
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)


def mail(number: int, day: str, sender: str, to: str, body: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Larvik",
        "crm_description": f"From: {{{sender}}}\nTo: {{{to}}}\nSubject: Larvik\n\n{body}\n",
        "crm_subtype": "Email",
        "activity_date": day,
        "direction": "inbound" if sender == "sigrid" else "outbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }


@pytest.fixture(scope="module")
def promising(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    note = {
        "hs_object_id": 9004,
        "crm_subject": "Call with Sigrid",
        "crm_description": "Spoke with Sigrid, she likes the plan. Will send the berth list by Friday.\n"
        "I promised her the drawings of gate 4",
        "crm_subtype": "Call",
        "activity_date": "2026-10-12 09:00",
        "owner": "Hanna Lindqvist",
        "outcome": "Connected",
        "contact_emails": "{sigrid}",
    }
    rows = [
        mail(
            9001,
            "2026-10-05 08:14",
            "hanna",
            "sigrid",
            "Hi Sigrid,\n\nI will send you the gate plan on Monday.\n\nHanna",
        ),
        mail(
            9002,
            "2026-10-06 10:00",
            "sigrid",
            "hanna",
            "Hi Hanna,\n\nWe will sign the berth order in week 44.\n\nSigrid",
        ),
        mail(
            9003,
            "2026-10-07 10:00",
            "sigrid",
            "hanna",
            "Hi Hanna,\n\nWill you send me the dates? I will not wait.\n\nSigrid",
        ),
        note,
    ]
    opened = small.build(tmp_path_factory.mktemp("promising"), rows)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def ask(tools: Toolbox, text: str, period: Period | None = None) -> Brief:
    scope = Scope(account=account(tools, "Norvik Maritime"), period=period, as_of=AS_OF)
    return AskHistory().gather(Question(text), scope, tools)


def test_each_sides_promises_are_told_apart(promising: Toolbox) -> None:
    brief = ask(promising, "What did we promise to Norvik?")
    text = told(brief, promising)
    ours, theirs = text.split("**What they promised us:**")
    assert "5 October 2026, Hanna: “I will send you the gate plan on Monday.” [" in ours
    assert "6 October 2026, Sigrid Aas: “We will sign the berth order in week 44.” [" in theirs
    assert (
        "12 October 2026, Hanna Lindqvist: “I promised her the drawings of gate 4” [" in ours
    )  # notes end without a stop
    assert "gate plan" not in theirs


def test_a_note_that_does_not_say_who_promised_makes_nobody_promise(promising: Toolbox) -> None:
    text = told(ask(promising, "What has been promised?"), promising)
    ours, noted = text.split("**From our notes, which do not say who promised:**")
    assert "Will send the berth list by Friday." in noted
    assert "berth list" not in ours


def test_a_question_promises_nothing_nor_does_a_refusal(promising: Toolbox) -> None:
    text = told(ask(promising, "Any promises?"), promising)
    assert "We will sign" in text
    assert "Will you send" not in text
    assert "I will not wait" not in text


def test_only_the_period_asked_about_counts(promising: Toolbox) -> None:
    early = Period(date(2026, 10, 1), date(2026, 10, 5), "until the 5th")
    text = told(ask(promising, "What did we promise?", early), promising)
    assert "gate plan" in text
    assert "No promise of theirs is on record." in text


def test_nothing_promised_is_said_so(tools: Toolbox) -> None:
    text = told(ask(tools, "What did we promise Norvik?"), tools)
    assert text.startswith("**No promise is on record**, neither ours nor theirs.")


@pytest.mark.parametrize(
    ("language", "asked", "heading"),
    [
        ("de", "Was haben wir Norvik zugesagt?", "**Was wir Norvik Maritime zugesagt haben:**"),
        ("fr", "Qu'avons-nous promis à Norvik ?", "**Ce que nous avons promis à Norvik Maritime :**"),
        ("es", "¿Qué prometimos a Norvik?", "**Lo que prometimos a Norvik Maritime:**"),
        ("pt", "O que prometemos à Norvik?", "**O que prometemos a Norvik Maritime:**"),
    ],
)
def test_in_the_language_of_the_question(promising: Toolbox, language: str, asked: str, heading: str) -> None:
    scope = Scope(account=account(promising, "Norvik Maritime"), as_of=AS_OF)
    brief = AskHistory().gather(Question(asked, language=language), scope, promising)
    assert told(brief, promising).startswith(heading)


@pytest.mark.parametrize(
    ("topic", "about"),
    [
        (["promise"], True),
        (["promised", "anything"], True),
        (["commitments", "open"], True),
        (["something", "open"], False),
        (["promise", "training"], False),
        ([], False),
    ],
)
def test_a_promise_about_something_is_searched_for(topic: list[str], about: bool) -> None:
    assert about_promises(topic) is about


NOTED = [
    ("Told Sigrid I'd send the mooring plan by Friday", "Left voicemail"),
    ("Zugesagt: Muster bis KW 12", ""),
    ("Quedé en enviarle la ficha del muelle", "Connected"),
    ("Sigrid promised the signed copy", "Connected"),
    ("Hanna hat die Preisliste bis Montag zugesagt", ""),
]


@pytest.fixture(scope="module")
def recounting(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    rows = [
        {
            "hs_object_id": 9010 + n,
            "crm_subject": "Call",
            "crm_description": note,
            "crm_subtype": "Call",
            "activity_date": f"2026-10-{12 + n} 09:00",
            "owner": "Hanna Lindqvist",
            "outcome": outcome,
            "contact_emails": "{sigrid}",
        }
        for n, (note, outcome) in enumerate(NOTED)
    ]
    opened = small.build(tmp_path_factory.mktemp("recounting"), rows)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def test_what_a_note_recounts_is_ours_where_it_says_so(recounting: Toolbox) -> None:
    """Also in the note of a call that nobody took: the promise was made all the same."""
    text = told(ask(recounting, "What did I promise Norvik?"), recounting)
    ours, noted = text.split("**From our notes, which do not say who promised:**")
    for quote in (NOTED[0][0], NOTED[2][0], NOTED[4][0]):
        assert f"“{quote}”" in ours
    assert "“Zugesagt: Muster bis KW 12”" in noted
    assert "signed copy" not in ours


@pytest.mark.parametrize(
    ("note", "ours"),
    [
        ("told her I'd send the drawings by Friday", True),
        ("Told him quote by Monday", True),
        ("lui ai dit que j'enverrais le devis lundi", True),
        ("leur ai promis un rappel", True),
        ("ihm gesagt, dass ich das Datenblatt nachreiche", True),
        ("quedamos en que le mando la oferta", True),
        ("gli ho detto che mando il listino", True),
        ("fiquei de lhe enviar a tabela", True),
        ("she said we'd get the order", False),
        ("er sagte, dass wir den Auftrag bekommen", False),
        ("Sigrid told me I will get the order", False),
        ("told him we'd already sent it", False),
        ("told him the price list is online", False),
        ("told them to watch it", False),
    ],
)
def test_whose_a_recounted_promise_is(note: str, ours: bool) -> None:
    assert recounts_ours(" ".join(words_of(note)), {"sigrid"}) is ours


def test_what_a_talk_left_to_us_without_a_promise_is_told_apart(promising: Toolbox, tmp_path: Path) -> None:
    note = {
        "hs_object_id": 9030,
        "crm_subject": "Call with Sigrid",
        "crm_description": "Spoke with Sigrid, she liked the visit. Wants samples of the blue rope.",
        "crm_subtype": "Call",
        "activity_date": "2026-10-20 09:00",
        "outcome": "Connected",
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }
    opened = small.build(tmp_path, [note])
    tools = replace(promising, store=opened.store, book=Book.read(opened.store))
    text = told(ask(tools, "What did I promise Norvik?"), tools)
    opened.store.engine.dispose()
    assert "left to us without a word of promise:**" in text
    assert "Wants samples of the blue rope.” [" in text


def of_all(tools: Toolbox, text: str, period: Period | None = None, language: str = "en") -> Brief:
    return AskHistory().gather(Question(text, language=language), Scope(period=period, as_of=AS_OF), tools)


@pytest.mark.parametrize(
    "text",
    [
        "What did we promise?",
        "What did we promise to send to customers and have not done yet?",
        "Was haben wir Kunden versprochen und noch nicht geliefert?",
    ],
)
def test_of_all_accounts_those_of_the_last_months_are_told_with_their_account(promising: Toolbox, text: str) -> None:
    answer = told(of_all(promising, text), promising)
    assert answer.startswith("**What we promised from 30 July 2026 to 28 October 2026:**")
    assert "5 October 2026, Hanna (Norvik Maritime): “I will send you the gate plan on Monday.” [" in answer
    assert "Whether a promise was kept is not on record." in answer


def test_of_all_accounts_the_period_asked_about_counts(promising: Toolbox) -> None:
    early = Period(date(2026, 1, 1), date(2026, 3, 31), "in Q1")
    answer = told(of_all(promising, "What did we promise in Q1?", early), promising)
    assert answer.startswith(
        "**No promise is on record**, neither ours nor theirs, from 1 January 2026 to 31 March 2026."
    )


def test_of_all_accounts_few_are_told_the_newest_first(promising: Toolbox) -> None:
    ours = of_all(promising, "What did we promise?").facts["ours"]
    assert isinstance(ours, list)
    assert len(ours) <= MOST_OF_ALL
    assert [p.said.day for p in ours] == sorted((p.said.day for p in ours), reverse=True)


def test_a_promise_about_something_is_searched_for_in_all_accounts(promising: Toolbox) -> None:
    assert of_all(promising, "What did we promise about training?").task == "ask_history"


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it"])
def test_the_account_is_named_in_every_language(promising: Toolbox, language: str) -> None:
    assert "Hanna (Norvik Maritime)" in told(of_all(promising, "promises?", language=language), promising)
