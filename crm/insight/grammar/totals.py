"""Of what an average is taken: of each record's own figure, of each group's total, or of the first so many."""

from crm.insight.frame import About, Column
from crm.insight.grammar.parts import Parts, means_pipeline
from crm.insight.question.refusal import EACH_OR_TOTAL, OF_THE_TOP, CannotSay

UNITS = frozenset({About.ACCOUNTS, "rep", "manager", "day", "week", "month", "quarter", "year"})  # these have deals


def of_totals(parts: Parts, column: Column | None) -> bool:
    """ "Average revenue per month", "average pipeline per rep": each one's total, for no record is spoken of.

    Raises CannotSay for "average won value per rep", "average talk time for each rep": the records' own, or totals?
    """
    said = [a for a in parts.measuring if a.text.lower() not in parts.words.shades.of_one]
    deals = any(a.value is About.DEALS and not means_pipeline(parts.words, a) for a in parts.all("about"))
    if not parts.groups or deals or column not in (Column.VALUE, Column.DURATION):
        return False
    units = [u for u in parts.units if u in UNITS]
    if column is Column.DURATION:
        lasting = parts.measuring and not any(a.text.lower() in parts.words.shades.summed for a in said)
        if units and not lasting:
            raise CannotSay(EACH_OR_TOTAL)
        return False
    pipeline = any(means_pipeline(parts.words, a) for a in parts.all("about"))
    natural = pipeline or (bool(said) and all(a.value == "sales" for a in said))
    own = bool(parts.measuring) and not said  # "average deal size per month"
    if own or not (units or natural):
        return False
    if parts.singly or not units or len(parts.units) > 1 or not natural:
        raise CannotSay(EACH_OR_TOTAL)
    return True


def refuse_of_the_top(parts: Parts) -> None:
    """ "Average value of the 5 largest deals": one figure of those that are ranked. Raises CannotSay."""
    if parts.top is None or parts.top < 2 or parts.asked is None or parts.ordered:
        return
    if any(a.value in ("average", "median", "total", "sum") and a.start < parts.asked_at for a in parts.all("how")):
        raise CannotSay(OF_THE_TOP)
