"""Finds the playbook's phrases in a text: what kind of thing is said, where, and whether it is denied.

A phrase is a few words; `gesproch*` stands for every word that begins so, and `...` for up to three words
between. A phrase counts only in a language that the record is written in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

from crm.engagement.phrase_hits import Heard, Hit
from crm.engagement.text_folding import STOP, folded, tokens
from crm.playbook import Page, read_yaml

WORDS = Path(__file__).parents[2] / "playbook" / "rules" / "engagement_words.yaml"
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl")
GAP = "..."
_EVERY = frozenset(("", *LANGUAGES))
_DIGITS = 28  # bits: more than the function words of any text weigh
_PLACES = tuple(number * _DIGITS for number in range(len(LANGUAGES)))
_ONES = (1 << _DIGITS) - 1
_MEMORY = 50_000  # distinct words remembered before starting over
_TEXTS = 2_000_000  # characters of texts remembered, some 40 MB: a quoted mail comes back under every answer to it


class Concept(Page):
    """One thing that can be said, with its phrases by language. `deniable`: a no before it turns it around."""

    says: str
    deniable: bool = False
    any: str = ""
    en: str = ""
    fr: str = ""
    de: str = ""
    es: str = ""
    it: str = ""
    pt: str = ""
    nl: str = ""
    pl: str = ""

    @property
    def phrases(self) -> Iterable[tuple[str, str]]:
        """Each phrase with its language, empty for every language."""
        for language in ("any", *LANGUAGES):
            for phrase in _listed(getattr(self, language)):
                yield phrase, "" if language == "any" else language


class Book(Page):
    """`engagement_words.yaml`."""

    about: str
    denials: str
    languages: dict[str, str]
    greetings: str
    outcome_labels: str
    duration_labels: str
    present_labels: str
    with_whom: str
    conditions: str
    concepts: dict[str, Concept]


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: str
    deniable: bool
    language: str
    rest: tuple[str, ...]


class _Starts:
    """The phrases that begin with a word, by the word that must follow, so that most are never looked at.

    `marks` is what the word tells of the language, for all languages in one number of _DIGITS bits each.
    """

    __slots__ = ("alone", "always", "followed", "loose", "marks")

    def __init__(self, phrases: Iterable[_Phrase], marks: tuple[tuple[int, int], ...]) -> None:
        self.marks = sum(weight << (language * _DIGITS) for language, weight in marks)
        self.alone: list[_Phrase] = []
        self.followed: dict[str, list[_Phrase]] = {}
        self.loose: list[_Phrase] = []
        for phrase in phrases:
            if not phrase.rest:
                self.alone.append(phrase)
            elif phrase.rest[0] == GAP or phrase.rest[0].endswith("*"):
                self.loose.append(phrase)
            else:
                self.followed.setdefault(phrase.rest[0], []).append(phrase)
        self.always = bool(self.alone or self.loose)


class _Seen(dict[str, _Starts | None]):
    """What starts with a word, looked up once for each word; None for a word that starts nothing."""

    def __init__(self, look_up: Callable[[str], _Starts | None]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> _Starts | None:
        self[word] = starts = self._look_up(word)
        return starts

    def __reduce__(self) -> tuple[type["_Seen"], tuple[Callable[[str], _Starts | None]]]:
        return _Seen, (self._look_up,)


class Lexicon:
    """Every phrase of a book, found in one pass over the words of a text."""

    def __init__(self, book: Book) -> None:
        self.concepts = tuple(book.concepts)
        self.says = {name: concept.says for name, concept in book.concepts.items()}
        self.outcome_labels = tuple(folded(label) for label in _listed(book.outcome_labels))
        self.duration_labels = tuple(folded(label) for label in _listed(book.duration_labels))
        self.present_labels = tuple(folded(label) for label in _listed(book.present_labels))
        self.with_whom = frozenset(_listed(book.with_whom))
        self.conditions = frozenset(said.split()[-1] for said in _listed(book.conditions))
        self._greetings = frozenset(folded(word).lower() for word in _listed(book.greetings))
        self._denials = frozenset(folded(word).lower() for word in _listed(book.denials))
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        self._seen = _Seen(self._look_up)
        self._texts: dict[str, Heard] = {}
        self._length = 0  # of the texts remembered
        for name, concept in book.concepts.items():
            for phrase, language in concept.phrases:
                self._add(_parts(phrase), name, concept.deniable, language)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._marks = _marks(book.languages)

    def __getstate__(self) -> dict[str, object]:
        """Other processes are sent the phrases, not what was heard so far."""
        return {**self.__dict__, "_texts": {}, "_length": 0}

    def hear(self, text: str) -> Heard:
        """The text's words and all that may be said in it, in any language, in order of where it starts.

        A text that is folded already gives the same.
        """
        known = self._texts.get(text)
        if known is None:
            self._length += len(text) + 20
            if self._length > _TEXTS:
                self._texts.clear()
                self._length = len(text)
            known = self._texts[text] = self._heard(text)
        return known

    def _heard(self, text: str) -> Heard:
        if "'" in text or not text.isascii():
            text = folded(text)
        words = tokens(text)
        words.append(STOP)
        spoken = 0
        hits: list[Hit] = []
        if len(self._seen) > _MEMORY:
            self._seen.clear()
        # Most words start nothing: they are passed over without a line of Python for each.
        for at, starts in enumerate(map(self._seen.__getitem__, words)):
            if starts is None:
                continue
            spoken += starts.marks
            longer = starts.followed.get(words[at + 1])
            if starts.always or longer:
                hits += self._starting(starts, longer, words, at)
        words.pop()
        return Heard(text, tuple(words), tuple(hits), spoken)

    def _starting(self, starts: _Starts, longer: list[_Phrase] | None, words: Sequence[str], at: int) -> list[Hit]:
        """What is said from this word on, the longest first; `longer` are the phrases that the next word goes on."""
        hits = [
            Hit(phrase.concept, at, at + 1, phrase.deniable and self._denied(words, at), phrase.language)
            for phrase in starts.alone
        ]
        if longer is None and not starts.loose:
            return hits  # the most frequent: a word that stands for itself
        either = (*(longer or ()), *starts.loose)
        hits += [
            Hit(phrase.concept, at, end, phrase.deniable and self._denied(words, at), phrase.language)
            for phrase in either
            if (end := _end(phrase.rest, words, at + 1))
        ]
        if len(hits) > 1:
            hits.sort(key=_end_of, reverse=True)
        return hits

    def languages(self, texts: Iterable[Heard]) -> frozenset[str]:
        """The languages a record is written in, with the empty one; all of them when nothing tells.

        English stays: its sales words are used in every language.
        """
        counts = _by_language(sum([heard.spoken for heard in texts]))
        most = max(counts)
        if most < 3:
            return _EVERY
        return frozenset(
            ("", "en", *(name for name, count in zip(LANGUAGES, counts, strict=True) if count * 2 >= most))
        )

    def greets(self, heard: Heard) -> bool:
        """Whether a text opens with a greeting."""
        return bool(heard.tokens) and heard.tokens[0] in self._greetings

    def is_common(self, word: str) -> bool:
        """Whether a word in lower case is one of those that every sentence is made of."""
        return word in self._marks

    def _add(self, parts: list[str], concept: str, deniable: bool, language: str) -> None:
        first, rest = parts[0], tuple(parts[1:])
        table = self._stems if first.endswith("*") else self._exact
        table.setdefault(first.rstrip("*"), []).append(_Phrase(concept, deniable, language, rest))

    def _look_up(self, word: str) -> _Starts | None:
        found = list(self._exact.get(word, ()))
        for length in range(2, min(len(word), self._longest_stem) + 1):
            found.extend(self._stems.get(word[:length], ()))
        marks = self._marks.get(word, ())
        return _Starts(found, marks) if found or marks else None

    def _denied(self, words: Sequence[str], at: int) -> bool:
        for back in range(at - 1, max(-1, at - 4), -1):
            if words[back] == STOP:
                return False
            if words[back] in self._denials:
                return True
        return False


@cache
def lexicon(path: Path = WORDS) -> Lexicon:
    """The playbook's lexicon, read once."""
    return Lexicon(read_yaml(path, Book))


_end_of = attrgetter("end")


def _by_language(spoken: int) -> list[int]:
    """The sums of the words' marks, in the order of LANGUAGES."""
    return [spoken >> digits & _ONES for digits in _PLACES]


def _marks(languages: dict[str, str]) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each function word the languages it speaks for, and how clearly."""
    found: dict[str, list[int]] = {}
    for language, words in languages.items():
        for word in _listed(words):
            found.setdefault(word, []).append(LANGUAGES.index(language))
    return {word: tuple((number, 3 if len(of) == 1 else 1) for number in of) for word, of in found.items()}


def _listed(phrases: str) -> list[str]:
    return [phrase for part in phrases.split(",") if (phrase := part.strip())]


def _parts(phrase: str) -> list[str]:
    """A phrase's words, folded like the texts they are compared with."""
    parts = []
    for word in phrase.split():
        if word == GAP:
            parts.append(GAP)
        else:
            stem = word.endswith("*")
            pieces = [t for t in tokens(folded(word.rstrip("*"))) if t != STOP]
            parts.extend([*pieces[:-1], pieces[-1] + "*" * stem])
    return parts


def _end(rest: tuple[str, ...], words: Sequence[str], at: int) -> int:
    """Where the phrase ends when `rest` continues at `at`; 0 when it does not."""
    for number, part in enumerate(rest):
        if part == GAP:
            return _after_gap(rest[number + 1 :], words, at)
        if at >= len(words):
            return 0
        word = words[at]
        if not (word.startswith(part[:-1]) and word != STOP if part[-1] == "*" else word == part):
            return 0
        at += 1
    return at


def _after_gap(rest: tuple[str, ...], words: Sequence[str], at: int) -> int:
    for skipped in range(4):
        if at + skipped >= len(words) or (skipped and words[at + skipped - 1] == STOP):
            return 0
        if end := _end(rest, words, at + skipped):
            return end
    return 0
