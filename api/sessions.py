"""Sessions of people who signed in: kept in memory as hashes of their cookies, so a restart ends them all."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

IDLE = 2 * 3_600  # seconds without a request; an open page asks for the state every few seconds
MOST = 10_000  # sessions at a time; the oldest go first


@dataclass(frozen=True, slots=True)
class Session:
    """Whose it is, with the stamp of their password; times are seconds of the clock."""

    name: str
    stamp: str
    ends: float
    seen: float

    def stands(self, now: float) -> bool:
        return now < self.ends and now - self.seen < IDLE


class Sessions:
    """Opened at the sign-in, closed at the sign-out or after `lasts` seconds."""

    def __init__(self, lasts: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.lasts, self._clock = lasts, clock
        self._kept: dict[str, Session] = {}
        self._alone = threading.Lock()

    def open(self, name: str, stamp: str) -> str:
        """A new session; the secret goes into a cookie and is not kept."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._alone:
            self._kept = {k: s for k, s in self._kept.items() if s.stands(now)}
            while len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[_digest(secret)] = Session(name, stamp, now + self.lasts, now)
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of a cookie; None when it has ended or never was."""
        key, now = _digest(secret), self._clock()
        with self._alone:
            session = self._kept.get(key)
            if session is None or not session.stands(now):
                self._kept.pop(key, None)
                return None
            self._kept[key] = replace(session, seen=now)
            return session

    def close(self, secret: str) -> None:
        """Ends a session."""
        with self._alone:
            self._kept.pop(_digest(secret), None)

    def __len__(self) -> int:
        return len(self._kept)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
