"""Reads single cells: dates, numbers, ids, yes or no, mail addresses. A cell that makes no sense is None."""

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from crm.threads import dates
from crm.threads.people import person, words

ADDRESS = re.compile(r"[\w.+'&-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
BLANK = frozenset(("", "nan", "nat", "none", "null", "#n/a", "n/a", "-", "--"))  # what programs write for "nothing"
_LONGEST_BLANK = max(map(len, BLANK))
_MAY_BE_BLANK = frozenset(letter for word in BLANK for letter in (word[:1], word[:1].upper()))
YEARS = range(1970, 2101)
_NUMERIC = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"
    r"(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?\.?)?",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(r"(\d{1,2})([/.])(\d{1,2})\.?")
_DAY_NAMED = re.compile(r"\d{1,2}(?:\.|st|nd|rd|th)? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T](\d{1,2})(:.*))?")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?|\s*h)?\s*(?:([ap])\.?\s?m\.?)?\s*(?:uhr)?", re.IGNORECASE
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
_CURRENCY = re.compile(r"[\s'’€$£¥₣₹₺₽]|^[A-Z]{2,3}(?=[\s\d])|(?<=[\s\d])[A-Z]{3}$")
_GROUPED = re.compile(r"[+-]?\d{1,3}([,.]\d{3})+")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_WHOLE = re.compile(r"\d{1,20}\.0+")
_POWER = re.compile(r"(\d)(?:[.,](\d{1,15}))?[eE]\+?(\d{1,2})")
_SALESFORCE = re.compile(r"[0-9A-Za-z]{15}")
_CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):([0-5]\d)", re.ASCII)
_APART, _BEHIND = re.compile(r"[;>\n]"), re.compile(r"\s*\([^()]*\)")
_EXCEL_DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)


def blank(cell: str) -> bool:
    """Whether the cell says nothing."""
    if cell and cell[0] not in _MAY_BE_BLANK and not cell[0].isspace():
        return False  # most cells, told by their first letter
    text = cell.strip()
    return len(text) <= _LONGEST_BLANK and text.casefold() in BLANK


@lru_cache(maxsize=8192)
def moment(cell: str, day_first: bool = True) -> datetime | None:
    """A date with or without a time; without a zone it is taken as UTC. None for nonsense."""
    if _ISO.fullmatch(cell) and (found_at_once := _iso(cell)):
        return _plausible(found_at_once)
    text = " ".join(cell.split())
    if text.replace(".", "", 1).isdecimal():
        return _counted(text)
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found, day_first)
    if found := _YEAR_FIRST.fullmatch(text):
        text = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" + (f"T{found[4]:0>2}{found[5]}" if found[4] else "")
    return _plausible(_iso(text) or _named(text))


def with_year(cell: str, year: int) -> str:
    """A day written without its year, with that one: "2/12", "Sept 9", "9. März"; any other cell as it is."""
    text = " ".join(cell.split())
    if found := _DAY_MONTH.fullmatch(text):
        return f"{found[1]}{found[2]}{found[3]}{found[2]}{year}"
    return f"{text.rstrip('.')} {year}" if _DAY_NAMED.fullmatch(text) else cell


def clock(cell: str) -> time | None:
    """A time of the day: 14:40, 14.40 Uhr, 14h40, 2:40 pm. A bare number says nothing."""
    text = " ".join(cell.split())
    found = _CLOCK.fullmatch(text)
    if not found or text.isdecimal():
        return None
    hour, minute, second = (int(found[n] or 0) for n in (1, 2, 3))
    if found[4] and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (found[4].lower() == "p")
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def order_told(cell: str) -> bool | None:
    """Whether a numeric date shows its order: True for day first, False for month first, None if it fits both."""
    found = _NUMERIC.fullmatch(" ".join(cell.split()))
    if not found or int(found[1]) <= 12 >= int(found[3]):
        return None
    return int(found[1]) > 12


def ambiguous(cell: str) -> bool:
    """Whether a date can be read two ways: 4/5/2026, but neither 4/4/2026 nor 4.5.2026."""
    found = _NUMERIC.fullmatch(" ".join(cell.split()))
    return bool(found and found[2] != "." and order_told(cell) is None and int(found[1]) != int(found[3]))


def twelve_hours(cell: str) -> bool:
    """Whether a numeric date is followed by a time in am and pm: those who count so write the month first."""
    found = _NUMERIC.fullmatch(" ".join(cell.split()))
    return bool(found and found[8])


def number(cell: str) -> float | None:
    """1234.5, 1,234.50, 1.234,50, € 1 234 and 1e5 alike; "12k" and "51-200" are no numbers."""
    text = _CURRENCY.sub("", cell)
    if _POWER.fullmatch(text):
        return float(text.replace(",", "."))
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        text = text.replace(",", "") if dot > comma else text.replace(".", "").replace(",", ".")
    elif comma >= 0 or text.count(".") > 1:
        mark = "," if comma >= 0 else "."
        text = text.replace(mark, "" if _GROUPED.fullmatch(text) else ".")
    return float(text) if _PLAIN.fullmatch(text) else None


def key(cell: str, salesforce: bool = False) -> str:
    """What identifies a record by its id: 1.0 and 1e5 as Excel leaves them, a Salesforce id of 15 or 18 characters."""
    text = cell.strip()
    if salesforce and _SALESFORCE.fullmatch(text):
        return text + _suffix(text)
    if _WHOLE.fullmatch(text):
        return text.partition(".")[0]
    if found := _POWER.fullmatch(text):
        digits = found[1] + (found[2] or "")
        zeros = int(found[3]) - len(found[2] or "")
        return digits + "0" * zeros if zeros >= 0 else text
    return text


def rounded(cell: str) -> bool:
    """Whether Excel has rounded an id so that digits may be lost: 1.23457E+11."""
    found = _POWER.fullmatch(cell.strip())
    return bool(found and found[2] and int(found[3]) > len(found[2]))


def addresses(cell: str) -> tuple[str, ...]:
    """Every mail address in the cell, in lower case, each once, in order."""
    if "@" not in cell:
        return ()
    return tuple(dict.fromkeys(found.strip(".'-").lower() for found in ADDRESS.findall(cell)))


def names(cell: str) -> dict[str, str]:
    """The names that mail programs write before addresses in brackets, by address: Jane Doe <jane@x.example>.

    A name behind its address, or beside one without brackets, may as well be that of the next person.
    """
    if "@" not in cell or not any(bracket in cell for bracket in "<[("):
        return {}
    found: dict[str, str] = {}
    end = 0
    for address in ADDRESS.finditer(cell):
        before = cell[end : address.start()].removesuffix("mailto:")
        if end:
            before = _BEHIND.sub("", before)
        end = address.end()
        bracketed = before[-1:] in ("<", "[", "(")
        name = person(_APART.split(before[:-1])[-1].lstrip(" ,)]")).name if bracketed else ""
        if words(name) and "=?" not in name:  # an encoded name that no program decoded tells nobody who it is
            found.setdefault(address.group().strip(".'-").lower(), name)
    return found


def domain(cell: str) -> str:
    """The domain of a web address, a mail address or a bare domain, in lower case; empty if it is none of them."""
    text = cell.strip().lower().rpartition("@")[2].partition("://")
    host = (text[2] or text[0]).partition("/")[0].partition("?")[0].partition(":")[0].removeprefix("www.").strip(".")
    return host if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) else ""


def _suffix(fifteen: str) -> str:
    """The three letters that make a case-sensitive Salesforce id safe: one for the capitals of each five."""
    fives = (fifteen[at : at + 5] for at in (0, 5, 10))
    return "".join(_CHECKSUM[sum(1 << bit for bit, c in enumerate(five) if "A" <= c <= "Z")] for five in fives)


def _counted(text: str) -> datetime | None:
    """Milliseconds or seconds since 1970, days since 1900 as Excel counts, or 20260302."""
    value = float(text)
    whole = text.partition(".")[0]
    try:
        if len(whole) in (12, 13):
            return _plausible(datetime.fromtimestamp(value / 1000, UTC))
        if len(whole) in (9, 10):
            return _plausible(datetime.fromtimestamp(value, UTC))
        if len(whole) == 5 and 20_000 <= value < 75_000:
            return _EXCEL_DAY_0 + timedelta(seconds=round(value * 86_400))
    except (OverflowError, ValueError, OSError):
        return None
    return _plausible(_iso(text)) if len(text) == 8 else None


def _numeric(found: re.Match[str], day_first: bool) -> datetime | None:
    one, other = int(found[1]), int(found[3])
    first = found[2] == "." or one > 12 or (day_first and other <= 12)
    day, month = (one, other) if first else (other, one)
    year = int(found[4]) if len(found[4]) == 4 else 2000 + int(found[4]) - 100 * (int(found[4]) >= 70)
    hour, minute, second = (int(found[n] or 0) for n in (5, 6, 7))
    if found[8]:
        hour = hour % 12 + 12 * (found[8].lower() == "p")
    try:
        return _plausible(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None


def _named(text: str) -> datetime | None:
    """3 March 2026 14:05 and its like, in the languages that mail heads are read in."""
    return dates.moment(text) if len(text) < 60 and any(c.isalpha() for c in text) else None


def _plausible(found: datetime | None) -> datetime | None:
    if found is None or found.year not in YEARS:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def length(cell: str) -> int | None:
    """Seconds of "00:06:12" or "6:12", as clocks write a length of time; None for anything else."""
    found = _LENGTH.fullmatch(cell)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds
