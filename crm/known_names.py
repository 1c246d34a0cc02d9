"""Finds the names of people whom the CRM knows in any text: in full, turned round, or one part of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

Words = tuple[str, ...]
SHORT = 2  # letters of a part that is too short to be told from another word, but for its capital
APART = re.compile(r"[\s.,'’\-\u00a0]{0,3}\Z")  # what may stand between two words of one name
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: where it stands, and a number that all names of one person share."""

    start: int
    end: int
    person: int


@dataclass(frozen=True, slots=True)
class Names:
    """People by the first word of each way to write their name, and by each part; companies that share such words."""

    whole: Mapping[str, tuple[tuple[Words, int], ...]]
    parts: Mapping[str, int]
    companies: Mapping[str, tuple[Words, ...]]
    ordinary: frozenset[str]

    @classmethod
    def of(
        cls, people: Iterable[str], companies: Iterable[str], particles: frozenset[str], ordinary: frozenset[str]
    ) -> "Names":
        """`particles` are never a name alone; `ordinary` ones only with a capital."""
        whole: dict[str, dict[Words, int]] = {}
        parts: dict[str, int] = {}
        for number, name in enumerate(dict.fromkeys(people), 1):
            words = tuple(w for w, _, _ in _words(name))
            telling = tuple(w for w in words if w not in particles)
            if len(telling) > 1:
                for form in {words, telling, (*words[1:], words[0]), (words[-1], *words[:-1])}:
                    whole.setdefault(form[0], {})[form] = number
            for part in telling:
                parts.setdefault(part, number)
        firms: dict[str, list[Words]] = {}
        for name in companies:
            firm = tuple(w for w, _, _ in _words(name))
            if len(firm) > 1:
                firms.setdefault(firm[0], []).append(firm)
        longest_first = {k: tuple(sorted(v.items(), key=lambda pair: -len(pair[0]))) for k, v in whole.items()}
        return cls(longest_first, parts, {k: tuple(v) for k, v in firms.items()}, ordinary)

    def find(self, text: str) -> Iterator[Found]:
        """Every name, from left to right, none within another. A company's name in full is left as it is."""
        words = list(_words(text))
        at = 0
        while at < len(words):
            word, start, end = words[at]
            firm = next((f for f in self.companies.get(word, ()) if _stands(f, words, at, text)), ())
            name, person = next(((n, p) for n, p in self.whole.get(word, ()) if _stands(n, words, at, text)), ((), 0))
            if firm and len(firm) >= len(name):
                at += len(firm)
            elif name:
                yield Found(start, words[at + len(name) - 1][2], person)
                at += len(name)
            else:
                if word in self.parts and self._is_name(word, text[start]):
                    yield Found(start, end, self.parts[word])
                at += 1

    def _is_name(self, word: str, first: str) -> bool:
        return first.isupper() or (len(word) > SHORT and word not in self.ordinary)


NOBODY = Names({}, {}, {}, frozenset())


def _stands(wanted: Words, words: list[tuple[str, int, int]], at: int, text: str) -> bool:
    """Whether these words stand there, with nothing but blanks and marks between them."""
    here = words[at : at + len(wanted)]
    if tuple(w for w, _, _ in here) != wanted:
        return False
    gaps = (text[a[2] : b[1]] for a, b in pairwise(here))
    return all(APART.match(gap) or gap.strip() == "&" for gap in gaps)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words without case and accents, with where they stand."""
    for found in _LETTERS.finditer(text):
        yield _plain(found.group()), found.start(), found.end()


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
