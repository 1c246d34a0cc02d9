"""A company that a question names although the data do not have it: "with Zenbrook Partners", "chez Lafontaine"."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from agents.reading.company_words import Common, common_words
from agents.reading.language import language_of
from agents.reading.mentions import Mentions
from agents.reading.names import BREAKS
from agents.reading.periods import places_of
from agents.reading.reader import QUOTED, QUOTED_TEXT
from agents.reading.tokens import Token, words_of
from agents.reading.wordlists import word_list

LONGEST = 5  # words in a name
LINKS = frozenset({"&", "-"})
AFTER = 3  # words behind a name that tell it for one
TERSE = 4  # words: "Solvanta status?" begins with its name
NOT_ALONE = frozenset({"de"})  # languages that write every noun with a capital


@dataclass(frozen=True, slots=True)
class _Look:
    """One question, with the words that are no company's name."""

    words: Sequence[Token]
    taken: Collection[int]
    known: Collection[str]
    common: Common
    nouns_capital: bool

    def is_name(self, at: int) -> bool:
        """A capital word that means nothing else."""
        word = self.words[at]
        capital = word.capital and not (word.text.isupper() and len(word.text) <= 4)
        return capital and at not in self.taken and not self._means_something(word.plain)

    def is_odd(self, at: int) -> bool:
        """A small word that means nothing known, nor is a typo of one."""
        word = self.words[at]
        plain = word.plain.isalpha() and len(word.plain) >= 4 and not word.capital and at not in self.taken
        return plain and not self._means_something(word.plain) and not self.common.near_ordinary(word.plain, 1)

    def run(self, first: int) -> int:
        """Where the name that begins here ends: half-open."""
        last = first + 1
        while last < len(self.words) and last - first < LONGEST and self._goes_on(last):
            last += 1
        return last

    def _goes_on(self, at: int) -> bool:
        word, before = self.words[at], self.words[at - 1]
        if word.plain in LINKS | word_list("company")["linking"]:
            return at + 1 < len(self.words) and self.words[at + 1].capital
        named = word.is_word and word.capital
        return (named and (before.text == "&" or not self.common.is_ordinary(word.plain))) or self.is_company(at)

    def is_company(self, at: int) -> bool:
        """A word such as Holdings, written like the word before it."""
        if at >= len(self.words) or at == 0:
            return False
        word = self.words[at]
        return self.common.is_company(word.plain) and len(word.plain) > 2 and word.capital == self.words[at - 1].capital

    def _means_something(self, plain: str) -> bool:
        return plain in self.known or self.common.is_ordinary(plain) or self.common.is_company(plain) or plain.isdigit()


def stranger(m: Mentions, known: Collection[str], as_of: date) -> str:
    """The company's name as typed, or nothing. `known` are words of products, stages, people and the like.

    What is only a time is none: "von Juli bis September".
    """
    taken = {
        n for n, w in enumerate(m.words) for x in (*m.accounts, *m.contacts, *m.reps) if x.start <= w.start < x.end
    }
    times = places_of(m.unnamed, as_of)
    look = _Look(m.words, taken, known, common_words(), language_of(m.text) in NOT_ALONE)
    for first, _ in enumerate(m.words):
        last = _named_at(look, first)
        if last and not all(_within(w, times) for w in m.words[first:last]):
            return m.text[m.words[first].start : m.words[last - 1].end]
    return _quoted(m, look)


def _within(word: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _named_at(look: _Look, first: int) -> int:
    """Where a stranger's name that begins here ends; 0 when none does."""
    words = look.words
    place = first > 0 and words[first - 1].plain in word_list("asking")["place"]
    if look.is_name(first):
        last = look.run(first)
        firm = any(look.is_company(at) for at in range(first + 1, last))
        if firm or (
            place
            and not _is_subject(look, first)
            and not (look.nouns_capital and last == first + 1 and _is_noun(words[first]))
        ):
            return last
        terse = (
            first == 0 and sum(w.is_word for w in words) <= TERSE and not look.common.near_ordinary(words[0].plain, 1)
        )
        return last if terse and len(words[0].plain) > 3 else 0
    if look.is_odd(first) and _is_spoken_of(look, first):
        return first + 1
    if place and look.is_odd(first):
        if look.is_company(first + 1) and look.common.is_form(words[first + 1].plain):
            return first + 2
        ends = first + 1 == len(words) or words[first + 1].text in BREAKS
        return first + 1 if ends and words[first - 1].plain in word_list("asking")["beside"] else 0
    return 0


def _is_spoken_of(look: _Look, first: int) -> bool:
    """ "zenbrook renewal status", "is zenbrook a customer": a small word, where only an account's name can stand."""
    words, asking = look.words, word_list("asking")
    after = [w.plain for w in words[first + 1 : first + 1 + AFTER] if w.is_word]
    if first == 0 and sum(w.is_word for w in words) <= TERSE and set(after) & asking["standing"]:
        return True
    if _speaks(look, first):
        return True
    being = {w.plain for w in words[max(0, first - 2) : first + 2]} & asking["being"]
    return bool(being and set(after) & asking["custom"])


def _speaks(look: _Look, first: int) -> bool:
    """ "What did zenbrook say", "que dijo zenbrook sobre el precio": who speaks, and no topic."""
    words, asking = look.words, word_list("asking")
    before = words[first - 1].plain if first else ""
    after = words[first + 1] if first + 1 < len(words) else None
    if before in asking["doing"] and after is not None and after.plain in asking["speaking"]:
        return True
    led_in = before in asking["speaking"] and first > 1
    return led_in and (after is None or after.text in BREAKS or after.plain in asking["topic_only"])


def _is_subject(look: _Look, first: int) -> bool:
    """ "What did they say about Slotwise": the name is what was spoken of, not with whom."""
    if look.words[first - 1].plain not in word_list("asking")["topic_only"]:
        return False
    return any(w.plain in word_list("asking")["said"] for w in look.words[:first])


def _is_noun(word: Token) -> bool:
    """By its ending, a German noun rather than a name."""
    return word.plain.endswith(tuple(word_list("company")["noun_endings"]))


def _quoted(m: Mentions, look: _Look) -> str:
    for hit in QUOTED.finditer(m.text):
        inside = next(group for group in hit.groups() if group)
        words = words_of(inside)
        if (
            0 < len(words) < QUOTED_TEXT
            and inside[:1].isupper()
            and not any(look.common.is_ordinary(w) or w in look.known for w in words)
        ):
            return inside.strip()
    return ""
