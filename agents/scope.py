"""Which account, person, activity and period a question is about; asks back when two are close."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from agents.dialogue.follow_up import Lean, lean_of, moved
from agents.dialogue.subject import spoken_of
from agents.reading.events import since_event
from agents.reading.mentions import Mention, Mentions
from agents.reading.periods import period_of
from agents.reading.reader import NameReader
from agents.reading.tokens import plain, words_of
from agents.reading.unknown_companies import stranger
from agents.reading.wordlists import word_list
from crm.nouns import Candidate, Contact, Question, Scope
from crm.records.book import Book
from crm.records.store import Store

CLOSE = 5  # candidates that a person is asked to choose from, at most
ANY_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Scoper:
    """Finds what a question is about among what is in the CRM."""

    book: Book
    store: Store

    def scope(self, question: Question) -> Scope:
        """What is named; what is not comes from the turn before, where the question leans on it."""
        mentions = self._reader.read(question.text)
        named = self._named(mentions)
        if question.history:
            lean = lean_of(question.text)
            before = spoken_of(question.history) if lean.points else question.history[-1].answer.scope
            named = self._leaning(named, lean, before)
        if named.period is None and self._as_of and not named.activity_id:
            where = named.account.id if named.account else None
            named = replace(named, period=since_event(question.text, self.store, self._as_of, where))
        return named

    def masked(self, text: str) -> str:
        """The text with "{account}", "{contact}", "{rep}", "{id}" and "{period}" for what it names."""
        return self._reader.read(text).masked(self._as_of or ANY_DAY)

    def of_each(self, text: str) -> tuple[str, str] | tuple[()]:
        """The text once for each of two accounts that it joins: "Norvik and Dunmore", "Norvik versus Dunmore"."""
        m = self._reader.read(text)
        named = sorted((x for x in m.accounts if len(x.ids) == 1 and x.exact and not x.weak), key=lambda x: x.start)
        if len(m.accounts) != 2 or len(named) != 2 or m.ids or named[0].ids == named[1].ids:
            return ()
        first, second = named
        joints = word_list("asks")["parting"] | word_list("asks")["comparing"]
        if " ".join(words_of(text[first.end : second.start])) not in joints | {""}:
            return ()
        return text[: first.end] + text[second.end :], text[: first.start] + text[second.start :]

    def _named(self, m: Mentions) -> Scope:
        period = period_of(m.unnamed, self._as_of) if self._as_of else None  # April may be a colleague
        base = Scope(period=period, as_of=self._as_of, rep=_only([x for x in m.reps if len(x.ids) == 1]))
        if m.ids and len(m.ids[0].found) > 1:
            return replace(base, candidates=tuple(Candidate(i, i, 100.0) for i in m.ids[0].found[:CLOSE]))
        if m.ids:
            base = replace(base, activity_id=next(iter(m.ids[0].found), m.ids[0].typed))
        accounts = _meant(m.accounts)
        contacts = self._contacts(m.contacts, accounts)
        if len(accounts) == 1:
            return replace(base, account=self.book.account_by_id[accounts[0]], contact=_single(contacts))
        if len(contacts) == 1 and (not accounts or contacts[0].account_id in accounts):
            account = self.book.account_by_id.get(contacts[0].account_id or "")
            return replace(base, account=account, contact=contacts[0])
        if accounts:
            return replace(base, candidates=self._choices(accounts, 90.0))
        if contacts and not base.rep:
            return replace(base, candidates=tuple(self._person(c) for c in contacts[:CLOSE]))
        if m.others:
            other = m.others[0]
            return replace(base, unknown=m.text[other.start : other.end], candidates=self._choices(other.ids, 60.0))
        return (
            base if base.activity_id else replace(base, unknown=stranger(m, self._no_companies, self._as_of or ANY_DAY))
        )

    def _contacts(self, mentions: Sequence[Mention], accounts: Sequence[str]) -> list[Contact]:
        """Who may be meant; where an account is named, somebody there."""
        found: list[Contact] = []
        for mention in sorted(mentions, key=lambda x: (not x.whole, not x.exact)):
            people = [self.book.contact_by_id[i] for i in mention.ids]
            there = [c for c in people if c.account_id in accounts]
            found = there or ([] if accounts else people)
            if found:
                break
        once = {(plain(c.name), c.account_id): c for c in reversed(found)}  # the same person, imported twice
        return sorted(once.values(), key=found.index)

    def _choices(self, ids: Iterable[str], score: float) -> tuple[Candidate, ...]:
        names = sorted((self.book.account_by_id[i].name, i) for i in ids)
        return tuple(Candidate(i, name, score) for name, i in names[:CLOSE])

    def _person(self, contact: Contact) -> Candidate:
        account = self.book.account_by_id.get(contact.account_id or "")
        return Candidate(contact.id, f"{contact.name} ({account.name})" if account else contact.name, 90.0)

    def _leaning(self, named: Scope, lean: Lean, before: Scope) -> Scope:
        """The scope with what the turn before knew, where the question names nothing of its own."""
        if lean.cleared or named.activity_id:
            return named
        if before.account and not named.unknown and before.account.id in {c.id for c in named.candidates}:
            return replace(named, account=before.account, candidates=())
        if not lean.follows or named.unknown:
            return named
        period = named.period or moved(lean, before.period, self._as_of)
        if named.account or named.candidates or named.rep:
            return replace(named, period=period if lean.opens else named.period)
        return replace(named, account=before.account, contact=before.contact, rep=before.rep, period=period)

    @cached_property
    def _as_of(self) -> date | None:
        return self.store.as_of()

    @cached_property
    def _reader(self) -> NameReader:
        def lookup(typed: str) -> list[str]:
            return [a.id for a in self.store.find(typed)]

        return NameReader(self.book, lookup)

    @cached_property
    def _no_companies(self) -> frozenset[str]:
        """Words of products, stages, branches, people and leads: names, but not of a company that is missing."""
        said = [x for d in self.book.deals for x in (d.product, d.stage)]
        said += [x for a in self.book.accounts for x in (a.industry, a.region)]
        said += [x for r in self.book.reps for x in (r.name, r.region, r.manager)]
        said += [x for lead in self.book.leads for x in (lead.name, lead.company)]
        said += [c.name for c in self.book.contacts]
        return frozenset(w for text in set(said) for w in words_of(text))


def _meant(mentions: Sequence[Mention]) -> list[str]:
    """The accounts that may be meant: of several mentions the surer ones; one when they agree."""
    sure = [m for m in mentions if not m.weak] or list(mentions)
    sure = [m for m in sure if m.exact] or sure
    if not sure:
        return []
    shared = set.intersection(*(set(m.ids) for m in sure))
    return sorted(shared or {i for m in sure for i in m.ids})


def _single(contacts: Sequence[Contact]) -> Contact | None:
    return contacts[0] if len(contacts) == 1 else None


def _only(mentions: Sequence[Mention]) -> str:
    names = {m.ids[0] for m in mentions}
    return names.pop() if len(names) == 1 else ""
