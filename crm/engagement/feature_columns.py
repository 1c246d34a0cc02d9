"""Finds the number of a column by what it is made of, without building its name for every word of every record."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

STEM = 5  # letters of a word that count: eight languages bend their endings
NOTHING: Mapping[str, int] = {}


class Word(NamedTuple):
    """A word as the model knows it, by its beginning.

    `marked` and `plain` are its columns with and without the letter of who wrote it, `pairs` those of the pairs that
    begin with it, by the beginning of the next word.
    """

    stem: str
    marked: int | None
    plain: int | None
    pairs: Mapping[str, int]


class Words(dict[str, Word | None]):
    """What the model knows of each word that is written by one side; None for a word that it does not know.

    Looked up by the whole word, once for all that is asked of it: among so many columns that is what takes time.
    """

    def __init__(self, known: Mapping[str, Word], others: Mapping[str, Word]) -> None:
        """`others` are words that the model knows only without a mark, the same for all sides."""
        super().__init__()
        self._known = known
        self._others = others

    def __missing__(self, word: str) -> Word | None:
        stem = word[:STEM]
        self[word] = found = self._known.get(stem) or self._others.get(stem)
        return found

    def __reduce__(self) -> tuple[type["Words"], tuple[Mapping[str, Word], Mapping[str, Word]]]:
        return Words, (self._known, self._others)


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


def words_of(columns: Mapping[str, int], marks: Iterable[str]) -> dict[str, Words]:
    """The columns `=word`, and by the mark x `x_word` and `x_word next`."""
    plain = {name[1:]: number for name, number in columns.items() if name.startswith("=")}
    marked: dict[str, dict[str, int]] = {mark: {} for mark in marks}
    pairs: dict[str, dict[str, dict[str, int]]] = {mark: {} for mark in marked}
    for name, number in columns.items():
        if name[1:2] != "_" or name[0] not in marked:
            continue
        word, _, following = name[2:].partition(" ")
        if following:
            pairs[name[0]].setdefault(word, {})[following] = number
            pairs[name[0]].setdefault(following, {})
        else:
            marked[name[0]][word] = number
    others = {word: Word(word, None, number, NOTHING) for word, number in plain.items()}
    return {mark: Words(_known(marked[mark], pairs[mark], plain), others) for mark in marked}


def _known(
    marked: Mapping[str, int], pairs: Mapping[str, Mapping[str, int]], plain: Mapping[str, int]
) -> dict[str, Word]:
    words = dict.fromkeys((*marked, *pairs))
    return {word: Word(word, marked.get(word), plain.get(word), pairs.get(word, NOTHING)) for word in words}
