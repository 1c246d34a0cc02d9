"""How people and data call the types of accounts: playbook/words/account_types.yaml."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from crm.insight.question.tokens import plain
from crm.playbook import Page, read_yaml


class KindWords(Page):
    """How people and data call one kind."""

    words: str
    values: str


class TypeWords(Page):
    """playbook/words/account_types.yaml."""

    about: str
    kinds: dict[str, KindWords]
    only: str
    leaving: str
    deny: str
    but: str
    joint: str
    versus: str
    among: str
    article: str
    beside: str
    topic: str
    leading: str
    heads: str
    telling: str


@cache
def type_words(playbook: Path) -> TypeWords:
    """The page, read once."""
    return read_yaml(playbook / "words" / "account_types.yaml", TypeWords)


@cache
def small_words(playbook: Path) -> Mapping[str, frozenset[str]]:
    """The lists beside the kinds, by name."""
    page = type_words(playbook)
    named = {name: getattr(page, name) for name in TypeWords.model_fields if name not in ("about", "kinds")}
    return {name: entries(phrases) for name, phrases in named.items()}


def entries(phrases: str) -> frozenset[str]:
    """The phrases between commas, in their plain form."""
    return frozenset(said for phrase in phrases.split(",") if (said := plain(phrase)))


def kinds_in(words: Sequence[str], kinds: Mapping[str, str]) -> set[str]:
    """The kinds that are named; of words within words the longest counts."""
    found: set[str] = set()
    at = 0
    while at < len(words):
        runs = ((" ".join(words[at : at + n]), n) for n in range(len(words) - at, 0, -1))
        run = next(((said, n) for said, n in runs if said in kinds), None)
        if run is None:
            at += 1
        else:
            found.add(kinds[run[0]])
            at += run[1]
    return found
