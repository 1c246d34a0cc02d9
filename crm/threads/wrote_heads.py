"""Heads of one sentence: `On ... Jane Doe <jane@x.example> wrote:` in ten languages, on one line or wrapped."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from crm.threads import phrases
from crm.threads.dates import moment
from crm.threads.heads import Found, Head
from crm.threads.people import Person, person

_STEMS = ("wrote", "crit", "schrieb", "escribi", "scritto", "escreveu", "schreef", "napisa", "pisze", "skrev")
_VERB = re.compile(
    r"(?:(wrote|crit|escribi(?:ó|o|\?|�)|scritto|escreveu|pisze|napisa(?:ł|l|\?|�)(?:\(a\)|a)?)|"
    r"(?:schrieb|schreef|skrev)([^\n:]{0,160}?(?:\n[^\n:]{1,80})?))\s?:(?=[\s>]|$)"
)
_AUXILIARY = re.compile(r"\s(?:a\s+(?:é|e|\?|�|Ã©|\S{0,2})|ha\s+)$")
_DATED = ("On", "Le", "Am", "El", r"Il(?:\sgiorno)?", "Em", r"No\sdia", "Op", r"W\sdniu", "Dnia", "Den", "På")
_NOT_BEFORE, _LETTER = r"[\w>]", r"\w"
_DAYS = ("pon", "wt", "śr", "czw", "pt", "sob", "niedz")


def _behind(words: Sequence[str], no: str, then: str) -> str:
    """Any of the words, behind none of the signs `no`; each begins with its letter, which the engine finds quickly.

    What comes `then` is said with each of them: around a group of words the engine does not see their letters.
    """
    return "|".join(rf"{word[0]}(?<!{no}{word[0]}){word[1:]}{then}" for word in words)


_OPENER = re.compile(
    _behind(_DATED, _NOT_BEFORE, r"[\s>]{1,4}(?:[^\s\d:<>]{1,14}\s){0,4}\d")
    + "|"
    + _behind(_DAYS, _LETTER, r"\.?,\s\d")
)
_EMPTY_LINE = re.compile(r"\n[>\s]*\n")
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s?\(?(?:UTC|GMT)[^)\s]{0,7}\)?|\s[A-Z]{3,4}\b)?"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?")
_LOOK_BACK = 320
_MOST = 500
_GROUPWISE = re.compile(r"^>>>\s?([^\n>]{2,120}?(?:<[^>\s]{3,80}>)?)\s(\d[^\n>]{5,40}?)\s?>>>[ \t]*$", re.M)


def may_hold(text: str) -> bool:
    """A quick look for the verb that such a head ends with."""
    return phrases.holds(_STEMS, text) or ">>>" in text


def find(text: str) -> list[Found]:
    """Every such sentence, in order."""
    if not may_hold(text):
        return []
    found: list[Found] = []
    for verb in _verbs(text):
        if head := _head(text, verb, found[-1].end if found else 0):
            found.append(head)
    if ">>>" in text:
        found += [Found(m.start(), m.end(), _groupwise(m[1], m[2])) for m in _GROUPWISE.finditer(text)]
        found.sort(key=lambda f: f.start)
    return found


def _verbs(text: str) -> list[re.Match[str]]:
    """The verbs in the order they stand."""
    found: list[re.Match[str]] = []
    for stem in _STEMS:
        at = text.find(stem)
        while at >= 0 and len(found) < _MOST:
            if verb := _VERB.match(text, at):
                found.append(verb)
            at = text.find(stem, at + len(stem))
    return sorted(found, key=lambda verb: verb.start())


def _head(text: str, verb: re.Match[str], floor: int) -> Found | None:
    start = _start(text, max(floor, verb.start() - _LOOK_BACK), verb.start())
    if start is None:
        return None
    return Found(start, verb.end(), _told(text[start : verb.start()], verb[1] == "wrote", verb[2] or ""))


@lru_cache(maxsize=4096)  # the sentence stands under every answer to its mail
def _told(said: str, english: bool, after: str) -> Head:
    """The head whose words are `said` before the verb and `after` behind it."""
    said = _AUXILIARY.sub("", said.replace("\n>", "\n "))
    after = after.replace("\n>", "\n ")
    who = person(after) if after.strip(" ,") else _author(said)
    return Head(who, at=_at(said, english))


def _start(text: str, low: int, high: int) -> int | None:
    """Where the sentence that ends in the verb begins: at a date in words, else at a name with an address."""
    last = -1
    for opener in _OPENER.finditer(text, low, high):
        last = opener.start()
    if last >= 0 and not _EMPTY_LINE.search(text, last, high):
        return last
    line = max(low, text.rfind("\n", low, high) + 1)
    while line < high and text[line] in "> \t":
        line += 1
    return line if "@" in text[line:high] and high - line < 120 else None


def _author(said: str) -> Person:
    """Whoever is named after the date: the time ends it, else the year, else the day."""
    for pattern in (_CLOCK, _YEAR, _DAY):
        end = -1
        for found in pattern.finditer(said):
            end = found.end()
        if end >= 0:
            return person(said[end:].strip(" ,.-"))
    return person(said)


def _at(said: str, english: bool) -> datetime | None:
    return moment(said, None if english else True)


def _groupwise(who: str, when: str) -> Head:
    return Head(person(who), at=moment(when))
