"""What was heard in a text: which concepts, where, and how they stand to each other."""

from typing import NamedTuple

from crm.engagement.text_folding import STOP


class Hit(NamedTuple):
    """A phrase of `concept` from token `start` up to `end`; `denied` when a no stands just before it.

    `language` is empty for a phrase of every language.
    """

    concept: str
    start: int
    end: int
    denied: bool
    language: str


class Heard(NamedTuple):
    """A text as the lexicon sees it: its tokens, STOP between sentences, and what was found in them.

    `hits` stand in the order of where they start, the longer of two before the shorter.
    `text` is the folded text; `spoken` is how much speaks for each language, all in one number. A tuple, for there
    are many.
    """

    text: str
    tokens: tuple[str, ...]
    hits: tuple[Hit, ...]
    spoken: int

    def within(self, languages: frozenset[str]) -> "Heard":
        """Only what was said in these languages; a hit inside a longer one is part of that one."""
        if not self.hits:
            return self
        kept = _longest([hit for hit in self.hits if hit.language in languages])
        return Heard(self.text, self.tokens, kept, self.spoken)

    def opens(self, at: int) -> bool:
        """Whether a sentence starts at this token."""
        return at == 0 or self.tokens[at - 1] == STOP

    def together(self, one: Hit, other: Hit, near: int) -> bool:
        """Whether two hits stand in one sentence, fewer than `near` words apart."""
        return other.start - one.end < near and STOP not in self.tokens[one.end : other.start]


_APART = frozenset(("person", "you", "we"))  # a pronoun stands for itself, also within a phrase
_WHOM = frozenset(("seen", "with_them", "titled"))  # "vu Mme": both say something
_LIGHT = _WHOM | {"agreed", "does", "away", "left_there"}  # hide nothing but each other


def _longest(hits: list[Hit]) -> tuple[Hit, ...]:
    """Without those that lie inside a longer hit. Two of the same length both stay, one of each concept."""
    kept: list[Hit] = []
    furthest = 0
    for hit in hits:
        if hit.start < furthest and any(_covers(other, hit) for other in kept[-6:]):
            continue
        kept.append(hit)
        if hit.end > furthest:
            furthest = hit.end
    return tuple(kept)


def _covers(one: Hit, other: Hit) -> bool:
    if not one.start <= other.start or other.end > one.end:
        return False
    if (one.concept in _LIGHT) != (other.concept in _LIGHT) and (one.concept in _LIGHT or other.concept in _WHOM):
        return False
    same_length = one.end - one.start == other.end - other.start
    return one.concept == other.concept or not (same_length or other.concept in _APART or one.concept in _APART)
