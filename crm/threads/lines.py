"""A body as lines with their quote marks. Heads that share a line with other words get a line of their own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crm.threads.heads import Found, Head

_MARKS = re.compile(r"[ \t]*(>[> \t]*)")


class Line(NamedTuple):
    """The words of a line, after its `>` marks. A tuple, for there are many."""

    start: int
    end: int
    marks: int
    head: Head | None = None


def cut(text: str, found: Sequence[Found]) -> list[Line]:
    """The lines of the text, in order; a sentence or one-line head that was found is a line, even when wrapped."""
    if not found and ">" not in text:
        return _plain(text)
    lines: list[Line] = []
    at, marks = 0, 0
    for head in found:
        _stretch(text, at, head.start, marks, lines)
        marks = _head_marks(text, at, head.start, lines)
        lines.append(Line(head.start, head.end, marks, head.head))
        at = head.end
    _stretch(text, at, len(text), marks, lines)
    return lines


def _plain(text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        lines.append(Line(start, end, 0))
        start = end + 1
    return lines


def _stretch(text: str, start: int, stop: int, marks: int, lines: list[Line]) -> None:
    """The lines between two heads. What follows a head on its own line is quoted as deep as it says, or as the head."""
    first = bool(lines)
    while start < stop:
        newline = text.find("\n", start, stop)
        end = stop if newline < 0 else newline
        found = _MARKS.match(text, start, end)
        if found:
            lines.append(Line(found.end(), end, found[1].count(">")))
        elif not first or not text[start:end].isspace():
            lines.append(Line(start, end, marks if first else 0))
        first = False
        start = end + 1


def _head_marks(text: str, start: int, stop: int, lines: list[Line]) -> int:
    """How deep a head lies: by the marks right before it, else as deep as the words it shares a line with."""
    if lines and lines[-1].start == lines[-1].end == stop and lines[-1].head is None:
        return lines.pop().marks
    newline = text.rfind("\n", start, stop)
    if (newline >= 0 and text[newline + 1 : stop].isspace()) or newline == stop - 1:
        return 0
    return lines[-1].marks if lines and stop > start else 0
