"""Finds our own people by what a logger notes above mails: whom one went to, or whom it came from.

A customer's person writes with us alone. Whoever stands on the mails of many companies and signed some that went out is
one of ours; so is the domain of an address that is made of that whole name.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from crm.intake import cell_values
from crm.threads import letters
from crm.threads.log_header import LogHead
from crm.threads.people import Person, words

MANY = 5  # companies, as many as mails for a domain
_LETTERS = 4_000  # of a body that are looked at


@dataclass(slots=True)
class Writers:
    """Who signed, and with how many companies everybody exchanged mails."""

    signed: set[str] = field(default_factory=set)
    met: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    addresses: set[str] = field(default_factory=set)

    def see(self, body: str, head: LogHead) -> None:
        """One mail. Whose it is, the company's domain at its other end tells."""
        top = body[:_LETTERS]
        self.addresses.update(cell_values.addresses(top))
        if head.author.known:
            for person in head.to:
                if _whole(person.name):
                    self.met[person.name.lower()].add(head.author.domain)
            return
        others = {person.domain for person in head.to}
        name = letters.read(_without_quotes(top[head.end :])).signed if others - {""} else ""
        if _whole(name):
            self.signed.add(name.lower())
            self.met[name.lower()] |= others

    def people(self) -> frozenset[str]:
        """Whoever is on the mails of many and signed some of them: a list that many write to signs nothing."""
        return frozenset(name for name in self.signed if len(self.met[name] - {""}) >= MANY)

    def domains(self) -> Iterator[str]:
        """Those of the addresses that are made of all the words of such a name, which nobody else has by chance."""
        called = {words(name) for name in self.people()}
        for address in self.addresses:
            local, _, domain = address.rpartition("@")
            if words(local.replace(".", " ").replace("_", " ").replace("-", " ")) in called:
                yield Person(address=f"x@{domain}").domain

    def told(self) -> str:
        """Who was taken for one of ours, for a person to see; nothing where nobody was."""
        names, domains = sorted(self.people()), sorted({*self.domains()} - {""})
        if not names:
            return ""
        whose = f"; mail from {', '.join(domains)} is ours" if domains else ""
        return f"Taken for our own, as they sign mails to many companies: {', '.join(map(str.title, names))}{whose}."


def _whole(name: str) -> bool:
    parts = words(name)
    return 2 <= len(parts) <= 4 and all(len(part) > 1 for part in parts) and not any(c.isdigit() for c in name)


def _without_quotes(text: str) -> str:
    """What stands above the first quoted line."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.startswith(">")), len(lines))
    return "\n".join(lines[:first])
