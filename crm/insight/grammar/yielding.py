"""Verbs by which something brings us records: "brought us the most won deals", "gave us the most leads"."""

from dataclasses import replace

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import NAMING, Parts, is_plural
from crm.insight.question.lexicon import Atom
from crm.insight.question.wordbook import Entry

RANKS = ("most", "least")


def take_yielding(parts: Parts) -> None:
    """Counts the records that follow: "brought the most" alone is money; who gave us leads is not on record."""
    for verb in [*parts.all("yielding"), *(a for a in parts.all("column") if a.value == "sales")]:
        place = parts.place(verb)
        noun = _most_of(parts, place + 1)
        if noun is None or (verb.kind == "yielding" and parts.atoms[0].kind == "who"):
            continue
        if not verb.text.lower().startswith(parts.words.shades.bringing):
            continue
        told = any(isinstance(a.value, Entry) and a.value.field == Field.STATE for a in parts.atoms)
        if noun.value is About.DEALS and not told:
            parts.atoms[place] = replace(verb, kind="condition", value=parts.words.state("won"))
        else:
            parts.drop(verb)


def _most_of(parts: Parts, place: int) -> Atom | None:
    """What stands right behind a "most", with what tells which."""
    most = parts.at(place)
    if most is None or most.kind != "extreme" or most.value not in RANKS:
        return None
    place += 1
    while (atom := parts.at(place)) is not None and atom.kind in NAMING:
        place += 1
    return atom if atom is not None and atom.kind == "about" and is_plural(atom) else None
