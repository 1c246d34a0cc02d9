"""Replies of a model, remembered for a while: the same prompt is not paid for twice.

The key holds model, prompt as it is sent, shape; a changed prompt simply misses. Nothing is kept of a reply that
failed, broke off or came from a second model.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pydantic import ValidationError

from crm.llm import LLM, Call, T

PIECE = 24  # characters at a time, so that a remembered answer streams like a fresh one


class Replies(Protocol):
    """Where replies are kept. What is too old is not found any more."""

    def recall(self, key: str) -> bytes | None: ...

    def put(self, key: str, model: str, reply: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Remembering:
    """An LLM that asks another one only what it has not been asked lately."""

    llm: LLM
    replies: Replies

    @property
    def name(self) -> str:
        return self.llm.name

    def stream(self, prompt: str, call: Call | None = None) -> Iterator[str]:
        used = call if call is not None else Call()
        key = self._key(prompt, "")
        known = self.replies.recall(key)
        if known is not None:
            self._recalled(used)
            text = known.decode()
            yield from (text[start : start + PIECE] for start in range(0, len(text), PIECE))
            return
        pieces = []
        for piece in self.llm.stream(prompt, used):
            pieces.append(piece)
            yield piece
        self._keep(used, key, "".join(pieces).encode())

    def fill(self, prompt: str, shape: type[T], call: Call | None = None) -> T:
        used = call if call is not None else Call()
        key = self._key(prompt, json.dumps(shape.model_json_schema(), sort_keys=True))
        known = self.replies.recall(key)
        if known is not None:
            try:
                filled = shape.model_validate_json(known)
            except ValidationError:
                pass  # a validator grew stricter than when this was kept: ask again
            else:
                self._recalled(used)
                return filled
        filled = self.llm.fill(prompt, shape, used)
        self._keep(used, key, filled.model_dump_json().encode())
        return filled

    def _recalled(self, used: Call) -> None:
        used.model, used.remembered = self.name, True

    def _keep(self, used: Call, key: str, reply: bytes) -> None:
        if used.model in ("", self.name):
            self.replies.put(key, self.name, reply)

    def _key(self, prompt: str, shape: str) -> str:
        asked = "\x1f".join((self.llm.name, shape, prompt))
        return hashlib.blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
