"""Accounts that may be one company, contacts that may be one person: asked in the chat, answered in the window."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.base import Toolbox
from agents.dialogue.manner import manner_asked
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.suggestions import suggest
from agents.whose_log import name_of
from crm.intake.joining import Joinable
from crm.intake.possible_duplicates import PossibleDuplicate, possible_duplicates
from crm.nouns import Account, Brief, Contact, Filter, Question, Scope

MOST = 10  # pairs of each kind
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Entry:
    """One of two, with its id and how many records it has."""

    name: str
    id: str
    records: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one; `account` is that of two contacts."""

    one: Entry
    other: Entry
    account: str


def doubles_asked(text: str) -> str:
    """Of which kind doubles are asked for: "accounts", "contacts" or both; nothing where more is asked than that."""
    words, lists = words_of(text), word_list("doubling")
    left, double = without(words, lists["double"])
    left, companies = without(left, lists["accounts"])
    left, people = without(left, lists["contacts"])
    if not double or without(left, lists["too"])[0]:
        return ""
    return BOTH if companies == people else "accounts" if companies else "contacts"


def doubles(question: Question, scope: Scope, kind: str, tools: Toolbox) -> Brief:
    """The pairs of which nobody has said yet that they are two, of one account where it is named."""
    found = [pair for pair in possible_duplicates(tools.store, tools.book) if _of(scope, pair)]
    companies, people = (
        [_pair(p, tools) for p in found if p.kind is one and kind in (one.value, BOTH)] for one in Joinable
    )
    facts = {
        "kind": kind,
        "about": name_of(scope),
        "companies": companies[:MOST],
        "companies_count": len(companies),
        "people": people[:MOST],
        "people_count": len(people),
        "accounts": len(tools.book.accounts),
        "contacts": len(tools.book.contacts),
    }
    suggestions = suggest(tools.playbook, question.language, ("help", "quiet"))
    return Brief("doubles", question.text, facts, manner=manner_asked(question), suggestions=suggestions)


def _of(scope: Scope, pair: PossibleDuplicate) -> bool:
    """Whether who or what is asked about is one of the two, or the account of both."""
    ids = _ids((pair.joined, pair.into))
    if scope.contact is not None:
        return scope.contact.id in ids
    return scope.account is None or scope.account.id in ids


def _ids(records: Sequence[Account | Contact]) -> set[str]:
    return {r.id for r in records} | {r.account_id or "" for r in records if isinstance(r, Contact)}


def _pair(pair: PossibleDuplicate, tools: Toolbox) -> Pair:
    account = tools.book.account_by_id.get(pair.into.account_id or "") if isinstance(pair.into, Contact) else None
    return Pair(_entry(pair.into, tools), _entry(pair.joined, tools), account.name if account else "")


def _entry(record: Account | Contact, tools: Toolbox) -> Entry:
    where = Filter(contact_id=record.id) if isinstance(record, Contact) else Filter(account_id=record.id)
    name = record.name or (record.email if isinstance(record, Contact) else record.domain)
    return Entry(name, record.id, tools.store.count(where))
