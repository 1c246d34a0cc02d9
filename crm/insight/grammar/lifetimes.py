"""What an age is, said behind it: "average age of leads, from created date to today" bounds nothing."""

from datetime import date

from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.nouns import Period


def drop_lifetime(parts: Parts, today: date | None) -> None:
    """Drops the creation and the today that an age runs between, where a pause and a small word part them."""
    if not any(a.value == "age" for a in parts.all("column")):
        return
    for created in parts.all("created"):
        place = parts.place(created)
        pause, until = parts.at(place - 1) if place else None, parts.at(place + 1)
        if pause is not None and pause.kind == "comma" and until is not None and _is_today(until, today):
            parted = until.start - created.start - len(created.text) > 1  # but "created today"
            parts.drop_all([pause, created, until] if parted else [])


def _is_today(atom: Atom, today: date | None) -> bool:
    period = atom.value
    return isinstance(period, Period) and period.end == today and period.start in (None, today)
