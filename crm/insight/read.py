"""A question in words to a QueryFrame, or to a refusal that says what can be asked instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path

from crm.insight.frame import About, Column, Field, QueryFrame
from crm.insight.grammar.atoms_to_frame import Sense
from crm.insight.question.account_types import AccountTypes, account_types
from crm.insight.question.brackets import unit_fits, without_echoes, without_units
from crm.insight.question.halves import Half, halves_in
from crm.insight.question.headings import without_heading
from crm.insight.question.lexicon import Lexicon, Named, Scan
from crm.insight.question.preamble import without_preamble
from crm.insight.question.refusal import CannotSay, TwoFigures
from crm.insight.question.repeats import without_repeats
from crm.insight.question.stored_names import StoredNames, holdings
from crm.insight.question.tokens import plain
from crm.insight.question.types_asked import TypesAsked
from crm.insight.question.wordbook import Beyond, words_in
from crm.insight.refine import refined
from crm.records.store import Store

LEFT_OUT = 2  # words at most that the nearest question leaves out: without more it is another one
TELLING = ("about", "column", "condition", "field", "how", "per", "rate", "change", "long", "days taken", "replying")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a question has no frame; `instead` are questions that have one."""

    because: str
    instead: tuple[str, ...]
    final: bool = False  # whatever the words mean, no figure can be given


@dataclass(frozen=True)
class FigureReader:
    """Reads questions against the names and values that the store really holds."""

    lexicon: Lexicon
    held: StoredNames
    as_of: date | None
    types: AccountTypes

    @classmethod
    def over(cls, store: Store, playbook: Path) -> "FigureReader":
        """A reader of what is in the store now; to be made anew when something was imported."""
        held = holdings(store)
        words = words_in(playbook)
        types = account_types(playbook, held.any_values(Field.ACCOUNT_TYPE), About.LEADS in held.present)
        return cls(Lexicon(words, held.named(words.spellings, words.weekdays)), held, store.as_of(), types)

    def read(self, question: str, named: Sequence[Named] = ()) -> QueryFrame | Refused:
        """The frame that says exactly what was asked, or why there is none."""
        asked = self.types.asked(question)
        if not self.types.held or not asked:
            return self._of_any_type(question, named)
        if asked.wanted:
            return self.refused(self.types.names(asked), asked.rest)
        found = self._of_any_type(asked.rest, named)
        if isinstance(found, Refused) and asked.bare:
            again = self._of_any_type(asked.bare, named)
            found = again if isinstance(again, QueryFrame) else found
        try:
            return asked.on(found) if isinstance(found, QueryFrame) else found
        except CannotSay as err:
            return self.refused(str(err), question)

    def _of_any_type(self, question: str, named: Sequence[Named]) -> QueryFrame | Refused:
        question = without_repeats(without_echoes(question, self.lexicon), self.lexicon)
        question = without_preamble(question, self.lexicon, named)
        try:
            question = without_heading(question, self.lexicon)
        except CannotSay as err:
            return self.refused(str(err), question)
        found = self._read(question, named)
        bare = without_units(question, self.lexicon)
        if isinstance(found, Refused) and bare != question:
            again = self._read(bare, named)
            return again if isinstance(again, QueryFrame) and unit_fits(again) else found
        return found

    def _read(self, question: str, named: Sequence[Named]) -> QueryFrame | Refused:
        scan = self.lexicon.scan(question, named)
        refused = partial(self.refused, question=question)
        beyond = next((a for a in scan.atoms if isinstance(a.value, Beyond)), None)
        if beyond is not None and isinstance(beyond.value, Beyond):
            return replace(refused(f"“{beyond.text}”: {beyond.value.because}"), final=True)
        if scan.unknown:
            told = refused(f"I do not know what “{scan.unknown[0]}” means here")
            return replace(told, instead=(*self._without(scan, question), *told.instead))
        try:
            return Sense(self.lexicon.words, self.held, self.as_of).frame(scan.atoms, scan.parties)
        except TwoFigures as err:
            told = refused(str(err))
            halves = halves_in(question, scan.atoms, named, self.lexicon.words, self._half)
            return replace(told, instead=(*halves, *told.instead))
        except CannotSay as err:
            told = refused(str(err))
            return replace(told, instead=(*self._said_otherwise(err, question, named), *told.instead))

    def _said_otherwise(self, why: CannotSay, question: str, named: Sequence[Named]) -> tuple[str, ...]:
        """The question's readings, each in words that mean it alone, where they can be answered."""
        found: dict[str, QueryFrame] = {}
        for way in why.ways:
            moved = len(way.of(question)) - len(question)
            kept = [n for n in named if n.end <= way.start]
            kept += [replace(n, start=n.start + moved, end=n.end + moved) for n in named if n.start >= way.end]
            frame = self._half(Half(way.of(question), tuple(kept)))
            if frame is not None and frame not in found.values():
                found[way.of(question)] = frame
        return tuple(found)

    def _half(self, half: Half) -> QueryFrame | None:
        """The frame of one of two questions, where it has one."""
        scan = self.lexicon.scan(half.text, half.named)
        return self._sensed(scan) if not scan.unknown else None

    def _without(self, scan: Scan, question: str) -> tuple[str, ...]:
        """The question without the one or two words that nobody knows, where it can be answered so.

        A name, or what stands behind an "of" or "in", would be missed.
        """
        words, binding = plain(question).split(), self.lexicon.words.shades.binding
        bound = {word for before, word in pairwise(words) if before in binding}
        bound |= {word for word, behind in pairwise(words) if behind in binding}  # "at the end of June"
        bound |= {plain(word) for word in self.lexicon.words.remarks.narrowing.split(",")}
        if any(word != plain(word) or word in bound for word in scan.unknown):
            return ()
        if len(scan.unknown) > LEFT_OUT or self._sensed(scan) is None:
            return ()
        for word in scan.unknown:
            question = re.sub(rf"\s*(?<!\w){re.escape(word)}(?!\w)", "", question, count=1)
        return (question.strip(),)

    def refine(self, base: QueryFrame, question: str, named: Sequence[Named] = ()) -> QueryFrame | None:
        """The frame before as this follow-up changes it; None where it says nothing about a figure."""
        asked = self.types.asked(question) if self.types.held else TypesAsked(question)
        if asked.wanted:
            return None
        try:
            found = base if asked.alone else self._refined(base, asked.rest, named)
            return asked.on(found) if found is not None else None
        except CannotSay:
            return None

    def _refined(self, base: QueryFrame, question: str, named: Sequence[Named]) -> QueryFrame | None:
        scan = self.lexicon.scan(question, named)
        if scan.unknown or scan.asking or not scan.atoms or any(isinstance(a.value, Beyond) for a in scan.atoms):
            return None
        return refined(base, scan, Sense(self.lexicon.words, self.held, self.as_of))

    def begins(self, question: str) -> str:
        """Which part of speech a question begins with."""
        return next((a.kind for a in self.lexicon.scan(question).atoms), "")

    def refused(self, because: str, question: str = "") -> Refused:
        """Why not, with the questions that can be answered, those with most of the question's words first."""
        asked = self._meanings(question)
        near = sorted(self.examples, key=lambda example: -len(asked & self._told[example]))
        return Refused(because, tuple(near))

    def _meanings(self, question: str) -> set[tuple[str, str]]:
        """What the understood words of a question are, so that a synonym or another language counts alike."""
        return {(a.kind, str(a.value)) for a in self.lexicon.scan(question).atoms if a.kind in TELLING}

    @cached_property
    def _told(self) -> dict[str, set[tuple[str, str]]]:
        """What each example means."""
        return {example: self._meanings(example) for example in self.examples}

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions that can be answered, made from what is in the store."""
        asked: list[str] = []
        if About.DEALS in self.held.present:
            asked += ["Win rate by rep", "Median age of open deals per stage"]
            asked += ["Win rate per product"] if self.held.has(About.DEALS, Field.PRODUCT) else []
            asked += ["Average sales cycle of won deals by rep", "Total value of open deals by stage"]
            asked += ["Share of won value by rep", "Growth of won deals per quarter", "New deals per week"]
        if About.ACTIVITIES in self.held.present:
            asked += ["Unanswered calls by rep", "How many activities per month?", "Average number of calls per rep"]
            asked += ["Share of meetings that were held by rep", "Days since last activity by account"]
            asked += ["How many accounts did we mail but never hear from?"]
        if About.REPLIES in self.held.present:
            asked += ["Our median reply time by rep", "Average reply time of customers by industry"]
        if self.held.has(About.ACCOUNTS, Column.REVENUE):
            asked += ["Top 5 accounts by revenue"]
        if self.held.has(About.ACCOUNTS, Field.ACCOUNT_TYPE):
            asked += ["How many accounts per account type?"]
        if About.LEADS in self.held.present:
            asked += ["How many leads per status?", "Leads contacted per month", "How many leads do we have?"]
        return tuple(q for q in asked if self._works(q))

    def _works(self, question: str) -> bool:
        scan = self.lexicon.scan(question)
        return not scan.unknown and self._sensed(scan) is not None

    def _sensed(self, scan: Scan) -> QueryFrame | None:
        """The frame of what is understood of a question; None where it makes none."""
        try:
            return Sense(self.lexicon.words, self.held, self.as_of).frame(scan.atoms, scan.parties)
        except CannotSay:
            return None
