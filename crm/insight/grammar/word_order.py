"""Puts words where the grammar expects them: a bound before its number, a "not" before what it denies."""

from dataclasses import replace

from crm.insight.grammar.parts import Parts, is_amount, is_noun
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import unfit

COUNTED = frozenset({"condition", "about", "name", "value", "column", "field", "second", "minute", "hour"})
DENIED = frozenset({"condition", "name", "value"})


def put_in_order(parts: Parts) -> None:
    """Currencies behind their number, bounds before it; what is left out, or empty, behind its "not".

    Raises CannotSay for either of two bounds.
    """
    _signs_behind(parts)
    _bounds_first(parts)
    _exclusions_first(parts)
    _emptiness_first(parts)


def _signs_behind(parts: Parts) -> None:
    """ "Over $50,000" is "over 50,000 $": a bound stands before its number."""
    for sign in [a for a in parts.all("condition") if is_amount(parts, a)]:
        number = parts.atoms[parts.place(sign) + 1]
        parts.drop(sign)
        parts.atoms.insert(parts.place(number) + 1, sign)


def _bounds_first(parts: Parts) -> None:
    """ "8 or more open deals", "8 open deals or more" are "at least 8 open deals"."""
    for bound in [a for a in parts.all("over", "under") if a.text.lower() in parts.words.shades.after]:
        number = _number_before(parts, bound)
        behind = parts.at(parts.place(bound) + 1)
        if number is None and behind is not None and behind.kind == "number":
            raise unfit(bound.text)  # "over 50k or under 10k"
        if number is None:
            continue
        word = "at least" if bound.kind == "over" else "at most"
        parts.drop(bound)
        parts.atoms.insert(parts.place(number), replace(bound, text=word, start=number.start))


def _number_before(parts: Parts, bound: Atom) -> Atom | None:
    """The nearest number, with nothing but what it counts in between, and no bound of its own."""
    for place in range(parts.place(bound) - 1, -1, -1):
        atom = parts.atoms[place]
        if atom.kind == "number":
            before = parts.at(place - 1)
            return None if before is not None and before.kind in ("over", "under") else atom
        if atom.kind not in COUNTED:
            return None
    return None


def _exclusions_first(parts: Parts) -> None:
    """ "USA excluded" is "excluding the USA", unless it leaves out what follows."""
    for wrong in [a for a in parts.all("not") if a.text.lower() in parts.words.shades.trailing]:
        place = parts.place(wrong)
        before, after = parts.at(place - 1), parts.at(place + 1)
        if before is None or before.kind not in DENIED or (after is not None and after.kind in DENIED):
            continue
        parts.drop(wrong)
        parts.atoms.insert(parts.place(before), replace(wrong, start=before.start))


def _emptiness_first(parts: Parts) -> None:
    """ "With the account empty" is "without an account"."""
    for empty in [a for a in parts.all("not") if a.text.lower() in parts.words.shades.empty]:
        place = parts.place(empty)
        while (between := parts.at(place - 1)) is not None and between.kind == "rel":
            place -= 1  # "whose account is empty"
        noun, behind = parts.at(place - 1), parts.at(parts.place(empty) + 1)
        if is_noun(behind) or (behind is not None and behind.kind in DENIED):
            continue  # "deals missing an account"
        if noun is None or not (is_noun(noun) or noun.kind in ("column", "expected")):
            continue
        before = parts.at(place - 2)
        parts.drop(empty)
        if before is not None and before.kind == "with":
            parts.drop(before)
        parts.atoms.insert(parts.place(noun), replace(empty, start=noun.start))
