"""The sections of a report on figures: each its rows, with what they are in words."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a name, its figure (None when it is not known), what it is counted in, why it is there."""

    name: str
    value: float | None
    unit: str = ""
    because: tuple[str, ...] = ()
    ours: bool = False  # the name is a word of ours, not of the data


@dataclass(frozen=True, slots=True)
class Section:
    """Rows with what they are in words. `rate` tells that values are shares; `of` how many rows there are in all."""

    title: str
    parts: tuple[str, ...]
    lines: tuple[Line, ...]
    of: int
    rate: bool = False
    notes: tuple[str, ...] = ()

    @property
    def frame(self) -> str:
        return ", ".join(self.parts)

    def shown(self) -> "Section":
        """As an answer prints it: shares in percent."""
        percent = tuple(replace(line, value=line.value * 100) for line in self.lines if line.value is not None)
        return replace(self, lines=percent) if self.rate else self
