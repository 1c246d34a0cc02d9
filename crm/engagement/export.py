"""Result rows to a file that appears only when it is whole.

Rows go to a side file first, so that a stopped run neither leaves half a result that looks whole nor has to
start anew. What is not covered: two runs that write the same file at the same time.
"""

import csv
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from crm.errors import BadFile
from crm.nouns import Engagement, Verdict

COLUMNS = ("hs_object_id", "trueai_engaged", "confidence", "decided_by", "because", "quote")
# What makes a spreadsheet read a cell as a formula (OWASP's list), with the full-width signs that it folds.
FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
NEWLINE = "\r\n"  # under any other line end the csv module leaves a lone carriage return unquoted
HEAD = (",".join(COLUMNS) + NEWLINE).encode()


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the result: the id as it was given, with the verdict on that row."""

    native_id: str
    verdict: Verdict


def cells(result: Result, neutral: bool = True) -> tuple[str, ...]:
    """The row's cells in the order of COLUMNS; `neutral` keeps a spreadsheet from running any of them."""
    verdict = result.verdict
    plain = verdict.engagement.value, f"{verdict.confidence:.4f}"
    if not neutral:
        return result.native_id, *plain, verdict.decided_by, verdict.because, verdict.quote
    said = harmless(verdict.decided_by), harmless(verdict.because)
    return _harmless_id(result.native_id), *plain, *said, _harmless_quote(verdict.quote)


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell[:1] and cell[0] in FORMULA else cell


def _harmless_id(native_id: str) -> str:
    """Ids are given back unchanged: a plain number runs nothing, whatever its sign."""
    return native_id if NUMBER.fullmatch(native_id) else harmless(native_id)


def _harmless_quote(quote: str) -> str:
    """A quote starts a little later instead, so that it still stands literally in its record."""
    return quote.lstrip(FORMULA + " ") or harmless(quote) if quote[:1] and quote[0] in FORMULA else quote


class SideFile:
    """The result on its way: complete rows in a file beside `out`, named after what they were made from.

    A run with the same stamp goes on after the last complete row; any other stamp starts anew. Leaving the
    `with` block without `finish()` keeps the rows for the next run.
    """

    def __init__(self, out: Path, stamp: str) -> None:
        self.out = out
        self.path = out.with_name(f"{out.name}.{stamp}.part")
        self._file: IO[str] | None = None
        self._empty = True

    def __enter__(self) -> Self:
        with _writable(self.out):
            end = _whole_rows_end(self.path)
            if end:
                os.truncate(self.path, end)
            self._file = self.path.open("a" if end else "w", encoding="utf-8", errors="replace", newline="")
            self._empty = end <= len(HEAD)
            if not end:
                csv.writer(self._file, lineterminator=NEWLINE).writerow(COLUMNS)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            if self._empty:
                self.path.unlink(missing_ok=True)

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
        with _writable(self.out):
            csv.writer(self._file, lineterminator=NEWLINE).writerows(rows)
            self._file.flush()
            self._empty = False

    def finish(self) -> None:
        """Puts the result in its place at once; side files of other runs to the same place go."""
        if self._file is None:
            raise BadFile(f"{self.out} is not open for writing.")
        with _writable(self.out):
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            self.path.replace(self.out)
            for stale in _side_files(self.out):
                stale.unlink(missing_ok=True)


def _side_files(out: Path) -> list[Path]:
    name = re.compile(re.escape(out.name) + r"\.[0-9a-f]+\.part")
    return [path for path in out.parent.iterdir() if name.fullmatch(path.name)]


def _whole_rows_end(path: Path) -> int:
    """How many bytes of a side file are whole rows under the right header; 0 when it must start anew."""
    if not path.is_file():
        return 0
    end = at = quotes = 0
    with path.open("rb") as file:
        for line in file:
            if at == 0 and line != HEAD:
                return 0
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
