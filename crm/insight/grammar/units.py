"""In what a time is told: "average call duration in minutes"."""

from dataclasses import replace

from crm.insight.frame import TOLD_IN, Column, QueryFrame, Unit
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay
from crm.insight.question.wordbook import Entry

UNITS = {"second": Unit.SECONDS, "minute": Unit.MINUTES, "hour": Unit.HOURS}


def take_lengths(parts: Parts) -> None:
    """ "Total call minutes", "average length of calls, seconds": what is said without a number tells the unit.

    Of calls the length is meant where nothing else is measured.
    """
    for unit in parts.all(*UNITS):
        place = parts.place(unit)
        before = parts.at(place - 1)
        if before is not None and place and before.kind in ("number", "by", "which"):
            continue
        if parts.all("change", "more", "fewer"):
            continue  # "how many more minutes was Tom on the phone than Priya": left over, and refused
        calls = any(isinstance(a.value, Entry) and a.value.values == ("call",) for a in parts.atoms)
        if not (parts.all("column") or calls):
            continue
        if before is not None and place and before.value == "number":  # "how many minutes was Hanna on the phone"
            parts.drop(before)
            place -= 1
            if not parts.all("extreme"):
                parts.atoms.insert(place, replace(before, value="total"))
                place += 1
        parts.atoms[place] = replace(unit, kind="told", value=UNITS[unit.kind].value)
        if not parts.all("column"):
            summed = next(iter(parts.words.shades.summed))  # minutes on calls are added up, as their talk time is
            parts.atoms.append(Atom("column", "duration", summed, unit.start))


def unit_in(parts: Parts, frame: QueryFrame) -> Unit | None:
    """The unit that was asked, its words used up; None where a time is told in it anyhow. Raises CannotSay."""
    if frame.of is Column.REVENUE:
        parts.drop_all(parts.all("millions"))  # so it is on record
    said = {Unit(str(a.value)) for a in parts.all("told")}
    parts.drop_all(parts.all("told"))
    stored = TOLD_IN.get(frame.of) if isinstance(frame.of, Column) else None
    if said and (stored is None or len(said) > 1):
        raise CannotSay("that asks for a time and for another figure at once; ask for one, then for the other")
    unit = next(iter(said), None)
    return None if unit is stored else unit
