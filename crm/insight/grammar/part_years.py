"""A year, quarter or month to date beside a whole one: of the whole the same days are told, where nobody names it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from crm.insight.frame import When
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay
from crm.nouns import Period

LENGTHS = (12, 3, 1)  # months of a year, a quarter, a month


def to_the_same_day(whens: Sequence[When], atoms: Sequence[Atom], today: date | None) -> tuple[When, ...]:
    """ "Year to date versus last year": up to the same day of it.

    Raises CannotSay for "year to date versus 2025", which may be the whole of it.
    """
    lengths = {whole_months(when.period) for when in whens} & {*LENGTHS}
    begun = [(n, w.period) for n in lengths for w in whens if _begun(w.period, n, today)]
    if len(begun) != 1 or len(whens) != 2:
        return tuple(whens)
    length, now = begun[0]
    found: list[When] = []
    for when, atom in zip(whens, atoms, strict=True):
        whole = whole_months(when.period) == length
        if whole and any(c.isdigit() for c in atom.text):
            raise CannotSay("I do not see what is compared with what; name both sides")
        found.append(replace(when, period=as_far(when.period, now)) if whole else when)
    return tuple(found)


def _begun(period: Period, months: int, today: date | None) -> bool:
    """It begins as such a stretch does and ends today, before the stretch is over."""
    start, end = period.start, period.end
    if start is None or end is None or end != today or start.day != 1 or (start.month - 1) % months:
        return False
    inside = (end.year - start.year) * 12 + end.month - start.month < months
    return inside and whole_months(period) != months and start < end


def whole_months(period: Period) -> int:
    """How many; 0 where it begins or ends within one."""
    start, end = period.start, period.end
    if start is None or end is None or start.day != 1 or (end + timedelta(days=1)).day != 1:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def as_far(whole: Period, now: Period) -> Period:
    """Its days up to the one that is as far in it as today is; of a shorter month up to its last."""
    if whole.start is None or whole.end is None or now.start is None or now.end is None:
        return whole
    ahead = whole.start.month - 1 + (now.end.year - now.start.year) * 12 + now.end.month - now.start.month
    first = date(whole.start.year + ahead // 12, ahead % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return replace(whole, end=min(last, first + timedelta(days=now.end.day - 1)))
