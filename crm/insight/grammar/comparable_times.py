"""Times that are as long as each other: "the same period last year", "last quarter up to the same day"."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from crm.insight.frame import Condition, Dated, When
from crm.insight.grammar.part_years import as_far, whole_months
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import UNDER_WAY, CannotSay, Rewording
from crm.nouns import Period

YEAR, WEEK = 12, 7  # months, days
YEAR_OF_WEEKS = 364  # days: from a Monday to a Monday
APART = "I do not see what is compared with what; name both sides"


def take_comparable_times(parts: Parts, today: date | None) -> None:
    """Puts the stretch that is meant in the place of "the same period last year", "... up to the same day".

    Of a stretch that is not over, both are told up to today's day of it. Raises CannotSay where none such lies there.
    """
    _take_repeated(parts, today)
    for word in parts.all("same time", "same day"):
        beside = parts.at(parts.place(word) + (1 if word.kind == "same time" else -1))
        times = parts.all("period")
        others = [a for a in times if a is not beside]
        if beside is None or beside.kind != "period" or len(others) > 1 or today is None:
            raise CannotSay(APART)
        if not others and word.kind == "same day":
            others = _one_under_way(parts, beside, today)
        if not others or not (isinstance(others[0].value, Period) and isinstance(beside.value, Period)):
            raise CannotSay(APART)
        pair = _as_long(others[0].value, beside.value, today)
        if pair is None:
            raise CannotSay(APART)
        parts.drop(word)
        parts.atoms[parts.place(others[0])] = replace(others[0], value=pair[0])
        parts.atoms[parts.place(beside)] = replace(beside, value=pair[1])


def refuse_one_under_way(parts: Parts, atoms: list[Atom], today: date | None) -> None:
    """ "This quarter against last quarter": the days so far against all of them, or against as many? Raises CannotSay.

    A time that is called by its name, October or 2026, is meant as it is, and so is what "as a whole" stands beside.
    """
    times = [a for a in atoms if isinstance(a.value, Period)]
    begun = [a for a in times if _is_under_way(a.value, today)]
    over = [a for a in times if not _is_under_way(a.value, today)]
    if len(begun) != 1 or len(over) != 1 or parts.whole or not _says(begun[0], parts.words.shades.present):
        return
    now, before = begun[0].value, over[0].value
    if isinstance(now, Period) and isinstance(before, Period) and _alike(now, before):
        raise CannotSay(UNDER_WAY, _ways(parts, over[0]))


def on_as_many_days(sides: tuple[Condition, ...], today: date | None) -> tuple[Condition, ...]:
    """A follow-up's "against last quarter" sets the days so far against as many of it, as its rows say."""
    whens = [c for c in sides if isinstance(c, When) and c.dated is not Dated.EXPECTED]
    begun = [w for w in whens if _is_under_way(w.period, today)]
    if len(sides) != 2 or len(whens) != 2 or len(begun) != 1 or today is None:
        return sides
    before = next(w for w in whens if w is not begun[0])
    if not _alike(begun[0].period, before.period):
        return sides
    pair = _as_long(begun[0].period, before.period, today)
    if pair is None:
        return sides
    now, then = (replace(w, period=p) for w, p in zip((begun[0], before), pair, strict=True))
    return (now, then) if whens[0] is begun[0] else (then, now)


def refuse_current_under_way(parts: Parts, current: Period, earlier: Atom, today: date | None) -> None:
    """ "More deals than last quarter": the same of the quarter that nobody named. Raises CannotSay."""
    if _is_under_way(current, today) and not parts.whole and _says(earlier, parts.words.shades.relative):
        raise CannotSay(UNDER_WAY, _ways(parts, earlier))


def _take_repeated(parts: Parts, today: date | None) -> None:
    """ "Year to date against year to date last year": said again, it is as much of the time that follows."""
    times = parts.all("period")
    for first, again in pairwise(times):
        behind = parts.at(parts.place(again) + 1)
        so_far = isinstance(again.value, Period) and again.value.end == today
        if so_far and first.value == again.value and behind is not None and behind.kind == "period":
            parts.atoms[parts.place(again)] = replace(again, kind="same time")


def _ways(parts: Parts, earlier: Atom) -> Iterable[Rewording]:
    """The earlier one up to the same day, and as a whole."""
    ends = earlier.start + len(earlier.text)
    said = [*earlier.text.lower().split(), *(w for a in parts.atoms for w in a.text.lower().split())]
    told = next((t for t in parts.words.stretches if any(w.startswith(t.of) for w in said)), None)
    if told is not None:
        yield Rewording(ends, ends, told.same_day)
        yield Rewording(ends, ends, told.whole)


def _says(time: Atom, words: tuple[str, ...]) -> bool:
    """One of its words begins so."""
    return any(word.startswith(words) for word in time.text.lower().split())


def _one_under_way(parts: Parts, earlier: Atom, today: date) -> list[Atom]:
    """ "More deals than last quarter up to the same day": the one under way is compared, which nobody names."""
    joint = next((a for a in parts.all("than", "versus") if a.start < earlier.start), None)
    length = earlier.value
    if joint is None or not isinstance(length, Period) or length.start is None or length.end is None:
        return []
    months, days = whole_months(length), (length.end - length.start).days + 1
    first = today - timedelta(days=today.weekday()) if days == WEEK else None
    if months in (1, 3, YEAR):
        first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    if first is None:
        return []
    now = Atom("period", Period(first, today, "this"), joint.text, joint.start)
    parts.atoms.insert(parts.place(joint), now)
    return [now]


def _is_under_way(time: object, today: date | None) -> bool:
    """It has begun, and some of its days lie ahead."""
    if not isinstance(time, Period) or time.start is None or time.end is None or today is None:
        return False
    return time.start <= today < time.end


def _alike(now: Period, before: Period) -> bool:
    """Both are a week, or so many whole months, and one comes after the other."""
    if now.start is None or now.end is None or before.start is None or before.end is None or before.end >= now.start:
        return False
    months = whole_months(now)
    days = {(p.end - p.start).days + 1 for p in (now, before) if p.start and p.end}
    return (months > 0 and months == whole_months(before)) or days == {WEEK}


def _as_long(time: Period, there: Period, today: date) -> tuple[Period, Period] | None:
    """The time up to today, and as many days of the stretch that was named; None where it has none such."""
    if time.start is None or time.end is None or there.start is None or there.end is None or there.end >= time.end:
        return None
    now = replace(time, end=min(time.end, today))
    days = (time.end - time.start).days + 1
    if there.start == there.end:
        return (now, _years_back(now, 1, there)) if there.start == _year_back(today, 1) else None
    months = whole_months(there)
    if days == WEEK == (there.end - there.start).days + 1:
        return now, _moved(now, (time.start - there.start).days, there)
    if months == YEAR and time.start.year == time.end.year > there.start.year:
        years = time.start.year - there.start.year
        weeks = days == WEEK and time.start.weekday() == 0
        return now, (_moved(now, YEAR_OF_WEEKS * years, there) if weeks else _years_back(now, years, there))
    whole = 0 < whole_months(time) <= months and time.start.day == 1 and (time.start.month - 1) % months == 0
    fits = months in (1, 3) and (whole or _so_far(time, months, today))
    return (now, as_far(there, now)) if fits else None


def _so_far(time: Period, months: int, today: date) -> bool:
    """ "Quarter to date": it begins as the other stretch does, and ends today."""
    start = time.start
    return start is not None and start.day == 1 and (start.month - 1) % months == 0 and time.end == today


def _moved(now: Period, days: int, there: Period) -> Period:
    back = timedelta(days=days)
    return Period(now.start and now.start - back, now.end and now.end - back, there.words)


def _years_back(now: Period, years: int, there: Period) -> Period:
    return Period(now.start and _year_back(now.start, years), now.end and _last(now.end, years), there.words)


def _year_back(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _last(day: date, years: int) -> date:
    """The same day so many years before; of a month's last day again its last."""
    after = day + timedelta(days=1)
    return _year_back(after, years) - timedelta(days=1) if after.day == 1 else _year_back(day, years)
