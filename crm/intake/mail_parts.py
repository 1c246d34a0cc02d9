"""Takes one mail apart: who, when, what it says, what its own headers tell of a program that sent it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

COLUMNS = (
    "Message-ID", "Date", "From", "To", "Cc", "Bcc", "Subject", "Body", "HTML", "Folder", "Attachments",
)  # fmt: skip
_PARSER = BytesParser(EmailMessage, policy=policy.default)
_LABELS = "X-Gmail-Labels"  # where the mail lies, as its mail program says
_REPORTS = re.compile(
    r"multipart/report\b.*?\breport-type=[\"']?(delivery-status|disposition-notification)", re.I | re.S
)
_ANSWERS = re.compile(r"text/calendar\b.*?\bmethod=[\"']?(reply|counter|cancel)", re.I | re.S)
_PRECEDENCE = ("bulk", "junk", "auto_reply")  # "list" is what a discussion of people has, too
_PICTURE = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]{200,}")
_ENVELOPE_DATE = re.compile(
    r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} +\d{1,2} \d\d:\d\d:\d\d)(?: ([+-]\d{4}))?(?: [A-Z]{3,4})? (\d{4})"
)
_FEWEST, _MOST = 1970, 2101


def cells_of(text: bytes, envelope: bytes, folder: str) -> tuple[str, ...]:
    """The mail's cells by `COLUMNS`. `envelope` is the line above it in a mailbox, `folder` the name of the file."""
    mail = _PARSER.parsebytes(text)
    heads = _Heads(mail)
    plain, html = _texts(mail)
    files = [name for part in mail.walk() if (name := _decoded(part.get_filename() or ""))]
    body = plain or ("" if html else "\n".join(f"[Attachment: {name}]" for name in files))
    return (
        heads.one("Message-ID").strip("<> "),
        _moment(heads, envelope),
        heads.one("From") or heads.one("Sender"),
        *(", ".join(heads.all(name)) for name in ("To", "Cc", "Bcc")),
        heads.one("Subject"),
        _with_told(body, mail, heads) if body or not html else "",
        "" if plain else _with_told(html, mail, heads, "<br>"),
        heads.one(_LABELS) or folder,
        ", ".join(files),
    )


class _Heads:
    """A mail's headers as text, by name without case; the library's own reading gives up on some."""

    def __init__(self, mail: EmailMessage) -> None:
        self._all: dict[str, list[str]] = {}
        for name, value in mail.raw_items():
            self._all.setdefault(name.lower(), []).append(_decoded(str(value)))

    def one(self, name: str) -> str:
        return next(iter(self._all.get(name.lower(), ())), "")

    def all(self, name: str) -> list[str]:
        return self._all.get(name.lower(), [])


def _decoded(raw: str) -> str:
    """A header's value as it is meant: on one line, with its encoded words read, whatever their charset is called."""
    value = " ".join(_text_of(raw.encode("utf-8", "surrogateescape"), "").split())
    if "=?" not in value:
        return value
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):  # base64 that is none: it is shown as it stands
        return value
    said = (
        _text_of(part, charset or "raw-unicode-escape") if isinstance(part, bytes) else part for part, charset in parts
    )
    return " ".join("".join(said).split())


def _text_of(raw: bytes, charset: str) -> str:
    """Bytes as text: by the charset that is named where it fits, else as UTF-8, else as Windows would."""
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name) if name else raw.decode("ascii")
        except (LookupError, ValueError):
            continue  # a charset that nobody knows, or bytes that it does not have
    return raw.decode("cp1252", "replace")


def _texts(mail: EmailMessage) -> tuple[str, str]:
    """What the mail says as plain text, and as HTML."""
    found = {"text/plain": "", "text/html": ""}
    for kind, part in _spoken(mail):
        found[kind] = found[kind] or _words(part).replace("\r\n", "\n").replace("\0", "").strip()
    return found["text/plain"], _PICTURE.sub("", found["text/html"])


def _spoken(mail: EmailMessage) -> Iterator[tuple[str, EmailMessage]]:
    """The parts that are the mail's own text: no attached file, nothing of a mail that is attached."""
    attached = mail.get_content_type().startswith("message/")
    if mail.is_multipart() and not attached:
        for part in mail.get_payload():
            if isinstance(part, EmailMessage):
                yield from _spoken(part)
    elif not attached and not mail.get_filename() and mail.get_content_type() in ("text/plain", "text/html"):
        yield mail.get_content_type(), mail


def _words(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    return _text_of(payload, part.get_content_charset() or "") if isinstance(payload, bytes) else ""


def _moment(heads: _Heads, envelope: bytes) -> str:
    """When it was sent; of a mail that does not say so when it came, by the newest server or the mailbox's own line."""
    arrived = next(iter(heads.all("Received")), "").rpartition(";")[2]
    for said in (heads.one("Date"), arrived):
        try:
            found = parsedate_to_datetime(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue  # no date at all, or none that anybody could mean
        if _FEWEST <= found.year < _MOST:
            return found.isoformat(sep=" ")
    if line := _ENVELOPE_DATE.search(envelope.decode("ascii", "replace")):
        found = datetime.strptime(f"{line[1]} {line[3]}", "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        return found.isoformat(sep=" ")
    return ""


def _with_told(text: str, mail: EmailMessage, heads: _Heads, line: str = "\n") -> str:
    """The text with the headers that only programs write: what no word of the text may tell stays on the record.

    An answer of a program's stands above the mail that it quotes; the way out of a mailing and a calendar's note are
    at the end, below what somebody may have typed.
    """
    above, below = list(_above(mail, heads)), list(_below(mail, heads))
    gap = [""] if text else []
    return line.join([*above, *(gap if above else ()), *filter(None, [text]), *(gap if below else ()), *below])


def _above(mail: EmailMessage, heads: _Heads) -> Iterator[str]:
    if _calendar(mail):
        return  # who accepts may have typed a word, which a program's line above would hide
    if found := _REPORTS.search(heads.one("Content-Type")):
        yield f"Content-Type: multipart/report; report-type={found[1].lower()}"
    if failed := heads.one("X-Failed-Recipients") or _undelivered(mail):  # whose account it is, nothing else may tell
        yield f"X-Failed-Recipients: {failed}"
    submitted = heads.one("Auto-Submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        yield f"Auto-Submitted: {submitted}"
    precedence = heads.one("Precedence").strip().lower()
    if precedence in _PRECEDENCE:
        yield f"Precedence: {precedence}"


def _undelivered(mail: EmailMessage) -> str:
    """Whom a mail did not reach, as the part for programs says."""
    reports = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    said = (str(part.get("Final-Recipient", "")) for report in reports for part in report.walk())
    return next((value.partition(";")[2].strip() for value in said if ";" in value), "")


def _below(mail: EmailMessage, heads: _Heads) -> Iterator[str]:
    if way := _calendar(mail):
        yield f"Content-Type: text/calendar; method={way}"
    posting = heads.one("List-Post")
    if heads.one("List-Unsubscribe") and (not posting or posting.strip().upper() == "NO"):
        yield "List-Unsubscribe: yes"


def _calendar(mail: EmailMessage) -> str:
    """What a calendar answers in the mail, or takes back; an invitation is a person's as often as not."""
    told = (_ANSWERS.search(str(part.get("Content-Type", ""))) for part in mail.walk())
    return next((found[1].lower() for found in told if found), "")
