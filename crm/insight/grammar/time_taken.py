"""Deals that took so long: a time that is over is the cycle of those that are closed, and no age of open ones."""

from collections.abc import Sequence

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry

BOUNDING = ("over", "under", "more", "fewer")


def take_time_taken(parts: Parts, parties: Sequence[Party]) -> None:
    """Says that they are closed, where "deals that took more than 90 days" tells no state."""
    nouns = [a for a in parts.all("about") if a.value is About.DEALS]
    bounds = parts.all(*BOUNDING)
    if len(nouns) != 1 or not bounds:
        return
    verbs = [a for a in parts.all("long") if parts.at(parts.place(a) + 1) in bounds and a.start > nouns[0].start]
    past = {plain(word) for word in parts.words.parties["taken"].split(",")}
    taken = verbs or any(p.who == "taken" for p in parties) or any(plain(b.text).split()[0] in past for b in bounds)
    parts.drop_all(verbs)
    if taken and not any(_is_state(a) for a in parts.atoms):
        closed = Atom("condition", parts.words.state("won", "lost"), nouns[0].text, nouns[0].start)
        parts.atoms.insert(parts.place(nouns[0]), closed)


def _is_state(atom: Atom) -> bool:
    told = isinstance(atom.value, Entry) and atom.value.field == Field.STATE
    return told or any(f is Field.STAGE for f, _ in atom.names)
