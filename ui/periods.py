"""A period that a person types, in any of the languages that questions are read in."""

from datetime import date

from agents.reading.periods import pieces_of
from crm.errors import BadSetting
from crm.nouns import Period
from ui.tongue import said

ANY = ""
OFFERED = ("this_quarter", "last_quarter", "this_year", "last_year", "last_12_months")


def offered() -> list[tuple[str, str]]:
    """The periods to choose from, in the words that `period_of` reads; others can be typed."""
    told = (said(f"pipeline.{name}") for name in OFFERED)
    return [(said("pipeline.any_time"), ANY), *((one, one) for one in told)]


def period_of(typed: str | None, as_of: date | None) -> Period | None:
    """A period in words, in any of the languages that questions are read in; None means any time."""
    if not typed or as_of is None:
        return None
    pieces = pieces_of(typed, as_of) or pieces_of(f"in {typed}", as_of)
    if not pieces:
        raise BadSetting(said("pipeline.no_period", typed=typed))
    return pieces[0][2]
