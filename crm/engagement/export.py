"""Result rows to a file that appears only when it is whole.

Rows go to a side file first, so that a stopped run neither leaves half a result that looks whole nor has to
start anew. A lock beside it keeps a second run from writing the same result at the same time.
"""

import csv
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import IO, Self

from filelock import FileLock, Timeout

from crm.engagement import formats
from crm.errors import BadFile
from crm.nouns import Engagement, Verdict
from crm.quoting import FORMULA, harmless

COLUMNS = ("hs_object_id", "trueai_engaged", "confidence", "decided_by", "because", "quote")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
NEWLINE = "\r\n"  # under any other line end the csv module leaves a lone carriage return unquoted


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the result: the id as it was given, with the verdict on that row, then cells kept of the input."""

    native_id: str
    verdict: Verdict
    kept: tuple[str, ...] = ()


def cells(result: Result, neutral: bool = True) -> tuple[str, ...]:
    """The row's cells in the order of COLUMNS; `neutral` keeps a spreadsheet from running any of them."""
    verdict = result.verdict
    plain = verdict.engagement.value, f"{verdict.confidence:.4f}"
    if not neutral:
        return result.native_id, *plain, verdict.decided_by, verdict.because, verdict.quote, *result.kept
    said = harmless(verdict.decided_by), harmless(verdict.because)
    kept = map(_harmless_number, result.kept)
    return _harmless_number(result.native_id), *plain, *said, _harmless_quote(verdict.quote), *kept


def columns(kept: Iterable[str] = ()) -> tuple[str, ...]:
    """The result's columns, then those kept of the input. A name that is ours already gets a number: "quote (2)"."""
    names = list(COLUMNS)
    for name in kept:
        again = 1
        told = name
        while told in names:
            again += 1
            told = f"{name} ({again})"
        names.append(told)
    return tuple(names)


def _harmless_number(cell: str) -> str:
    """Ids and numbers are given back unchanged: a plain number runs nothing, whatever its sign."""
    return cell if NUMBER.fullmatch(cell) else harmless(cell)


def _harmless_quote(quote: str) -> str:
    """A quote starts a little later instead, so that it still stands literally in its record."""
    return quote.lstrip(FORMULA + " ") or harmless(quote) if quote[:1] and quote[0] in FORMULA else quote


class SideFile:
    """The result on its way: complete rows in a file beside `out`, named after what they were made from.

    A run with the same stamp goes on after the last complete row; any other stamp starts anew. Leaving the
    `with` block without `finish()` keeps the rows for the next run.
    """

    def __init__(self, out: Path, stamp: str, columns: tuple[str, ...] = COLUMNS) -> None:
        self.out = out
        self.path = out.with_name(f"{out.name}.{stamp}.part")
        self._lock = FileLock(out.with_name(f"{out.name}.lock"), timeout=0)
        self._head = _line(columns)
        self._file: IO[str] | None = None
        self._empty = True

    def __enter__(self) -> Self:
        formats.is_csv(self.out)
        with _writable(self.out):
            if self.out.is_dir():
                raise IsADirectoryError
            if not self.out.parent.is_dir():
                raise FileNotFoundError
            self._take()
            try:
                end = _whole_rows_end(self.path, self._head)
                if end:
                    os.truncate(self.path, end)
                self._file = self.path.open("a" if end else "w", encoding="utf-8", errors="replace", newline="")
                self._empty = end <= len(self._head)
                if not end:
                    self._file.write(self._head.decode())
            except BaseException:
                self._give_back()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            if self._empty:
                self.path.unlink(missing_ok=True)
        self._give_back()

    def kept(self) -> Iterator[tuple[str, Engagement, str]]:
        """Id, label, judge of each row that an earlier run left here."""
        if self._empty:
            return
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            for row in rows:
                yield row[0], Engagement(row[1]), row[3]

    def write(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Appends rows and hands them to the system: what was written survives a killed process."""
        if self._file is None:
            raise BadFile(f"{self.out} is not open for writing.")
        self._empty = False  # before the first row: stopped in the midst of it, what is whole is kept all the same
        with _writable(self.out):
            csv.writer(self._file, lineterminator=NEWLINE).writerows(rows)
            self._file.flush()

    def finish(self) -> None:
        """Puts the result in its place at once; side files of other runs to the same place go."""
        if self._file is None:
            raise BadFile(f"{self.out} is not open for writing.")
        with _writable(self.out):
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            if not formats.is_csv(self.out):
                whole = self.path.with_name(f"{self.path.name}.whole")
                formats.convert(self.path, self.out, whole)
                whole.replace(self.out)
            else:
                self.path.replace(self.out)
            for stale in _side_files(self.out):
                stale.unlink(missing_ok=True)

    def _take(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as err:
            raise BadFile(
                f"Another audit is writing {self.out} at this moment. Wait until it has finished, or give another name."
            ) from err

    def _give_back(self) -> None:
        """Removed while it is still held: whoever waits for the old file finds out, and makes a new one."""
        if self._lock.is_locked:
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()


def _line(cells: tuple[str, ...]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator=NEWLINE).writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def _side_files(out: Path) -> list[Path]:
    name = re.compile(re.escape(out.name) + r"\.[0-9a-f]+\.part(?:\.whole)?")
    return [path for path in out.parent.iterdir() if name.fullmatch(path.name)]


def _whole_rows_end(path: Path, head: bytes) -> int:
    """How many bytes of a side file are whole rows under the right header; 0 when it must start anew."""
    if not path.is_file():
        return 0
    quotes = 0
    with path.open("rb") as file:
        if file.read(len(head)) != head:
            return 0
        end = at = len(head)
        for line in file:
            at += len(line)
            quotes += line.count(b'"')
            if line.endswith(NEWLINE.encode()) and quotes % 2 == 0:  # an open quote means the row goes on
                end = at
    return end


@contextmanager
def _writable(out: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as err:
        raise BadFile(f"{out} cannot be written: there is no folder {out.parent}.") from err
    except IsADirectoryError as err:
        raise BadFile(f"{out} is a folder. Give the name of a file to write.") from err
    except OSError as err:
        why = err.strerror or str(err)
        raise BadFile(f"{out} cannot be written: {why}. Run it again: it goes on after the rows it has.") from err
