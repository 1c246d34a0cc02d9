"""Whose log a question is about: an account's, a person's, a rep's whole book, or everybody's."""

from dataclasses import dataclass, replace

from agents.base import Toolbox
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.types_asked import types_asked, types_in
from crm.insight.question.types_asked import TypesAsked
from crm.nouns import Account, Activity, Contact, Filter, Question, Rep, Scope
from crm.records.book import Book

SIGN = 2  # letters of a sign such as KH, which may be initials


@dataclass(frozen=True, slots=True)
class Territory:
    """Several accounts at once: a rep's, those of some types, or all."""

    rep: str
    accounts: tuple[Account, ...]
    types: TypesAsked


def where_of(scope: Scope) -> Filter:
    """The filter for one account or person, in the period asked about."""
    if scope.contact is not None:
        return Filter(contact_id=scope.contact.id, period=scope.period)
    return Filter(account_id=scope.account.id if scope.account else None, period=scope.period)


def name_of(scope: Scope) -> str:
    """The person's name, else the account's; nothing where neither was named."""
    return scope.contact.name if scope.contact else scope.account.name if scope.account else ""


def ever(where: Filter) -> Filter:
    """The same records, whenever they happened."""
    return replace(where, period=None)


def names_on(activity: Activity, book: Book) -> str:
    """The customer's people on a record."""
    return ", ".join(book.contact_by_id[i].name for i in activity.contact_ids if i in book.contact_by_id)


def speaker(said: str, activity: Activity, book: Book) -> str:
    """The full name of whoever a record calls by first name, initials or address; else what the record says."""
    there = [book.contact_by_id[i] for i in activity.contact_ids if i in book.contact_by_id]
    there += [c for c in book.contacts_of(activity.account_id or "") if c not in there]
    wanted = plain(said)
    for same in (_by_name, _by_part, _by_initials):
        found = [c.name for c in there if wanted and same(wanted, c)]
        if found:
            return found[0] if len(set(found)) == 1 or same is _by_name else said
    return said if len(said) > SIGN else names_on(activity, book)


def _by_name(wanted: str, contact: Contact) -> bool:
    return wanted in (plain(contact.name), plain(contact.email))


def _by_part(wanted: str, contact: Contact) -> bool:
    """Every word is one of the name's, or the first letter of one."""
    parts = set(words_of(contact.name))
    known = parts | {part[0] for part in parts}
    said = words_of(wanted)
    return len(wanted) > SIGN and bool(parts & set(said)) and set(said) <= known


def _by_initials(wanted: str, contact: Contact) -> bool:
    initials = "".join(word[0] for word in words_of(contact.name))
    return len(wanted) == SIGN and initials.endswith(wanted)


def territory_asked(question: Question, tools: Toolbox, rep: str = "") -> Territory:
    """The accounts of the rep who is meant or named, or of the one who asks about "my" accounts; else all of them.

    Where the question wants some types of accounts, those of them.
    """
    rep = rep or _rep_asked(question, tools.book.reps)
    mine = tuple(a for a in tools.book.accounts if not rep or plain(a.owner) == plain(rep))
    asked = types_asked(question.text, tools)
    meant = tuple(a for a in mine if asked.holds(a.type)) if types_in(tools).held else mine
    return Territory(rep, meant, asked)


def _rep_asked(question: Question, reps: tuple[Rep, ...]) -> str:
    words = words_of(question.text)
    asked = " ".join(words)
    named = next((r.name for r in reps if r.name and " ".join(words_of(r.name)) in asked), "")
    if not named:
        first = [r.name for r in reps if words_of(r.name)[:1] and words_of(r.name)[0] in words]
        named = first[0] if len(first) == 1 else ""
    return named or (question.asked_by if word_list("asks")["mine"] & set(words) else "")
