"""Reads a list of who was at a meeting: one company or more, as recorders and calendars write it behind each name."""

import re
from collections.abc import Sequence
from functools import lru_cache

_BEHIND = re.compile(r"\(([^()\n]{2,40})\)")
_BETWEEN = re.compile(r"\s*[,;&]\s*")
_TIME = re.compile(r"\d+[:.]\d\d|\d+ ?(?:min|m|s|%)")
_ANSWERS = frozenset(("organizer", "organiser", "accepted", "declined", "tentative", "host", "contact", "user"))
_OUTSIDE = frozenset(("external", "guest", "extern", "externe", "externo", "externa", "esterno", "esterna"))
_FEWEST = 2  # people, to speak of one company or more


def present(folded_text: str, labels: Sequence[str]) -> str:
    """ "one" company only, "more" than one, or nothing when no list says so."""
    if "(" not in folded_text or ":" not in folded_text or not (found := _listed(tuple(labels)).search(folded_text)):
        return ""
    marks = [mark.strip().lower() for mark in _BEHIND.findall(found[1]) if not _TIME.search(mark)]
    marks = [mark for mark in marks if mark not in _ANSWERS]
    if len(marks) < _FEWEST:
        return ""
    unmarked = len(_BETWEEN.split(_BEHIND.sub("", found[1]).strip(" .,;"))) > len(marks)
    if unmarked or _OUTSIDE.intersection(marks):
        return "more"  # a list that marks some marks those of the other side
    return "one" if len(set(marks)) == 1 else "more"


@lru_cache(maxsize=4)
def _listed(labels: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?:^|[\n|.])[ \t>*-]*(?:{either})\b[ \t\w]{{0,20}}:([^\n|]*)", re.I)
