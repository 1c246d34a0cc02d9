"""Whether a sentence says what the records it cites say: no invented promise, no cut quote, no order to a program.

Whether its meaning was turned is for `polarity.py`. Both compare words in one language; a sentence in another language
than its record is compared by its figures and names only, which `check.py` does.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from agents.polarity import STEM, negated, stems
from agents.reading.language import language_of
from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import PLAYBOOK, word_list
from crm.threads.untrusted import without_orders

CLAIMS = 3  # content words from which a sentence must share one with its record
RECITED = 5  # words of a sentence from which it is the prompt's own, and no accident
MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
BEFORE = 3  # words before a quote in which a negation still governs it


def cut_off(quote: str, records: Sequence[str]) -> bool:
    """Whether the quote stands in a record right behind a negation that was left out."""
    wanted = words_of(quote)
    for record in records:
        said = words_of(record)
        place = _place(wanted, said)
        if place is None:
            continue
        before = _same_sentence(record, said, place)
        return negated(" ".join(before), language_of(record))
    return False


def promises(sentence: str, records: Sequence[str], own: str) -> str:
    """The promise or agreement that a sentence claims and neither its records nor our own template have; or nothing."""
    said = words_of(sentence)
    text = f" {' '.join(said)} "
    phrases = word_list("outlook")["promise"] | word_list("outlook")["agreed"]
    for phrase in sorted(phrases, key=len, reverse=True):
        at = text.find(f" {phrase} ")
        if at < 0:
            continue
        following = " ".join(text[at:].split()[: len(phrase.split()) + 2])
        if f" {following} " in own or any(_promised(record, phrases) for record in records):
            return ""
        return phrase
    return ""


def foreign(sentence: str, known: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether a sentence shares not one content word with its records or the facts beside them, `known` words aside."""
    said = stems(sentence, known)
    held = {w[:STEM] for w in beside}
    return len(said) >= CLAIMS and not said & held


def comparable(records: Sequence[str], language: str) -> bool:
    """Whether all these records are in the language of the answer."""
    return bool(records) and all(language_of(record) == language for record in records)


def orders(sentence: str) -> bool:
    """Whether it speaks to a program."""
    return without_orders(sentence) != sentence


def stray_address(sentence: str, texts: Iterable[str]) -> str:
    """A mail address that stands nowhere in the brief, or nothing."""
    known = list(texts)
    return next((m for m in MAIL.findall(sentence) if not any(m.casefold() in text for text in known)), "")


def recited(sentence: str) -> bool:
    """Whether a sentence is one of those that tell a model what to do."""
    said = words_of(sentence)
    return len(said) >= RECITED and f" {' '.join(said)} " in _prompts()


def _promised(record: str, phrases: frozenset[str]) -> bool:
    text = f" {' '.join(words_of(record))} "
    return any(f" {phrase} " in text for phrase in phrases)


def _place(wanted: Sequence[str], said: Sequence[str]) -> int | None:
    size = len(wanted)
    return next((i for i in range(len(said) - size + 1) if size and said[i : i + size] == list(wanted)), None)


def _same_sentence(record: str, said: Sequence[str], place: int) -> list[str]:
    """The few words before a place that belong to its sentence."""
    words = [t for t in tokens(record) if t.is_word]
    before: list[str] = []
    for i in range(place - 1, max(-1, place - 1 - BEFORE), -1):
        between = record[words[i].end : words[i + 1].start]
        if any(mark in between for mark in ".!?;:\n,"):
            break
        before.insert(0, said[i])
    return before


@cache
def _prompts() -> str:
    """Every version of every prompt as one text of plain words."""
    told = (path.read_text(encoding="utf-8") for path in sorted((PLAYBOOK / "prompts").glob("*.md")))
    return "".join(f" {' '.join(words_of(text))} " for text in told)
