"""Rows that are kept by how many records stand behind them: "win rate by rep, reps with at least 20 closed deals"."""

from dataclasses import dataclass, replace

from crm.insight.frame import About, Field, How, Kept, QueryFrame, Where
from crm.insight.grammar.parts import AS_FIELD, Parts, is_noun, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import SO_MANY, CannotSay
from crm.insight.question.wordbook import Entry

AVERAGING = ("average", "median")


@dataclass(frozen=True, slots=True)
class RowBound:
    """Each row stands on so many records of a kind; `noun` is what the rows are, where it was said again."""

    low: float | None
    high: float | None
    strict: bool
    noun: Field | None
    about: About | None
    states: frozenset[str]
    types: frozenset[str]


def take_row_bound(parts: Parts) -> RowBound | None:
    """The bound beside a rate or an average of something else, its atoms used up."""
    for place, bound in enumerate(parts.atoms):
        number = parts.at(place + 1)
        if bound.kind not in ("over", "under") or number is None or number.kind != "number":
            continue
        last, counted = _counted(parts, place + 2)
        first, noun = _rows(parts, place)
        rest = [*parts.atoms[:first], *parts.atoms[last:]]
        if not counted or not _measures(rest) or noun is None or not _again(rest, noun):
            continue
        strict = not any(word in bound.text.lower() for word in parts.words.shades.inclusive)
        value = float(str(number.value))
        parts.drop_all(parts.atoms[first:last])
        low, high = (value, None) if bound.kind == "over" else (None, value)
        return RowBound(
            low, high, strict, _field(noun), _kind(counted), _values(counted, Field.STATE), _values(counted, Field.TYPE)
        )
    return None


def kept_by_records(frame: QueryFrame, bound: RowBound | None) -> QueryFrame:
    """The rows that stand on so many of the records that the figure is of. Raises CannotSay where those are others."""
    if bound is None:
        return frame
    states = frozenset(v for c in frame.where if isinstance(c, Where) and c.field is Field.STATE for v in c.values)
    types = frozenset(v for c in frame.where if isinstance(c, Where) and c.field is Field.TYPE for v in c.values)
    alike = (bound.about or frame.about) is frame.about and (bound.states, bound.types) == (states, types)
    plain = frame.kept is None and not frame.versus and frame.each is None and frame.change is None
    measured = frame.how in (How.MEAN, How.MEDIAN, How.TOTAL) or (frame.how is How.SHARE and bool(frame.are))
    if not (alike and plain and measured and len(frame.group) == 1 and frame.group[0] is bound.noun):
        raise CannotSay(SO_MANY)
    return replace(frame, kept=Kept(bound.low, bound.strict, False, bound.high, records=True))


def _counted(parts: Parts, place: int) -> tuple[int, list[Atom]]:
    """Where what is counted ends, and its atoms: "closed deals", "accounts", "calls"."""
    found: list[Atom] = []
    while (atom := parts.at(place)) is not None and (_stated(atom) or is_typed(atom) or atom.kind == "about"):
        found.append(atom)
        place += 1
        if atom.kind == "about":
            break
    return place, found


def _rows(parts: Parts, place: int) -> tuple[int, Atom | None]:
    """Where the clause begins that says which rows are kept, and the noun for them."""
    before = parts.at(place - 1) if place else None
    if before is not None and before.kind in ("with", "rel"):
        place -= 1
    noun = parts.at(place - 1) if place else None
    if not is_noun(noun):
        return place, None
    place -= 1
    while place and parts.atoms[place - 1].kind in ("sole", "comma", "among"):
        place -= 1
    return place, noun


def _measures(rest: list[Atom]) -> bool:
    """A rate or an average is asked, which no bound on a number is of."""
    return any(a.kind == "rate" or a.value in AVERAGING for a in rest)


def _again(rest: list[Atom], noun: Atom) -> bool:
    """The rows are told elsewhere: "by rep", "who has the highest"."""
    by = any(a.kind in ("by", "per") for a in rest)
    same = any(a.value == noun.value for a in rest)
    who = noun.value == "rep" and any(a.kind == "who" for a in rest)
    return (by and same) or (any(a.kind == "extreme" for a in rest) and (same or who))


def _stated(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.STATE


def _field(noun: Atom) -> Field | None:
    if isinstance(noun.value, About):
        return AS_FIELD.get(noun.value)
    return Field(str(noun.value)) if str(noun.value) in set(Field) else None


def _kind(counted: list[Atom]) -> About | None:
    kinds = [a.value for a in counted if isinstance(a.value, About)]
    told = [a.value.about for a in counted if isinstance(a.value, Entry)]
    return kinds[0] if kinds else told[0]


def _values(counted: list[Atom], field: str) -> frozenset[str]:
    return frozenset(
        v for a in counted if isinstance(a.value, Entry) and a.value.field == field for v in a.value.values
    )
