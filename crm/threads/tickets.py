"""Heads of support tickets: `Jane Doe (Acme)` over a line of date and time, or `Support, Feb 22, 10:41 UTC:`."""

import re

from crm.threads.dates import moment
from crm.threads.heads import Found, Head
from crm.threads.people import Person

_NAME = r"[^\W\d_][\w.'’-]{0,24}(?:[ ][\w.'’&-]{1,24}){0,4}(?:[ ]?\([^()\n]{1,60}\))?"
_ZONE = r"(?:\s?\(?(?:UTC|GMT|[A-Z]{2,4}T)[^\s):]{0,6}\)?)?"
_CLOCK = rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[AaPp]\.?[Mm]\.?)?{_ZONE}"
_ISO = rf"\d{{4}}-\d{{2}}-\d{{2}}[ T]{_CLOCK}"
_WORDY = rf"(?:[^\W\d_]{{3,9}}\.?\s\d{{1,2}}|\d{{1,2}}\.?\s[^\W\d_]{{3,9}}\.?)(?:,?\s\d{{4}})?,?\s(?:at\s)?{_CLOCK}"
_COMMENT = re.compile(
    rf"(?:^|(?<=\n)|(?<=-\s))({_NAME}),\s({_WORDY}|{_ISO}):(?=\s)"
    rf"|({_ISO})\s-\s({_NAME}):(?=\s)"
    rf"|(?:^|(?<=\n)|(?<=>\s))([^\W\d_]{{2,4}}\.?,\s[^\W\d_]{{3,9}}\.?\s\d{{1,2}}),\s({_NAME}):(?=\s)"
    rf"|\b(?:comments? added by|commented by|reply from|antwort von|réponse de|respuesta de)\s({_NAME})"
    rf"\s(?:on|am|le|el)\s({_ISO}|{_WORDY}):(?=\s)",
)
_DATE_LINE = re.compile(
    rf"\s*(?:[^\W\d_]{{2,9}}\.?,?\s)?(?:{_ISO}|[^\W\d_]{{3,9}}\.?\s\d{{1,2}},?\s\d{{4}},?\s(?:at\s)?{_CLOCK}"
    rf"|\d{{1,2}}[./\s][^\s]{{1,9}}[./\s]\d{{4}},?\s(?:at\s|um\s|à\s)?{_CLOCK})\s*$"
)
_CLOCKED = re.compile(r"[0-9]:[0-9][0-9]")
_DATED = re.compile(r"\d{4},?\s(?:at\s|um\s|à\s)?\d{1,2}:\d\d")
_WIDE = 140  # more than a name and a date take
_MOST = 200
_STAMPED = re.compile(  # one class of first signs, for which the engine looks quickly
    r"[0-9,](?:(?<=[0-9])(?::\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?(?:\s[A-Z]{3,4})?:\s|-\d\d[ T]\d{1,2}:\d\d)"
    r"|(?<=,)\s[^\W\d_]{3,9}\.?\s\d{1,2},\s[^\W\d_])"
)
_NAME_LINE = re.compile(rf"\s*({_NAME})\s*$")


def may_hold(text: str) -> bool:
    """A quick look for the time that each such head carries."""
    return bool(_CLOCKED.search(text)) and bool(_STAMPED.search(text) or _DATED.search(text))


def find(text: str) -> list[Found]:
    """Comment heads that stand on the line of the comment itself."""
    found: list[Found] = []
    if not _CLOCKED.search(text):
        return found
    for stamp in _STAMPED.finditer(text):
        start = max(text.rfind("\n", 0, stamp.start()) + 1, stamp.start() - _WIDE, found[-1].end if found else 0)
        comment = _COMMENT.search(text, start, min(len(text), stamp.end() + _WIDE))
        if comment:
            found.append(_found(comment))
        if len(found) >= _MOST:
            break
    return found


def _found(m: re.Match[str]) -> Found:
    who, when = next((w, t) for w, t in ((m[1], m[2]), (m[4], m[3]), (m[6], m[5]), (m[7], m[8])) if w)
    return Found(m.start(), m.end(), Head(named(who), at=moment(when)))


def block(text: str, lines: list[tuple[int, int]]) -> tuple[Head, int] | None:
    """A name alone on its line, a date and time alone on the next."""
    if len(lines) < 2 or not _DATE_LINE.match(text, *lines[1]):
        return None
    found = _NAME_LINE.match(text, *lines[0])
    when = text[lines[1][0] : lines[1][1]]
    return (Head(named(found[1]), at=moment(when), labelled=True), 2) if found else None


def named(words: str) -> Person:
    """The name with what stands in brackets behind it, which may be the company or `Support`."""
    return Person(" ".join(words.split()))
