"""Recognises what programs write: out-of-office, bounces, calendar notices, receipts, newsletters.

Also finds the words a person typed into such a mail: the note on a declined invitation, the question in a
booking form. Those are the person's.
"""

import re
from dataclasses import dataclass
from functools import cache

from crm.threads import forms, mailings, phrases, scanning
from crm.threads.people import Person
from crm.threads.scanning import Scanned

_NOTED = ("answer", "cancel", "calendar", "booking", "ticket", "alert", "automatic")
_BY_HAND = ("answer", "cancel")  # calendar mails that take a note
# Notices that may show what somebody typed elsewhere.
_SHOWING = ("booking", "ticket", "alert", "robot", "automatic", "calendar")
_LOGGED_SUBJECTS = ("away", "bounce", "booking", "receipt", "ticket", "alert")
_LOGGED = ("robot", "calendar", "booking", "alert")
_FEW_WORDS = 5  # a form answer shorter than this is a choice, not a message
_LABEL = re.compile(r"[^\W\d_]\w{2,20}(?: \w{2,20})?:(?:\s|$)")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_QUOTATION = re.compile(r"^[ \t]*[\"“«„]\s?([^\"”»“\n]{10,600}?)\s?[\"”»“][ \t]*$", re.M)
_ANSWERED = re.compile(r"^[^:?\n]{0,90}\?\s*>>\s*", re.M)


@dataclass(frozen=True, slots=True)
class Notice:
    """What kind of program wrote the newest message; where in it a person typed, if one did."""

    kind: str
    typed: tuple[int, int] | None = None
    typist: str = ""


def notice(subject: str, text: str, sender: Person, scanned: Scanned, directed: bool = False) -> Notice | None:
    """The program's mail that this is, or None.

    `subject` is without tags; `text` is the newest message; `scanned` is what was found in the whole body.
    """
    kind = by_subject(subject) or by_sender(sender) or _kind(text, scanned.within(text))
    # Unfilled fields in a mail of known direction: sent by one of us through a tool, or quoted back by a person.
    if not kind or (kind == "merge" and directed):
        return _form(text)
    typed = _introduced(text, kind) if kind in _NOTED else None
    if not typed and kind in _SHOWING and (shown := forms.typed(text)):
        typed = shown, ""
    if not typed and kind in _BY_HAND:
        typed = _above(subject, text) or _between(text) or _quotation(text)
    return Notice(kind, *typed) if typed else Notice(kind)


def logged(subject: str, text: str) -> Notice | None:
    """The same for a note. Our rep types under a calendar's subjects too, so there only a program's own words tell."""
    kind = by_subject(subject)
    if kind not in _LOGGED_SUBJECTS:
        kind = by_body(text)
        if kind not in _LOGGED:
            return _form(text)
    typed = _introduced(text, kind) if kind in _NOTED else None
    if not typed and kind in _SHOWING and (shown := forms.typed(text)):
        typed = shown, ""
    return Notice(kind, *typed) if typed else Notice(kind)


def _form(text: str) -> Notice | None:
    """A program that is known only by showing what somebody typed into it."""
    shown = forms.typed(text)
    return Notice("form", shown) if shown else None


def answered(subject: str, text: str) -> bool:
    """Whether a person answered a program's mail: `text` stands under its subject, and none of it is a program's."""
    return bool(by_subject(subject)) and len(_WORDS.findall(text)) >= _FEW_WORDS and not by_body(text)


def by_subject(subject: str) -> str:
    """The kind that the start of the subject names."""
    low = subject.lower()
    if low.startswith(_starts()):
        return next(kind for kind, starts in _subjects().items() if low.startswith(starts))
    # A portal puts its own name first: "SupplierDesk: new tender published".
    name, _, rest = low.partition(": ")
    return "alert" if rest and " " not in name and rest.startswith(_subjects()["alert"]) else ""


def by_sender(sender: Person) -> str:
    """A robot, if the address is one that only programs send from."""
    return "robot" if sender.address and sender.address.partition("@")[0] in phrases.machines().senders else ""


def by_body(text: str) -> str:
    """The kind that the words themselves give away."""
    return _kind(text, scanning.scan(text))


def _kind(text: str, scanned: Scanned) -> str:
    if not scanned.found:
        return ""
    kind = next((kind for kind, name in scanning.machine_kinds() if scanned.has(name)), "")
    return kind or ("bulk" if mailings.is_mailing(text, scanned) else "")


def is_greeting(text: str) -> bool:
    """Whether a recorded voice speaks in a transcript."""
    return scanning.scan(text.replace("’", "'")).has("greeting")


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(starts) for kind, starts in phrases.machines().subjects.items()}


@cache
def _starts() -> tuple[str, ...]:
    return tuple(start for starts in _subjects().values() for start in starts)


@cache
def _introduces() -> re.Pattern[str]:
    """The words that introduce typed ones; the longest first, so that `message from` is not cut to `message`."""
    cues = "|".join(re.escape(c) for c in sorted(phrases.machines().typed, key=len, reverse=True))
    behind = r":\s*|[>-]>\s*|-{2,}\s*\n|\n\s*(?=[\"“«])"
    return re.compile(rf"(?:(?<=\n)|^|(?<=\s))({cues})(?:\s([^\W\d_][^:\n]{{1,60}}?))?\s?(?:{behind})", re.I)


def _introduced(text: str, kind: str) -> tuple[tuple[int, int], str] | None:
    """Words after `Note from Ana:`, `Message:` and the like."""
    for found in _introduces().finditer(text):
        if kind == "alert" and found.start() and text[found.start() - 1] != "\n":
            continue  # in the middle of a program's own sentence
        if _reason().match(found[1]) and "\n\n" in found[0]:
            continue  # a reason left blank: the next paragraph is the program's again
        if _host().search(found[2] or ""):
            continue  # our own words, in our own invitation
        start, end = _answer(text, found.end())
        if _introduces().match(text, start):
            continue  # a heading over the question itself
        if _is_typed(text[start:end], 3 if kind == "answer" else _FEW_WORDS):
            return (start, end), _typist(found[2] or "")
    written = _by_name().search(text) if kind in _BY_HAND else None
    if written:
        start, end = _answer(text, written.end())
        if _is_typed(text[start:end], _FEW_WORDS):
            return (start, end), written[1]
    return None


def _is_typed(text: str, fewest: int) -> bool:
    """Whether a person may have written this: words enough, none of them the program's."""
    first = text.split("\n")[0]
    if (
        _blank().match(first)
        or forms.left_blank(first)
        or _LABEL.match(first)
        or _host().search(first.partition(":")[0])
    ):
        return False
    return len(_WORDS.findall(text)) >= fewest and not by_body(text)


def _typist(words: str) -> str:
    """Who an introduction such as `Note from Ana` names."""
    return words.split(" on ")[0].split("(")[0].strip() if words and words[0].isupper() else ""


def _answer(text: str, start: int) -> tuple[int, int]:
    """The typed words: up to the closing quote, else to the end of their paragraph."""
    if found := _ANSWERED.match(text, start):
        start = found.end()
    while start < len(text) and text[start].isspace():
        start += 1
    if text[start : start + 1] in ('"', "“", "«", "„"):
        ends = [i for q in '"”»“' if (i := text.find(q, start + 1)) > 0]
        if ends:
            return start + 1, min(ends)
    end = text.find("\n\n", start)
    return start, len(text) if end < 0 else end


def _between(text: str) -> tuple[tuple[int, int], str] | None:
    """A paragraph between the program's first line (`Ana cancelled this meeting.`) and what it adds below."""
    first, gap, rest = text.partition("\n\n")
    typed = rest.lstrip("\n").split("\n\n")[0].strip()
    if not gap or "\n" in first.strip() or not by_body(first) or not typed:
        return None
    below = rest[rest.index(typed) + len(typed) :].strip().lower()
    cues = tuple(phrases.machines().notice)
    if not below.startswith(cues) or typed.lower().startswith(cues):
        return None
    start = text.index(typed, len(first))
    return ((start, start + len(typed)), "") if _is_typed(typed, _FEW_WORDS) else None


def _quotation(text: str) -> tuple[tuple[int, int], str] | None:
    """A paragraph that is one quotation: a program does not quote itself."""
    found = _QUOTATION.search(text)
    before = text[: found.start()].rstrip().rpartition("\n")[2] if found else ""
    if found is None or _host().search(before) or not _is_typed(found[1], _FEW_WORDS):
        return None
    return found.span(1), ""


def _above(subject: str, text: str) -> tuple[tuple[int, int], str] | None:
    """Words above the program's own first line."""
    title = subject.partition(":")[2].split("@")[0].strip().lower()
    cues = tuple(phrases.machines().notice)
    at = 0
    for line in text.lower().split("\n"):
        words = line.strip()
        if words and (
            (title and words.startswith(title)) or words.startswith(cues) or by_subject(words) or by_body(words)
        ):
            break
        at += len(line) + 1
    typed = text[:at].strip()
    start = text.index(typed)
    return ((start, start + len(typed)), "") if _is_typed(typed, _FEW_WORDS) else None


@cache
def _host() -> re.Pattern[str]:
    """Whoever invited."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases.machines().hosts))})\b", re.I)


@cache
def _by_name() -> re.Pattern[str]:
    """A line such as `Ana wrote: ...`."""
    verbs = "|".join(map(re.escape, phrases.machines().wrote))
    return re.compile(rf"^([^\W\d_][^:\n]{{1,40}}?) (?:{verbs}) ?:\s*", re.M)


@cache
def _reason() -> re.Pattern[str]:
    """The words that ask for a reason, which is often left blank."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases.machines().reasons))})\b", re.I)


@cache
def _blank() -> re.Pattern[str]:
    """A line that says that nothing was typed, or nothing at all."""
    return re.compile(rf"^\W*(?:{'|'.join(map(re.escape, phrases.machines().blank))})?\W*$", re.I)
