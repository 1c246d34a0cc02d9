"""Which account, person, activity and period a question is about; asks back when two are close."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from agents.periods import period_of
from agents.tokens import tokens, words_of
from crm.nouns import Account, Candidate, Contact, Question, Scope
from crm.records.book import Book
from crm.records.store import Store

ALIKE = 86.0  # how alike, of 100, a misspelt name must be
CLEAR = 6.0  # how far ahead of the next one
ID = re.compile(
    r"\b([a-z]+:[\w-]+)|(?:#|\bactivity\s+|\brecord\s+|\bactivité\s+|\baktivität\s+)(\w[\w-]*\d[\w-]*)|\b(\d{5,})\b",
    re.I,
)
NAMES = re.compile(
    r"(?:\b(?:with|at|from|about|for|to|of|is|did|has|chez|avec|bei|mit|von|con|de|da)\s+)((?:[A-Z][\w&'-]+\s?){1,4})"
)
AGAIN = re.compile(
    r"\b(they|them|their|he|she|him|her|it|that|before|else|shorter|ils|elle|sie|ihnen|loro)\b|^and\b|^et\b|^und\b",
    re.I,
)


@dataclass(frozen=True)
class Scoper:
    """Finds what a question is about among what is in the CRM."""

    book: Book
    store: Store

    def scope(self, question: Question) -> Scope:
        as_of = self.store.as_of()
        found = self._named(question.text)
        period = period_of(question.text, as_of) if as_of else None
        scope = replace(found, period=period, as_of=as_of, activity_id=self._activity(question.text))
        before = question.history[-1].answer.scope if question.history else None
        follows = len(question.text.split()) <= 6 or AGAIN.search(question.text)
        if before and follows and not (scope.account or scope.candidates or scope.unknown):
            return replace(
                scope, account=before.account, contact=scope.contact or before.contact, period=period or before.period
            )
        return scope

    def _activity(self, text: str) -> str | None:
        for match in ID.finditer(text):
            typed = match[1] or match[2] or match[3]
            if known := self.store.find(typed):
                return known[0].id
        return None

    def _named(self, text: str) -> Scope:
        contact = self._contact(text)
        if contact and contact.account_id:
            return Scope(account=self.book.account_by_id.get(contact.account_id), contact=contact)
        ranked = sorted(self._scores(text).items(), key=lambda pair: -pair[1])
        if not ranked:
            return Scope(unknown=self._unknown(text))
        close = [(a, s) for a, s in ranked if s >= ranked[0][1] - CLEAR]
        if len(close) == 1:
            return Scope(account=self.book.account_by_id[close[0][0]])
        names = tuple(Candidate(a, self.book.account_by_id[a].name, s) for a, s in close[:5])
        return Scope(candidates=names)

    def _contact(self, text: str) -> Contact | None:
        low = " ".join(words_of(text))
        whole = [c for c in self.book.contacts if c.email and c.email.lower() in text.lower()]
        whole = whole or [c for c in self.book.contacts if f" {' '.join(words_of(c.name))} " in f" {low} "]
        return whole[0] if len(whole) == 1 else None

    @cached_property
    def _rare(self) -> Counter[str]:
        return Counter(w for a in self.book.accounts for w in set(words_of(a.name)))

    def _scores(self, text: str) -> dict[str, float]:
        from rapidfuzz import fuzz

        words = words_of(text)
        spans = {"".join(words[i : i + n]) for n in (1, 2, 3, 4) for i in range(len(words) - n + 1)}
        scores: dict[str, float] = {}
        for account in self.book.accounts:
            name = words_of(account.name)
            joined = "".join(name)
            if joined in spans:
                scores[account.id] = 100 + len(joined) / 10
                continue
            best = max(
                (fuzz.ratio(s, joined) for s in spans if abs(len(s) - len(joined)) <= 2 and len(s) > 4), default=0
            )
            own = [w for w in name if len(w) > 3 and self._rare[w] <= 2 and w == name[0]]
            if any(w in words for w in own):
                best = max(best, 97.0)
            elif own:
                best = max(best, *(fuzz.ratio(s, w) - 3 for w in own for s in words if len(s) > 4), 0)
            if best >= ALIKE:
                scores[account.id] = best
        return scores

    def _unknown(self, text: str) -> str:
        people = {w for r in self.book.reps for w in words_of(r.name)} | {
            w for c in self.book.contacts for w in words_of(c.name)
        }
        for match in NAMES.finditer(text):
            if not set(words_of(match[1])) & people and not period_of(match[1], self.store.as_of() or date(2100, 1, 1)):
                return match[1].strip()
        return ""
