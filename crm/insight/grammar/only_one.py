"""An only that is a number: "accounts with only one contact", "with a single open deal"."""

from dataclasses import replace

from crm.insight.grammar.parts import NAMING, Parts, is_plural, is_typed
from crm.insight.question.lexicon import Atom


def take_only_one(parts: Parts) -> None:
    """ "Accounts with only one contact", "with a single open deal": exactly one; "not a single" is none."""
    for sole in parts.all("sole"):
        place = parts.place(sole)
        before, after = parts.at(place - 1) if place else None, parts.at(place + 1)
        if after is None or before is None:
            continue
        if before.kind == "not" and sole.text.lower() in parts.words.shades.single:
            parts.drop(sole)
        elif before.kind in ("with", "rel") and after.kind == "number" and after.value == 1.0:
            parts.atoms[place] = replace(sole, kind="exact", value="exact")
        elif before.kind == "with" and sole.text.lower() in parts.words.shades.single and _counts_one(parts, place + 1):
            number = Atom("number", 1.0, sole.text, sole.start)
            parts.atoms[place : place + 1] = [replace(sole, kind="exact", value="exact"), number]


def _counts_one(parts: Parts, place: int) -> bool:
    """A singular noun for records follows, with what tells which before it."""
    while (atom := parts.at(place)) is not None and atom.kind in NAMING and not is_typed(atom):
        place += 1
    return atom is not None and (atom.kind == "about" or is_typed(atom)) and not is_plural(atom)
