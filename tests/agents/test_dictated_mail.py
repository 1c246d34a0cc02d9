"""A mail that says what it was asked to say, to an address that only the mails have."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.check import check
from agents.email_draft import EmailDraft
from agents.reading.language import language_of
from crm.nouns import Brief, Period, Question, Scope
from crm.tongue import Tongue
from tests import four_accounts as small
from tests.four_accounts import account, contact, told

AS_OF = date(2026, 10, 28)


def draft(tools: Toolbox, ask: str, name: str = "Norvik Maritime", **more: object) -> Brief:
    scope = Scope(account=account(tools, name), as_of=AS_OF, **more)  # type: ignore[arg-type]
    return EmailDraft().gather(Question(ask, language=language_of(ask)), scope, tools)


def test_what_it_was_asked_to_say_stands_in_it_and_nothing_else_is_quoted(tools: Toolbox) -> None:
    brief = draft(tools, "write to Sigrid that the parts ship on Monday")
    mail, _, below = told(brief, tools).partition("---")
    assert "I wanted to let you know that the parts ship on Monday." in mail
    assert "**Subject:** Norvik Maritime: a short message" in mail
    assert "revised offer" not in mail
    assert "_On record, not in the mail:_ 12 October 2026, Sigrid Aas" in below


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        ("draft a mail asking for a new date", "I would like to ask you for a new date."),
        ("tell them we deliver on the 12th and we will call you", "We deliver on the 12th and we will call you."),
        ("draft a mail to confirm the visit on 12 November", "I am writing to confirm the visit on 12 November."),
        ("write to Sigrid and confirm the visit on 12 November", "I am writing to confirm the visit on 12 November."),
        ("schreib auf Deutsch und bestätige den Termin", "ich schreibe Ihnen, um den Termin zu bestätigen."),
        ("schreib auf Deutsch und erinnere sie an das Angebot", "um an das Angebot zu erinnern."),
        ("écris en français et rappelle-lui l'offre", "pour rappeler l'offre."),
        ("escribe en español y confirma la fecha", "Le escribo para confirmar la fecha."),
        ("schreib auf Deutsch, dass wir am 12. liefern", "ich möchte Ihnen mitteilen, dass wir am 12. liefern."),
        ("schreib auf Deutsch und frag nach dem Preis", "ich möchte Sie nach dem Preis fragen."),
        ("schreib auf Deutsch und frag, ob es passt", "ich möchte Sie fragen, ob es passt."),
        ("écris en français que nous livrons le 12", "Je voulais vous dire que nous livrons le 12."),
        ("écris en français pour demander une date", "Je souhaite vous demander une date."),
        ("escribe en español que entregamos el 12", "Quería decirle que entregamos el 12."),
        ("escribe en español preguntando si le conviene", "Quisiera preguntarle si le conviene."),
        ("escribe en español recordando la entrega del 12", "Le escribo para recordar la entrega del 12."),
        ("scrivi in italiano ringraziando per la visita", "Le scrivo per ringraziare per la visita."),
        ("escreve em português que entregamos no dia 12", "Queria dizer-lhe que entregamos no dia 12."),
        ("scrivi in italiano che consegniamo il 12", "volevo dirLe che consegniamo il 12."),
    ],
)
def test_it_is_put_as_the_language_of_the_mail_puts_it(tools: Toolbox, ask: str, sentence: str) -> None:
    brief = draft(tools, ask)
    assert sentence in told(brief, tools)
    assert not any("as you gave it" in notice for notice in brief.notices)


def test_words_of_another_language_are_kept_and_the_notice_says_so(tools: Toolbox) -> None:
    brief = draft(tools, "schreib Norvik, dass wir am 12. liefern")
    assert brief.manner.language == "en"
    assert "I wanted to write this to you: “dass wir am 12. liefern”" in told(brief, tools)
    notice = "“dass wir am 12. liefern” stands in the mail as you gave it: the mail is in English."
    assert notice in brief.notices
    assert Tongue.of(tools.playbook, "de").said(notice).endswith("Die Mail ist auf Englisch.")


def test_a_pronoun_that_may_mean_the_reader_is_told(tools: Toolbox) -> None:
    brief = draft(tools, "email Sigrid to ask whether they received the offer")
    assert "I would like to ask you whether they received the offer." in told(brief, tools)
    assert any("“they” may have to be “you”" in notice for notice in brief.notices)


def test_a_kind_that_was_asked_for_keeps_its_shape_with_it(tools: Toolbox) -> None:
    text = told(draft(tools, "Draft a follow-up to Sigrid saying the crane is free"), tools)
    assert "“Could you send the revised offer for Moss before the 6th?”" in text
    assert "\n\nThe crane is free.\n\n" in text


def test_what_it_is_about_stands_in_its_subject(tools: Toolbox) -> None:
    text = told(draft(tools, "write to Sigrid about the union note asking her for a signature"), tools)
    assert "**Subject:** Norvik Maritime: the union note" in text
    assert "I would like to ask you for a signature." in text


def test_what_was_promised_in_it_is_the_askers_to_promise(tools: Toolbox) -> None:
    """The checker takes promises out that no record has; these are the asker's own words."""
    for ask in (
        "tell them I will send the offer on Friday",
        "write to Sigrid that we agreed on 5 % with Pavel Novotny",
    ):
        brief = draft(tools, ask)
        words = brief.facts["say"][0].words  # type: ignore[index]
        assert words[1:] in told(brief, tools)


def test_a_model_may_put_a_promise_of_the_askers_into_other_words(tools: Toolbox) -> None:
    brief = draft(tools, "tell them I will send the revised offer on Friday")
    said = "The revised offer is coming: you will have it on Friday."
    assert check(said, brief).text == said


def test_a_promise_that_nobody_dictated_is_still_taken_out(tools: Toolbox) -> None:
    brief = draft(tools, "write to Sigrid that the parts ship on Monday")
    checked = check("Hi Sigrid,\n\nWe will send you the offer on Friday. The parts ship on Monday.", brief)
    assert "offer" not in checked.text
    assert "The parts ship on Monday." in checked.text


def test_it_may_go_to_somebody_who_never_answered(tools: Toolbox) -> None:
    text = told(draft(tools, "write to Graham that the parts ship on Monday", "Brackwater Foods"), tools)
    assert "**To:** Graham Pell" in text
    assert "that the parts ship on Monday." in text
    assert "no conversation" not in text


def test_who_opted_out_is_told_nothing(tools: Toolbox) -> None:
    text = told(draft(tools, "write to Anke that the parts ship on Monday", "Harbeck Logistics"), tools)
    assert "parts" not in text


def test_a_day_in_it_is_no_period_of_the_log(tools: Toolbox) -> None:
    monday = Period(date(2026, 11, 2), date(2026, 11, 2), "on Monday")
    said = draft(tools, "write to Sigrid that the parts ship on Monday", period=monday)
    assert said.facts["considered"] == draft(tools, "write to Sigrid").facts["considered"]


def test_a_time_in_which_they_talked_is_the_log_s_and_one_without_a_talk_is_none(tools: Toolbox) -> None:
    everything = draft(tools, "write to Sigrid").facts["considered"]
    talked = Period(date(2026, 10, 12), date(2026, 10, 12), "on 12 October")
    assert draft(tools, "write to Sigrid", period=talked).facts["considered"] == 1 != everything
    silent = Period(date(2026, 11, 2), date(2026, 11, 2), "on 2 November")  # "about the offer of 2 November"
    assert draft(tools, "write to Sigrid", period=silent).facts["considered"] == everything


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    yield from opened(tmp_path_factory.mktemp("writing"), learned, [mail("Bettina Kraus <bettina@norvik.example>")])


def opened(folder: Path, learned: Path, rows: Sequence[small.Row]) -> Iterator[Toolbox]:
    crm = small.build(folder, rows)
    yield small.toolbox(crm, learned)
    crm.store.engine.dispose()


def mail(sender: str) -> small.Row:
    return {
        "hs_object_id": 9701,
        "crm_subject": "Cranes",
        "crm_description": f"From: {sender}\nTo: {{hanna}}\nSubject: Cranes\n\nHanna,\n\nWhich cranes are free in "
        "Larvik in November?\n\nBettina\n\nOn 1 October 2026 Kjersti Moe <k.moe@norvik.example> wrote:\n> Ask Hanna.\n",
        "crm_subtype": "Email",
        "activity_date": "2026-10-02 09:00",
        "direction": "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": "",
        "account": "Norvik Maritime",
    }


def without_address(tools: Toolbox, name: str) -> Toolbox:
    bare = replace(contact(tools, name), email="")
    return replace(
        tools, book=replace(tools.book, contacts=tuple(bare if c.id == bare.id else c for c in tools.book.contacts))
    )


def test_an_address_that_only_the_mails_have_is_used(writing: Toolbox) -> None:
    bare = without_address(writing, "Kjersti Moe")
    assert r"**To:** Kjersti Moe (k.moe\@norvik.example)" in told(
        draft(bare, "write to Kjersti that we are open"), bare
    )
    assert r"(kjersti.moe\@norvik.example)" in told(draft(writing, "write to Kjersti that we are open"), writing)


def test_whoever_wrote_to_us_and_is_no_contact_can_be_written_to(writing: Toolbox) -> None:
    brief = draft(writing, "Draft a mail to Bettina at Norvik")
    text = told(brief, writing)
    assert r"**To:** Bettina Kraus (bettina\@norvik.example)" in text
    assert "“Which cranes are free in Larvik in November?”" in text
    assert brief.notices == ()


def test_an_address_of_the_mails_that_opted_out_is_not_used(writing: Toolbox) -> None:
    bare = without_address(writing, "Kjersti Moe")
    gone = replace(contact(writing, "Luc Verdier"), id="x:1", email="K.Moe@norvik.example", opted_out=True)
    tools = replace(bare, book=replace(bare.book, contacts=(*bare.book.contacts, gone)))
    text = told(draft(tools, "write to Kjersti that we are open"), tools)
    assert "we are open" not in text
