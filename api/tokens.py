"""Tokens for programs: made once, shown once, kept as hashes in a file of the data folder.

A token is 256 random bits, so a plain SHA-256 of it cannot be guessed back; passwords need argon2, these do not.
"""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from api.caller import ROLE_OF, Caller, Grant, Way
from crm.access import Role, Viewer
from crm.errors import BadSetting, MissingPart
from crm.people.users import Users

FILE = "tokens.json"
PREFIX = "crm_"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; `ends_at` is empty when it does not expire. Times are ISO 8601 in UTC.

    One that is a `person`'s ends with that person, and holds the role they have today.
    """

    name: str
    grant: Grant
    role: Role
    digest: str
    made_at: str
    ends_at: str = ""
    person: bool = False

    def stands(self, now: datetime) -> bool:
        return not self.ends_at or now < datetime.fromisoformat(self.ends_at)


class Tokens:
    """The tokens of one data folder. The file is read again when it changed, so a new token works at once."""

    def __init__(self, folder: Path, users: Users) -> None:
        self._path, self._users = folder / FILE, users
        self._seen: tuple[int, int] = (0, 0)
        self._by_digest: dict[str, Token] = {}

    def add(self, name: str, grant: Grant, role: Role | None = None, days: int | None = None) -> str:
        """A new token, to be shown once. Raises BadSetting for a name that is taken or none."""
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise BadSetting(f"A token needs a name of 1 to {LONGEST_NAME} characters.")
        secret, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        ends = (now + timedelta(days=days)).isoformat() if days else ""
        user = self._users.find(name)
        person = user is not None and role is None
        mine = user.role if user and person else role or ROLE_OF[grant]
        token = Token(name, grant, mine, _digest(secret), now.isoformat(), ends, person)
        with self._alone():
            kept = self.all()
            if any(t.name == token.name for t in kept):
                raise BadSetting(f"There is a token {token.name} already. Drop it first: token drop {token.name}")
            self._write([*kept, token])
        return secret

    def drop(self, name: str) -> None:
        """The token opens nothing any more. Raises MissingPart when there is none of that name."""
        with self._alone():
            kept = self.all()
            if all(t.name != name for t in kept):
                raise MissingPart(f"There is no token {name}.")
            self._write([t for t in kept if t.name != name])

    def all(self) -> list[Token]:
        """Every token, in the order they were made."""
        self._look()
        return sorted(self._by_digest.values(), key=lambda t: t.made_at)

    def caller(self, secret: str) -> Caller | None:
        """Who a token stands for; None for one that is not known, has ended, or whose person has gone."""
        self._look()
        token = self._by_digest.get(_digest(secret))
        if token is None or not token.stands(datetime.now(UTC)):
            return None
        user = self._users.find(token.name) if token.person else None
        if token.person and user is None:
            return None
        return Caller(user.viewer if user else Viewer(token.name, token.role), token.grant, Way.TOKEN)

    def _look(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._seen, self._by_digest = (0, 0), {}
            return
        state = (stat.st_mtime_ns, stat.st_ino)
        if state != self._seen:
            tokens = self._read()
            self._seen, self._by_digest = state, {t.digest: t for t in tokens}

    def _read(self) -> list[Token]:
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            return [Token(**{**row, "grant": Grant(row["grant"]), "role": Role(row["role"])}) for row in rows]
        except (OSError, ValueError, TypeError, KeyError) as err:
            raise BadSetting(f"The file of tokens {self._path} cannot be read. Remove it, and make them anew.") from err

    def _write(self, tokens: list[Token]) -> None:
        """The whole file at once, readable by its owner alone."""
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump([asdict(token) for token in tokens], file, indent=1)
        new.replace(self._path)

    def _alone(self) -> FileLock:
        return FileLock(self._path.with_suffix(".lock"), timeout=5)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
