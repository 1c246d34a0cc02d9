"""Heads of several labels: `From: ... Sent: ... To: ... Subject: ...`, one a line or run together on one.

mail-parser-reply and email-reply-parser were tried on our records: the first is slower than the whole intake
may be, finds no head once the newlines are lost and gives no offsets; the second has no heads beyond English.
Both hand back text, and who wrote it would have to be parsed from it again.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from crm.threads import phrases
from crm.threads.dates import moment
from crm.threads.head_fields import LABELS, Field, field_of, labelled
from crm.threads.people import NOBODY, Person, people, person


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says about the message below it."""

    author: Person = NOBODY
    to: tuple[Person, ...] = ()
    at: datetime | None = None
    subject: str = ""
    forwarded: bool = False
    labelled: bool = False  # made of labels, not a sentence

    @property
    def reply(self) -> bool:
        """Whether the message was itself a reply."""
        return bool(_ANSWER.match(self.subject))


class Found(NamedTuple):
    """A head at text[start:end]."""

    start: int
    end: int
    head: Head


_FROM = "From|FROM|Von|De|Da|Van|Od|Från|Fra"
_NEXT = "|".join(
    sorted(
        (re.escape(w.capitalize()) for w in LABELS if LABELS[w] is not Field.FROM and w != "?"), key=len, reverse=True
    )
)
_INLINE_FROM = re.compile(rf"(?:{_FROM})\s?:\**\s(?=[^\n]{{0,250}}?[ \t*](?:{_NEXT}|\?)(?:\sel|\sem)?\s?:)")
_INLINE_LABEL = re.compile(rf"(?<![\w])\**({_FROM}|{_NEXT}|\?)(?:\sel|\sem)?\s?:\**(?:\s|$)")
_TITLE = re.compile(
    r"(?:[-_*=]\s?){2,}\s?([^\W\d_][^\n\-_*=]{3,50}?)\s?(?:[-_*=]\s?){2,}|^[>\s]*([^\W\d_][^\n:]{6,40}):[ \t]*$", re.M
)
_GAP_END = re.compile(r"\s{2,}|(?<=\S@)\S+\s|>\s")
_GAP = re.compile(r"\S\s{2,}")
_RULED = ("--", "__", "**", "==", "- -", "* *")
_REPLY = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg|tr|rv|r|antw|odp|res)\s?:\s*)+", re.I)
_ANSWER = re.compile(r"(?:\[[^\]]{1,40}\]\s*)?(?:re|aw|sv|vs|r|antw|odp|res)\s?:", re.I)
_MOST_INLINE = 200


def may_hold_title(text: str) -> bool:
    """A quick look for a dashed line that announces a mail."""
    return "--" in text and phrases.holds(phrases.boilerplate().original, text.lower())


def is_title(line: str) -> str:
    """What a dashed line such as `-----Original Message-----` announces: "original", "forward" or nothing."""
    if len(line) > 120 or not (line.rstrip().endswith(":") or phrases.holds(_RULED, line)):
        return ""
    found = _TITLE.search(line)
    if not found:
        return ""
    words, known = (found[1] or found[2]).lower(), phrases.boilerplate()
    names_mail = phrases.holds(known.original, words)
    if phrases.holds(known.forwarded, words) and (found[1] or names_mail):
        return "forward"
    return "original" if found[1] and names_mail else ""


@cache
def _greeting() -> re.Pattern[str]:
    words = sorted({g.split()[0].capitalize() for g in phrases.boilerplate().greetings})
    return re.compile(rf"\s(?=(?:{'|'.join(words)})\b)")


def inline(text: str, subject: str) -> list[Found]:
    """Heads whose labels share one line, as in bodies that lost their newlines."""
    found: list[Found] = []
    for first in _INLINE_FROM.finditer(text):
        if len(found) >= _MOST_INLINE:
            break
        before = text[first.start() - 1] if first.start() else ""
        if not before.isalnum() and before != "_" and (not found or first.start() >= found[-1].end):
            found.append(_inline(text, first, subject))
    return found


def _inline(text: str, first: re.Match[str], subject: str) -> Found:
    line_end = text.find("\n", first.end())
    line_end = len(text) if line_end < 0 else line_end
    marks = [first]
    for label in _INLINE_LABEL.finditer(text, first.end(), min(line_end, first.end() + 900)):
        if label.start() - marks[-1].end() > 250 or field_of_match(label) in (None, Field.FROM):
            break
        marks.append(label)
        if field_of_match(label) is Field.SUBJECT:
            break
    end = _value_end(text, marks[-1], line_end, subject)
    stops = [m.start() for m in marks[1:]] + [end]
    values = [(field_of_match(m) or Field.FROM, text[m.end() : stop]) for m, stop in zip(marks, stops, strict=True)]
    return Found(first.start(), end, _head(values, day_first=None if "Sent:" in text[first.start() : end] else True))


def field_of_match(label: re.Match[str]) -> Field | None:
    """The field of an inline label."""
    return field_of(label.group().strip("*: \t\n").strip())


def _value_end(text: str, label: re.Match[str], line_end: int, subject: str) -> int:
    """Where a head's last value stops on a line that goes on. Nothing marks it: the subject, a gap, a greeting must."""
    start = label.end()
    window = text[start : min(line_end, start + 300)]
    if field_of_match(label) is not Field.SUBJECT:
        gap = _GAP_END.search(window)
        return start + gap.end() if gap else line_end
    prefix = _REPLY.match(window)
    skip = prefix.end() if prefix else 0
    if subject and window[skip:].lower().startswith(subject.lower()):
        return start + skip + len(subject)
    stops = [m.start() for m in (_GAP.search(window, skip), _greeting().search(window, skip)) if m]
    return start + min(stops) + 1 if stops else (line_end if line_end - start < 120 else start + skip)


def block(text: str, lines: list[tuple[int, int]]) -> tuple[Head, int] | None:
    """The head that starts on the first of these lines, with the number of lines it takes; None if there is none."""
    first = labelled(text, *lines[0])
    if not first or first.field is not Field.FROM:
        return None
    values = [(Field.FROM, text[first.value : lines[0][1]])]
    taken, day_first = 1, None
    for number, (start, end) in enumerate(lines[1:14], start=1):
        if start >= end or text[start:end].isspace():
            continue
        label = labelled(text, start, end)
        if label and label.field is not Field.FROM and number - taken < 3:
            values.append((label.field, text[label.value : end]))
            day_first = label.day_first if label.field is Field.SENT else day_first
        elif label or number > taken or values[-1][0] not in (Field.TO, Field.CC) or "@" not in text[start:end]:
            break  # anything else ends the head, but for a To line that goes on
        taken = number + 1
    return (_head(values, day_first), taken) if len(values) > 1 else None


def lone(text: str, first: tuple[int, int]) -> Head | None:
    """A head of a single From line; only its place can tell that it is one."""
    label = labelled(text, *first)
    return _head([(Field.FROM, text[label.value : first[1]])], None) if label and label.field is Field.FROM else None


def _head(values: list[tuple[Field, str]], day_first: bool | None) -> Head:
    by_field: dict[Field, str] = {}
    for field, value in values:
        by_field.setdefault(field, value.strip(" \t*_"))
    return Head(
        author=person(by_field.get(Field.FROM, "")),
        to=people(by_field.get(Field.TO, "")),
        at=moment(by_field.get(Field.SENT, ""), day_first),
        subject=by_field.get(Field.SUBJECT, "")[:300],
        labelled=True,
    )
