"""The two questions in one that asks for two figures, made of its own words: "X and the average Y"."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from crm.insight.frame import Condition, How, QueryFrame, When, Where
from crm.insight.question.lexicon import Atom, Named
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Words

MEASURING = ("how", "rate", "column", "extreme")
OPENING = (*MEASURING, "which", "who")
AGGREGATES = ("average", "median", "total", "sum")
NOUNS = ("about", "condition")
SPLITTING = ("by", "per")


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two as text, with the names and times that its words have there."""

    text: str
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int


Reads = Callable[[Half], QueryFrame | None]
"""The frame of a half, where it has one."""


def halves_in(
    question: str, atoms: Sequence[Atom], named: Sequence[Named], words: Words, reads: Reads
) -> tuple[str, ...]:
    """The two questions, where each of them can be answered and nothing is lost between them."""
    joints = {plain(phrase) for phrase in words.words["and"].split(",")}
    for first_ways, second_ways in _ways(question, atoms, named, joints):
        firsts = [(half, frame) for half in first_ways if (frame := reads(half)) is not None]
        seconds = [(half, frame) for half in second_ways if (frame := reads(half)) is not None]
        for first, told in firsts:
            for second, other in seconds:
                if _belong(told, other):
                    return (first.text, second.text)
    return ()


def _belong(first: QueryFrame, second: QueryFrame) -> bool:
    """Both keep the rows and the conditions that one of them has, unless they count another kind of record."""
    if first == second:
        return False
    if first.about is not second.about:
        return True
    of_rate = {c.field for c in first.are if isinstance(c, Where)}  # a win rate is one of won and lost deals
    own = [c for c in first.where if not (isinstance(c, Where) and c.field in of_rate)]
    return {*first.group} == {*second.group} and all(_kept(c, second) for c in own)


def _kept(condition: Condition, frame: QueryFrame) -> bool:
    """Told by the second as well, or said otherwise there."""
    if condition in frame.where:
        return True
    if isinstance(condition, When):
        whenever = condition.period.start is None and condition.period.end is None
        return whenever or any(isinstance(c, When) for c in frame.where)
    other = [c.field for c in (*frame.where, *frame.are) if isinstance(c, Where)]
    return isinstance(condition, Where) and (condition.field in other or frame.how is How.DISTINCT)


def _ways(
    question: str, atoms: Sequence[Atom], named: Sequence[Named], joints: Collection[str]
) -> Iterator[tuple[list[Half], list[Half]]]:
    """For each joint that may part the question: ways to ask the first of the two, and the second."""
    for place, joint in enumerate(atoms):
        head, tail = list(atoms[:place]), list(atoms[place + 1 :])
        if joint.kind not in ("and", "comma") or not head:
            continue
        opening, *_ = joint.text.split()
        begins = joint.start + len(opening if plain(opening) in joints else joint.text)
        first, second = _first(question, head, tail, joint.start), _second(question, head, tail, joint.start, begins)
        yield (
            [_told(question, way, named) for way in first],
            [_told(question, way, named) for way in second],
        )


def _first(question: str, head: Sequence[Atom], tail: Sequence[Atom], ends: int) -> list[list[_Piece]]:
    """What stands before the joint, with what the tail says of both."""
    opening = _Piece(0, ends)
    told = _measured(tail)
    column = next((a.start for a in tail if a.kind == "column"), None)
    if head[-1].value in AGGREGATES and tail[0].value in AGGREGATES and column is not None:
        told = column  # "average and median sales cycle"
    rest = _Piece(told, len(question))
    ways = [[opening, rest]] if _bare(head) else []
    split = next((a.start for a in tail if a.kind in SPLITTING), None)
    ways += [[opening, _Piece(split, len(question))]] if split is not None else []
    return [*ways, [opening]]


def _second(question: str, head: Sequence[Atom], tail: Sequence[Atom], ends: int, begins: int) -> list[list[_Piece]]:
    """What stands behind the joint, with what the head says of both."""
    behind = _Piece(begins, len(question))
    told = max(_measured(tail), begins)
    asked = _Piece(begins, told) if told > begins else _Piece(0, _measured(head))
    rest, own = _Piece(told, len(question)), _Piece(_measured(head), ends)
    split = next((a.start for a in head if a.kind in SPLITTING), None)
    ways = [[behind, _Piece(split, ends)]] if split is not None else []
    subject = _subject(head)
    if subject is not None:
        ways += [[asked, subject, rest, _Piece(split, ends)]] if split is not None else []
        ways.append([asked, subject, rest])
    return [*_other_extreme(head, tail, ends, len(question)), [behind], *ways, [asked, own, rest], [asked, rest]]


def _other_extreme(head: Sequence[Atom], tail: Sequence[Atom], ends: int, last: int) -> list[list[_Piece]]:
    """ "Which product sells best and which worst": the same with the other extreme."""
    here, there = (next((a for a in atoms if a.kind == "extreme"), None) for atoms in (head, tail))
    if here is None or there is None:
        return []
    own, other = ((a.start, a.start + len(a.text)) for a in (here, there))
    return [[_Piece(0, own[0]), _Piece(*other), _Piece(own[1], ends), _Piece(other[1], last)]]


def _subject(head: Sequence[Atom]) -> _Piece | None:
    """The words for what is counted, all beside each other: "open deals"."""
    run = list(takewhile(lambda a: a.kind in NOUNS, dropwhile(lambda a: a.kind not in NOUNS, head)))
    return _Piece(run[0].start, run[-1].start + len(run[-1].text)) if run else None


def _bare(head: Sequence[Atom]) -> bool:
    """ "Number and value of open deals": of what, is said behind the joint."""
    return all(a.kind in OPENING for a in head)


def _measured(atoms: Sequence[Atom]) -> int:
    """Where the words for what is computed end."""
    last = -1
    for atom in atoms:
        if atom.kind not in OPENING:
            break
        last = atom.start + len(atom.text)
    return last if last >= 0 else (atoms[0].start if atoms else 0)


def _told(question: str, pieces: Sequence[_Piece], named: Sequence[Named]) -> Half:
    text = ""
    kept: list[Named] = []
    for piece in pieces:
        said = question[piece.start : piece.end]
        bare = said.strip(" ,;.?")
        if not bare:
            continue
        text += " " if text else ""
        moved = len(text) - piece.start - (len(said) - len(said.lstrip(" ,;.?")))
        inside = (n for n in named if piece.start <= n.start and n.end <= piece.end)
        kept += [replace(n, start=n.start + moved, end=n.end + moved) for n in inside]
        text += bare
    return Half(text, tuple(kept))
