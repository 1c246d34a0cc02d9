"""The types of accounts that a question wants or leaves out: "only customers, no suppliers", "of our partners".

What says so is taken out of the question, in whose place other words keep theirs: the rest is read as ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm.insight.question.tokens import PAUSES, Token, plain, tokens_of
from crm.insight.question.type_lexicon import TypeLexicon
from crm.insight.question.type_marks import NAMING, Mark, are_joined, groups_of, signed_in
from crm.insight.question.types_asked import TypesAsked

CUSTOMER, PROSPECT = "customer", "prospect"
NOUNS = ("accounts", "clients", "konten", "firms", "orgs", "acct")  # whatever the language, none longer than its type
SHOWN = 8  # types of the data that are told


@dataclass(frozen=True)
class AccountTypes:
    """The types that the data hold; `leads`: there are leads, which may be called prospects, too."""

    lexicon: TypeLexicon
    leads: bool = False

    @property
    def held(self) -> frozenset[str]:
        """The types of the data."""
        return self.lexicon.held

    def asked(self, text: str) -> TypesAsked:
        """What the text says of types; nothing where it names none that could be meant."""
        tokens = tokens_of(text)
        marks = self.lexicon.marks(tokens)
        groups = [g for g in groups_of(marks) if self._counts(g, tokens)]
        if groups:  # a type that is named elsewhere is what is spoken of
            groups = [groups[0], *(g for g in groups[1:] if g[0].kind in ("only", "leaving", "deny"))]
        taken = [(g, signed_in(g)) for g in groups]
        taken = [(g, signed) for g, signed in taken if not self._plain_accounts(g, signed)]
        if not taken:
            return TypesAsked(text)
        signed = [one for _, found in taken for one in found]
        missing = tuple(m.said for m, _ in signed if not self._values(m))
        if not self.held:
            return TypesAsked(text, missing=missing)
        rest = bare = text
        for group, found in taken:
            rest = self._without(rest, tokens, marks, group, found)
            bare = self._cut(bare, tokens, group)
        kept = tuple(v for m, wanted in signed if wanted and (v := self._values(m)))
        left_out = tuple(dict.fromkeys(v for m, wanted in signed if not wanted for v in self._values(m)))
        wanted = not kept and any(w for _, w in signed)
        return TypesAsked(
            rest, bare, kept, left_out, missing, wanted, self._alone(tokens, groups), are_joined(groups, signed)
        )

    def names(self, asked: TypesAsked) -> str:
        """Why a type that was named is in no answer."""
        words = ", ".join(f"“{word}”" for word in asked.missing)
        types = sorted(self.held)
        there = ", ".join([*types[:SHOWN], *(["…"] if len(types) > SHOWN else [])])
        return f"no account here is of the type {words}; the types are: {there}"

    def _counts(self, group: Sequence[Mark], tokens: Sequence[Token]) -> bool:
        """Whether it asks for types, and tells nothing of what somebody else spoke about or has."""
        place = group[0].first
        while place and tokens[place - 1].plain in self.lexicon.lists["article"]:
            place -= 1
        before = tokens[place - 1].plain if place else ""
        behind = tokens[group[-1].last].plain if group[-1].last < len(tokens) else ""
        spoken = any(t.plain in self.lexicon.nouns for t in tokens[:place])
        topic = before in self.lexicon.lists["topic"] and spoken
        return not topic and before not in self.lexicon.lists["beside"] and behind not in self.lexicon.lists["heads"]

    def _plain_accounts(self, group: Sequence[Mark], signed: Sequence[tuple[Mark, bool]]) -> bool:
        """Customers are any accounts where no type tells them; leads are prospects where no account is one."""
        pressed = any(m.kind == "only" for m in group) and bool(self.held)
        unheld = {m.value for m, _ in signed if not self._values(m)}
        plain_ones = {CUSTOMER} if not pressed else set()
        plain_ones |= {PROSPECT} if self.leads else set()
        return len(unheld) == len({m.value for m, _ in signed}) and unheld <= plain_ones

    def _values(self, mark: Mark) -> tuple[str, ...]:
        return (
            self.lexicon.held_by_kind.get(mark.value, ()) if mark.value in self.lexicon.words.kinds else (mark.value,)
        )

    def _without(
        self,
        text: str,
        tokens: Sequence[Token],
        marks: Sequence[Mark],
        group: Sequence[Mark],
        signed: Sequence[tuple[Mark, bool]],
    ) -> str:
        """The text with blanks for the group, or with a word for accounts at the place of its first type."""
        first, last = group[0], group[-1]
        before = tokens[first.first - 1] if first.first else None
        told = any(m.kind in ("noun", "about") for m in marks if m.last <= first.first)
        led = before is not None and before.plain in self.lexicon.binding
        aside = not any(wanted for _, wanted in signed) or (first.kind in NAMING and told and not led)
        start = tokens[first.first].start
        if aside and before is not None and before.plain in (*PAUSES, *self.lexicon.lists["joint"]):
            start = before.start
        found = f"{text[:start]}{' ' * (tokens[last.last - 1].end - start)}{text[tokens[last.last - 1].end :]}"
        noun = next((m for m in group if m.kind == "noun"), None)
        head = next((m for m, wanted in signed if wanted), None)
        if aside or head is None:
            return found
        kept = noun or head
        lead = [m for m in group if m.kind == "article" and m.last == (kept.first if noun is None else head.first)]
        for mark in (*lead, kept):
            begin, end = tokens[mark.first].start, tokens[mark.last - 1].end
            word = text[begin:end]
            if mark is head and plain(word) not in self.lexicon.nouns:
                word = next((n for n in NOUNS if len(n) <= end - begin), NOUNS[-1]).ljust(end - begin)
            found = f"{found[:begin]}{word}{found[end:]}"
        return found

    def _cut(self, text: str, tokens: Sequence[Token], group: Sequence[Mark]) -> str:
        """The text with blanks for the group and the small words that lead to it; nothing where none does."""
        first = group[0].first
        while first and tokens[first - 1].plain in self.lexicon.lists["article"]:
            first -= 1
        if not (text and first and tokens[first - 1].plain in self.lexicon.lists["leading"]):
            return ""
        start, end = tokens[first - 1].start, tokens[group[-1].last - 1].end
        return f"{text[:start]}{' ' * (end - start)}{text[end:]}"

    def _alone(self, tokens: Sequence[Token], groups: Iterable[Sequence[Mark]]) -> bool:
        taken = {place for g in groups for place in range(g[0].first, g[-1].last)}
        left = {t.plain for at, t in enumerate(tokens) if at not in taken} - {*PAUSES, "?"}
        return left <= self.lexicon.lists["telling"]


@cache
def account_types(playbook: Path, held: frozenset[str], leads: bool) -> AccountTypes:
    """Made once for what the data hold."""
    return AccountTypes(TypeLexicon(playbook, held), leads)
