"""Reads the cells of one row by field, as the column map says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from crm.intake import cell_values
from crm.intake.columns import Layout
from crm.nouns import Direction, Kind
from crm.threads.people import person

MIDNIGHT = time()
_LABELS = re.compile("[,;]")
_PARTS = re.compile(r"[\s/,;+&]+")  # of a cell that tells two ways: "vm / ph"
_HOURS = re.compile(r"0\d:[0-5]\d", re.ASCII)  # and minutes


@dataclass(frozen=True, slots=True)
class Form:
    """How every row of a file is read. `month_first` are the positions of columns that write 4/25/2026.

    `years` are those of columns whose whole dates all lie in one. `alone` are the single words that stand for people in
    some cell. `names` are the columns' names, each different.
    """

    layout: Layout
    names: tuple[str, ...]
    month_first: frozenset[int] = frozenset()
    years: Mapping[int, int] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()


def kind_told(word: str, values: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """The kind that a word names, with the direction where it tells that too: "appel sortant", "eingehender anruf".

    Among other words one that names a kind is enough: a "site visit" is a visit. `values` are the meanings of a
    layout's words; what they do not know is empty.
    """
    kinds, ways = values.get("kind", {}), values.get("direction", {})
    if word in kinds:
        return kinds[word], ""
    parts = word.split()
    for cut in range(1, len(parts)):
        one, other = " ".join(parts[:cut]), " ".join(parts[cut:])
        for kind, way in ((one, other), (other, one)):
            if kind in kinds and way in ways:
                return kinds[kind], ways[way]
    among = {kinds[part] for part in _PARTS.split(word) if part in kinds} - {Kind.OTHER.value}
    return (among.pop() if len(among) == 1 else ""), ""


def labels(cell: str) -> list[str]:
    """The labels in a cell that may hold several: "Inbox,Important"."""
    return [part.strip() for part in _LABELS.split(cell.casefold())]


class Cells:
    """One row's cells, asked for by field."""

    def __init__(self, form: Form, cells: tuple[str, ...]) -> None:
        self._layout = form.layout
        self._form = form
        self._cells = cells
        self._odd: dict[str, str] = {}  # cells that make no sense where they stand, kept as they are

    def text(self, field: str) -> str:
        """The first of the field's columns that has anything in it, as it stands there."""
        for at in self._layout.columns.get(field, ()):
            if self._cells[at].strip():
                return self._cells[at]
        return self._layout.constants.get(field, "")

    def word(self, field: str) -> str:
        """A short text: trimmed, and empty where a program wrote that there is none."""
        for at in self._layout.columns.get(field, ()):
            if (cell := self._cells[at]) and not cell_values.blank(cell):
                return " ".join(cell.split())
        return self._layout.constants.get(field, "")

    def meaning(self, field: str) -> str:
        """What the field's word means by the maps; empty when they do not say."""
        return self._layout.values.get(field, {}).get(self.word(field).casefold(), "")

    def outcome(self) -> str:
        """The outcome in our words where the maps have one, else as the CRM says it."""
        if (at := self._outcome_at()) is None:
            return self._layout.constants.get("outcome", "") or self._among_ourselves()
        word = " ".join(self._cells[at].split())
        meant = self._layout.values.get("outcome", {}).get(word.casefold(), "")
        if meant and meant != word:
            self._odd[self._form.names[at]] = word
        return meant or word

    def _among_ourselves(self) -> str:
        """That the kind of the record says so: "Réunion interne" is no meeting with a customer."""
        known = self._layout.values.get("internal", {})
        return next((known[part] for said in self._kinds_said() for part in said.split() if part in known), "")

    def _outcome_at(self) -> int | None:
        """Of several columns the one that says what happened; that something is done counts for a task, or alone."""
        told = self.outcomes_told()
        if len(told) < 2:
            return told[0] if told else None
        of_a_task = self.kind() is Kind.TASK
        return next((at for at in told if self._is_task_state(at) == of_a_task), told[0])

    def outcomes_told(self) -> list[int]:
        """The columns that tell an outcome here, the preferred first."""
        return [at for at in self._layout.columns.get("outcome", ()) if not cell_values.blank(self._cells[at])]

    def _is_task_state(self, at: int) -> bool:
        return " ".join(self._cells[at].split()).casefold() in self._layout.task_states

    def kind(self) -> Kind:
        """The kind; of several columns one that says more than "task", which is what sync tools write, or "note"."""
        said = self._kinds_said()
        found = [Kind(told) for told, _ in map(self._told, said) if told]
        if not found and not any(said):
            return Kind(self._layout.constants.get("kind", Kind.OTHER))
        telling = (kind for kind in found if kind not in (Kind.TASK, Kind.OTHER))
        return next(telling, found[0] if found else Kind.OTHER)

    def direction(self) -> Direction:
        """Which way it went, as its own column says, or the word that tells the kind: "outgoing call"."""
        told = [self._way(), *(way for _, way in map(self._told, self._kinds_said()))]
        return Direction(next(filter(None, told), Direction.UNKNOWN))

    def _way(self) -> str:
        """What the column says: a word, or the labels of a mail that tell it ("Inbox,Important"), where they agree."""
        if whole := self.meaning("direction"):
            return whole
        known = self._layout.values.get("direction", {})
        told = {known[label] for label in labels(self.word("direction")) if label in known}
        return told.pop() if len(told) == 1 else ""

    def is_draft(self) -> bool:
        """Whether it is a mail that lies among those that were never sent."""
        known = self._layout.values.get("drafts", {})
        return self.kind() is Kind.EMAIL and any(label in known for label in labels(self.word("direction")))

    def _told(self, word: str) -> tuple[str, str]:
        return kind_told(word, self._layout.values)

    def _kinds_said(self) -> list[str]:
        return [" ".join(self._cells[at].split()).casefold() for at in self._layout.columns.get("kind", ())]

    def moment(self, field: str) -> datetime | None:
        for at in self._layout.columns.get(field, ()):
            if not (cell := self._cells[at]) or cell_values.blank(cell):
                continue
            day_first = at not in self._form.month_first
            if found := cell_values.moment(cell, day_first):
                return found
            year = self._form.years.get(at)
            if year and (found := cell_values.moment(cell_values.with_year(cell, year), day_first)):
                return found
            self._odd[self._form.names[at]] = cell
        return None

    def at(self) -> datetime | None:
        """When it was: the day, with the time that another column tells where the day has none."""
        day = self.moment("at")
        for place in self._layout.columns.get("time", ()):
            if cell_values.blank(cell := self._cells[place]):
                continue
            found = cell_values.clock(cell)
            if day and found and day.time() == MIDNIGHT:
                return datetime.combine(day, found, day.tzinfo)
            self._odd[self._form.names[place]] = cell
        return day

    def number(self, field: str) -> float | None:
        for at in self._layout.columns.get(field, ()):
            if cell_values.blank(cell := self._cells[at]):
                continue
            found = cell_values.number(cell)
            if found is not None:
                return round(found * self._layout.scale.get(field, 1), 6)
            self._odd[self._form.names[at]] = cell
        return None

    def seconds(self, field: str) -> int | None:
        """A length of time: a number in the table's unit, or hours, minutes and seconds as clocks write them."""
        if (found := cell_values.length(self.word(field))) is not None:
            return found
        return self.whole(field)

    def minutes(self, field: str) -> int | None:
        """Such a length in seconds, where the table counts minutes: 00:15 is a quarter of an hour then, 5:12 is not."""
        word = self.word(field)
        found = cell_values.length(word)
        return found * 60 if found is not None and _HOURS.fullmatch(word) else self.seconds(field)

    def whole(self, field: str) -> int | None:
        found = self.number(field)
        return None if found is None else round(found)

    def addresses(self, *fields: str) -> tuple[str, ...]:
        """Every mail address in any of the fields' columns."""
        found: dict[str, None] = {}
        for at in (at for name in fields for at in self._layout.columns.get(name, ())):
            if not (cell := self._cells[at]):
                continue
            here = cell_values.addresses(cell)
            found |= dict.fromkeys(here)
            if not here and not cell_values.blank(cell):
                self._odd[self._form.names[at]] = cell
        return tuple(found)

    def names(self, *fields: str) -> dict[str, str]:
        """The name that stands beside an address in any of the fields' columns, by address; the first of several."""
        found: dict[str, str] = {}
        for at in (at for name in fields for at in self._layout.columns.get(name, ())):
            found = cell_values.names(self._cells[at]) | found
        return found

    def beside(self, names: str, addresses: str) -> dict[str, str]:
        """The names of one column by the addresses of another, where each has as many."""
        called, found = self.people(names), cell_values.addresses(self.word(addresses))
        return dict(zip(found, called, strict=True)) if len(found) == len(called) else {}

    def people(self, field: str) -> tuple[str, ...]:
        """The names in the first of the field's columns that has any, of which there may be several in a cell."""
        if field not in self._layout.columns:
            return ()
        parts = (one for part in self.word(field).split(";") for one in self._apart(part))
        named = (person(part).name for part in parts)
        return tuple(dict.fromkeys(name for name in named if name))

    def _apart(self, part: str) -> list[str]:
        """The people of "Ida, Ole" where one of them is called so alone elsewhere; "Moe, Ole" is one of two names."""
        said = [one.strip() for one in part.split(",")]
        alone = all(one and " " not in one for one in said) and self._form.alone.intersection(map(str.casefold, said))
        return said if alone else [part]

    def domain(self, field: str) -> str:
        for at in self._layout.columns.get(field, ()):
            if found := cell_values.domain(cell := self._cells[at]):
                return found
            if not cell_values.blank(cell):
                self._odd[self._form.names[at]] = cell
        return ""

    def extra(self) -> dict[str, str]:
        """Every cell that no field took, by its column's name; asked for last, when all fields were read."""
        kept = {self._form.names[at]: self._cells[at] for at in self._layout.kept if self._cells[at].strip()}
        return kept | self._odd

    def native_id(self) -> str:
        """The id as the file writes it; for a table without one, the cell that stands in for it."""
        given = next((self._cells[at] for at in self._layout.columns.get("native_id", ())), "")
        if not cell_values.blank(given):
            return given
        return next((word for name in self._layout.id_from if (word := self.word(name))), "")

    def key(self, native_id: str) -> str:
        """What identifies the record, however its id is written."""
        return cell_values.key(native_id, self._layout.salesforce_ids)

    def references(self, field: str) -> tuple[str, ...]:
        """Our ids of the records that the field names, of which there may be several in a cell."""
        if field not in self._layout.columns:
            return ()
        said = self.word(field).replace(";", " ").replace(",", " ").split()
        return tuple(f"{self._layout.source}:{cell_values.key(one, self._layout.salesforce_ids)}" for one in said)

    def name(self) -> str:
        """The whole name; a "Name" beside a first name that it does not hold is the last one."""
        name, first, last = (self.word(field) for field in ("name", "first_name", "last_name"))
        if name and (last or first.casefold() in name.casefold()):
            return name
        return " ".join(filter(None, (first, name or last)))
