"""Signing in: a name with its password becomes a Viewer, or one refusal that tells nothing more."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from crm.access import Viewer
from crm.errors import NotSignedIn
from crm.people.limiter import NO_ADDRESS, Limiter, network_of
from crm.people.passwords import fits
from crm.people.users import User, Users

REFUSED = "This name and this password do not belong together."
GONE = "Sign in again."
UNKNOWN = "somebody unknown"
Told = Callable[[str, bool, str], None]  # name, whether it was let in, from which address


def untold(name: str, let_in: bool, address: str) -> None:
    """For where nobody keeps a trail."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may sign in; `told` hears of every try that did not have to wait."""

    users: Users
    limiter: Limiter = field(default_factory=Limiter)
    told: Told = untold

    def signed_in(self, name: str, password: str, address: str = "") -> Viewer:
        """Whoever this is. Raises TooManyTries, NotSignedIn; a name that is not there gets the same words and time."""
        if network_of(address) == NO_ADDRESS:  # whatever a proxy's header held must not stand in the trail
            address = NO_ADDRESS
        self.limiter.begin(name, address)
        user = self.users.find(name)
        if not fits(user.hash if user else "", password) or user is None:
            self.told(user.name if user else UNKNOWN, False, address)  # a password typed as a name is not kept
            raise NotSignedIn(REFUSED)
        self.limiter.succeeded(name, address)
        self.told(user.name, True, address)
        return user.viewer

    def viewer(self, name: str, stamp: str) -> Viewer:
        """Whoever signed in earlier, with the role of today. Raises NotSignedIn once they or their password changed."""
        user = self.users.find(name)
        if user is None or self.stamp_of(user) != stamp:
            raise NotSignedIn(GONE)
        return user.viewer

    def stamp(self, name: str) -> str:
        """What a session keeps beside the name; it changes with the password. Raises NotSignedIn."""
        user = self.users.find(name)
        if user is None:
            raise NotSignedIn(GONE)
        return self.stamp_of(user)

    @staticmethod
    def stamp_of(user: User) -> str:
        """Made from the password's hash, which it does not give away."""
        return hashlib.sha256(user.hash.encode()).hexdigest()[:16]
