"""Chroma, and the only file that knows it: vectors of passages, found by nearness.

One process owns the folder, held by a file lock: two writers would damage it without a word from either. A folder
that is damaged all the same is put aside and begun anew, for everything in it can be made again from the store.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crm.errors import MissingPart
from retrieval import collection_contents
from retrieval.embed import DIMENSIONS, Vectors
from retrieval.folder import aside, own
from retrieval.term_index import Bags

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from filelock import BaseFileLock

logger = logging.getLogger(__name__)
_Scored = tuple[str, float]  # a passage's id with its cosine

SHELVES = ("activities", "accounts", "deals")
BAGS = "words.sqlite"
EXACT = 2_000  # vectors: up to here reading them all, once for a question and its gloss, beats walking the graph twice
EFFORT = 400  # candidates kept while the graph is walked: finds 99.8 % of the true nearest 100, in 4 ms
BACKGROUND = 1_000  # passages sampled for `Shelf.level`
LEVEL = 0.97
FEW, USUAL = 200, 0.26  # with fewer passages than FEW a quantile says nothing: the median of measured levels stands in
PAGE = 10_000
SAMPLE = 64
NOT_DAMAGE = ("readonly", "read-only", "permission denied", "disk is full", "no space left")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with one vector for each of its passages; `mark` changes whenever its passages do."""

    record_id: str
    mark: str
    sides: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Near:
    """Passage `number` of a record, with the cosine of its vector to the one asked about."""

    record_id: str
    number: int
    score: float


class Index:
    """The folder, open and owned by this process. Raises MissingPart, here and later, when Chroma does not answer."""

    def __init__(self, client: "Client", lock: "BaseFileLock", folder: Path, moved: Path | None) -> None:
        self._client, self._lock = client, lock
        self.bags = Bags(folder / BAGS)
        self.moved = moved  # where a damaged folder was put when this one was opened
        self.activities, self.accounts, self.deals = (Shelf(client, name) for name in SHELVES)
        self.left: int | None = None  # activities still to be put here, as the sync found; None before it looked

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Raises MissingPart when another process owns the folder, or Chroma is not installed."""
        lock = own(folder)
        try:
            try:
                return _opened(folder, lock, None)
            except _Damaged as err:
                moved = aside(folder)
                logger.warning("index damaged, moved to %s: %s", moved.name, err)
            return _opened(folder, lock, moved)
        except BaseException:
            lock.release()
            raise

    @property
    def stamp(self) -> str:
        """What everything here was made with; empty when nothing was begun."""
        return self.activities.stamp

    def begin(self, stamp: str) -> None:
        """Empties what was made with anything else."""
        self.bags.begin(stamp)
        for shelf in (self.deals, self.accounts, self.activities):  # the last one's stamp stands for all
            shelf.begin(stamp)

    def close(self) -> None:
        self.bags.close()
        self._client.close()
        self._lock.release()


class Shelf:
    """One collection of vectors."""

    def __init__(self, client: "Client", name: str) -> None:
        self._client, self._name = client, name
        self._most = client.get_max_batch_size()
        self._collection: Any = _collection(client, name, "")
        self._held, broken = collection_contents.read(_rows(self._collection))
        self._background: tuple[int, Vectors] | None = None  # a sample, with the size when it was taken
        self._scanned: tuple[Sequence[str], Sequence[str], Vectors] | None = None  # asked for, found, their vectors
        self._delete(broken)

    @property
    def stamp(self) -> str:
        return str((self._collection.metadata or {}).get("stamp", ""))

    @property
    def marks(self) -> Mapping[str, str]:
        """The mark of every record that is wholly here."""
        return self._held.marks

    @property
    def size(self) -> int:
        """How many records are here."""
        return len(self._held)

    def check(self) -> None:
        """Raises when vectors were lost (a file that was cut off reads as zeros) or cannot be searched."""
        sample = self._held.passages()
        sample = sample[:: 1 + len(sample) // SAMPLE]
        if sample:
            found = np.asarray(self._collection.get(ids=sample, include=["embeddings"])["embeddings"])
            if len(found) < len(sample) or not np.allclose(np.linalg.norm(found, axis=1), 1, atol=0.01):
                raise ValueError("vectors were lost")
            self._walk([found[0]], 1, None)

    def begin(self, stamp: str) -> None:
        if self.stamp == stamp:
            return
        with asking():
            self._client.delete_collection(self._name)
            self._collection = _collection(self._client, self._name, stamp)
        self._held, self._background, self._scanned = collection_contents.Held(), None, None

    def put(self, entries: Iterable[Entry]) -> None:
        """Replaces what is held of these records. One that was killed half-way is dropped at the next opening."""
        batch: list[Entry] = []
        for entry in entries:
            if sum(len(e.sides) for e in batch) + len(entry.sides) > self._most:
                self._add(batch)
                batch = []
            batch.append(entry)
        if batch:
            self._add(batch)

    def drop(self, record_ids: Collection[str]) -> None:
        self._delete(self._held.take(record_ids))

    def near(
        self, vector: Vectors, most: int, only: Collection[str] | None = None, side: str | None = None
    ) -> list[Near]:
        """The `most` nearest passages, nearest first: of the records `only`, written by `side`."""
        return self.near_each([vector], most, only, side)[0]

    def near_each(
        self, vectors: Sequence[Vectors], most: int, only: Collection[str] | None = None, side: str | None = None
    ) -> list[list[Near]]:
        """The same for several vectors at once, which costs less than one after the other."""
        ids = None if only is None and side is None else self._held.passages(only, side)
        if not self._held or ids == []:
            return [[] for _ in vectors]
        with asking():
            found = self._scan(vectors, ids) if ids and len(ids) <= EXACT else self._walk(vectors, most, ids)
        return [_nearest(scored, most) for scored in found]

    def level(self, vector: Vectors) -> float:
        """How near the vector is to what has nothing to do with it: the cosine that LEVEL of all passages stay under.

        Questions differ in this: a French one is rather near to everything French.
        """
        if self._background is None or self._background[0] * 2 < self.size:
            ids = self._held.passages()
            with asking():
                found = self._collection.get(ids=ids[:: 1 + len(ids) // BACKGROUND], include=["embeddings"])
            self._background = self.size, np.asarray(found["embeddings"], dtype=np.float32).reshape(-1, DIMENSIONS)
        cosines = self._background[1] @ vector
        return USUAL if len(cosines) < FEW else float(np.quantile(cosines, LEVEL))

    def _add(self, entries: Sequence[Entry]) -> None:
        self.drop([entry.record_id for entry in entries])
        rows = [(entry, number) for entry in entries for number in range(len(entry.sides))]
        with asking():
            self._collection.upsert(
                ids=[f"{entry.record_id}#{number}" for entry, number in rows],
                embeddings=np.concatenate([entry.vectors for entry in entries]),
                metadatas=[{"mark": e.mark, "side": e.sides[number], "of": len(e.sides)} for e, number in rows],
            )
        self._scanned = None
        for entry in entries:
            self._held.put(entry.record_id, entry.mark, entry.sides)

    def _scan(self, vectors: Sequence[Vectors], ids: Sequence[str]) -> list[list[_Scored]]:
        known = self._scanned
        if known is None or known[0] != ids:
            found = self._collection.get(ids=ids, include=["embeddings"])
            held_here = np.asarray(found["embeddings"], dtype=np.float32).reshape(-1, DIMENSIONS)
            self._scanned = known = ids, found["ids"], held_here
        return [list(zip(known[1], (known[2] @ vector).tolist(), strict=True)) for vector in vectors]

    def _walk(self, vectors: Sequence[Vectors], most: int, ids: Sequence[str] | None) -> list[list[_Scored]]:
        narrowed = {} if ids is None else {"ids": ids}
        asked = list(vectors)
        answer = self._collection.query(query_embeddings=asked, n_results=most, include=["distances"], **narrowed)
        return [
            [(i, 1 - float(d)) for i, d in zip(*one, strict=True)]
            for one in zip(answer["ids"], answer["distances"], strict=True)
        ]

    def _delete(self, passage_ids: Sequence[str]) -> None:
        self._scanned = None
        for start in range(0, len(passage_ids), self._most):
            with asking():
                self._collection.delete(ids=list(passage_ids[start : start + self._most]))


def _nearest(scored: Sequence[_Scored], most: int) -> list[Near]:
    best = sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:most]
    return [Near(*collection_contents.split(passage_id), score) for passage_id, score in best]


class _Damaged(Exception):
    """Chroma cannot read what it wrote."""


@contextmanager
def asking() -> Iterator[None]:
    """Turns whatever Chroma raises into a MissingPart."""
    try:
        yield
    except Exception as err:  # a vendor's call: its errors share no base
        raise MissingPart(f"The semantic index does not answer ({err}). Start again: it will be mended.") from err


def _opened(folder: Path, lock: "BaseFileLock", moved: Path | None) -> Index:
    """An index whose collections could be read. Raises _Damaged."""
    try:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
    except ImportError as err:
        raise MissingPart("Chroma is not installed. Run: pip install chromadb") from err
    client: Any = None
    try:
        client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
        index = Index(client, lock, folder, moved)
        for shelf in (index.activities, index.accounts, index.deals):
            shelf.check()
        return index
    except Exception as err:
        if client is None:
            SharedSystemClient.clear_system_cache()  # else the next try gets the one that failed
        else:
            client.close()
        if any(words in str(err).lower() for words in NOT_DAMAGE):
            raise MissingPart(f"The index folder cannot be written ({err}). Check the data folder.") from err
        raise _Damaged(str(err)) from err


def _collection(client: "Client", name: str, stamp: str) -> Any:
    how: Any = {"hnsw": {"space": "cosine", "ef_search": EFFORT}}
    if any(found.name == name for found in client.list_collections()):
        return client.get_collection(name, embedding_function=None)
    return client.create_collection(name, configuration=how, metadata={"stamp": stamp}, embedding_function=None)


def _rows(collection: Any) -> Iterator[collection_contents.Row]:
    for start in range(0, collection.count(), PAGE):
        page = collection.get(limit=PAGE, offset=start, include=["metadatas"])
        for passage_id, about in zip(page["ids"], page["metadatas"], strict=True):
            yield collection_contents.Row(passage_id, str(about["mark"]), str(about["side"]), int(about["of"]))
