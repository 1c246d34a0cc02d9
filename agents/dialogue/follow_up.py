"""Tells whether a question leans on the turn before: "and who else?", "what did they say?", "make it shorter"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.nouns import Period

SHORT, VERY_SHORT = 7, 3  # words


@dataclass(frozen=True, slots=True)
class Lean:
    """How a question leans on the turn before.

    `cleared` means it asks about everybody, `points` that it has a word for somebody named before, `many` that it
    asks about all of something.
    """

    follows: bool
    opens: bool
    cleared: bool
    earlier: bool
    later: bool
    points: bool = False
    many: bool = False


def lean_of(text: str) -> Lean:
    """Read from the question alone; whether there was a turn before is the caller's to know."""
    words = words_of(text)
    said = _phrases(words)
    opens = len(words) <= SHORT and _starts(words, word_list("asking")["opener"])
    cleared = bool(said & word_list("asking")["everybody"])
    points = bool(said & (word_list("asking")["pronoun"] | word_list("asking")["thing"]))
    owned = bool(said & word_list("asking")["possessive"]) or _toward_them(words)
    many = bool(said & word_list("asking")["many"]) or _asks_who(words, said)
    opens = opens and not (many and words[0] in word_list("asking")["question"])  # "how many ..." is a new question
    short = 0 < len(words) <= VERY_SHORT and not many
    return Lean(
        follows=not cleared and (opens or short or owned or (points and not many)),
        opens=opens,
        cleared=cleared,
        earlier=bool(said & word_list("asking")["earlier"]),
        later=bool(said & word_list("asking")["later"]),
        points=points,
        many=many,
    )


def moved(lean: Lean, before: Period | None, as_of: date | None) -> Period | None:
    """The period of the turn before, or the time before or after it when the question says so."""
    if before is None or not (lean.earlier or lean.later):
        return before
    if lean.earlier and before.start:
        return Period(None, before.start - timedelta(days=1), before.words)
    if lean.later and before.end and as_of and before.end < as_of:
        return Period(before.end + timedelta(days=1), as_of, before.words)
    return before


def _toward_them(words: Sequence[str]) -> bool:
    """ "With them", "mit denen": somebody named before, whatever is asked about all of."""
    asking = word_list("asking")
    return any(a in asking["toward"] and b in asking["pronoun"] for a, b in pairwise(words))


def _asks_who(words: Sequence[str], said: set[str]) -> bool:
    """ "Who went quiet": of everybody, which ones; but "who answered last" is about those we speak of."""
    asks = word_list("asks")
    of_all = asks["quiet"] | asks["never"] | asks["calls"] | asks["waiting"] | word_list("worrying")["refusal"]
    return bool(set(words[:2]) & asks["who"]) and bool(said & of_all)


def _starts(words: Sequence[str], openers: frozenset[str]) -> bool:
    return any(" ".join(words[:length]) in openers for length in range(1, 4))


def _phrases(words: Sequence[str]) -> set[str]:
    return {" ".join(words[a : a + n]) for n in range(1, 5) for a in range(len(words) - n + 1)}
