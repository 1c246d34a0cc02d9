"""Leads that came in, were received or collected: that was their creation."""

from dataclasses import replace

from crm.insight.frame import TIMES, Field
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry


def take_arrivals(parts: Parts) -> None:
    """ "Leads received in October" were created then; "collected at the fair" says no more than the fair does.

    Without a time and a source it is left, and refused: it would mean every lead.
    """
    timed = bool(parts.all("period")) or any(group in TIMES for group in parts.groups)
    noted = any(f is Field.NOTE for a in parts.atoms for f, _ in a.names) or Field.NOTE.value in parts.groups
    for word in [a for a in parts.all("condition", "arriving") if _arrives(parts, a)]:
        if noted and not timed:
            parts.drop(word)
        else:
            parts.atoms[parts.place(word)] = replace(word, kind="created", value="created")


def _arrives(parts: Parts, word: Atom) -> bool:
    """A word for what comes in that speaks of the lead itself, and of no mail or call of it."""
    if word.kind == "arriving":
        return True
    inbound = (
        isinstance(word.value, Entry) and word.value.values == ("inbound",) and not any(map(is_typed, parts.atoms))
    )
    return inbound and plain(word.text) in parts.words.shades.arriving
