"""Whom the store must not take in again: salted hashes of addresses and ids, which tell nobody who they are."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from crm.records import db

SALT = "salt of the forgotten"  # the fact that holds it
WHY = "Somebody on this row asked to be forgotten; it is not stored, and not kept here."


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The hashes, read once for an import."""

    salt: str
    hashes: frozenset[str]

    @classmethod
    def read(cls, connection: Connection) -> "Forgotten":
        salt = connection.execute(select(db.facts.c.value).where(db.facts.c.name == SALT)).scalar() or ""
        return cls(str(salt), frozenset(connection.execute(select(db.forgotten.c.hash)).scalars()))

    def knows(self, words: Iterable[str]) -> bool:
        """Whether one of these addresses or ids is of somebody who was forgotten."""
        return bool(self.hashes) and any(_hash(self.salt, word) in self.hashes for word in words if word)


NOBODY = Forgotten("", frozenset())


def put(connection: Connection, words: Iterable[str]) -> None:
    """Remembers to forget these addresses and ids."""
    salt = Forgotten.read(connection).salt
    if not salt:
        salt = secrets.token_hex(16)
        connection.execute(db.facts.insert().values(name=SALT, value=salt))
    rows = [{"hash": _hash(salt, word), "at": datetime.now(UTC)} for word in sorted(set(words)) if word]
    if rows:
        connection.execute(insert(db.forgotten).on_conflict_do_nothing(), rows)


def _hash(salt: str, word: str) -> str:
    key = bytes.fromhex(salt)
    return hashlib.blake2b(
        word.strip().casefold().encode("utf-8", "surrogatepass"), key=key, digest_size=16
    ).hexdigest()
