"""Recognises what a header's columns mean, by the maps in playbook/columns."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from crm.errors import BadFile, BadSetting
from crm.intake.spellings import Names, by_each_noun
from crm.nouns import Direction, Kind
from crm.playbook import Page, read_yaml

COLUMNS = Path(__file__).parents[2] / "playbook" / "columns"
AUTO = "auto"
# Whose columns are known by their names; every other source is a plain table that `--source csv` may be.
VENDORS = frozenset(("hubspot", "salesforce", "pipedrive", "mailbox"))
RecordName = Literal["activities", "accounts", "contacts", "deals", "leads", "reps", "products"]
FIELDS: dict[str, frozenset[str]] = {
    record: frozenset(names.split())
    for record, names in {
        "activities": "native_id kind subject body html notes direction outcome duration_s duration_min at time "
        "ends_at owner from_address from_name to_addresses to_names contact_emails contact_ids contact_names "
        "account_id account deal_ids deals",
        "accounts": "native_id name type industry region size revenue owner domain parent",
        "contacts": "native_id account_id account name first_name last_name email title phone owner opted_out",
        "deals": "native_id account_id account name stage amount currency product owner created_at closed_at won "
        "closed expected_close_at loss_reason contact_names",
        "leads": "native_id name first_name last_name email company industry job_title company_size location status "
        "owner created_at last_contact notes",
        "reps": "native_id name first_name last_name email contact_ids manager region",
        "products": "native_id name series price",
    }.items()
}
TEXTS = frozenset(("body", "html", "notes"))  # what an activity says, beside its title
OF_ONE_KIND = ("emails", "calls", "meetings")  # tables of activities that need no column for their kind
SECONDS = {"duration_min": 60}  # what a number in such a column is multiplied by, whatever the table
YES, NO = "yes", "no"
OPEN = "open"  # what is said of a deal that is neither won nor lost
INTERNAL = "internal"  # what is said to have come of a meeting among ourselves
YES_OR_NO = ("opted_out", "won", "closed")
SAID = "said: "  # before the field that a column means because somebody said so
OTHER_NAMES = 5  # of a missing column that are told
KEPT = "said to be kept: "  # before the name of a column that a person said to mean nothing
REFUSED_TAIL = ("line", "reason")  # what the list of refused rows adds to the columns it came from


class LayoutPage(Page):
    """One kind of table in a source's file: which column means what."""

    name: str
    record: RecordName
    needs: list[str]
    marks: Names = Field(default_factory=list)
    unless: Names = Field(default_factory=list)  # columns that a table of this kind does not have
    insists: bool = False  # on its marks, also where the source is given or people named the columns
    fields: dict[str, Names]
    constants: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    scale: dict[str, float] = Field(default_factory=dict)
    id_from: list[str] = Field(default_factory=list)
    keeps: Names = Field(default_factory=list)
    ignores: Names = Field(default_factory=list)

    @model_validator(mode="after")
    def _known(self) -> Self:
        needed = chain.from_iterable(need.split("|") for need in self.needs)
        named = {*self.fields, *self.constants, *self.values, *self.scale, *self.id_from, *needed}
        if wrong := sorted(named - FIELDS[self.record]):
            raise ValueError(f"{self.name}: {self.record} have no {', '.join(wrong)}")
        return self


class SourcePage(Page):
    """The tables of one source.

    `nouns` are for a source whose headings are "<record> - <field>" in the language of whoever exports: a spelling
    that begins with such a noun stands for the same field behind each of its other names.
    """

    source: str
    ids: Literal["plain", "salesforce"] = "plain"
    nouns: dict[str, list[str]] = Field(default_factory=dict)
    layouts: list[LayoutPage]

    @model_validator(mode="after")
    def _named(self) -> Self:
        for layout in self.layouts if self.nouns else ():
            for spellings in (*layout.fields.values(), layout.marks, layout.unless, layout.keeps, layout.ignores):
                spellings[:] = chain.from_iterable(by_each_noun(one, self.nouns) for one in spellings)
        return self


class Words(Page):
    """`words.yaml`: what cells say, in every source."""

    kinds: dict[Kind, list[str]]
    directions: dict[Direction, list[str]]
    drafts: list[str]
    outcomes: dict[str, list[str]]
    task_states: list[str]
    internal: list[str]
    won: list[str]
    lost: list[str]
    open: list[str]
    affirmed: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A header that was recognised. `columns` gives each field's positions, the preferred first.

    `kept` are the positions whose cells are stored as they are; `unknown` names those that nobody knows. `task_states`
    are words that say whether something is done, and not what came of it; a vendor's columns are known without.
    """

    source: str
    name: str
    record: str
    salesforce_ids: bool
    columns: Mapping[str, tuple[int, ...]]
    constants: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    scale: Mapping[str, float]
    id_from: tuple[str, ...]
    kept: tuple[int, ...]
    unknown: tuple[str, ...]
    task_states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Columns:
    """Every column map of the playbook."""

    sources: tuple[SourcePage, ...]
    words: Words

    def recognise(self, header: tuple[str, ...], source: str = AUTO, record: str = AUTO) -> Layout:
        """The layout that knows most of these columns. Raises BadFile naming a column that is missing."""
        keys = tuple(folded(name) for name in header)
        candidates = [
            (page, layout)
            for page in self._allowed(source)
            for layout in page.layouts
            if record in (AUTO, layout.record, layout.name)
        ]
        if not candidates:
            raise BadSetting(f"No column map of {source} holds {record}.")
        # a vendor that is given needs no marks to be told from the others, nor does a table whose columns people named
        told_apart = source in VENDORS or any(name.startswith(SAID) for name in header)

        def fits(layout: LayoutPage) -> bool:
            if layout.name == record:
                return _missing(layout, keys, marked=False) is None
            odd = _positions(layout.unless, keys)
            return not odd and _missing(layout, keys, layout.insists or not told_apart) is None

        fitting = [pair for pair in candidates if fits(pair[1])]
        if not fitting:
            raise BadFile(_sentence([layout for _, layout in candidates], header, keys))
        page, layout = max(fitting, key=lambda pair: _fit(pair[1], header, keys))
        named = page.source if source == AUTO else source
        found = _Found(page, layout, header, keys).layout(named, self._meanings(layout))
        return found if page.source in VENDORS else replace(found, task_states=frozenset(self.words.task_states))

    def nearest(self, header: tuple[str, ...], record: str = AUTO) -> dict[int, str]:
        """The fields of those columns that are known where the table as a whole is not, by position."""
        keys = tuple(folded(name) for name in header)
        layouts = [one for page in self.sources for one in page.layouts if record in (AUTO, one.record, one.name)]
        best = max(layouts, key=lambda layout: _fit(layout, header, keys))
        fields = dict.fromkeys((*best.fields, *sorted(FIELDS[best.record])))
        return {at: field for field in fields for at in _positions(_spellings(best, field), keys)}

    def field_of(self, column: str, record: str) -> str:
        """The field that a column of this name means in a table of such records, where one is known; else nothing."""
        tables = (one for page in self.sources for one in page.layouts if one.record == record)
        found = (field for one in tables for field, names in one.fields.items() if folded(column) in map(folded, names))
        return next(found, "")

    def knows(self, column: str, record: str) -> bool:
        """Whether a column of this name means something in any table of such records."""
        return bool(self.field_of(column, record))

    def _meanings(self, layout: LayoutPage) -> dict[str, dict[str, str]]:
        """What cells say, by field: the words of every source, then those of this table, which win."""
        meanings = {
            "kind": {word: kind.value for kind, words in self.words.kinds.items() for word in words},
            "direction": {word: way.value for way, words in self.words.directions.items() for word in words},
            "outcome": {word: told for told, words in self.words.outcomes.items() for word in words},
            "drafts": dict.fromkeys(self.words.drafts, YES),
            "internal": dict.fromkeys(self.words.internal, INTERNAL),
            "stage": dict.fromkeys(self.words.won, YES) | dict.fromkeys(self.words.lost, NO),
        }
        meanings |= {field: dict.fromkeys(self.words.affirmed, YES) for field in YES_OR_NO}
        meanings["won"] |= meanings["stage"] | dict.fromkeys(self.words.open, OPEN)
        for field, words in layout.values.items():
            meanings[field] = meanings.get(field, {}) | words
        return {field: {word.casefold(): said for word, said in words.items()} for field, words in meanings.items()}

    def _allowed(self, source: str) -> list[SourcePage]:
        names = [page.source for page in self.sources]
        if source not in (AUTO, *names):
            raise BadSetting(f"There is no source {source!r}. Allowed are {', '.join((AUTO, *names))}.")
        plain = source not in VENDORS
        return [p for p in self.sources if source in (AUTO, p.source) or (plain and p.source not in VENDORS)]


@cache
def columns(folder: Path = COLUMNS) -> Columns:
    """The column maps, read once. Raises BadPlaybook."""
    apart = {"words.yaml", "matching.yaml"}
    pages = [read_yaml(path, SourcePage) for path in sorted(folder.glob("*.yaml")) if path.name not in apart]
    return Columns(tuple(pages), read_yaml(folder / "words.yaml", Words))


@cache
def folded(name: str) -> str:
    """A column's name without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True, slots=True)
class _Found:
    """The table that a header turned out to be."""

    page: SourcePage
    table: LayoutPage
    header: tuple[str, ...]
    keys: tuple[str, ...]

    def layout(self, source: str, values: Mapping[str, Mapping[str, str]]) -> Layout:
        fields = self._fields()
        used = set(chain.from_iterable(fields.values()))
        keeps, ignored = set(_positions(self.table.keeps, self.keys)) | self._said_kept(), self._ignored()
        # Of several columns for one field a row uses one: the others' cells must not get lost.
        shared = set(chain.from_iterable(positions for positions in fields.values() if len(positions) > 1))
        unknown = [at for at in range(len(self.keys)) if at not in used | keeps | ignored]
        return Layout(
            source=source,
            name=self.table.name,
            record=self.table.record,
            salesforce_ids=self.page.ids == "salesforce",
            columns=fields,
            constants=self.table.constants,
            values=values,
            scale={**SECONDS, **self.table.scale},
            id_from=tuple(self.table.id_from),
            kept=tuple(sorted((keeps | shared | set(unknown)) - ignored)),
            unknown=tuple(self.header[at] or f"column {at + 1}" for at in unknown),
        )

    def _fields(self) -> dict[str, tuple[int, ...]]:
        fields = dict.fromkeys((*self.table.fields, *sorted(FIELDS[self.table.record])))
        found = {field: _positions(_spellings(self.table, field), self.keys) for field in fields}
        known = {field: positions for field, positions in found.items() if positions}
        return self._of_two_names(known) | known

    def _of_two_names(self, known: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        """A column that is called by two names, of which one is known: "Body / notes", where no other is the body."""
        taken = {at for positions in known.values() for at in positions}
        found: dict[str, tuple[int, ...]] = {}
        for at, name in enumerate(self.header):
            if at in taken or "/" not in name or name.startswith((SAID, KEPT)):
                continue
            keys = tuple(map(folded, name.split("/")))
            called = {f: _positions(_spellings(self.table, f), keys) for f in FIELDS[self.table.record] - known.keys()}
            first = min((f for f in called if called[f]), key=lambda f: (called[f], f), default="")
            if first and first not in found:
                found[first] = (at,)
        return found

    def _said_kept(self) -> set[int]:
        return {at for at, name in enumerate(self.header) if name.startswith(KEPT)}

    def _ignored(self) -> set[int]:
        ignored = set(_positions(self.table.ignores, self.keys))
        refused = self.keys[-2:] == REFUSED_TAIL
        return ignored | ({len(self.keys) - 2, len(self.keys) - 1} if refused else set())


def record_of(kind: str) -> str:
    """What the rows of such a table are: calls are activities."""
    return "activities" if kind in OF_ONE_KIND else kind


def said_as(field: str) -> str:
    """How a column is called that a person said to be this field, in whatever table it stands."""
    return f"{SAID}{field}"


def said_kept(name: str) -> str:
    """How a column is called that a person said to mean nothing: no column map knows it then."""
    return f"{KEPT}{name}"


def _spellings(layout: LayoutPage, field: str) -> list[str]:
    """What the field's columns are called there; what a person said comes first."""
    return [said_as(field), *layout.fields.get(field, [])]


def _positions(spellings: list[str], keys: tuple[str, ...]) -> tuple[int, ...]:
    """Where these columns stand, in the order of the spellings."""
    found = (at for spelling in spellings for at, key in enumerate(keys) if key and key == folded(spelling))
    return tuple(dict.fromkeys(found))


def _known_count(layout: LayoutPage, keys: tuple[str, ...]) -> int:
    said = map(said_as, FIELDS[layout.record])
    spellings = [*chain.from_iterable(layout.fields.values()), *layout.keeps, *layout.ignores, *said]
    return len(_positions(spellings, keys))


def _fit(layout: LayoutPage, header: tuple[str, ...], keys: tuple[str, ...]) -> tuple[int, int, int]:
    """How well a layout fits: columns known, columns spelt to the letter, columns it insists on."""
    exact = set(header).intersection(chain.from_iterable(layout.fields.values()))
    return _known_count(layout, keys), len(exact), len(layout.needs)


def _missing(layout: LayoutPage, keys: tuple[str, ...], marked: bool = True) -> list[str] | None:
    """The names of the first column that this layout cannot do without and does not find; None when it fits."""
    for need in layout.needs:
        fields = need.split("|")
        if not any(_positions(_spellings(layout, field), keys) for field in fields):
            names = zip_longest(*(layout.fields.get(field, ()) for field in fields))
            return list(filter(None, chain.from_iterable(names)))
    if marked and layout.marks and not _positions(layout.marks, keys):
        return layout.marks
    return None


def _sentence(layouts: list[LayoutPage], header: tuple[str, ...], keys: tuple[str, ...]) -> str:
    nearest = max(layouts, key=lambda layout: _known_count(layout, keys))
    has = ", ".join(name for name in header if name)[:300]
    if not _known_count(nearest, keys):
        return f"None of these columns is known: {has}. The playbook's folder columns/ lists the names that are."
    first, *others = _missing(nearest, keys) or [""]
    told = f"The column {first} is missing, without which these are no {nearest.record}"
    other_names = f"; it may also be called {', '.join(others[:OTHER_NAMES])}" if others else ""
    return f"{told}{other_names}. The file has: {has}."
