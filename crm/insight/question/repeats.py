"""Asides that say that every record counts, left out: "repeats included", "every logged record", "doublons compris"."""

import re

from crm.insight.question.brackets import words_of_remark
from crm.insight.question.lexicon import Lexicon
from crm.insight.question.tokens import plain

CLAUSE = re.compile(r"[^,;()\u2013\u2014]+")


def without_repeats(text: str, lexicon: Lexicon) -> str:
    """The text with blanks for such asides; records are counted as they stand, so that they change nothing.

    An aside with any other word stays, and so does one that leaves repeats out, or stands beside "different".
    """
    for clause in reversed(list(CLAUSE.finditer(text))):
        rest = text[: clause.start()] + " " * len(clause[0]) + text[clause.end() :]
        if _all_count(clause[0], lexicon) and _asks(rest, lexicon):
            text = rest
    return text


def _all_count(clause: str, lexicon: Lexicon) -> bool:
    remarks = lexicon.words.remarks
    words = set(plain(clause.replace("+", " ")).split())
    copies, logged, counted, every, removing, denying = (
        words_of_remark(group)
        for group in (
            remarks.copies,
            remarks.logged,
            remarks.counted,
            remarks.every,
            remarks.removing,
            remarks.denying,
        )
    )
    joining = words_of_remark(remarks.joining)
    if words - copies - logged - counted - every - removing - denying - joining:
        return False
    if words & removing or words & denying:  # "don't drop duplicates", but neither "drop" nor "not counted"
        return bool(words & copies and words & removing and words & denying) and not words & counted
    return bool(words & copies and words & (counted | every)) or bool(words & logged and words & every)


def _asks(rest: str, lexicon: Lexicon) -> bool:
    """What is counted stands elsewhere, and each thing is not to be counted once."""
    atoms = lexicon.scan(rest).atoms
    return any(a.kind in ("about", "condition") for a in atoms) and not any(a.value == "distinct" for a in atoms)
