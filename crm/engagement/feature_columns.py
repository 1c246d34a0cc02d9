"""Finds the number of a column by what it is made of, without building its name for every word of every record."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """The columns of words, and of pairs of words that follow each other."""

    alone: dict[str, int]
    pairs: dict[tuple[str, str], int]


class Flags(dict[str, tuple[int, ...]]):
    """The columns that a flag fills in records of one channel, looked up once for each flag."""

    def __init__(self, columns: Mapping[str, int], channel: str, blank: bool) -> None:
        super().__init__()
        self._columns = columns
        self._channel = channel
        self._blank = blank

    def __missing__(self, flag: str) -> tuple[int, ...]:
        names = flag_names(flag, self._channel, self._blank)
        self[flag] = found = tuple([self._columns[name] for name in names if name in self._columns])
        return found

    def __reduce__(self) -> tuple[type["Flags"], tuple[Mapping[str, int], str, bool]]:
        return Flags, (self._columns, self._channel, self._blank)


# What a flag is crossed with its channel for.
_CROSSED = ("no:", "subject:", "body:", "outcome:", "last:", "has:", "tag:", "top:", "rule:", "says:")


def flag_names(flag: str, channel: str, blank: bool) -> list[str]:
    """A flag's columns: alone, within its channel, and within an empty body, where a subject must speak for all."""
    names = [flag]
    if flag.startswith(_CROSSED) or (":" not in flag and ">" not in flag):
        names.append(f"{channel}|{flag}")
    if blank:
        names.append(f"blank|{channel}|{flag}")
    return names


def plain_words(columns: Mapping[str, int]) -> dict[str, int]:
    """The columns `=word`, by the word."""
    return {name[1:]: number for name, number in columns.items() if name.startswith("=")}


def marked_words(columns: Mapping[str, int], marks: Iterable[str]) -> dict[str, Words]:
    """The columns `x_word` and `x_word next`, by the mark x."""
    found: dict[str, Words] = {mark: Words({}, {}) for mark in marks}
    for name, number in columns.items():
        if name[1:2] != "_" or name[0] not in found:
            continue
        word, _, following = name[2:].partition(" ")
        if following:
            found[name[0]].pairs[word, following] = number
        else:
            found[name[0]].alone[word] = number
    return found
