"""The numbers that a question sets as bounds: "over 50k", "older than 60 days", "between 10 and 20"."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from crm.insight.frame import About, Column
from crm.insight.grammar import Parts, is_noun, means_pipeline
from crm.insight.lexicon import Atom
from crm.insight.tokens import number_in, plain
from crm.insight.wordbook import Entry
from crm.nouns import Period

WEEK = 7  # days
MONTHS_OF = ((31, 1), (92, 3), (366, 12))  # days at most, months
YEARS_FROM = 1_000  # a number before it is no year
SINCE: dict[str, Callable[[float | None, float | None], tuple[float | None, float | None]]] = {
    "before": lambda first, _: (None, first - 1 if first else None),
    "after": lambda _, last: (last + 1 if last else None, None),
    "since": lambda first, _: (first, None),
}
SIDES = {"more": "over", "fewer": "under"}
DAYS = {"day": 1, "week": 7}
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
MILLION = 1_000_000
WHOLE_MONEY = 10_000  # from here on a company's revenue was said in money, not in millions
MONEY_FROM = 1_000  # a smaller bound before a noun counts: "more than 10 deals"
GIVEN = (Column.VALUE, Column.REVENUE, Column.EMPLOYEES, Column.FOUNDED, Column.DURATION)  # these a record may lack


class Rows(StrEnum):
    """By which of their figures rows are kept: "more than 10 open deals", "over 1m in won revenue", "over 20 %"."""

    NUMBER = "number"
    SUM = "sum"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that something must lie above or below; `column` where it is said.

    `days` tells that days or weeks were counted, `timed` that minutes or the like were, `missing` that there is none,
    `of_rows` that it keeps rows of the result, not records.
    """

    low: float | None
    high: float | None
    strict: bool
    column: Column | None
    text: str
    days: bool = False
    timed: bool = False
    missing: bool = False
    of_rows: Rows | None = None
    told: bool = False  # a small verb or its column leads it in: "deals that have more than 180 days"


def take_bounds(parts: Parts, columns: Callable[[Atom], Column | None], today: date | None = None) -> list[Bound]:
    """ "over 50k", "more than 1000 employees", "between 10,000 and 20,000"."""
    found = [*_ago(parts, columns, today), *_founded(parts, columns), *_lacking(parts, columns)]
    _days_ago(parts, today)
    for atom in parts.all(*SIDES):
        if _is_number(parts.at(parts.place(atom) + 1)):
            parts.atoms[parts.place(atom)] = replace(atom, kind=SIDES[atom.kind])  # "plus de 300"
    for number in parts.all("number"):
        if not any(a is number for a in parts.atoms):
            continue
        place = parts.place(number)
        before, after = parts.at(place - 1), parts.at(place + 1)
        value = float(str(number.value))
        if before is not None and before.kind in ("over", "under") and (rows := _of_rows(parts, place, columns)):
            found.append(_side(parts, before, value, rows))
            parts.drop_all([number, before, *([after] if after is not None and rows is Rows.RATE else [])])
        elif before is not None and before.kind in ("over", "under"):
            told = parts.at(place + 2) if after is not None and after.value in DAYS else None  # "180 days old"
            beside = [a for a in (after, parts.at(place - 2), told) if a is not None and a.kind == "column"]
            column = columns(beside[0]) if beside else None
            value = _on_record(value, column)
            strict = _is_strict(parts, before)
            unit = after if after is not None and (after.value in DAYS or after.kind in SECONDS) else None
            days, timed = unit is not None and unit.value in DAYS, unit is not None and unit.kind in SECONDS
            if unit is not None:
                value *= DAYS[str(unit.value)] if days else SECONDS[unit.kind]
                parts.drop(unit)
            low, high = (value, None) if before.kind == "over" else (None, value)
            lead = parts.at(place - 2)
            led_in = lead is not None and lead.kind in ("rel", "with", "column")
            found.append(Bound(low, high, strict, column, before.text.lower(), days, timed, told=led_in))
            parts.drop_all([number, before, *beside[:1]])
        elif after is not None and after.kind == "and" and _is_number(parts.at(place + 2)):
            last = parts.atoms[place + 2]
            value = _of_a_size(value, last)
            if _of_rows(parts, place + 2, columns) is Rows.NUMBER:
                bound = Bound(value, float(str(last.value)), False, None, "between", of_rows=Rows.NUMBER)
                found.append(bound)  # "between 2 and 4 open deals"
                parts.drop_all([number, after, last])
                continue
            beside = [a for a in (parts.at(place - 1), parts.at(place + 3)) if a is not None and a.kind == "column"]
            column = columns(beside[0]) if beside else None
            low, high = _on_record(value, column), _on_record(float(str(last.value)), column)
            found.append(Bound(low, high, False, column, "between"))
            parts.drop_all([number, after, last, *beside[:1]])
    for atom in parts.all("over", "under"):
        after = parts.at(parts.place(atom) + 1)
        times = [parts.at(parts.place(atom) - 1), after]
        both = all(a is not None and a.kind == "period" for a in times)  # "Q4 over Q3"
        plain = atom.text.lower() not in parts.words.shades.numeric
        if after is not None and (both or (after.kind in ("period", "name", "value") and plain)):
            parts.atoms[parts.place(atom)] = replace(atom, kind="than")  # "more than last year", "more than Tom"
    return found


def _on_record(value: float, column: Column | None) -> float:
    """Companies' own revenue is on record in millions."""
    return value / MILLION if column is Column.REVENUE and value >= WHOLE_MONEY else value


def _of_a_size(first: float, last: Atom) -> float:
    """ "Between 10 and 20k" is from 10k."""
    spelt = re.match(r"[\d.,]+", last.text)
    mantissa = number_in(spelt[0].rstrip(".,")) if spelt else None
    end = float(str(last.value))
    return first * end / mantissa if mantissa and first < mantissa < end else first


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


def _lacking(parts: Parts, columns: Callable[[Atom], Column | None]) -> Iterable[Bound]:
    """ "Deals without an amount", "accounts with no revenue"."""
    for column in parts.all("column"):
        before = parts.at(parts.place(column) - 1)
        if before is not None and before.kind == "not" and columns(column) in GIVEN:
            parts.drop_all([before, column])
            yield Bound(None, None, False, columns(column), before.text.lower(), missing=True)


def _is_strict(parts: Parts, before: Atom) -> bool:
    return not any(word in before.text.lower() for word in parts.words.shades.inclusive)


def _side(parts: Parts, before: Atom, value: float, rows: Rows) -> Bound:
    """A bound on rows, above or below."""
    value = value / 100 if rows is Rows.RATE else value
    low, high = (value, None) if before.kind == "over" else (None, value)
    bound = Bound(low, high, _is_strict(parts, before), None, before.text.lower())
    return replace(bound, of_rows=rows)


def _of_rows(parts: Parts, place: int, columns: Callable[[Atom], Column | None]) -> Rows | None:
    """Of what rows come to a bound is, if of rows at all: of their number, of their sum, of their rate."""
    number, after = parts.atoms[place], parts.atoms[place + 1 :]
    if after and after[0].value == "share" and parts.all("rate"):
        return Rows.RATE
    deals = any(a.value is About.DEALS for a in parts.atoms[:place])
    if (
        _summed(parts, after, columns)
        and not deals
        and (parts.asked is not None or any(map(is_noun, parts.atoms[:place])))
    ):
        return Rows.SUM
    return Rows.NUMBER if float(str(number.value)) < MONEY_FROM and _counted(after, deals) else None


def _summed(parts: Parts, after: Sequence[Atom], columns: Callable[[Atom], Column | None]) -> bool:
    """What follows a number is money that was brought together: "1m in won revenue", "100k open pipeline"."""
    for atom in after:
        if atom.kind == "column":
            return columns(atom) is Column.VALUE
        if atom.value is About.DEALS:
            return means_pipeline(parts.words, atom)
        if not (isinstance(atom.value, Entry) and atom.value.field in ("state", "currency")):
            return False
    return False


def _counted(after: Sequence[Atom], deals: bool) -> bool:
    """What follows a number is counted by it: "3 calls", "10 open deals", "200 wins"; "3 eur" are none.

    Of `deals` that were named before it is a bound on each: "deals over 500 won by Anna".
    """
    for atom in after:
        entry = atom.value if isinstance(atom.value, Entry) else None
        if atom.kind == "about" or (entry is not None and entry.field == "type"):
            return True
        if atom.kind not in ("condition", "name", "value") or (entry is not None and entry.field == "currency"):
            break
    first = after[0].value if after else None
    return not deals and isinstance(first, Entry) and first.field == "state"


def _is_number(atom: Atom | None) -> bool:
    return atom is not None and atom.kind == "number"
