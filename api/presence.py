"""Which servers of one data folder live: each holds a lock that ends with its process, in whatever way that ends."""

import re
import secrets
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

NAME = re.compile(r"[0-9a-f]{16}")
YOUNG = 60  # seconds


class Presence:
    """This server's own sign of life, under a name that no other ever has; and a look at those of others."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.name = folder, secrets.token_hex(8)
        self._lock = FileLock(self._path(self.name), thread_local=False)
        self._lock.acquire(timeout=0)
        for path in folder.glob("server-*.lock"):
            with suppress(FileNotFoundError):  # another server looks as well
                if path.stat().st_mtime < time.time() - YOUNG:  # a younger one may be about to be locked
                    self.lives(path.stem.removeprefix("server-"))

    def lives(self, name: str) -> bool:
        """Whether the server of that name still runs; what a dead one left is removed."""
        if name == self.name:
            return self._lock.is_locked
        if not NAME.fullmatch(name) or not self._path(name).exists():
            return False
        lock = FileLock(self._path(name), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        self._path(name).unlink(missing_ok=True)
        return False

    def end(self) -> None:
        """This server works on nothing any more."""
        self._lock.release()
        self._path(self.name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"server-{name}.lock"
