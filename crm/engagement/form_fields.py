"""Reads the form inside a note: outcomes, durations and how many of its lines were left blank."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crm.threads.phrases import holds

_LINE = re.compile(r"^[ \t>*•☐#\-]{0,6}([^\W\d_][^:=\n]{0,60}?)[ \t]?[:=][ \t]*(.*)$", re.M)
_BLANK = re.compile(
    r"^[\s_\-.–—/|\[\]()?<>☐:;,]*$|^(?:n/?a|none|null|<null>|\(none\)|tbd|-?-?none-?-?|nd|n\.d\.?|undefined|ill\.?|xx?)$",
    re.I,
)
_VALUE_END = re.compile(r"[\n|;·•]|(?<=[^\W\d_]{3})\.\s|(?<=\S)\s+(?=[A-ZÀ-Ý][\w' ]{1,24}\s?[:=](?!\d))")
_MOST_WORDS = 7  # of an outcome; what follows on the same line is the note
_CLOCK = re.compile(r"\b(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\b")
_SPAN = re.compile(
    r"(?<![\w.,])(\d{1,4})(?:[.,]\d+)?\s?(hours?|hrs?|std|stunden?|heures?|horas?|ore|uur|h|minut\w*|mins?|mn|m|second\w*|segund\w*|sekund\w*|secs?|sek|s)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A note taken apart: `rest` stands beside the outcomes and durations; `seconds` is None when no time is given."""

    rest: str
    outcomes: tuple[str, ...] = ()
    seconds: float | None = None
    blank: int = 0
    filled: int = 0


def read(text: str, outcome_labels: Sequence[str], duration_labels: Sequence[str]) -> Form:
    """The form in a note. A note without labels comes back as it is."""
    if ":" not in text and "=" not in text:
        return Form(text)
    outcomes: list[str] = []
    times: list[float] = []
    rest, at = [], 0
    known = tuple(outcome_labels), tuple(duration_labels)
    labels = list(_labels(*known).finditer(text)) if holds(_shortest(*known), text.lower()) else []
    for number, found in enumerate(labels):
        if found.start() < at:
            continue
        following = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        end = min(_value_end(text, found.end()), following)
        value = text[found.end() : end].strip()
        rest.append(text[at : found.start()])
        at = end
        if found["outcome"] is None:
            times.append(seconds(value))
        elif not _BLANK.match(value):
            outcomes.append(value)
    rest.append(text[at:])
    return _lines("\n".join(rest) if outcomes or times else text, tuple(outcomes), max(times, default=None))


def seconds(text: str) -> float:
    """The time that a text names, such as 0:41, 14 min 38 s or 41000 (milliseconds); 0 when it names none."""
    clocks = [int(h or 0) * 3600 + int(m) * 60 + int(s) for h, m, s in _CLOCK.findall(text)]
    if clocks:
        return float(max(clocks))
    spans = [int(number) * _UNITS.get(unit[0].lower(), 60) for number, unit in _SPAN.findall(text)]
    if spans:
        return float(sum(spans))
    number = text.strip(" .")
    if not number.isdigit() or len(number) > 9:
        return 0.0
    return int(number) / 1000 if int(number) >= 10_000 else float(number)


_UNITS = {"h": 3600, "o": 3600, "u": 3600, "s": 1, "m": 60}


def _lines(text: str, outcomes: tuple[str, ...], time: float | None) -> Form:
    blank = filled = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal blank, filled
        if _BLANK.match(found[2]):
            blank += 1
            return ""
        filled += 1
        return found[0]

    return Form(_LINE.sub(kept, text), outcomes, time, blank, filled)


@lru_cache(maxsize=4)
def _shortest(outcome: tuple[str, ...], duration: tuple[str, ...]) -> tuple[str, ...]:
    """The labels that hold no other: where none of them stands, no label does."""
    labels = dict.fromkeys(label.lower() for label in (*outcome, *duration))
    return tuple(one for one in labels if not any(other in one for other in labels if other != one))


@lru_cache(maxsize=4)
def _labels(outcome: tuple[str, ...], duration: tuple[str, ...]) -> re.Pattern[str]:
    def either(labels: tuple[str, ...]) -> str:
        return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))

    return re.compile(
        rf"(?<![\w-])(?:hs_call_)?(?:(?P<outcome>{either(outcome)})|(?P<duration>{either(duration)}))"
        rf"(?:[ \t]?[:=][ \t]*|[ \t](?=\d{{1,2}}:\d\d))",
        re.I,
    )


def _value_end(text: str, start: int) -> int:
    """Where a value ends: at a mark, before the next label, or after a few words."""
    found = _VALUE_END.search(text, start)
    end = found.start() if found else len(text)
    words = list(re.finditer(r"\S+", text[start : min(end, start + 120)]))
    return start + words[_MOST_WORDS - 1].end() if len(words) > _MOST_WORDS else end
