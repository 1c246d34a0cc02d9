"""In what a time is told: "average call duration in minutes"."""

from crm.insight.frame import TOLD_IN, Column, QueryFrame, Unit
from crm.insight.grammar.parts import Parts
from crm.insight.question.refusal import CannotSay


def unit_in(parts: Parts, frame: QueryFrame) -> Unit | None:
    """The unit that was asked, its words used up; None where a time is told in it anyhow. Raises CannotSay."""
    said = {Unit(str(a.value)) for a in parts.all("told")}
    parts.drop_all(parts.all("told"))
    stored = TOLD_IN.get(frame.of) if isinstance(frame.of, Column) else None
    if said and (stored is None or len(said) > 1):
        raise CannotSay("that asks for a time and for another figure at once; ask for one, then for the other")
    unit = next(iter(said), None)
    return None if unit is stored else unit
