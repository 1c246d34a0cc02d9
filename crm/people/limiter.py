"""How often a name or an address may try to sign in: a few times freely, then after a wait that doubles.

Kept in memory: a restart forgives. A name waits whether it exists or not. An address counts all names tried from it,
so that one password tried on many names is slowed as well.
"""

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from crm.errors import TooManyTries
from crm.people.users import key_of

FREE_BY_NAME, FREE_BY_ADDRESS = 3, 10  # tries that need not wait
LONGEST_WAIT = 300.0  # seconds: whoever tries in another's name cannot keep them out for longer
FORGOTTEN = 3_600.0  # seconds without a try
MOST_KEPT = 20_000  # names and addresses in memory
NO_ADDRESS = "unknown"


@dataclass(slots=True)
class _Tried:
    count: int = 0
    last: float = 0.0


@dataclass(slots=True)
class Limiter:
    """Counts a try before the password is looked at, so that many at once are no way around it."""

    clock: Callable[[], float] = time.monotonic
    _tried: dict[tuple[str, str], _Tried] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, name: str, address: str) -> None:
        """Counts one try. Raises TooManyTries, which is not counted."""
        now = self.clock()
        with self._lock:
            self._forget(now)
            places = (("name", key_of(name), FREE_BY_NAME), ("address", network_of(address), FREE_BY_ADDRESS))
            tried = [(self._tried.get((what, who), _Tried()), free) for what, who, free in places if who]
            wait = max((_wait(one, free, now) for one, free in tried), default=0.0)
            if wait > 0:
                raise TooManyTries(wait)
            for what, who, _ in places:
                if who:
                    one = self._tried.setdefault((what, who), _Tried())
                    one.count, one.last = one.count + 1, now

    def succeeded(self, name: str, address: str) -> None:
        """The name may try freely again; the address gets this try back only."""
        with self._lock:
            self._tried.pop(("name", key_of(name)), None)
            if one := self._tried.get(("address", network_of(address))):
                one.count = max(0, one.count - 1)

    def _forget(self, now: float) -> None:
        if len(self._tried) < MOST_KEPT:
            return
        kept = {key: one for key, one in self._tried.items() if now - one.last < FORGOTTEN}
        newest = sorted(kept.items(), key=lambda item: item[1].last)[-MOST_KEPT // 2 :]
        self._tried = dict(newest)


def network_of(address: str) -> str:
    """What one caller may have many of: of IPv6 the first 64 bits, which are given to a house or a machine (RFC 6177).

    What is no address, as a proxy's header may say, counts as one place.
    """
    try:
        told = ipaddress.ip_address(address)
    except ValueError:
        return NO_ADDRESS if address else ""
    if isinstance(told, ipaddress.IPv6Address):
        return str(told.ipv4_mapped or ipaddress.ip_network((int(told) >> 64 << 64, 64)))
    return str(told)


def _wait(tried: _Tried, free: int, now: float) -> float:
    """Seconds still to wait: 1, 2, 4, ... after the last try, once the free ones are used up."""
    since = now - tried.last
    if tried.count < free or since >= FORGOTTEN:
        return 0.0
    return min(LONGEST_WAIT, 2.0 ** min(tried.count - free, 20)) - since
