"""Phrases of a word list among plain words: what begins with one, what is left without them."""

from collections.abc import Collection, Sequence

LONGEST = 8  # words of a phrase


def without(words: Sequence[str], phrases: Collection[str]) -> tuple[list[str], bool]:
    """The plain words without these phrases, the longest taken first, and whether there was one."""
    left: list[str] = []
    at, found = 0, False
    while at < len(words):
        sizes = (n for n in range(LONGEST, 0, -1) if at + n <= len(words) and " ".join(words[at : at + n]) in phrases)
        length = next(sizes, 0)
        if length:
            at, found = at + length, True
        else:
            left.append(words[at])
            at += 1
    return left, found


def begun(words: Sequence[str], phrases: Collection[str]) -> int:
    """How many words the longest phrase has that they begin with."""
    sizes = range(min(LONGEST, len(words)), 0, -1)
    return next((n for n in sizes if " ".join(words[:n]) in phrases), 0)
