"""Refuses times that would be those of something else: what was open then, when a lead was qualified, overdue when."""

from collections.abc import Sequence
from datetime import date

from crm.insight.frame import About, Field
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.parts import NAMING, Parts, negated
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay, unfit
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

NOT_KEPT = "what a record was at another time is not on record, only what it is today and when it was created or closed"
DATING = ("created", "contacted", "expected")


def refuse_past_states(parts: Parts, about: About, today: date | None) -> None:
    """ "Open on 30 June", "deals that were in Proposal in June", "leads qualified in Q3". Raises CannotSay."""
    times = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    times = [t for t in times if not _is_day(t, today)]
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


def refuse_overdue_since(parts: Parts, bounds: Sequence[Bound], today: date | None) -> None:
    """ "Overdue since June", "overdue by more than 30 days": how long a deal is overdue is no age. Raises CannotSay."""
    late = parts.all("overdue")
    times = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    since = [t for t in times if not _is_day(t, today)] if not any(parts.all(*DATING)) else []
    lasting = [b for b in bounds if b.days and not b.text.startswith(parts.words.shades.aged)]
    if late and (since or lasting):
        raise unfit(late[0].text)


def _of_today(atom: Atom) -> bool:
    """Open, or in a stage: what a deal is now."""
    if isinstance(atom.value, Entry):
        return atom.value.values == ("open",)
    return any(f is Field.STAGE for f, _ in atom.names)


def _decided(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.STATE and "open" not in atom.value.values


def _is_day(time: Period, day: date | None) -> bool:
    return day is not None and time.start == time.end == day


def _was(parts: Parts, place: int) -> bool:
    """A word of the past stands right before it, or behind: "die im Juni offen waren"."""
    beside = [parts.at(place - 1) if place else None, parts.at(place + 1)]
    return any(a is not None and a.kind == "rel" and plain(a.text).endswith(parts.words.shades.past) for a in beside)


def _is_status(atom: Atom) -> bool:
    return any(f is Field.STATUS for f, _ in atom.names)
