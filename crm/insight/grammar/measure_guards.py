"""Refuses words of a measure that say more than a frame holds: who is silent, what is dear, a split by nothing."""

from collections.abc import Sequence

from crm.insight.frame import About, Column, QueryFrame
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.measure import Measured
from crm.insight.grammar.parts import Parts, means_pipeline
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import OPEN_ONLY, CannotSay, Rewording, unfit
from crm.insight.question.wordbook import Entry, Words


def refuse_told_of_it(parts: Parts, bounds: list[Bound]) -> None:
    """ "Silent accounts" without for how long; "the most expensive product", whose price is not on record.

    Raises CannotSay.
    """
    measured = bool(parts.all("how") or parts.extreme) or any(b.column is not None for b in bounds)
    measured = measured or parts.asked is About.ACCOUNTS  # "which accounts have gone quiet": each with its days
    for word in parts.all("column"):
        if not measured and word.text.lower() in parts.words.shades.silent:
            raise CannotSay("say for how long they have been silent, such as: for more than 60 days")
    deals = any(a.value is About.DEALS for a in parts.all("about")) or parts.asked is About.DEALS
    if parts.dear and not deals and not parts.all("column"):
        raise unfit(parts.dear)


def refuse_newest(atoms: Sequence[Atom], frame: QueryFrame, words: Words) -> None:
    """ "Newest deal": a deal's age is told of open ones alone, where the newest may be closed. Raises CannotSay."""
    newest = next((a for a in atoms if a.kind == "extreme" and a.value == "newest"), None)
    if newest is None or frame.about is not About.DEALS or frame.of is not Column.AGE:
        return
    still_open = [a for a in atoms if isinstance(a.value, Entry) and a.value.values == ("open",)]
    if not still_open and not any(a.kind == "about" and means_pipeline(words, a) for a in atoms):
        way = words.newest_open.get(newest.text.lower())
        ways = [Rewording(newest.start, newest.start + len(newest.text), way)] if way else []
        raise CannotSay(OPEN_ONLY, ways)


def refuse_days_overdue(parts: Parts, measured: Measured) -> None:
    """ "How many days overdue are our deals": how long a deal is overdue is no age and no cycle. Raises CannotSay."""
    late = parts.all("overdue")
    if late and measured.column is Column.CYCLE:
        raise unfit(late[0].text)


def refuse_unsplit(parts: Parts, frame: QueryFrame) -> None:
    """ "Distribution of deal values", "breakdown of open deals": by what? Raises CannotSay."""
    if parts.splitting and not (frame.group or frame.versus or frame.each):
        raise unfit(parts.splitting)
