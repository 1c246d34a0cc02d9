"""A question as words: each with its plain form and its place in what was typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters that NFKD does not take apart.
FOLDED = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
KEPT = 25  # characters: words come again, texts do not
WORD = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|[^\W_]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a date in digits or one mark; `plain` is lower case without accents."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalnum()


def plain(text: str) -> str:
    """Lower case without accents: what two spellings of one word share."""
    return _plain_word(text) if len(text) < KEPT else _plain(text)


@lru_cache(maxsize=50_000)
def _plain_word(text: str) -> str:
    return _plain(text)


def _plain(text: str) -> str:
    folded = text.casefold().translate(FOLDED)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def german_plain(text: str) -> str:
    """As `plain`, but ä is ae, ö is oe, ü is ue: the way they are typed without the keys."""
    return plain(unicodedata.normalize("NFC", text).casefold().translate(UMLAUTS))


def tokens(text: str) -> list[Token]:
    """Words and marks in order."""
    return [Token(m.group(), plain(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    """The plain words alone."""
    return [t.plain for t in tokens(text) if t.is_word]
