"""Finds phrases that no mail should have: the playbook's `words/cliches.yaml`."""

from functools import cache

from agents.reading.tokens import words_of
from agents.reading.wordlists import by_language, plain_entries


def cliche_in(text: str) -> str:
    """The first cliché of any language in the text, in plain letters; nothing where there is none."""
    said = f" {' '.join(words_of(text))} "
    return next((phrase for phrase in sorted(_phrases()) if f" {phrase} " in said), "")


@cache
def _phrases() -> frozenset[str]:
    return frozenset(p for groups in by_language("cliches").values() for p in plain_entries(groups["words"]))
