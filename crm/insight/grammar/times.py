"""The times that a question names: which of a record's dates each means, and which two are compared."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from crm.insight.frame import TIMES, About, Condition, Dated, Field, When
from crm.insight.grammar.comparable_times import refuse_current_under_way, refuse_one_under_way
from crm.insight.grammar.part_years import to_the_same_day
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import CannotSay, unfit
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

QUARTER_DAYS, MONTH_DAYS, WEEK_DAYS = 92, 31, 7
TOLD = ("condition", "name", "value", "field", "about", "column")
BESIDE = 3  # characters between two times that only a comma parts
AHEAD = 92  # days within which a bare month after "planned" may be the coming one
DATES = {"created": Dated.CREATED, "contacted": Dated.CONTACTED, "expected": Dated.EXPECTED}


def periods_in(
    context: ReadingContext, parts: Parts, comparing: bool, settled: bool
) -> tuple[tuple[When, ...], tuple[When, ...]]:
    """Periods that must hold, and periods that are set side by side; `settled` tells that something else is."""
    undated = (*_undated(context, parts), *_ever_contacted(context, parts))
    if parts.all("created") and parts.all("contacted") and len(parts.all("period")) == 1:
        raise CannotSay("I do not see which period is for what; ask about one period at a time")
    parts.drop_all(_now(context, parts))
    atoms = parts.all("period")
    if comparing:
        refuse_one_under_way(parts, atoms, context.as_of)
    whens = [_when(context, parts, a) for a in atoms]
    whens = _alike(whens) if comparing or _beside_each_other(parts, atoms) else whens
    listed = _listed(parts, atoms)
    between = not comparing and _between(parts, atoms)
    _refuse_until_now(parts, atoms)
    parts.drop_all(atoms)
    late = (*_overdue(context, parts), *_ahead(context, parts, whens))
    if not whens or late:
        return (*whens, *late, *undated), ()
    if len(whens) == 1 and {a.kind for a in parts.atoms} & {"than", "versus"} and not settled:
        _refuse_apart(parts, atoms[0])
        current = _current(context, whens[0])
        refuse_current_under_way(parts, current.period, atoms[0], context.as_of)
        return undated, (current, whens[0])
    if len(whens) == 1 or (len({w.dated for w in whens}) == len(whens) and not comparing):
        return (*whens, *undated), ()
    if between and len({w.dated for w in whens}) == 1:
        first, last = (w.period for w in whens)
        return (replace(whens[0], period=Period(first.start, last.end, f"{first.words} {last.words}")), *undated), ()
    if len({w.dated for w in whens}) > 1:
        raise CannotSay("I do not see which period is for what; ask about one period at a time")
    if not (comparing or listed) or (not comparing and _one_inside(whens) and not parts.all("and", "or")):
        return (_both(whens), *undated), ()  # "for 2026, January to October" too
    if _one_inside(whens):
        raise CannotSay("I do not see which period is for what; ask about one period at a time")
    if (parts.together or parts.summing) and not comparing and (whole := _touching(whens)) is not None:
        return (whole, *undated), ()  # "total calls in May and June"
    if parts.together:
        raise CannotSay("times that are taken together cannot be added up here; name one stretch, from when to when")
    _refuse_uneven(whens, context.as_of)
    dated = tuple(_same_year(whens, atoms, context))
    return undated, to_the_same_day(dated, atoms, context.as_of)


def _touching(whens: Sequence[When]) -> When | None:
    """One stretch, where each time begins on the day after the one before it ends."""
    ordered = sorted(whens, key=lambda w: w.period.span)
    for before, after in pairwise(ordered):
        if before.period.end is None or after.period.start != before.period.end + timedelta(days=1):
            return None
    words = " ".join(w.period.words for w in whens)
    return replace(ordered[0], period=Period(ordered[0].period.start, ordered[-1].period.end, words))


def _now(context: ReadingContext, parts: Parts) -> list[Atom]:
    """ "Open today", "the agents' open deals today": what a deal is, it is today anyhow, unless a date is told."""
    staged = any(
        a.value in (Field.STATUS, Field.STAGE) or any(f is Field.STAGE for f, _ in a.names) for a in parts.atoms
    )
    named = [a for a in parts.all("name") if any(f is Field.STATUS for f, _ in a.names)]  # but "new leads today"
    staged = staged or (context.about is About.LEADS and bool(named))
    is_open = any(isinstance(a.value, Entry) and a.value.values == ("open",) for a in parts.atoms)
    days = [(a, a.value) for a in parts.all("period") if isinstance(a.value, Period) and _telling(parts, a) is None]
    planned = context.about in (About.ACTIVITIES, About.REPLIES)
    whenever = [a for a, day in days if day.start is None and day.end == context.as_of and not planned]
    if not (is_open or staged):
        return whenever  # "deals won until today": of what is not planned there is none after today
    return [*whenever, *(atom for atom, day in days if day.start == day.end == context.as_of)]


def _alike(whens: Sequence[When]) -> list[When]:
    """ "Created in Q3 compared with Q2": the date that is told of the first holds for what it is compared with."""
    first = whens[0].dated if whens else Dated.DATED
    return [replace(w, dated=first) if w.dated is Dated.DATED else w for w in whens]


def _beside_each_other(parts: Parts, atoms: Sequence[Atom]) -> bool:
    """ "Created in Q2 and in Q3": nothing but joints between the times."""
    places = [parts.place(a) for a in atoms]
    between = [parts.atoms[a + 1 : b] for a, b in pairwise(places)]
    return len(atoms) > 1 and all(a.kind in ("and", "or", "comma") for run in between for a in run)


def _listed(parts: Parts, atoms: Sequence[Atom]) -> bool:
    """Times that are joined by a small word are set side by side: "in May and June"; a comma must part them alone."""
    return len(atoms) > 1 and all(_joined(parts, a, b) for a, b in pairwise(atoms))


def _between(parts: Parts, atoms: Sequence[Atom]) -> bool:
    """ "Between May and August" is one stretch, from the first day to the last."""
    if len(atoms) != 2 or [a.kind for a in parts.atoms if atoms[0].start < a.start < atoms[1].start] != ["and"]:
        return False
    return any(0 < atoms[0].start - at <= len("between the ") for at in parts.between)


def _refuse_until_now(parts: Parts, atoms: Sequence[Atom]) -> None:
    """ "From 20 September to now" is no single day. Raises CannotSay."""
    for time in atoms:
        ends = time.start + len(time.text)
        if any(1 < at - ends <= len(" until ") for at in parts.now):
            raise unfit(time.text)


def _joined(parts: Parts, first: Atom, second: Atom) -> bool:
    joints = [a.kind for a in parts.atoms if first.start < a.start < second.start]
    close = second.start - first.start - len(first.text) <= BESIDE
    return bool({"and", "or", "versus", "than"} & {*joints}) or ("comma" in joints and close)


def _both(whens: Sequence[When]) -> When:
    """Times of which nobody says that they are compared, one in the other: "until June ... of this year".

    Raises CannotSay where they lie apart.
    """
    starts = [w.period.start for w in whens if w.period.start]
    ends = [w.period.end for w in whens if w.period.end]
    first, last = max(starts, default=None), min(ends, default=None)
    open_ended = any(w.period.start is None or w.period.end is None for w in whens)
    one_day = any(w.period.start == w.period.end for w in whens)  # "on Monday in May" is hardly the last Monday
    if (first and last and first > last) or not (open_ended or (_one_inside(whens) and not one_day)):
        raise CannotSay("I do not see whether these times are compared; say: against, or ask about one of them")
    words = " ".join(w.period.words for w in whens)
    return replace(whens[0], period=Period(first, last, words))


def _refuse_uneven(whens: Sequence[When], today: date | None) -> None:
    """A month and a day are not compared: "in Sep 26 vs Aug 26" meant two months; nor a month and a year."""
    days = [(w.period.end - w.period.start).days + 1 for w in whens if w.period.start and w.period.end]
    under_way = any(w.period.end is not None and w.period.end == today for w in whens)
    if days and ((min(days) == 1 and max(days) > WEEK_DAYS) or (max(days) > 2 * min(days) and not under_way)):
        raise CannotSay("I do not see what is compared with what; name both sides")


def _one_inside(whens: Sequence[When]) -> bool:
    """ "The last weeks of 2017" is one stretch, however it was read; none is compared with its own part."""
    spans = [w.period.span for w in whens]
    return any(a is not b and a[0] <= b[0] and b[1] <= a[1] for a in spans for b in spans)


def _undated(context: ReadingContext, parts: Parts) -> tuple[When, ...]:
    """ "Leads never contacted", "deals without a close date": the date is not there, in whatever period."""
    found = []
    for atom in parts.all("contacted", "expected"):
        before = parts.at(parts.place(atom) - 1)
        while before is not None and before.kind in ("with", "rel"):
            before = parts.at(parts.place(before) - 1)  # "nobody has ever contacted"
        wanted = Dated.CONTACTED if atom.kind == "contacted" else Dated.EXPECTED
        fits = context.about is (About.LEADS if wanted is Dated.CONTACTED else About.DEALS)
        timed = bool(parts.all("period")) and not (wanted is Dated.CONTACTED and _created_then(parts))
        if before is not None and before.kind == "not" and fits and not timed:
            parts.drop_all([before, atom])
            found.append(When(Period(None, None), wanted, missing=True))
    return tuple(found)


def _ever_contacted(context: ReadingContext, parts: Parts) -> tuple[When, ...]:
    """ "Leads created in May that have been contacted", "how many leads did we contact": whose day is on record."""
    contacted = parts.all("contacted") if context.about is About.LEADS else []
    timed = any(group in TIMES for group in parts.groups) or (parts.all("period") and not _created_then(parts))
    if len(contacted) != 1 or timed or parts.all("not", "over", "under", "before", "after", "long"):
        return ()
    behind = parts.atoms[parts.place(contacted[0]) + 1 :]
    parts.drop_all([*contacted, *(a for a in behind[-1:] if a.kind == "since")])  # "contacted since"
    return (When(Period(None, None), Dated.CONTACTED),)


def _created_then(parts: Parts) -> bool:
    """The one time that is named is that of their creation, which stands right beside it."""
    times = parts.all("period")
    if len(times) != 1:
        return False
    place = parts.place(times[0])
    beside = [a for a in (parts.at(place - 1) if place else None, parts.at(place + 1)) if a is not None]
    telling = _telling(parts, times[0])
    return telling is not None and telling.kind == "created" and any(a is telling for a in beside)


def _ahead(context: ReadingContext, parts: Parts, whens: Sequence[When]) -> tuple[When, ...]:
    """ "Upcoming meetings": what is dated after today, whatever its outcome says.

    Raises CannotSay for a time that is over, in which nothing is ahead.
    """
    coming = parts.all("ahead")
    if not coming or context.about is not About.ACTIVITIES or context.as_of is None:
        return ()
    parts.drop_all(coming)
    over = [w for w in whens if w.period.end is not None and w.period.end <= context.as_of]
    if over:
        raise unfit(over[0].period.words)
    return (When(Period(context.as_of + timedelta(days=1), None), Dated.DATED),)


def _overdue(context: ReadingContext, parts: Parts) -> tuple[When, ...]:
    """Open deals whose expected day has passed."""
    if not parts.all("overdue") or context.about is not About.DEALS or context.as_of is None:
        return ()
    parts.drop_all(parts.all("overdue"))
    return (When(Period(None, context.as_of - timedelta(days=1)), Dated.EXPECTED),)


def _refuse_apart(parts: Parts, period: Atom) -> None:
    """A "versus" that stands beside something else does not compare that period with the one under way."""
    for joint in parts.all("than", "versus"):
        first, last = sorted((joint.start, period.start))
        if not any(first < a.start < last for a in parts.all(*TOLD)):
            return
    raise CannotSay("I do not see what is compared with what; name both sides")


def _same_year(whens: Sequence[When], atoms: Sequence[Atom], context: ReadingContext) -> Iterable[When]:
    """ "Q2 against Q1 2016": a period without a year takes that of the one beside it that has one."""
    relative = context.words.shades.relative
    said = [any(c.isdigit() for c in _years(a.text)) for a in atoms]
    year = next((w.period.start.year for w, has in zip(whens, said, strict=True) if has and w.period.start), None)
    for when, has in zip(whens, said, strict=True):
        start, end = when.period.start, when.period.end
        calendar = start and end and start.day == 1 and start.year == end.year and not has
        counted = "this" in when.period.words or any(w in when.period.words.lower() for w in relative)
        counted = counted or end == context.as_of  # "year to date"
        if year and calendar and start and end and not counted:
            last = (end + timedelta(days=1)).replace(year=year + (end.month == 12)) - timedelta(days=1)
            yield replace(when, period=Period(start.replace(year=year), last, when.period.words))
        else:
            yield when


def _is_counted_back(context: ReadingContext, period: Period) -> bool:
    """The time is told by how far it lies back: "last month", "yesterday", which no calendar day names."""
    start, end = period.start, period.end
    if start is None or end is None:
        return False  # "before December"
    undated = (end - start).days < WEEK_DAYS and not any(c.isdigit() for c in period.words)
    return undated or any(w in period.words.lower() for w in context.words.shades.relative)


def _current(context: ReadingContext, before: When) -> When:
    """The stretch that is under way, of the same length as the calendar stretch that it is compared with."""
    start, end, today = before.period.start, before.period.end, context.as_of
    if start is None or end is None or today is None:
        raise CannotSay("I do not see with what that is compared")
    days = (end - start).days + 1
    if days == WEEK_DAYS and start.weekday() == 0:
        first = today - timedelta(days=today.weekday())
    elif start.day == 1 and days <= MONTH_DAYS:
        first = today.replace(day=1)
    elif start.day == 1 and days <= QUARTER_DAYS:
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    elif (start.day, start.month, end.day, end.month) == (1, 1, 31, 12):
        first = today.replace(month=1, day=1)
    else:
        raise CannotSay("I do not see with what that is compared; name both periods")
    return replace(before, period=Period(first, _end_of(first, days), "this"))


def _when(context: ReadingContext, parts: Parts, period: Atom) -> When:
    if not isinstance(period.value, Period):
        raise CannotSay(f"“{period.text}” is no period")
    chosen = _telling(parts, period)
    dated = DATES.get(chosen.kind, Dated.DATED) if chosen else Dated.DATED
    if dated is Dated.EXPECTED and _decided(parts):
        dated = Dated.CLOSED  # the close date of won deals is the day on which they were won
    if context.about in (About.ACTIVITIES, About.REPLIES, About.ACCOUNTS, About.CONTACTS):
        dated = Dated.DATED
    elif context.about is About.LEADS and dated is not Dated.CONTACTED:
        dated = created_lead(context.held)
    elif context.about is About.DEALS and dated is Dated.CONTACTED:
        raise CannotSay("deals carry no day of contact; activities do")
    if chosen is not None and dated is not Dated.DATED:
        parts.drop(chosen)
    expected = dated is Dated.EXPECTED
    return When(_coming_year(context, parts, period.value, period.text, expected), dated)


def _decided(parts: Parts) -> bool:
    states = [a.value.values for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == "state"]
    return bool(states) and all("open" not in values for values in states)


def created_lead(held: StoredNames) -> Dated:
    """The date that a lead is counted by, unless its last contact is meant. Raises CannotSay where none has one."""
    if not held.leads_dated:
        raise CannotSay("leads carry no creation date here, only the day of the last contact")
    return Dated.CREATED


def whenever_created(held: StoredNames, said: Iterable[Condition]) -> tuple[When, ...]:
    """For leads by week or month: by the day of their creation, where no period says by which. Raises CannotSay."""
    dated = created_lead(held)
    return () if any(isinstance(c, When) for c in said) else (When(Period(None, None), dated),)


def _telling(parts: Parts, period: Atom) -> Atom | None:
    """By which date: the nearest word before it that tells, else the nearest after it."""
    others = [a.start for a in parts.all("period") if a is not period]

    def just_before(a: Atom) -> bool:
        return a.start < period.start and not any(a.start < o < period.start for o in others)

    telling = list(parts.all("created", "contacted", "expected"))
    stated = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == "state"]
    stated = [a for a in stated if isinstance(a.value, Entry) and "open" not in a.value.values]  # that has no day
    before, nearer = [a for a in telling if just_before(a)], [a for a in stated if just_before(a)]
    first = [a for a in telling if a.start > period.start and not nearer]
    if before and nearer and nearer[-1].start > before[-1].start and others:
        return None
    return before[-1] if before else (first[0] if first else None)


def _coming_year(context: ReadingContext, parts: Parts, period: Period, text: str, expected: bool) -> Period:
    """ "Planned for November", asked in October, is hardly the November before; so is what is expected then."""
    start, end = period.start, period.end
    if expected and start is not None and end is not None and start < end == context.as_of and not _years(text):
        raise unfit(text)  # "expected after December" is not since the last one
    coming_up = bool(parts.all("ahead"))
    planned = coming_up or any(isinstance(a.value, Entry) and a.value.group == "scheduled" for a in parts.atoms)
    under_way = start and end and context.as_of and start <= context.as_of <= end
    if planned and (under_way or _is_counted_back(context, period)):
        return period  # "planned this year", "last week"
    if start is None and end is not None and context.as_of and not _years(text) and end < context.as_of:
        coming = _year_on(end)
        if expected or (planned and coming - context.as_of < context.as_of - end):
            return replace(period, end=coming)  # "due before December" is before the coming one
    if (
        not ((planned or expected) and start and end and context.as_of)
        or _years(text)
        or (start.month, start.day) == (2, 29)
    ):
        return period
    next_start = start.replace(year=start.year + 1)
    ahead, back = (next_start - context.as_of).days, (context.as_of - end).days
    near = 0 < ahead <= AHEAD if not expected else 0 < ahead < back
    near = near or (coming_up and back > 0)  # "upcoming meetings in February"
    if not near:
        return period
    last = (end + timedelta(days=1)).replace(year=end.year + (1 if (end.month, end.day) != (12, 31) else 2))
    return replace(period, start=next_start, end=last - timedelta(days=1))


def _year_on(day: date) -> date:
    """The same day a year later; of a month's last day again its last."""
    last = (day + timedelta(days=1)).day == 1
    after = day + timedelta(days=1)
    return after.replace(year=after.year + 1) - timedelta(days=1) if last else day.replace(year=day.year + 1)


def _years(text: str) -> str:
    """Only the digits of a year that was said: "Q1" has none."""
    return "".join(word for word in text.split() if word.strip(",.").isdigit() and len(word.strip(",.")) == 4)


def _end_of(first: date, days: int) -> date:
    if days <= WEEK_DAYS:
        return first + timedelta(days=6)
    months = 1 if days <= MONTH_DAYS else 3 if days <= QUARTER_DAYS else 12
    year, month0 = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month0 + 1, 1) - timedelta(days=1)
