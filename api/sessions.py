"""Sessions of people who signed in: kept in memory as hashes of their cookies, so a restart ends them all."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

LASTS = 12 * 3_600  # seconds from the sign-in on: a working day
IDLE = 2 * 3_600  # seconds without a request; an open page asks for the state every few seconds
MOST = 10_000  # sessions at a time; the oldest go first


@dataclass(frozen=True, slots=True)
class Session:
    """Whose it is; times are seconds of the clock."""

    name: str
    opened: float
    seen: float

    def stands(self, now: float) -> bool:
        return now - self.opened < LASTS and now - self.seen < IDLE


class Sessions:
    """Opened at the sign-in, closed at the sign-out or by time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, Session] = {}
        self._alone = threading.Lock()

    def open(self, name: str) -> str:
        """A new session; the secret goes into a cookie and is not kept."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._alone:
            self._kept = {k: s for k, s in self._kept.items() if s.stands(now)}
            while len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[_digest(secret)] = Session(name, now, now)
        return secret

    def name(self, secret: str) -> str | None:
        """Whose session it is; None when it has ended or never was."""
        key, now = _digest(secret), self._clock()
        with self._alone:
            session = self._kept.get(key)
            if session is None or not session.stands(now):
                self._kept.pop(key, None)
                return None
            self._kept[key] = replace(session, seen=now)
            return session.name

    def close(self, secret: str) -> None:
        """Ends a session."""
        with self._alone:
            self._kept.pop(_digest(secret), None)

    def __len__(self) -> int:
        return len(self._kept)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
