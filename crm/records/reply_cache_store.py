"""Where a model's replies are kept: in the store, or in Redis when many processes share them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from crm.errors import MissingPart
from crm.records.db import answers
from crm.records.store import Store

if TYPE_CHECKING:
    from redis import Redis

PREFIX = "crm:reply:"
WAIT_S = 1.0  # for Redis: asking the model anew takes little longer than this
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoreReplies:
    """Replies in the store. What is older than `keep` is not found, and goes when something new comes."""

    store: Store
    keep: timedelta
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def recall(self, key: str) -> bytes | None:
        query = select(answers.c.reply).where(answers.c.key == key, answers.c.at > self.now() - self.keep)
        with self.store.reading() as connection:
            found: bytes | None = connection.execute(query).scalar()
        return found

    def put(self, key: str, model: str, reply: bytes) -> None:
        now = self.now()
        row = {"key": key, "model": model, "reply": reply, "at": now}
        with self.store.writing() as connection:
            # verdicts lie in the same table under a policy for a model, and do not grow old
            connection.execute(delete(answers).where(answers.c.model == model, answers.c.at <= now - self.keep))
            connection.execute(insert(answers).values(row).on_conflict_do_update(index_elements=["key"], set_=row))


@dataclass(frozen=True, slots=True)
class RedisReplies:
    """Replies in Redis, which forgets them by itself. When it cannot be had, the model is asked anew."""

    client: "Redis"
    keep: timedelta

    @classmethod
    def open(cls, url: str, keep: timedelta) -> "RedisReplies":
        """Nothing is sent yet. Raises MissingPart when the package is not installed."""
        try:
            from redis import Redis
        except ImportError as err:
            raise MissingPart(
                f"CRM_CACHE_URL={url} needs the package redis: pip install -r requirements-redis.txt"
            ) from err
        return cls(Redis.from_url(url, socket_timeout=WAIT_S, socket_connect_timeout=WAIT_S), keep)

    def recall(self, key: str) -> bytes | None:
        from redis import RedisError

        try:
            found = self.client.get(PREFIX + key)
        except RedisError as err:
            log.warning("Redis is not asked for replies: %s", type(err).__name__)
            return None
        return found if isinstance(found, bytes) else None

    def put(self, key: str, model: str, reply: bytes) -> None:
        from redis import RedisError

        try:
            self.client.set(PREFIX + key, reply, px=self.keep)
        except RedisError as err:
            log.warning("a reply is not kept in Redis: %s", type(err).__name__)

    def answers(self) -> bool:
        """Whether Redis is there. For the doctor."""
        from redis import RedisError

        try:
            return bool(self.client.ping())
        except RedisError:
            return False
