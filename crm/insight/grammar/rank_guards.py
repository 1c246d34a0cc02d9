"""Refuses ranks and averages of which a frame would tell something else: the first of each group, averaged rates."""

from collections.abc import Sequence

from crm.insight.frame import About, Has, How, QueryFrame
from crm.insight.grammar.measure import Measured
from crm.insight.grammar.parts import NAMING, REGIONS, Parts, is_noun, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import AVERAGED_RATE, TOP_OF_EACH, CannotSay, Rewording, unfit

COUNTING = ("number", "top", "extreme")


def refuse_averaged_rate(parts: Parts, rate: Atom | None, measured: Measured) -> None:
    """ "Average win rate by rep": a rate is of all that it counts; the mean of the reps' rates is none.

    Raises CannotSay.
    """
    if rate is not None and measured.how in (How.MEAN, How.MEDIAN):
        ways = (Rewording(a.start, a.start + len(a.text), "") for a in parts.averaging)
        raise CannotSay(AVERAGED_RATE, ways)


def refuse_top_of_each(parts: Parts, frame: QueryFrame) -> None:
    """ "Which rep made the most calls each month": one row of all would be told, not one of each. Raises CannotSay."""
    if frame.top is not None and len(frame.group) > 1 and parts.asked is not None:
        raise CannotSay(TOP_OF_EACH)


def refuse_top_of_rows(parts: Parts) -> None:
    """ "Top 3 accounts per industry by calls", "3 largest deals per rep": so many of each row's. Raises CannotSay."""
    if parts.top is None or parts.top < 2 or not parts.groups or parts.asked is not None:
        return
    noun = next((a for a in parts.atoms if a.kind not in COUNTING), None)
    told = [a for a in parts.all("field", "about") if is_noun(a) and a.value not in parts.groups]
    if noun is not None and any(a is noun for a in told) and parts.extreme:
        raise CannotSay(TOP_OF_EACH)


def refuse_between(parts: Parts) -> None:
    """ "Average time between calls": from one to the next, which is on no record. Raises CannotSay."""
    for start in parts.between if parts.all("column", "long") else ():
        behind = [a for a in parts.atoms if a.start > start][:2]
        if behind and is_typed(behind[0]) and not (len(behind) > 1 and behind[1].kind in ("and", "versus")):
            raise unfit(behind[0].text)


def refuse_elsewhere(parts: Parts, about: About) -> None:
    """ "Reps who won no deal in Italy": the deals' region, where the reps have one of their own. Raises CannotSay."""
    doing = [a for a in parts.atoms if a.kind in ("about", "condition")] if about is About.REPS else []
    for name in parts.all(*NAMING):
        if doing and name.start > doing[0].start and any(f in REGIONS for f, _ in name.names):
            raise unfit(name.text)


def refuse_last_of_some(frame: QueryFrame, column: Sequence[Atom]) -> None:
    """ "Accounts whose last activity was a call": of which kind the last was is not computed. Raises CannotSay."""
    silent = [a for a in column if a.value == "silence"]
    if silent and frame.of is not None and any(isinstance(c, Has) and not c.negated for c in frame.where):
        raise unfit(silent[0].text)


def lists_reps(parts: Parts, about: About) -> bool:
    """ "Reps with no won deals", "reps with fewer than 10 calls" ask who they are; "how many reps" their number."""
    told = bool(parts.all("not")) or parts.had is not None
    return about is About.REPS and told and not parts.counting and not parts.share_at
