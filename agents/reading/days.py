"""Calendar arithmetic on whole days: weeks, months, quarters, years and steps between them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
DAYS_IN = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Days:
    """From `start` to `end`, both inclusive. `dated` tells that the year was said, not assumed."""

    start: date
    end: date
    dated: bool = True

    def in_year_of(self, other: "Days") -> "Days":
        """The same days in the year in which `other` ends, or a year earlier when they would follow it."""
        moved = self.years_later(other.end.year - self.start.year)
        return moved if moved.start <= other.end else moved.years_later(-1)

    def years_later(self, count: int) -> "Days":
        return Days(months_later(self.start, 12 * count), months_later(self.end, 12 * count), self.dated)


def months_later(day: date, count: int) -> date:
    """The same day of another month, or that month's last day where it is shorter. Negative goes back."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def back(day: date, count: int, unit: str) -> date:
    """`count` units before `day`."""
    if unit in DAYS_IN:
        return day - timedelta(days=count * DAYS_IN[unit])
    return months_later(day, -count * MONTHS_IN[unit])


def around(day: date, unit: str) -> Days:
    """The whole day, calendar week (from Monday), month, quarter, half or year that holds `day`."""
    if unit == "day":
        return Days(day, day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Days(monday, monday + timedelta(days=6))
    size = MONTHS_IN[unit]
    first = date(day.year, (day.month - 1) // size * size + 1, 1)
    return Days(first, months_later(first, size) - timedelta(days=1))


def part_of(year: int, size: int, number: int) -> Days | None:
    """The `number`th stretch of `size` months of a year; None when a year has no such."""
    if not 1 <= number <= 12 // size:
        return None
    first = date(year, (number - 1) * size + 1, 1)
    return Days(first, months_later(first, size) - timedelta(days=1))


def latest_part(as_of: date, size: int, number: int) -> Days | None:
    """As `part_of`, in the most recent year in which it has begun."""
    this_year = part_of(as_of.year, size, number)
    found = part_of(as_of.year - 1, size, number) if this_year and this_year.start > as_of else this_year
    return found and Days(found.start, found.end, dated=False)


def season_of(year: int, number: int) -> Days:
    """Spring (1), summer, autumn or winter (4) that begins in a year, north of the equator, by whole months."""
    first = date(year, 3 * number, 1)
    return Days(first, months_later(first, 3) - timedelta(days=1))


def latest_season(as_of: date, number: int, over: bool = False) -> Days:
    """As `season_of`, the most recent one that has begun, or that is over."""
    found = season_of(as_of.year, number)
    while found.start > as_of or (over and found.end >= as_of):
        found = season_of(found.start.year - 1, number)
    return Days(found.start, found.end, dated=False)


def day_of(year: int, month: int, day: int) -> Days | None:
    """One day; None when the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Days(date(year, month, day), date(year, month, day))


def latest_day(as_of: date, month: int, day: int) -> Days | None:
    """As `day_of`, in the most recent year in which it has come."""
    for year in range(as_of.year, as_of.year - 5, -1):  # 29 February comes every fourth year
        found = day_of(year, month, day)
        if found and found.start <= as_of:
            return Days(found.start, found.end, dated=False)
    return None
