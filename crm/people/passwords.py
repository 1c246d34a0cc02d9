"""Passwords as argon2id hashes; nobody's password is ever kept.

Parameters are argon2-cffi's own defaults (RFC 9106, low memory: 3 passes over 64 MiB); each hash carries its own.
"""

import secrets
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from crm.errors import BadSetting

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 1_024  # characters of a password; a longer one would only cost time
_AT_ONCE = BoundedSemaphore(2)  # hashes under way: each takes 64 MiB, and strangers can ask for them


def hashed(password: str, name: str = "") -> str:
    """The hash to keep. Raises BadSetting for a password that is too short, too long or the name itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadSetting(f"A password has {SHORTEST} to {LONGEST:,} characters. Choose a longer one.")
    if password.casefold() == name.casefold():
        raise BadSetting("The password is the name. Choose another.")
    with _AT_ONCE:
        return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether the password made the kept hash. For nobody's hash it takes as long, and is False."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        nobodys = _nobodys()  # made at the first try, whoever's it is: else the first unknown name takes twice as long
        try:
            right = _hasher().verify(kept or nobodys, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return right and bool(kept)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """What a name that does not exist is checked against, so that it takes as long as one that does."""
    return _hasher().hash(secrets.token_hex(16))
