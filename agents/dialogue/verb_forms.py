"""Forms of the verbs that say what a mail is for, told as its purpose: "confirming" and "confirm" as "to confirm"."""

from typing import NamedTuple

from agents.reading.tokens import plain
from agents.reading.wordlists import word_list

GERUNDS = (  # what leads to a purpose, how a gerund ends; so many letters of its stem go, and so the infinitive ends
    ("to", "ing", ((0, ""), (0, "e"), (1, ""))),
    ("para", "ando", ((0, "ar"),)),
    ("para", "iendo", ((0, "er"), (0, "ir"))),
    ("para", "endo", ((0, "er"),)),
    ("per", "ando", ((0, "are"),)),
    ("per", "endo", ((0, "ere"), (0, "ire"))),
)
IMPERATIVES = {  # by the "and" before one: what leads to a purpose; so many letters go, and so the infinitive ends
    "and": ("to", ((0, ""),)),
    "und": ("um", ((0, "n"), (1, "n"))),
    "et": ("pour", ((0, "r"), (2, "er"))),
    "y": ("para", ((0, "r"),)),
    "e": ("per", ((0, "re"),)),
}


class Purpose(NamedTuple):
    """The infinitive of a purpose with what leads to it."""

    lead: str
    verb: str


def of_gerund(word: str) -> Purpose | None:
    """What "confirming" or "recordando" is said for, where it is a verb of purpose."""
    for lead, ending, infinitives in GERUNDS:
        stem = word.removesuffix(ending)
        if stem != word and (verb := _known(stem, infinitives)):
            return Purpose(lead, verb)
    return None


def of_imperative(joined_by: str, word: str) -> Purpose | None:
    """What "confirm", "bestätige" is said for behind an "and" of its language, where it is a verb of purpose."""
    lead, infinitives = IMPERATIVES.get(joined_by, ("", ()))
    verb = _known(word, infinitives)
    return Purpose(lead, verb) if verb else None


def _known(stem: str, infinitives: tuple[tuple[int, str], ...]) -> str:
    made = (f"{stem[: len(stem) - cut]}{last}" for cut, last in infinitives)
    return next((verb for verb in made if plain(verb) in word_list("dictating")["purposes"]), "")
