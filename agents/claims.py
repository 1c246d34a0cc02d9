"""Whether a sentence says what the records it cites say: no turned meaning, no invented promise, no order to a program.

It compares words in one language; a sentence in another language than its record is compared by its figures and
names only, which `check.py` does.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from agents.exhibits import sentences_in
from agents.reading.language import language_of
from agents.reading.tokens import plain, tokens, words_of
from agents.reading.wordlists import PLAYBOOK, by_language, entries, plain_entries, word_list
from crm.threads.untrusted import without_orders

STEM = 5  # letters that two forms of a word share
NEAR = 0.5  # share of a sentence's words that a record's sentence must hold to be what it tells
TOLD = 2  # content words from which a sentence can be compared at all
CLAIMS = 3  # content words from which a sentence must share one with its record
RECITED = 5  # words of a sentence from which it is the prompt's own, and no accident
MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
BEFORE = 3  # words before a quote in which a negation still governs it


def turned(sentence: str, records: Sequence[str], language: str) -> bool:
    """Whether the record's sentence that this one tells is negated and this one is not, or the other way round."""
    said = _stems(sentence)
    if len(said) < TOLD:
        return False
    best, words = 0.0, ""
    for record in records:
        if language_of(record) != language:
            continue
        for told in sentences_in(record) or [record]:
            share = len(said & _stems(told)) / len(said)
            if share > best:
                best, words = share, told
    return best >= NEAR and negated(sentence, language) != negated(words, language)


def cut_off(quote: str, records: Sequence[str]) -> bool:
    """Whether the quote stands in a record right behind a negation that was left out."""
    wanted = words_of(quote)
    for record in records:
        said = words_of(record)
        place = _place(wanted, said)
        if place is None:
            continue
        before = _same_sentence(record, said, place)
        return any(f" {n} " in f" {' '.join(before)} " for n in _negations(language_of(record)))
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
    said = {w[:STEM] for w in _content(sentence) if w not in known}
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


def negated(text: str, language: str) -> bool:
    """Whether it holds a word by which that language denies: the playbook's words/negations.yaml."""
    said = f" {' '.join(words_of(text))} "
    return any(f" {word} " in said for word in _negations(language))


def _stems(text: str) -> set[str]:
    return {w[:STEM] for w in _content(text)}


def _content(text: str) -> list[str]:
    small = _small()
    return [w for w in words_of(text) if w not in small and len(w) > 2 and not w.isdigit()]


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
def _negations(language: str) -> frozenset[str]:
    groups = by_language("negations")
    return plain_entries(groups.get(language, groups["en"])["words"])


@cache
def _prompts() -> str:
    """Every version of every prompt as one text of plain words."""
    told = (path.read_text(encoding="utf-8") for path in sorted((PLAYBOOK / "prompts").glob("*.md")))
    return "".join(f" {' '.join(words_of(text))} " for text in told)


@cache
def _small() -> frozenset[str]:
    listed = (entries(groups["words"]) for groups in by_language("languages").values())
    return frozenset(plain(word) for words in listed for word in words)
