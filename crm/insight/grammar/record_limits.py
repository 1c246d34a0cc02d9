"""Bounds as conditions on the records that are counted."""

from collections.abc import Sequence

from crm.insight.frame import About, Column, Condition, Dated, Field, Has, How, Limit, When
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.bounds import MONEY_FROM
from crm.insight.grammar.complete_frame import limit_of, of_account
from crm.insight.grammar.conditions import Found
from crm.insight.grammar.measure import Measured
from crm.insight.grammar.parts import Parts
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import NO_SHARE, SO_MANY, CannotSay, unfit


def limits_in(
    context: ReadingContext,
    parts: Parts,
    bounds: Sequence[Bound],
    measured: Measured,
    found: Found,
    groups: Sequence[Field],
) -> tuple[Limit, ...]:
    """The bounds as conditions on the records. Raises CannotSay where they would be bounds on something else."""
    limits = tuple(limit_of(context, b, (*found.where, *found.are), measured.column) for b in bounds)
    if measured.how is How.SHARE and bounds and any(isinstance(c, Has) for c in found.are):
        raise CannotSay(NO_SHARE)  # "accounts with a won deal that have over 500 employees"
    if found.are and any(c.column is Column.CYCLE for c in limits):
        raise CannotSay(NO_SHARE)  # "share of Dock deals won within 60 days": of all, or of the fast ones?
    _refuse_records_bounded(parts, measured, bounds, groups)
    _refuse_missing_since(context, found.where, bounds)
    if any(of_account(context.about, b.column) for b in bounds):
        parts.drop_all(a for a in parts.all("about") if a.value is About.ACCOUNTS)
    return limits


def _refuse_records_bounded(parts: Parts, measured: Measured, bounds: Sequence[Bound], groups: Sequence[Field]) -> None:
    """ "Which reps average more than 50k per deal", "only those with more than 10": is it the rows' own figure?

    Raises CannotSay.
    """
    same = [b for b in bounds if not b.missing and b.column in (None, measured.column)]
    aggregated = measured.how in (How.MEAN, How.MEDIAN) and parts.asked not in (None, About.DEALS)
    counted = measured.how in (How.MEAN, How.MEDIAN) and parts.counting
    small = [b for b in same if b.column is None and not (b.days or b.timed) and _most(b) < MONEY_FROM]
    unnamed = measured.averaged and not parts.counting  # "reps with an average call longer than 3 minutes"
    if (same and not parts.extreme and (aggregated or counted or unnamed)) or (
        small and groups and measured.how is None
    ):
        raise CannotSay(SO_MANY)


def _refuse_missing_since(context: ReadingContext, where: Sequence[Condition], bounds: Sequence[Bound]) -> None:
    """ "Leads not contacted for more than 60 days" are not those never contacted that are so old. Raises CannotSay."""
    never = any(isinstance(c, When) and c.missing and c.dated is Dated.CONTACTED for c in where)
    for bound in bounds if never else ():
        if bound.days and not bound.text.startswith(context.words.shades.aged):
            raise unfit(bound.text)


def _most(bound: Bound) -> float:
    return max(bound.low or 0.0, bound.high or 0.0)
