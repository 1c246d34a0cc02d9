"""Full stops that end no sentence: those of "Fr. Sommerfeld", "z. B.", "No. 5", "J. Weber"."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from crm.threads import phrases

_INITIAL = r"(?<=\b[A-ZÀ-ÖØ-Þ])\."  # "J. Weber", "M. Morin"


@cache
def stop() -> str:
    """A pattern of such a full stop. It looks behind only where a full stop stands: other letters cost nothing."""
    names = phrases.names()
    parts = [re.split(r"\.\s", each) for each in names.abbreviations]
    either = [_behind((sign.join(each) for each in parts for sign in (".", ". ")), r"\.")]
    either += [
        _behind((sign.join(each[:at]) for sign in (".", ". ")), rf"\.(?=\s?{_rest(each[at:])})")
        for each in parts
        for at in range(1, len(each))
    ]
    either.append(_behind(names.numbering, r"\.(?=\s?\d)"))
    return f"(?:{_INITIAL}|{'|'.join(either)})"


def _rest(parts: Iterable[str]) -> str:
    return r"\s?".join(rf"{re.escape(part)}\." for part in parts)


@cache
def single() -> frozenset[str]:
    """The abbreviations of one word, in lower case."""
    return frozenset(each for each in phrases.names().abbreviations if " " not in each)


def _behind(words: Iterable[str], then: str) -> str:
    """What follows one of the words; they are looked for backwards, which Python does for one length at a time."""
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for word in dict.fromkeys(words):
        by_length[len(word)].append(re.escape(word))
    alike = [rf"(?<=\b(?:{'|'.join(found)}))" for found in by_length.values()]
    return f"(?i:(?:{'|'.join(alike)}){then})"
