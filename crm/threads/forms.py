"""Finds what a person typed into a program's form, comment field or mailbox, whatever the record is called.

A label that only a program prints ("Guest comment:"), a web form that asks who somebody is and what he wants, a
comment in quotation marks behind a program's sentence, the transcript of a message left for us: the words there are
the other side's. What follows a bare "Comment:" in a rep's own note is not, so one sign alone is not enough.
"""

import re
from functools import cache

from crm.threads import phrases
from crm.threads.untrusted import without_orders

_FEWEST = 3  # words: fewer are a choice from a list
_FIRST = 200  # characters in which a program says what it brings
_NEAR = 300  # characters between a program's sentence and the comment it brings
_BEFORE = 60  # ... around it in which its writer is named
_QUOTE = re.compile('["“«„]')
_OWN_LINE = re.compile(r"\n[ \t]*[\"“«„]")
_BEHIND_COLON = re.compile(r":[ \t]*[\"“«„]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINE, _SENTENCE = r"\n[ \t>*-]*+", r"[.!?][ \t]+"  # what stands before a label
_LABEL = re.compile(r"[ \t]*[^\W\d_][^:\n]{1,40}:(?:\s|$)")
# A question that somebody thought out for a form: "Q2 What would have helped?", "What do you pack?:"
_ASKED = r"[ \t>*-]*+(?:Q?\d{1,2}[.:)]?[ \t]+)?[^\W\d_][^\n:?]{5,120}\?[ \t]*+:?[ \t]*"
_QUESTION = re.compile(rf"\n{_ASKED}")
_NEXT = re.compile(rf"{_LABEL.pattern}|{_ASKED}")
_CLOSING = {'"': '"”“', "“": '”"', "„": '“”"', "«": "»", "”": '”"'}


def typed(text: str) -> tuple[int, int] | None:
    """Where in a text without markup the other side's words stand; None where no program shows any."""
    if ":" not in text and '"' not in text and "“" not in text:
        return None
    if span := _first(text, _labels(_guest())):
        return span
    if not _nameless().search(text) and (span := _first(text, _labels(_guest(), _SENTENCE))):
        return span
    if _details().search("\n" + text) and (span := _first(text, _labels(_asked())) or _first(text, _QUESTION, _NEXT)):
        return span
    if phrases.holds(phrases.machines().voicemail, text[:_FIRST].lower()) and (
        span := _first(text, _labels(_spoken()))
    ):
        return span
    return _commented(text)


def left_blank(text: str) -> bool:
    """Whether a question of the form itself stands there that nobody answered: "Anything to prepare? (blank)"."""
    return "?" in text and bool(_left_blank().search(text))


def _first(text: str, labels: re.Pattern[str], following: re.Pattern[str] = _LABEL) -> tuple[int, int] | None:
    ends = (found.end() - 1 for found in labels.finditer("\n" + text))
    return next((span for end in ends if (span := _behind(text, end, following))), None)


def _behind(text: str, start: int, following: re.Pattern[str]) -> tuple[int, int] | None:
    """The words behind a label: those in quotation marks, else to what begins the following field, or an empty line."""
    while start < len(text) and text[start].isspace():
        start += 1
    if text[start : start + 1] in _CLOSING and text[start : start + 1]:
        return _quoted(text, start)
    end = start
    for line in text[start:].splitlines(keepends=True):
        if not line.strip() or (end > start and following.match(line)):
            break
        if end == start and following.match(line):
            return None  # the next label at once: nothing was typed
        end += len(line)
    return _enough(text, start, start + len(text[start:end].rstrip()))


def _quoted(text: str, start: int) -> tuple[int, int] | None:
    ends = [at for mark in _CLOSING[text[start]] if (at := text.find(mark, start + 1)) > 0]
    return _enough(text, start + 1, min(ends)) if ends else None


def _commented(text: str) -> tuple[int, int] | None:
    """A comment in quotation marks behind a program's sentence, unless nobody's name stands there, or the host's.

    A quotation on a line of its own comes before one behind a colon: that may be what was commented on.
    """
    if not _QUOTE.search(text):
        return None
    low = text.lower()
    starts = [at for cue in phrases.machines().commented if (at := low.find(cue)) >= 0]
    if not starts or len(low) != len(text):  # few letters change their length, but then no place is sure
        return None
    start = min(starts)
    if _nameless().search(text, max(0, start - _BEFORE), start + _BEFORE):
        return None
    near = text[: start + _NEAR]
    for opening in (_OWN_LINE, _BEHIND_COLON):
        for mark in opening.finditer(near, start):
            if span := _quoted(text, mark.end() - 1):
                return span
    return None


def _enough(text: str, start: int, end: int) -> tuple[int, int] | None:
    if left_blank(text[start:end]):
        return None
    words = _WORD.findall(without_orders(text[start:end]))  # what commands a judge is nobody's message
    return (start, end) if len(words) >= _FEWEST else None


@cache
def _labels(words: tuple[str, ...], before: str = _LINE) -> re.Pattern[str]:
    """Any of these as a label at the start of a line, or behind a sentence; a question needs no colon.

    A line starts with the newline above it, for which the engine looks quickly; the first line needs one put there.
    Marks are never given back, for no word begins with one.
    """
    return re.compile(
        rf"{before}(?:{phrases.either(words)})[ \t]*(?::[ \t]*|(?<=\?)[ \t]*(?=\n)|(?=\n[ \t]*[\"“«„]))", re.I
    )


@cache
def _details() -> re.Pattern[str]:
    return re.compile(rf"\n[ \t>*-]*+(?:{phrases.either(phrases.machines().details)})[ \t]?:[ \t]*\S", re.I)


@cache
def _nameless() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{phrases.either((*phrases.machines().nameless, *phrases.machines().hosts))})\b", re.I)


@cache
def _guest() -> tuple[str, ...]:
    return tuple(phrases.machines().guest)


@cache
def _asked() -> tuple[str, ...]:
    return tuple(phrases.machines().asked)


@cache
def _spoken() -> tuple[str, ...]:
    return tuple(phrases.machines().recorded)


@cache
def _left_blank() -> re.Pattern[str]:
    return re.compile(rf"\?[ \t]*[(\[](?:{phrases.either(phrases.machines().blank)})[)\]]", re.I)
