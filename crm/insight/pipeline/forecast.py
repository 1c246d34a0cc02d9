"""What the next quarter may bring, with an interval, and how such a forecast would have done before.

The forecast of a quarter's won value is the mean of the quarters before it, at most four; the interval is that of one
further draw from a normal distribution with their mean and deviation (80 %). Nothing is said about single deals.
"""

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm.nouns import Deal

LOOKS_BACK, FEWEST = 4, 2  # quarters
WIDTH = 1.2816  # of a normal distribution: 80 % lie within so many deviations


@dataclass(frozen=True, slots=True)
class Forecast:
    """Won value of a quarter: expected, and from `low` to `high` with four chances in five."""

    quarter: str
    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next quarter's forecast with the quarters it stands on and its back-test.

    `held_out` quarters were each forecast from those before them; `inside` fell into their interval; `missed_by` is
    the mean absolute error, `naive` that of saying "as last quarter".
    """

    currency: str
    history: tuple[tuple[str, float], ...]
    next: Forecast
    held_out: int
    inside: int
    missed_by: float
    naive: float


def outlook(deals: Sequence[Deal], currency: str, as_of: date) -> Outlook | None:
    """None with fewer than three full quarters of won deals, which allow no back-test."""
    history = quarters_won(deals, currency, as_of)
    if len(history) <= FEWEST:
        return None
    values = [value for _, value in history]
    tests = [(_forecast("", values[:n]), values[n], values[n - 1]) for n in range(FEWEST, len(values))]
    return Outlook(
        currency,
        tuple(history),
        _forecast(_name(*_quarter(as_of + timedelta(days=1))), values),
        len(tests),
        sum(f.low <= actual <= f.high for f, actual, _ in tests),
        statistics.fmean(abs(f.expected - actual) for f, actual, _ in tests),
        statistics.fmean(abs(before - actual) for _, actual, before in tests),
    )


def quarters_won(deals: Sequence[Deal], currency: str, as_of: date) -> list[tuple[str, float]]:
    """Won value by full quarter, from the first in which anything was won to the last that ends by `as_of`."""
    by_quarter: dict[tuple[int, int], list[float]] = defaultdict(list)
    for deal in deals:
        if deal.won and deal.closed_at and deal.amount is not None and deal.currency == currency:
            by_quarter[_quarter(deal.closed_at.date())].append(deal.amount)
    if not by_quarter:
        return []
    year, number = min(by_quarter)
    found = []
    while (year, number) < _quarter(as_of + timedelta(days=1)):
        found.append((_name(year, number), math.fsum(by_quarter.get((year, number), []))))
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
    return found


def _forecast(name: str, before: Sequence[float]) -> Forecast:
    last = before[-LOOKS_BACK:]
    mean, spread = statistics.fmean(last), statistics.stdev(last) * math.sqrt(1 + 1 / len(last))
    return Forecast(name, mean, max(0.0, mean - WIDTH * spread), mean + WIDTH * spread)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _name(year: int, number: int) -> str:
    return f"{year}-Q{number}"
