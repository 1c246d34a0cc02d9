"""The users file: a JSON object a line, with name, role, hash of the password, and since when.

It is replaced as a whole, in one step, under a lock, and readable by its owner only.
"""

import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from crm.access import Role, Viewer
from crm.errors import BadSetting, MissingPart
from crm.people.passwords import hashed

LONGEST_NAME = 80  # characters


class _Line(BaseModel):
    """A line of the file as it comes in."""

    model_config = ConfigDict(extra="forbid")
    name: str
    role: Role
    hash: str
    since: datetime


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in. `hash` is argon2id; `since` is when the password was set, in UTC."""

    name: str
    role: Role
    hash: str
    since: datetime

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.name, self.role)


@dataclass(frozen=True, slots=True)
class Users:
    """The file, read anew at every look: a role that was changed or taken counts from the next question on."""

    path: Path

    def all(self) -> tuple[User, ...]:
        """In the order they were added; nobody where there is no file. Raises BadSetting."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as err:
            raise BadSetting(f"The users file {self.path} cannot be read ({err}). CRM_AUTH names it.") from err
        return tuple(_user(self.path, number, line) for number, line in enumerate(lines, 1) if line.strip())

    def find(self, name: str) -> User | None:
        """By name, whatever its capitals."""
        return next((user for user in self.all() if key_of(user.name) == key_of(name)), None)

    def add(self, name: str, role: Role, password: str) -> User:
        """Raises BadSetting for a name that is taken or cannot be one, or a password that is too weak."""
        user = User(_name(name), role, hashed(password, name), datetime.now(UTC))
        with self._changing() as users:
            if any(key_of(known.name) == key_of(user.name) for known in users):
                raise BadSetting(f"There is already somebody called {name}. Change the role or the password instead.")
            users.append(user)
        return user

    def put_role(self, name: str, role: Role) -> User:
        """Raises MissingPart for a name that is not there, BadSetting where no administrator would be left."""
        return self._put(name, lambda user: replace(user, role=role))

    def put_password(self, name: str, password: str) -> User:
        """A new password; whoever is signed in with the old one is not any more. Raises MissingPart, BadSetting."""
        kept = hashed(password, name)
        return self._put(name, lambda user: replace(user, hash=kept, since=datetime.now(UTC)))

    def remove(self, name: str) -> User:
        """Raises MissingPart for a name that is not there, BadSetting for the last administrator."""
        with self._changing() as users:
            found = users.pop(_place(users, name))
            _governed(users)
        return found

    def _put(self, name: str, change: Callable[[User], User]) -> User:
        with self._changing() as users:
            place = _place(users, name)
            users[place] = change(users[place])
            _governed(users)
            return users[place]

    @contextmanager
    def _changing(self) -> Iterator[list[User]]:
        from filelock import FileLock

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=10):
                users = list(self.all())
                yield users
                _write(self.path, users)
        except OSError as err:
            raise BadSetting(f"The users file {self.path} cannot be written ({err}). CRM_AUTH names it.") from err


def _write(path: Path, users: list[User]) -> None:
    """All or nothing: a file beside it takes its place once it is whole and on the disk."""
    handle, beside = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # made for its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            for user in users:
                line = {"name": user.name, "role": user.role, "hash": user.hash, "since": user.since.isoformat()}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _user(path: Path, number: int, line: str) -> User:
    try:
        read = _Line.model_validate_json(line)
    except ValidationError as err:
        raise BadSetting(
            f"Line {number} of the users file {path} is none that `python app.py user` wrote. Mend or remove it."
        ) from err
    return User(read.name, read.role, read.hash, read.since)


def _governed(users: list[User]) -> None:
    if users and not any(user.role is Role.ADMIN for user in users):
        raise BadSetting("Nobody would be left to manage people. Make somebody else an administrator first.")


def _place(users: list[User], name: str) -> int:
    found = [place for place, user in enumerate(users) if key_of(user.name) == key_of(name)]
    if not found:
        raise MissingPart(f"Nobody is called {name}. `python app.py user list` shows who is.")
    return found[0]


def _name(name: str) -> str:
    told = " ".join(unicodedata.normalize("NFKC", name).split())
    if not told or len(told) > LONGEST_NAME or not told.isprintable():
        raise BadSetting(f"A name has 1 to {LONGEST_NAME} printable characters.")
    return told


def key_of(name: str) -> str:
    """What two spellings of one name have in common: neither capitals, nor spaces, nor how letters are put together."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
