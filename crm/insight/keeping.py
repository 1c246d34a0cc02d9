"""Rows that are kept by how many there are: "which accounts have more than 10 open deals", "how many have"."""

from collections.abc import Sequence

from crm.insight.bounds import Bound
from crm.insight.frame import About, How, Kept, QueryFrame
from crm.insight.grammar import Parts, is_noun
from crm.insight.saying import CannotSay


def kept_in(parts: Parts, bounds: Sequence[Bound]) -> Kept | None:
    """The bound that counts; the accounts before it are then the rows. Raises CannotSay."""
    counting = [b for b in bounds if b.counting]
    if not counting:
        return None
    if len(counting) > 1:
        raise CannotSay("that bounds two numbers at once; ask for one, then for the other")
    if counting[0].low is None:
        raise CannotSay("who has fewer than so many cannot be listed, for who has none is in no row")
    counted = parts.asked is None and not parts.groups  # "accounts with more than 20 mails", not "which accounts"
    noun = next((a for a in parts.atoms if is_noun(a)), None)
    if counted and noun is not None and noun.value is not About.DEALS:
        parts.asked = noun.value if isinstance(noun.value, About) else str(noun.value)
        parts.drop(noun)
    return Kept(counting[0].low, counting[0].strict, counted)


def refuse_unkept(frame: QueryFrame) -> None:
    """Raises CannotSay where there are no rows of numbers of which some could be kept."""
    if frame.kept and not (frame.group and frame.how is How.COUNT and frame.top is None and not frame.versus):
        raise CannotSay("I do not see of what there must be so many; ask which accounts or reps have more than that")
