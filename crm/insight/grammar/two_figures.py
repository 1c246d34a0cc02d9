"""Refuses what asks for two figures at once: "X and how many Y", "the largest and the smallest", "win rate and size".

Two that one frame tells side by side, as won and lost, calls in May and in June, are no such.
"""

from collections.abc import Sequence
from itertools import pairwise

from crm.insight.frame import About, Column, QueryFrame
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import TwoFigures
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Words

MEASURES = ("number", "share", "average", "median", "total", "sum")
TELLING = ("condition", "name", "value", "rate", "column", "created", "contacted", "period")
OPENING = ("how", "which", "listing", "comma")  # what may stand before the first of two that are counted


def refuse_two_figures(parts: Parts) -> None:
    """Raises TwoFigures where the words alone tell it."""
    for joint in parts.all("and"):
        place = parts.place(joint)
        before, behind = parts.atoms[:place], parts.atoms[place + 1 :]
        measured = _two_measures(before, behind) and not parts.all("change")
        extremes = _extreme(before) and (_extreme(behind) or _asks_more(joint, behind, parts.words))
        if measured or extremes or _two_nouns(before, behind):
            raise TwoFigures


def refuse_untold(atoms: Sequence[Atom], frame: QueryFrame, words: Words) -> None:
    """Raises TwoFigures where a number is asked again, or of the same noun, and no row of its own tells it."""
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
    if isinstance(frame.of, Column):
        return False
    return atom.value is frame.about or (frame.about is About.ACTIVITIES and is_typed(atom))
