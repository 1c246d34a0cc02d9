"""A question's words as codes that are the same in every language: "seit drei Monaten" is "since n3 months"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from agents.reading.language import language_of
from agents.reading.tokens import Token, plain, words_of
from agents.reading.wordlists import by_language, entries, small_words

FOREIGN_FROM = 4  # "an" is a French year, but hardly in an English question
SHORT = 4  # a month's name up to this length is an abbreviation: "mar", "sept"
FUZZY_FROM = 6  # "septmber" is a typo of September; "mai" and "mag" are different words
LETTER_UNITS = {"d": "days", "j": "days", "w": "weeks", "y": "years"}  # "2m" is two millions
SKIPPED = frozenset("'.`´’")
GLUED = (
    (re.compile(r"[qt]([1-4])"), ("q{}",)),
    (re.compile(r"([1-4])[qt]"), ("q{}",)),
    (re.compile(r"[qt]([1-4])(20\d\d)"), ("q{}", "y{}")),
    (re.compile(r"([1-4])[qt](\d\d)"), ("q{}", "y20{}")),
    (re.compile(r"[hs]([12])"), ("h{}",)),
    (re.compile(r"[hs]([12])(20\d\d)"), ("h{}", "y{}")),
    (re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|ere|e|eme|o|a)"), ("n{}",)),
)


@dataclass(frozen=True, slots=True)
class Code:
    """One meaning and the tokens it was read from, as a half-open range. `sure` is False for a careful month."""

    name: str
    first: int
    last: int
    sure: bool = True


def codes(words: Sequence[Token], text: str) -> list[Code]:
    """The question as codes; a word that has nothing to do with time is "w"."""
    lexicon = _lexicon(language_of(text))
    return list(_read(words, lexicon))


@dataclass(frozen=True, slots=True)
class _Lexicon:
    meanings: dict[str, str]
    careful: frozenset[str]
    seasonal: frozenset[str]
    longest: int
    long_words: tuple[str, ...]
    language: str


def _read(words: Sequence[Token], lexicon: _Lexicon) -> Iterator[Code]:
    at = 0
    while at < len(words):
        token = words[at]
        if token.text in SKIPPED:
            if at and token.start - words[at - 1].end > 1:
                yield Code("w", at, at + 1)  # a name was taken out here: "this year Ingrid's team"
            at += 1
            if _short_year(words, at):
                yield Code(f"y20{words[at].text}", at, at + 1)
                at += 1
            continue
        found = _phrase(words, at, lexicon)
        if found:
            yield found
            at = found.last
            continue
        yield from (Code(name, at, at + 1) for name in _single(token, lexicon))
        at += 1


def _short_year(words: Sequence[Token], at: int) -> bool:
    """After an apostrophe that stands close: '25."""
    if at >= len(words) or words[at - 1].text not in "'’":
        return False
    return words[at].start == words[at - 1].end and re.fullmatch(r"\d\d", words[at].text) is not None


def _phrase(words: Sequence[Token], at: int, lexicon: _Lexicon) -> Code | None:
    """The longest entry that starts here; marks such as the apostrophe of "aujourd'hui" do not part a phrase."""
    if words[at].text == "-":
        return None  # it opens no phrase: "jul-dec"
    spoken: list[str] = []
    ends: list[int] = []
    for place in range(at, min(len(words), at + 2 * lexicon.longest)):
        if words[place].is_word or words[place].text == "&":
            spoken.append(words[place].plain)
            ends.append(place + 1)
        elif words[place].text not in "'’-":
            break
    for length in range(min(len(spoken), lexicon.longest), 0, -1):
        phrase = " ".join(spoken[:length])
        if phrase in lexicon.meanings:
            name = lexicon.meanings[phrase]
            if name.startswith("season") and _describes(words, at, ends[length - 1], lexicon):
                return None
            sure = not (name[0] == "m" and name[1:].isdigit() and (phrase in lexicon.careful or len(phrase) <= SHORT))
            return Code(name, at, ends[length - 1], sure)
    return None


def _describes(words: Sequence[Token], at: int, after: int, lexicon: _Lexicon) -> bool:
    """Whether a season only says what a thing is for: "the winter jackets", but "last winter we"."""
    before = words[at - 1].plain if at else ""
    if before in lexicon.seasonal or (before in lexicon.meanings and before not in small_words()):
        return False
    following = words[after].plain if after < len(words) and words[after].is_word else ""
    known = {word for phrase in lexicon.meanings for word in phrase.split()}
    return following.isalpha() and following not in small_words() | known


def _single(token: Token, lexicon: _Lexicon) -> tuple[str, ...]:
    word = token.plain
    if not token.is_word:
        return ("-",) if word in "-–—/" else (",",) if word == "," else ("w",)
    if word[0].isdigit():
        return _number(word)
    for pattern, names in GLUED:
        if hit := pattern.fullmatch(word):
            return tuple(n.format(g) for n, g in zip(names, hit.groups(), strict=True))
    if word.endswith("s") and len(word) > SHORT and word[:-1] in lexicon.meanings:  # "yesterdays call", but "mais"
        return lexicon.meanings[word[:-1]], "of"
    return (_misspelt(word, lexicon.language),)


def _number(word: str) -> tuple[str, ...]:
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}", word):
        return (f"d@{word}",)
    if re.fullmatch(r"(19|20)\d\d", word):
        return (f"y{word}",)
    if word.isdigit():
        return (f"n{int(word)}",) if len(word) <= 4 else ("w",)
    for pattern, names in GLUED:
        if hit := pattern.fullmatch(word):
            return tuple(n.format(g) for n, g in zip(names, hit.groups(), strict=True))
    if hit := re.fullmatch(r"(\d{1,3})([djwy])", word):
        return (f"n{hit[1]}", LETTER_UNITS[hit[2]])
    return ("w",)


@lru_cache(maxsize=20_000)
def _misspelt(word: str, language: str) -> str:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    lexicon = _lexicon(language)
    if len(word) < FUZZY_FROM - 1 or word in lexicon.meanings:
        return "w"
    near = process.extractOne(word, lexicon.long_words, scorer=OSA.distance, score_cutoff=1)
    return lexicon.meanings[near[0]] if near else "w"


@cache
def _lexicon(language: str) -> _Lexicon:
    """Every language's entries, those of `language` winning."""
    meanings: dict[str, str] = {}
    apart: dict[str, set[str]] = {"careful": set(), "seasonal": set()}
    pages = by_language("periods")
    for name in sorted(pages, key=lambda n: n != language):
        for group, text in pages[name].items():
            for entry in entries(text):
                phrase = " ".join(words_of(entry)) or plain(entry)
                if group in apart:
                    apart[group].add(phrase)
                elif name == language or len(phrase) >= FOREIGN_FROM or group[-1].isdigit():
                    meanings.setdefault(phrase, "w" if group == "nothing" else group)
    long_words = tuple(m for m in meanings if len(m) >= FUZZY_FROM and " " not in m)
    longest = max(len(m.split()) for m in meanings)
    careful, seasonal = frozenset(apart["careful"]), frozenset(apart["seasonal"])
    return _Lexicon(meanings, careful, seasonal, longest, long_words, language)
