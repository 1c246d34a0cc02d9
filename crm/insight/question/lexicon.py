"""Reads a question into atoms: the words and names of which its meaning is made, none left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crm.insight.frame import About, Column, Field, How, Where
from crm.insight.question.misspellings import Misspellings
from crm.insight.question.tokens import PAUSES, Token, number_in, plain, plain_word, tokens_of
from crm.insight.question.wordbook import Beyond, Entry, NamedRate, Words, listed
from crm.nouns import Period

HUNDRED = 100
BOUNDING = ("over", "under", "more", "fewer", "exact")
UNITS = ("day", "week", "month", "quarter", "year", "hour", "minute")
POSSESSIVE = "s"


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
class Party:
    """A small word that tells who does something: `who` is ours, theirs, or towards (what follows is done to).

    It is inside where a whole follows of which something is a part: "Dock in open deals".
    """

    start: int
    who: str
    text: str = ""


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
        bounds = {t.start for at, t in enumerate(tokens) if self._is_bound(tokens, at) or self._is_counted(tokens, at)}
        named = [n for n in named if not (isinstance(n.meaning, Period) and n.start in bounds)]
        if any(self._is_any_week(tokens, at) for at, t in enumerate(tokens) if t.plain in self._weekday_openers):
            days = self.words.weekday_names
            named = [n for n in named if plain_word(text[n.start : n.end]) not in {*days, *days.values()}]
            tokens = [replace(t, plain=days.get(t.plain, t.plain)) for t in tokens]
        atoms: list[Atom] = []
        unknown: list[Token] = []
        little: list[int] = []
        parties: list[Party] = []
        at = 0
        while at < len(tokens):
            before = atoms[-1] if atoms else None
            atom, step = (
                self._one(tokens, at, before)
                or self._two(tokens, at, before)
                or self._times(tokens, at, before)
                or self._next(text, tokens, at, named)
            )
            if atom is None:
                unknown.append(tokens[at])
            elif atom.kind != "filler":
                atoms.append(atom)
                little += [atom.start] if atom.kind == "sole" else []
            else:
                little.append(tokens[at].start)
                parties += [
                    Party(t.start, who, t.text)
                    for t in tokens[at : at + step]
                    if (who := self._parties.get(t.plain)) and (t is tokens[at] or who != "all")  # not "at all"
                ]
                phrase = " ".join(t.plain for t in tokens[at : at + step])
                if step > 1 and (who := self._parties.get(phrase)):
                    parties.append(Party(tokens[at].start, who, atom.text))
            at += step
        atoms = [*self._whole_first(tokens, atoms), *_answerable(atoms)]
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
        following = tokens[tokens.index(word) + 1 :]
        if following and following[0].plain in (POSSESSIVE, *self.words.shades.binding):
            return False  # "half of the deals", "stalled in our pipeline", "Aurora's share"
        opening = word is tokens[0] and len(tokens) > 1 and tokens[1].start in little
        parted = any(word.start < start < first for start in little)
        return parted and word.plain.isalpha() and (opening or not word.text[0].isupper())

    def _next(self, text: str, tokens: Sequence[Token], at: int, named: Sequence[Named]) -> tuple[Atom | None, int]:
        token = tokens[at]
        barred = self._entries.get(token.plain)
        names = self.names.get(token.plain, ())
        found = self._phrase(tokens, at)
        longer = found is not None and found[0].kind == "how" and found[1] > 1  # "quota di" is a share
        reason = any(f is Field.LOSS_REASON for f, _ in names)
        if barred is not None and isinstance(barred[1], Beyond) and not (reason or longer):
            return Atom(barred[0], barred[1], token.text, token.start), 1
        capitals = token.text in self.words.initials and not text.isupper()
        if capitals and (found is None or found[0].text == token.text):
            found = self._meant(token)
        for one in (n for n in named if isinstance(n.meaning, Period) and n.start <= token.start < n.end):
            if (
                found is not None
                and found[0].kind == "filler"
                and found[1] > 1
                and found[1] >= _covered(tokens, at, one)
                and isinstance(one.meaning, Period)
                and one.meaning.start is not None  # but "until today" leaves out what is planned
            ):
                return found  # "as of today" is no stretch of time
            return Atom("period", one.meaning, text[one.start : one.end], token.start), _covered(tokens, at, one)
        if token.plain in self.words.shades.leading and at + 1 < len(tokens) and _in_period(tokens[at + 1], named):
            return Atom("filler", "", token.text, token.start), 1  # "no 1º semestre" is in the first half
        for one in (n for n in named if isinstance(n.meaning, Where) and n.start <= token.start < n.end):
            if found is None or found[0].kind == "filler" or _covered(tokens, at, one) > found[1]:
                return Atom("value", one.meaning, text[one.start : one.end], token.start), _covered(tokens, at, one)
        if found is not None and found[0].kind == "number":
            return self._multiplied(tokens, at, found)
        if found is not None:
            return found
        if token.plain in PAUSES:
            return Atom("comma", ",", token.text, token.start), 1
        if token.plain == "?":
            return Atom("filler", "", token.text), 1
        if (number := number_in(token.plain)) is not None:
            return self._multiplied(tokens, at, (Atom("number", number, token.text, token.start), 1))
        if better := self._mended(token.plain):
            mended = [*tokens[:at], Token(better, better, token.start, token.end), *tokens[at + 1 :]]
            found = self._phrase(mended, at)
            noun = at > 0 and token.text[0].isupper() and not text.isupper()
            if found is not None and not (noun and found[0].kind == "filler"):
                return found  # but a noun nobody knows is no misspelt small word: "Konten" for "konnten"
        return None, 1

    def _one(self, tokens: Sequence[Token], at: int, before: Atom | None) -> tuple[Atom, int] | None:
        """ "Older than a year", "more than one open deal", "only one contact": a number; elsewhere it says nothing.

        An article is one before a unit of time, in some languages behind a comparison, too: "mehr als ein Deal".
        """
        token, following = tokens[at], tokens[at + 1 : at + 2]
        shades = self.words.shades
        if (
            before is None
            or before.kind not in (*BOUNDING, "sole")
            or token.plain not in (*shades.one, *shades.article)
        ):
            return None
        unit = [t for t in following if self._entries.get(t.plain, ("", ""))[1] in UNITS]
        counted = token.plain in shades.one and (before.kind == "sole" or self._is_numeric(before))
        said = self._phrase(tokens, at)
        longer = said is not None and said[0].kind == "number"  # "one hundred"
        beside = token.start - before.start - len(before.text) == 1
        if not beside or longer or not following or not (counted or unit) or (before.kind == "sole" and unit):
            return None
        return Atom("number", 1.0, token.text, token.start), 1

    def _two(self, tokens: Sequence[Token], at: int, before: Atom | None) -> tuple[Atom, int] | None:
        """ "Más de dos negocios", "qué dos comerciales": a number in one language, "of the" in another."""
        token = tokens[at]
        if token.plain not in self.words.shades.two_or_of:
            return None
        beside = before is not None and token.start - before.start - len(before.text) == 1
        counts = before is None or (beside and before.kind in (*BOUNDING, "sole", "with", "top"))
        counts = counts or (at > 0 and tokens[at - 1].plain in self.words.shades.two_led)
        return (Atom("number", 2.0, token.text, token.start), 1) if counts else None

    def _times(self, tokens: Sequence[Token], at: int, before: Atom | None) -> tuple[Atom, int] | None:
        """ "More than once", "at least three times": so often, behind a bound or a number."""
        token, shades = tokens[at], self.words.shades
        if before is None or token.start - before.start - len(before.text) != 1:
            return None
        if before.kind == "number" and token.plain in shades.times:
            return Atom("times", "times", token.text, token.start), 1
        once = {plain(word): count for word, count in shades.once.items()}
        if before.kind in BOUNDING and token.plain in once:
            return Atom("times", once[token.plain], token.text, token.start), 1
        return None

    def _is_numeric(self, bound: Atom) -> bool:
        """ "Mehr als", "plus de": a number follows, where "over a" and "under a" may speak of a place."""
        return plain(bound.text) not in {plain(word) for word in self.words.shades.numeric}

    def _multiplied(self, tokens: Sequence[Token], at: int, found: tuple[Atom, int]) -> tuple[Atom, int]:
        """ "100 thousand", "ten thousand"."""
        number, length = found
        while (more := self._added(tokens, at + length, float(str(number.value)))) is not None:
            number = replace(number, value=float(str(number.value)) + more[0])
            length += more[1]
        times = self._thousands.get(tokens[at + length].plain, 1) if at + length < len(tokens) else 1
        if times == 1:
            said = " ".join(t.text for t in tokens[at : at + length])
            return replace(number, text=said), length
        said = " ".join(t.text for t in tokens[at : at + length + 1])
        return replace(number, value=float(str(number.value)) * times, text=said), length + 1

    def _added(self, tokens: Sequence[Token], at: int, before: float) -> tuple[float, int] | None:
        """ "One hundred and eighty": a smaller number in words that is added to round hundreds or thousands."""
        if before < HUNDRED or before % HUNDRED or not tokens[at - 1].plain.isalpha():
            return None
        joined = at < len(tokens) and tokens[at].plain in self.words.shades.numbering
        found = self._phrase(tokens, at + joined) if at + joined < len(tokens) else None
        if found is None or found[0].kind != "number" or not tokens[at + joined].plain.isalpha():
            return None
        value = float(str(found[0].value))
        return (value, found[1] + joined) if 0 < value < HUNDRED else None

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

    def _is_counted(self, tokens: Sequence[Token], at: int) -> bool:
        """ "Eighty days ago": the word before is its number, so that what begins here is no time by itself."""
        before = tokens[at - 1].plain if at else ""
        return before.isalpha() and self._entries.get(before, ("", ""))[0] == "number"

    def _phrase(self, tokens: Sequence[Token], at: int) -> tuple[Atom, int] | None:
        """The longest entry or name that starts here."""
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            words = [t.plain for t in tokens[at : at + length]]
            if any(w in PAUSES for w in words):
                continue
            phrase = (
                " ".join(w if w in self._known else self._mended(w) or w for w in words) if length > 1 else words[0]
            )
            names, entry = self.names.get(phrase, ()), self._entries.get(phrase)
            if not (names or entry) and phrase.endswith("s"):
                names = self.names.get(phrase[:-1], ())  # "how many CFOs"
            said = " ".join(t.text for t in tokens[at : at + length])
            reason = entry and isinstance(entry[1], Beyond) and any(f is Field.LOSS_REASON for f, _ in names)
            if entry and not ((entry[0] in ("number", "active") or reason) and names):
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
    def _weekday_openers(self) -> frozenset[str]:
        """With what the names of days begin: only there are they looked for."""
        return frozenset(p.split()[0] for p, named in self.names.items() if any(f is Field.WEEKDAY for f, _ in named))

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

    def _mended(self, word: str) -> str:
        """The known word that was meant; "retail" is no "detail", even where nobody is in retail."""
        return "" if word in self._elsewhere else self._misspellings.mended(word)

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        """What values may be called in other data."""
        told = (*self.words.spellings, *self.words.spellings.values())
        return frozenset(word for phrases in told for word in plain(phrases.replace(",", " ")).split())

    @cached_property
    def _misspellings(self) -> Misspellings:
        numbers = {plain(word) for words in self.words.numbers.values() for word in words.split(",")}
        return Misspellings(self._known, self._known - numbers, self._entries)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(w for p in (*self._entries, *self.names) for w in p.split())


def _answerable(atoms: Sequence[Atom]) -> list[Atom]:
    """Without the words that only ask: "why do we lose deals, count by reason"."""
    fields = {a.value for a in atoms if a.kind == "field"}
    return [a for a in atoms if not (isinstance(a.value, Beyond) and a.value.unless in fields)]


def _in_period(token: Token, named: Sequence[Named]) -> bool:
    return any(isinstance(n.meaning, Period) and n.start <= token.start < n.end for n in named)


def _covered(tokens: Sequence[Token], at: int, one: Named) -> int:
    return sum(one.start <= t.start < one.end for t in tokens[at:])
