"""Reads one record of a table whose quotes break the rules."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """What could be made of a text that starts with a record.

    `open_at` is where the quote stands that is never closed, or -1; `suspect` is where, inside a quoted cell, a
    quote stands that looks like the start of another cell, or -1: the cell's own quote was probably forgotten.
    """

    cells: tuple[str, ...]
    end: int
    open_at: int = -1
    suspect: int = -1


def split(text: str, separator: str) -> Split:
    """The first record of `text`. A quote inside a quoted cell that closes nothing is taken as a letter."""
    cells: list[str] = []
    at, suspect = 0, -1
    while True:
        if text.startswith('"', at):
            close, found = _closing(text, at + 1, separator)
            suspect = found if suspect < 0 else suspect
            if close < 0:
                return Split((*cells, text[at + 1 :]), len(text), at, suspect)
            cells.append(text[at + 1 : close].replace('""', '"'))
            at = close + 1
        else:
            stop = _stop(text, at, separator)
            cells.append(text[at:stop])
            at = stop
        if not text.startswith(separator, at):
            return Split(tuple(cells), _past_newline(text, at), -1, suspect)
        at += len(separator)


def _closing(text: str, start: int, separator: str) -> tuple[int, int]:
    """Where the cell's closing quote stands (-1: nowhere), with the first suspect quote before it."""
    suspect, at = -1, start
    while (at := text.find('"', at)) >= 0:
        after = text[at + 1 : at + 2]
        if after == '"':
            at += 2
            continue
        if after in ("", separator, "\r", "\n"):
            return at, suspect
        if suspect < 0 and text[at - 1] in (separator, "\r", "\n"):
            suspect = at
        at += 1
    return -1, suspect


def _stop(text: str, at: int, separator: str) -> int:
    ends = (text.find(mark, at) for mark in (separator, "\r", "\n"))
    return min((end for end in ends if end >= 0), default=len(text))


def _past_newline(text: str, at: int) -> int:
    if text.startswith("\r\n", at):
        return at + 2
    return min(at + 1, len(text))
