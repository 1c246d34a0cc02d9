"""Whether a sentence denies what its record affirms, or affirms what it denies: compared part by part.

A part is what stands between two commas or before a "but". Two ways of denying are told apart: of what is done ("did
not sign"), and of what is there ("without a contract"); "not without" is no denial.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from agents.numbered_evidence import sentences_in
from agents.reading.language import language_of
from agents.reading.tokens import words_of
from agents.reading.wordlists import by_language, entries, plain_entries, small_words

STEM = 5  # letters that two forms of a word share
NEAR = 0.5  # share of a part's words that a record's part must hold to be what it tells
TOLD = 2  # content words that two parts must share to be compared at all
OPENING = ("words", "apart", "breaks")
BETWEEN = re.compile(r"[,;:–—]\s+|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sentence: the stems of its content words, whether it denies what is done, or what is there.

    `bare` tells that it is nothing but a denial of its words: "not the yard".
    """

    stems: frozenset[str]
    denies: bool
    lacks: bool
    bare: bool

    def against(self, other: "Part") -> bool:
        """Whether one of the two turns the other into its opposite."""
        if self.denies != other.denies:
            return self.lacks == other.lacks
        return self.lacks != other.lacks and not self.denies


def turned(sentence: str, records: Sequence[str], language: str, aside: frozenset[str] = frozenset()) -> bool:
    """Whether a part of the sentence is the opposite of the part of a record in this language that it tells.

    `aside` are words that say nothing of what is told, such as the names of those who speak.
    """
    told = [
        tuple(parts(words, language, aside))
        for record in records
        if language_of(record) == language
        for words in sentences_in(record) or [record]
    ]
    return any(_turns(part, told) for part in parts(sentence, language, aside))


def parts(sentence: str, language: str, aside: frozenset[str] = frozenset()) -> Iterator[Part]:
    """The sentence's parts; an item of a list, and what explains it, belong to the part before."""
    pending = ""
    for piece in _pieces(sentence, language):
        item = not _begins(piece, language, *OPENING) and len(stems(piece, aside)) < TOLD
        if pending and (item or _begins(piece, language, "explains")):
            pending = f"{pending} {piece}"
            continue
        if pending:
            yield _part(pending, language, aside)
        pending = piece
    if pending:
        yield _part(pending, language, aside)


def negated(text: str, language: str) -> bool:
    """Whether it holds a word by which that language denies: the playbook's words/negations.yaml."""
    return any(denials(text, language))


def denials(text: str, language: str) -> tuple[bool, bool]:
    """Whether it denies what is done, whether what is there."""
    said = f" {' '.join(words_of(text))} "
    done, there = (any(f" {word} " in said for word in group(language, name)) for name in ("words", "apart"))
    return done, there


def stems(text: str, aside: Iterable[str] = ()) -> frozenset[str]:
    """The beginnings of its content words."""
    return frozenset(w[:STEM] for w in content(text) if w not in aside)


def content(text: str) -> list[str]:
    """The words that are no small ones of any language."""
    small = small_words()
    return [w for w in words_of(text) if w not in small and len(w) > 2 and not w.isdigit()]


@cache
def group(language: str, name: str) -> frozenset[str]:
    """A group of the language's phrases; English ones for a language that has no list."""
    groups = by_language("negations")
    return plain_entries(groups.get(language, groups["en"])[name])


def _turns(part: Part, told: Sequence[tuple[Part, ...]]) -> bool:
    """Against what it is nearest to, where nothing as near agrees; or it affirms what a record's bare "not" denies."""
    if len(part.stems) < TOLD:
        return False
    if not (part.denies or part.lacks) and any(_denied(part, sentence) for sentence in told):
        return True
    near = [one for sentence in told for one in sentence if len(part.stems & one.stems) >= TOLD]
    shares = [(len(part.stems & one.stems) / len(part.stems), one) for one in near]
    best = max((share for share, _ in shares), default=0.0)
    return best >= NEAR and all(part.against(one) for share, one in shares if share == best)


def _denied(part: Part, sentence: Sequence[Part]) -> bool:
    """ "Not the yard" denies of the yard what the rest of its sentence says."""
    denied = [one for one in sentence if one.bare]
    rest = frozenset[str]().union(*(one.stems for one in sentence if not one.bare))
    return bool(part.stems & rest) and any(one.stems <= part.stems for one in denied)


def _part(words: str, language: str, aside: frozenset[str]) -> Part:
    denies, lacks = denials(words, language)
    said = stems(words, aside)
    bare = denies and 0 < len(said) <= TOLD and _begins(words, language, *OPENING)
    return Part(said, denies, lacks, bare)


def _pieces(sentence: str, language: str) -> Iterator[str]:
    for piece in BETWEEN.split(sentence):
        start = 0
        for found in _breaks(language).finditer(piece):
            yield piece[start : found.start()]
            start = found.start()
        yield piece[start:]


def _begins(words: str, language: str, *names: str) -> bool:
    """Whether it begins with a phrase of one of these groups."""
    said = words_of(words)
    return any(" ".join(said[:n]) in group(language, name) for name in names for n in range(1, 4))


@cache
def _breaks(language: str) -> re.Pattern[str]:
    groups = by_language("negations")
    own = groups.get(language, groups["en"])
    denials = _either(f"{own['words']}, {own['apart']}")
    return re.compile(
        rf"(?<=\s)(?:{_either(own['breaks'])}|(?:{_either(own['joins'])})\s+(?:{denials}))(?=\s)", re.IGNORECASE
    )


def _either(listed: str) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(entries(listed), key=len, reverse=True))
