"""What "the first one" means: an item of the list that the last answer showed."""

import re
from dataclasses import dataclass

from agents.reading.tokens import Token, tokens
from agents.reading.wordlists import word_list
from crm.nouns import Answer

ORDINALS = ("first", "second", "third")
ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+(\S.*)$|^\|\s*([^|\s][^|]*?)\s*\|", re.MULTILINE)
NAME = re.compile(r"\*\*([^*]+)\*\*|([^:\n]+)")
LEAST = 2  # items of what is a list
RECORDS = "activity_audit"  # lists records, be it one


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a question points at an item by its place: half-open characters, and the place from 0."""

    start: int
    end: int
    place: int


def pointer_in(text: str) -> Pointer | None:
    """ "the first one", "the second", "der ersten Firma"; but no "first quarter" and no "first of March"."""
    said = tokens(text)
    for at, token in enumerate(said):
        place = next((n for n, name in enumerate(ORDINALS) if token.plain in word_list("asks")[name]), None)
        if place is None or token.plain.isdigit():
            continue
        first = at - 1 if at and said[at - 1].plain in word_list("asks")["article"] else at
        last = at
        while last + 1 < len(said) and said[last + 1].plain in word_list("asks")["item"]:
            last += 1
        if (first < at or last > at) and _ends(said, last + 1):
            return Pointer(said[first].start, said[last].end, place)
    return None


def item_of(answer: Answer, place: int) -> str:
    """The name that the item at this place begins with; nothing where the answer shows no such list."""
    shown = [bullet or cell for bullet, cell in ITEM.findall(answer.text)]
    least = 1 if answer.route == RECORDS else LEAST
    if len(shown) < least or place >= len(shown):
        return ""
    found = NAME.match(shown[place])
    return (found[1] or found[2]).strip() if found else ""


def _ends(said: list[Token], at: int) -> bool:
    """Whether nothing that an ordinal could belong to follows."""
    return at >= len(said) or not said[at].is_word or said[at].plain in word_list("asks")["place_then"]
