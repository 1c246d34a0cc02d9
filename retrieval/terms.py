"""What a record is found by, in terms: its words, how they begin, and what they name.

A question is read in the same way. Its words are looked for in the record first; where one is missing, a word that
begins alike or names the same thing stands for it, at a lower price.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.common_words import stop_words
from retrieval.lexicon import Lexicon
from retrieval.words import MOST_TERMS, tokens_in

BEGINNING = 6  # letters: what six share is mostly one stem, in all these languages; better than none or five
FIELDS = (1.5, 1.0, 1.5, 1.0)  # of a word in subject, body, people, and in who those are; 1 and 2.5 found less
PHRASE = 1.5  # of a name recognised by several words

WORD, BEGUN, NAME = "w", "s", "c"  # first letter of a term


@dataclass(frozen=True, slots=True)
class Bag:
    """The terms of one record with their weights; `length` counts all of its words, weighed alike."""

    weights: Mapping[str, float]
    length: float


@dataclass(frozen=True, slots=True)
class Item:
    """One word of a question with what it names; an empty word is one that says something only within a phrase."""

    word: str
    names: frozenset[str] = frozenset()

    @property
    def terms(self) -> tuple[str, ...]:
        """Everything by which a record can answer to it."""
        own = (WORD + self.word, *begun(self.word)) if self.word else ()
        return (*own, *(NAME + name for name in sorted(self.names)))


def bag_of(fields: Sequence[str], lexicon: Lexicon) -> Bag:
    """The terms of a record's fields: subject, body, people, and who those are; the last may be left out."""
    weights: Counter[str] = Counter()
    length = 0.0
    for text, weight in zip(fields, FIELDS, strict=False):
        words = tuple(tokens_in(text))
        length += weight * len(words)
        for word in words:
            for term in _terms_of(word, lexicon):
                weights[term] += weight  # type: ignore[assignment]  # Counter is annotated for whole numbers
        for _, _, name in lexicon.of_phrases(words):
            weights[NAME + name] += weight * PHRASE  # type: ignore[assignment]
    return Bag(dict(weights), length)


def items_of(text: str, lexicon: Lexicon) -> tuple[Item, ...]:
    """A question's words that say something, each once; what a phrase names counts once too, with a word of its own."""
    words = tuple(tokens_in(text))
    phrased: dict[int, set[str]] = {}
    for start, end, name in lexicon.of_phrases(words):
        for at in range(start, end):
            phrased.setdefault(at, set()).add(name)
    found: dict[Item, None] = {}
    for at, word in enumerate(words):
        named = frozenset(phrased.get(at, ()))
        if word not in stop_words():
            found[Item(word, named | lexicon.of_word(word))] = None
        elif named:
            found[Item("", named)] = None
    told = [item.names for item in found if item.word]
    return tuple(item for item in found if item.word or not any(item.names <= names for names in told))[:MOST_TERMS]


def begun(word: str) -> tuple[str, ...]:
    """The term for how a word begins, where it is long enough to have an ending."""
    return (BEGUN + word[:BEGINNING],) if len(word) >= BEGINNING else ()


def _terms_of(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    if word in stop_words():
        return ()
    return (WORD + word, *begun(word), *(NAME + name for name in lexicon.of_word(word)))
