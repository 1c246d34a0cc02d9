"""What stands below a message's own words: closing, name, contact lines."""

import re
from functools import cache, lru_cache

from crm.threads import phrases

_EDGES = " \t*_,.!-–—"
_LONG_LINE = 200  # characters: longer ones are not remembered
_MOST_LINES = 12  # a signature longer than this is a text of its own
_DELIMITER = re.compile(r"^(?:--|__|—)\s?$")
_PHONE = re.compile(r"(?:\+|\b)\d[\d\s().x/-]{6,}\d")
_DATES = re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d\d(?::\d\d)?)\b")
_CONTACT = re.compile(
    r"@[\w-]+\.\w|\bwww\.|https?://|\s\|\s|\s[·•]\s"
    r"|^\W{0,2}(?:tel|tél|phone|fon|mobile?|mob|cell|fax|office|direct|tlf|[tmpofc])[.:]?\s?[+\d(]"
    r"|\b(?:GmbH|S\.?A\.?S|SARL|S\.?L\.?|S\.?r\.?l|Ltd|LLC|Inc|B\.?V|AG|AS|Oy|sp\. z o\.o)\b\.?"
    r"|\b(?:HRB|VAT|SIRET|P\.IVA|NIP)\b",
    re.I,
)
_REACH = re.compile(r"[\d@|·•]|www\.|://")
_POSTSCRIPT = re.compile(r"^\W{0,2}(?:p\.?\s?s\.?|p\.?\s?d\.?|n\.?b\.?)\b", re.I)
_SENTENCE = re.compile(r"[?!]\s*$|[a-zà-ÿ]{2}[.,;:]\s+[a-zA-ZÀ-ÿ]{2,}\s+\S+\s+\S+|^\s*(?:[-*•]|\d{1,2}[.)])\s")
_NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3}[,.]?$")


def without(lines: list[str]) -> list[str]:
    """The lines without the signature at their end; a postscript stays."""
    end = _delimited(lines)
    kept, rest = lines[:end], lines[end:]
    cut = _closing(kept)
    if cut is None:
        cut = _contacts(kept)
    rest = kept[cut:] + rest
    return kept[:cut] + _postscripts(rest)


def _delimited(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if line[:2] in ("--", "__") and _DELIMITER.match(line) and len(lines) - number <= 2 * _MOST_LINES:
            return number
    return len(lines)


def _closing(lines: list[str]) -> int | None:
    """The line of the closing words, if only short lines follow it."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    found = None
    for number in reversed(filled[-_MOST_LINES:]):
        if closed(lines[number]) is not None:
            found = number
        elif len(lines[number]) > 90 or _SENTENCE.search(lines[number]):
            break
    return found


def closed(line: str) -> str | None:
    """The name behind the closing words, which may be none; None for any other line."""
    return _remembered(line) if len(line) < _LONG_LINE else _closed(line)


def _closed(line: str) -> str | None:
    words = line.strip(_EDGES).split(None, 10)
    if not words or len(words) > 9 or words[0].lower().strip(",.!") not in _first_words():
        return None
    for count in range(min(5, len(words)), 0, -1):
        if " ".join(words[:count]).lower().strip(",.!") in _closings():
            name = " ".join(words[count:]).strip(_EDGES)
            return name if not name or (_NAME.match(name) and name[0].isupper()) else None
    return None


_remembered = lru_cache(maxsize=8192)(_closed)  # asked of the last lines of every message, by several


@cache
def _companies() -> frozenset[str]:
    return frozenset(phrases.names().companies)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(closing.split()[0] for closing in _closings())


@cache
def _closings() -> frozenset[str]:
    return frozenset(phrases.boilerplate().closings)


def _contacts(lines: list[str]) -> int:
    """Where the contact lines at the end begin, with the short lines of name and title between them."""
    cut, misses = len(lines), 0
    for number in range(len(lines) - 1, max(-1, len(lines) - 2 * _MOST_LINES), -1):
        line = lines[number].strip()
        if not line:
            continue
        if is_contact(line):
            cut, misses = number, 0
        elif misses < 3 and len(line) < 50 and cut < len(lines) and not _SENTENCE.search(line) and line[-1] not in ".:":
            misses += 1
            cut = (
                number if _NAME.match(line) and line[0].isupper() and number and not lines[number - 1].strip() else cut
            )
        else:
            break
    above = [line for line in lines[:cut] if line.strip()]
    only_names = cut < len(lines) and 0 < len(above) < 5 and all(_titled(line) for line in above)
    return 0 if only_names else cut


def _titled(line: str) -> bool:
    """A name, a job title or a company: a few words, each with a capital."""
    words = line.split()
    return len(words) < 6 and all(w[0].isupper() or len(w) < 4 for w in words) and line[-1] not in ".!?:,"


def is_contact(line: str) -> bool:
    """A line that tells how to reach somebody, and says nothing else."""
    if len(line) > 120 or not (_REACH.search(line) or _companies() & set(line.lower().replace(".", "").split())):
        return False
    if "|" not in line and sum(word[0].islower() for word in line.split()) > 2:
        return False
    return bool(_PHONE.search(_DATES.sub(" ", line)) or _CONTACT.search(line)) and not _SENTENCE.search(line)


def _postscripts(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if line[:1] in "PpNn*" and _POSTSCRIPT.match(line):
            following = lines[number:]
            return ["", *following[: following.index("")]] if "" in following else ["", *following]
    return []
