"""How many times something was done with accounts: "bought more than once", "called at least three times"."""

from dataclasses import replace

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.wordbook import Entry

BOUNDS = ("over", "under", "more", "fewer")


def take_times_over(parts: Parts) -> None:
    """ "Accounts that bought more than once" are those with more than one won deal; without a bound it is refused."""
    for once in [a for a in parts.all("times") if isinstance(a.value, float)]:
        place = parts.place(once)
        parts.atoms[place : place + 1] = [replace(once, kind="number"), replace(once, value="times")]
    for times in parts.all("times"):
        number = parts.at(parts.place(times) - 1)
        bound = parts.at(parts.place(times) - 2)
        done = _done(parts, bound) if bound is not None and bound.kind in BOUNDS else None
        if number is None or bound is None or done is None or not any(a.value is About.ACCOUNTS for a in parts.atoms):
            continue
        parts.drop_all([times, done])
        what = [done] if is_typed(done) else [done, Atom("about", About.DEALS, done.text, times.start)]
        place = parts.place(number) + 1
        parts.atoms[place:place] = [replace(a, start=number.start + 1) for a in what]
        parts.atoms.insert(parts.place(bound), Atom("with", "with", "with", bound.start))


def _done(parts: Parts, bound: Atom) -> Atom | None:
    """What was done right before the bound, or at the end: "die wir mehr als zweimal angerufen haben"."""
    before, behind = parts.at(parts.place(bound) - 1), parts.at(parts.place(bound) + 3)
    return next((a for a in (before, behind) if a is not None and _is_doing(a)), None)


def _is_doing(atom: Atom) -> bool:
    return is_typed(atom) or (isinstance(atom.value, Entry) and atom.value.field == Field.STATE)
