import pytest

from crm.engagement.features import is_mail
from tests.crm.engagement.looking import record, seen


@pytest.mark.parametrize(
    ("kind", "subject", "mail"),
    [
        ("email", "Quote", True),
        ("task", "Email: Quote", True),
        ("task", "[Outreach] [Email] [Out] 3 Re: Quote", True),
        ("task", "[People.ai | Outbound] Quote", True),
        ("task", ">> Quote [Salesloft]", True),
        ("task", "Re: Quote", True),
        ("task", "Send the quote", False),
        ("call", "Quote", False),
    ],
)
def test_a_mail_is_known_whatever_the_crm_calls_it(kind: str, subject: str, mail: bool) -> None:
    assert is_mail(record(kind, subject)) is mail
    assert (f"channel:{'mail' if mail else kind}") in seen(kind, subject).flags


def test_words_are_counted_by_who_wrote_them() -> None:
    quoted = "On Mon, 4 Mar 2024 at 09:10, Mia Holm <mia@tessera.example> wrote:\n> Hi Jan, any news?"
    body = f"Thanks Mia, not this year.\n\n{quoted}"
    found = seen("email", "Re: Cold store", body)
    assert found.number("them_words") == 5
    assert found.number("us_words") == 4
    assert {"has:them", "has:us", "top:them"} <= found.flags


@pytest.mark.parametrize(
    ("body", "there", "absent"),
    [
        ("Spoke to his assistant", "spoke>gatekeeper", "spoke>voicemail"),
        ("She wants the trial", "person>said", "name>said"),
        ("Today Kari asked for the trial", "name>said", "person>said"),
        ("Wants the trial in May", "^said", "name>said"),
        ("No answer at eight. Picked up at ten", "last:reached", "last:no_answer"),
        ("Picked up at eight. No answer at ten", "last:no_answer", "last:reached"),
    ],
)
def test_what_stands_together_is_seen(body: str, there: str, absent: str) -> None:
    flags = seen("call", "Kari Moe", body).flags
    assert there in flags
    assert absent not in flags


@pytest.mark.parametrize(
    ("subject", "body", "outcome", "duration_s", "flag"),
    [
        ("Call: Busy", "", "", None, "outcome:busy"),
        ("Call", "Disposition: No answer", "", None, "outcome:no_answer"),
        ("[Outreach] [Call] [outbound] [Connected]", "", "", None, "outcome:dispo_reached"),
        ("Kari Moe", "", "NO_SHOW", None, "outcome:no_show"),
        ("Kari Moe", "", "", 4, "lasted:moment"),
        ("Outbound call, 14 min 38 s", "", "", None, "lasted:long"),
        ("Kari Moe", "Duration: 0:00", "", None, "lasted:none"),
    ],
)
def test_an_outcome_is_found_wherever_it_stands(
    subject: str, body: str, outcome: str, duration_s: int | None, flag: str
) -> None:
    rest = {"outcome": outcome} | ({"duration_s": duration_s} if duration_s is not None else {})
    assert flag in seen("call", subject, body, **rest).flags


@pytest.mark.parametrize(
    ("body", "flag"),
    [
        ("", "body:blank"),
        (" \n ", "body:blank"),
        ("[cid:image001.png@01D]", "body:no_words"),
        ("?????? ???? ??????? ?? ?????? ?????", "body:garbled"),
        ("Customer:\nPresent:\nNeeds:\nNext step:", "body:form_blank"),
        ("Hi [First name], this is [me] of [company] about [topic].", "body:holes"),
        ('{"call":null,"notes":"","result":null,"agent":"","x":null}', "body:technical"),
    ],
)
def test_the_shape_of_a_body_is_seen(body: str, flag: str) -> None:
    assert flag in seen("task", "Note", body).flags


def test_who_speaks_in_brackets_and_what_a_recorder_heard_are_no_holes() -> None:
    heard = "[tone]\n00:12 [music]\n[recording] Our office is open\n[recording] All lines are busy\n[tone]"
    assert "body:holes" not in seen("call", "Call", heard).flags


def test_what_is_called_a_duration_counts_rather_than_a_time_in_the_title() -> None:
    assert "lasted:none" in seen("call", "Anruf 09:12", "Status: Erreicht. Dauer 0:00. Notiz: Nr. n. vergeben").flags
    assert "lasted:long" in seen("call", "Anruf 09:12", "Dauer: 4:20").flags


def test_an_order_is_one_only_at_the_start_of_a_task() -> None:
    assert "subject:imperative" in seen("task", "Send the quote to Kari").flags
    assert "subject:imperative" not in seen("task", "Kari will send the quote").flags
    assert "subject:imperative" not in seen("call", "Call with Kari").flags


def test_a_program_says_nothing_of_what_people_noted() -> None:
    flags = seen(
        "email", "Automatic reply: Quote", "I am out of the office until Monday, with limited access to email."
    ).flags
    assert "top:machine" in flags
    assert not any(flag.startswith(("them:", "note:", "unknown:")) for flag in flags)


def test_a_status_tells_nothing_about_the_language_of_the_rest() -> None:
    assert "subject:imperative" in seen("task", "Preparare offerta Bergen Fisk", outcome="NOT_STARTED").flags
    assert "outcome:no_answer" in seen("call", "Call with Kari", "will try the other line", outcome="no contesta").flags


def test_a_role_is_nobodys_name() -> None:
    assert "name>said" in seen("call", "Whitaker", "Yesterday Kari asked for a quote").flags
    assert "name>said" not in seen("call", "Whitaker", "Yesterday Reception asked for a name").flags


@pytest.mark.parametrize(
    ("kind", "held"), [("call", True), ("event", True), ("email", False), ("task", False), ("other", False)]
)
@pytest.mark.parametrize("outcome", ["erledigt", "COMPLETED", "effectué", "realizada"])
def test_that_somebody_ticked_it_off_says_nothing_of_a_mail(kind: str, held: bool, outcome: str) -> None:
    flags = seen(kind, "Brennwerk Newsletter", "Neue Baureihe", outcome=outcome).flags
    assert ("outcome:held" in flags) is held


@pytest.mark.parametrize(
    "body",
    ["Mit Fr. Brandt gesprochen, Maße kommen", "Mit Herrn Dr. Roth telefoniert", "Met mevr. Jansen gesproken"],
)
def test_a_verb_at_the_end_of_its_clause_opens_the_sentence_with_whom_it_is_about(body: str) -> None:
    assert "^spoke" in seen("call", "Kari Moe", body).flags


@pytest.mark.parametrize(
    ("body", "flag"),
    [
        ("Mit dem Sekretariat gesprochen", "gatekeeper>spoke"),
        ("Mit der Mailbox gesprochen", "voicemail>spoke"),
        ("Mit niemandem gesprochen", "no:spoke"),
    ],
)
def test_somebody_else_or_nobody_before_that_verb_is_heard(body: str, flag: str) -> None:
    flags = seen("call", "Kari Moe", body).flags
    assert "^spoke" not in flags
    assert flag in flags


@pytest.mark.parametrize(
    ("body", "flag"),
    [
        ("Erreicht, schickt Bestellung per Mail", "^reached"),  # "per" is no sign of Italian alone
        ("Te pakken gekregen, stuurt het per mail", "^reached"),
        ("Erreicht, Brandt unterschreibt am Freitag", "name>said"),
        ("Jointe, Morin signera vendredi", "name>said"),
        ("Kari picked up, Moe signed today", "name>said"),
    ],
)
def test_a_short_note_is_heard_in_its_own_language(body: str, flag: str) -> None:
    assert flag in seen("call", "Kari Moe", body).flags
