"""What is said between two questions: thanks, and the wish that a mail be sent from here."""

from collections.abc import Sequence

from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.nouns import Answer, Brief, Manner, Question, Turn

DRAFTING = "email_draft"
LONGEST = 12  # words
THANKS, SENDING = "thanks", "not_sent"


def aside_in(text: str) -> str:
    """`THANKS` or `SENDING` where nothing else is said, else nothing."""
    words, asides = words_of(text), word_list("asides")
    if not words or len(words) > LONGEST:
        return ""
    left, found = without(words, asides["thanks"])
    if found and not without(left, asides["thanks_too"])[0]:
        return THANKS
    left, found = without(words, asides["send"])
    return SENDING if found and not without(left, asides["send_too"])[0] else ""


def apart(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns without the asides: what comes next leans on the answer before them."""
    return tuple(turn for turn in history if not aside_in(turn.question))


def drafted(history: Sequence[Turn]) -> Answer | None:
    """The newest mail that was drafted."""
    return next((turn.answer for turn in reversed(history) if turn.answer.route == DRAFTING), None)


def answered(question: Question, aside: str) -> Brief:
    """A sentence, and what the answer before offered to ask next."""
    before = question.history[-1].answer if question.history else Answer("")
    draft = drafted(question.history)
    account = draft.scope.account if draft else None
    sending = {"drafted": draft is not None, "account": account.name if account else ""}
    facts: dict[str, object] = dict(sending) if aside == SENDING else {}
    return Brief(aside, question.text, facts, manner=Manner(question.language), suggestions=before.suggestions)
