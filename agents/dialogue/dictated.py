"""What a mail is asked to say, in the asker's own words: "write to Jo that the parts ship on Monday".

Nothing is put into other words here; `kind` tells a template how a sentence leads up to them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from agents.dialogue.verb_forms import of_gerund, of_imperative
from agents.dialogue.wishes import ANY_TASK, TONES
from agents.reading.phrases import without
from agents.reading.tokens import Token, tokens, words_of
from agents.reading.wordlists import word_list

PHRASE = 3  # words of the longest phrase of these lists
WHOM = 6  # words by which the reader may be named
OBJECT = 2  # which word it is whom something is done to: "to thank her"
FEWEST = 2  # words that a sentence behind a colon has
LAST_PART = re.compile(r"[.,;!?](?=[^.,;!?]*$)")
BESIDE, ENDS = " ,;:", " .,;:!?"
QUOTES = '"“”„«» '


@dataclass(frozen=True, slots=True)
class Dictated:
    """Words that a mail is to hold.

    `kind` is tell ("that the parts ship"), plain (a sentence), request ("for a date"), after ("nach dem Preis"),
    question ("whether it suits"), plea ("den Vertrag zu schicken") or purpose ("to confirm Tuesday"). `foreign` words
    are in another language than the mail.
    """

    kind: str
    words: str
    foreign: bool = False

    @property
    def sentence(self) -> str:
        """The words as they begin a sentence."""
        return self.words[:1].upper() + self.words[1:]

    def abroad(self) -> "Dictated":
        """The same in a mail of another language: without the conjunction, but the German one orders the words."""
        first = tokens(self.words)[0]
        joins = self.kind == "tell" and first.plain in _words("that") - _words("that_alone")
        return replace(self, foreign=True, words=self.words[first.end :].lstrip(" '’") if joins else self.words)


class Heard(NamedTuple):
    """What is to be said, or nothing; and the text without it, which says of which kind and manner the mail is."""

    dictated: Dictated | None
    rest: str


class _Found(NamedTuple):
    """Where it begins to be about what is to be said, and the part of the text that is said.

    `lead` and `tail` stand for a word whose form only fits the request: "confirming the date" is told as "to confirm
    the date", "und bestätige den Termin" as "um den Termin zu bestätigen".
    """

    cut: int
    start: int
    end: int
    kind: str
    lead: str = ""
    tail: str = ""


def dictated(text: str, names: Collection[str] = ()) -> Heard:
    """What a text asks a mail to say; `names` are the plain words of the names it may hold."""
    said = tokens(text)
    begun = next((n for n in range(len(said)) if _phrase(said[n:], "writing")), None)
    if begun is None:
        return Heard(None, text)
    asking = _Asking(text, said, frozenset(names) | _words("whom"), begun)
    found = next(asking.found(), None)
    if found is None:
        return Heard(None, text)
    words, tail = _without_manner(text[found.start : found.end])
    words = words.strip(BESIDE)
    if words[:1] in QUOTES:
        words = words.strip(QUOTES)
    if not text[: found.start].rstrip().endswith(":"):
        words = words.rstrip(ENDS)  # what ends there is the request: "could you write that we agree?"
    words = f"{found.lead}{words}{found.tail}"
    words = _to_the_reader(words, names) if found.kind == "purpose" else words
    if not words_of(words) or _is_all(words, _manner() | _words("polite")):
        return Heard(None, text)
    return Heard(Dictated(found.kind, words), f"{text[: found.cut]} {tail} {text[found.end :]}".strip())


@dataclass(frozen=True, slots=True)
class _Asking:
    """A text in which a mail is asked for from the word `begun` on; `whom` are words that name its reader."""

    text: str
    said: Sequence[Token]
    whom: frozenset[str]
    begun: int

    def found(self) -> Iterator[_Found]:
        """Every place where something begins that may be to be said, the first one first."""
        for n in range(self.begun, len(self.said)):
            yield from self._told(n)
            if n > self.begun:
                yield from self._that(n)
                yield from self._asked(n)
                yield from self._asked_last(n)
                yield from self._purpose(n)
                yield from self._imperative(n)

    def _that(self, n: int) -> Iterator[_Found]:
        word, before = self.said[n], next((t for t in reversed(self.said[:n]) if t.is_word), None)
        after = next((t for t in self.said[n + 1 :] if t.is_word), None)
        if word.plain not in _words("that") or before is None or after is None:
            return
        if before.plain in _words("a_mail") | _words("not_before") or after.plain in _words("relative"):
            return
        if not self._belongs_to_a_thing(n):
            yield self._from(n, "tell")

    def _belongs_to_a_thing(self, n: int) -> bool:
        """As in "about the offer that she asked for"; in German that is another word."""
        if self.said[n].plain in _words("that_alone"):
            return False
        words = [t for t in self.said[self.begun : n] if t.is_word]
        about = any(_starts_with(words[at:], word_list("asks")["about"]) for at in range(len(words)))
        named = words[-1].capital or words[-1].plain in self.whom | word_list("asks")["senior"]
        return about or (not named and len(words) > 1 and words[-2].plain in _words("article"))

    def _told(self, n: int) -> Iterator[_Found]:
        """A colon, "saying", or "tell them", with a sentence behind it."""
        if self.said[n].text == ":" and self.text[self.said[n].end :][:1].isspace():
            if len(words_of(self.text[self.said[n].end :])) >= FEWEST:
                yield self._from(n + 1, "plain")
        elif (size := _phrase(self.said[n:], "saying")) and not self._is(n + size, "that"):
            yield self._from(n + size, "plain")
        elif self.said[n].plain in _words("telling") and not self.text[self.said[n].end :].startswith(("'", "’")):
            at = self._past_whom(n + 1)
            known = at + self._is(at, "know")
            if at > n + 1 and known < len(self.said) and self.said[known].is_word and not self._is(known, "not_told"):
                yield self._from(known, "plain")

    def _asked(self, n: int) -> Iterator[_Found]:
        asks, at_once = self.said[n].plain in _words("asking"), self.said[n].plain in _words("asking_for")
        if not (asks or at_once) or self._is(n - 1, "who") or self._is_noun(n):
            return
        at = self._past_whom(n + 1)
        if asks and self._is(at + 1, "whether") and self.said[at].text == ",":
            at += 1
        for group, kind in (("for", "request"), ("after", "after"), ("whether", "question"), ("doing", "request")):
            if asks and self._is(at, group):
                yield self._from(at, kind, n)
                return
        if at_once and at < len(self.said):
            lead = "for " if self._is(n, "requested_by") else ""
            kind = "question" if self._is(n, "questioning") or self._is(at, "whether") else "request"
            yield self._from(at, kind, n)._replace(lead=lead)
        elif n + 1 < at < len(self.said) and self.said[at].text == "," and not self._is(at + 1, "that"):
            yield self._from(at + 1, "plea", n)

    def _is_noun(self, n: int) -> bool:
        """As in "la dernière demande": an article stands before it, or before one word that names nobody."""
        if not self._is(n, "also_noun"):
            return False
        named = self.said[n - 1].capital or self._names(n - 1)
        return self._is(n - 1, "article") or (self._is(n - 2, "article") and not named)

    def _asked_last(self, n: int) -> Iterator[_Found]:
        """As in German: "um einen neuen Termin zu bitten"."""
        if self.said[n].plain not in _words("before_asking"):
            return
        last = next((k for k in range(n + 1, len(self.said)) if self._is(k, "asked_last")), None)
        if last is not None and last > n + 1:
            ends = last - (self.said[last - 1].plain == "zu")
            kind = "after" if self._is(n, "after") else "request"
            yield _Found(self.said[n].start, self.said[n].start, self.said[ends].start, kind)

    def _purpose(self, n: int) -> Iterator[_Found]:
        """ "To confirm the date", "um den Termin zu bestätigen", "confirming the date", "recordando el pedido"."""
        word = self.said[n].plain
        if meant := of_gerund(word):
            yield self._from(n + 1, "purpose", n)._replace(lead=f"{meant.lead} {meant.verb} ")
        elif word in _words("purpose"):
            verbs = {t.plain for t in self.said[n + 1 : n + 2 + 2 * (word == "pour")]}
            if word == "um":
                verbs = {b.plain for a, b in zip(self.said[n:], self.said[n + 1 :], strict=False) if a.plain == "zu"}
                verbs |= {t.plain for t in self.said if "zu" in t.plain[1:]}  # "einzuladen"
            if verbs & _words("purposes"):
                yield self._from(n, "purpose")

    def _imperative(self, n: int) -> Iterator[_Found]:
        """ "And confirm the date", "et confirme la date", "und bestätige den Termin"."""
        meant = of_imperative(self.said[n].plain, self._text(n + 1).lower())
        if meant is None:
            return
        at = n + 2 + 2 * (self._text(n + 2) == "-")  # "remercie-la"
        if meant.lead == "um":  # the verb stands last
            found = self._from(self._past_whom(at), "purpose", n)
            yield found._replace(lead="um ", tail=f" zu {meant.verb}")
        else:
            yield self._from(at, "purpose", n)._replace(lead=f"{meant.lead} {meant.verb} ")

    def _text(self, n: int) -> str:
        return self.said[n].text if n < len(self.said) else ""

    def _from(self, n: int, kind: str, cut: int | None = None) -> _Found:
        end = len(self.text)
        start = self.said[n].start if n < len(self.said) else end
        return _Found(self.said[n if cut is None else cut].start if n < len(self.said) else end, start, end, kind)

    def _is(self, n: int, group: str) -> bool:
        return n < len(self.said) and self.said[n].plain in _words(group)

    def _past_whom(self, n: int) -> int:
        """Behind the words that name the reader."""
        at = n
        while at < min(n + WHOM, len(self.said)) and (
            self._names(at) or (self._is(at, "to_whom") and self._names(at + 1))
        ):
            at += 1
        return at

    def _names(self, n: int) -> bool:
        return n < len(self.said) and (self.said[n].plain in self.whom or self.said[n].text in "-'’")


def _to_the_reader(words: str, names: Collection[str]) -> str:
    """In English "to thank her for the visit" is said to herself as "to thank you for the visit"."""
    said = tokens(words)
    if len(said) < OBJECT + 1 or said[0].plain != "to":
        return words
    last = next((n for n in range(OBJECT, len(said)) if said[n].plain not in {*names, *_words("reader")}), len(said))
    ends = last == len(said) or said[last].plain in _words("behind_reader")
    meant = last > OBJECT and ends
    return f"{words[: said[OBJECT].start]}you{words[said[last - 1].end :]}" if meant else words


def _without_manner(said: str) -> tuple[str, str]:
    """What is to be said, and what stands behind it about the mail itself: "..., in French, please"."""
    manner = _manner() | _words("polite")
    tail = ""
    while (mark := LAST_PART.search(said.rstrip(ENDS))) and _is_all(said[mark.end() :], manner):
        said, tail = said[: mark.start() + (mark.group() in ".!?")], f"{said[mark.end() :]} {tail}"
    ends = [t.start for t in tokens(said) if t.is_word]
    spoken = frozenset().union(*(word_list("asks")[group] for group in ANY_TASK if group.startswith("write_")))
    cut = next((at for at in ends[1:] if _is_all(said[at:], spoken | _words("polite"))), len(said))
    return said[:cut], f"{said[cut:]} {tail}"


def _is_all(text: str, phrases: Collection[str]) -> bool:
    left, found = without(words_of(text), phrases)
    return found and not left


def _manner() -> frozenset[str]:
    return frozenset().union(*(word_list("asks")[group] for group in ANY_TASK | TONES | {"softer"}))


def _starts_with(said: Sequence[Token], phrases: Collection[str]) -> bool:
    return any(" ".join(t.plain for t in said[:n]) in phrases for n in range(1, PHRASE + 1))


def _phrase(said: Sequence[Token], group: str) -> int:
    """How many tokens the phrase of the group has that they begin with."""
    sizes = (n for n in range(min(PHRASE, len(said)), 0, -1) if " ".join(t.plain for t in said[:n]) in _words(group))
    return next(sizes, 0)


def _words(group: str) -> frozenset[str]:
    return word_list("dictating")[group]
