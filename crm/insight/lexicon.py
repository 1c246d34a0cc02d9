"""Reads a question into atoms: the words and names of which its meaning is made, none left over."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crm.insight.frame import About, Column, Field, How, Where
from crm.insight.wordbook import Beyond, Entry, NamedRate, Words, listed
from crm.nouns import Period

WORD = re.compile(r"\bw/o?(?!\w)|\d+(?:[.,]\d+)*(?:k|m)?(?:\+(?!\w)|\b)|[^\W_]+|[€$£&,;/?%<>=]", re.IGNORECASE)
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "&": "and"})
FUZZY_FROM, TWICE_FROM = 5, 9  # letters from which one, or two, wrong ones are forgiven
SKELETON_FROM = 4  # letters of a word without its vowels
VOWELS = "aeiou"
PAUSES = ",;/"
OPPOSITE = ("un", "in", "im", "non", "dis")  # "undecided" is no misspelt "decided"


@dataclass(frozen=True, slots=True)
class Named:
    """Something the question names, found by others: an account, a person, a period, at these characters."""

    start: int
    end: int
    meaning: Where | Period


Meaning = About | Column | Field | How | Where | Period | Entry | NamedRate | Beyond | float | str


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of meaning: `kind` is its part of speech, `text` how it was typed.

    `names` are the values in the data that the same words may be, as (field, value).
    """

    kind: str
    value: Meaning
    text: str
    start: int = 0
    names: tuple[tuple[Field, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its plain form and its place."""

    text: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Party:
    """A small word that tells who does something: `who` is ours, theirs, or towards (what follows is done to)."""

    start: int
    who: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A question as atoms; `unknown` are the words that mean nothing here, `asking` those that seem to ask only."""

    atoms: tuple[Atom, ...]
    unknown: tuple[str, ...]
    parties: tuple[Party, ...] = ()
    asking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The playbook's words with the names in the data."""

    words: Words
    names: Mapping[str, tuple[tuple[Field, str], ...]]

    def scan(self, text: str, named: Sequence[Named] = ()) -> Scan:
        """Every word of the text as part of an atom, or as unknown."""
        tokens = [part for token in tokens_of(text) for part in self._taken_apart(token)]
        bounds = {t.start for at, t in enumerate(tokens) if self._is_bound(tokens, at)}
        named = [n for n in named if not (isinstance(n.meaning, Period) and n.start in bounds)]
        if any(self._is_any_week(tokens, at) for at in range(len(tokens))):
            days = self.words.weekday_names
            named = [n for n in named if _plain_word(text[n.start : n.end]) not in {*days, *days.values()}]
            tokens = [replace(t, plain=days.get(t.plain, t.plain)) for t in tokens]
        atoms: list[Atom] = []
        unknown: list[Token] = []
        little: list[int] = []
        parties: list[Party] = []
        at = 0
        while at < len(tokens):
            atom, step = self._next(text, tokens, at, named)
            if atom is None:
                unknown.append(tokens[at])
            elif atom.kind != "filler":
                atoms.append(atom)
            else:
                little.append(tokens[at].start)
                parties += [
                    Party(t.start, self._parties[t.plain]) for t in tokens[at : at + step] if t.plain in self._parties
                ]
            at += step
        atoms = [*self._whole_first(tokens, atoms), *atoms]
        asking = [t for t in unknown if self._only_asks(t, tokens, atoms, little)]
        strange = [t.text for t in unknown if t not in asking]
        return Scan(tuple(atoms), tuple(strange), tuple(parties), tuple(t.text for t in asking))

    def _only_asks(self, word: Token, tokens: Sequence[Token], atoms: Sequence[Atom], little: Sequence[int]) -> bool:
        """ "I require the monthly revenue", "vorrei vedere il fatturato": a verb of asking, for it stands before all
        that is asked, and a small word parts the two; an adjective ("dormant accounts") stands beside what it narrows.
        """
        first = atoms[0].start if atoms else -1
        if word.start > first or word.plain in self._narrowing:
            return False
        opening = word is tokens[0] and len(tokens) > 1 and tokens[1].start in little
        parted = any(word.start < start < first for start in little)
        return parted and word.plain.isalpha() and (opening or not word.text[0].isupper())

    def _next(self, text: str, tokens: Sequence[Token], at: int, named: Sequence[Named]) -> tuple[Atom | None, int]:
        token = tokens[at]
        barred = self._entries.get(token.plain)
        if barred is not None and isinstance(barred[1], Beyond):
            return Atom(barred[0], barred[1], token.text, token.start), 1
        found = self._phrase(tokens, at)
        capitals = token.text in self.words.initials and not text.isupper()
        if capitals and (found is None or found[0].text == token.text):
            found = self._meant(token)
        for one in (n for n in named if isinstance(n.meaning, Period) and n.start <= token.start < n.end):
            if (
                found is not None
                and found[0].kind == "filler"
                and found[1] > 1
                and found[1] >= _covered(tokens, at, one)
            ):
                return found  # "as of today" is no stretch of time
            return Atom("period", one.meaning, text[one.start : one.end], token.start), _covered(tokens, at, one)
        if token.plain == "no" and at + 1 < len(tokens) and _in_period(tokens[at + 1], named):
            return Atom("filler", "", token.text, token.start), 1  # in the, in Portuguese: "no 1º semestre"
        for one in (n for n in named if isinstance(n.meaning, Where) and n.start <= token.start < n.end):
            if found is None or _covered(tokens, at, one) > found[1]:
                return Atom("value", one.meaning, text[one.start : one.end], token.start), _covered(tokens, at, one)
        if found is not None:
            return found
        if token.plain in PAUSES:
            return Atom("comma", ",", token.text, token.start), 1
        if token.plain == "?":
            return Atom("filler", "", token.text), 1
        if (number := number_in(token.plain)) is not None:
            times = self._thousands.get(tokens[at + 1].plain, 1) if at + 1 < len(tokens) else 1
            said = " ".join(t.text for t in tokens[at : at + 1 + (times > 1)])
            return Atom("number", number * times, said, token.start), 1 + (times > 1)
        if better := self._misspelt(token.plain):
            mended = [*tokens[:at], Token(better, better, token.start, token.end), *tokens[at + 1 :]]
            return self._phrase(mended, at) or (None, 1)
        return None, 1

    def _whole_first(self, tokens: Sequence[Token], atoms: Sequence[Atom]) -> list[Atom]:
        """ "Of the leads from banks, what part is qualified": the whole is told first."""
        opening = bool(tokens) and tokens[0].plain in self.words.shades.opening
        share = next((place for place, a in enumerate(atoms) if a.value == "share"), 0)
        told = any(a.kind in ("about", "condition") for a in atoms[:share])
        pause = any(a.kind == "comma" for a in atoms[max(share - 2, 0) : share])
        if not (opening and told and pause) or atoms[0].kind == "among":
            return []
        return [Atom("among", "among", tokens[0].text, tokens[0].start)]

    def _meant(self, token: Token) -> tuple[Atom, int] | None:
        """What capitals stand for: "US" is a country, "us" is who asks."""
        words = plain(self.words.initials[token.text]).split()
        found = self._phrase([replace(token, plain=word) for word in words], 0)
        return (replace(found[0], text=token.text), 1) if found and found[1] == len(words) else None

    def _taken_apart(self, token: Token) -> list[Token]:
        """ "Durchschnittsalter" as its two words, "100+" as "at least 100"."""
        if token.plain in self._known:
            return [token]
        if token.plain.endswith("+"):
            return [replace(token, plain=word) for word in ("at", "least", token.plain.rstrip("+"))]
        for opening in self.words.compounds.split(", "):
            rest = token.plain.removeprefix(opening)
            if rest != token.plain and rest in self._entries:
                return [replace(token, plain=opening), replace(token, plain=rest)]
        return [token]

    def knows(self, word: str) -> bool:
        """Whether the plain word is part of an entry or a name."""
        return word in self._known

    def _is_any_week(self, tokens: Sequence[Token], at: int) -> bool:
        """ "On a Saturday or Sunday" is whichever, "on Saturday" the last one."""
        found = self._phrase(tokens, at)
        return found is not None and any(f is Field.WEEKDAY for f, _ in found[0].names)

    def _is_bound(self, tokens: Sequence[Token], at: int) -> bool:
        """ "within 30 days" bounds how long something took; "within the last 30 days" is a time."""
        following = tokens[at + 1].plain if at + 1 < len(tokens) else ""
        return self._entries.get(tokens[at].plain, ("", ""))[0] == "under" and number_in(following) is not None

    def _phrase(self, tokens: Sequence[Token], at: int) -> tuple[Atom, int] | None:
        """The longest entry or name that starts here."""
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            words = [t.plain for t in tokens[at : at + length]]
            if any(w in PAUSES for w in words):
                continue
            phrase = (
                " ".join(w if w in self._known else self._misspelt(w) or w for w in words) if length > 1 else words[0]
            )
            names, entry = self.names.get(phrase, ()), self._entries.get(phrase)
            if not (names or entry) and phrase.endswith("s"):
                names = self.names.get(phrase[:-1], ())  # "how many CFOs"
            said = " ".join(t.text for t in tokens[at : at + length])
            if entry and not (entry[0] == "number" and names):
                return Atom(entry[0], entry[1], said, tokens[at].start, names), length
            if names:
                return Atom("name", "", said, tokens[at].start, names), length
        return None

    @cached_property
    def _entries(self) -> dict[str, tuple[str, Meaning]]:
        found: dict[str, tuple[str, Meaning]] = {}
        for phrases, kind, value in listed(self.words):
            for phrase in phrases.split(","):
                found.setdefault(plain(phrase), (kind, value))
        return found

    @cached_property
    def _thousands(self) -> Mapping[str, int]:
        return {plain(word): times for times, words in self.words.thousands.items() for word in words.split(",")}

    @cached_property
    def _narrowing(self) -> frozenset[str]:
        return frozenset(plain(word) for word in self.words.remarks.narrowing.split(","))

    @cached_property
    def _parties(self) -> dict[str, str]:
        return {plain(word): who for who, words in self.words.parties.items() for word in words.split(",")}

    @cached_property
    def _longest(self) -> int:
        return max(len(p.split()) for p in (*self._entries, *self.names))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(w for p in (*self._entries, *self.names) for w in p.split())

    @cached_property
    def _long_words(self) -> list[str]:
        numbers = {plain(word) for words in self.words.numbers.values() for word in words.split(",")}
        return sorted(w for w in self._known - numbers if len(w) >= FUZZY_FROM - 1)

    def _misspelt(self, word: str) -> str:
        """The one known word that is a letter away, or two in a long word; empty when there is none."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if word in self._known or not word.isalpha():
            return ""
        if shortened := self._skeletons.get(word if len(word) >= SKELETON_FROM else ""):
            return shortened
        if len(word) < FUZZY_FROM - 1:
            return ""
        if len(word) < FUZZY_FROM:  # too short for a wrong letter, but two may have changed places
            swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
            if swapped & self._known:
                return next(iter(swapped & self._known)) if len(swapped & self._known) == 1 else ""
            return self._completed(word)
        most = 2 if len(word) >= TWICE_FROM else 1
        near = process.extract(word, self._long_words, scorer=OSA.distance, score_cutoff=most, limit=8)
        near = [n for n in near if not any(word == f"{prefix}{n[0]}" for prefix in OPPOSITE)]
        best = [w for w, d, _ in near if d == near[0][1]]
        meanings = {self._meaning(w) for w in best}
        return best[0] if best and len(meanings) == 1 else self._completed(word)

    def _completed(self, word: str) -> str:
        """The one known word of which a letter was left out behind the first, which happens most: "dels", "averge"."""
        if len(word) < FUZZY_FROM - 1:
            return ""
        pattern = re.compile("|".join(f"{word[:i]}[a-z]{word[i:]}" for i in range(1, len(word))))
        found = [w for w in self._long_words if len(w) == len(word) + 1 and pattern.fullmatch(w)]
        return found[0] if len({self._meaning(w) for w in found}) == 1 else ""

    @cached_property
    def _skeletons(self) -> Mapping[str, str]:
        """Words without the vowels that a hurried hand leaves out, where they have one meaning: "avrg"."""
        found: dict[str, set[str]] = {}
        for word in (w for w in self._entries if len(w) >= FUZZY_FROM and w.isalpha()):
            bare = word[0] + "".join(c for c in word[1:] if c not in VOWELS)
            for short in {bare, re.sub(r"(.)\1", r"\1", bare)}:
                found.setdefault(short, set()).add(word)
        return {short: min(words) for short, words in found.items() if len({self._meaning(w) for w in words}) == 1}

    def _meaning(self, word: str) -> object:
        """What tells two near words apart: singular and plural mean the same."""
        entry = self._entries.get(word)
        return (entry[0], id(entry[1])) if entry and not isinstance(entry[1], str) else entry or word


def plain(text: str) -> str:
    """Lower-case words without accents or marks, a blank between: how questions and names are compared."""
    return " ".join(t.plain for t in tokens_of(text) if t.plain not in PAUSES + "?")


def tokens_of(text: str) -> list[Token]:
    """The words, numbers and marks that carry meaning."""
    return [Token(m.group(), _plain_word(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]


def _plain_word(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS))
    return "".join(c for c in letters if not unicodedata.combining(c))


def number_in(word: str) -> float | None:
    """10,000 and 10.000 and 10k are ten thousand; 1.5m one and a half million."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)*)([km]?)", word)
    if found is None:
        return None
    digits = found[1]
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    try:
        return float(digits.replace(",", ".")) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]]
    except ValueError:
        return None


def _in_period(token: Token, named: Sequence[Named]) -> bool:
    return any(isinstance(n.meaning, Period) and n.start <= token.start < n.end for n in named)


def _covered(tokens: Sequence[Token], at: int, one: Named) -> int:
    return sum(one.start <= t.start < one.end for t in tokens[at:])
