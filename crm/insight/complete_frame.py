"""Completes a frame: rates and columns imply states, ranks need an order, times mean a date."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm.insight.bounds import Bound
from crm.insight.frame import (
    COLUMNS,
    OF,
    TIMES,
    About,
    Column,
    Condition,
    Dated,
    Field,
    How,
    Limit,
    QueryFrame,
    When,
    Where,
)
from crm.insight.grammar import Parts, means_pipeline
from crm.insight.lexicon import Atom
from crm.insight.ranks import LISTED
from crm.insight.reading_context import Ground
from crm.insight.refusal import NO_SHARE, CannotSay
from crm.insight.sql_conditions import default_dated
from crm.insight.stored_names import Holdings
from crm.insight.times import whenever_created
from crm.insight.wordbook import NamedRate

WON = Where(Field.STATE, ("won",))
OPEN = Where(Field.STATE, ("open",))
CLOSED = Where(Field.STATE, ("won", "lost"))
MONEY = (Column.VALUE, Column.REVENUE, Column.EMPLOYEES)


def limit_of(ground: Ground, bound: Bound, where: Sequence[Condition]) -> Limit:
    """Which column a bound is for, where it is not said. Raises CannotSay."""
    about = ground.about
    decided = any(isinstance(c, Where) and c.field is Field.STATE and "open" not in c.values for c in where)
    aged = bound.days or bound.text.startswith(ground.words.shades.aged)
    column = bound.column
    if column is None and about is About.DEALS:
        column = (Column.CYCLE if decided else Column.AGE) if aged else Column.VALUE
    if column is None and about is About.ACTIVITIES and bound.timed:
        column = Column.DURATION
    if column is not None and of_account(about, column) and ground.held.has(About.ACCOUNTS, column):
        return Limit(column, bound.low, bound.high, bound.strict, bound.missing)
    if column is None or column not in COLUMNS[about]:
        raise CannotSay(f"I do not see which figure of {about} that bound is for")
    if not ground.held.has(about, column):
        raise CannotSay(f"no {column} was imported for {about}")
    return Limit(column, bound.low, bound.high, bound.strict, bound.missing)


def of_account(about: About, column: Column | None) -> bool:
    """The column is one of the account that such a record belongs to: "deals of firms with 500 employees"."""
    return about in (About.DEALS, About.ACTIVITIES, About.CONTACTS) and column in (Column.EMPLOYEES, Column.REVENUE)


def rated(ground: Ground, frame: QueryFrame, rate: NamedRate) -> QueryFrame:
    """A rate that has a name: its counted part over what it is a rate of."""
    kept = tuple(c for c in frame.where if not (isinstance(c, Where) and c.field is Field.STATE))
    states = {v for c in frame.where if isinstance(c, Where) and c.field is Field.STATE for v in _said_of(c)}
    if rate.of and states and states != {*rate.of}:
        raise CannotSay("such a rate is one of won and lost deals; open ones are neither yet")
    if rate.of:
        kept = tuple(_on_closing(c) for c in kept)
        of, are = Where(Field.STATE, rate.of), Where(Field.STATE, rate.are)
        return replace(frame, how=How.SHARE, of=None, where=(of, *kept), are=(are,))
    types = tuple(Where(Field.TYPE, rate.type) for _ in rate.type[:1])
    kept = tuple(c for c in kept if not (isinstance(c, Where) and c.field is Field.TYPE and types))
    if rate.label:
        return replace(frame, how=How.SHARE, of=None, where=(*types, *kept), are=(Where(Field.LABEL, rate.label),))
    counted = Where(Field.OUTCOME, ground.outcomes(rate.group), said=rate.group)
    return replace(frame, how=How.SHARE, of=None, where=(*types, *kept), are=(counted,))


def _on_closing(c: Condition) -> Condition:
    """A rate is one of decided deals, whose close date is no expectation any more."""
    return replace(c, dated=Dated.CLOSED) if isinstance(c, When) and c.dated is Dated.EXPECTED else c


def refuse_worthless(held: Holdings, frame: QueryFrame) -> None:
    """Raises CannotSay for a share of won or lost deals above a value, where lost ones carry 0."""
    bounded = any(isinstance(c, Limit) and c.column is Column.VALUE for c in frame.where)
    stated = any(isinstance(c, Where) and c.field is Field.STATE for c in frame.are)
    bounded = bounded and not any(isinstance(c, Limit) for c in frame.are)
    if held.lost_are_worthless and frame.how is How.SHARE and bounded and stated:
        raise CannotSay("lost deals carry no value here, so that a rate of deals by value says nothing")


def _said_of(state: Where) -> tuple[str, ...]:
    """The states that a condition speaks of; what it denies is another matter than a rate of decided deals."""
    return ("not", *state.values) if state.negated else state.values


def valued(held: Holdings, frame: QueryFrame, parts: Parts, how: How | None, company: bool) -> QueryFrame:
    """Completes a figure over a column: which aggregate, which deals have such a column at all."""
    column = frame.of
    if not isinstance(column, Column):
        raise CannotSay("an average or a total needs a column, such as the value of deals")
    if not held.has(frame.about, column):
        raise CannotSay(f"no {column} was imported for {frame.about}")
    if how is How.SHARE and column not in MONEY:
        raise CannotSay(f"a share of {column} says nothing; a share of value or of records does")
    if how is None:
        listed = Field.DEAL in frame.group or (column in (Column.REVENUE, Column.SILENCE) and _listed(frame, company))
        single = parts.extreme and (parts.asked is None or parts.single)
        plain = How.TOTAL if listed or column in MONEY else How.MEAN
        how = (How.LEAST if parts.extreme in ("least", "newest", "fastest") else How.MOST) if single else plain
    return replace(frame, how=how, where=_stated(held, frame, column, how))


def _listed(frame: QueryFrame, company: bool) -> bool:
    return Field.ACCOUNT in frame.group and (company or frame.of is Column.SILENCE)


def _stated(held: Holdings, frame: QueryFrame, column: Column, how: How) -> tuple[Condition, ...]:
    states = [c for c in (*frame.where, *frame.versus) if isinstance(c, Where) and c.field is Field.STATE]
    where = frame.where
    if column is Column.AGE:
        if any("open" not in c.values for c in states):
            raise CannotSay("a closed deal has no age; ask for its sales cycle")
        where = (*where, OPEN) if not states else where
    if column is Column.CYCLE:
        refuse_open_cycle(states)
        where = (*where, CLOSED) if not states else where
    averaged = how in (How.MEAN, How.MEDIAN, How.LEAST)
    if column is Column.VALUE and averaged and not states and held.lost_are_worthless:
        where = (*where, WON)
    return where


def refuse_open_cycle(where: Iterable[Condition]) -> None:
    """Raises CannotSay where an open deal's sales cycle is asked: it has none before it is decided."""
    if any(isinstance(c, Where) and c.field is Field.STATE and "open" in c.values for c in where):
        raise CannotSay("an open deal has no sales cycle yet; ask for its age")


def piped(ground: Ground, frame: QueryFrame, atoms: Sequence[Atom]) -> QueryFrame:
    """The pipeline is what is open."""
    pipeline = any(a.kind == "about" and means_pipeline(ground.words, a) for a in atoms)
    after = any(a.kind == "field" and a.text.lower() in ground.words.shades.no_pipeline for a in atoms)
    stated = any(isinstance(c, Where) and c.field is Field.STATE for c in (*frame.where, *frame.versus, *frame.are))
    if frame.about is About.DEALS and pipeline and not after and not stated:
        return replace(frame, where=(*frame.where, OPEN))
    return frame


def ranked(frame: QueryFrame, parts: Parts) -> QueryFrame:
    """The first so many, where an extreme or "top" was said. Raises CannotSay where nothing tells by what."""
    ascending = parts.extreme in ("least", "newest", "fastest")
    if parts.top is not None and not frame.group:
        raise CannotSay("I do not see of what the top is asked")
    if frame.how in (How.MOST, How.LEAST) and parts.asked is None:
        if parts.top is not None:
            raise CannotSay("I do not see of what the top is asked")  # "top 3 deals per rep"
        return frame  # "the largest deal by rep": the extreme is the figure
    if parts.extreme and not (frame.group or frame.versus):
        raise CannotSay("I do not see by what they are ranked: by number, by value, by win rate")
    if not parts.extreme or frame.versus:
        return frame
    if frame.how is How.COUNT and frame.group[0] in (Field.DEAL,):
        raise CannotSay("I do not see by what they are ranked")
    if parts.top is not None and frame.how is How.COUNT and not _counted_rank(frame, parts):
        raise CannotSay("I do not see by what they are ranked: by number, by value, by win rate")
    one = LISTED if parts.asked_many else 1
    return replace(frame, top=parts.top or one, ascending=ascending)


def _counted_rank(frame: QueryFrame, parts: Parts) -> bool:
    """ "top reps by number of deals" says what is counted; "top reps" does not."""
    return parts.ordered or any(a.kind in ("about", "condition") for a in parts.atoms) or bool(frame.where)


def drop_told(frame: QueryFrame, parts: Parts) -> None:
    """ "Deals created per month": the word tells the date that such figures have anyhow."""
    timed = any(g in TIMES for g in frame.group) or any(isinstance(c, When) for c in (*frame.where, *frame.versus))
    if timed and frame.about is About.DEALS and default_dated(About.DEALS, frame.of, frame.where) is Dated.CREATED:
        parts.drop_all(parts.all("created"))
    if frame.about is About.DEALS and default_dated(About.DEALS, frame.of, frame.where) is Dated.CLOSED:
        parts.drop_all(parts.all("expected"))  # "won amount by close date"
    if timed and frame.about is About.LEADS:
        parts.drop_all(parts.all("contacted", "created"))


def on_time(ground: Ground, frame: QueryFrame, contacted: bool) -> QueryFrame:
    """The dates that periods and calendar groups mean, where records have them at all."""
    where = tuple(_dated(c, frame) for c in frame.where)
    versus = tuple(_dated(c, frame) for c in frame.versus)
    timed = any(isinstance(c, When) for c in (*where, *versus)) or any(g in TIMES for g in frame.group)
    if timed and frame.about in (About.ACCOUNTS, About.CONTACTS):
        raise CannotSay(f"{frame.about} carry no date here")
    contacted = contacted or any(isinstance(c, When) and c.dated is Dated.CONTACTED for c in (*where, *versus))
    if timed and frame.about is About.LEADS and not contacted:
        where = (*where, *whenever_created(ground.held, (*where, *versus)))
    return replace(frame, where=where, versus=versus, as_of=ground.as_of)


def _dated(c: Condition, frame: QueryFrame) -> Condition:
    if not isinstance(c, When) or c.dated is not Dated.DATED or frame.about is About.LEADS:
        return c
    return replace(c, dated=default_dated(frame.about, frame.of, (*frame.where, *frame.are, *frame.versus)))


def _refuse_never(frame: QueryFrame) -> None:
    """Raises CannotSay where nothing can be both what is counted and what it is counted among."""
    whole = [c for c in frame.where if isinstance(c, Where) and c.values and not c.negated]
    left_out = [c for c in frame.where if isinstance(c, Where) and c.values and c.negated]
    if any(w.field is c.field and {*w.values} <= {*c.values} for c in left_out for w in whole):
        raise CannotSay("what is left out is all that is asked for; say what should stay")
    part = [c for c in frame.are if isinstance(c, Where) and c.values and not c.negated]
    for c in part:
        if any(c.field is w.field and not {*c.values} & {*w.values} for w in whole):
            raise CannotSay(NO_SHARE)


def _refuse_two_bounds(frame: QueryFrame) -> None:
    """Raises CannotSay for two bounds on one column, other than one below and one above."""
    limits = [c for c in frame.where if isinstance(c, Limit) and not c.missing]
    for column in {c.column for c in limits}:
        same = [c for c in limits if c.column is column]
        lows, highs = (sum(getattr(c, side) is not None for c in same) for side in ("low", "high"))
        if len(same) > 1 and (lows, highs) != (1, 1):
            raise CannotSay("that bounds two numbers at once; ask for one, then for the other")


def checked(held: Holdings, frame: QueryFrame) -> QueryFrame:
    """The frame, where its records have every field that it asks for. Raises CannotSay."""
    conditions = [c for c in (*frame.where, *frame.are, *frame.versus) if isinstance(c, Where)]
    _refuse_never(frame)
    _refuse_two_bounds(frame)
    for c in conditions:
        if c.field not in OF[frame.about]:
            raise CannotSay(f"{frame.about} have no {c.field} here")
        if not held.has(frame.about, c.field):
            raise CannotSay(f"no {c.field} was imported for {frame.about}")
    return frame
