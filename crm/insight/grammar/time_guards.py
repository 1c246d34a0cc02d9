"""Refuses times that would be those of something else: what was open then, when a lead was qualified, overdue when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crm.insight.frame import TIMES, About, Column, Field
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.parts import NAMING, Parts, means_pipeline, negated
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import CLOSED_OR_EXPECTED, CREATED_OR_EXPECTED, NOT_KEPT, CannotSay, Rewording, unfit
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Clearer, Entry
from crm.nouns import Period

DATING = ("created", "contacted", "expected")
YEAR_DAYS = 365


def refuse_past_states(parts: Parts, about: About, today: date | None) -> None:
    """ "Open on 30 June", "deals that were in Proposal in June", "leads qualified in Q3". Raises CannotSay."""
    times = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    if about is About.LEADS and len(times) == 1 and _is_day(times[0], today):
        _refuse_become(parts)
    times = [t for t in times if not _is_now(t, today)]
    _refuse_not_then(parts, about)
    if not times or any(parts.all(*DATING)):
        return
    for state in parts.all(*NAMING):
        place = parts.place(state)
        if about is About.DEALS and _decided(state) and negated(parts, state):
            raise unfit(state.text)  # "deals that did not close in Q3" are not those created then
        if (
            about is About.DEALS
            and _of_today(state)
            and (any(_is_day(t, t.start) for t in times) or _was(parts, place))
        ):
            raise CannotSay(NOT_KEPT)
        before = parts.at(place - 1) if place else None
        behind = any(a.value is About.LEADS for a in parts.atoms[:place])
        named = before is not None and (before.value == Field.STATUS or before.kind in ("with", "and", "or", "not"))
        if about is About.LEADS and _is_status(state) and behind and not named:
            raise CannotSay(NOT_KEPT)


def refuse_handed(parts: Parts, parties: Sequence[Party], about: About) -> None:
    """ "Leads assigned in September" are not those created then, for no day is told of that. Raises CannotSay."""
    done = min((p.start for p in parties if p.who == "handing"), default=None)
    dated = parts.all(*DATING) or (about is About.DEALS and any(map(_decided, parts.all("condition"))))
    if done is None or dated or about not in (About.LEADS, About.DEALS):
        return
    if any(a.start > done for a in parts.all("period")) or any(group in TIMES for group in parts.groups):
        raise CannotSay(NOT_KEPT)


def _refuse_become(parts: Parts) -> None:
    """ "Leads that became qualified today", where "leads that are qualified today" are so now. Raises CannotSay."""
    for status in [a for a in parts.all("name") if _is_status(a)]:
        place = parts.place(status)
        before = parts.at(place - 1) if place else None
        became = before is not None and (before.value is About.LEADS or _was(parts, place))
        if became and not any(parts.all(*DATING)):
            raise CannotSay(NOT_KEPT)


def refuse_shared_times(parts: Parts) -> None:
    """ "Created and won in 2025": both of them then, where one date alone would be read. Raises CannotSay."""
    for joint in parts.all("and") if len(parts.all("period")) == 1 else ():
        place = parts.place(joint)
        beside = [a for a in (parts.at(place - 1 if place else -1), parts.at(place + 1)) if a is not None]
        if any(a.kind == "created" for a in beside) and any(_decided(a) for a in beside):
            raise CannotSay("I do not see which period is for what; ask about one period at a time")


def _refuse_not_then(parts: Parts, about: About) -> None:
    """ "Created but not closed in Q3": they may have closed later. Raises CannotSay."""
    for time in parts.all("period") if about is About.DEALS else ():
        told = [a for a in parts.atoms if a.start < time.start and (a.kind in DATING or _decided(a))]
        if told and _decided(told[-1]) and negated(parts, told[-1]):
            raise unfit(told[-1].text)


def refuse_overdue_since(parts: Parts, bounds: Sequence[Bound], today: date | None) -> None:
    """ "Overdue since June", "overdue by more than 30 days": how long a deal is overdue is no age. Raises CannotSay."""
    late = parts.all("overdue")
    times = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    since = [t for t in times if not _is_now(t, today)] if not any(parts.all(*DATING)) else []
    lasting = [b for b in bounds if b.days and not b.text.startswith(parts.words.shades.aged)]
    if late and (since or lasting):
        raise unfit(late[0].text)


def refuse_untold_times(parts: Parts, column: Column | None, today: date | None) -> None:
    """ "Open deals in Q3", "pipeline by month": created then, or expected to close then? Raises CannotSay."""
    open_now = [a for a in parts.all(*NAMING) if _of_today(a)]
    decided = [a for a in parts.all("condition") if _decided(a) and not negated(parts, a)]
    if open_now and any(isinstance(a.value, Entry) and len(a.value.values) > 1 for a in decided):
        return  # "open deals closing in December"
    if not decided:
        open_now += [a for a in parts.all("about") if means_pipeline(parts.words, a)]
    times = [a for a in parts.all("period") if not _is_now(_period(a), today)]
    split = any(g in TIMES for g in parts.groups)
    if not (open_now or column is Column.AGE) or not (times or split) or any(parts.all(*DATING, "overdue")):
        return
    if any(isinstance(a.value, Entry) and a.value.field == Field.LABEL for a in parts.atoms):
        return  # "deals engaged in Q4 that are open"
    first = min((a.start for a in times), default=0)
    beside = [a for a in parts.atoms if a.start < first] or [*open_now, *parts.all("about")] or parts.atoms
    ends = [a.start + len(a.text) for a in beside]
    said = _clearer(parts, open_now[0]) if open_now else None
    ways = (said.created, said.expected) if said is not None else ()
    raise CannotSay(CREATED_OR_EXPECTED, (Rewording(max(ends), max(ends), way) for way in ways))


def refuse_time_in_stage(parts: Parts) -> None:
    """ "Entered Negotiation in Q3", "in Negotiation for more than 60 days": when a stage began is not on record.

    "New Negotiation deals", "Negotiation deals older than 60 days" are told by their creation. Raises CannotSay.
    """
    for stage in [a for a in parts.all("name") if any(f is Field.STAGE for f, _ in a.names)]:
        place = parts.place(stage)
        before = parts.at(place - 1) if place else None
        after, number, unit = (parts.at(place + step) for step in (1, 2, 3))
        noun = after is not None and after.value is About.DEALS
        entered = before is not None and before.kind == "created" and not noun
        bound = after is not None and after.kind in ("over", "under", "more", "fewer")
        old = after is not None and plain(after.text).startswith(parts.words.shades.older)
        days = number is not None and unit is not None and number.kind == "number" and unit.value in ("day", "week")
        if entered or (bound and days and not old):
            raise CannotSay(NOT_KEPT)


def settle_closing(parts: Parts, parties: Sequence[Party], column: Column | None, today: date | None) -> None:
    """ "Deals closing this month": those that closed, or open ones that should? What is over has closed.

    The pipeline is what is open, so that it should close then. Raises CannotSay.
    """
    states = [a for a in parts.all(*NAMING) if _is_stated(a)]
    pipeline = any(means_pipeline(parts.words, a) for a in parts.all("about"))
    if not (states or pipeline) and today is not None:
        _take_closed(parts, today)
    towards = [p.start for p in parties if p.who == "towards"]
    closing = next((a for a in states if _is_under_way(parts, a, towards)), None)
    if closing is None or len(states) > 1 or column is Column.CYCLE or any(parts.all(*DATING)):
        return
    if pipeline:
        parts.atoms[parts.place(closing)] = replace(closing, kind="expected")
        return
    times = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    if today is None or (times and all(_is_over(t, today) or _is_ahead(t, today) for t in times)):
        return
    ends, said = closing.start + len(closing.text), _clearer(parts, closing)
    ways = (said.closed, said.expected) if said is not None else ()
    raise CannotSay(CLOSED_OR_EXPECTED, (Rewording(closing.start, ends, way) for way in ways))


def _take_closed(parts: Parts, today: date) -> None:
    """ "Deals with a close date in September", asked in October, have closed then."""
    times = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    for day in parts.all("expected") if times and all(_is_over(t, today) for t in times) else ():
        if day.text.lower() in parts.words.shades.day_of_closing:
            parts.atoms[parts.place(day)] = replace(day, kind="condition", value=parts.words.state("won", "lost"))


def _is_under_way(parts: Parts, verb: Atom, towards: Sequence[int]) -> bool:
    """ "Deals closing", "deals that close"; not "deals we close per month"."""
    if not _decided(verb) or verb.start < 0:
        return False
    if verb.text.lower() in parts.words.shades.under_way:
        return True
    place = parts.place(verb)
    before = parts.at(place - 1) if place else None
    if before is None or not (before.value is About.DEALS or before.kind == "rel"):
        return False
    ends = before.start + len(before.text)
    beside = verb.start - ends <= 1 or ends + 1 in towards  # but "how many deals does each agent close"
    return beside and verb.text.lower() in parts.words.shades.habitual


def _is_stated(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.STATE


def _is_over(time: Period, today: date) -> bool:
    """It lies behind, and no coming one of its name is nearer: in October "in September", not "in December"."""
    if time.start is None or time.end is None or time.end >= today:
        return False
    coming = (time.start - today).days % YEAR_DAYS
    return any(c.isdigit() for c in time.words) or coming > (today - time.end).days


def _is_ahead(time: Period, today: date) -> bool:
    return time.start is not None and time.start > today


def _period(atom: Atom) -> Period:
    return atom.value if isinstance(atom.value, Period) else Period(None, None)


def _clearer(parts: Parts, word: Atom) -> Clearer | None:
    """What to say beside the word so that one date is meant, in its language."""
    said = plain(word.text)
    return next((c for c in parts.words.clearer if said in {plain(of) for of in c.of.split(",")}), None)


def _of_today(atom: Atom) -> bool:
    """Open, or in a stage: what a deal is now."""
    if isinstance(atom.value, Entry):
        return atom.value.values == ("open",)
    return any(f is Field.STAGE for f, _ in atom.names)


def _decided(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.STATE and "open" not in atom.value.values


def _is_day(time: Period, day: date | None) -> bool:
    return day is not None and time.start == time.end == day


def _is_now(time: Period, today: date | None) -> bool:
    """Today, or whatever was until today."""
    return _is_day(time, today) or (today is not None and time.start is None and time.end == today)


def _was(parts: Parts, place: int) -> bool:
    """A word of the past stands right before it, or behind: "die im Juni offen waren"."""
    beside = [parts.at(place - 1) if place else None, parts.at(place + 1)]
    return any(a is not None and a.kind == "rel" and plain(a.text).endswith(parts.words.shades.past) for a in beside)


def _is_status(atom: Atom) -> bool:
    return any(f is Field.STATUS for f, _ in atom.names)
