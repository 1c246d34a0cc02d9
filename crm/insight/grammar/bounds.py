"""The numbers that a question sets as bounds: "over 50k", "older than 60 days", "between 10 and 20"."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from crm.insight.frame import TOLD_IN, About, Column, Field
from crm.insight.grammar.bound import Bound, Rows
from crm.insight.grammar.parts import Parts, is_noun, means_pipeline
from crm.insight.grammar.time_bounds import take_time_bounds
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import unfit
from crm.insight.question.tokens import number_in
from crm.insight.question.wordbook import Entry

Columns = Callable[[Atom], Column | None]
"""Which column an atom means."""
SIDES = {"more": "over", "fewer": "under"}
DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
MILLION = 1_000_000
MOST_MONTHS = 1_200
DESCRIBING = ("how", "column", "rel", "condition", "name", "value", "about")  # between an average and its bound
AGGREGATES = {"average": Rows.AVERAGE, "median": Rows.AVERAGE, "total": Rows.SUM, "sum": Rows.SUM}
WHOLE_MONEY = 10_000  # from here on a company's revenue was said in money, not in millions
MONEY_FROM = 1_000  # a smaller bound before a noun counts: "more than 10 deals"
GIVEN = (Column.VALUE, Column.REVENUE, Column.EMPLOYEES, Column.FOUNDED, Column.DURATION)  # these a record may lack


def take_bounds(parts: Parts, columns: Columns, today: date | None = None) -> list[Bound]:
    """ "over 50k", "more than 1000 employees", "between 10,000 and 20,000"."""
    found = [*take_time_bounds(parts, columns, today), *_lacking(parts, columns)]
    for atom in parts.all(*SIDES):
        if _is_number(parts.at(parts.place(atom) + 1)):
            parts.atoms[parts.place(atom)] = replace(atom, kind=SIDES[atom.kind])  # "plus de 300"
    for number in parts.all("number"):
        if not any(a is number for a in parts.atoms):
            continue
        place = parts.place(number)
        before, after = parts.at(place - 1), parts.at(place + 1)
        if before is not None and before.kind == "exact":
            found.append(_exact(parts, before, number))
        elif before is not None and before.kind in ("over", "under"):
            number = _in_days(parts, number, today)
            found.append(_on_one_side(parts, before, number, columns))
        elif after is not None and after.kind == "and" and _is_number(parts.at(place + 2)):
            found.append(_between(parts, number, after, columns))
        elif _is_just(parts, number, columns):
            found.append(_just(parts, number, columns))
    _drop_exact(parts)
    _turn_comparing(parts)
    return found


def _in_days(parts: Parts, number: Atom, today: date | None) -> Atom:
    """ "Older than 6 months", "open for over a year": the days that lie between today and the same day so far back."""
    unit = parts.at(parts.place(number) + 1)
    count = float(str(number.value))
    months = MONTHS.get(str(unit.value), 0) if unit is not None and unit.kind == "field" else 0
    if unit is None or not months or today is None or not count.is_integer() or count * months > MOST_MONTHS:
        return number
    year, month0 = divmod(today.year * 12 + today.month - 1 - int(count) * months, 12)
    back = date(year, month0 + 1, min(today.day, monthrange(year, month0 + 1)[1]))
    days = replace(number, value=float((today - back).days))
    parts.atoms[parts.place(unit)] = replace(unit, value="day", kind="calendar")
    parts.atoms[parts.place(number)] = days
    return days


def _exact(parts: Parts, before: Atom, number: Atom) -> Bound:
    """ "Exactly two contacts". Raises CannotSay for exactly so much money."""
    if not _counted(parts.atoms[parts.place(number) + 1 :], False):
        raise unfit(before.text)
    value = float(str(number.value))
    parts.drop_all([before, number])
    return Bound(value, value, False, None, before.text.lower(), of_rows=Rows.NUMBER, at=number.start)


def _is_just(parts: Parts, number: Atom, columns: Columns) -> bool:
    """ "With a duration of 0 seconds": a column with its number behind it, told in what it is held in."""
    place = parts.place(number)
    lead, column, after = parts.at(place - 2), parts.at(place - 1), parts.at(place + 1)
    if lead is None or lead.kind not in ("with", "rel") or column is None or column.kind != "column":
        return False
    told = columns(column)
    if told is Column.VALUE:
        return after is None or (isinstance(after.value, Entry) and after.value.field == Field.CURRENCY)
    held = TOLD_IN.get(told) if told is not None else None
    return held is not None and after is not None and f"{after.value}s" == held


def _just(parts: Parts, number: Atom, columns: Columns) -> Bound:
    """Exactly so much."""
    place, value = parts.place(number), float(str(number.value))
    column, unit = parts.atoms[place - 1], parts.at(place + 1)
    told = columns(column)
    parts.drop_all([column, number, *([unit] if unit is not None and told is not Column.VALUE else [])])
    return Bound(value, value, False, told, column.text.lower(), told=True)


def _on_one_side(parts: Parts, before: Atom, number: Atom, columns: Columns) -> Bound:
    """ "Over 50k", "more than 10 open deals", "under 20 %"."""
    place, value = parts.place(number), float(str(number.value))
    after = parts.at(place + 1)
    if rows := _of_rows(parts, place, columns):
        bound = replace(_side(parts, before, value, rows), at=number.start)
        parts.drop_all([number, before, *([after] if after is not None and rows is Rows.RATE else [])])
        return bound
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
    figure = _aggregated(parts, before)
    parts.drop_all([number, before, *(beside[:1] if figure is None else [])])
    own = column if figure is None else None
    calendar = unit is not None and unit.kind == "calendar"
    return Bound(low, high, strict, own, before.text.lower(), days, calendar, timed, of_rows=figure, told=led_in)


def _between(parts: Parts, number: Atom, joint: Atom, columns: Columns) -> Bound:
    """ "Between 40k and 60k", "between 2 and 4 open deals". Raises CannotSay where an average is bounded so."""
    place = parts.place(number)
    last = parts.atoms[place + 2]
    value, high = _of_a_size(float(str(number.value)), last), float(str(last.value))
    _refuse_uneven(number, value, last)
    if _aggregated(parts, number) is not None:
        raise unfit(f"{number.text} and {last.text}")
    if _of_rows(parts, place + 2, columns) is Rows.NUMBER:
        parts.drop_all([number, joint, last])
        return Bound(value, high, False, None, "between", of_rows=Rows.NUMBER, at=number.start)
    beside = [a for a in (parts.at(place - 1), parts.at(place + 3)) if a is not None and a.kind == "column"]
    column = columns(beside[0]) if beside else None
    parts.drop_all([number, joint, last, *beside[:1]])
    return Bound(_on_record(value, column), _on_record(high, column), False, column, "between")


def _drop_exact(parts: Parts) -> None:
    """ "Exactly how many" says nothing more. Raises CannotSay for "exactamente dos", whose number was not heard."""
    for exact in parts.all("exact"):
        after = parts.at(parts.place(exact) + 1)
        if after is not None and after.kind in ("about", "condition", "expected"):
            raise unfit(exact.text)
        parts.drop(exact)


def _turn_comparing(parts: Parts) -> None:
    """ "More than last year", "more than Tom", "Q4 over Q3" set side by side, and bound nothing."""
    for atom in parts.all("over", "under"):
        after = parts.at(parts.place(atom) + 1)
        times = [parts.at(parts.place(atom) - 1), after]
        both = all(a is not None and a.kind == "period" for a in times)
        plain = atom.text.lower() not in parts.words.shades.numeric
        if after is not None and (both or (after.kind in ("period", "name", "value") and plain)):
            parts.atoms[parts.place(atom)] = replace(atom, kind="than")


def _on_record(value: float, column: Column | None) -> float:
    """Companies' own revenue is on record in millions."""
    return value / MILLION if column is Column.REVENUE and value >= WHOLE_MONEY else value


def _of_a_size(first: float, last: Atom) -> float:
    """ "Between 10 and 20k" is from 10k."""
    spelt = re.match(r"[\d.,]+", last.text)
    mantissa = number_in(spelt[0].rstrip(".,")) if spelt else None
    end = float(str(last.value))
    return first * end / mantissa if mantissa and first < mantissa < end else first


def _refuse_uneven(first: Atom, value: float, last: Atom) -> None:
    """ "Between twenty and thirty thousand": twenty of what? Raises CannotSay."""
    if value < MONEY_FROM <= float(str(last.value)) / 10 and not first.text[-1:].isdigit():
        raise unfit(first.text)


def _lacking(parts: Parts, columns: Columns) -> Iterable[Bound]:
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


def _of_rows(parts: Parts, place: int, columns: Columns) -> Rows | None:
    """Of what rows come to a bound is, if of rows at all: of their number, of their sum, of their rate."""
    number, after = parts.atoms[place], parts.atoms[place + 1 :]
    if after and after[0].value == "share" and parts.all("rate"):
        return Rows.RATE
    deals = any(a.value is About.DEALS for a in parts.atoms[:place])
    accounts = any(a.value is About.ACCOUNTS for a in parts.atoms[:place]) or parts.asked is About.ACCOUNTS
    if accounts and len(after) > 1 and after[0].value == "distinct" and after[1].kind == "field":
        return Rows.NUMBER  # "accounts with at least two different products"
    if (
        _summed(parts, after, columns)
        and not deals
        and (parts.asked is not None or any(map(is_noun, parts.atoms[:place])))
    ):
        return Rows.SUM
    return Rows.NUMBER if float(str(number.value)) < MONEY_FROM and _counted(after, deals) else None


def _aggregated(parts: Parts, bound: Atom) -> Rows | None:
    """ "Which sectors have an average deal size above 50k", "reps with total revenue over 1m": a figure of each row."""
    leading = list(takewhile(lambda a: a.kind in DESCRIBING, reversed(parts.atoms[: parts.place(bound)])))
    how = next((a for a in leading if a.value in AGGREGATES), None)
    column = how is not None and any(a.kind == "column" and a.start > how.start for a in leading)
    rows = parts.asked not in (None, About.DEALS) or any(map(is_noun, parts.atoms[: parts.place(bound)]))
    return AGGREGATES[str(how.value)] if how is not None and column and rows and not parts.groups else None


def _summed(parts: Parts, after: Sequence[Atom], columns: Columns) -> bool:
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
