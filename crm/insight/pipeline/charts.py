"""What a chart is before it is drawn: marks that know the records behind them."""

from dataclasses import dataclass
from enum import StrEnum

from crm.insight.frame import About, Figures
from crm.insight.frame_words import in_words, lacking


class Shape(StrEnum):
    """How marks want to be drawn."""

    BARS = "bars"
    TREND = "trend"
    FUNNEL = "funnel"
    FORECAST = "forecast"
    LIST = "list"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, dot or cell. `ids` are the records behind it; `low` and `high` bound what is not sure.

    `at` is the place (row, column) in a grid, counted from 0 along the chart's `axes`.
    """

    name: str
    value: float | None
    unit: str = ""
    ids: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    because: tuple[str, ...] = ()
    at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks of one kind of record, with what they are in words. `rate` tells that values are shares of 1."""

    key: str
    title: str
    said: str
    about: About
    shape: Shape
    marks: tuple[Mark, ...]
    rate: bool = False
    axes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def mark(self, number: int) -> Mark | None:
        """The mark of that place in the order of `marks`."""
        return self.marks[number] if 0 <= number < len(self.marks) else None


def charted(key: str, title: str, shape: Shape, found: Figures) -> Chart:
    """Figures as a chart; what is missing in them becomes a note."""
    marks = tuple(Mark(f.name or "all", f.value, f.unit, f.ids) for f in found.rows)
    return Chart(
        key, title, in_words(found.frame), found.frame.about, shape, marks, found.frame.rate, (), lacking(found)
    )
