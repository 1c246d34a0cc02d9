"""The moment that a quoted head names, when it is beyond doubt.

Heads write dates in ten languages and rarely give a zone, so a general parser guesses where we must not:
a numeric date that could be read two ways is no date. Without a zone the clock is taken as UTC.
"""

import re
from datetime import UTC, datetime, timedelta

from crm.threads.phrases import holds

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan jän gen ene sty janv janu enero genn styc",
            "feb fév fev fe lut f?v feve févr fevr",
            "mar mär mrz maa mrt mär marz marc març m?r mars",
            "apr avr abr kwi avri abri april kwie",
            "may mai mei mag maj mayo maio magg",
            "jun juin giu cze juni giug czer",
            "jul juil lug lip juli lugl lipi jui",
            "aug aoû aou ago sie août aout agos sier ao?t",
            "sep set wrz sept sett wrze",
            "oct okt ott out paź paz octo otto outu",
            "nov lis nove list",
            "dec déc dez dic gru d?c dece déce deze dici grud",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s(?:de\s|of\s)?([^\W\d_][^\W\d]{1,12}|[a-z?]{3,9})\.?,?\s(?:de\s|del\s)?(\d{4})\b"
)
_NAMED_FIRST = re.compile(r"\b([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b")
_TIME = re.compile(r"\b(\d{1,2})[:.h](\d{2})(?::(\d{2}))?(?!\d|[./-]\d)\s?([ap])?\.?m?\b")
_ZONE = re.compile(
    r"(?:(?<=[\s(])|utc|gmt)([+-])(\d{2}):?(\d{2})(?!\d)|\b(utc|gmt|cest|cet|bst|edt|est|cdt|cst|mdt|mst|pdt|pst)\b"
)
_ZONES = {"utc": 0, "gmt": 0, "cet": 1, "cest": 2, "bst": 1, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6}
_ZONES |= {"mst": -7, "pdt": -7, "pst": -8}


def moment(text: str, day_first: bool | None = None) -> datetime | None:
    """The date and time in a head's words. `day_first` says how the head's language writes 4/5/2024, if known."""
    low = " ".join(text[:200].lower().split())
    iso = _ISO.search(low) if "-" in low else None
    clock = _TIME.search(_ISO.sub(" ", low) if iso else low)
    if clock and clock.group(4):
        day_first = False  # who counts in am and pm writes the month first
    day = (int(iso[1]), int(iso[2]), int(iso[3])) if iso else _day(low, day_first)
    if not day:
        return None
    hour, minute = _clock(clock)
    try:
        return datetime(*day, hour, minute, tzinfo=UTC) - timedelta(minutes=_offset(low))
    except (ValueError, OverflowError):
        return None  # the 31st of a short month, hour 27: nonsense is no date


def _day(low: str, day_first: bool | None) -> tuple[int, int, int] | None:
    if (found := _NAMED.search(low)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    if (found := _NAMED_FIRST.search(low)) and (month := _month(found[1])):
        return int(found[3]), month, int(found[2])
    found = _NUMERIC.search(low)
    return _numeric(found, day_first) if found else None


def _numeric(found: re.Match[str], day_first: bool | None) -> tuple[int, int, int] | None:
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] != "/" or one > 12:
        day_first = True  # the month first is written with strokes only
    elif other > 12:
        day_first = False
    elif one == other:
        day_first = True
    if day_first is None:
        return None
    return (year if year > 99 else 2000 + year, *((other, one) if day_first else (one, other)))


def _month(word: str) -> int | None:
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _clock(found: re.Match[str] | None) -> tuple[int, int]:
    if not found:
        return 0, 0
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + 12 * (found[4] == "p")
    return hour, int(found[2])


def _offset(low: str) -> int:
    """Minutes east of UTC."""
    found = _ZONE.search(low) if "+" in low or "-" in low or holds(_ZONES, low) else None
    if not found:
        return 0
    if found[4]:
        return 60 * _ZONES[found[4]]
    return (-1 if found[1] == "-" else 1) * (60 * int(found[2]) + int(found[3]))
