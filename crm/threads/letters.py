"""Whom a message greets and who signs it, read from its first and last lines."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from crm.threads import abbreviations, phrases
from crm.threads.people import Person, words
from crm.threads.signature import closed

_WORD = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
_BEFORE = " \t\r\n>*_-–—.,!\"'“”0123456789"
_NAMED = re.compile(rf"(?:[\s,]+(?:and|und|et|y|e|en|i)\s\w+)?,?\s+((?:{_WORD}\s?){{1,4}})")
_CALLED = re.compile(rf"\s*((?:{_WORD}\s){{0,2}}{_WORD})\s?(?:[,:;!]|\s?[-–—](?=\s)|\n|$)")
_PARTICLES = frozenset(("de", "van", "der", "den", "von", "da", "di", "le", "la", "del", "dos"))
_NO_NAME = re.compile(r"[0-9@|:/]")
_TAIL_LINES = 14
_EDGES = " \t>*_,;-–—/\r"


class Letter(NamedTuple):
    """The names a message shows of itself. A tuple, for there are many."""

    greets: str = ""
    tail: tuple[str, ...] = ()
    signed: str = ""


NO_LETTER = Letter()


@lru_cache(maxsize=1024)  # a mail is read again in the quotes of every answer
def read(text: str) -> Letter:
    """The greeting and the signature of one message, which may have lost its newlines."""
    body = text.strip()
    tail = _tail(body)
    return Letter(_greets(body[:160]), tail, _signed(tail, lost=body.count("\n") < 2))


def _greets(start: str) -> str:
    words = start.lstrip(_BEFORE)
    low = words.lower()
    known = _greetings().get(low.partition(" ")[0].strip(",.!"), ())
    longest = next((greeting for greeting in known if low.startswith(greeting)), "")
    if longest and (found := _NAMED.match(words, len(longest))):
        return found[1].strip(" ,.-")
    found = _CALLED.match(start)
    return found[1] if found and len(found[1]) < 40 else ""


@cache
def _greetings() -> dict[str, tuple[str, ...]]:
    """Greetings by their first word, the longest first."""
    known = sorted(phrases.boilerplate().greetings, key=len, reverse=True)
    return {first: tuple(g for g in known if g.split()[0] == first) for first in {g.split()[0] for g in known}}


def _tail(body: str) -> tuple[str, ...]:
    """The short lines at the end, last first: where names stand. The first line greets, it does not sign."""
    lines = [line.strip(_EDGES) for line in body[-1500:].rsplit("\n", 24)]
    if len(lines) < 3:
        lines = [*lines[:-1], *(part.strip(_EDGES) for part in _sentences(lines[-1][-200:]))]
    filled = [line for line in lines if line]
    if len(body) <= 1500:
        filled = filled[1:]
    return tuple(line for line in reversed(filled) if len(line) < 70)[:_TAIL_LINES]


def _sentences(line: str) -> Iterator[str]:
    """What a text that lost its newlines may have had on lines of its own; two spaces end as well."""
    start = 0
    for end in _inline_end().finditer(line):
        yield line[start : end.end(1) if end[1] else end.start()]
        start = end.end()
    yield line[start:]


@cache
def _inline_end() -> re.Pattern[str]:
    return re.compile(rf"(?!{abbreviations.stop()})([.!?…)])\s+|\s{{2,}}")


def _signed(tail: tuple[str, ...], lost: bool) -> str:
    """The first name of the block that closes the message: after it come title and company.

    Where the newlines are `lost`, a sentence of one word above a name is an exclamation: "Urgent. Tom".
    """
    names: list[str] = []
    for line in tail:
        behind = closed(line)
        if behind is not None:
            names += [behind] if behind else []
            break
        if lost and names and line[-1] == "." and " " not in line:
            break
        if line[-1] in "?!:" or line[0].islower() or (line[-1] == "." and len(line.split()) > 3) or len(line) > 60:
            break
        if _is_name(line):
            names.append(line.rstrip("."))
    if not names:
        return ""
    first = names[-1]
    return next((n for n in reversed(names) if len(n) > len(first) and n.startswith(first + " ")), first)


def _is_name(line: str) -> bool:
    parts = line.split()
    if not 0 < len(parts) < 5 or _NO_NAME.search(line) or line.lower().strip(".! ") in _exclaimed():
        return False
    return all(part[0].isupper() or part in _PARTICLES for part in parts)


@cache
def _exclaimed() -> frozenset[str]:
    return frozenset(phrases.names().exclaimed)


def signs(letter: Letter, who: Person) -> bool:
    """Whether a line at the end begins with this person's name, or is its initials."""
    return signs_in_full(letter, who) or _initials(letter, who)


def signs_in_full(letter: Letter, who: Person) -> bool:
    """The same by a name; one letter may be anybody's."""
    name = _names(who)
    for line in letter.tail if name else ():
        first = words(closed(line) or line)[: len(name) + 1]
        if first and len(first[0]) > 1 and _opens(first, name):
            return True
    return False


def _initials(letter: Letter, who: Person) -> bool:
    name = _names(who)
    last = words(letter.tail[0]) if letter.tail and len(letter.tail[0]) < 5 else ()
    return bool(name and last) and all(len(w) == 1 for w in last) and last == tuple(w[0] for w in name[: len(last)])


def _names(who: Person) -> tuple[str, ...]:
    """The words of somebody's name, or of the address."""
    return words(who.name) or words(re.sub(r"[\d_.+-]", " ", who.address.partition("@")[0]))


def _opens(line: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """`Jane`, `Jane Doe`, `J. Doe`, `Doe, Jane`, `Jane Doe, CFO`: the line starts with the name."""
    if line[0] in name:
        return len(line) < 2 or line[1] in name or len(name) == 1 or line[0] == name[0]
    return len(line) > 1 and len(line[0]) == 1 and line[0] == name[0][0] and line[1] in name


def greets(letter: Letter, who: Person) -> bool:
    """Whether the greeting names this person."""
    greeted, name = words(letter.greets), _names(who)
    return bool(greeted) and any(len(w) > 1 and w in name for w in greeted)
