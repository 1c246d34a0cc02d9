"""How an answer should sound, as the question and the wishes after it say: language, length."""

from agents.dialogue.task_phrases import asked_for
from crm.nouns import Manner, Question

WRITTEN = ("en", "fr", "de", "es", "pt", "it")


def manner_asked(question: Question) -> Manner:
    """The language of the question, unless another is asked for; the last wish for a length wins."""
    language, length = question.language, "normal"
    for said in (question.text, *question.wishes):
        language = language_asked(said) or language
        length = length_asked(said, said in question.wishes) or length
    return Manner(language=language, length=length)


def language_asked(text: str) -> str:
    """The language that is asked for by name, or nothing."""
    return next((code for code in WRITTEN if asked_for(text, f"write_{code}")), "")


def length_asked(text: str, again: bool = False) -> str:
    """Whether a short or a long form is asked for, or nothing; "sum that up" is one of what was answered before."""
    short = asked_for(text, "short") or (again and asked_for(text, "recap"))
    return "short" if short else "long" if asked_for(text, "long") else ""
