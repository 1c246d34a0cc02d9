"""The words of a question about numbers, each as it was typed and in its plain form."""

import re
import unicodedata
from dataclasses import dataclass

GROUPED = r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\w'’]|[.,]\d)"  # 80 000, as it is written in French
WORD = re.compile(
    rf"{GROUPED}|" r"\bw/o?(?!\w)|\d+(?:[.,]\d+)*(?:k|m)?(?:\+(?!\w)|\b)|[^\W_]+|[€$£&,;/?%<>=]", re.IGNORECASE
)
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "&": "and"})
PAUSES = ",;/"


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its plain form and its place."""

    text: str
    plain: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower-case words without accents or marks, a blank between: how questions and names are compared."""
    return " ".join(t.plain for t in tokens_of(text) if t.plain not in PAUSES + "?")


def tokens_of(text: str) -> list[Token]:
    """The words, numbers and marks that carry meaning."""
    return [Token(m.group(), plain_word(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]


def plain_word(word: str) -> str:
    """One word in lower case, without accents."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS))
    return "".join(c for c in letters if not unicodedata.combining(c))


def number_in(word: str) -> float | None:
    """10,000 and 10.000 and 10 000 and 10k are ten thousand; 1.5m one and a half million."""
    if re.fullmatch(GROUPED, word):
        return float(re.sub(r"\D", "", word))
    found = re.fullmatch(r"(\d+(?:[.,]\d+)*)([km]?)", word)
    if found is None:
        return None
    digits = found[1]
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    try:
        return float(digits.replace(",", ".")) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]]
    except ValueError:
        return None
