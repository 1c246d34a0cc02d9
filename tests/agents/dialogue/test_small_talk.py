"""Thanks, and the wish to send: answered in a sentence, and the conversation goes on from before them."""

from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.dialogue.small_talk import SENDING, THANKS, aside_in
from crm.nouns import Answer, Question, Turn
from crm.writing import TemplateWriter
from tests.four_accounts import PLAYBOOK
from tests.whole import assistant


@pytest.fixture(scope="module")
def talker(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TemplateWriter(PLAYBOOK), learned)


def talk(talker: Assistant, *said: str) -> list[Answer]:
    """The answers to a whole conversation."""
    history: tuple[Turn, ...] = ()
    for text in said:
        *_, answer = talker.turn(Question(text, history))
        history = (*history, Turn(text, answer))
    return [turn.answer for turn in history]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("thanks", THANKS),
        ("thank you, that's all", THANKS),
        ("merci beaucoup", THANKS),
        ("danke schön", THANKS),
        ("gracias, eso es todo", THANKS),
        ("grazie mille", THANKS),
        ("obrigada", THANKS),
        ("thanks, and who else?", ""),
        ("can you send the email now?", SENDING),
        ("ok send it to him", SENDING),
        ("tu peux l'envoyer maintenant ?", SENDING),
        ("kannst du die jetzt abschicken?", SENDING),
        ("¿puedes enviarlo ya?", SENDING),
        ("puoi inviarla adesso?", SENDING),
        ("send her a mail about the pilot", ""),
        ("send Sigrid an email", ""),
        ("did they send the contract?", ""),
    ],
)
def test_an_aside_is_told_from_a_question(text: str, aside: str) -> None:
    assert aside_in(text) == aside


def test_nothing_is_sent_and_the_draft_can_still_be_changed(talker: Assistant) -> None:
    first, sent, warmer = talk(
        talker, "Draft a follow-up to Norvik Maritime", "can you send the email now?", "make it shorter"
    )
    assert "Nothing is sent from here." in sent.text
    assert "The draft to Norvik Maritime is ready above" in sent.text
    assert ".eml" in sent.text
    assert sent.notices == ()
    assert sent.scope.account == first.scope.account
    assert warmer.route == "email_draft"
    assert len(warmer.text) < len(first.text)


def test_without_a_draft_one_is_offered(talker: Assistant) -> None:
    (sent,) = talk(talker, "send the email now")
    assert sent.route == "out_of_scope"
    assert "Ask me for a draft" in sent.text


def test_after_thanks_the_subject_is_still_there(talker: Assistant) -> None:
    *_, thanks, why = talk(talker, "When did we last talk to Norvik Maritime?", "thanks", "why?")
    assert (thanks.text, thanks.notices) == ("You're welcome.", ())
    assert why.text.startswith("**How I know**")
    assert why.sources


def test_what_was_said_is_said_again_in_short(talker: Assistant) -> None:
    first, recap = talk(talker, "Summarise Norvik Maritime", "summarise what you just said")
    assert recap.scope.account == first.scope.account
    assert 0 < len(recap.text) < len(first.text)


def test_what_do_you_mean_tells_what_was_understood(talker: Assistant) -> None:
    for question, doubt in (
        ("When did we last talk to Norvik Maritime?", "what do you mean?"),
        ("Wann haben wir zuletzt mit Norvik Maritime gesprochen?", "was meinst du damit?"),
    ):
        first, meant = talk(talker, question, doubt)
        assert meant.scope.account == first.scope.account
        assert {s.activity_id for s in meant.sources} <= {s.activity_id for s in first.sources}
        assert meant.sources


def test_another_one_that_fits_nobody_is_asked_back(talker: Assistant) -> None:
    _, which = talk(talker, "Summarise Norvik Maritime", "no, the one from Austria")
    assert {c.name for c in which.scope.candidates} == {"Harbeck Foods", "Harbeck Logistics"}
    _, nobody = talk(talker, "Summarise Norvik Maritime", "no, the Portuguese one")
    assert nobody.text.startswith("Which account do you mean?")


def test_the_same_about_somebody_else_keeps_what_was_asked(talker: Assistant) -> None:
    _, other = talk(talker, "What did Sigrid Aas say about the price?", "and Kjersti?")
    assert other.scope.contact
    assert other.scope.contact.name == "Kjersti Moe"
    assert "price" in other.text
    assert "Sigrid" not in other.text.partition("about")[2].partition("\n")[0]


def test_a_part_of_the_summary_is_told_alone(talker: Assistant) -> None:
    _, step = talk(talker, "Summarise Norvik Maritime", "what should I do next?")
    assert "**Next step:**" in step.text
    assert "**Deals**" not in step.text


def test_a_notice_is_in_the_language_of_the_question(talker: Assistant) -> None:
    (german,) = talk(talker, "Was hat Norvik Maritime über den Preis gesagt?")
    assert "Nur nach Worten gesucht: Der semantische Index ist nicht da." in german.notices
