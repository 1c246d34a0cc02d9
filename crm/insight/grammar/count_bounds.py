"""Rows that are kept by how many there are: "which accounts have more than 10 open deals", "how many have"."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.frame import About, Column, Field, How, Kept, Limit, QueryFrame
from crm.insight.grammar.bound import Bound, Rows
from crm.insight.grammar.parts import Parts, is_noun, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import SO_MANY, CannotSay


def kept_in(parts: Parts, bounds: Sequence[Bound], reps: bool) -> Kept | None:
    """The bound that counts; the accounts before it are then the rows. Raises CannotSay.

    `reps` tells that there is a list of reps, in which those without any stand, too.
    """
    keeping = [b for b in bounds if b.of_rows]
    if not keeping:
        return None
    if len(keeping) > 1:
        raise CannotSay("that bounds two numbers at once; ask for one, then for the other")
    bound = keeping[0]
    again = _rows_again(parts, bound)
    _refuse_others(parts, bound)
    parts.had_by = None if again else _had_by(parts, bound, reps)
    if parts.had_by is not None:
        parts.had = bound
        _mark_different(parts)
        _count_one_contact(parts, bound)
        return None
    if bound.low is None and bound.of_rows not in (Rows.RATE, Rows.AVERAGE):
        raise CannotSay("who has fewer than so many cannot be listed, for who has none is in no row")
    free = parts.asked is None and not parts.groups  # "accounts with more than 20 mails", not "which accounts"
    numbers = [a for a in parts.all("how") if a.value == "number"]
    noun = next((a for a in parts.atoms if is_noun(a)), None)
    if free and noun is not None and noun.value is not About.DEALS:
        parts.asked = noun.value if isinstance(noun.value, About) else str(noun.value)
        parts.drop(noun)
    counted = free and not parts.listing and noun is not None and any(a.start < noun.start for a in numbers)
    if bound.of_rows is not Rows.NUMBER:
        parts.drop_all(numbers)
    parts.drop_all(a for a in parts.atoms if _is_row(parts, a))
    return Kept(bound.low, bound.strict, counted, bound.high)


def _rows_again(parts: Parts, bound: Bound) -> bool:
    """ "Accounts per industry, only industries with at least 4 accounts": the noun of the rows is said again.

    Raises CannotSay where another thing is counted behind it: "only industries with at least 4 won deals".
    """
    again = bound.of_rows is Rows.NUMBER and len(set(parts.groups)) < len(parts.groups)
    if again and {*_told(parts, bound, True)} - {*_told(parts, bound, False)}:
        raise CannotSay(SO_MANY)
    return again


def _told(parts: Parts, bound: Bound, behind: bool) -> list[str]:
    """What is counted, on one side of the bound."""
    kinds = ("about", "condition", "name", "value")
    return [str(a.names or a.value) for a in parts.atoms if a.kind in kinds and (a.start > bound.at) is behind]


def _is_row(parts: Parts, noun: Atom) -> bool:
    """ "Won deals per account, only accounts with more than 70 wins": which of the rows are kept."""
    before, after = parts.at(parts.place(noun) - 1), parts.at(parts.place(noun) + 1)
    leading = before is not None and before.kind in ("sole", "comma") and noun.value in parts.groups
    return is_noun(noun) and leading and after is not None and after.kind in ("with", "rel")


def _refuse_others(parts: Parts, bound: Bound) -> None:
    """ "Contacts of accounts with more than 2 deals", "reps whose accounts have": the number is the accounts'.

    Raises CannotSay where something else is asked for.
    """
    before = [a for a in parts.atoms if a.start < bound.at]
    accounts = next((i for i, a in enumerate(before) if a.value is About.ACCOUNTS), None)
    if bound.of_rows is not Rows.NUMBER or accounts is None or parts.asked is About.ACCOUNTS:
        return
    if parts.asked is not None or any(a.kind in ("about", "field") or is_typed(a) for a in before[:accounts]):
        raise CannotSay(SO_MANY)


def _had_by(parts: Parts, bound: Bound, reps: bool) -> About | None:
    """ "How many accounts have fewer than 3 contacts": a condition on accounts, which those without any may meet.

    "Which accounts have more than 20 mails" asks for their numbers, and so do reps with more than so many.
    """
    noun = next((a for a in parts.atoms if is_noun(a)), None)
    if bound.of_rows is not Rows.NUMBER or parts.extreme:
        return None
    asked = parts.asked or (noun.value if noun is not None and noun.value not in parts.groups else None)
    if asked == Field.REP and reps and bound.low is None:
        return About.REPS
    listed = parts.asked is not None or parts.listing
    return About.ACCOUNTS if asked is About.ACCOUNTS and (bound.low is None or not listed) else None


def _count_one_contact(parts: Parts, bound: Bound) -> None:
    """ "More than one contact": behind a number those of an account, as "contacts" are, unlike "without contact"."""
    for noun in [a for a in parts.all("about") if a.value is About.CONTACTS and a.start > bound.at]:
        parts.atoms[parts.place(noun)] = replace(noun, text="contacts")


def _mark_different(parts: Parts) -> None:
    """ "At least two different products": of the deals, each product once."""
    for how in parts.all("how"):
        noun = parts.at(parts.place(how) + 1)
        if how.value == "distinct" and noun is not None and noun.kind == "field":
            parts.atoms[parts.place(noun)] = replace(noun, kind="different")
            parts.drop(how)


def refuse_unkept(frame: QueryFrame, bounds: Sequence[Bound]) -> None:
    """Raises CannotSay where there are no rows of which some could be kept, or their figure is another."""
    if frame.kept is None:
        return
    rows = next(b.of_rows for b in bounds if b.of_rows)
    fits = {
        Rows.NUMBER: frame.how is How.COUNT,
        Rows.SUM: frame.how is How.TOTAL and frame.money,
        Rows.RATE: frame.how is How.SHARE,
        Rows.AVERAGE: frame.how in (How.MEAN, How.MEDIAN) and frame.unit is None,
    }
    bounded = rows is Rows.SUM and any(isinstance(c, Limit) and c.column is Column.VALUE for c in frame.where)
    alone = frame.about is About.ACCOUNTS and Field.ACCOUNT in frame.group  # an account is one in its own row
    if not frame.group or frame.top is not None or frame.versus or alone or bounded or not fits[rows]:
        raise CannotSay(SO_MANY)
