"""A chart's marks in the reader's language: their names, their values."""

from crm.insight.pipeline.charts import Chart, Mark, Shape
from ui.show import share
from ui.tongue import decimal, figure, heard, named, said


def titled(chart: Chart) -> str:
    """The chart's title in the reader's language."""
    return named("chart", chart.title)


def called(mark: Mark) -> str:
    """The mark's name in the reader's language, where it is not one out of the data."""
    known = named("mark", mark.name)
    return known if known != mark.name else " / ".join(heard(part) for part in mark.name.split(" / "))


def told(chart: Chart, mark: Mark) -> str:
    """The mark's value as one reads it."""
    if mark.value is None:
        return said("accounts.no_amount")
    if chart.rate:
        return share(mark.value)
    if chart.shape is Shape.GRID:
        return f"{'+' if mark.value >= 0 else '−'}{decimal(abs(mark.value), 2)}"
    return f"{figure(round(mark.value))} {mark.unit}".strip()
