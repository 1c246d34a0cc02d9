"""Says from which day a period such as "last quarter" was counted, where today would make it another."""

from collections.abc import Iterator
from datetime import date, timedelta

from agents.reading.periods import period_of
from crm.nouns import Scope

CURRENT = timedelta(days=31)  # data no older than this are of today for whoever asks
COUNTED = "“{}” was counted from the newest record, {}, not from today."


def counted_from(scope: Scope, today: date) -> Iterator[str]:
    """A notice where the newest record is of another month, and the period asked for another one from today."""
    period, as_of = scope.period, scope.as_of
    if period is None or as_of is None or today - as_of <= CURRENT:
        return
    from_today = period_of(period.words, today)
    if from_today and (from_today.start, from_today.end) != (period.start, period.end):
        yield COUNTED.format(period.words, as_of.isoformat())
