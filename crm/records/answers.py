"""Replies of a model, remembered in the store: the same prompt is not paid for twice.

The key holds model, rendered prompt, shape; a changed prompt simply misses. Nothing is kept of a reply
that failed or broke off.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from crm.llm import LLM, T
from crm.records.db import answers
from crm.records.store import Store

PIECE = 24  # characters at a time, so that a remembered answer streams like a fresh one


@dataclass(frozen=True, slots=True)
class Remembering:
    """An LLM that asks another one only what it has not been asked before."""

    llm: LLM
    store: Store

    @property
    def name(self) -> str:
        return self.llm.name

    def stream(self, prompt: str) -> Iterator[str]:
        key = self._key(prompt, "")
        known = self._recall(key)
        if known is not None:
            text = known.decode()
            yield from (text[start : start + PIECE] for start in range(0, len(text), PIECE))
            return
        pieces = []
        for piece in self.llm.stream(prompt):
            pieces.append(piece)
            yield piece
        self._put(key, "".join(pieces).encode())

    def fill(self, prompt: str, shape: type[T]) -> T:
        key = self._key(prompt, json.dumps(shape.model_json_schema(), sort_keys=True))
        known = self._recall(key)
        if known is not None:
            try:
                return shape.model_validate_json(known)
            except ValidationError:
                pass  # a validator grew stricter than when this was kept: ask again
        filled = self.llm.fill(prompt, shape)
        self._put(key, filled.model_dump_json().encode())
        return filled

    def _key(self, prompt: str, shape: str) -> str:
        asked = "\x1f".join((self.llm.name, shape, prompt))
        return hashlib.blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()

    def _recall(self, key: str) -> bytes | None:
        with self.store.reading() as connection:
            found: bytes | None = connection.execute(select(answers.c.reply).where(answers.c.key == key)).scalar()
        return found

    def _put(self, key: str, reply: bytes) -> None:
        row = {"key": key, "model": self.llm.name, "reply": reply, "at": datetime.now(UTC)}
        with self.store.writing() as connection:
            connection.execute(insert(answers).values(row).on_conflict_do_update(index_elements=["key"], set_=row))
