"""What the small model went by, as a person reads it: what a concept says, or words that stand in the record."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from crm.common_words import common_words, stop_words
from crm.engagement.phrase_finder import Lexicon
from crm.nouns import Activity

Pulls = Iterable[tuple[str, float]]

_WHOLE = 5  # letters: the model knows a longer word by its first five
_SHORTEST = 4  # letters of a word that tells something by itself
_WORD = re.compile(r"[^\W\d_]+")
_SILENT = ("rule:", "says:", "#", "first:", "channel:", "kind:", "subject:")
_BETWEEN = re.compile(r"(?:_|[^\w.!?;:\n|•·–—>]){1,3}")
_SPELT = {
    chr(at): bare[0]
    for at in range(0xC0, 0x250)
    if len(bare := unicodedata.normalize("NFKD", chr(at))) > 1 and bare[0].isascii() and unicodedata.combining(bare[1])
} | dict(zip("øØłŁđ", "oOlLd", strict=True))  # one letter for one: what is found stands at the same place as typed
_ACCENTED = re.compile(f"[{''.join(_SPELT)}]")  # a table would be asked about every letter of the text


def told(columns: Pulls, activity: Activity, lexicon: Lexicon, most: int) -> list[tuple[str, float]]:
    """The strongest columns in words, each said once, at most so many; of words that share one only the first."""
    text = "\n".join((activity.outcome, *activity.tags, activity.text or activity.raw_body))
    plain = (text if text.isascii() else _ACCENTED.sub(_bare, text)).lower()
    said: dict[str, float] = {}
    shown: set[str] = set()
    for name, pull in columns:
        if name[1:2] != "_":
            words, telling = concept(name, lexicon), set[str]()
        else:
            start, end = _standing(name[2:], plain, lexicon)
            telling = {word for word in _WORD.findall(plain[start:end]) if _tells(word, lexicon)}
            words = f"“{text[start:end]}”" if telling and not telling & shown else ""
        if words and words not in said:
            said[words] = pull
            shown |= telling
            if len(said) == most:
                break
    return list(said.items())


def _bare(found: re.Match[str]) -> str:
    return _SPELT[found[0]]


@lru_cache(maxsize=50_000)
def concept(name: str, lexicon: Lexicon) -> str:
    """What a flag's column says, of two flags the second; empty for those that say nothing to a person."""
    flag = name.rpartition("|")[2]
    if flag.startswith(("=", *_SILENT)):
        return ""
    heard = flag.rpartition(">")[2]
    says = lexicon.says.get(heard.rpartition(":")[2].removeprefix("^"), "")
    return f"{says} (denied)" if says and "no:" in heard else says


def _standing(beginnings: str, plain: str, lexicon: Lexicon) -> tuple[int, int]:
    """Where the whole words that begin so first stand; nowhere for words of which none can tell anything."""
    parts = _telling(beginnings, lexicon)
    start = plain.find(parts[0]) if parts else -1
    while start >= 0:
        if not (start and plain[start - 1].isalnum()) and (end := _end(parts, plain, start)):
            return start, end
        start = plain.find(parts[0], start + 1)
    return 0, 0


@lru_cache(maxsize=50_000)
def _telling(beginnings: str, lexicon: Lexicon) -> tuple[str, ...]:
    """How the words begin, or nothing when none of them can tell anything."""
    parts = tuple(beginnings.split())
    return parts if any(len(part) == _WHOLE or _tells(part, lexicon) for part in parts) else ()


def _end(parts: Iterable[str], plain: str, start: int) -> int:
    """Where words that follow each other and begin so end, the first of them at `start`; 0 when they do not."""
    at = start
    for part in parts:
        if at > start:
            between = _BETWEEN.match(plain, at)
            if not between:
                return 0
            at = between.end()
        if not plain.startswith(part, at):
            return 0
        at += len(part)
        while at < len(plain) and plain[at].isalnum():
            if len(part) < _WHOLE:
                return 0  # the model knows a word as short as this in full
            at += 1
    return at


@lru_cache(maxsize=50_000)
def _tells(word: str, lexicon: Lexicon) -> bool:
    if len(word) < _SHORTEST or lexicon.is_common(word):
        return False
    return word not in stop_words() and word not in common_words()
