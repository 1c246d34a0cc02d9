"""Brings the index of words up to date with the store's full text."""

import hashlib
from collections.abc import Iterator

from crm.records.store import Store
from retrieval.lexical import Written, written
from retrieval.lexicon import lexicon
from retrieval.term_index import Bags
from retrieval.terms import Bag, bag_of

BATCH = 256  # records in one transaction: some tenths of a second


def fill(store: Store, bags: Bags) -> Iterator[int]:
    """Works in batches, newest records first; yields how many are left after each."""
    with store.reading() as connection:
        marks = {one.record_id: _mark(one) for one in written(connection)}
    held = bags.marks
    bags.drop([record_id for record_id in held if record_id not in marks])
    left = [record_id for record_id, mark in marks.items() if held.get(record_id) != mark]
    for start in range(0, len(left), BATCH):
        with store.reading() as connection:
            found = list(written(connection, left[start : start + BATCH]))
        bags.put((one.record_id, _mark(one), _bag(one)) for one in found)
        yield max(0, len(left) - start - BATCH)


def _bag(one: Written) -> Bag:
    return bag_of((one.subject, one.body, one.people, one.described), lexicon())


def _mark(one: Written) -> str:
    said = "\x1f".join((one.subject, one.body, one.people, one.described))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
