"""Tells in which encoding a file's bytes are, or that they are no table at all."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from crm.errors import BadFile

BLOCK = 1 << 20
SNIFFED = 1 << 16
LONG = 16  # blocks without a newline: a line of that length is read with care
RESCUE = "crm.rescue"
_MAGIC = (
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Excel or Word document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """How to read the bytes as text.

    `rescued` counts bytes that break the encoding's rules; `plain` says that no byte is zero and that every line
    ends soon enough to be held in memory.
    """

    encoding: str
    digest: str
    rescued: int = 0
    plain: bool = False


def decoded(path: Path) -> Decoded:
    """Looks at every byte of the file once. Raises BadFile."""
    try:
        with path.open("rb") as file:
            start = file.read(SNIFFED)
            _refuse(path.name, start)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as err:
        raise BadFile(_unreadable(path, err)) from err
    encoding = _marked(start)
    return Decoded(encoding, digest) if encoding else _unmarked(path, digest)


def rescue(error: UnicodeError) -> tuple[str, int]:
    """Reads a byte that the encoding does not know as Windows would; none is ever dropped."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        return "\ufffd", error.end
    bad = error.object[error.start : error.end]
    return "".join(_windows(byte) for byte in bad), error.end


codecs.register_error(RESCUE, rescue)


def _windows(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)  # one of the five that cp1252 leaves open


def _refuse(name: str, start: bytes) -> None:
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise BadFile(
                f"{name} is {what}, not a table. Export it as CSV or as an Excel workbook (.xlsx) and try again."
            )
    if not _marked(start):
        strange = len(start) - len(start.translate(None, _CONTROLS))
        if strange > max(8, len(start) // 20):
            raise BadFile(f"{name} is not a table of text: it is full of bytes that no text has. Export it as CSV.")
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise BadFile(f"{name} is empty. Export it again, with a line of column names on top.")


def _unreadable(path: Path, err: OSError) -> str:
    if isinstance(err, FileNotFoundError):
        return f"There is no file {path}."
    if isinstance(err, IsADirectoryError):
        return f"{path} is a folder. Name the files in it."
    return f"{path.name} cannot be read: {err.strerror}."


def _marked(start: bytes) -> str:
    """The encoding that a byte order mark names, or that the pattern of zero bytes gives away."""
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding
    sample = start[:4096]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half and odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _unmarked(path: Path, digest: str) -> Decoded:
    """UTF-8, or cp1252 when the bytes beyond ASCII break UTF-8's rules more often than they keep them."""
    kept = broken = unbroken = longest = zeros = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            unbroken = 0 if b"\n" in block else unbroken + 1
            longest = max(longest, unbroken)
            zeros += b"\0" in block
            if block.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(block)
            escaped = _beyond(text, "utf-8")
            broken += escaped
            kept += _beyond(text, "ascii") - escaped
    broken += len(decoder.decode(b"", final=True))
    plain = not zeros and longest < LONG
    if broken > kept:
        return Decoded("cp1252", digest, plain=plain)
    return Decoded("utf-8", digest, broken, plain)


def _beyond(text: str, encoding: str) -> int:
    """How many signs the encoding does not have; of UTF-8 those are the bytes that were escaped."""
    return len(text) - len(text.encode(encoding, "ignore").decode(encoding))
