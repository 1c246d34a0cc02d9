"""Accounts that may be one company, contacts that may be one person: somebody is asked, nothing is done by itself.

Matching joins what can hardly be two. Here stands what often is one and sometimes is not: Hôtel Le Grand Cerf and
Le Grand Cerf, bainsdevalroc.example and Les Bains de Valroc, T. Aubry and Thomas Aubry.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, dropwhile

from rapidfuzz.distance import OSA

from crm.intake.company_names import one_letter, plain, written_together
from crm.intake.joining import Joinable
from crm.intake.joins import told_apart
from crm.intake.matching import Matching, matching
from crm.nouns import Account, Contact
from crm.records.book import Book
from crm.records.store import Store
from crm.threads.people import Person, same, words

MOST_ALIKE = 4  # accounts that share their telling words: more of them share a trade or a town, and are no doubles
FEWEST_LETTERS = 5  # that two names, written as one word, must have in common
FEWEST_BEGUN = 3  # of a word that a mail domain shortens
MOST_BEGUN = 40  # accounts with words that begin alike, which are compared with each other
LETTERS_A_SLIP = 4  # of a word for each letter in it that may be wrong, missing, too many or swapped: most slip once
MOST_CONTACTS = 200  # of an account whose people are compared with each other


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two records that may be one; `into` is the one that would stay, with its name."""

    kind: Joinable
    joined: Account | Contact
    into: Account | Contact


def possible_duplicates(store: Store, book: Book) -> list[PossibleDuplicate]:
    """Each pair of which nobody has said yet that they are two, accounts first, in the order in which they came."""
    with store.reading() as connection:
        apart = {kind: told_apart(connection, kind.table) for kind in Joinable}
    found = [*_companies(book.accounts, matching()), *_people(book)]
    return [pair for pair in found if frozenset((pair.joined.id, pair.into.id)) not in apart[pair.kind]]


@dataclass(frozen=True, slots=True)
class _Called:
    """What an account is called: the words that tell it, those that many companies share, all of it as one word."""

    account: Account
    telling: frozenset[str]
    shared: frozenset[str]
    letters: frozenset[str]

    @property
    def by_domain(self) -> bool:
        """Whether it has no name but its mail domain."""
        return _is_domain(self.account)


def _companies(accounts: Sequence[Account], how: Matching) -> Iterator[PossibleDuplicate]:
    everyone = [_called(account, how) for account in accounts]
    told = set()
    for one, other in (
        *_alike_names(everyone),
        *_misspelt(everyone),
        *_domains_of_names(everyone),
        *_initials(everyone, how),
    ):
        pair = frozenset((one.account.id, other.account.id))
        if pair not in told and not _is_parent(one.account, other.account):
            told.add(pair)
            into, joined = sorted((one.account, other.account), key=_says_less)
            yield PossibleDuplicate(Joinable.ACCOUNT, joined, into)


def _alike_names(everyone: Sequence[_Called]) -> Iterator[tuple[_Called, _Called]]:
    """Two whose telling words, or all letters, are the same; a hotel and a bank of one name are two."""
    alike: defaultdict[str, list[_Called]] = defaultdict(list)
    for called in everyone:
        for key in {*called.letters, " ".join(sorted(called.telling))} - {""}:
            alike[key].append(called)
    for group in alike.values():
        for one, other in combinations(group, 2) if len(group) <= MOST_ALIKE else ():
            if one.letters & other.letters or one.shared <= other.shared or other.shared <= one.shared:
                yield one, other


def _misspelt(everyone: Sequence[_Called]) -> Iterator[tuple[_Called, _Called]]:
    """Two of which one spells a word of the other wrongly: Halverson Freight and Halvorsen Freight Lines."""
    begun: defaultdict[str, list[_Called]] = defaultdict(list)
    for called in everyone:
        for start in {word[:FEWEST_BEGUN] for word in called.telling if len(word) >= FEWEST_LETTERS}:
            begun[start].append(called)
    for group in begun.values():
        for one, other in combinations(group, 2) if len(group) <= MOST_BEGUN else ():
            few, many = sorted((one.telling | one.shared, other.telling | other.shared), key=len)
            if _slips(few - many, many - few):
                yield one, other


def _slips(few: frozenset[str], many: frozenset[str]) -> bool:
    """Whether each of the few, at least one, is a long word of the others with a letter or two typed wrongly."""
    left = set(many)
    for word in few:
        most = len(word) // LETTERS_A_SLIP
        near = [
            other for other in left if other[:1] == word[:1] and OSA.distance(word, other, score_cutoff=most) <= most
        ]
        if not near:
            return False
        left.discard(min(near, key=lambda other: OSA.distance(word, other)))
    return bool(few)


def _domains_of_names(everyone: Sequence[_Called]) -> Iterator[tuple[_Called, _Called]]:
    """A mail domain with the only name whose words it begins: lindehofzorg.example and Zorggroep De Lindehof."""
    by_word: defaultdict[str, list[_Called]] = defaultdict(list)
    for called in everyone:
        for word in called.telling if not called.by_domain else ():
            by_word[word].append(called)
    for called in everyone:
        for label in called.letters if called.by_domain else ():
            parts = {label[a:b] for a, b in combinations(range(len(label) + 1), 2) if b - a >= FEWEST_LETTERS}
            near = {c.account.id: c for part in parts & by_word.keys() for c in by_word[part]}
            found = [c for c in near.values() if _begun(label, sorted(c.telling | c.shared))]
            if len(found) == 1:
                yield called, found[0]


def _initials(everyone: Sequence[_Called], how: Matching) -> Iterator[tuple[_Called, _Called]]:
    """The first letters of the words that begin only one other name: LHB and Larvik Harbour Board Trust."""
    begun: defaultdict[str, dict[str, _Called]] = defaultdict(dict)
    for called in everyone:
        said = plain(called.account.name, how).split() if not called.by_domain else []
        for letters in ("".join(word[0] for word in said[:count]) for count in range(FEWEST_BEGUN, len(said) + 1)):
            begun[letters][called.account.id] = called
    for called in everyone:
        near = begun.get(called.account.name.casefold().replace(".", ""), {})
        if len(near) == 1 and called.account.id not in near:
            yield called, next(iter(near.values()))


def _begun(label: str, names: Sequence[str]) -> bool:
    """Whether nothing but beginnings of different words, of FEWEST_BEGUN letters and more, make up the label."""
    if not label:
        return True
    for at, word in enumerate(names):
        others = [*names[:at], *names[at + 1 :]]
        sizes = (size for size in range(len(word), FEWEST_BEGUN - 1, -1) if label.startswith(word[:size]))
        if any(_begun(label[size:], others) for size in sizes):
            return True
    return False


def _called(account: Account, how: Matching) -> _Called:
    small, generic, by_domain = how.short.small, how.short.generic, _is_domain(account)
    said = (_label(account.name) if by_domain else plain(account.name, how)).split()
    told = [word for word in said if word not in small]
    without_article = dropwhile(small.__contains__, said)  # a domain keeps the small words further in
    written = {one_letter("".join(told)), one_letter("".join(without_article))}
    written |= set(written_together(account.name.casefold() if by_domain else account.domain))
    return _Called(
        account,
        frozenset(one_letter(word) for word in told if word not in generic),
        frozenset(word for word in told if word in generic),
        frozenset(letters for letters in written if len(letters) >= FEWEST_LETTERS),
    )


def _is_parent(one: Account, other: Account) -> bool:
    parents = {one.parent.casefold(), other.parent.casefold()} - {""}
    return bool(parents & {one.name.casefold(), other.name.casefold()})


def _label(domain: str) -> str:
    """A mail domain without its end, a word for each part between hyphens."""
    return domain.casefold().rpartition(".")[0].replace("-", " ")


def _is_domain(account: Account) -> bool:
    return "." in account.name and " " not in account.name


def _says_less(account: Account) -> tuple[bool, int]:
    """An account with a name of its own stays rather than a mail domain, one that says more of itself than another."""
    told = (account.type, account.industry, account.region, account.owner, account.domain)
    said = (*told, account.size, account.revenue)
    return _is_domain(account), -sum(map(bool, said))


def _people(book: Book) -> Iterator[PossibleDuplicate]:
    of_account: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in book.contacts:
        if contact.account_id:
            of_account[contact.account_id].append(contact)
    for contacts in of_account.values():
        if 1 < len(contacts) <= MOST_CONTACTS:
            yield from _doubles(contacts)


def _doubles(contacts: Sequence[Contact]) -> Iterator[PossibleDuplicate]:
    """Whoever may be one of two others is neither: "Muller" beside Sandrine Muller and Peter Muller."""
    like: Mapping[str, list[Contact]] = {
        one.id: [other for other in contacts if other is not one and _alike(one, other)] for one in contacts
    }
    for one, other in combinations(contacts, 2):
        if other not in like[one.id]:
            continue
        into, joined = sorted((one, other), key=lambda c: (not c.email, -len(words(c.name)), -len(c.name)))
        if all(third is into or third in like[into.id] for third in like[joined.id]):
            yield PossibleDuplicate(Joinable.CONTACT, joined, into)


def _alike(one: Contact, other: Contact) -> bool:
    """One address or one name, as far as both show one; a whole name may have two addresses."""
    if same(Person(one.name, one.email.casefold()), Person(other.name, other.email.casefold())):
        return True
    named = words(one.name)
    return len(named) > 1 and sorted(named) == sorted(words(other.name))
