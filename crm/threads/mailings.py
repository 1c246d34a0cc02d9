"""Recognises a mass mailing by the lines it prints around its text: how to read it in a browser, how to get rid of it.

A person writes of newsletters too, asks to be taken off a list, has one in his signature. So a mark is not a word but
what a line, a sentence or the name of a link begins with, and the asking of a person is none.
"""

import re

from crm.threads import phrases
from crm.threads.scanning import Scanned

_LONG = 150  # characters: a shorter text may be a refusal in a mailing's words
_PARTS = re.compile(r"[\n|•·*;<>(){}\[\]/]|\s[-–—]\s|[.!?:…](?=\s)")
_LINE = re.compile(r"[\n|•·]")
_LEAST = 2


def is_mailing(text: str, scanned: Scanned) -> bool:
    """Whether a text of any sender carries enough marks; `scanned` is what was found in it."""
    if not scanned.has("bulk") or scanned.count("bulk") + scanned.count("imprint") < _LEAST:
        return False
    marks = _marks(_PARTS.split(text), scanned)
    return marks >= _LEAST or (marks > 0 and len(text) > _LONG and not _asks(text))


def is_signed_off(text: str, scanned: Scanned) -> bool:
    """Whether a line of a long text is a mark: enough for a mail that answers nobody."""
    if len(text) <= _LONG or not scanned.has("bulk") or _asks(text):
        return False
    return any(_marks([part for part in _PARTS.split(line) if part.strip()][:1], scanned) for line in _LINE.split(text))


def _marks(parts: list[str], scanned: Scanned) -> int:
    """How many different marks the parts begin with."""
    begun = [part.strip(" \t\"'“”„,.→»!_&").lower() for part in parts]
    return len({_mark(part, scanned.found["bulk"]) for part in begun if not _asks(part)} - {""})


def _mark(part: str, cues: tuple[str, ...]) -> str:
    """The longest mark that the part begins with, if any."""
    begun = [cue for cue in cues if part.startswith(cue) and not part[len(cue) : len(cue) + 1].isalpha()]
    return max(begun, key=len, default="")


def _asks(text: str) -> bool:
    return phrases.holds(phrases.boilerplate().requests, text.lower())
