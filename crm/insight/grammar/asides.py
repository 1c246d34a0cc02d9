"""What a question says beside its point: blanks that are skipped, examples, what is counted too."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from crm.insight.frame import TIMES, Where
from crm.insight.grammar.parts import NAMING, Parts, is_noun, negated
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import unfit
from crm.insight.question.wordbook import Entry

TELLING = (*NAMING, "created")
LISTED = (*TELLING, "and", "or", "comma")
BETWEEN = ("about", "rel", "which", "who", "with")


def take_asides(parts: Parts) -> None:
    """Turns them into conditions where they are any, and drops the others. Raises CannotSay."""
    _skip_blanks(parts)
    _drop_examples(parts)
    _drop_included(parts)


def _skip_blanks(parts: Parts) -> None:
    """ "Ignoring blank sectors", "skip leads without a note": who leaves out what is missing wants what is given.

    Raises CannotSay where something else is left out beside it.
    """
    for skip in parts.all("not"):
        if not any(a is skip for a in parts.atoms):
            continue
        if not (skip.text.lower().startswith(parts.words.shades.omitting) or _denied_twice(parts, skip)):
            continue
        if _drop_unshown(parts, skip):
            continue
        place = parts.place(skip)
        if _is_missing(parts, place - 2):
            _give(parts, place - 2)  # "the ones without an outcome left out"
            parts.drop(skip)
            continue
        first = place + 1
        while (between := parts.at(first)) is not None and between.kind in BETWEEN:
            first += 1
        if not _is_missing(parts, first):
            continue
        _give(parts, first)
        del parts.atoms[place:first]
        _skip_more(parts, place + 2)
        before = parts.at(place - 1)
        if place and before is not None and before.kind == "comma":
            parts.drop(before)


def _denied_twice(parts: Parts, first: Atom) -> bool:
    """ "Without those without an outcome", "sans ceux qui n'ont pas de résultat" are those that have one."""
    place = _behind(parts, parts.place(first) + 1)
    second, noun = parts.at(place), parts.at(place + 1)
    return second is not None and second.kind == "not" and (noun is None or noun.kind == "field")


def _drop_unshown(parts: Parts, skip: Atom) -> bool:
    """ "By rep, skip reps with none", "by company size, without those without": such rows are not shown anyway.

    "Last contact before August, skip the ones never contacted": nor are those without the date that is bounded.
    """
    first = parts.place(skip)
    place = _behind(parts, first + 1)
    noun = parts.at(place)
    if noun is not None and noun.kind == "field":
        place = _behind(parts, place + 1)
    else:
        noun = None
    none, behind = parts.at(place), parts.at(place + 1)
    if none is None or none.kind != "not" or _kinds(parts.atoms[first:place]) - _kinds(parts.atoms[:first]):
        return False
    if behind is not None and behind.kind == "contacted" and _is_bounded(parts, first):
        place += 1
    elif not _are_rows(parts, first, noun) or (behind is not None and behind.kind != "comma"):
        return False
    before = parts.at(first - 1) if first else None
    del parts.atoms[first - (before is not None and before.kind == "comma") : place + 1]
    return True


def _kinds(atoms: Sequence[Atom]) -> set[object]:
    """The kinds of record that are named: "skip accounts with none" leaves out others than rows of reps."""
    return {a.value for a in atoms if a.kind == "about"}


def _are_rows(parts: Parts, end: int, noun: Atom | None) -> bool:
    """Rows are split by one thing that is no time, for a month without any is shown; the noun, if any, is that."""
    split = [b.value for a, b in pairwise(parts.atoms[:end]) if a.kind == "by" and b.kind == "field"]
    return len(split) == 1 and split[0] not in TIMES and (noun is None or noun.value == split[0])


def _is_bounded(parts: Parts, end: int) -> bool:
    """The day of the last contact lies in a time that was named."""
    return any(a.kind == "contacted" for a in parts.atoms[:end]) and len(parts.all("period")) == 1


def _behind(parts: Parts, place: int) -> int:
    """The place behind small words that join: "the ones that are"."""
    while (between := parts.at(place)) is not None and between.kind in BETWEEN:
        place += 1
    return place


def _skip_more(parts: Parts, place: int) -> None:
    """ "... and blank industries" is left out as well. Raises CannotSay for "and those from Tom"."""
    while (joint := parts.at(place)) is not None and joint.kind in ("and", "or"):
        if not _is_missing(parts, place + 1):
            raise unfit(joint.text)
        _give(parts, place + 1)
        place += 3


def _is_missing(parts: Parts, place: int) -> bool:
    """A "not" with what is not there. Raises CannotSay where that is a number."""
    wrong, noun = parts.at(place), parts.at(place + 1)
    if wrong is None or wrong.kind != "not" or noun is None:
        return False
    if noun.kind == "column":
        raise unfit(wrong.text)  # "ignoring accounts without employees"
    return is_noun(noun) or noun.kind in ("condition", "about")


def _give(parts: Parts, place: int) -> None:
    parts.atoms[place] = replace(parts.atoms[place], kind="with", value="with", text="with")


def _drop_examples(parts: Parts) -> None:
    """ "By note, e.g. webinar or referral", "by note (webinar, referral and so on)": they leave no other out.

    Raises CannotSay where they are values of a field that no row is split by.
    """
    for example in parts.all("example"):
        place = parts.place(example)
        fields = {str(a.value) for a in parts.atoms[:place] if a.kind == "field"}
        behind = list(takewhile(lambda a: a.kind in LISTED, parts.atoms[place + 1 :]))
        used = behind or list(takewhile(lambda a: a.kind in LISTED, reversed(parts.atoms[:place])))
        values = [a for a in used if a.kind in TELLING]
        if not values or any(not fields & {f.value for f, _ in a.names} for a in values):
            raise unfit(example.text)
        parts.drop_all([example, *used])


def _drop_included(parts: Parts) -> None:
    """ "..., planned meetings included", "each quarter, 2016 included": they count as all others do.

    Raises CannotSay where it stands apart.
    """
    for included in parts.all("included"):
        place = parts.place(included)
        used = _joined_before(parts, place)
        opening = parts.at(place - len(used) - 1) if place > len(used) else None
        apart = opening is not None and opening.kind in ("comma", "and")
        to_its_end = [a.kind for a in used[:1]] == ["period"] and not apart  # "from January to March included"
        if not used or not (apart or to_its_end) or (apart and _is_barred(parts, used)):
            raise unfit(included.text)
        parts.drop_all([included, *(used if apart else [])])


def _joined_before(parts: Parts, place: int) -> list[Atom]:
    """What stands right before, the last first; behind a comma all that is joined: ", won and lost included"."""
    joined = list(takewhile(lambda a: a.kind in (*TELLING, "period", "and", "or"), reversed(parts.atoms[:place])))
    opening = parts.at(place - len(joined) - 1) if place > len(joined) else None
    if joined and joined[-1].kind not in ("and", "or") and opening is not None and opening.kind == "comma":
        return joined
    return list(takewhile(lambda a: a.kind in (*TELLING, "period"), joined))


def _is_barred(parts: Parts, included: Sequence[Atom]) -> bool:
    """ "Won deals, lost ones included": what was said before leaves them out."""
    told = {f for a in included for f in _fields(a)}
    others = [a for a in parts.atoms if a.kind in (*TELLING, "period") and not any(a is one for one in included)]
    whole = any(a.value == "share" for a in parts.all("how"))  # "share of lost among all deals, open ones included"
    return not whole and any(told & _fields(a) and not negated(parts, a) for a in others)


def _fields(atom: Atom) -> set[str]:
    if atom.kind == "period":
        return {"period"}
    entry = {atom.value.field} if isinstance(atom.value, Entry) else set()
    value = {atom.value.field.value} if isinstance(atom.value, Where) else set()
    return entry | value | {f.value for f, _ in atom.names}
