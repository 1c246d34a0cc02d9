"""Completes a frame: rates and columns imply states, ranks need an order, times mean a date."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crm.insight.check_frame import stated
from crm.insight.figures.sql_conditions import default_dated
from crm.insight.frame import (
    COLUMNS,
    TIMES,
    UNDATED,
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
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.parts import Parts, means_pipeline
from crm.insight.grammar.ranks import FROM_BELOW, LISTED
from crm.insight.grammar.times import whenever_created
from crm.insight.question.lexicon import Atom
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import TOP_SHARE, CannotSay, TwoFigures, unfit
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.wordbook import NamedRate
from crm.insight.states import OPEN
from crm.nouns import Period

MONEY = (Column.VALUE, Column.REVENUE, Column.EMPLOYEES)


def limit_of(
    context: ReadingContext, bound: Bound, where: Sequence[Condition], measured: Column | None = None
) -> Limit:
    """Which column a bound is for, where it is not said; `measured` is the one that is asked. Raises CannotSay."""
    about = context.about
    decided = any(isinstance(c, Where) and c.field is Field.STATE and "open" not in c.values for c in where)
    aged = bound.days or bound.text.startswith(context.words.shades.aged)
    column = bound.column
    if column is None and about is About.DEALS:
        closed = decided or measured is Column.CYCLE
        column = (Column.CYCLE if closed else Column.AGE) if aged else Column.VALUE
    if column is None and about is About.LEADS and aged:
        column = Column.AGE
    if column is None and about is About.ACTIVITIES and bound.timed:
        column = Column.DURATION
    if bound.calendar and column not in (Column.AGE, Column.SILENCE):
        raise unfit(bound.text)  # how long a cycle took is counted in days
    if column is not None and of_account(about, column) and context.held.has(About.ACCOUNTS, column):
        return Limit(column, bound.low, bound.high, bound.strict, bound.missing)
    if column is None or column not in COLUMNS[about]:
        raise CannotSay(f"I do not see which figure of {about} that bound is for")
    if not context.held.has(about, column):
        raise CannotSay(f"no {column} was imported for {about}")
    return Limit(column, bound.low, bound.high, bound.strict, bound.missing)


def of_account(about: About, column: Column | None) -> bool:
    """The column is one of the account that such a record belongs to: "deals of firms with 500 employees"."""
    own = (Column.EMPLOYEES, Column.REVENUE, Column.FOUNDED)
    return about in (About.DEALS, About.ACTIVITIES, About.CONTACTS) and column in own


def rated(context: ReadingContext, frame: QueryFrame, rate: NamedRate) -> QueryFrame:
    """A rate that has a name: its counted part over what it is a rate of."""
    kept = tuple(c for c in frame.where if not (isinstance(c, Where) and c.field is Field.STATE))
    states = {v for c in frame.where if isinstance(c, Where) and c.field is Field.STATE for v in _said_of(c)}
    if rate.of and states and states != {*rate.of}:
        raise CannotSay("such a rate is one of won and lost deals; open ones are neither yet")
    if rate.of:
        kept = tuple(_on_closing(c) for c in kept)
        of, are = Where(Field.STATE, rate.of), Where(Field.STATE, rate.are)
        return replace(frame, how=How.SHARE, of=None, where=(of, *kept), are=(are,))
    if rate.status:
        return replace(frame, how=How.SHARE, of=None, where=kept, are=(_of_status(context, rate.status),))
    types = tuple(Where(Field.TYPE, rate.type) for _ in rate.type[:1])
    kept = tuple(c for c in kept if not (isinstance(c, Where) and c.field is Field.TYPE and types))
    if rate.label:
        return replace(frame, how=How.SHARE, of=None, where=(*types, *kept), are=(Where(Field.LABEL, rate.label),))
    counted = Where(Field.OUTCOME, context.outcomes(rate.group), said=rate.group)
    return replace(frame, how=How.SHARE, of=None, where=(*types, *kept), are=(counted,))


def _of_status(context: ReadingContext, status: str) -> Where:
    """Raises CannotSay where no lead has it."""
    held = context.held.values.get((About.LEADS, Field.STATUS), frozenset())
    values = tuple(v for v in held if v.casefold() == status)
    if not values:
        raise CannotSay("no lead here has the status of such a rate")
    return Where(Field.STATUS, values)


def _on_closing(c: Condition) -> Condition:
    """A rate is one of decided deals, whose close date is no expectation any more."""
    return replace(c, dated=Dated.CLOSED) if isinstance(c, When) and c.dated is Dated.EXPECTED else c


def _said_of(state: Where) -> tuple[str, ...]:
    """The states that a condition speaks of; what it denies is another matter than a rate of decided deals."""
    return ("not", *state.values) if state.negated else state.values


def valued(held: StoredNames, frame: QueryFrame, parts: Parts, how: How | None, company: bool) -> QueryFrame:
    """Completes a figure over a column: which aggregate, which deals have such a column at all."""
    column = frame.of
    if not isinstance(column, Column):
        raise CannotSay("an average or a total needs a column, such as the value of deals")
    if not held.has(frame.about, column):
        raise CannotSay(f"no {column} was imported for {frame.about}")
    if how is How.SHARE and column not in MONEY:
        raise CannotSay(f"a share of {column} says nothing; a share of value or of records does")
    if column is Column.SINCE and how is not None:
        raise TwoFigures
    if column is Column.SINCE:
        how = How.LEAST  # since the newest of them
    if how is None:
        listed = Field.DEAL in frame.group or (column in (Column.REVENUE, Column.SILENCE) and _listed(frame, company))
        single = parts.extreme and (parts.asked is None or parts.single)
        summed = any(a.text.lower() in parts.words.shades.summed for a in parts.measuring)  # "talk time by rep"
        plain = How.TOTAL if listed or summed or column in MONEY else How.MEAN
        how = (How.LEAST if parts.extreme in FROM_BELOW else How.MOST) if single else plain
    return stated(held, replace(frame, how=how))


def _listed(frame: QueryFrame, company: bool) -> bool:
    return Field.ACCOUNT in frame.group and (company or frame.of is Column.SILENCE)


def piped(context: ReadingContext, frame: QueryFrame, atoms: Sequence[Atom]) -> QueryFrame:
    """The pipeline is what is open."""
    pipeline = any(a.kind == "about" and means_pipeline(context.words, a) for a in atoms)
    after = any(a.kind == "field" and a.text.lower() in context.words.shades.no_pipeline for a in atoms)
    stated = any(isinstance(c, Where) and c.field is Field.STATE for c in (*frame.where, *frame.versus, *frame.are))
    if frame.about is About.DEALS and pipeline and not after and not stated:
        return replace(frame, where=(*frame.where, OPEN))
    return frame


def ranked(frame: QueryFrame, parts: Parts, atoms: Sequence[Atom]) -> QueryFrame:
    """The first so many, where an extreme or "top" was said; `atoms` are all that was said.

    Raises CannotSay where nothing tells by what.
    """
    ascending = parts.extreme in FROM_BELOW
    if not parts.extreme and frame.group and parts.take("ascending") is not None:
        return replace(frame, ascending=True)
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
    if parts.top is not None and frame.how is How.COUNT and not _counted_rank(frame, parts, atoms):
        raise CannotSay("I do not see by what they are ranked: by number, by value, by win rate")
    one = LISTED if parts.asked_many else 1
    return replace(frame, top=parts.top or one, ascending=ascending)


def _counted_rank(frame: QueryFrame, parts: Parts, atoms: Sequence[Atom]) -> bool:
    """ "top reps by number of deals" says what is counted; "top reps" does not, nor "top 3 reps for deals"."""
    if parts.ordered or bool(frame.where) or any(a.kind in ("about", "condition") for a in parts.atoms):
        return True
    spoken = [(before, a) for before, a in pairwise((None, *atoms)) if a is not None and a.value is frame.about]
    spoken = [(before, a) for before, a in spoken if a.value != parts.asked]
    most = any(before is not None and before.kind == "extreme" for before, _ in spoken)  # "with the most deals"
    return most or (bool(spoken) and frame.about is not About.DEALS)


def added_up(frame: QueryFrame, parts: Parts) -> QueryFrame:
    """ "What share of revenue comes from the top 5 accounts": each one's share of all, added up. Raises CannotSay."""
    if not parts.share_summed:
        return frame
    alone = len(frame.group) == 1 and frame.group[0] not in TIMES and not (frame.are or frame.versus or frame.kept)
    if frame.how is not How.SHARE or not alone or not frame.top or frame.change is not None:
        raise CannotSay(TOP_SHARE)
    return replace(frame, summed=True)


def by_expected_day(frame: QueryFrame, parts: Parts) -> QueryFrame:
    """ "Open deals expected to close by month": the rows are months of that day, whatever time it is."""
    expected = parts.all("expected")
    told = any(isinstance(c, When) for c in (*frame.where, *frame.versus))
    timed = any(g in TIMES for g in frame.group)
    states = [c for c in (*frame.where, *frame.are) if isinstance(c, Where) and c.field is Field.STATE]
    if len(expected) != 1 or told or not timed or frame.about is not About.DEALS or any(c != OPEN for c in states):
        return frame
    parts.drop_all(expected)
    return replace(frame, where=(*frame.where, When(Period(None, None), Dated.EXPECTED)))


def drop_told(frame: QueryFrame, parts: Parts) -> None:
    """ "Deals created per month": the word tells the date that such figures have anyhow."""
    timed = any(g in TIMES for g in frame.group) or any(isinstance(c, When) for c in (*frame.where, *frame.versus))
    if timed and frame.about is About.DEALS and default_dated(About.DEALS, frame.of, frame.where) is Dated.CREATED:
        parts.drop_all(parts.all("created"))
    if frame.about is About.DEALS and default_dated(About.DEALS, frame.of, frame.where) is Dated.CLOSED:
        parts.drop_all(parts.all("expected"))  # "won amount by close date"
    if any(isinstance(c, Limit) and c.column in (Column.CYCLE, Column.AGE) for c in (*frame.where, *frame.are)):
        parts.drop_all(a for a in parts.all("created") if " " in a.text)  # "won within 60 days of their creation"
    if timed and frame.about is About.LEADS:
        parts.drop_all(parts.all("contacted", "created"))


def on_time(context: ReadingContext, frame: QueryFrame, contacted: bool) -> QueryFrame:
    """The dates that periods and calendar groups mean, where records have them at all."""
    where = tuple(_dated(c, frame) for c in frame.where)
    versus = tuple(_dated(c, frame) for c in frame.versus)
    timed = any(isinstance(c, When) for c in (*where, *versus)) or any(g in TIMES for g in frame.group)
    if timed and frame.about in UNDATED:
        raise CannotSay(f"{frame.about} carry no date here")
    contacted = contacted or any(isinstance(c, When) and c.dated is Dated.CONTACTED for c in (*where, *versus))
    if timed and frame.about is About.LEADS and not contacted:
        where = (*where, *whenever_created(context.held, (*where, *versus)))
    return replace(frame, where=where, versus=versus, as_of=context.as_of)


def _dated(c: Condition, frame: QueryFrame) -> Condition:
    if not isinstance(c, When) or c.dated is not Dated.DATED or frame.about is About.LEADS:
        return c
    return replace(c, dated=default_dated(frame.about, frame.of, (*frame.where, *frame.are, *frame.versus)))
