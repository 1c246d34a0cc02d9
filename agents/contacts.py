"""Whom we know at a customer and how to reach them: the contacts of the CRM, with the last talk with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.base import Log, Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.dialogue.task_phrases import asked_for
from agents.fallback_briefs import ask_account
from agents.mail.address import writers
from agents.numbered_evidence import Exhibits
from agents.people import people_of
from agents.reading.phrases import without
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.suggestions import suggest
from crm.engagement.timeline import conversations
from crm.nouns import Account, Brief, Contact, Filter, Question, Scope, Side

SHOWN = 8
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Reach:
    """One person; `talks` counts the conversations on record, `n` cites it, `senior` is by the title alone.

    Who only stands in the mails on record has no `id`.
    """

    id: str
    name: str
    title: str
    email: str
    phone: str
    opted_out: bool
    senior: bool
    talks: int = 0
    last: date | None = None
    n: int | None = None


def reach_asked(text: str, after_people: bool = False) -> str:
    """What of a person is asked for: phone, mail, both, who or decides; nothing where more is asked than that.

    `text` is without the names in it; `after_people` says that the answer before told people of an account.
    """
    words, lists = words_of(text), word_list("reaching")
    left, other = without(words, lists["else"])
    if other and after_people and not without(left, lists["too"])[0]:
        return "who"
    left, both = without(words, lists["reach"])
    left, phone = without(left, lists["phone"])
    left, address = without(left, lists["address"])
    left, decides = without(left, lists["decides"])
    left, mail = without(left, lists["mail"])
    left, who = without(left, lists["who"])
    if without(left, lists["too"] | lists["asking_who"] | lists["how"])[0]:
        return ""
    asks = bool(lists["asking_who"] & set(words))
    if decides and asks:
        return "decides"
    mail = address or (mail and _of_somebody(words))
    if both or (phone and mail) or (who and lists["how"] & set(words) and not asks):
        return BOTH
    if phone or mail:
        return "phone" if phone else "mail"
    return "who" if who and asks else ""


def _of_somebody(words: Sequence[str]) -> bool:
    """ "Email of" and "her email", but no order to "email her"."""
    lists = word_list("reaching")
    if words[0] not in lists["mail"]:
        return True
    rest = without(words, lists["mail"])[0]
    return not rest or rest[0] in lists["mail_of"]


def reachable(question: Question, scope: Scope, wanted: str, tools: Toolbox) -> Brief:
    """The person asked about, or everybody at the account: whoever talked with us last comes first."""
    account = scope.account or _account_of(scope.contact, tools)
    nobody = account is None and scope.contact is None and wanted in ("phone", "mail", BOTH)
    ours = next((r for r in tools.book.reps if nobody and r.name == scope.rep), None)
    if account is None and scope.contact is None and ours is None:
        return ask_account(question, "account_summary", tools.playbook)
    shown = Exhibits()
    if ours is not None:
        people = [Reach("", ours.name, "", ours.email, "", False, False)]
    elif account is None:
        people = [_reach(scope.contact)] if scope.contact else []
    else:
        people = _there(account, scope, wanted, shown, tools)
    facts = {
        "account": account.name if account else "",
        "wanted": wanted,
        "stranger": "" if scope.contact else scope.unknown,
        "people": people[:SHOWN],
        "more": len(people[SHOWN:]),
        "titled": any(p.senior for p in people),
        "from_mails": account is not None and bool(people) and not any(p.id for p in people),
        "as_of": scope.as_of,
    }
    name = account.name if account else ""
    suggestions = suggest(tools.playbook, question.language, ("engagement_check", "email_draft"), name)
    manner = manner_asked(question)
    return Brief("contact_details", question.text, facts, shown.evidence, manner, suggestions=suggestions)


def _there(account: Account, scope: Scope, wanted: str, shown: Exhibits, tools: Toolbox) -> list[Reach]:
    log = judged_log(tools, Filter(account_id=account.id))
    talked = {p.name: p for p in people_of(account.id, log, shown, tools.book, scope.as_of or date.max)}
    meant = [scope.contact] if scope.contact else list(tools.book.contacts_of(account.id))
    if not meant:
        return _in_mails(account, log, scope, shown, tools)
    people: list[Reach] = []
    for contact in meant:
        p = talked.get(contact.name)
        said = p.said.n if p and p.said else None
        people.append(_reach(contact, p.engaged if p else 0, p.last if p else None, said))
    order = sorted(people, key=lambda p: (-(p.last or date.min).toordinal(), p.name))
    return sorted(order, key=lambda p: not p.senior) if wanted == "decides" else order


def _in_mails(account: Account, log: Log, scope: Scope, shown: Exhibits, tools: Toolbox) -> list[Reach]:
    """Who wrote to us under a name and an address, where the CRM has no contact there; the newest first."""
    talks = [t for t in conversations(log.activities, log.labels, scope.as_of or date.max) if t.side is Side.THEM]
    people = []
    for who in writers(account, tools):
        theirs = [t for t in talks if plain(t.who) in (plain(who.name), plain(who.email))]
        n = shown.touch(theirs[0], tools.book).n if theirs else None
        people.append(_reach(who, len(theirs), theirs[0].day if theirs else None, n))
    return people


def _reach(contact: Contact, talks: int = 0, last: date | None = None, n: int | None = None) -> Reach:
    c, senior = contact, asked_for(contact.title, "senior")
    return Reach(c.id, c.name, c.title, c.email, c.phone, c.opted_out, senior, talks, last, n)


def _account_of(contact: Contact | None, tools: Toolbox) -> Account | None:
    return tools.book.account_by_id.get(contact.account_id or "") if contact else None
