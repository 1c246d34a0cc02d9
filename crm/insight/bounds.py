"""The numbers that a question sets as bounds: "over 50k", "older than 60 days", "between 10 and 20"."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from crm.insight.frame import Column
from crm.insight.grammar import Parts
from crm.insight.lexicon import Atom

DAYS = {"day": 1, "week": 7}
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
PLACES = ("over", "under", "within", "up to", "at least", "at most")  # these compare with a number only


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that something must lie above or below; `column` where it is said.

    `days` tells that days or weeks were counted, `timed` that minutes or the like were.
    """

    low: float | None
    high: float | None
    strict: bool
    column: Column | None
    text: str
    days: bool = False
    timed: bool = False


def take_bounds(parts: Parts, columns: Callable[[Atom], Column | None]) -> list[Bound]:
    """ "over 50k", "more than 1000 employees", "between 10,000 and 20,000"."""
    found: list[Bound] = []
    for number in parts.all("number"):
        if not any(a is number for a in parts.atoms):
            continue
        place = parts.place(number)
        before, after = parts.at(place - 1), parts.at(place + 1)
        value = float(str(number.value))
        if before is not None and before.kind in ("over", "under"):
            beside = [a for a in (after, parts.at(place - 2)) if a is not None and a.kind == "column"]
            column = columns(beside[0]) if beside else None
            strict = not any(w in before.text.lower() for w in ("least", "most", "within", "up to", "mindestens"))
            unit = after if after is not None and (after.value in DAYS or after.kind in SECONDS) else None
            days, timed = unit is not None and unit.value in DAYS, unit is not None and unit.kind in SECONDS
            if unit is not None:
                value *= DAYS[str(unit.value)] if days else SECONDS[unit.kind]
                parts.drop(unit)
            low, high = (value, None) if before.kind == "over" else (None, value)
            found.append(Bound(low, high, strict, column, before.text.lower(), days, timed))
            parts.drop_all([number, before, *beside[:1]])
        elif after is not None and after.kind == "and" and _is_number(parts.at(place + 2)):
            last = parts.atoms[place + 2]
            beside = [a for a in (parts.at(place - 1), parts.at(place + 3)) if a is not None and a.kind == "column"]
            column = columns(beside[0]) if beside else None
            found.append(Bound(value, float(str(last.value)), False, column, "between"))
            parts.drop_all([number, after, last, *beside[:1]])
    for atom in parts.all("over", "under"):
        after = parts.at(parts.place(atom) + 1)
        times = [parts.at(parts.place(atom) - 1), after]
        both = all(a is not None and a.kind == "period" for a in times)  # "Q4 over Q3"
        plain = atom.text.lower() not in PLACES
        if after is not None and (both or (after.kind in ("period", "name", "value") and plain)):
            parts.atoms[parts.place(atom)] = replace(atom, kind="than")  # "more than last year", "more than Tom"
    return found


def _is_number(atom: Atom | None) -> bool:
    return atom is not None and atom.kind == "number"
