"""Growth and differences in a question: between two that are compared, or from each time to the next."""

from dataclasses import replace

from crm.insight.frame import TIMES, Change, Field, How, QueryFrame
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay

WORDS = {
    "growth": Change.GROWTH,
    "difference": Change.DIFFERENCE,
    "difference of value": Change.DIFFERENCE,
}


def change_in(parts: Parts) -> Change | None:
    """What is asked about the two figures; "by what percent" makes a growth of any change."""
    atoms = parts.all("change")
    found = {WORDS[str(a.value)] for a in atoms if str(a.value) in WORDS}
    if any(a.value == "difference of value" for a in atoms) and not parts.all("column"):
        parts.atoms.append(Atom("how", "much", "how much", 0))
    elif atoms and not parts.all("column"):
        parts.drop_all(a for a in parts.all("how") if a.value == "much")  # "how much did won deals grow"
    if any("point" in a.text.lower() for a in atoms) and any(a.value == "share" for a in parts.all("how")):
        raise CannotSay("say between which two the change is asked, such as: growth of won deals from Q2 to Q3")
    percent = [a for a in parts.all("how") if a.value == "share"] if atoms else []
    if percent:
        parts.drop_all(percent)
        return Change.GROWTH
    return Change.GROWTH if Change.GROWTH in found else Change.DIFFERENCE if found else None


def changed(frame: QueryFrame, change: Change | None, parts: Parts) -> QueryFrame:
    """The frame with its change. Raises CannotSay where two figures to compare are not to be seen."""
    parts.drop_all(parts.all("change"))
    if change is None:
        return frame
    if frame.how is How.SHARE:
        change = Change.DIFFERENCE  # from 60 % to 63 % are three points
    frame = replace(frame, group=tuple(sorted(frame.group, key=lambda g: g not in TIMES)))
    in_turn = bool(frame.group) and frame.group[0] in TIMES and frame.group[0] is not Field.WEEKDAY
    if len(frame.versus) != 2 and not (in_turn and not frame.versus):
        raise CannotSay("say between which two the change is asked, such as: growth of won deals from Q2 to Q3")
    if frame.top is not None:
        raise CannotSay("changes cannot be ranked here; ask for them by group instead")
    return replace(frame, change=change)
