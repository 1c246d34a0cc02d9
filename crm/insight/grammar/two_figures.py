"""Refuses what asks for two figures at once: "X and how many Y", "the largest and the smallest", "win rate and size".

Two that one frame tells side by side, as won and lost, calls in May and in June, are no such.
"""

from collections.abc import Sequence
from itertools import pairwise

from crm.insight.frame import About, QueryFrame, Where
from crm.insight.grammar.part_and_whole import ATTRIBUTES
from crm.insight.grammar.parts import Parts, is_typed, means_pipeline
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import TwoFigures
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry, Words

MEASURES = ("number", "share", "average", "median", "total", "sum")
TELLING = ("condition", "name", "value", "rate", "column", "created", "contacted", "period")
BOUNDING = ("over", "under", "exact", "number", "not", "with")
SPLITTING = ("by", "per")
MONEY = {"sales": "value", "closing": "value"}  # what was won is worth so much
OPENING = ("how", "which", "listing", "comma")  # what may stand before the first of two that are counted


def refuse_two_figures(parts: Parts) -> None:
    """Raises TwoFigures where the words alone tell it."""
    for joint in parts.all("and"):
        place = parts.place(joint)
        before, behind = parts.atoms[:place], parts.atoms[place + 1 :]
        measured = _two_measures(before, behind) and not parts.all("change")
        extremes = _extreme(before) and (_extreme(behind) or _asks_more(joint, behind, parts.words))
        columns = _two_columns(before, behind) and not parts.all("change")
        if measured or columns or extremes or _two_nouns(before, behind):
            raise TwoFigures
        if _asks_who(before, behind):
            raise TwoFigures
        if len(before) and ranks_deals(before, parts.words) and [a.value for a in behind[:1]] == ["much"]:
            raise TwoFigures
    _refuse_all_beside_rows(parts)
    for joint in parts.all("and", "comma"):
        place = parts.place(joint)
        if _two_splits(parts.atoms[:place], parts.atoms[place + 1 :]):
            raise TwoFigures


def ranks_deals(atoms: Sequence[Atom], words: Words) -> bool:
    """ "Who won the most deals": it is their number that is ranked, so that "and how much" asks for another figure."""
    told = [a for a in atoms if a.kind in ("column", "rate") or is_typed(a)]
    told += [a for a in atoms if a.kind == "about" and means_pipeline(words, a)]
    most = any(a.kind == "extreme" and a.value in ("most", "least") for a in atoms)
    stated = any(isinstance(a.value, Entry) and a.value.field == "state" for a in atoms)
    return most and not told and (stated or any(a.value is About.DEALS for a in atoms))


def _refuse_all_beside_rows(parts: Parts) -> None:
    """ "Calls by rep and in total", "by stage, with the total": the rows, and one figure of them all."""
    last = parts.atoms[-1] if parts.atoms else None
    if last is None or not parts.all(*SPLITTING):
        return
    if last.value in ("total", "sum") and len(parts.atoms) > 1 and parts.atoms[-2].kind in ("and", "comma", "with"):
        raise TwoFigures
    behind = any(start > last.start for start in parts.in_all)
    if last.kind in ("and", "comma") and behind:
        raise TwoFigures


def refuse_untold(atoms: Sequence[Atom], frame: QueryFrame, words: Words) -> None:
    """Raises TwoFigures where a number is asked again, or of the same noun, and no row of its own tells it."""
    if frame.versus:
        _refuse_one_sided(atoms, frame, words)
    if frame.versus or frame.change is not None:
        return
    for place, joint in enumerate(atoms):
        before, behind = atoms[:place], atoms[place + 1 :]
        if joint.kind not in ("and", "comma") or not behind:
            continue
        counted = any(_counts(a) for a in before)
        again = counted and (joint.kind == "and" or _counts(behind[0])) and _asks_more(joint, behind, words)
        opened = joint.kind == "and" and not any(a.kind in ("which", "who") for a in before)
        nouns = {str(a.value) for a in before if opened and _is_counted(a, frame)}
        if again or (nouns and any(_is_counted(a, frame) and str(a.value) in nouns for a in behind)):
            raise TwoFigures


def refuse_beside_rate(parts: Parts, rate: Atom | None) -> None:
    """ "Win rate and deal size", "win rate by account size": a rate is of no column. Raises TwoFigures."""
    if rate is not None and parts.all("column"):
        raise TwoFigures


def _refuse_one_sided(atoms: Sequence[Atom], frame: QueryFrame, words: Words) -> None:
    """ "How many emails were sent and how many meetings held": a way of the first, an outcome of the second."""
    sides = {c.field for c in frame.versus if isinstance(c, Where)}
    for place, joint in enumerate(atoms):
        behind = atoms[place + 1 :]
        again = joint.kind == "and" and (_is_number(joint, words) or (bool(behind) and _counts(behind[0])))
        told = {a.value.field for a in behind if isinstance(a.value, Entry)} & {*map(str, ATTRIBUTES)}
        told |= {a.value.field for a in atoms[:place] if isinstance(a.value, Entry)} & {*map(str, ATTRIBUTES)}
        if again and sides and told - {*map(str, sides)}:
            raise TwoFigures


def _two_columns(before: Sequence[Atom], behind: Sequence[Atom]) -> bool:
    """ "Average size and average cycle", "how much pipeline and how old"; one with a bound tells which records."""
    first, second = _columns(before), _columns(behind)
    if first and any(a.kind == "how" and a.value == "much" for a in behind):
        second.add("value")
    if second and any(a.kind == "how" and a.value == "much" for a in before):
        first.add("value")
    return bool(first and second - first)


def _columns(atoms: Sequence[Atom]) -> set[str]:
    run = [None, *atoms, None]
    return {
        MONEY.get(str(a.value), str(a.value))
        for left, a, right in zip(run, run[1:], run[2:], strict=False)
        if a is not None and a.kind == "column" and not any(b is not None and b.kind in BOUNDING for b in (left, right))
    }


def _asks_who(before: Sequence[Atom], behind: Sequence[Atom]) -> bool:
    """ "The largest won deal and who won it"."""
    asked = bool(behind) and behind[0].kind in ("who", "which")
    people = any(_record(a) in (About.ACCOUNTS, About.CONTACTS, About.LEADS) for a in before)
    return asked and _extreme(before) and not people and before[0].kind not in ("who", "which")


def _two_splits(before: Sequence[Atom], behind: Sequence[Atom]) -> bool:
    """ "Open deals by stage, won deals by product": each by its own."""
    here = [b.value for a, b in pairwise(before) if a.kind in SPLITTING]
    by = next((i for i, a in enumerate(behind) if a.kind in SPLITTING), None)
    if not here or by is None or by + 1 >= len(behind):
        return False
    noun = any(_record(a) is not None for a in behind[:by])
    return noun and behind[by + 1].value not in here


def _two_measures(before: Sequence[Atom], behind: Sequence[Atom]) -> bool:
    """ "Count and value", "number and share"; a sign behind a number is none, and a rate is a share anyhow."""
    first = {str(a.value) for a in before if _measures(a)}
    first |= {"share"} if any(a.kind == "rate" for a in before) else set()
    signs = [b for a, b in pairwise(behind) if a.kind == "number"]
    second = {str(a.value) for a in behind if _measures(a) and not any(a is s for s in signs)}
    return bool(first and second - first)


def _measures(atom: Atom) -> bool:
    return (atom.kind == "how" and atom.value in MEASURES) or atom.kind == "rate"


def _extreme(atoms: Sequence[Atom]) -> bool:
    return any(a.kind == "extreme" for a in atoms)


def _two_nouns(before: Sequence[Atom], behind: Sequence[Atom]) -> bool:
    """ "How many accounts and contacts": two kinds of record right beside each other, opening the question."""
    if not before or any(a.kind not in OPENING for a in before[:-1]):
        return False
    second = next((a for a in behind if a.kind != "how"), None)
    first = _record(before[-1])
    other = _record(second) if second is not None else None
    return first is not None and other is not None and first != other


def _record(atom: Atom) -> About | None:
    if is_typed(atom):
        return About.ACTIVITIES
    return atom.value if atom.kind == "about" and isinstance(atom.value, About) else None


def _counts(atom: Atom) -> bool:
    return atom.kind == "how" and atom.value == "number"


def _asks_more(joint: Atom, behind: Sequence[Atom], words: Words) -> bool:
    """ "... and how many were answered": a number is asked, and something is said of what; "and by how much" too.

    "And how much is it worth" asks for the figure of the one that was ranked.
    """
    first, second = (behind[0] if behind else None), (behind[1] if len(behind) > 1 else None)
    much = second is not None and second.value == "much"
    if first is not None and first.kind == "by" and much:
        return True
    told = [a for a in behind if a.kind in TELLING]
    worth = first is not None and first.value == "much" and [a.value for a in told] == ["value"]
    asked = _is_number(joint, words) or any(a.kind == "how" and a.value in ("number", "much") for a in behind[:2])
    return asked and bool(told) and not worth


def _is_number(joint: Atom, words: Words) -> bool:
    """ "And how many", "und wie viele" are one joint."""
    _, _, rest = plain(joint.text).partition(" ")
    return bool(rest) and rest in {plain(phrase) for phrase in words.how["number"].split(",")}


def _is_counted(atom: Atom, frame: QueryFrame) -> bool:
    """The noun for what the frame counts, or for a kind of it."""
    return atom.value is frame.about or (frame.about is About.ACTIVITIES and is_typed(atom))
