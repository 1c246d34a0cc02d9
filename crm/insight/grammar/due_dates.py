"""Days on which something is due: the expected close that splits rows, the past day of what is still to be done."""

from dataclasses import replace
from datetime import date, timedelta

from crm.insight.frame import TIMES, About, Field
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

WAITING = {"task": "not started", "event": "scheduled"}  # by what outcome each is still to be done


def take_expected_closings(parts: Parts) -> None:
    """ "By expected close month", "expected closings by month": what is expected is the closing, nothing is closed."""
    for expected in parts.all("expected"):
        place = parts.place(expected)
        closing, by = parts.at(place + 1), parts.at(place - 1) if place else None
        if closing is not None and _is_closing(closing):
            parts.drop(closing)
            if not any(a.kind == "about" for a in parts.atoms):
                parts.atoms.insert(place + 1, replace(closing, kind="about", value=About.DEALS))
        unit = parts.at(place + 1)
        if by is not None and by.kind == "by" and unit is not None and unit.kind == "field" and unit.value in TIMES:
            parts.atoms[place - 1 : place + 1] = [expected, by]


def take_waiting(parts: Parts, today: date | None) -> None:
    """ "Overdue tasks", "meetings still scheduled although their date has passed": still to be done, their day over."""
    late = parts.all("overdue")
    kinds = [a.value.values[0] for a in parts.atoms if is_typed(a) and isinstance(a.value, Entry)]
    deals = any(a.value in (About.DEALS, About.LEADS) for a in parts.all("about"))
    if len(late) != 1 or len(kinds) != 1 or kinds[0] not in WAITING or deals or parts.all("period") or today is None:
        return
    over = Period(None, today - timedelta(days=1), late[0].text)
    place = parts.place(late[0])
    waiting = next(e for e in parts.words.conditions if e.group == WAITING[kinds[0]])
    told = [a.value for a in parts.atoms if isinstance(a.value, Entry)]
    if any(e.field == Field.OUTCOME and e != waiting for e in told):
        return  # "overdue meetings that were cancelled"
    parts.atoms[place] = replace(late[0], kind="period", value=over)
    if waiting not in told and not any(e.field == Field.STATE for e in told):
        parts.atoms.insert(place, Atom("condition", waiting, late[0].text, late[0].start))


def _is_closing(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.values == ("won", "lost")
