"""Refuses where a verb gives what follows it another sense: "running for 3 months", "followed by a call"."""

from collections.abc import Sequence

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import Parts, is_noun
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import unfit

THEIRS = (Field.REP, Field.MANAGER)


def refuse_turned(parts: Parts, parties: Sequence[Party]) -> None:
    """Raises CannotSay."""
    for verb in parties:
        if verb.who in ("lasting", "running"):
            _refuse_lasting(parts, verb)
        elif verb.who == "followed":
            _refuse_followed(parts, verb)


def _refuse_lasting(parts: Parts, verb: Party) -> None:
    """ "Che durano da 3 mesi", "die seit 3 Monaten laufen": how old deals are, and not when they were created."""
    before = [a for a in parts.atoms if a.start < verb.start]
    beside = [*before[-1:], *(a for a in parts.atoms if a.start > verb.start)][: 1 + bool(before)]
    deals = any(a.value is About.DEALS for a in parts.atoms)
    if deals and any(a.kind == "period" for a in beside) and not parts.all("created", "expected", "long"):
        raise unfit(verb.text)


def _refuse_followed(parts: Parts, verb: Party) -> None:
    """ "Attività seguite da Marco" are his; which mail a call came after is not told of a mail."""
    behind = next((a for a in parts.atoms if a.start > verb.start), None)
    if behind is None or not _is_one_of_us(behind):
        raise unfit(verb.text)


def _is_one_of_us(atom: Atom) -> bool:
    named = any(f in THEIRS for f, _ in atom.names)
    return named or atom.kind == "who" or (is_noun(atom) and atom.value in (*THEIRS, About.REPS))
