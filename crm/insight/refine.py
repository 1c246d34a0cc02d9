"""A frame that a follow-up changes: "and by value?", "only US West", "against Q2?", "and calls?"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.insight.check_frame import completed
from crm.insight.figures.sql_conditions import default_dated
from crm.insight.frame import (
    COLUMNS,
    OF,
    UNDATED,
    About,
    Column,
    Condition,
    Field,
    Has,
    How,
    Limit,
    QueryFrame,
    When,
    Where,
)
from crm.insight.grammar.atoms_to_frame import Sense
from crm.insight.grammar.comparable_times import on_as_many_days
from crm.insight.grammar.measure import HOWS, IMPLIED
from crm.insight.grammar.parts import is_noun
from crm.insight.grammar.ranks import LISTED
from crm.insight.grammar.times import created_lead
from crm.insight.question.lexicon import Atom, Scan
from crm.insight.question.refusal import CREATED_OR_EXPECTED, CannotSay
from crm.insight.question.wordbook import Entry

MEASURES = frozenset({"how", "column", "rate", "long", "days taken", "replying", "change"})
DATES = frozenset({"created", "expected", "contacted"})
RANKS = frozenset({"top", "extreme"})
EXTREMES = (How.MOST, How.LEAST)
ASCENDING = frozenset({"least", "smallest", "newest", "shortest", "fastest"})
JOINTS = frozenset({"and", "but", "versus", "comma"})
COUNTED = frozenset({About.DEALS, About.ACTIVITIES, About.LEADS, About.ACCOUNTS})


def refined(base: QueryFrame, scan: Scan, sense: Sense) -> QueryFrame:
    """The frame before with what the follow-up says in place of what it said of the same. Raises CannotSay."""
    rank = _bare_rank(base, scan.atoms)
    atoms = scan.atoms if rank is None else rank.rest
    if rank is not None and not any(a.kind not in JOINTS for a in atoms):
        return completed(sense.held, _reranked(base, rank), sense.words)
    kinds = {a.kind for a in atoms}
    own = sense.frame(_alone(base, atoms), scan.parties)
    base, own = _rebounded(base, own, kinds)
    measure = _measure(base, own, atoms)
    if own.about is not base.about and base.of is measure.of is not None and base.of not in COLUMNS[own.about]:
        raise CannotSay(f"{own.about} have no {base.of} here")
    new = own.where if _says_state(atoms) else _without_state(own.where, base)
    where, versus = _joined(base, own, new, "versus" in kinds)
    if not any(p.who == "whole" for p in scan.parties):
        versus = on_as_many_days(versus, base.as_of)
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
    if "period" in kinds and not kinds & DATES and not any(isinstance(c, When) for c in base.where):
        _refuse_untold_time(frame)
    frame = frame if kinds & DATES else _on_its_date(frame, base, sense)
    frame = frame if rank is None else _reranked(frame, rank)
    return completed(sense.held, frame, sense.words)


@dataclass(frozen=True, slots=True)
class _Rank:
    """ "Top 3", "the lowest": how many rows, from which end; `rest` is what else is said."""

    top: int
    ascending: bool
    rest: tuple[Atom, ...]


def _bare_rank(base: QueryFrame, atoms: Sequence[Atom]) -> _Rank | None:
    """A rank that names nothing to rank: it is one of the rows that are there, or turns an extreme round."""
    ranks = [a for a in atoms if a.kind in RANKS]
    extreme_alone = base.how in EXTREMES and not base.group
    if not ranks or any(map(is_noun, atoms)) or not (base.group or extreme_alone):
        return None
    number = next((a for a in atoms if a.kind == "number"), None)
    count = int(float(str(number.value))) if number is not None else LISTED if ranks[0].kind == "top" else 1
    used = [*ranks, *([number] if number is not None else [])]
    rest = tuple(a for a in atoms if all(a is not u for u in used))
    return _Rank(count, any(a.value in ASCENDING for a in ranks), rest)


def _reranked(frame: QueryFrame, rank: _Rank) -> QueryFrame:
    if not frame.group:
        return replace(frame, how=How.LEAST if rank.ascending else How.MOST)
    return replace(frame, top=rank.top, ascending=rank.ascending)


def _rebounded(base: QueryFrame, own: QueryFrame, kinds: set[str]) -> tuple[QueryFrame, QueryFrame]:
    """ "More than 10", where rows with more than 5 were kept, keeps those with more than 10. Raises CannotSay."""
    limits = [c for c in own.where if isinstance(c, Limit)]
    if base.kept is None or not limits or "column" in kinds:
        return base, own
    if len(limits) > 1 or limits[0].low is None:
        raise CannotSay("who has fewer than so many cannot be listed, for who has none is in no row")
    (bound,) = limits
    kept = replace(base.kept, low=bound.low, high=bound.high, strict=bound.strict)
    return replace(base, kept=kept), replace(own, where=tuple(c for c in own.where if c is not bound))


def _measure(base: QueryFrame, own: QueryFrame, atoms: Sequence[Atom]) -> QueryFrame:
    """What is computed: what was, unless the follow-up says it."""
    said = [a for a in atoms if a.kind in MEASURES]
    hows = [HOWS[str(a.value)] for a in said if a.kind == "how" and str(a.value) in HOWS]
    if isinstance(base.of, Column) and len(hows) == len(said) == 1 and hows[0] is not How.SHARE:
        return replace(base, about=own.about, how=hows[0])  # "and the total?"
    if said:
        return replace(own, change=own.change or base.change)
    measure = replace(base, about=own.about)
    if base.how is How.SHARE and _says_state(atoms):
        return replace(measure, how=How.COUNT, of=None, are=())  # "and lost ones": no rate of won ones
    return measure


def _refuse_untold_time(frame: QueryFrame) -> None:
    """Open deals, "and in Q3?": created then, or expected to close? Raises CannotSay."""
    open_now = [c for c in frame.where if isinstance(c, Where) and c.field is Field.STATE and c.values == ("open",)]
    if frame.about is About.DEALS and open_now:
        raise CannotSay(CREATED_OR_EXPECTED)


def _alone(base: QueryFrame, atoms: Sequence[Atom]) -> list[Atom]:
    """The follow-up as a question of its own: with what the frame counts where it names nothing to count."""
    said = [a for a in atoms if a.kind not in JOINTS]
    if base.about is About.ACCOUNTS and said and said[0].kind not in ("about", *MEASURES):
        return [Atom("about", base.about, base.about.value, IMPLIED), *said]  # "with an open deal"
    counted = any(a.kind in ("about", "rate") or isinstance(a.value, Entry) for a in said)
    if counted and (base.about is not About.ACTIVITIES or any(a.kind == "about" for a in said)):
        return said
    if base.about not in COUNTED:
        raise CannotSay("I do not see which records to count: activities, deals, leads, accounts or contacts")
    return [Atom("about", base.about, base.about.value, IMPLIED), *said]


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
    if isinstance(c, Has):
        return c.about
    return type(c)


def _fits(c: Condition, about: About) -> bool:
    if isinstance(c, Where):
        return c.field in OF[about]
    if isinstance(c, Limit):
        return c.column in COLUMNS[about]
    return about not in UNDATED if isinstance(c, When) else about is About.ACCOUNTS
