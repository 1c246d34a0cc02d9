"""Guesses the language of a question from its small words. Languages that the playbook lacks read as English."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from agents.reading.tokens import Token, plain, tokens
from agents.reading.wordlists import by_language, entries

DEFAULT = "en"
READ = 2000  # characters: a pasted record says no more about the asker's language after that
SURE = 4.0  # small words of another language, and that many times those of the wanted one: no accident
TIMES = 2.0
CLEAR = 1.0  # by how much another language must lead to be a change of language
LETTER_WEIGHT = 0.6  # an ñ is evidence, but it may stand in a name


def language_of(text: str) -> str:
    """The likeliest of the playbook's languages; English when nothing speaks for another."""
    scores = _scores(text[:READ])
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores[DEFAULT] else DEFAULT


def language_after(text: str, before: str) -> str:
    """The same for a question in a conversation: one that gives too little away is in the language `before` it."""
    scores = _scores(text[:READ])
    best = max(scores, key=lambda language: scores[language])
    close = scores[best] - scores.get(before, 0.0) < CLEAR
    return before if close else best if scores[best] > scores[DEFAULT] else DEFAULT


def another_language(text: str, wanted: str) -> str:
    """The language that a text is surely in where that is not the wanted one; else nothing."""
    scores = _scores(text[:READ])
    best = max(scores, key=lambda language: scores[language])
    sure = scores[best] >= SURE and scores[best] >= TIMES * scores.get(wanted, scores[best])
    return best if sure else ""


def _scores(text: str) -> dict[str, float]:
    low = text.casefold()
    scores = {language: LETTER_WEIGHT * any(mark in low for mark in marks) for language, marks in _letters().items()}
    for told in _told(tokens(text)):
        for language, weight in told.items():
            scores[language] += weight
    return scores


def _told(said: Sequence[Token]) -> Iterator[Mapping[str, float]]:
    """What each word speaks for, or two together: "was will" is German, though English has both words."""
    weights, at = _weights(), 0
    while at < len(said):
        pair = weights.get(" ".join(token.plain for token in said[at : at + 2]), {}) if at + 1 < len(said) else {}
        yield pair or weights.get(said[at].text.casefold()) or weights.get(said[at].plain, {})
        at += 2 if pair else 1


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Word or two, as written or plain -> language -> weight: what several share counts for each in part."""
    owners: dict[str, set[str]] = {}
    for language, groups in by_language("languages").items():
        for word in entries(groups["words"]):
            for form in (word.casefold(), plain(word)):
                owners.setdefault(form, set()).add(language)
    return {word: dict.fromkeys(shared, 1 / len(shared)) for word, shared in owners.items()}


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    """Language -> the letters that hint at it; with their accents, which are the hint."""
    return {
        language: tuple(entries(groups.get("letters", ""))) for language, groups in by_language("languages").items()
    }
