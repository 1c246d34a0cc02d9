from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from agents.base import Toolbox
from agents.dialogue.mail_wish import MailWish
from agents.dialogue.wishes import standing, subject_in
from agents.email_draft import EmailDraft, kind_of
from agents.mail.grounds import exchange, promised
from agents.mail.mention import Mention
from agents.numbered_evidence import Exhibits
from crm.active import Active
from crm.engagement.labels import current
from crm.engagement.timeline import Touch
from crm.nouns import Activity, Brief, Engagement, Kind, Message, Question, Scope, Side
from tests.four_accounts import account, contact, told

AS_OF = date(2026, 10, 28)


def draft(tools: Toolbox, name: str, ask: str = "Draft a follow-up") -> Brief:
    return EmailDraft().gather(Question(ask), Scope(account=account(tools, name), as_of=AS_OF), tools)


def test_it_goes_to_who_spoke_last_and_gives_back_their_question(tools: Toolbox) -> None:
    text = told(draft(tools, "Norvik Maritime"), tools)
    assert r"**To:** Sigrid Aas (sigrid.aas\@norvik.example)" in text
    assert "**Subject:** Re: Berths at Larvik" in text
    assert "“Could you send the revised offer for Moss before the 6th?”" in text
    assert "We have 12 November in the diary." in text
    assert "Hanna Lindqvist" in text
    assert "[1]" in text


def test_where_the_crm_knows_no_contact_it_goes_to_who_wrote_last(tools: Toolbox) -> None:
    alone = replace(tools, book=replace(tools.book, contacts=()))
    assert r"**To:** Sigrid Aas (sigrid.aas\@norvik.example)" in told(draft(alone, "Norvik Maritime"), tools)


def test_only_conversations_are_its_evidence(tools: Toolbox) -> None:
    brief = draft(tools, "Norvik Maritime")
    said = [e for e in brief.evidence if "site visit" not in e.text]
    labels = current(tools.store, [e.activity_id for e in said])
    assert {labels[e.activity_id].verdict.engagement for e in said} == {Engagement.ENGAGED}


def test_it_writes_in_the_customer_s_language(tools: Toolbox) -> None:
    brief = draft(tools, "Transports Verdier")
    text = told(brief, tools)
    assert brief.manner.language == "fr"
    assert "Bonjour Luc Verdier," in text
    assert "« Est-ce que le prix comprend la formation de nos équipes à Lyon ? »" in text
    assert "evil" not in text
    assert "Ignorez" not in text


def test_another_language_can_be_asked_for(tools: Toolbox) -> None:
    assert draft(tools, "Transports Verdier", "Write a mail to Verdier in Spanish").manner.language == "es"


def test_it_admits_that_there_is_nothing_to_follow_up_and_offers_an_introduction(tools: Toolbox) -> None:
    brief = draft(tools, "Brackwater Foods")
    text = told(brief, tools)
    assert text.startswith("There is no conversation with Brackwater Foods on record")
    assert "Subject" not in text
    assert brief.suggestions[0] == "Draft an introduction email to Brackwater Foods"


def test_an_introduction_claims_nothing(tools: Toolbox) -> None:
    brief = draft(tools, "Brackwater Foods", "Draft an introduction email to Brackwater Foods")
    text = told(brief, tools)
    assert "**To:** Graham Pell" in text
    assert "**Subject:** Brackwater Foods: a first conversation" in text
    assert brief.evidence == ()


def test_who_opted_out_is_not_written_to(tools: Toolbox) -> None:
    text = told(draft(tools, "Harbeck Logistics", "Introduce me to Harbeck Logistics"), tools)
    assert "nobody at Harbeck Logistics on record to write to: Anke Roth asked not to get mail" in text


def test_who_opted_out_gets_a_sentence_and_never_a_model_s_mail(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Harbeck Logistics"), contact=contact(tools, "Anke Roth"), as_of=AS_OF)
    for words in ("Write to Anke", "Write a closing mail to Anke Roth", "Introduce me to Anke Roth"):
        brief = EmailDraft().gather(Question(words), scope, tools)
        assert brief.task in Active.read(tools.playbook).template_only
        assert (
            told(brief, tools)
            == "Anke Roth cannot be written to: Anke Roth asked not to get mail, so no mail was drafted."
        )


def test_an_opt_out_holds_for_every_row_with_that_address(tools: Toolbox) -> None:
    sigrid = contact(tools, "Sigrid Aas")
    twice = replace(sigrid, id="other:1", account_id=None, email=sigrid.email.upper(), opted_out=True)
    book = replace(tools.book, contacts=(*tools.book.contacts, twice))
    brief = draft(replace(tools, book=book), "Norvik Maritime", "Draft a follow-up email to Norvik Maritime")
    assert "Sigrid Aas" in brief.facts["opted_out"]  # type: ignore[operator]
    assert "sigrid.aas@norvik.example" not in told(brief, tools)


def test_a_named_person_is_written_to_about_their_own_words_only(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), contact=contact(tools, "Kjersti Moe"), as_of=AS_OF)
    text = told(EmailDraft().gather(Question("Write to Kjersti"), scope, tools), tools)
    assert text.startswith("There is no conversation with Kjersti Moe (Norvik Maritime) on record")
    assert "introduction to Kjersti Moe" in text


def test_a_first_name_is_enough(tools: Toolbox) -> None:
    assert "introduction to Kjersti Moe" in told(draft(tools, "Norvik Maritime", "Draft a mail to Kjersti"), tools)
    assert "**To:** Sigrid Aas" in told(draft(tools, "Norvik Maritime", "Draft a mail to Sigrid"), tools)


def test_a_refusal_is_respected() -> None:
    touch = _touch("Danke, aber wir haben kein Interesse.")
    assert kind_of(MailWish(kind="proposal"), touch, AS_OF) == "declined"
    assert kind_of(MailWish(kind="proposal"), _touch("Danke, wir haben Interesse."), AS_OF) == "proposal"
    assert kind_of(MailWish(), _touch("Please take my colleagues off your list."), AS_OF) == "declined"
    assert (
        kind_of(MailWish(kind="introduction"), _touch("Please take my colleagues off your list."), AS_OF) == "declined"
    )
    assert kind_of(MailWish(), _touch("We expect 10 % off your list price."), AS_OF) == "follow_up"


def test_no_silence_is_broken_that_is_none() -> None:
    assert kind_of(MailWish(kind="reengagement"), _touch("Yes, please."), AS_OF) == "follow_up"
    assert kind_of(MailWish(kind="reengagement"), _touch("Yes, please."), date(2027, 5, 1)) == "reengagement"


def _touch(text: str) -> Touch:
    record = Activity("t:1", "1", "t", Kind.EMAIL, "Re: x", text, "x")
    return Touch(record, datetime(2026, 10, 12, tzinfo=UTC), "Anke Roth", Side.THEM, text)


@pytest.mark.parametrize(
    ("ask", "kind", "tone"),
    [
        ("Draft a follow-up on the proposal to Norvik Maritime", "follow_up", "professional"),
        ("Draft an urgent proposal email", "proposal", "urgent"),
        ("Schreibe eine förmliche Mail zum Abschluss", "closing", "professional"),
        ("Rédige un mail pour reprendre contact", "follow_up", "professional"),
        ("Escribe un correo consultivo", "follow_up", "consultative"),
    ],
)
def test_kind_and_tone_are_heard(tools: Toolbox, ask: str, kind: str, tone: str) -> None:
    brief = draft(tools, "Norvik Maritime", ask)
    assert (brief.facts["kind"], brief.manner.tone) == (kind, tone)


def test_wishes_add_up_and_can_be_undone(tools: Toolbox) -> None:
    wishes = ("shorter", "in French", "mention the pilot", "not so pushy")
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    brief = EmailDraft().gather(Question("Draft an urgent mail", wishes=wishes), scope, tools)
    assert (brief.manner.length, brief.manner.language, brief.manner.tone) == ("short", "fr", "friendly")
    assert brief.facts["soft"]
    assert brief.facts["mention"]
    assert standing([*wishes, "undo", "undo that please"]) == wishes[:2]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("send him a mail about the deletion clause", "the deletion clause"),
        ("Draft a mail to Norvik about the pilot, short", "the pilot"),
        ("write to her about the pilot in French", "the pilot"),
        ("schreib ihr wegen der Rechnung", "der Rechnung"),
        ("écris-lui à propos du pilote", "pilote"),
        ("write to them about it", ""),
        ("draft a follow-up", ""),
    ],
)
def test_what_a_mail_is_about_is_heard(text: str, subject: str) -> None:
    assert subject_in(text) == subject


def test_a_mail_brings_up_what_its_reader_said_and_nobody_else(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    asked = "Draft a mail about the trucks"
    for name, said in (("Sigrid Aas", True), ("Kjersti Moe", False)):
        to = replace(scope, contact=contact(tools, name))
        brief = EmailDraft().gather(Question(asked, wishes=("mention the trucks",)), to, tools)
        mention = brief.facts["mention"]
        assert (isinstance(mention, Mention) and mention.said is not None) is said
        assert said or not any("trucks" in e.text for e in brief.evidence)


def test_the_same_evidence_gives_the_same_draft(tools: Toolbox) -> None:
    assert told(draft(tools, "Norvik Maritime"), tools) == told(draft(tools, "Norvik Maritime"), tools)


def test_without_an_account_it_asks(tools: Toolbox) -> None:
    assert "Which account is the mail for?" in told(
        EmailDraft().gather(Question("Write a mail"), Scope(), tools), tools
    )


def test_what_is_given_back_can_be_understood_alone(tools: Toolbox) -> None:
    found = exchange(_touch("That is why I need it. Please send us the rates for 600 kg."), Exhibits(), tools.book)
    assert (found.words, found.wants, found.asks) == ("Please send us the rates for 600 kg.", True, False)


def test_a_question_goes_before_a_request_and_a_request_before_a_statement(tools: Toolbox) -> None:
    told = "Our docks in Larvik open at six in the morning on every working day."
    wanted, asked = "Please send us the rates for 600 kg.", "Does the price include the training?"
    for text, words in ((told, told), (f"{wanted} {told}", wanted), (f"{asked} {wanted} {told}", asked)):
        assert exchange(_touch(text), Exhibits(), tools.book).words == words


def test_our_own_promise_is_brought_up_unless_it_promises_not_to(tools: Toolbox) -> None:
    day = date(2026, 10, 1)
    for text, kept in (("I will send the offer by Friday.", True), ("I will mention it to nobody there.", False)):
        ours = Message(Side.US, "Hanna Lindqvist", "", datetime(2026, 10, 13, tzinfo=UTC), text, 0, (0, len(text)))
        mail = replace(_touch("Thank you.").activity, raw_body=text, messages=(ours,))
        talk = Touch(mail, datetime(2026, 10, 12, tzinfo=UTC), "Anke Roth", Side.THEM, "Thank you.")
        assert (promised([talk], "Hanna Lindqvist", day, Exhibits()) is not None) == kept
        assert promised([talk], "Tom Okafor", day, Exhibits()) is None
