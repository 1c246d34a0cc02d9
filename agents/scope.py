"""Which account, person, activity and period a question is about; asks back when two are close."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from agents.account_names import AccountNames
from agents.periods import period_of
from agents.tokens import tokens, words_of
from crm.nouns import Candidate, Contact, Period, Question, Scope
from crm.records.book import Book
from crm.records.store import Store

CLOSE = 5  # candidates that a person is asked to choose from, at most
SHORT = 6  # words: a question so short leans on the one before
ID = re.compile(
    r"\b([a-z]+:[\w-]+)"  # source:number
    r"|(?:#|\b(?:activity|record|entry|activité|aktivität|actividad|attività)\s+#?)(\w*\d[\w-]*)"
    r"|\b(\d{5,})\b",  # a bare number that is too long for anything else
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:[“\"«]([^”\"»]{2,60})[”\"»])"
    r"|(?:\b(?:with|at|from|about|for|to|of|is|did|has|on|by|chez|avec|pour|à|bei|mit|von|für|über|con|de|da|per)\s+)"
    r"([A-ZÀ-Þ][\w&'-]+(?:\s(?:&\s|and\s)?[A-ZÀ-Þ][\w&'-]+){0,3})"
)
LEANS = re.compile(
    r"\b(they|them|their|he|she|him|her|it|that|before|else|shorter|ils|elles?|leur|sie|ihnen|ihr|ellos?|loro)\b"
    r"|^(and|et|und|y|e)\b",
    re.IGNORECASE,
)
EVERYBODY = re.compile(
    r"\b(all|every|any|which) (accounts?|customers?|clients?|companies)\b|\boverall\b"
    r"|\btous les comptes\b|\balle(n)? kunden\b|\btodas las cuentas\b|\btutti i clienti\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scoper:
    """Finds what a question is about among what is in the CRM."""

    book: Book
    store: Store

    def scope(self, question: Question) -> Scope:
        """What is named; what is not comes from the turn before, where the question leans on it."""
        as_of = self.store.as_of()
        period = period_of(question.text, as_of) if as_of else None
        named = replace(
            self._named(question.text, as_of), period=period, as_of=as_of, activity_id=self._activity(question.text)
        )
        if not question.history or EVERYBODY.search(question.text):
            return named
        return _leaning(named, question)

    def _activity(self, text: str) -> str | None:
        typed = (match[1] or match[2] or match[3] for match in ID.finditer(text))
        return next((known[0].id for t in typed if (known := self.store.find(t))), None)

    def _named(self, text: str, as_of: date | None) -> Scope:
        contact = self._contact(text)
        if contact is not None and contact.account_id:
            return Scope(account=self.book.account_by_id.get(contact.account_id), contact=contact)
        near = self._names.near(text)
        if not near:
            return Scope(contact=contact, unknown=self._unknown(text, as_of))
        if len(near) == 1:
            return Scope(account=self.book.account_by_id[near[0][0]])
        candidates = (Candidate(i, self.book.account_by_id[i].name, score) for i, score in near[:CLOSE])
        return Scope(candidates=tuple(candidates))

    @cached_property
    def _names(self) -> AccountNames:
        return AccountNames.of(self.book.accounts)

    @cached_property
    def _people(self) -> frozenset[str]:
        names = [*(r.name for r in self.book.reps), *(c.name for c in self.book.contacts)]
        return frozenset(w for name in names for w in words_of(name))

    def _contact(self, text: str) -> Contact | None:
        """The one contact whose address, whole name or else first name is in the text, if it is only one."""
        said = f" {' '.join(words_of(text))} "
        found = [c for c in self.book.contacts if c.email and c.email.lower() in text.lower()]
        found = found or [c for c in self.book.contacts if f" {' '.join(words_of(c.name))} " in said]
        found = found or [c for t in tokens(text) if t.capital for c in self._first_names.get(t.plain, ())]
        return found[0] if len({c.id for c in found}) == 1 else None

    @cached_property
    def _first_names(self) -> Mapping[str, list[Contact]]:
        """Contacts by first name, where no colleague of ours and no company bears it."""
        ours = {words_of(r.name)[0] for r in self.book.reps if words_of(r.name)}
        firms = {w for a in self.book.accounts for w in words_of(a.name)}
        named: dict[str, list[Contact]] = {}
        for contact in self.book.contacts:
            first = next(iter(words_of(contact.name)), "")
            if first not in ours | firms:
                named.setdefault(first, []).append(contact)
        return named

    def _unknown(self, text: str, as_of: date | None) -> str:
        """A company that is named but not in the data: capitalised after a word that introduces names, or quoted."""
        for match in NAMED.finditer(text):
            name = (match[1] or match[2]).strip()
            timed = as_of is not None and period_of(name, as_of) is not None
            if not timed and not set(words_of(name)) & self._people:
                return name
        return ""


def _leaning(named: Scope, question: Question) -> Scope:
    """The scope with what the turn before knew, where the question names nothing of its own."""
    before = question.history[-1].answer.scope
    if named.account or named.candidates or named.unknown or named.activity_id:
        return named
    if len(question.text.split()) > SHORT and not LEANS.search(question.text):
        return named
    period: Period | None = named.period or before.period
    return replace(named, account=before.account, contact=named.contact or before.contact, period=period)
