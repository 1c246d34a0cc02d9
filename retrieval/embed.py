"""Texts to vectors with MiniLM, each distinct text once.

`MiniLM` is the model as published, through sentence-transformers; `embed_int8.py` runs the same weights faster.
Nothing here goes out to a network: the weights come with a package and are checked before they are used.
"""

import hashlib
import sqlite3
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from crm.errors import MissingPart, StoreTrouble
from crm.minilm import encodable, model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

DIMENSIONS = 384
MOST_TOKENS = 128  # a passage is a sentence or two: longer ones are rare, and cost time in proportion
CHUNK = 256  # texts remembered at a time: what a killed process may have to do again


class Embedder(Protocol):
    """Turns texts into vectors of length one. Equal names give equal vectors."""

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(slots=True)
class MiniLM:
    """all-MiniLM-L6-v2 in full precision: slow, and what faster ways are measured against."""

    _lock: Lock = field(default_factory=Lock, repr=False)
    _model: "SentenceTransformer | None" = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return f"all-MiniLM-L6-v2/fp32/{MOST_TOKENS}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return nothing()
        with self._lock:  # one forward pass at a time: torch already uses every core for it
            encoded = self._loaded().encode(
                [encodable(text) for text in texts], batch_size=16, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(encoded, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            self._model = load_sentence_transformer()
            self._model.max_seq_length = MOST_TOKENS
        return self._model


@dataclass(slots=True, weakref_slot=True)
class Remembered:
    """An embedder that looks a text up before it embeds it, in its own SQLite file.

    Vectors are kept in half precision, and given back so the first time too: a text always has one vector.
    """

    embedder: Embedder
    path: Path
    _lock: Lock = field(default_factory=Lock, repr=False)
    _connection: sqlite3.Connection | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return self.embedder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        keys = [_key(self.name, text) for text in texts]
        found = self._find(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        for start in range(0, len(missing), CHUNK):
            some = dict(list(missing.items())[start : start + CHUNK])
            fresh = self.embedder.embed(list(some.values())).astype(np.float16)
            self._keep(dict(zip(some, fresh, strict=True)))
            found.update(zip(some, fresh, strict=True))
        return np.stack([found[key] for key in keys]).astype(np.float32) if keys else nothing()

    def forget(self, texts: Iterable[str]) -> None:
        """These texts' vectors go, without a byte left in the file."""
        rows = [(_key(self.name, text),) for text in texts]
        with self._lock:
            connection = self._open()
            connection.execute("PRAGMA secure_delete=ON")
            with connection:
                connection.executemany("DELETE FROM vectors WHERE key = ?", rows)
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _find(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float16]]:
        found: dict[bytes, NDArray[np.float16]] = {}
        with self._lock:
            for start in range(0, len(keys), CHUNK):
                some = keys[start : start + CHUNK]
                marks = ",".join("?" * len(some))
                rows = self._open().execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)
                found.update((key, np.frombuffer(vector, dtype=np.float16)) for key, vector in rows)
        return found

    def _keep(self, fresh: dict[bytes, NDArray[np.float16]]) -> None:
        rows = [(key, vector.tobytes()) for key, vector in fresh.items()]
        with self._lock:
            try:
                with self._open() as connection:
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            except sqlite3.OperationalError as err:
                raise StoreTrouble(
                    f"Vectors could not be kept in {self.path.name} ({err}). "
                    "Free some disk space; indexing goes on where it stopped."
                ) from err

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self.path)
            weakref.finalize(self, self._connection.close)
        return self._connection


@lru_cache(maxsize=1)
def load_sentence_transformer(attention: str = "sdpa") -> "SentenceTransformer":
    """The model as sentence-transformers loads it; `attention` names how transformers computes attention."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as err:
        raise MissingPart("sentence-transformers is not installed. Run: pip install sentence-transformers") from err
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar in the log of a server helps nobody
    options = {"attn_implementation": attention}
    return SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True, model_kwargs=options)


def nothing() -> Vectors:
    """The vectors of no texts."""
    return np.zeros((0, DIMENSIONS), dtype=np.float32)


def versions(packages: Iterable[str]) -> str:
    """A stamp of installed packages, for what has to be made anew when one of them changes."""
    return " ".join(f"{name}={version(name)}" for name in packages)


def _key(name: str, text: str) -> bytes:
    return hashlib.blake2b(f"{name}\0{encodable(text)}".encode(), digest_size=16).digest()


def _connect(path: Path) -> sqlite3.Connection:
    """The file of remembered vectors; a damaged one is put aside, for it can be made again."""
    try:
        return _prepared(path)
    except sqlite3.OperationalError as err:
        raise StoreTrouble(f"{path.name} cannot be opened ({err}). Check the data folder.") from err
    except sqlite3.DatabaseError:
        path.replace(path.with_name(path.name + ".damaged"))
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
