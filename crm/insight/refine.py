"""A frame that a follow-up changes: "and by value?", "only US West", "against Q2?", "and calls?"."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.atoms_to_frame import Sense
from crm.insight.complete_frame import checked, refuse_open_cycle
from crm.insight.frame import COLUMNS, OF, About, Column, Condition, Field, How, Limit, QueryFrame, When, Where
from crm.insight.lexicon import Atom, Scan
from crm.insight.refusal import CannotSay
from crm.insight.sql_conditions import default_dated
from crm.insight.times import created_lead
from crm.insight.wordbook import Entry

MEASURES = frozenset({"how", "column", "rate", "long", "days taken", "replying", "change"})
DATES = frozenset({"created", "expected", "contacted"})
RANKS = frozenset({"top", "extreme"})
JOINTS = frozenset({"and", "but", "versus", "comma"})
COUNTED = frozenset({About.DEALS, About.ACTIVITIES, About.LEADS, About.ACCOUNTS})


def refined(base: QueryFrame, scan: Scan, sense: Sense) -> QueryFrame:
    """The frame before with what the follow-up says in place of what it said of the same. Raises CannotSay."""
    kinds = {a.kind for a in scan.atoms}
    own = sense.frame(_alone(base, scan.atoms), scan.parties)
    measure = own if kinds & MEASURES else replace(base, about=own.about)
    if base.how is How.SHARE and measure is not own and _says_state(scan.atoms):
        measure = replace(measure, how=How.COUNT, of=None, are=())  # "and lost ones": no rate of won ones
    if own.about is not base.about and base.of is measure.of is not None and base.of not in COLUMNS[own.about]:
        raise CannotSay(f"{own.about} have no {base.of} here")
    new = own.where if _says_state(scan.atoms) else _without_state(own.where, base)
    where, versus = _joined(base, own, new, "versus" in kinds)
    grouped = bool(own.group) and own.group != base.group
    ranks = own if kinds & RANKS else replace(base, top=None, ascending=False) if grouped else base
    frame = replace(
        measure,
        where=where,
        versus=versus,
        group=own.group or tuple(g for g in base.group if g in OF[own.about]),
        top=ranks.top,
        ascending=ranks.ascending,
        as_of=base.as_of,
    )
    if frame.money and not base.money:
        frame = replace(frame, top=None)  # amounts of several currencies have no order
    frame = frame if kinds & DATES else _on_its_date(frame, base, sense)
    if frame.of is Column.CYCLE:
        refuse_open_cycle(frame.where)
    return checked(sense.held, frame)


def _alone(base: QueryFrame, atoms: Sequence[Atom]) -> list[Atom]:
    """The follow-up as a question of its own: with what the frame counts where it names nothing to count."""
    said = [a for a in atoms if a.kind not in JOINTS]
    counted = any(a.kind in ("about", "rate") or isinstance(a.value, Entry) for a in said)
    if counted and (base.about is not About.ACTIVITIES or any(a.kind == "about" for a in said)):
        return said
    if base.about not in COUNTED:
        raise CannotSay("I do not see which records to count: activities, deals, leads, accounts or contacts")
    return [Atom("about", base.about, base.about.value), *said]


def _says_state(atoms: Sequence[Atom]) -> bool:
    return any(a.kind == "rate" or (isinstance(a.value, Entry) and a.value.field == "state") for a in atoms)


def _without_state(where: Sequence[Condition], base: QueryFrame) -> tuple[Condition, ...]:
    """A state that nobody said gives way to the one that the frame has."""
    if not any(_key(c) is Field.STATE for c in base.where):
        return tuple(where)
    return tuple(c for c in where if _key(c) is not Field.STATE)


def _joined(
    base: QueryFrame, own: QueryFrame, new: tuple[Condition, ...], against: bool
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """What holds and what is set side by side, the new in place of the old."""
    keys = {_key(c) for c in (*new, *own.versus)}
    kept = tuple(c for c in base.where if _key(c) not in keys and _fits(c, own.about))
    if not against or own.versus:
        sides = tuple(c for c in base.versus if _key(c) not in keys and _fits(c, own.about))
        return (*kept, *new), own.versus or (sides if len(sides) == len(base.versus) else ())
    before = [c for c in base.where if _key(c) in keys]
    if len(before) != 1 or len(new) != 1:
        raise CannotSay("I do not see what to compare with what")
    return kept, (before[0], new[0])


def _on_its_date(frame: QueryFrame, base: QueryFrame, sense: Sense) -> QueryFrame:
    """Periods mean the date that they meant before, else the one that such records are asked by."""
    meant = next((c.dated for c in (*base.where, *base.versus) if isinstance(c, When)), None)
    if meant is None or frame.about is not base.about:
        meant = default_dated(frame.about, frame.of, (*frame.where, *frame.are, *frame.versus))
        if frame.about is About.LEADS and any(isinstance(c, When) for c in (*frame.where, *frame.versus)):
            meant = created_lead(sense.held)

    def dated(c: Condition) -> Condition:
        return replace(c, dated=meant) if isinstance(c, When) else c

    return replace(frame, where=tuple(map(dated, frame.where)), versus=tuple(map(dated, frame.versus)))


def _key(c: Condition) -> object:
    """What two conditions share of which the later one replaces the earlier."""
    if isinstance(c, Where):
        return c.field
    if isinstance(c, Limit):
        return c.column
    return type(c)


def _fits(c: Condition, about: About) -> bool:
    if isinstance(c, Where):
        return c.field in OF[about]
    if isinstance(c, Limit):
        return c.column in COLUMNS[about]
    return about not in (About.ACCOUNTS, About.CONTACTS) if isinstance(c, When) else about is About.ACCOUNTS
