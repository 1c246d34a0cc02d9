"""The lines that a mail logger puts on top of the newest message: `To: ... CC: ... Subject: ... Body:`."""

import re
from dataclasses import dataclass

from crm.nouns import Direction
from crm.threads.people import ADDRESS, NOBODY, Person, people, person
from crm.threads.tags import way

_START = re.compile(
    r"[\s\W]{0,10}(?:additional to|to|from|b?cc|sent (?:by|from|to)|recipient|direction|status|date|attachments?)\s?:",
    re.I,
)
_LINE = re.compile(
    r"[ \t*_]{0,4}(additional to|to|from|cc|bcc|attachments?|subject|date|sent|direction|body|text|status|sent by|"
    r"sent from|sent to|recipient|sequence|captured by)\b\s?:?[*_]{0,2}[ \t\r]*(.{0,1000})",
    re.I,
)
_NO_NAME = re.compile(r"[.?!]\s+\S|\S\s{2,}\S|\b(?:To|Cc|CC|Subject|Body)\s?:|^.{300}")
_INLINE_TO = re.compile(r"\s{0,4}(?:to|sent to)\s?:\s?([\w.+'-]{1,64}@[\w.-]{1,120})\s+", re.I)


@dataclass(frozen=True, slots=True)
class LogHead:
    """What was logged, and where the message itself starts."""

    end: int = 0
    author: Person = NOBODY
    to: tuple[Person, ...] = ()
    direction: Direction = Direction.UNKNOWN
    formed: bool = False  # a program's form, whose last label announces the body

    @property
    def sent(self) -> bool:
        """Whether the form tells to which address a mail went and not where it came from: of what went out."""
        return self.formed and not self.author.known and any(who.address for who in self.to)


NO_LOG_HEAD = LogHead()


def read(text: str) -> LogHead:
    """The log head at the top of the text; an empty one where there is none."""
    if not _START.match(text):
        return NO_LOG_HEAD
    fields: dict[str, str] = {}
    at, formed = 0, False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        found = _LINE.match(text, at, end)
        if found and found[1].lower() in ("body", "text") and ":" in found.group():
            at, formed = found.start(2), True
            break
        if not found and text[at:end].strip():
            break
        if found:
            fields.setdefault(found[1].lower(), found[2].strip())
        at = min(end + 1, len(text))
    if not fields.keys() & {"to", "from", "additional to", "cc", "direction", "sent to", "recipient", "sent by"}:
        return NO_LOG_HEAD
    return _read(fields, at, formed) if _believable(fields) else _one_line(text)


def _believable(fields: dict[str, str]) -> bool:
    """Values of a head are names and addresses; anything else is a line that lost its newlines."""
    return all(
        _NO_NAME.search(ADDRESS.sub("", fields.get(name, ""))) is None for name in ("to", "from", "additional to")
    )


def _read(fields: dict[str, str], end: int, formed: bool) -> LogHead:
    to = fields.get("to") or fields.get("additional to") or fields.get("sent to") or fields.get("recipient") or ""
    return LogHead(
        end=end,
        author=person(fields.get("from") or fields.get("sent by") or fields.get("sent from") or ""),
        to=people(to),
        direction=way(fields.get("direction", "")),
        formed=formed,
    )


def _one_line(text: str) -> LogHead:
    found = _INLINE_TO.match(text)
    return LogHead(found.end(), to=people(found[1])) if found else NO_LOG_HEAD
