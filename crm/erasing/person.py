"""Who is to be forgotten: found by mail address, id or name, with all by which they may stand in a record."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm.errors import MissingPart
from crm.nouns import Contact, Lead
from crm.records.book import Book

OWN = 4  # letters of a last name that may stand for the person by itself, where nobody else is called so
FILLER = "█"  # a letter for a letter, so that what points into a text still points at the same place


@dataclass(frozen=True, slots=True)
class Person:
    """Ids of their contact and lead rows; `names`, `emails` and `phones` as they are written."""

    contact_ids: tuple[str, ...]
    lead_ids: tuple[str, ...]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def told(self) -> str:
        """For the question whether this is the one."""
        parts = [" / ".join(self.names), ", ".join(self.emails)]
        parts += [f"{len(self.contact_ids)} contact and {len(self.lead_ids)} lead rows"]
        return "; ".join(part for part in parts if part)

    @property
    def words(self) -> tuple[str, ...]:
        """All that may stand for them in a text, the longest first."""
        return tuple(sorted({*self.names, *self.emails, *self.phones}, key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class Redactor:
    """Finds a person in a text, and takes them out of it without moving anything."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Redactor":
        said = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
        return cls(re.compile(rf"(?<!\w)(?:{said})(?!\w)" if said else r"(?!)", re.IGNORECASE))

    def finds(self, text: str) -> bool:
        return self.pattern.search(text) is not None

    def redacted(self, text: str) -> str:
        """Of the same length."""
        return self.pattern.sub(lambda found: FILLER * len(found[0]), text)


def find(book: Book, typed: str) -> Person:
    """Whoever is meant; a mail address may be of nobody on file. Raises MissingPart, with ids where several fit."""
    wanted = " ".join(typed.split()).casefold()
    found = [x for x in _everybody(book) if wanted in _called(x)]
    if not found:
        if "@" not in wanted:
            raise MissingPart(f"Nobody on file is {typed}. Give the mail address, the id or the whole name.")
        return Person((), (), (), (typed.strip(),), ())
    who = {_one(x, book) for x in found}
    if len(who) > 1:
        ids = ", ".join(x.id for x in found)
        raise MissingPart(f"{typed} may be several people. Say which by id: {ids}.")
    found = [x for x in _everybody(book) if _one(x, book) in who]
    addresses = {x.email.casefold() for x in found if x.email}
    found = [x for x in _everybody(book) if x in found or x.email.casefold() in addresses]
    others = [x for x in _everybody(book) if x not in found]
    namesakes = {x.name.casefold() for x in others}
    names = {x.name for x in found if x.name and x.name.casefold() not in namesakes}
    return Person(
        tuple(x.id for x in found if isinstance(x, Contact)),
        tuple(x.id for x in found if isinstance(x, Lead)),
        tuple(sorted({*names, *_turned(names), *_last_names(names, others, book)})),
        tuple(sorted({x.email for x in found if x.email})),
        tuple(sorted({x.phone for x in found if isinstance(x, Contact) and x.phone})),
    )


def _one(row: Contact | Lead, book: Book) -> str:
    """What tells one person from another: the address, else the id, of the row that stands for theirs."""
    standing = book.contact_by_id.get(row.id, row) if isinstance(row, Contact) else row
    return standing.email.casefold() or standing.id


def _everybody(book: Book) -> list[Contact | Lead]:
    return [*(one for contact in book.contacts for one in contact.everyone), *book.leads]


def _called(one: Contact | Lead) -> set[str]:
    names = (one.id, one.id.partition(":")[2], " ".join(one.name.split()), one.email)
    return {name.casefold() for name in names if name}


def _turned(names: set[str]) -> set[str]:
    """ "Aas, Sigrid" for "Sigrid Aas"."""
    split = [name.rsplit(None, 1) for name in names]
    return {f"{parts[1]}, {parts[0]}" for parts in split if len(parts) == 2}


def _last_names(names: set[str], others: Sequence[Contact | Lead], book: Book) -> set[str]:
    """Last names that are nobody else's, and no word of a company's name."""
    called = [*(x.name for x in others), *(rep.name for rep in book.reps), *(a.name for a in book.accounts)]
    called += [x.company for x in book.leads]
    said = {word for name in called for word in name.casefold().split()}
    last = {name.split()[-1] for name in names if len(name.split()) > 1}
    return {word for word in last if len(word) >= OWN and word.casefold() not in said}
