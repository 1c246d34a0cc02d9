"""What stands in brackets: left out where it says nothing that the question did not say, else part of it."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from crm.insight.frame import Column, QueryFrame
from crm.insight.question.lexicon import Atom, Lexicon
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Remarks

ASIDE = re.compile(r"\(([^()]*)\)")
JOINING = frozenset({"about", "rel", "comma", "and", "or", "with"})  # these tell nothing by themselves
LISTED = re.compile(r"\s*,\s*")


def without_echoes(text: str, lexicon: Lexicon) -> str:
    """The text with blanks for asides that point back: "(no won deal for it)", "(Monday to Sunday)".

    One that holds an unknown word, or anything that the rest does not say, stays and must be understood.
    """
    for aside in ASIDE.finditer(text):
        rest = _blanked(text, aside)
        if _whole_week(aside[1], lexicon.words.remarks) or _echoes(aside[1], rest, lexicon):
            text = rest
    return text


def without_units(text: str, lexicon: Lexicon) -> str:
    """The text with blanks for asides that only tell in what company money is counted: "(in m USD)"."""
    units = words_of_remark(lexicon.words.remarks.unit)
    for aside in ASIDE.finditer(text):
        told = plain(aside[1]).split()
        if told and set(told) <= units:
            text = _blanked(text, aside)
    return text


def unit_fits(frame: QueryFrame) -> bool:
    """Only companies' own money is told in millions here; "(in USD)" beside deals says which deals."""
    return frame.of is Column.REVENUE


def words_of_remark(words: str) -> frozenset[str]:
    """The single words of a list in the playbook."""
    return frozenset(plain(word) for word in LISTED.split(words))


def _blanked(text: str, aside: re.Match[str]) -> str:
    return text[: aside.start()] + " " * len(aside[0]) + text[aside.end() :]


def _whole_week(aside: str, remarks: Remarks) -> bool:
    return plain(re.sub(r"[-–—]", " ", aside)) in words_of_remark(remarks.whole_week)


def _echoes(aside: str, rest: str, lexicon: Lexicon) -> bool:
    inner, outer = lexicon.scan(aside), lexicon.scan(rest)
    told = set(_told(inner.atoms))
    narrows = set(plain(aside).split()) & words_of_remark(lexicon.words.remarks.only)
    return bool(told) and not inner.unknown and not narrows and told <= set(_told(outer.atoms))


def _told(atoms: Sequence[Atom]) -> Iterable[str]:
    """What each atom says, whatever word says it; a value of the data counts as itself, with its field or without."""
    for atom, behind in zip_longest(atoms, atoms[1:]):
        led = atom.kind == "field" and behind is not None and behind.kind in ("condition", "name", "value")
        if atom.kind not in JOINING and not led:
            yield f"{atom.kind} {atom.names or atom.value}" if atom.kind == "name" else f"{atom.kind} {atom.value}"
