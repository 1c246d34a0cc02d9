"""What the index should hold, as the store has it now."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Text, case, select

from crm.nouns import Account, Activity, Deal
from crm.records.book import Book
from crm.records.db import activities
from crm.records.store import Store
from retrieval.embed import Embedder, Vectors
from retrieval.glosses import glosses_of
from retrieval.index import Entry, Index, Shelf
from retrieval.lexicon import lexicon
from retrieval.passages import SUBJECT_SHARE, VERSION, has_text, on_one_line, passages_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """One shelf with the records it should hold, each with its mark, in the order in which to do them."""

    shelf: Shelf
    marks: Mapping[str, str]
    entries: Callable[[Sequence[str]], list[Entry]]

    def left(self) -> list[str]:
        """What has no row on the shelf, or a row made of other words."""
        held = self.shelf.marks
        return [record_id for record_id, mark in self.marks.items() if held.get(record_id) != mark]

    def gone(self) -> list[str]:
        """What is on the shelf and no longer in the store."""
        return [record_id for record_id in self.shelf.marks if record_id not in self.marks]


def stamp_of(embedder: Embedder) -> str:
    """What vectors were made with: an index with another stamp cannot be compared with these."""
    return f"{embedder.name} passages/{VERSION} lexicon/{lexicon().stamp}"


def left_to_index(store: Store, index: Index) -> int:
    """How many activities are not in the index as they are now."""
    return len(Wanted(index.activities, _activity_marks(store), lambda _: []).left())


def wanted(store: Store, index: Index, embedder: Embedder) -> tuple[Wanted, ...]:
    """The activities first, newest before oldest, so that questions about lately are answered well soon."""
    book = Book.read(store)
    accounts = {account.id: account_text(account) for account in book.accounts}
    deals = {deal.id: deal_text(deal) for deal in book.deals}
    marks = _activity_marks(store)

    def of_activities(ids: Sequence[str]) -> list[Entry]:
        return _activity_entries(store.activities_by_id(ids), marks, embedder)

    return (
        Wanted(index.activities, marks, of_activities),
        Wanted(index.accounts, _marks(accounts), lambda ids: _text_entries(ids, accounts, embedder)),
        Wanted(index.deals, _marks(deals), lambda ids: _text_entries(ids, deals, embedder)),
    )


def account_text(account: Account) -> str:
    """What an account is found by."""
    told = (account.name, account.type, account.industry, account.region, account.owner, account.domain, account.parent)
    also = (part for one in account.joined for part in (one.name, one.domain))
    return ", ".join(part for part in (*told, *also) if part)


def deal_text(deal: Deal) -> str:
    """What a deal is found by."""
    told = (deal.name, deal.account_name, deal.product, deal.stage, deal.owner)
    return ", ".join(part for part in told if part)


def texts_of(activity: Activity) -> set[str]:
    """Every text that is embedded for it."""
    passages = passages_of(activity)
    return {on_one_line(activity.subject), *(p.key for p in passages), *(g.text for g in glosses_of(passages))}


def _activity_marks(store: Store) -> dict[str, str]:
    """By the parsed messages, not by the raw text's hash: the same text may be read better than it was."""
    columns, parsed = activities.c, activities.c.messages.cast(Text)
    body = case((parsed == "[]", columns.raw_body), else_="")
    query = select(columns.id, columns.subject, parsed, body).order_by(
        columns.at.is_(None), columns.at.desc(), columns.number
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return {i: _mark(subject, said, raw) for i, subject, said, raw in rows if said != "[]" or has_text(subject, raw)}


def _activity_entries(found: Iterable[Activity], marks: Mapping[str, str], embedder: Embedder) -> list[Entry]:
    cut = [(activity, passages, glosses_of(passages)) for activity in found if (passages := passages_of(activity))]
    keys = {p.key for _, passages, _ in cut for p in passages} | {g.text for _, _, glosses in cut for g in glosses}
    keys |= {on_one_line(activity.subject) for activity, _, _ in cut}
    vectors = dict(zip(ordered := sorted(keys), embedder.embed(ordered), strict=True))
    entries: list[Entry] = []
    for activity, passages, glosses in cut:
        rows = [_weighed(p.key, on_one_line(activity.subject), vectors) for p in passages]
        rows += [vectors[gloss.text] for gloss in glosses]
        sides = [p.side.value for p in passages] + [passages[gloss.of].side.value for gloss in glosses]
        entries.append(Entry(activity.id, marks[activity.id], tuple(sides), np.stack(rows)))
    return entries


def _weighed(passage: str, subject: str, vectors: Mapping[str, Vectors]) -> Vectors:
    if subject in ("", passage):
        return vectors[passage]
    mixed: Vectors = vectors[passage] + SUBJECT_SHARE * vectors[subject]
    return mixed / np.linalg.norm(mixed)


def _text_entries(ids: Sequence[str], texts: Mapping[str, str], embedder: Embedder) -> list[Entry]:
    vectors = embedder.embed([texts[record_id] for record_id in ids])
    return [Entry(i, _mark(texts[i]), ("",), vector[None]) for i, vector in zip(ids, vectors, strict=True)]


def _marks(texts: Mapping[str, str]) -> dict[str, str]:
    return {record_id: _mark(text) for record_id, text in texts.items()}


def _mark(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
