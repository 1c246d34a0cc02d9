"""What is denied of the accounts themselves: "accounts not in DACH with an open deal", "not owned by Tom"."""

from crm.insight.frame import Field, Where
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import unfit

OWN = frozenset(
    {Field.INDUSTRY, Field.ACCOUNT_REGION, Field.REP_REGION, Field.ACCOUNT, Field.ACCOUNT_TYPE, Field.PARENT}
)
OWNERS = frozenset({Field.REP, Field.MANAGER})


def own_denials(parts: Parts, doing: int) -> list[Atom]:
    """Each "not" with what it denies of an account, taken out; where something is done stands at `doing`.

    Whose they are not is told before what was done. Raises CannotSay for "with a call not by Tom", who may have one.
    """
    taken: list[Atom] = []
    for wrong in parts.all("not"):
        fields = OWN | OWNERS if wrong.start < doing else OWN
        run = _run(parts, parts.place(wrong) + 1, fields)
        behind = parts.at(parts.place(wrong) + 1 + len(run))
        if behind is not None and behind.kind in ("condition", "about") and any(_is_own(a, OWNERS) for a in run):
            continue  # "how many accounts hasn't Tom called"
        taken += [wrong, *run] if run else []
        if not run and wrong.start > doing and _is_by_others(parts, parts.place(wrong) + 1):
            raise unfit(wrong.text)
    parts.drop_all(taken)
    return taken


def _is_by_others(parts: Parts, place: int) -> bool:
    """Who did not do it ends what is told: "not by Tom", but "not by Tom called"."""
    by = parts.at(place)
    place += by is not None and by.kind == "by"
    doer, behind = parts.at(place), parts.at(place + 1)
    named = doer is not None and any(f is Field.REP for f, _ in doer.names)
    return named and (behind is None or behind.kind in ("period", "comma", "and", "but", "with", "not"))


def _run(parts: Parts, place: int, fields: frozenset[Field]) -> list[Atom]:
    """The values from here on, with nothing but joints between: "DACH or Italy", "the sector retail"."""
    noun = parts.at(place)
    run = [noun] if noun is not None and noun.kind == "field" and _is_own(parts.at(place + 1), fields) else []
    place += len(run)
    while _is_own(value := parts.at(place), fields) and value is not None:
        run.append(value)
        joint = parts.at(place + 1)
        if joint is None or joint.kind not in ("and", "or", "comma") or not _is_own(parts.at(place + 2), fields):
            break
        run.append(joint)
        place += 2
    return run


def _is_own(atom: Atom | None, fields: frozenset[Field]) -> bool:
    if atom is None or atom.kind not in ("name", "value"):
        return False
    told = {atom.value.field} if isinstance(atom.value, Where) else {f for f, _ in atom.names}
    return bool(told & fields)
