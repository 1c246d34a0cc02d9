"""A question typed in a hurry as it would be written out: shortened words in full, courtesies around it gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agents.reading.tokens import Token, plain, tokens
from agents.reading.wordlists import by_language, plain_entries

LONGEST = 40  # words: whoever writes more does not shorten, or pasted it
JOINING = frozenset("&.-/@_'’:#\"“„«")  # beside one of these a letter is part of a name, an address or a quote
LEFT = 2  # words that must remain of a question without its courtesies
COURTESY = "courtesy"
PHRASE = 3  # words


@dataclass(frozen=True, slots=True)
class Shorthand:
    """What one language shortens: plain short form -> what is meant, and the courtesies."""

    full: Mapping[str, str]
    courtesy: frozenset[str]


def written_out(text: str, language: str) -> str:
    """The question in full words, without greeting and thanks; as it was where it is long or has several lines."""
    said = tokens(text)
    short = _shorthand().get(language)
    if short is None or "\n" in text.strip() or len(said) > LONGEST:
        return text
    bare = _without_courtesy(text, said, short.courtesy)
    return _in_full(bare, tokens(bare), short.full)


@cache
def _shorthand() -> Mapping[str, Shorthand]:
    found = {}
    for language, groups in by_language("shorthand").items():
        full = {plain(short): meant for short, meant in groups.items() if short != COURTESY}
        found[language] = Shorthand(full, plain_entries(groups[COURTESY]))
    return found


def _without_courtesy(text: str, said: Sequence[Token], courtesy: frozenset[str]) -> str:
    words = [t for t in said if t.is_word]
    first, last = 0, len(words)
    while taken := _phrase([w.plain for w in words[first : first + PHRASE]], courtesy):
        first += taken
    while taken := _phrase([w.plain for w in words[max(first, last - PHRASE) : last]], courtesy, behind=True):
        last -= taken
    if last - first < LEFT or last - first == len(words):
        return text
    end = len(text) if last == len(words) else words[last - 1].end
    return text[words[first].start if first else 0 : end].strip()


def _phrase(words: Sequence[str], phrases: frozenset[str], behind: bool = False) -> int:
    """How many words at the beginning, or at the end, are one of the phrases."""
    sizes = range(len(words), 0, -1)
    return next((n for n in sizes if " ".join(words[-n:] if behind else words[:n]) in phrases), 0)


def _in_full(text: str, said: Sequence[Token], full: Mapping[str, str]) -> str:
    parts, at = [], 0
    for token in said:
        meant = full.get(token.plain)
        around = text[max(0, token.start - 1) : token.start] + text[token.end : token.end + 1]
        if meant is None or (token.text[:1].isupper() and token.start > 0) or JOINING & set(around):
            continue
        parts += [text[at : token.start], meant]
        at = token.end
    return "".join((*parts, text[at:]))
