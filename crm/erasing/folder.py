"""What else of a person may lie in the data folder: results, uploads, damaged copies, models that learned from them."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from crm.intake.mailbox import is_mailbox

LEARNED = "engagement-model-*.npz"  # holds words of what it learned from; made again in seconds
DAMAGED = "*.damaged*"
INDEX = "chroma"
RECEIVED = ("received-*", "*.part")  # uploads on their way, beside the folders of results
READABLE = {".csv", ".tsv", ".txt", ".json", ".jsonl", ".md", ".html", ".yaml", ".part", ".log"}
PIECE = 1 << 22  # bytes looked at together
LONGER = 3  # times at most that a word has more bytes in capitals than in small letters
WORD = re.compile(r"[\w:.-]+")  # what an id looks like


def clean(folder: Path, finds: Callable[[str], bool]) -> list[Path]:
    """Removes each result or upload that names the person or a record of theirs, or that cannot be looked into."""
    removed = []
    for path in (*folder.glob(DAMAGED), *folder.glob(LEARNED)):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        removed.append(path)
    for path in list(_results(folder)):
        if _is_closed(path) or finds(path.read_text(encoding="utf-8", errors="replace")):
            path.unlink()
            removed.append(path)
    return removed


def _is_closed(path: Path) -> bool:
    """Whether a file cannot be looked into; mails write their words in codes, in which no name is found."""
    return path.suffix.lower() not in READABLE or is_mailbox(path)


def holding(folder: Path, words: Sequence[str]) -> list[Path]:
    """The files in which one of these words still stands, whatever its capitals: every byte of every file is read."""
    wanted = [word.casefold() for word in words if word]
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and _holds(path, wanted)]


def _holds(path: Path, wanted: Sequence[str]) -> bool:
    overlap = max((len(word.encode()) for word in wanted), default=0) * LONGER
    with path.open("rb") as file:
        tail = b""
        while piece := file.read(PIECE):
            said = (tail + piece).decode("utf-8", "replace").casefold()
            if any(word in said for word in wanted):
                return True
            tail = (tail + piece)[-overlap:] if overlap else b""
    return False


def older(folder: Path, before: float) -> list[Path]:
    """Results and uploads that were written before a moment, in seconds since 1970."""
    return [path for path in _results(folder) if path.stat().st_mtime < before]


def _results(folder: Path) -> Iterator[Path]:
    """Files that were made from records: all in folders but the index, and uploads on their way."""
    places = [place for place in sorted(folder.iterdir()) if place.is_dir() and not place.name.startswith(INDEX)]
    inside = [path for place in places if not place.is_symlink() for path in sorted(place.rglob("*"))]
    loose = [path for pattern in RECEIVED for path in folder.glob(pattern)]
    yield from (path for path in (*inside, *loose) if path.is_file() and not path.is_symlink())
