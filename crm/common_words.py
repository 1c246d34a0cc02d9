"""Words that everybody says of everything, in eight languages: the playbook's words/stopwords.yaml and common.yaml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from crm.playbook import Page, read_yaml

WORDS = Path(__file__).parents[1] / "playbook" / "words"


class Lists(Page):
    """One file: the words of each language by its two letters, in small letters without accents."""

    about: str
    languages: dict[str, str]


@cache
def stop_words_of() -> Mapping[str, frozenset[str]]:
    """The function words of each language, by its two letters."""
    return _by_language("stopwords.yaml")


@cache
def stop_words() -> frozenset[str]:
    """Function words of all the languages."""
    return frozenset().union(*stop_words_of().values())


@cache
def common_words() -> frozenset[str]:
    """Words of common.yaml: rare as they may be in the records, everybody says them of everything."""
    return frozenset().union(*_by_language("common.yaml").values()) - stop_words()


def _by_language(name: str) -> Mapping[str, frozenset[str]]:
    listed = read_yaml(WORDS / name, Lists).languages
    return {language: frozenset(words.split()) for language, words in listed.items()}
