"""The names and values that are in the store, by which a question can mean them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_of

from sqlalchemy import func, select

from crm.insight.figures.columns import TABLES, counted, field, joined, number
from crm.insight.frame import COLUMNS, OF, TIMES, WEEKDAYS, About, Column, Dated, Field
from crm.insight.question.tokens import plain
from crm.nouns import Direction
from crm.records import db
from crm.records.store import Store

LONG = 8  # letters from which a stored value may be misspelt by one
SHORTEST = 2  # letters of a part that may stand for a whole name
MOST_NOTES, LONGEST_NOTE = 40, 60  # beyond these they are free text, by which nothing is grouped
NOTED = (Field.NOTE, Field.LOSS_REASON)  # what somebody wrote or chose
BY_PART = (Field.REP, Field.MANAGER, Field.PRODUCT)  # "Priya", "Dock"
# Counted, not imported.
DERIVED = frozenset({Column.AGE, Column.CYCLE, Column.WAIT, Column.SILENCE, Column.FOLLOWED, Column.SINCE})
KNOWN_WAYS = (Direction.INBOUND, Direction.OUTBOUND)
NAMED = (
    Field.REP,
    Field.MANAGER,
    Field.ACCOUNT_REGION,
    Field.REP_REGION,
    Field.INDUSTRY,
    Field.PRODUCT,
    Field.SERIES,
    Field.STAGE,
    Field.OUTCOME,
    Field.STATUS,
    Field.JOB_TITLE,
    Field.COMPANY_SIZE,
    Field.LOCATION,
    Field.NOTE,
    Field.LOSS_REASON,
    Field.ACCOUNT,
    Field.PARENT,
)


@dataclass(frozen=True)
class StoredNames:
    """What the store holds: values by kind of record and field, which columns are filled at all."""

    values: Mapping[tuple[About, Field], frozenset[str]]
    columns: frozenset[tuple[About, Column]]
    present: frozenset[About]
    lost_are_worthless: bool
    states_of: Mapping[str, frozenset[str]] = field_of(default_factory=dict)  # the states of deals in each stage
    leads_dated: bool = False  # the day on which each was created is on record
    calls_directed: bool = False  # of some call it is told whether it came in

    def has(self, about: About, wanted: Field | Column) -> bool:
        """Whether any such record carries it."""
        if wanted is Column.FOLLOWED or (about is About.LEADS and wanted is Column.AGE):
            return self.leads_dated
        if isinstance(wanted, Column):
            return wanted in DERIVED or (about, wanted) in self.columns
        return wanted in (*TIMES, Field.CONTACT, Field.LABEL, Field.DEAL, Field.STATE) or bool(
            self.values.get((about, wanted))
        )

    def any_values(self, wanted: Field) -> frozenset[str]:
        """The field's values over all kinds of record."""
        return frozenset(v for (_, f), found in self.values.items() if f is wanted for v in found)

    @property
    def regions_shared(self) -> bool:
        """Accounts and reps speak of the same regions, so that a region is the customer's."""
        return bool(self.any_values(Field.ACCOUNT_REGION) & self.any_values(Field.REP_REGION))

    def region(self, about: About) -> Field:
        """What a bare "region" means: the customer's where both sides share names, else the rep's sales region."""
        shared = self.regions_shared and Field.ACCOUNT_REGION in OF[about]
        return Field.ACCOUNT_REGION if shared or not self.any_values(Field.REP_REGION) else Field.REP_REGION

    def named(
        self, spellings: Mapping[str, str], weekdays: Mapping[str, str]
    ) -> dict[str, tuple[tuple[Field, str], ...]]:
        """Every name and value by its plain spelling; parts of a name that only one bears stand for it.

        `spellings` are the words of other languages for a value, wherever the data has it, or has it misspelt;
        `weekdays` the words for each day of the week, whichever week it is.
        """
        found: dict[str, list[tuple[Field, str]]] = defaultdict(list)
        for wanted in NAMED:
            values = sorted(self.any_values(wanted))
            for value in values:
                found[plain(value)].append((wanted, value))
            if wanted in BY_PART:
                for part, value in _parts(values):
                    found[part].append((wanted, value))
        for value, words in spellings.items():
            if stored := _nearest(value, found):
                for word in (value, *words.split(",")):
                    found[plain(word)] += [m for m in found[stored] if m not in found[plain(word)]]
        for day, words in weekdays.items():
            for word in words.split(","):
                found[plain(word)].append((Field.WEEKDAY, day))
        return {
            spelling: tuple(dict.fromkeys(meant))
            for spelling, meant in found.items()
            if spelling and not spelling.isdigit()
        }


def holdings(store: Store) -> StoredNames:
    """Looked up once per state of the store: distinct values only, no records."""
    values: dict[tuple[About, Field], frozenset[str]] = {}
    columns: set[tuple[About, Column]] = set()
    present: set[About] = set()
    with store.reading() as connection:
        for about, table in TABLES.items():
            if not connection.execute(select(func.count()).select_from(table).where(counted(about))).scalar():
                continue
            present.add(about)
            if about is About.REPLIES:
                continue  # they are told apart as the activities are that they come from
            for wanted in OF[about] - {*TIMES, Field.CONTACT, Field.LABEL, Field.DEAL}:
                query = (
                    select(field(about, wanted, Dated.DATED))
                    .select_from(joined(about))
                    .where(counted(about))
                    .distinct()
                )
                found = frozenset(v for v in connection.execute(query).scalars() if v)
                found = found & {*KNOWN_WAYS} if wanted is Field.DIRECTION else found
                values[about, wanted] = found if wanted not in NOTED or _is_list(found) else frozenset()
            if Field.WEEKDAY in OF[about]:
                values[about, Field.WEEKDAY] = frozenset(WEEKDAYS)
            for column in COLUMNS[about] - DERIVED:
                query = select(func.count(number(about, column, None))).select_from(table).where(counted(about))
                columns |= {(about, column)} if connection.execute(query).scalar() else set()
        for wanted in OF[About.REPLIES]:
            values[About.REPLIES, wanted] = values.get((About.ACTIVITIES, wanted), frozenset())
        pairs = select(*(field(About.DEALS, f, Dated.DATED) for f in (Field.STAGE, Field.STATE))).distinct()
        states_of: dict[str, set[str]] = defaultdict(set)
        for stage, state in connection.execute(pairs):
            states_of[stage].add(state)
        lost = select(func.count()).where(db.deals.c.won.is_(False))
        priced = connection.execute(lost.where(db.deals.c.amount != 0)).scalar()
        worthless = bool(connection.execute(lost.where(db.deals.c.amount == 0)).scalar()) and not priced
        dated = bool(connection.execute(select(func.count(db.leads.c.created_at))).scalar())
        way = select(func.count()).where(db.activities.c.kind == "call", db.activities.c.direction.in_(KNOWN_WAYS))
        directed = bool(connection.execute(way).scalar())
    return StoredNames(
        values,
        frozenset(columns),
        frozenset(present),
        worthless,
        {s: frozenset(v) for s, v in states_of.items()},
        dated,
        directed,
    )


def _is_list(notes: Collection[str]) -> bool:
    """Whether notes are chosen from a list, such as where a lead came from or why a deal was lost."""
    return len(notes) <= MOST_NOTES and all(len(note) <= LONGEST_NOTE for note in notes)


def _nearest(value: str, found: Mapping[str, object]) -> str:
    """The value as it is stored, a letter off at most; empty where it is not."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if value in found:
        return value
    near = process.extractOne(value, list(found), scorer=OSA.distance, score_cutoff=1) if len(value) >= LONG else None
    return str(near[0]) if near else ""


def _parts(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """(part, name) for each word that only one of the names has."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in set(plain(name).split()):
            bearers[word].append(name)
    return [(w, found[0]) for w, found in bearers.items() if len(found) == 1 and len(w) >= SHORTEST and not w.isdigit()]
