"""Of what an average is taken: of each record's own figure, of each group's total, or of the first so many."""

from collections.abc import Iterable, Sequence

from crm.insight.frame import About, Column
from crm.insight.grammar.parts import Parts, means_pipeline
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import EACH_OR_TOTAL, OF_THE_TOP, CannotSay, Rewording

UNITS = frozenset({About.ACCOUNTS, "rep", "manager", "day", "week", "month", "quarter", "year"})  # these have deals


def of_totals(parts: Parts, column: Column | None) -> bool:
    """ "Average revenue per month", "average pipeline per rep": each one's total, for no record is spoken of.

    Raises CannotSay for "average won value per rep", "average talk time for each rep": the records' own, or totals?
    """
    said = [a for a in parts.measuring if a.text.lower() not in parts.words.shades.of_one]
    deals = any(a.value is About.DEALS and not means_pipeline(parts.words, a) for a in parts.all("about"))
    if not (parts.groups or parts.asked) or deals or column not in (Column.VALUE, Column.DURATION):
        return False
    units = [u for u in parts.units if u in UNITS]
    if column is Column.DURATION:
        lasting = parts.measuring and not any(a.text.lower() in parts.words.shades.summed for a in said)
        if units and not lasting:
            raise CannotSay(EACH_OR_TOTAL)
        return False
    pipeline = any(means_pipeline(parts.words, a) for a in parts.all("about"))
    natural = pipeline or (bool(said) and all(a.value == "sales" for a in said))
    own = (bool(parts.measuring) and not said) or About.DEALS in parts.units  # "average deal size", "value per deal"
    ranked = parts.asked is not None  # "which product has the highest average won value": a total has no average
    if own or parts.asked is About.DEALS or (ranked and not natural) or not (units or parts.groups or natural):
        return False
    if parts.singly or not units or len(parts.units) > 1 or not natural:
        raise CannotSay(EACH_OR_TOTAL, _ways(parts, said, bool(units)))
    return True


def _ways(parts: Parts, said: Sequence[Atom], units: bool) -> Iterable[Rewording]:
    """ "Average won deal value by product", "total won value by product"; "average total won value per month"."""
    of_each = next((parts.words.of_each[w] for a in said if (w := a.text.lower()) in parts.words.of_each), "")
    average = next(iter(parts.averaging), None)
    if not of_each or average is None or len(said) != 1:
        return
    yield Rewording(said[0].start, said[0].start + len(said[0].text), of_each)
    ends = average.start + len(average.text)
    yield Rewording(ends if units else average.start, ends, parts.words.totalled[said[0].text.lower()])


def refuse_of_the_top(parts: Parts) -> None:
    """ "Average value of the 5 largest deals": one figure of those that are ranked. Raises CannotSay."""
    if parts.top is None or parts.top < 2 or parts.asked is None or parts.ordered:
        return
    if any(a.value in ("average", "median", "total", "sum") and a.start < parts.asked_at for a in parts.all("how")):
        raise CannotSay(OF_THE_TOP)
