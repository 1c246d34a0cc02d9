"""Nouns that only tell whose the one beside them is: "customer sector", "the reps' manager", "region of the rep"."""

from dataclasses import replace

from crm.insight.frame import About
from crm.insight.grammar.parts import Parts, is_noun
from crm.insight.question.lexicon import Atom

HAS = {
    About.ACCOUNTS: frozenset({"industry", "region", "account region", "account type", "parent"}),
    "rep": frozenset({"manager", "region", "rep region"}),
}
REGION_OF = {About.ACCOUNTS: "account region", "rep": "rep region"}
LEADING = ("by", "which", "and", "comma", "top", "number", "extreme")


def drop_possessors(parts: Parts) -> None:
    """ "By customer sector" splits by sector alone; what stands beside a name tells which, and is left."""
    for noun in parts.all("field"):
        if not any(a is noun for a in parts.atoms):
            continue
        place = parts.place(noun)
        before, after = parts.at(place - 1), parts.at(place + 1)
        if _owns(before, noun) and _is_split(parts, place - 1) and not _named(after):
            _keep(parts, noun, before)
        elif _owns(after, noun) and _is_split(parts, place) and not _named(parts.at(place + 2)):
            _keep(parts, noun, after)


def _owns(owner: Atom | None, noun: Atom) -> bool:
    return is_noun(owner) and owner is not None and noun.value in HAS.get(str(owner.value), ())


def _is_split(parts: Parts, place: int) -> bool:
    """Rows are split by what begins here."""
    before = parts.at(place - 1)
    return before is not None and before.kind in LEADING


def _named(atom: Atom | None) -> bool:
    return atom is not None and (bool(atom.names) or atom.kind == "value")


def _keep(parts: Parts, noun: Atom, owner: Atom | None) -> None:
    if owner is not None:
        value = REGION_OF[str(owner.value)] if noun.value == "region" else noun.value
        parts.atoms[parts.place(noun)] = replace(noun, value=value)
        parts.drop(owner)
