"""Which mail domain is probably ours, for a person to say so: the one that most threads with addresses show."""

from collections import Counter
from dataclasses import dataclass

from crm.errors import BadSetting
from crm.intake.cell_values import domain as written
from crm.intake.days_from_quotes import date_undated
from crm.intake.matching import matching
from crm.intake.our_domains import BY_A_PERSON, deny, joined, remembered, tell, told_of
from crm.intake.quoted_days import date_quotes
from crm.intake.rematch import rematch, reparse
from crm.intake.stored_refs import all_refs
from crm.records.store import Store
from crm.threads.people import Person
from crm.threads.thread import Ours

FEWEST = 5  # threads, as for a domain that the rows themselves call ours


@dataclass(frozen=True, slots=True)
class Likely:
    """A domain that stands in so many of the activities that show any address."""

    domain: str
    records: int
    of: int


def likely_ours(store: Store) -> Likely | None:
    """The domain that more than half of them show, and twice as many as any other; while nobody knows ours."""
    if _known(store).domains:
        return None
    shown: Counter[str] = Counter()
    total = 0
    for refs, *_ in all_refs(store):
        found = {Person(address=a).domain for a in (*refs.addresses, *refs.mentioned)} - {""}
        shown.update(found)
        total += bool(found)
    (domain, records), (_, next_most) = [*shown.most_common(2), ("", 0), ("", 0)][:2]
    sure = records >= FEWEST and 2 * records > total and records >= 2 * next_most
    return Likely(domain, records, total) if sure else None


def call_ours(store: Store, typed: str) -> int:
    """Says that a domain is ours: who wrote what is read again; in how many threads. Raises BadSetting."""
    domain = written(typed)
    if not domain or domain in matching().free_mail:
        raise BadSetting(f"“{typed}” is no company's mail domain. Give one such as ourselves.example.")
    before = _known(store)
    with store.writing() as connection:
        tell(connection, BY_A_PERSON, joined(told_of(connection, BY_A_PERSON), Ours(frozenset({domain}))))
    return _read_again(store, before)


def disown(store: Store, domain: str) -> int:
    """Takes that back; in how many threads who wrote what was read again."""
    before = _known(store)
    with store.writing() as connection:
        deny(connection, domain)
    return _read_again(store, before)


def _known(store: Store) -> Ours:
    with store.reading() as connection:
        return remembered(connection)


def _read_again(store: Store, before: Ours) -> int:
    now = _known(store)
    count = reparse(store, before, now)
    rematch(store, now)
    date_undated(store)
    date_quotes(store)
    return count
