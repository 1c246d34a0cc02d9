"""A time that is told by the one before it: "last week against the week before", "this quarter and the one before"."""

from dataclasses import replace
from datetime import date, timedelta

from crm.insight.frame import TIMES
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.nouns import Period

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
DAYS_IN = {"day": 1, "week": 7}
COMPARING = ("versus", "than", "and", "or")


def take_earlier_times(parts: Parts) -> None:
    """Puts the time that lies right before the one that was named in the place of the words for it."""
    for before in parts.all("before"):
        place = parts.place(before)
        unit = parts.at(place - 1)
        named = unit is not None and unit.kind == "field" and unit.value in TIMES
        joint = parts.at(place - 2 if named else place - 1)
        behind = parts.at(place + 1)
        told = [a for a in parts.all("period") if a.start < before.start]
        if joint is None or joint.kind not in COMPARING or len(told) != 1 or (behind is not None and _is_told(behind)):
            continue
        earlier = _just_before(told[0].value, str(unit.value) if unit is not None and named else "")
        if earlier is not None:
            parts.atoms[place] = replace(before, kind="period", value=earlier)
            parts.drop_all([unit] if unit is not None and named else [])


def _is_told(behind: Atom) -> bool:
    """ "Before May", "before the last one": the word opens a time of its own."""
    return behind.kind in ("period", "number")


def _just_before(time: object, unit: str) -> Period | None:
    """The day, week, month, quarter or year before; None where the time is none such, or not of the unit."""
    if not isinstance(time, Period) or time.start is None or time.end is None:
        return None
    days = (time.end - time.start).days + 1
    last = time.start - timedelta(days=1)
    for name, length in DAYS_IN.items():
        if days == length and unit in ("", name):
            return Period(time.start - timedelta(days=length), last, time.words)
    for name, months in MONTHS_IN.items():
        if _months(time.start, time.end) == months and unit in ("", name):
            year, month0 = divmod(time.start.year * 12 + time.start.month - 1 - months, 12)
            return Period(date(year, month0 + 1, 1), last, time.words)
    return None


def _months(start: date, end: date) -> int:
    """How many whole months; 0 where they are none."""
    after = end + timedelta(days=1)
    whole = start.day == after.day == 1
    return (after.year - start.year) * 12 + after.month - start.month if whole else 0
