"""The form of a frame that a chat model may fill, checked against what the store holds.

The model computes nothing and names nothing of its own: a field, column or value that is not there refuses the form.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel

from crm.insight.check_frame import completed, refuse_ended_by_stage, stated
from crm.insight.figures.sql_conditions import default_dated
from crm.insight.frame import (
    COLUMNS,
    OF,
    TIMES,
    UNDATED,
    About,
    Change,
    Column,
    Condition,
    Field,
    How,
    QueryFrame,
    When,
    Where,
)
from crm.insight.grammar.times import created_lead, whenever_created
from crm.insight.question.refusal import NO_SHARE, CannotSay
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Words
from crm.nouns import Engagement, Period

COUNTS = (How.COUNT, How.DISTINCT, How.SHARE)
MOST_TOP = 100


class Filtered(BaseModel):
    """The field has one of the values; without values it was not given."""

    field: Field
    values: list[str] = []
    negated: bool = False


class Spanned(BaseModel):
    """From a day to a day, both included."""

    since: date | None = None
    until: date | None = None


class FrameForm(BaseModel):
    """What a model fills in."""

    possible: bool
    about: About = About.ACTIVITIES
    how: How = How.COUNT
    column: Column | None = None
    distinct: Field | None = None
    where: list[Filtered] = []
    are: list[Filtered] = []
    group: list[Field] = []
    each: Field | None = None
    period: Spanned | None = None
    compared_with: Spanned | None = None
    compared: list[Filtered] = []
    change: Change | None = None
    top: int | None = None
    ascending: bool = False


def frame_in(form: FrameForm, held: StoredNames, words: Words, as_of: date | None) -> QueryFrame:
    """The form as a frame. Raises CannotSay with what is wrong with it."""
    if not form.possible:
        raise CannotSay("the question asks for more than a figure can say")
    if form.about not in held.present:
        raise CannotSay(f"no {form.about} have been imported")
    fields = [f for f in (*form.group, form.each, form.distinct) if f is not None]
    for wanted in fields:
        _refuse_unless_held(form.about, wanted, held)
    where: tuple[Condition, ...] = tuple(_where(form.about, c, held) for c in form.where)
    are = tuple(_where(form.about, c, held) for c in form.are)
    asked = QueryFrame(form.about, form.how, form.column, where, are, tuple(form.group))
    where = stated(held, asked).where  # by it a period is dated
    told = [s for s in (form.period, form.compared_with) if s is not None]
    leads = form.about is About.LEADS and (told or any(f in TIMES for f in fields))
    dated = created_lead(held) if leads else default_dated(form.about, form.column, (*where, *are))
    spans = [When(Period(s.since, s.until), dated) for s in told]
    where = (*where, *(whenever_created(held, spans) if leads else ()))
    versus: tuple[Condition, ...] = tuple(_where(form.about, c, held) for c in form.compared)
    frame = QueryFrame(
        form.about,
        form.how,
        form.distinct if form.how is How.DISTINCT else form.column,
        (*where, *(spans if len(spans) == 1 else ())),
        are,
        tuple(dict.fromkeys(form.group)),
        versus or (tuple(spans) if len(spans) == 2 else ()),
        form.top,
        form.ascending,
        as_of,
        form.each,
        form.change,
    )
    if versus and len(spans) == 2:
        raise CannotSay("I can compare periods or groups, not both at once")
    _refuse_nonsense(frame, held)
    refuse_ended_by_stage(held, frame)
    return completed(held, frame, words)


def offered(held: StoredNames, question: str, most: int = 60) -> tuple[str, str]:
    """What the prompt tells of the store: kinds of record with fields and columns, and values to choose from.

    Of a field with many values only those that share a word with the question are told.
    """
    kinds = []
    for about in sorted(held.present):
        fields = ", ".join(sorted(f for f in OF[about] if held.has(about, f)))
        columns = ", ".join(sorted(c for c in COLUMNS[about] if held.has(about, c)))
        kinds.append(f"- {about}: fields {fields}; columns {columns or 'none'}")
    asked = set(plain(question).split())
    told = []
    for wanted in sorted({f for _, f in held.values}):
        values = sorted(held.any_values(wanted))
        if len(values) > most:
            values = [v for v in values if asked & set(plain(v).split())][:most]
        told += [f"- {wanted}: {'; '.join(values)}"] if values else []
    return "\n".join(kinds), "\n".join(told)


def _where(about: About, said: Filtered, held: StoredNames) -> Where:
    _refuse_unless_held(about, said.field, held)
    known: Iterable[str] = held.values.get((about, said.field), frozenset())
    if said.field is Field.LABEL:
        known = [e.value for e in Engagement]
    spelt = {plain(v): v for v in sorted(known)}
    if strange := [v for v in said.values if plain(v) not in spelt]:
        raise CannotSay(f"no {said.field} is called “{strange[0]}”")
    return Where(said.field, tuple(dict.fromkeys(spelt[plain(v)] for v in said.values)), said.negated)


def _refuse_unless_held(about: About, wanted: Field, held: StoredNames) -> None:
    if wanted not in OF[about]:
        raise CannotSay(f"{about} have no {wanted} here")
    if not held.has(about, wanted):
        raise CannotSay(f"no {wanted} was imported for {about}")


def _refuse_nonsense(frame: QueryFrame, held: StoredNames) -> None:
    column, how = frame.of, frame.how
    if isinstance(column, Column) and (column not in COLUMNS[frame.about] or not held.has(frame.about, column)):
        raise CannotSay(f"no {column} was imported for {frame.about}")
    if column is None and how not in COUNTS and frame.each is None:
        raise CannotSay("an average or a total needs a column, such as the value of deals")
    if how is How.COUNT and column is not None:
        raise CannotSay("a number is counted, and needs no column")
    if how is How.DISTINCT and not isinstance(column, Field):
        raise CannotSay("a number of different values needs a field")
    if how is How.SHARE and not (frame.are or frame.group):
        raise CannotSay(NO_SHARE)
    if frame.each is not None and (how in COUNTS or how is How.TOTAL):
        raise CannotSay("only an average, a median or an extreme is taken of counts")
    if len(frame.group) > 2 or (frame.top is not None and not (frame.group and 0 < frame.top <= MOST_TOP)):
        raise CannotSay("I do not see of what the top is asked")
    _refuse_timeless(frame, frame.group)
    in_turn = bool(frame.group) and frame.group[0] in TIMES and frame.group[0] is not Field.WEEKDAY
    if frame.change and not (len(frame.versus) == 2 or (in_turn and not frame.versus)):
        raise CannotSay("say between which two the change is asked")


def _refuse_timeless(frame: QueryFrame, group: Sequence[Field]) -> None:
    whens = [c for c in (*frame.where, *frame.versus) if isinstance(c, When)]
    timed = bool(whens) or any(g in TIMES for g in (*group, frame.each))
    if timed and frame.about in UNDATED:
        raise CannotSay(f"{frame.about} carry no date here")
