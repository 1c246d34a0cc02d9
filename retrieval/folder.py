"""A folder that one process owns at a time."""

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from crm.errors import MissingPart

if TYPE_CHECKING:
    from filelock import BaseFileLock


def own(folder: Path) -> "BaseFileLock":
    """Holds the folder until the lock is released, or the process ends in whatever way. Raises MissingPart."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder.with_name(folder.name + ".lock"), thread_local=False)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as err:
        raise MissingPart(
            "The semantic index belongs to another process that is running. Search uses full text until that one ends."
        ) from err
    except OSError as err:
        raise MissingPart(f"The index folder cannot be written ({err}). Check the data folder.") from err
    return lock


def aside(folder: Path) -> Path:
    """Moves the folder to the first free name beside it."""
    free = (folder.with_name(f"{folder.name}.damaged-{n}") for n in count(1))
    moved = next(path for path in free if not path.exists())
    folder.rename(moved)
    return moved
