"""What holds for every frame, whoever made it: the grammar, a follow-up, a model."""

from collections.abc import Iterable
from dataclasses import replace

from crm.insight.frame import OF, About, Column, Condition, Field, Has, How, Limit, QueryFrame, When, Where
from crm.insight.question.reading_context import spelt
from crm.insight.question.refusal import ANSWERED_MAILS, NO_SHARE, NOT_KEPT, CannotSay
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.wordbook import Words
from crm.insight.states import CLOSED, LOST, OPEN, WON
from crm.nouns import Engagement


def completed(held: StoredNames, frame: QueryFrame, words: Words) -> QueryFrame:
    """What holds for every frame, whoever made it: of grammar, follow-up or model. Raises CannotSay."""
    if frame.about is About.REPLIES and not any(isinstance(c, Limit) and c.column is Column.WAIT for c in frame.where):
        within = Limit(Column.WAIT, high=24.0 * words.reply_within_days)  # a mail after months answers nothing
        frame = replace(frame, where=(*frame.where, within))
    frame = stated(held, _answered_by_anybody(frame, words))
    _refuse_worthless(held, frame)
    _refuse_turned(frame)
    _refuse_answered_mails(frame, words)
    return _checked(held, frame)


def stated(held: StoredNames, frame: QueryFrame) -> QueryFrame:
    """With the state that a column tells: only open deals have an age, only decided ones a cycle. Raises CannotSay."""
    column, how = frame.of, frame.how
    frame = lost_for_a_reason(frame)
    states = [c for c in (*frame.where, *frame.versus) if isinstance(c, Where) and c.field is Field.STATE]
    where = frame.where
    if column is Column.AGE and frame.about is About.DEALS:
        if any("open" not in c.values for c in states):
            raise CannotSay("a closed deal has no age; ask for its sales cycle")
        where = (*where, OPEN) if not states else where
    if column is Column.CYCLE:
        _refuse_open_cycle(states)
        where = (*where, CLOSED) if not states else where
    averaged = how in (How.MEAN, How.MEDIAN, How.LEAST)
    if column is Column.VALUE and averaged and not states and held.lost_are_worthless:
        where = (*where, WON)
    return replace(frame, where=where)


def lost_for_a_reason(frame: QueryFrame) -> QueryFrame:
    """Only what was lost has a reason for it. Raises CannotSay of other deals."""
    said = [c for c in (*frame.where, *frame.versus, *frame.are) if isinstance(c, Where)]
    if frame.of is not Field.LOSS_REASON and Field.LOSS_REASON not in (*frame.group, *(c.field for c in said)):
        return frame
    states = [c for c in said if c.field is Field.STATE]
    if any(c.negated or "lost" not in c.values or frame.versus for c in states):
        raise CannotSay("only lost deals carry a loss reason")
    return frame if any(c.values == ("lost",) for c in states) else replace(frame, where=(*frame.where, LOST))


def _answered_by_anybody(frame: QueryFrame, words: Words) -> QueryFrame:
    """An account that "answered" had a two-way contact of whatever kind, unless calls are named."""
    answered = set(words.outcomes["answered"])

    def told(one: Where | When) -> Where | When:
        by_outcome = isinstance(one, Where) and one.field is Field.OUTCOME and {*map(spelt, one.values)} <= answered
        return Where(Field.LABEL, (Engagement.ENGAGED.value,)) if by_outcome else one

    def mended(condition: Condition) -> Condition:
        if not isinstance(condition, Has) or condition.about is not About.ACTIVITIES:
            return condition
        if any(isinstance(c, Where) and c.field is Field.TYPE for c in condition.where):
            return condition
        return replace(condition, where=tuple(map(told, condition.where)))

    return replace(frame, where=tuple(map(mended, frame.where)))


def _refuse_open_cycle(where: Iterable[Condition]) -> None:
    """Raises CannotSay where an open deal's sales cycle is asked: it has none before it is decided."""
    if any(isinstance(c, Where) and c.field is Field.STATE and "open" in c.values for c in where):
        raise CannotSay("an open deal has no sales cycle yet; ask for its age")


def _refuse_worthless(held: StoredNames, frame: QueryFrame) -> None:
    """Raises CannotSay for a share of won or lost deals above a value, where lost ones carry 0."""
    bounded = any(isinstance(c, Limit) and c.column is Column.VALUE for c in frame.where)
    stated = any(isinstance(c, Where) and c.field is Field.STATE for c in frame.are)
    bounded = bounded and not any(isinstance(c, Limit) for c in frame.are)
    if held.lost_are_worthless and frame.how is How.SHARE and bounded and stated:
        raise CannotSay("lost deals carry no value here, so that a rate of deals by value says nothing")


def _refuse_answered_mails(frame: QueryFrame, words: Words) -> None:
    """Outcomes are those of calls. Raises CannotSay where they are asked of mails."""
    where = [c for c in (*frame.where, *frame.are, *frame.versus) if isinstance(c, Where) and not c.negated]
    mails = any(c.field is Field.TYPE and c.values == ("email",) for c in where)
    answers = {outcome for group in words.outcomes_of_answers for outcome in words.outcomes[group]}
    if mails and any(c.field is Field.OUTCOME and {*map(spelt, c.values)} & answers for c in where):
        raise CannotSay(ANSWERED_MAILS)


def _refuse_turned(frame: QueryFrame) -> None:
    """Raises CannotSay for a time that ends before it begins."""
    periods = [c.period for c in (*frame.where, *frame.versus) if isinstance(c, When)]
    if any(p.start and p.end and p.start > p.end for p in periods):
        raise CannotSay("the period ends before it begins")


def _checked(held: StoredNames, frame: QueryFrame) -> QueryFrame:
    """The frame, where its records have every field that it asks for. Raises CannotSay."""
    conditions = [c for c in (*frame.where, *frame.are, *frame.versus) if isinstance(c, Where)]
    _refuse_never(frame)
    _refuse_two_bounds(frame)
    _refuse_impossible(held, frame)
    told = [(frame.about, c) for c in conditions]
    told += [(has.about, c) for has in frame.where if isinstance(has, Has) for c in has.where if isinstance(c, Where)]
    for about, c in told:
        if c.field not in OF[about]:
            raise CannotSay(f"{about} have no {c.field} here")
        ours = c.field is Field.DIRECTION and c.negated and bool(c.values)  # calls that are not told to have come in
        if not (ours or held.has(about, c.field)):
            raise CannotSay(f"no {c.field} was imported for {about}")
    return frame


def _refuse_never(frame: QueryFrame) -> None:
    """Raises CannotSay where nothing can be both what is counted and what it is counted among."""
    whole = [c for c in frame.where if isinstance(c, Where) and c.values and not c.negated]
    left_out = [c for c in frame.where if isinstance(c, Where) and c.values and c.negated]
    if any(w.field is c.field and {*w.values} <= {*c.values} for c in left_out for w in whole):
        raise CannotSay("what is left out is all that is asked for; say what should stay")
    if frame.are and all(c in frame.where for c in frame.are):
        raise CannotSay(NO_SHARE)  # the part is the whole
    part = [c for c in frame.are if isinstance(c, Where) and c.values and not c.negated]
    for c in part:
        if any(c.field is w.field and not {*c.values} & {*w.values} for w in whole):
            raise CannotSay(NO_SHARE)


def _refuse_impossible(held: StoredNames, frame: QueryFrame) -> None:
    """Raises CannotSay for a stage whose deals are never in the state that is asked: "won, still negotiating"."""
    said = [c for c in frame.where if isinstance(c, Where) and c.values and not c.negated]
    states = {v for c in said if c.field is Field.STATE for v in c.values}
    for stage in (c for c in said if c.field is Field.STAGE and states):
        there = {s for v in stage.values for s in held.states_of.get(v, ())}
        if there and not there & states:
            raise CannotSay(f"no {frame.about} are {' and '.join((*sorted(states), *stage.values))} at once")


def refuse_ended_by_stage(held: StoredNames, frame: QueryFrame) -> None:
    """ "Lost deals by stage", "win rate by stage": where each end has one stage of its own, the rows say nothing.

    The stage that a deal was lost in is not on record. Raises CannotSay.
    """
    told = [c for c in (*frame.where, *frame.are, *frame.versus) if isinstance(c, Where) and c.field is Field.STATE]
    ended = {v for c in told for v in c.values if not c.negated} - {"open"}
    stages = [states for states in held.states_of.values() if states & ended]
    if Field.STAGE in frame.group and ended and len(stages) <= len(ended):
        raise CannotSay(NOT_KEPT)


def _refuse_two_bounds(frame: QueryFrame) -> None:
    """Raises CannotSay for two bounds on one column, other than one below and one above it, with room between."""
    limits = [c for c in frame.where if isinstance(c, Limit) and not c.missing]
    for column in {c.column for c in limits}:
        same = [c for c in limits if c.column is column]
        lows, highs = (sum(getattr(c, side) is not None for c in same) for side in ("low", "high"))
        low, high = max((c.low or 0 for c in same), default=0), min((c.high for c in same if c.high), default=None)
        if len(same) > 1 and ((lows, highs) != (1, 1) or (high is not None and low > high)):
            raise CannotSay("that bounds two numbers at once; ask for one, then for the other")
