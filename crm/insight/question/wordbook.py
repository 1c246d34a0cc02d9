"""The words of questions about numbers, as an ops person writes them: playbook/words/insight.yaml."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crm.insight.frame import About, Unit
from crm.playbook import Page, read_yaml

CHANGES = ("growth", "difference", "difference of value")


class Entry(Page):
    """A condition with its words: the field has one of the values, or an outcome of the group.

    `also` is the way it went; "not inbound" is whatever is not told to have come in, for calls often tell no way.
    """

    about: About
    field: str
    values: tuple[str, ...] = ()
    group: str = ""
    also: str = ""
    words: str

    @property
    def way(self) -> str:
        return self.also.removeprefix("not ")

    @property
    def way_denied(self) -> bool:
        return self.also != self.way

    @property
    def is_ours(self) -> bool:
        """It speaks of what we did: mailed, called."""
        return self.way_denied or self.also == "outbound"


class NamedRate(Page):
    """A rate that has a name: deals of some states, leads of a status, or activities by type, outcome or label."""

    name: str
    about: About
    of: tuple[str, ...] = ()
    are: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    status: str = ""
    group: str = ""
    words: str


class Beyond(Page):
    """Words that no frame can hold, with the reason; beside a word for the field `unless` they only ask."""

    because: str
    unless: str = ""
    words: str


class Shades(Page):
    """What a word as it was typed tells beyond what it stands for.

    Of `aged`, `adverbial`, `comparing`, `earning`, `latest`, `omitting`, `excepting`, `sending`, `nor`, `beginning`,
    `bringing` and `daughters` it begins with an entry; of `compared`, `closing` and `inclusive` it has one in it; one
    of its words is of `rows`; of the others it is one.
    """

    aged: tuple[str, ...]
    older: tuple[str, ...]
    comparing: tuple[str, ...]
    compared: tuple[str, ...]
    earning: tuple[str, ...]
    closing: tuple[str, ...]
    inclusive: tuple[str, ...]
    numeric: tuple[str, ...]
    spanning: tuple[str, ...]
    opening: tuple[str, ...]
    parting: tuple[str, ...]
    adjectives_behind: tuple[str, ...]
    rows: tuple[str, ...]
    silent: tuple[str, ...]
    dear: tuple[str, ...]
    ranking: tuple[str, ...]
    singly: tuple[str, ...]
    of_one: tuple[str, ...]
    summed: tuple[str, ...]
    totalling: tuple[str, ...]
    exceeding: tuple[str, ...]
    than: tuple[str, ...]
    after: tuple[str, ...]
    trailing: tuple[str, ...]
    relative: tuple[str, ...]
    present: tuple[str, ...]
    staff: tuple[str, ...]
    latest: tuple[str, ...]
    employees: tuple[str, ...]
    ever: tuple[str, ...]
    people: tuple[str, ...]
    people_are: tuple[str, ...]
    adding: tuple[str, ...]
    different: tuple[str, ...]
    pipeline: tuple[str, ...]
    no_pipeline: tuple[str, ...]
    owning: tuple[str, ...]
    owned: tuple[str, ...]
    adverbial: tuple[str, ...]
    relative_who: tuple[str, ...]
    landing: tuple[str, ...]
    empty: tuple[str, ...]
    below: tuple[str, ...]
    one: tuple[str, ...]
    article: tuple[str, ...]
    single: tuple[str, ...]
    percent: tuple[str, ...]
    ago: frozenset[str]
    binding: frozenset[str]
    until: tuple[str, ...]
    across: tuple[str, ...]
    omitting: tuple[str, ...]
    excepting: tuple[str, ...]
    sending: tuple[str, ...]
    ways: tuple[str, ...]
    under_way: tuple[str, ...]
    habitual: tuple[str, ...]
    mailing: tuple[str, ...]
    passive: tuple[str, ...]
    not_done: tuple[str, ...]
    buying: tuple[str, ...]
    our_doing: tuple[str, ...]
    answering: tuple[str, ...]
    past: tuple[str, ...]
    two: tuple[str, ...]
    two_or_of: tuple[str, ...]
    two_led: tuple[str, ...]
    neither: tuple[str, ...]
    nor: tuple[str, ...]
    beginning: tuple[str, ...]
    bringing: tuple[str, ...]
    arriving: tuple[str, ...]
    infinitive: tuple[str, ...]
    us: tuple[str, ...]
    ourselves: tuple[str, ...]
    once: dict[str, float]
    times: tuple[str, ...]
    what: tuple[str, ...]
    selling: tuple[str, ...]
    whose: tuple[str, ...]
    sold: tuple[str, ...]
    ending: tuple[str, ...]
    day_of_closing: tuple[str, ...]
    whom: tuple[str, ...]
    daughters: tuple[str, ...]
    leading: frozenset[str]
    numbering: frozenset[str]


class Clearer(Page):
    """What to say beside, or in the place of, a word that leaves open which date of a deal is meant."""

    of: str
    created: str
    expected: str
    closed: str = ""


class Stretch(Page):
    """What to say behind an earlier time so that as much of it is meant as of one under way, or all of it.

    `of` is how words begin by which its language is told.
    """

    of: tuple[str, ...]
    same_day: str
    whole: str


class Remarks(Page):
    """What people say around a question: greetings, of whom they speak, what narrows it after all."""

    greeting: str
    speaking: str
    narrowing: str
    articles: str
    only: str
    unit: str
    whole_week: str
    copies: str
    logged: str
    counted: str
    every: str
    joining: str
    removing: str
    denying: str


class Words(Page):
    """playbook/words/insight.yaml."""

    about: dict[About, str]
    conditions: tuple[Entry, ...]
    outcomes: dict[str, tuple[str, ...]]
    outcomes_of_answers: tuple[str, ...]
    outcomes_of: dict[str, tuple[str, ...]]
    how: dict[str, str]
    rates: tuple[NamedRate, ...]
    columns: dict[str, str]
    extreme: dict[str, str]
    fields: dict[str, str]
    per: dict[str, str]
    who: str
    whom: dict[str, str]
    rows_by: dict[str, str]
    of_each: dict[str, str]
    totalled: dict[str, str]
    averaged: dict[str, tuple[str, ...]]
    newest_open: dict[str, str]
    what: dict[str, tuple[str, ...]]
    most: dict[str, tuple[str, ...]]
    words: dict[str, str]
    told_in: dict[Unit, str]
    numbers: dict[int, str]
    thousands: dict[int, str]
    remarks: Remarks
    parties: dict[str, str]
    shades: Shades
    clearer: tuple[Clearer, ...]
    stretches: tuple[Stretch, ...]
    reply_within_days: int
    initials: dict[str, str]
    compounds: str
    spellings: dict[str, str]
    weekdays: dict[str, str]
    weekdays_named: dict[str, str]
    beyond: tuple[Beyond, ...]

    def state(self, *values: str) -> Entry:
        """The words for deals of a state."""
        return next(e for e in self.conditions if e.field == "state" and e.values == values)

    @property
    def weekday_names(self) -> dict[str, str]:
        """Each day of the week as one names it by itself, with a word for it in whichever week."""
        return {
            word.strip(): f"{day.casefold()}s"
            for day, named in self.weekdays_named.items()
            for word in named.split(",")
        }


Word = About | Entry | NamedRate | Beyond | float | str
"""What a phrase of the playbook stands for."""


@cache
def words_in(playbook: Path) -> Words:
    """The grammar's words. Raises BadPlaybook."""
    return read_yaml(playbook / "words" / "insight.yaml", Words)


def listed(words: Words) -> Iterable[tuple[str, str, Word]]:
    """(phrases, kind, value); of a phrase that stands twice the first counts."""
    for beyond in words.beyond:
        yield beyond.words, "beyond", beyond
    for rate in words.rates:
        yield rate.words, "rate", rate
    for name, phrases in words.columns.items():
        yield phrases, "column", name
    for name, phrases in words.extreme.items():
        yield phrases, "extreme", name
    for entry in words.conditions:
        yield entry.words, "condition", entry
    for about, phrases in words.about.items():
        yield phrases, "about", about
    for name, phrases in words.how.items():
        yield phrases, "how", name
    for name, phrases in words.fields.items():
        yield phrases, "field", name
    for name, phrases in words.per.items():
        yield phrases, "per", name
    yield words.who, "who", "rep"
    for kind, phrases in words.words.items():
        yield phrases, *(("change", kind) if kind in CHANGES else (kind, kind))
    for unit, phrases in words.told_in.items():
        yield phrases, "told", unit.value
    for phrases in words.parties.values():
        yield phrases, "filler", "filler"
    for number, phrases in words.numbers.items():
        yield phrases, "number", float(number)
    yield words.remarks.greeting, "filler", "filler"
    yield words.remarks.whole_week, "filler", "filler"
