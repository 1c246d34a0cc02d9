"""The address of whoever is written to, where only the mails have it: of a contact, or of somebody who is none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from agents.base import Toolbox
from agents.reading.tokens import plain, words_of
from crm.nouns import Account, Contact, Filter, Side
from crm.threads.people import Person

ADDRESS = r"(?a:[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)"
NAMED = re.compile(
    rf"(?P<name>[^\n<>\"',;:]+?)[\"']?\s*<(?P<address>{ADDRESS})>"
)  # "Marit Dahle <marit@norvik.example>"


def with_address(who: Contact, tools: Toolbox) -> Contact:
    """The contact, with the address that stands beside their name in the newest mail, where the record has none."""
    if who.email or not who.account_id:
        return who
    wanted = sorted(words_of(who.name))
    found = (address for name, address in _named(who.account_id, tools) if sorted(words_of(name)) == wanted)
    return replace(who, email=next(found, ""))


def writer_called(name: str, account: Account, tools: Toolbox) -> Contact | None:
    """Whoever of this name stands in the account's mails with an address, and is no contact; one person, or nobody."""
    wanted = set(words_of(name))
    found = {
        plain(address): Contact("", account.id, said, address)
        for said, address in _named(account.id, tools)
        if wanted and wanted <= set(words_of(said))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def last_writer(account: Account, tools: Toolbox) -> Contact | None:
    """Whoever of them wrote last with a name and an address, where the CRM knows no contact of the account."""
    return next(writers(account, tools), None) if not tools.book.contacts_of(account.id) else None


def writers(account: Account, tools: Toolbox) -> Iterator[Contact]:
    """Whoever of theirs wrote a mail on record under a name and an address, the newest first, each once."""
    seen = set()
    for activity in tools.store.activities(Filter(account_id=account.id)):
        for message in activity.messages:
            wrote = message.side is Side.THEM and message.author and message.address
            if wrote and (address := message.address.casefold()) not in seen:
                seen.add(address)
                yield Contact("", account.id, message.author, message.address)


def _named(account_id: str, tools: Toolbox) -> Iterator[tuple[str, str]]:
    """Every name with an address in the account's records that is not ours, the newest record first."""
    for activity in tools.store.activities(Filter(account_id=account_id)):
        written = [(m.author, m.address) for m in activity.messages if m.side is Side.THEM and m.author and m.address]
        heads = [(m["name"], m["address"]) for m in NAMED.finditer(unescape(activity.raw_body))]
        for name, address in (*written, *heads):
            who = Person(name.strip(" *"), address.casefold())
            if not tools.ours.has(who):
                yield who.name, address
