"""The period a question names, in seven languages, counted from the newest day in the data.

A month without a year is the latest one that has begun; "since" and "last" end on the newest day; a week starts on
Monday. A tomorrow or a next week is an appointment, not a stretch of history, and gives no period.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from agents.reading.days import Days
from agents.reading.period_spans import Span, spans
from agents.reading.period_words import Code, codes
from agents.reading.tokens import tokens
from crm.nouns import Period

LONGEST_APPOINTMENT = 13  # days: what lies ahead and is no longer than a fortnight
LEADS_IN = frozenset(
    {
        "in",
        "upon",
        "dur",
        "since",
        "until",
        "before",
        "after",
        "from",
        "of",
        "between",
        "a",
        "to",
        "last",
        "this",
        "begin",
        "-",
    }
)
UNITS = ("week", "month", "quarter", "year")
TO = r"(?:until|to|-|a) "
RANGES = (
    re.compile(rf"between (?:the |of )*S(?P<a>\d+) (?:and|{TO[:-1]}) (?:the )?S(?P<b>\d+) "),
    re.compile(rf"(?:since|from|of) (?:the )?S(?P<a>\d+) {TO}(?:the )?S(?P<b>\d+) "),
    re.compile(r"S(?P<a>\d+) (?:until|to|-) (?:the )?S(?P<b>\d+) "),
)
ONWARD = re.compile(r"(?:from|since|a) (?:the |of )*S(?P<a>\d+) (?:onward |upon (?:, |$))")
MONTH, ENDING = re.compile(r"m\d+"), re.compile(r"[my]\d+|season\d")
ALONE = re.compile(r"(?:(?P<how>since|after|before|until|ago|by) (?:the |of |from )*)?S(?P<a>\d+) (?P<its>of )?")


def period_of(text: str, as_of: date) -> Period | None:
    """The stretch of history that `text` names; of several, from the first day to the last."""
    words = tokens(text)
    found = codes(words, text)
    pieces = list(_pieces(found, _named(found, as_of), as_of))
    if not pieces:
        return None
    starts, ends = [p.period.start for p in pieces], [p.period.end for p in pieces]
    start = None if None in starts else min(s for s in starts if s)
    end = None if None in ends else max(e for e in ends if e)
    first, last = found[pieces[0].first].first, found[pieces[-1].last - 1].last
    return Period(start, end, text[words[first].start : words[last - 1].end])


def pieces_of(text: str, as_of: date, coming: bool = False) -> list[tuple[int, int, Period]]:
    """Each stretch of history by itself, with its half-open range of characters; `coming` days too, when asked."""
    words = tokens(text)
    found = _completed(codes(words, text))
    named = _pieces(found, _named(found, as_of), as_of, coming)
    placed = [(words[found[p.first].first].start, words[found[p.last - 1].last - 1].end, p.period) for p in named]
    return [(start, end, Period(p.start, p.end, text[start:end])) for start, end, p in placed]


def places_of(text: str, as_of: date) -> list[tuple[int, int]]:
    """Where `text` speaks of time: half-open character ranges, appointments among them."""
    words = tokens(text)
    found = codes(words, text)
    return [(words[found[s.first].first].start, words[found[s.last - 1].last - 1].end) for s in _named(found, as_of)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One period with the codes it was read from, as a half-open range."""

    period: Period
    first: int
    last: int


def _named(found: Sequence[Code], as_of: date) -> list[Span]:
    ahead = any(code.name == "ahead" for code in found)
    named: list[Span] = []
    for span in spans(found, as_of):
        if ahead and found[span.first].name == "today":
            continue
        told = not span.bare or _led_in(found, span.first) or _set_apart(found, span) or _opens(found, span)
        if told or (named and _joins(found, named[-1], span)):
            named.append(span)
    return named


def _joins(found: Sequence[Code], before: Span, span: Span) -> bool:
    """ "In June and July", "in March, April or May": beside one that counts a careful month is one, too."""
    if before.last + 1 != span.first or not MONTH.fullmatch(found[span.first].name):
        return False
    if not ENDING.fullmatch(found[before.last - 1].name):
        return False
    joint, after = (found[at].name if at < len(found) else "," for at in (before.last, span.last))
    return joint in ("and", "or") or (joint == "," and after in (",", "and", "or"))  # but "in June, may I ask"


def _set_apart(found: Sequence[Code], span: Span) -> bool:
    """At the very end, behind a comma: "calls per rep, oct"."""
    return span.last == len(found) and span.first > 1 and found[span.first - 1].name == ","


def _opens(found: Sequence[Code], span: Span) -> bool:
    """ "May to September", "jul-dec": with another month behind a "to" even a careful one is a month."""
    behind = [code.name for code in found[span.last : span.last + 2]]
    is_month = found[span.first].name[0] == "m" and span.last - span.first == 1
    return is_month and len(behind) == 2 and behind[0] in ("to", "until", "-", "a") and behind[1][:1] == "m"


def _led_in(found: Sequence[Code], at: int) -> bool:
    if at and found[at].name.startswith("season") and found[at - 1].name in ("a", "and"):
        return found[at - 1].name == "and"  # "a été" has been, and is no summer
    while at and found[at - 1].name == "the":
        if found[at - 1].name in LEADS_IN:
            return True
        at -= 1
    return at > 0 and found[at - 1].name in LEADS_IN


def _pieces(found: Sequence[Code], named: Sequence[Span], as_of: date, coming: bool = False) -> Iterator[_Piece]:
    line, places = _line(found, named)
    at = 0
    while at < len(line):
        hit, period = _at(line, at, named, as_of, coming)
        end = hit.end() if hit else line.index(" ", at) + 1
        if period:
            yield _Piece(period, places[at], places[end])
        at = end


def _completed(found: Sequence[Code]) -> list[Code]:
    """ "This month against last": a unit that was said once is meant twice."""
    units = [b.name for a, b in pairwise(found) if a.name == "this" and b.name in UNITS]
    done: list[Code] = []
    for place, code in enumerate(found):
        done.append(code)
        after = found[place + 1].name if place + 1 < len(found) else "w"
        if code.name == "last" and units and after in ("w", ",") and (place == 0 or found[place - 1].name not in UNITS):
            done.append(Code(units[0], code.last, code.last))
    return done


def _at(
    line: str, at: int, named: Sequence[Span], as_of: date, coming: bool
) -> tuple[re.Match[str] | None, Period | None]:
    for shape in RANGES:
        if hit := shape.match(line, at):
            return hit, _range(named[int(hit["a"])].days, named[int(hit["b"])].days)
    if hit := ONWARD.match(line, at):  # "from tomorrow on"
        return hit, _single("since", named[int(hit["a"])], as_of)
    if hit := ALONE.match(line, at):
        how = "" if hit["its"] else hit["how"] or ""  # "after yesterday's call" is about that day
        span = named[int(hit["a"])]
        if how == "by" and not span.edge:
            return None, None  # "won by May"
        if coming and not how and span.days.start > as_of and not span.edge:
            return hit, Period(span.days.start, span.days.end)
        return hit, _single(how, span, as_of)
    return None, None


def _line(found: Sequence[Code], named: Sequence[Span]) -> tuple[str, dict[int, int]]:
    """The codes with every span as one "S<number>", and which code each place in the line belongs to."""
    by_first = {span.first: number for number, span in enumerate(named)}
    line, places, at = "", {}, 0
    while at < len(found):
        places[len(line)] = at
        number = by_first.get(at)
        line += found[at].name + " " if number is None else f"S{number} "
        at = at + 1 if number is None else named[number].last
    places[len(line)] = at
    return line, places


def _range(a: Days, b: Days) -> Period:
    if b.dated and not a.dated:
        a = a.in_year_of(b)
    elif a.dated and not b.dated:
        b = b.years_later(a.start.year - b.start.year)
        b = b if b.end >= a.start else b.years_later(1)
    elif a.start > b.end and not a.dated:
        a = a.years_later(-1)
    return Period(min(a.start, b.start), max(a.end, b.end))


def _single(how: str, span: Span, as_of: date) -> Period | None:
    days = span.days
    if span.closed:  # "since the last 3 months", "dal 3 al 9 marzo": its end has been said
        how = ""
    if span.weekday and how in ("before", "until"):
        return None  # a deadline
    if how == "by" or (how == "before" and span.ending):
        how = "until"  # "before the end of the year": its last day as well
    if how in ("before", "ago"):
        return Period(None, days.start - timedelta(days=1))
    if how == "until":
        return Period(None, days.end)
    if how in ("since", "after"):
        start = days.end + timedelta(days=1) if how == "after" else days.start
        return Period(start, as_of if start <= as_of else None)
    ahead = days.start > as_of
    if span.edge or (ahead and (days.end - days.start).days <= LONGEST_APPOINTMENT):
        return None
    return Period(days.start, days.end)
