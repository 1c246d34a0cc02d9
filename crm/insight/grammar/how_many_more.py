"""How many more there are here than there: a difference, however far apart its words stand."""

from dataclasses import replace

from crm.insight.frame import Field
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

SAID = frozenset({"condition", "name", "value", "period", "about", "created", "comma", "rel", "or"})
ASKED = ("number", "much")


def take_excess(parts: Parts) -> None:
    """ "How many calls more in May than in June", "cuántas ventas más ... que ...": more and than are one change.

    Left alone are bounds ("how many deals of more than 50k") and who has more ("how many reps have more than Tom").
    """
    for change in parts.all("change"):
        behind = next((a for a in parts.all("than") if a.start > change.start), None)
        if behind is not None and set(change.text.lower().split()) & set(parts.words.shades.exceeding):
            _refuse_backwards(parts, behind)
    for number in [a for a in parts.all("how") if a.value in ASKED]:
        more = _more_after(parts, number)
        than = _than_after(parts, more) if more is not None else None
        if more is None or than is None:
            continue
        place = parts.place(more)
        _refuse_backwards(parts, than)
        parts.drop_all(_other_way(parts, place))
        parts.atoms[place] = replace(more, kind="change", value="difference")
        parts.atoms[parts.place(than)] = replace(than, kind="than", value="than")
        return


def _refuse_backwards(parts: Parts, than: Atom) -> None:
    """A difference of two times is the later less the earlier. Raises CannotSay where the other is asked."""
    times = [(a.start < than.start, a.value) for a in parts.all("period") if isinstance(a.value, Period)]
    before = [p.start for first, p in times if first and p.start]
    after = [p.start for first, p in times if not first and p.start]
    if before and after and before[-1] < after[0]:
        raise CannotSay("a difference of two times is the later less the earlier here; name the later one first")


def _comparative(parts: Parts, atom: Atom) -> bool:
    shades = parts.words.shades
    return atom.kind in ("more", "fewer", "extreme", "under", "over") and atom.text.lower() in shades.exceeding


def _more_after(parts: Parts, number: Atom) -> Atom | None:
    """The comparative of what is counted, with nothing but its description before it."""
    for atom in parts.atoms[parts.place(number) + 1 :]:
        if _comparative(parts, atom):
            return atom
        if atom.kind not in SAID:
            return None
    return None


def _than_after(parts: Parts, more: Atom) -> Atom | None:
    """What sets the second one apart, where both sides are named alike: two times, two people, two states."""
    behind = parts.atoms[parts.place(more) + 1 :]
    for than in behind:
        if than.kind == "than" or than.text.lower() in parts.words.shades.than:
            first = [s for a in parts.atoms if a.start < than.start and (s := _side(a))]
            second = next((s for a in behind if a.start > than.start and (s := _side(a))), None)
            return than if second is not None and second in first else None
    return None


def _side(atom: Atom) -> Field | str | None:
    """Of what sort is a thing that can be compared with another of its sort."""
    if atom.kind == "period":
        return "period"
    if atom.names:
        return atom.names[0][0]
    if isinstance(atom.value, Entry):
        return atom.value.field
    return getattr(atom.value, "field", None) if atom.kind == "value" else None


def _other_way(parts: Parts, place: int) -> list[Atom]:
    """ "More (or fewer)": the other way round is meant by a difference anyhow."""
    joint, other = parts.at(place + 1), parts.at(place + 2)
    if joint is not None and joint.kind in ("under", "over") and joint.text.lower() in parts.words.shades.after:
        return [joint]  # "o menos", which elsewhere bounds what stands before it
    if joint is not None and other is not None and joint.kind == "or" and _comparative(parts, other):
        return [joint, other]
    return []
