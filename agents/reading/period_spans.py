"""The stretches of time that a question names, each by itself: "3 June", "Q2 2025", "last 90 days".

How two of them make a range, or one of them a "since", is joined in `periods.py`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.reading.days import (
    Days,
    around,
    back,
    day_of,
    latest_day,
    latest_part,
    latest_season,
    part_of,
    season_of,
)
from agents.reading.period_words import Code

ANCHOR = re.compile(
    r"[myqh]\d|hd@|season\d|wd|d@|(?:month|quarter|year)end$|ytd|[mq]td|today|yesterday|daybefore|tomorrow|prevyear|(?:day|week|month|quarter|half|year|hour)s?$"
)
FEW = 3  # "in recent months"
MOST = 999  # of any unit: a calendar ends somewhere
YEARS_BACK, YEARS_ON = 20, 5  # a number outside is an amount, not a year
YEAR_OF_WEEKS = 364  # days: 52 weeks
OF_THE = r"(?:(?:of|from|the|in|,|a) )*"
AGAIN = re.compile(
    rf"(?:same (?:(?P<back>day|week|month|quarter|half|year|span)s? )?{OF_THE})?(?:yearback|prevyear) "
    rf"|same (?P<unit>day|week|month|quarter|half|span)s? {OF_THE}(?:last year|year last|year ago|past year|year past) "
)
UNIT = r"(?P<unit>day|week|month|quarter|half|year|hour)s?"
OF = r"(?:(?:of|from|the|in|,|-) )*"
ENDED = r"(?P<unit>month|quarter|year)"
UNTIL = r"(?:(?<=until )|(?<=until the ))"
BOUNDED = r"(?:(?<=until )|(?<=until the )|(?<=before )|(?<=before the )|(?<=by )|(?<=by the ))"


@dataclass(frozen=True, slots=True)
class Span:
    """Days with the codes they were read from, as a half-open range.

    `bare` needs a small word before it to count ("in May"); `closed` has its end said ("3 to 9 May", "90 days").
    `edge` only bounds others: "before Christmas", "by the end of the year"; `ending` is within what it ends.
    """

    days: Days
    first: int
    last: int
    bare: bool = False
    closed: bool = False
    weekday: bool = False
    edge: bool = False
    ending: bool = False


Reader = Callable[[re.Match[str], date], Days | None]


@dataclass(frozen=True, slots=True)
class _Pattern:
    shape: re.Pattern[str]
    read: Reader
    bare: bool = False
    closed: bool = False
    edge: bool = False
    ending: bool = False


def spans(found: Sequence[Code], as_of: date) -> list[Span]:
    """Every stretch of time named, in order; the longest reading of each wins."""
    if not any(ANCHOR.match(code.name) for code in found):
        return []
    line, starts = _line(found)
    result: list[Span] = []
    at = 0
    while at < len(found):
        best = max(
            (s for p in PATTERNS if (s := _read(p, line, starts, at, as_of))), key=lambda s: s.last, default=None
        )
        best = _again(line, starts, at, result, as_of) or best
        if best is None:
            at += 1
            continue
        alone = best.last - best.first == 1
        bare = alone and (best.bare or not found[best.first].sure)
        result.append(replace(best, bare=bare, weekday=found[best.first].name.startswith("wd")))
        at = best.last
    return result


def _again(line: str, starts: list[int], at: int, before: Sequence[Span], as_of: date) -> Span | None:
    """ "Q3 against the same quarter a year earlier": the stretch that was named last, a year before."""
    hit = AGAIN.match(line, starts[at])
    if hit is None or (before and before[-1].weekday):
        return None
    if not before:  # "the previous year" by itself is the last one, "a year earlier" is none
        return (
            Span(around(back(as_of, 1, "year"), "year"), at, starts.index(hit.end())) if hit[0] == "prevyear " else None
        )
    days, unit = before[-1].days, hit["unit"] or hit["back"] or "span"
    if unit != "span" and days.end > back(days.start, -1, unit):
        return None  # "in Q2 against the same week last year": which week?
    earlier = days.years_later(-1)
    if unit == "week":  # from a Monday, as the other one
        earlier = Days(days.start - timedelta(days=YEAR_OF_WEEKS), days.end - timedelta(days=YEAR_OF_WEEKS))
    return Span(earlier, at, starts.index(hit.end()), closed=True)


def _line(found: Sequence[Code]) -> tuple[str, list[int]]:
    line, starts = "", []
    for code in found:
        starts.append(len(line))
        line += code.name + " "
    return line, [*starts, len(line)]


def _read(pattern: _Pattern, line: str, starts: list[int], at: int, as_of: date) -> Span | None:
    hit = pattern.shape.match(line, starts[at])
    days = pattern.read(hit, as_of) if hit else None
    if hit is None or days is None:
        return None
    edge, ending = pattern.edge, pattern.ending
    return Span(days, at, starts.index(hit.end()), pattern.bare, pattern.closed, edge=edge, ending=ending)


def _year(hit: re.Match[str], as_of: date) -> int | None:
    year = int(hit["y"])
    return year if as_of.year - YEARS_BACK <= year <= as_of.year + YEARS_ON else None


def _digits(hit: re.Match[str], as_of: date) -> Days | None:
    parts = [int(p) for p in re.split(r"[-./]", hit["date"])]
    year, month, day = parts if parts[0] > 31 else reversed(parts)
    if month > 12:  # written month first
        month, day = day, month
    return day_of(year if year > 99 else 2000 + year, month, day)


def _day_month(hit: re.Match[str], as_of: date) -> Days | None:
    groups = hit.groupdict()
    month, day = int(hit["m"]), int(hit["n"])
    last = day_of(int(groups["y"]), month, day) if groups.get("y") else latest_day(as_of, month, day)
    if last is None or not groups.get("n0"):
        return last
    first = day_of(last.start.year, month, int(hit["n0"]))
    return Days(first.start, last.end, last.dated) if first and first.start <= last.end else None


def _part(size: int) -> Reader:
    def read(hit: re.Match[str], as_of: date) -> Days | None:
        groups = hit.groupdict()
        if groups.get("which"):
            return part_of(as_of.year - (hit["which"] == "last"), size, int(hit["n"]))
        if not groups.get("y"):
            return latest_part(as_of, size, int(hit["n"]))
        year = _year(hit, as_of)
        return part_of(year, size, int(hit["n"])) if year else None

    return read


def _half_month(hit: re.Match[str], as_of: date) -> Days | None:
    month = _part(1)(hit, as_of)
    if month is None:
        return None
    middle = month.start.replace(day=15)
    first = hit["half"] == "1"
    return replace(month, end=middle) if first else replace(month, start=middle + timedelta(days=1))


def _from_month(hit: re.Match[str], as_of: date) -> Days | None:
    month = _part(1)(hit, as_of)
    return Days(month.start, as_of) if month and month.start <= as_of else None


def _short_year(hit: re.Match[str], as_of: date) -> Days | None:
    year = 2000 + int(hit["y"])
    return part_of(year, 1, int(hit["m"])) if as_of.year - YEARS_BACK <= year <= as_of.year + YEARS_ON else None


def _full(hit: re.Match[str], as_of: date) -> Days | None:
    """So many whole ones before the one under way: "the last 4 full weeks" end on a Sunday."""
    count, unit = int(hit.groupdict().get("n") or 1), hit["unit"]
    if unit == "hour" or not 0 < count <= MOST:
        return None
    current = around(as_of, unit).start
    return Days(around(back(current, count, unit), unit).start, current - timedelta(days=1))


def _season(hit: re.Match[str], as_of: date) -> Days | None:
    groups, number = hit.groupdict(), int(hit["n"])
    if groups.get("y"):
        year = _year(hit, as_of)
        return season_of(year, number) if year else None
    if groups.get("which"):
        return season_of(as_of.year - (hit["which"] == "last"), number)
    return latest_season(as_of, number, over=bool(groups.get("gone")))


def _same_last_year(hit: re.Match[str], as_of: date) -> Days | None:
    return None if hit["unit"] == "hour" else around(back(as_of, 1, "year"), hit["unit"])


def _whole_year(hit: re.Match[str], as_of: date) -> Days | None:
    year = _year(hit, as_of)
    return part_of(year, 12, 1) if year else None


def _calendar(hit: re.Match[str], as_of: date) -> Days | None:
    unit, which = hit["unit"], hit["which"]
    if unit == "hour":
        return None
    step = {"this": 0, "last": 1, "next": -1}[which]
    return around(back(around(as_of, unit).start, step, unit), unit)


def _rolling(hit: re.Match[str], as_of: date) -> Days | None:
    count, unit = int(hit.groupdict().get("n") or 1), hit["unit"]
    if unit == "hour":
        count, unit = -(-count // 24), "day"
    return Days(back(as_of, count, unit), as_of) if 0 < count <= MOST else None


def _recent(hit: re.Match[str], as_of: date) -> Days | None:
    return Days(back(as_of, FEW, hit["unit"]), as_of)


def _last_quarter(hit: re.Match[str], as_of: date) -> Days | None:
    return around(back(around(as_of, "quarter").start, 1, "quarter"), "quarter")


def _coming(hit: re.Match[str], as_of: date) -> Days | None:
    if hit["unit"] == "hour" or int(hit["n"]) > MOST:
        return None
    return Days(as_of + timedelta(days=1), back(as_of, -int(hit["n"]), hit["unit"]))


def _ago(hit: re.Match[str], as_of: date) -> Days | None:
    count = int(hit["n"] or 1)
    if hit["unit"] == "hour" or count > MOST:
        return None
    return around(back(as_of, count, hit["unit"]), hit["unit"])


def _to_date(unit: str) -> Reader:
    return lambda hit, as_of: Days(around(as_of, unit).start, as_of)


def _start_of(hit: re.Match[str], as_of: date) -> Days | None:
    if hit["unit"] == "hour":
        return None
    first = around(as_of, hit["unit"]).start
    return Days(first, first)


def _holiday(hit: re.Match[str], as_of: date) -> Days | None:
    groups, month, day = hit.groupdict(), int(hit["m"]), int(hit["n"])
    if groups.get("which"):
        return day_of(as_of.year - (hit["which"] == "last"), month, day)
    if not groups.get("y"):
        return latest_day(as_of, month, day)
    year = _year(hit, as_of)
    return day_of(year, month, day) if year else None


def _last_day(of: Days | None) -> Days | None:
    return replace(of, start=of.end) if of else None


def _end_of_unit(hit: re.Match[str], as_of: date) -> Days | None:
    return _last_day(around(as_of, hit["unit"]))


def _end_of_month(hit: re.Match[str], as_of: date) -> Days | None:
    return _last_day(_part(1)(hit, as_of))


def _days_off(count: int) -> Reader:
    return lambda hit, as_of: around(as_of + timedelta(days=count), "day")


def _weekday(hit: re.Match[str], as_of: date) -> Days | None:
    before = (as_of.weekday() - int(hit["wd"])) % 7
    return around(as_of - timedelta(days=before or 7 * bool(hit.groupdict().get("last"))), "day")


def _pattern(shape: str, read: Reader, bare: bool = False, closed: bool = False) -> _Pattern:
    return _Pattern(re.compile(shape + " "), read, bare, closed)


def _edge(shape: str, read: Reader, ending: bool = False) -> _Pattern:
    return _Pattern(re.compile(shape + " "), read, edge=True, ending=ending)


OF_YEAR = rf" {OF}y(?P<y>\d+)"
YEARS = (OF_YEAR, rf" {OF}(?P<which>last|this) year", rf" {OF}year (?P<which>last|this)", rf" {OF}year", "")
ORDINAL = r"n[1-4] (?:quarter|half) "  # "during the third quarter" is one, "for three quarters" are three
QUARTERS = (r"q(?P<n>[1-4])", r"n(?P<n>[1-4]) quarter", r"quarter n(?P<n>[1-4])")
HALVES = (r"h(?P<n>[12])", r"n(?P<n>[12]) half", r"half n(?P<n>[12])")
DAY_MONTHS = (
    rf"n(?P<n>\d+) {OF}m(?P<m>\d+)",
    r"m(?P<m>\d+) (?:the )?n(?P<n>\d+)",
)
WEEKDAY = r"(?:(?:wd\d|dayname) (?:, |the )*)?"  # "Monday 4 December" is that day, whatever day of the week it was
DAYS_OF_MONTH = rf"(?:between (?:the )?)?n(?P<n0>\d+) (?:until|to|-|a|and) (?:the )?n(?P<n>\d+) {OF}m(?P<m>\d+)"
FULL = (
    rf"(?:last|past) n(?P<n>\d+) full {UNIT}",
    rf"n(?P<n>\d+) (?:last|past) full {UNIT}",
    rf"(?:last|past) n(?P<n>\d+) {UNIT} full",
    rf"n(?P<n>\d+) {UNIT} full (?:last|past)",
    rf"n(?P<n>\d+) (?:last|past) {UNIT} full",
    rf"(?:last|past) full {UNIT}",
)
PATTERNS = (
    _pattern(r"d@(?P<date>\S+)", _digits),
    *(_pattern(WEEKDAY + shape + year, _day_month) for shape in DAY_MONTHS for year in (OF_YEAR, "")),
    *(_pattern(DAYS_OF_MONTH + year, _day_month, closed=True) for year in (OF_YEAR, "")),
    *(_pattern(r"m(?P<n>\d+)" + year, _part(1)) for year in YEARS),
    _pattern(r"in m(?P<m>\d+) n(?P<y>1[3-9]|[2-9]\d)", _short_year),  # "in Nov 25"; "on Nov 25" is a day
    *(_pattern(rf"n(?P<half>[12]) half {OF}m(?P<n>\d+)" + year, _half_month) for year in YEARS),
    *(_pattern(rf"(?:since|from) (?:the )?begin {OF}m(?P<n>\d+)" + year, _from_month, closed=True) for year in YEARS),
    *(_pattern(shape, _full, closed=True) for shape in FULL),
    *(_pattern(shape + year, _part(3)) for shape in QUARTERS for year in YEARS),
    *(_pattern(shape + year, _part(6)) for shape in HALVES for year in YEARS),
    *(_pattern(r"season(?P<n>[1-4])" + year, _season, bare=not year) for year in YEARS),
    _pattern(r"(?P<gone>last|past) season(?P<n>[1-4])", _season),
    _pattern(r"season(?P<n>[1-4]) (?P<gone>last|past)", _season),
    _pattern(r"this season(?P<n>[1-4])", _season),
    _pattern(rf"(?:this|same) {UNIT} {OF}(?:last year|year last)", _same_last_year),
    _pattern(r"(?:last|this|past) m(?P<n>\d+)", _part(1)),
    _pattern(r"m(?P<n>\d+) (?:last|past)", _part(1)),
    _pattern(r"y(?P<y>\d+)", _whole_year),
    _pattern(rf"(?P<which>this|last|next) {UNIT}", _calendar),
    _pattern(rf"{UNIT} (?P<which>this|last|next)(?! (?:n\d+ )?{UNIT.replace('unit', 'more')} | [mq]\d| wd)", _calendar),
    _pattern(r"past (?P<unit>quarter)", _last_quarter),
    _pattern(r"past (?P<unit>day|week|month|half|year)", _rolling, closed=True),
    _pattern(r"(?:in|dur) the last (?P<unit>day|week|month|year)", _rolling, closed=True),
    _pattern(rf"(?:last|past) n(?P<n>\d+) (?:- )?{UNIT}", _rolling, closed=True),
    _pattern(rf"n(?P<n>\d+) (?:last|past) {UNIT}", _rolling, closed=True),
    _pattern(rf"n(?P<n>\d+) {UNIT} (?:last|past)", _rolling, closed=True),
    _pattern(rf"(?:since|dur) (?:the |from )*(?!{ORDINAL})n(?P<n>\d+) {UNIT}", _rolling, closed=True),
    _pattern(r"(?:last|past) (?P<unit>day|week|month|quarter|year)s", _recent, closed=True),
    _pattern(rf"next n(?P<n>\d+) {UNIT}", _coming),
    _pattern(rf"n(?P<n>\d+) next {UNIT}", _coming),
    _pattern(rf"(?:n(?P<n>\d+) )?{UNIT} ago", _ago),
    _pattern(rf"ago n(?P<n>\d+) {UNIT}", _ago),
    *(
        _pattern(word, _to_date(unit), closed=True)
        for word, unit in (("ytd", "year"), ("qtd", "quarter"), ("mtd", "month"))
    ),
    _pattern(rf"begin {OF}(?:this )?{UNIT}", _start_of),
    _edge(rf"{BOUNDED}end {OF}(?:this )?{ENDED}", _end_of_unit, ending=True),
    _edge(rf"{ENDED}(?: of)? ?end", _end_of_unit, ending=True),
    _edge(rf"{UNTIL}{ENDED}(?! [mnqy]\d)", _end_of_unit, ending=True),  # "by the end of the year"
    *(_edge(rf"{BOUNDED}end {OF}m(?P<n>\d+)" + year, _end_of_month, ending=True) for year in YEARS),
    *(_edge(r"hd@(?P<m>\d+)-(?P<n>\d+)" + year, _holiday) for year in (*YEARS[:3], "")),
    *(_pattern(w, _days_off(n)) for w, n in (("today", 0), ("yesterday", -1), ("daybefore", -2), ("tomorrow", 1))),
    _pattern(r"wd(?P<wd>\d)", _weekday, bare=True),
    _pattern(r"(?P<last>last|past) wd(?P<wd>\d)", _weekday),
    _pattern(r"wd(?P<wd>\d) (?P<last>last)", _weekday),
    _pattern(r"next wd\d", lambda hit, as_of: None),
)
