"""Whose replies a question means: ours, theirs, or both side by side."""

from collections.abc import Sequence

from crm.insight.frame import About, Field, Where
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import CannotSay

OURS = Where(Field.DIRECTION, ("outbound",), said="ours")
THEIRS = Where(Field.DIRECTION, ("inbound",), said="theirs")
OWN = (Field.REP, Field.MANAGER, Field.REP_REGION)
DOERS = ("rep", "manager", "rep region")


def whose(parts: Parts, parties: Sequence[Party]) -> tuple[Where, ...]:
    """The side that is named first is the one who replies; reps are ours. Both where nobody is named."""
    if any(str(g) in DOERS for g in (*parts.groups, parts.asked)):
        return (OURS,)
    named = [(p.start, OURS if p.who == "ours" else THEIRS) for p in parties if p.who in ("ours", "theirs")]
    for atom in parts.atoms:
        side = _side(atom)
        if side is not None:
            named.append((atom.start, OURS if side is OURS or _addressed(parts, atom, parties) else THEIRS))
    return (min(named, key=lambda n: n[0])[1],) if named else (OURS, THEIRS)


def drop_people(parts: Parts) -> None:
    """ "Of our customers", "of reps" told the side, and say nothing more; a lead belongs to no account.

    Raises CannotSay.
    """
    for lead in [a for a in parts.all("about") if a.value is About.LEADS]:
        raise CannotSay(f"“{lead.text}” says nothing about {About.REPLIES}")
    parts.drop_all(a for a in parts.all("about") if a.value in (About.ACCOUNTS, About.CONTACTS))
    parts.drop_all(a for a in parts.all("field") if str(a.value) in DOERS)


def _side(atom: Atom) -> Where | None:
    fields = {f for f, _ in atom.names}
    if isinstance(atom.value, Where):
        fields.add(atom.value.field)
    if (atom.kind == "field" and str(atom.value) in DOERS) or (fields and fields <= set(OWN)):
        return OURS
    customer = atom.kind == "about" and atom.value in (About.ACCOUNTS, About.CONTACTS, About.LEADS)
    return THEIRS if customer or fields & {Field.ACCOUNT, Field.CONTACT, Field.INDUSTRY} else None


def _addressed(parts: Parts, atom: Atom, parties: Sequence[Party]) -> bool:
    """ "Our time to Norvik": what stands after "to" is answered, and does not answer."""
    before = [p.start for p in parties if p.who == "towards" and p.start < atom.start]
    return bool(before) and not any(before[-1] < a.start < atom.start for a in parts.atoms)
