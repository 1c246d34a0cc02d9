"""A company's name as it is compared with another: the letters that tell it, however it is written."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from crm.intake.matching import Matching

_FEWEST = 4  # letters of a domain's label that may be a name: three are too often anybody's
_FEWEST_TOGETHER = 6  # letters that begin a label and are no word of it: "lumen" begins "lumenarchive" by chance
_SHORT = range(3, 5)  # letters of a word that is written in short
_BRACKETS = re.compile(r"\([^()]*\)")
_TWO_LETTERS = re.compile("[aou]e")  # how a domain writes ä, ö and ü


@cache
def _forms(forms: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(form.split()) for form in forms)


def plain(name: str, how: Matching) -> str:
    """A company's name without case, accents, punctuation and legal form."""
    if not name:
        return ""
    flat = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = tuple(re.sub(r"[\W_]+", " ", flat.replace(".", "").replace("&", " and ")).split())
    forms = _forms(tuple(how.legal_forms))
    while len(words) > 1 and (size := next((n for n in (3, 2, 1) if words[-n:] in forms and len(words) > n), 0)):
        words = words[:-size]
    return " ".join(words)


def short(name: str, how: Matching) -> tuple[str, ...]:
    """A name as one of the `beginnings` of a longer one; none where it tells too little."""
    words = plain(name, how).split()
    tells = sum(map(len, words)) >= how.short.fewest_letters and not how.short.generic.issuperset(words)
    return tuple(map(one_letter, words)) if tells else ()


def beginnings(name: str, how: Matching) -> Iterator[tuple[str, ...]]:
    """The first words of a company's name, from one word to all of them, umlauts as one letter.

    A name that a list turned round ("Larvik, Port of") begins both ways.
    """
    yield from _first_words(plain(name, how).split())
    head, _, tail = _BRACKETS.sub(" ", name).partition(",")
    if tail.split()[-1:] and tail.split()[-1].casefold() in how.short.small:
        yield from _first_words(plain(f"{tail} {head}", how).split())


def abbreviates(few: Sequence[str], many: Sequence[str], how: Matching) -> bool:
    """Whether a name writes words of a longer one in short: Quarry Stn Wks for Quarry Stone Works, Larvik HB for
    Larvik Harbour Board.

    The first word stands whole, and what stands whole tells enough; the others keep their order.
    """
    if not few or not many or few[0] != many[0]:
        return False
    whole = [word for word in few if word in many]
    tells = sum(map(len, whole)) >= how.short.fewest_letters and not how.short.generic.issuperset(whole)
    return tells and len(whole) < len(few) and _shorten(few[1:], many[1:])


def _shorten(few: Sequence[str], many: Sequence[str]) -> bool:
    if not few:
        return True
    word, rest = few[0], few[1:]
    for at, other in enumerate(many):
        if (word == other or _letters_of(word, other)) and _shorten(rest, many[at + 1 :]):
            return True
        after = many[at : at + len(word)]
        if len(word) > 1 and word == "".join(one[0] for one in after) and _shorten(rest, many[at + len(word) :]):
            return True
    return False


def _letters_of(word: str, other: str) -> bool:
    """Whether a short word is made of letters of the other, which it begins with, in their order."""
    if len(word) not in _SHORT or len(word) >= len(other) or word[0] != other[0]:
        return False
    letters = iter(other)
    return all(letter in letters for letter in word)


def domain_beginnings(domain: str) -> Iterator[tuple[str, ...]]:
    """The same of the labels of a mail domain, which keep words apart by hyphens, or write them together.

    hallbeck-logistik.example begins with Hallbeck, veldkampzorg.example with Veldkamp.
    """
    for label in domain.split(".")[:-1]:
        yield from _first_words(label.casefold().split("-"))
        letters = one_letter(label.casefold())
        yield from ((letters[:count],) for count in range(_FEWEST_TOGETHER, len(letters)))


def _first_words(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    letters = tuple(map(one_letter, words))
    return (letters[:count] for count in range(1, len(letters) + 1))


def squeezed(name: str, how: Matching) -> set[str]:
    """A company's name as its mail domain may write it: one word, with "and" or without, umlauts as one letter."""
    words = plain(name, how).split()
    written = ("".join(words), "".join(word for word in words if word != "and"))
    return {letters for one in written if len(letters := one_letter(one)) >= _FEWEST}


def written_together(domain: str) -> Iterator[str]:
    """The labels of a mail domain that may be a company's name, each as `squeezed` gives them."""
    for label in domain.split(".")[:-1]:
        letters = one_letter(re.sub(r"[\W_]+", "", label.casefold()))
        if len(letters) >= _FEWEST:
            yield letters


def one_letter(text: str) -> str:
    """With one letter for what German writes ä, ö, ü and its domains ae, oe, ue."""
    return _TWO_LETTERS.sub(lambda found: found[0][0], text)
