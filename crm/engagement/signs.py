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
_BETWEEN = r"(?:_|[^\w.!?;:\n|•·–—>]){1,3}"
_SPELT = {
    at: bare[0]
    for at in range(0xC0, 0x250)
    if len(bare := unicodedata.normalize("NFKD", chr(at))) > 1 and bare[0].isascii() and unicodedata.combining(bare[1])
} | str.maketrans("øØłŁđ", "oOlLd")  # one letter for one, so that what is found stands at the same place as typed


def told(columns: Pulls, activity: Activity, lexicon: Lexicon, most: int) -> list[tuple[str, float]]:
    """The strongest columns in words, each said once, at most so many; of words that share one only the first."""
    text = "\n".join((activity.outcome, *activity.tags, activity.text or activity.raw_body))
    plain = (text if text.isascii() else text.translate(_SPELT)).lower()
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
    parts = beginnings.split()
    if not any(len(part) == _WHOLE or _tells(part, lexicon) for part in parts):
        return 0, 0
    found = _pattern(beginnings).search(plain)
    return found.span() if found else (0, 0)


@lru_cache(maxsize=50_000)
def _tells(word: str, lexicon: Lexicon) -> bool:
    if len(word) < _SHORTEST or lexicon.is_common(word):
        return False
    return word not in stop_words() and word not in common_words()


@lru_cache(maxsize=50_000)
def _pattern(beginnings: str) -> re.Pattern[str]:
    words = (re.escape(part) + r"[^\W_]*" * (len(part) == _WHOLE) for part in beginnings.split())
    return re.compile(rf"(?<![^\W_]){_BETWEEN.join(words)}(?![^\W_])")
