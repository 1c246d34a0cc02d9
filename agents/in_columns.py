"""Which records hold a value: customers in a region or in a county, also in a column that nothing is made of.

An import keeps every column. What none of its own fields took stands in the row as it came, under its own heading.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from agents.base import Toolbox
from agents.dialogue.manner import manner_asked
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.suggestions import suggest
from crm.nouns import Brief, Question
from crm.records import db

KINDS = ("accounts", "contacts", "deals", "leads")
OWN = {"accounts": ("region", "industry"), "leads": ("location", "industry")}  # fields that say where or what one is
MOST, MOST_VALUES = 20, 3  # names of a column, values that are told
LONGEST = 4  # words of a value, and of a cell that holds it among others: a remark is no value
LONGEST_CELL = 60  # letters
FEWEST = 3  # letters of a value
SIGN = re.compile(r"\b[A-Z]{2}\b")


@dataclass(frozen=True, slots=True)
class Held:
    """A column of one kind of record: how many rows of all hold what is asked for, and whose names these have.

    `own` says that the CRM has a field of that name; else `column` is a heading of the file that came. `more` hold it
    beside those named.
    """

    kind: str
    column: str
    own: bool
    values: tuple[str, ...]
    names: tuple[str, ...]
    count: int
    rows: int
    more: int = 0


def value_asked(text: str) -> tuple[str, ...]:
    """The words of which records are asked for by nothing else, such as a place; nothing where it is no such list."""
    words, lists = words_of(text), word_list("columns_asked")
    left, listed = without(words, {phrase for kind in KINDS for phrase in lists[kind]} | lists["who"])
    signs = {word for word in left if word.upper() in SIGN.findall(text)}  # US, and not "us"
    left = [word for word in left if word in signs or word not in lists["too"]]
    said = listed and 0 < len(left) <= LONGEST and (signs or max(map(len, left)) >= FEWEST)
    return tuple(left) if said and lists["judged"].isdisjoint(left) else ()


def held(text: str, tools: Toolbox) -> list[Held]:
    """The columns in which what is asked for stands, of the kinds that are asked for, else of all."""
    said = value_asked(text)
    if not said:
        return []
    words, lists = words_of(text), word_list("columns_asked")
    meant = [kind for kind in KINDS if without(words, lists[kind])[1]]
    found = [one for kind in meant for one in _columns(kind, said, tools)]
    return found or [one for kind in KINDS if kind not in meant for one in _columns(kind, said, tools)]


def in_columns(question: Question, found: Sequence[Held], tools: Toolbox) -> Brief:
    """The rows that hold it, each under its column's own heading."""
    suggestions = suggest(tools.playbook, question.language, ("pipeline_insights", "help"))
    facts = {"found": list(found)}
    return Brief("in_columns", question.text, facts, manner=manner_asked(question), suggestions=suggestions)


def _columns(kind: str, said: Sequence[str], tools: Toolbox) -> Iterator[Held]:
    table = db.RECORDS[kind]
    own = [table.c[name] for name in OWN.get(kind, ())]
    query = select(table.c.name, table.c.extra, *own).where(db.standing_rows(table)).order_by(table.c.number)
    with tools.store.reading() as connection:
        rows = connection.execute(query).all()
    found: defaultdict[tuple[str, bool], list[tuple[str, str]]] = defaultdict(list)
    for name, extra, *cells in rows:
        for column, cell, ours in (
            *_told(extra),
            *((c.name, str(v or ""), True) for c, v in zip(own, cells, strict=True)),
        ):
            if _holds(cell, column, said):
                found[column, ours].append((cell, name))
    for (column, ours), those in found.items():
        values = tuple(dict.fromkeys(cell for cell, _ in those))[:MOST_VALUES]
        names = tuple(name for _, name in those[:MOST])
        yield Held(kind, column, ours, values, names, len(those), len(rows), len(those) - len(names))


def _told(extra: Mapping[str, object] | None) -> Iterator[tuple[str, str, bool]]:
    return ((column, str(cell).strip(), False) for column, cell in (extra or {}).items())


def _holds(cell: str, column: str, said: Sequence[str]) -> bool:
    """Whether the cell is what is asked for, but for words of its heading or a word beside it: "Co. Westmeath"."""
    there = words_of(cell) if len(cell) <= LONGEST_CELL else []
    wanted = [w for w in said if w not in words_of(column)] or list(said)
    size = len(wanted)
    return len(there) <= LONGEST and any(there[at : at + size] == wanted for at in range(len(there) - size + 1))
