"""Everybody and everything a question mentions: ids, addresses, accounts, contacts, our own reps.

How they are found is `reader.py`; who of them is meant, `scope.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agents.reading.activity_ids import TypedId
from agents.reading.periods import places_of
from agents.reading.tokens import Token

MARK = "x"  # a letter, so that a name is a word between the words around it


@dataclass(frozen=True, slots=True)
class Mention:
    """Who may be meant, from character `start` to `end`. `exact` has no letter wrong; `whole` is the full name."""

    ids: tuple[str, ...]
    start: int
    end: int
    exact: bool
    whole: bool
    letters: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one question mentions. `others` are names like an account's that belong to another company.

    `bare` is the text with blanks for ids, addresses and quoted texts, of the same length.
    """

    text: str
    bare: str
    words: tuple[Token, ...]
    ids: tuple[TypedId, ...] = ()
    accounts: tuple[Mention, ...] = ()
    contacts: tuple[Mention, ...] = ()
    reps: tuple[Mention, ...] = ()
    others: tuple[Mention, ...] = ()
    strangers: tuple[Mention, ...] = ()

    @property
    def unnamed(self) -> str:
        """The bare text with a mark for each name, of the same length: "da Marco quest'anno" is not since this year."""
        named = (*self.accounts, *self.contacts, *self.reps, *self.others)
        return blanked(self.bare, [(m.start, m.end) for m in named], MARK)

    def masked(self, as_of: date) -> str:
        """The question with a slot for every mention: how something is asked, without about whom."""
        spans = [(i.start, i.end, "id") for i in self.ids]
        for slot, found in (
            ("account", (*self.accounts, *self.others)),
            ("contact", self.contacts),
            ("rep", self.reps),
        ):
            spans += [(m.start, m.end, slot) for m in found]
        spans += [(m.start, m.end, "contact") for m in self.strangers]
        spans += [(start, end, "period") for start, end in places_of(self.unnamed, as_of)]
        text, left = self.text, len(self.text) + 1
        for start, end, slot in sorted(spans, reverse=True):
            if end <= left:
                text, left = f"{text[:start]}{{{slot}}}{text[end:]}", start
        return text


def blanked(text: str, spans: Iterable[tuple[int, int]], mark: str = " ") -> str:
    """The text with blanks, or another mark, at these places, of the same length."""
    for start, end in spans:
        text = text[:start] + mark * (end - start) + text[end:]
    return text
