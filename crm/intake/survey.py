"""Looks through a file once before anything is stored: how many rows, how its dates are written, who we are."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from crm.intake import cell_values
from crm.intake.cells import Cells, Form, kind_told, labels
from crm.intake.columns import AUTO, OF_ONE_KIND, TEXTS, VENDORS, columns
from crm.intake.csv_repair import Row
from crm.intake.headers import NOTHING_SAID, Headers
from crm.intake.matching import matching
from crm.intake.our_domains import SAMPLE, Evidence
from crm.intake.readers import Table
from crm.intake.sources import Source
from crm.intake.tables import open_table
from crm.threads.thread import Ours

WORDS, LETTERS = 4, 30  # that nobody knows: how many are told, and of each how much
LEAP_YEAR = 2024  # every day has a date in it
_DATES = ("at", "ends_at", "created_at", "closed_at", "expected_close_at", "last_contact")


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A file that is understood: its rows are ready to be read."""

    table: Table
    source: Source
    rows: int
    ours: Ours
    notices: tuple[str, ...]


def survey(file: Path, source: str = AUTO, record: str = AUTO, said: Headers = NOTHING_SAID) -> Surveyed:
    """Opens and understands a file; `said` is what people said of its columns. Raises BadFile with what to do."""
    opened = open_table(file)
    table, record = said.on(opened, record)
    layout = columns().recognise(table.header, source, record)
    first = Source(Form(layout, opened.names))  # cells are kept under the names that the file has
    seen = _Seen(first, Evidence(matching().free_mail))
    for row in table.rows():
        seen.see(row)
    form = replace(first.form, month_first=seen.month_first(), years=seen.years(), alone=frozenset(seen.alone))
    read = replace(first, form=form, repeats=seen.repeats)
    return Surveyed(table, read, seen.rows, seen.evidence.found(), tuple(seen.notices(table)))


@dataclass(slots=True)
class _Dates:
    """What one column's dates say about their order."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0
    twelve_hours: int = 0
    nonsense: int = 0
    without_year: int = 0
    years: set[int] = field(default_factory=set)

    def see(self, cell: str) -> None:
        if (found := cell_values.moment(cell)) is not None:
            self.years.add(found.year)
        elif cell_values.moment(cell_values.with_year(cell, LEAP_YEAR)) is not None:
            self.without_year += 1
            cell = cell_values.with_year(cell, LEAP_YEAR)
        else:
            self.nonsense += 1
        if cell[:4].isdecimal():
            return  # the year comes first, or it is a count: nothing to tell
        told = cell_values.order_told(cell)
        self.day_first += told is True
        self.month_first += told is False
        if told is None:
            self.ambiguous += cell_values.ambiguous(cell)
            self.twelve_hours += cell_values.twelve_hours(cell)

    @property
    def is_month_first(self) -> bool:
        """By the dates that fit one order only, then by am and pm; the day comes first when nothing tells."""
        if self.day_first == self.month_first:
            return self.twelve_hours > 0 and not self.day_first
        return self.month_first > self.day_first

    @property
    def year(self) -> int | None:
        """The only one that is written: a day without a year is of none else."""
        return next(iter(self.years)) if len(self.years) == 1 else None

    @property
    def unsure(self) -> bool:
        return self.ambiguous > 0 and not self.twelve_hours and self.day_first == self.month_first


@dataclass(slots=True)
class _Words:
    """The words of one column that nobody knows, though its other words tell a field of every row."""

    knows: Callable[[str], bool]
    unknown: Counter[str] = field(default_factory=Counter)

    def see(self, cell: str) -> None:
        word = " ".join(cell.split())
        if not self.knows(word.casefold()):
            self.unknown[word[:LETTERS]] += 1

    @property
    def told(self) -> str:
        return ", ".join(f"“{word}”" for word, _ in self.unknown.most_common(WORDS))


@dataclass(slots=True)
class _Seen:
    """What the rows seen so far say."""

    source: Source
    evidence: Evidence
    rows: int = 0
    rounded: int = 0
    two_outcomes: bool = False
    dates: dict[int, _Dates] = field(default_factory=dict)
    kinds: dict[int, _Words] = field(default_factory=dict)
    directions: dict[int, _Words] = field(default_factory=dict)
    ids: tuple[int, ...] = ()
    repeats: dict[int, int] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    alone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        fields = self.source.form.layout.columns
        self.ids = tuple(fields.get("native_id", ()))
        self.dates = {at: _Dates() for name in _DATES for at in fields.get(name, ())}
        values = self.source.form.layout.values
        self.kinds = self._words("kind", lambda word: bool(kind_told(word, values)[0]))
        ways = {**values.get("direction", {}), **values.get("drafts", {})}
        self.directions = self._words("direction", lambda word: any(one in ways for one in (word, *labels(word))))

    def _words(self, name: str, knows: Callable[[str], bool]) -> dict[int, _Words]:
        """The columns that tell this and nothing else, in a table that nobody's program wrote."""
        layout = self.source.form.layout
        shared = {at for other, places in layout.columns.items() if other != name for at in places}
        own = [at for at in layout.columns.get(name, ()) if at not in shared] if self._plain else []
        return {at: _Words(knows) for at in own}

    def see(self, row: Row) -> None:
        self.rows += 1
        if row.broken:
            return
        for at, dates in self.dates.items():
            if not cell_values.blank(cell := row.cells[at]):
                dates.see(cell)
        for at in self.source.form.layout.columns.get("contact_names", ()):
            if (cell := row.cells[at].strip()) and cell.isalpha() and len(self.alone) < SAMPLE:
                self.alone.add(cell.casefold())
        for at, words in (*self.kinds.items(), *self.directions.items()):
            if not cell_values.blank(cell := row.cells[at]):
                words.see(cell)
        if not self.source.form.layout.id_from and all(cell_values.blank(row.cells[at]) for at in self.ids):
            self._repeated(row)
        self.rounded += any(cell_values.rounded(row.cells[at]) for at in self.ids)
        self.two_outcomes = self.two_outcomes or self._tells_two_outcomes(row)
        if self.rows <= SAMPLE:
            self._sample(row)

    def _repeated(self, row: Row) -> None:
        said = self.source.said(row)
        self.said[said] += 1
        if self.said[said] > 1:
            self.repeats[row.number] = self.said[said]

    def _tells_two_outcomes(self, row: Row) -> bool:
        """Whether two columns say what came of it; a vendor's are known to go together."""
        layout = self.source.form.layout
        if len(layout.columns.get("outcome", ())) < 2 or not self._plain:
            return False
        return len(Cells(self.source.form, row.cells).outcomes_told()) > 1

    def _sample(self, row: Row) -> None:
        draft = self.source.draft(row)
        if draft.raw is not None:
            self.evidence.see(draft.raw)
        elif not draft.refused:
            self.evidence.see_owner(draft.columns.get("owner", ""))
            if self.source.record == "reps":
                self.evidence.see_rep(draft.columns["name"], draft.columns["email"])

    def month_first(self) -> frozenset[int]:
        return frozenset(at for at, dates in self.dates.items() if dates.is_month_first)

    def years(self) -> dict[int, int]:
        return {at: dates.year for at, dates in self.dates.items() if dates.year}

    def notices(self, table: Table) -> Iterator[str]:
        if not self.rows:
            yield f"{table.path.name} has column names but no rows: nothing was imported."
        if self.rows and not self.source.has_ids:
            yield "The file has no ids: its rows are known by what they say; one that is changed counts as a new one."
        if self.rows and self.source.record == "activities" and not self.source.form.layout.columns.keys() & TEXTS:
            yield "No column holds the text of the activities: verdicts rest on titles and outcomes alone."
        if kind := self._kind_of_all():
            yield f"No column tells what kind of activity a row is: all of them are read as {kind}."
        if self.rounded:
            yield f"{self.rounded} ids were rounded by Excel (such as 1.23E+11): different records may share one."
        yield from table.notices()
        if taken := self.evidence.writers.told():
            yield taken
        if self.two_outcomes:
            yield self._outcomes_told()
        yield from self._words_told()
        for at, dates in self.dates.items():
            yield from _date_notices(self.source.form.names[at], dates)

    def _kind_of_all(self) -> str:
        """What a plain table without such a column is full of; a vendor's is known by its name."""
        layout = self.source.form.layout
        return layout.name if layout.name in OF_ONE_KIND and "kind" not in layout.columns and self._plain else ""

    @property
    def _plain(self) -> bool:
        return self.source.form.layout.source not in VENDORS

    def _words_told(self) -> Iterator[str]:
        names = self.source.form.names
        for at, words in self.kinds.items():
            if words.unknown:
                yield f"{names[at]}: {words.told} name no kind that is known; {words.unknown.total()} rows are “other”."
        for at, words in self.directions.items():
            if words.unknown:
                yield f"{names[at]}: {words.told} tell no direction of {words.unknown.total()} rows."

    def _outcomes_told(self) -> str:
        """Which column is asked for the outcome first: whoever reads the figures should know."""
        first, *others = (self.source.form.names[at] for at in self.source.form.layout.columns["outcome"])
        return (
            f"Several columns mean the outcome: {first} is asked first, then {', '.join(others)}; a word such as done "
            "or open counts only for a task, or where the others are empty."
        )


def _date_notices(name: str, dates: _Dates) -> Iterator[str]:
    if dates.day_first and dates.month_first:
        yield f"{name}: dates with the day first and with the month first are mixed; some may be wrong."
    elif dates.unsure:
        yield f"{name}: {dates.ambiguous} dates such as 04/05 fit two orders; the day was taken to come first."
    if dates.without_year and dates.year:
        yield f"{name}: {dates.without_year} days without a year are of {dates.year}, as all others of the column."
    if nonsense := dates.nonsense + (0 if dates.year else dates.without_year):
        yield f"{name}: {nonsense} dates make no sense; their rows are kept without one."
