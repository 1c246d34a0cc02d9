"""Takes a person's words out of texts, wherever they do not stand inside a longer word."""

import re
from collections.abc import Iterable
from typing import Any

TAKEN_OUT = "▮▮▮"  # what stands where words were taken out


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, the longest first, whatever their case; white space in them may be any. None for no words."""
    wanted = sorted({" ".join(word.split()) for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return None
    told = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in wanted)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)", re.IGNORECASE)


def without(value: Any, pattern: re.Pattern[str]) -> Any:
    """The same text, or JSON, with the pattern taken out of every text in it."""
    match value:
        case str():
            return pattern.sub(TAKEN_OUT, value)
        case list():
            return [without(one, pattern) for one in value]
        case dict():
            return {name: without(one, pattern) for name, one in value.items()}
        case _:
            return value
