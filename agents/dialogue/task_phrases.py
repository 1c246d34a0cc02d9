"""Whether a question holds one of the playbook's phrases that change what is asked for: `words/asks.yaml`."""

from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list


def asked_for(text: str, group: str) -> bool:
    """Whole words, in order, wherever they stand."""
    asked = f" {' '.join(words_of(text))} "
    return any(f" {words} " in asked for words in word_list("asks")[group])
