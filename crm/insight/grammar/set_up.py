"""What became of the meetings that were set up: "out of the meetings booked by Tom, how many were held"."""

from itertools import pairwise

from crm.insight.frame import Field
from crm.insight.grammar.parts import Parts
from crm.insight.question.wordbook import Entry

JOINING = ("and", "or", "versus", "than")


def take_set_up(parts: Parts) -> None:
    """A meeting has one outcome: where another is asked of those that were planned, all of them had been."""
    outcomes = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == Field.OUTCOME]
    for planned, became in pairwise(outcomes):
        groups = [a.value.group for a in (planned, became) if isinstance(a.value, Entry)]
        between = parts.atoms[parts.place(planned) + 1 : parts.place(became)]
        if groups[0] == "scheduled" != groups[1] and between and not any(a.kind in JOINING for a in between):
            parts.drop(planned)
