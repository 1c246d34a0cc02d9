"""Passages in other languages, said again in English for the embedder, which reads no other."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lexicon import lexicon
from retrieval.passages import Passage
from retrieval.words import language_of


@dataclass(frozen=True, slots=True)
class Gloss:
    """The English words of passage number `of`, with the subject's before them."""

    of: int
    text: str


def glosses_of(passages: Sequence[Passage]) -> tuple[Gloss, ...]:
    """One for each passage of a record that is in another language; where a passage does not tell, the record does."""
    whole = language_of(" ".join(passage.key for passage in passages))
    languages = (language_of(passage.key) or whole for passage in passages)
    foreign = [number for number, language in enumerate(languages) if language not in ("en", "")]
    said = ((n, f"{passages[0].key} {passages[n].key}" if n else passages[n].key) for n in foreign)
    return tuple(Gloss(number, gloss) for number, text in said if (gloss := lexicon().gloss(text)))


def passage_of(number: int, passages: Sequence[Passage]) -> int:
    """The passage that a vector stands for: its own, or the one it is a gloss of."""
    return number if number < len(passages) else glosses_of(passages)[number - len(passages)].of
