"""Reads a mailbox, or a single mail, as the table of mails that an export to CSV would be."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from crm.errors import BadFile
from crm.intake.csv_repair import Row
from crm.intake.decoding import Decoded
from crm.intake.mail_parts import COLUMNS, cells_of
from crm.intake.readers import Table

BOM = b"\xef\xbb\xbf"
HEAD = 1 << 16  # bytes within which the first mail's own head must stand
LONGEST_LINE = 1 << 16  # bytes that are read at once: a mail that is one line must not fill the memory
MOST_KEPT = 32 << 20  # bytes of one mail that are looked at; what comes later is an attachment's
MOST_CODED = 20_000  # lines of base64 in a row that are kept: of an attachment only the name is wanted
UNREADABLE = "This mail cannot be read ({what}). Open it in its mail program and save it anew."
NOTHING = "This mail has no sender, no subject and no text."
SPOKEN = ("From", "Subject", "Body", "HTML")
_FROM = re.compile(rb"From(?: |\r?$)")
_FIELD = re.compile(rb"[!-9;-~]{1,76}:")  # the name of a header
_TELLING = re.compile(
    rb"^(from|to|date|subject|message-id|received|return-path|delivered-to|mime-version):", re.I | re.M
)
_CODED = re.compile(rb"[A-Za-z0-9+/]{60,100}={0,2}\r?\n")
_ESCAPED = re.compile(rb">+From ")
_TELLING_ENOUGH = 2


class _Mail(NamedTuple):
    """One mail's bytes, with the line on which it starts and what stood on the line that begins it in a mailbox."""

    line: int
    envelope: bytes
    text: bytes


def is_mailbox(path: Path) -> bool:
    """Whether the file begins with the head of a mail, or with a mailbox's line above one; whatever its name."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _begins_a_mail(file.read(HEAD))


@dataclass(frozen=True)
class Mailbox(Table):
    """The mails of one file, in their order."""

    @classmethod
    def open(cls, path: Path) -> "Mailbox":
        """The mailbox with its columns, which are the same for all. Raises BadFile."""
        try:
            with path.open("rb") as file:
                found = Decoded("", hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as err:
            raise BadFile(f"{path.name} cannot be read: {err.strerror}.") from err
        return cls(path, found, "", COLUMNS)

    def _records(self) -> Iterator[Row]:
        """A row for each mail, the columns as number 0. One that cannot be read says why."""
        yield Row(1, 0, self.header)
        with self.path.open("rb") as file:
            for number, mail in enumerate(_mails(file), start=1):
                yield _row(mail, number, self.path.stem)


def _row(mail: _Mail, number: int, folder: str) -> Row:
    try:
        cells = cells_of(mail.text, mail.envelope, folder)
        said = any(dict(zip(COLUMNS, cells, strict=True))[name].strip() for name in SPOKEN)
        return Row(mail.line, number, cells, "" if said else NOTHING)
    except Exception as err:  # noqa: BLE001  # the library that reads mails fails in many ways on what no mail program wrote
        shown = mail.text[:HEAD].decode("ascii", "replace").partition("\n\n")[0]
        cells = tuple("" if name != "Body" else shown for name in COLUMNS)
        return Row(mail.line, number, cells, UNREADABLE.format(what=type(err).__name__))


def _begins_a_mail(top: bytes) -> bool:
    """By its headers: every line up to the first empty one is a header or goes on with one, and some are a mail's."""
    whole = len(top) < HEAD
    top = top.removeprefix(BOM).lstrip(b"\r\n")
    first, _, rest = top.partition(b"\n")
    block, *below = re.split(rb"\r?\n\r?\n", rest if _FROM.match(first) else top, maxsplit=1)
    lines = block.rstrip(b"\r\n").split(b"\n")
    if not below and not whole:
        lines = lines[:-1]  # cut in its middle
    if not lines or not all(_FIELD.match(line) or line[:1] in (b" ", b"\t") for line in lines):
        return False
    return len({found[1].lower() for found in _TELLING.finditer(block)}) >= _TELLING_ENOUGH


def _mails(file: BinaryIO) -> Iterator[_Mail]:
    """One mail at a time: a file without the lines of a mailbox is a single one."""
    kept = _Kept()
    before, number, in_mailbox = b"\n", 0, False
    lines = iter(lambda: file.readline(LONGEST_LINE), b"")
    ahead = next(lines, b"")
    while ahead:
        line, ahead = ahead, next(lines, b"")
        number += before.endswith(b"\n")
        begins = not before.strip() and _FROM.match(line) and _FIELD.match(ahead)
        if begins and (in_mailbox or not kept.some):
            if kept.some:
                yield kept.mail()
            in_mailbox, kept = True, _Kept(number, line)
        elif line.strip(BOM + b"\r\n") or kept.some:
            kept.line = kept.line or number
            line = line if kept.some else line.removeprefix(BOM)
            kept.add(line[1:] if in_mailbox and _ESCAPED.match(line) else line)
        before = line
    if kept.some:
        yield kept.mail()


class _Kept:
    """What is kept of the mail that is being read: all of it, but for the greater part of large attachments."""

    def __init__(self, line: int = 0, envelope: bytes = b"") -> None:
        self.line = line
        self._envelope = envelope
        self._lines: list[bytes] = []
        self._size = self._coded = 0

    @property
    def some(self) -> bool:
        return bool(self._lines or self._envelope)

    def add(self, line: bytes) -> None:
        self._coded = self._coded + 1 if _CODED.fullmatch(line) else 0
        if self._coded <= MOST_CODED and self._size < MOST_KEPT:
            self._lines.append(line)
            self._size += len(line)

    def mail(self) -> _Mail:
        return _Mail(self.line, self._envelope, b"".join(self._lines))
