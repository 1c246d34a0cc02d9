"""Reads the word lists that an ops person may change: `playbook/words`.

An entry is a word or a short phrase; entries are separated by commas in one YAML text, because a YAML
list would turn the words "on", "no" and "y" into true and false.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from agents.reading.tokens import plain, words_of
from crm.playbook import Page, read_yaml

PLAYBOOK = Path(__file__).resolve().parents[2] / "playbook"


class WordList(Page):
    """Groups of entries by name; `about` says what they are for."""

    about: str
    words: Mapping[str, str]


class WordsByLanguage(Page):
    """Groups of entries by language, then by name."""

    about: str
    languages: Mapping[str, Mapping[str, str]]


@cache
def word_list(name: str) -> Mapping[str, frozenset[str]]:
    """`playbook/words/<name>.yaml`: each group as plain entries. Raises BadPlaybook."""
    page = read_yaml(PLAYBOOK / "words" / f"{name}.yaml", WordList)
    return {group: plain_entries(text) for group, text in page.words.items()}


@cache
def by_language(name: str) -> Mapping[str, Mapping[str, str]]:
    """A file whose groups differ by language, entries still as written. Raises BadPlaybook."""
    return read_yaml(PLAYBOOK / "words" / f"{name}.yaml", WordsByLanguage).languages


def entries(text: str) -> list[str]:
    """The comma-separated entries as written."""
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def plain_entries(text: str) -> frozenset[str]:
    """The entries in plain form, words joined by single spaces."""
    return frozenset(" ".join(words_of(entry)) for entry in entries(text))


@cache
def small_words() -> frozenset[str]:
    """The plain words that every language has most of: articles, pronouns, prepositions."""
    listed = (entries(groups["words"]) for groups in by_language("languages").values())
    return frozenset(plain(word) for words in listed for word in words)
