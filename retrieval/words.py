"""What was typed, taken apart: words, phrases in quotes, and needles that are found exactly or not at all."""

import re
import unicodedata
from dataclasses import dataclass

from crm.common_words import stop_words, stop_words_of

MOST_CHARACTERS = 2_000  # of a question; what a pasted page is about stands on its top
MOST_TERMS = 32

_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»')
_ACCENT = re.compile("[\u0300-\u036f]")
_TOKEN = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![\w:/.,-])[\w:/.-]*\d[\w:/.-]*(?<![.:/-])")
_CODE_CHARACTERS = 5  # shorter ones are years, hours, quarters and amounts
_NOT_A_CODE = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d{1,2}[.:/-]\d{1,2}([.:/-]\d{2,4})?([ap]m)?|[\d.]+[^\W\d_]{0,2}")


@dataclass(frozen=True, slots=True)
class Words:
    """A question, read. `terms` are folded words that say something; the rest is as it was typed."""

    text: str
    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    needles: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Everything to look for, each a word or several that must stand together."""
        return tuple(dict.fromkeys((*self.terms, *map(spoken, self.needles), *map(spoken, self.phrases))))

    @property
    def only_needles(self) -> bool:
        """Whether an id, address or code was typed and nothing else: then what is near is wrong."""
        return bool(self.needles) and not self.terms


def read(text: str) -> Words:
    """Takes apart what was typed; nothing in it is an operator, except quotes around a phrase."""
    text = text[:MOST_CHARACTERS]
    quoted = ("".join(found) for found in _QUOTED.findall(text))
    needles = tuple(dict.fromkeys(_needles(text)))
    left = text
    for needle in needles:
        left = left.replace(needle, " ")
    tokens = tokens_of(left)
    terms = tuple(token for token in tokens if token not in stop_words()) or (() if needles else tokens)
    return Words(text.strip(), terms[:MOST_TERMS], tuple(p for p in quoted if len(tokens_of(p)) > 1), needles)


def tokens_of(text: str) -> tuple[str, ...]:
    """The distinct words of a text as full-text search sees them: small letters without accents."""
    return tuple(dict.fromkeys(tokens_in(text)))


def tokens_in(text: str) -> list[str]:
    """All the words of a text, in their order."""
    return _TOKEN.findall(fold(text))


def spoken(text: str) -> str:
    """The words of a phrase with nothing between them, in order."""
    return " ".join(tokens_in(text))


def fold(text: str) -> str:
    """Small letters without accents, as FTS5's tokenizer folds them (it keeps ß, and the marks of other scripts)."""
    if text.isascii():
        return text.lower()
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", text.lower()))
    return unicodedata.normalize("NFC", bare)


def language_of(text: str) -> str:
    """The language whose function words are most in a text, by its two letters; empty when none are."""
    tokens = tokens_in(text)
    counts = {language: sum(t in words for t in tokens) for language, words in stop_words_of().items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] else ""


def _needles(text: str) -> list[str]:
    """Addresses, ids and codes: right or wrong, never near."""
    found = _ADDRESS.findall(text)
    for address in found:
        text = text.replace(address, " ")
    codes = (code for code in _CODE.findall(text) if len(code) >= _CODE_CHARACTERS)
    return found + [code for code in codes if code.isdigit() or not _NOT_A_CODE.fullmatch(code)]
