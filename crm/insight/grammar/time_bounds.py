"""Bounds that are told by a time: "more than 90 days ago", "last touch a month ago", "established before 1985"."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from crm.insight.frame import Column
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.tokens import plain
from crm.nouns import Period

YEARS_FROM = 1_000  # a number before it is no year
SINCE: dict[str, Callable[[float | None, float | None], tuple[float | None, float | None]]] = {
    "before": lambda first, _: (None, first - 1 if first else None),
    "after": lambda _, last: (last + 1 if last else None, None),
    "since": lambda first, _: (first, None),
}
WEEK = 7  # days
MONTHS_OF = ((31, 1), (92, 3), (366, 12))  # days at most, months


def take_time_bounds(parts: Parts, columns: Callable[[Atom], Column | None], today: date | None) -> list[Bound]:
    """Those on silences and years of founding; a day so far back becomes a time before or after it."""
    found = [*_ago(parts, columns, today), *_founded(parts, columns)]
    _days_ago(parts, today)
    return found


def _ago(parts: Parts, columns: Callable[[Atom], Column | None], today: date | None) -> Iterable[Bound]:
    """ "Last touch more than 90 days ago" bounds a silence; the day itself is not meant."""
    for atom in parts.all("over", "under"):
        place = parts.place(atom)
        day, silence = parts.at(place + 1), next((a for a in parts.atoms[:place] if a.kind == "column"), None)
        if silence is None or columns(silence) is not Column.SILENCE or day is None or today is None:
            continue
        if isinstance(day.value, Period) and day.value.start and day.value.start == day.value.end:
            days = float((today - day.value.start).days)
            low, high = (days, None) if atom.kind == "over" else (None, days)
            parts.drop_all([atom, day, silence])
            yield Bound(low, high, True, Column.SILENCE, atom.text.lower(), days=True)


def _founded(parts: Parts, columns: Callable[[Atom], Column | None]) -> Iterable[Bound]:
    """ "Established before 1985", "founded in 1996", "founded between 1990 and 1999": years bound the year."""
    for founded in [a for a in parts.all("column") if columns(a) is Column.FOUNDED]:
        behind = parts.atoms[parts.place(founded) + 1 :][:4]
        lead = behind[0].kind if behind and behind[0].kind in SINCE else ""
        told = behind[1 if lead else 0 :]
        first = _years(told[0]) if told else None
        if first is None:
            continue
        used = [founded, *behind[: 1 if lead else 0], told[0]]
        low, high = first
        if lead:
            low, high = SINCE[lead](low, high)
        elif len(told) > 2 and told[1].kind == "and" and (last := _years(told[2])) is not None:
            high, used = last[1], [*used, *told[1:3]]
        parts.drop_all(used)
        yield Bound(low, high, False, Column.FOUNDED, founded.text.lower(), told=True)


def _years(time: Atom) -> tuple[float | None, float | None] | None:
    """The first and the last year of a time; None where it is none."""
    if isinstance(time.value, Period):
        start, end = time.value.start, time.value.end
        return (float(start.year) if start else None, float(end.year) if end else None)
    return (float(time.value), float(time.value)) if isinstance(time.value, float) and time.value > YEARS_FROM else None


def _days_ago(parts: Parts, today: date | None) -> None:
    """ "Created more than 90 days ago" is a time before that day, "less than 90 days ago" one after it."""
    for atom in parts.all("over", "under"):
        day = parts.at(parts.place(atom) + 1)
        told = day is not None and (any(c.isdigit() for c in day.text) or _is_ago(parts, day))
        of_numbers = atom.text.lower() in parts.words.shades.numeric
        if day is None or not told or of_numbers or not isinstance(day.value, Period) or today is None:
            continue
        start, end = day.value.start, day.value.end
        if start is None or end is None or start >= today:
            continue
        if start != end:
            if not _is_ago(parts, day):
                continue
            start = _as_long_ago(start, (end - start).days + 1, today)
        one = timedelta(days=1)
        period = Period(None, start - one) if atom.kind == "over" else Period(start + one, today)
        parts.drop(atom)
        parts.atoms[parts.place(day)] = replace(day, value=period)


def _is_ago(parts: Parts, time: Atom) -> bool:
    """ "2 weeks ago", "vor 3 Monaten": counted back from today."""
    return bool(parts.words.shades.ago & {*plain(time.text).split()})


def _as_long_ago(start: date, days: int, today: date) -> date:
    """The day as many weeks, months, quarters or years before today as the one of so many days that begins there."""
    if days <= WEEK:
        return start + timedelta(days=today.weekday())
    unit = next(months for longest, months in MONTHS_OF if days <= longest)
    back = ((today.year - start.year) * 12 + today.month - start.month) // unit * unit
    year, month0 = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(year, month0 + 1, min(today.day, monthrange(year, month0 + 1)[1]))
