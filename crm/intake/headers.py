"""What a person said that the columns of a file mean, remembered for every file with the same columns."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crm.errors import BadSetting
from crm.intake.columns import AUTO, FIELDS, LayoutPage, columns, folded, record_of, said_as, said_kept
from crm.intake.readers import Table
from crm.records.store import Store

FACT = "columns_said"


@dataclass(frozen=True, slots=True)
class Said:
    """What the file holds, with the field that each of some columns means, by the column's folded name.

    An empty field: the column means nothing, though its name is known.
    """

    record: str
    fields: Mapping[str, str]

    def called(self, name: str) -> str:
        """The column as the column maps call it."""
        field = self.fields.get(folded(name))
        return name if field is None else said_as(field) if field else said_kept(name)


@dataclass(frozen=True, slots=True)
class Headers:
    """Everything that was said, by the signature of the columns."""

    said: Mapping[str, Said]

    @classmethod
    def read(cls, store: Store) -> "Headers":
        kept: Mapping[str, Mapping[str, Any]] = store.fact(FACT) or {}
        return cls({sign: Said(one["record"], one["fields"]) for sign, one in kept.items()})

    def of(self, header: Sequence[str]) -> Said | None:
        return self.said.get(signature(header))

    def on(self, table: Table, record: str) -> tuple[Table, str]:
        """The table with its columns called as the column maps call them, and what it holds."""
        said = self.of(table.header)
        if said is None or record not in (AUTO, said.record):
            return table, record
        return replace(table, header=tuple(map(said.called, table.header))), said.record


NOTHING_SAID = Headers({})
# What a table may tell in several columns of which a row fills one: call notes, meeting notes; won on, lost on.
SEVERAL = frozenset(
    {"subject", "body", "html", "notes", "outcome", "direction", "contact_emails", "contact_names", "closed_at"}
)


def remember(store: Store, header: Sequence[str], record: str, column: str, field: str) -> None:
    """One column's meaning from now on; an empty field: it means nothing. Raises BadSetting.

    What a column means by its name alone need not be said: saying it takes back that it means nothing, as an empty
    field takes back what a column of an unknown name means.
    """
    allowed = FIELDS.get(record_of(record))
    if allowed is None:
        raise BadSetting("Say what the file holds first: activities, accounts, contacts, deals or leads.")
    if field and field not in allowed:
        raise BadSetting(f"{record} have no {field}. They have: {', '.join(sorted(allowed))}.")
    if column not in header:
        raise BadSetting(f"The file has no column {column}.")
    before = Headers.read(store)
    said = before.of(header)
    if said and record_of(said.record) == record:
        record = said.record  # calls, where that was said before
    fields = {**said.fields} if said and said.record == record else {}
    now = _said_now(header, record, column, field, fields.pop(folded(column), None))
    if field not in SEVERAL:
        fields = {name: old for name, old in fields.items() if not old or old != field}
    if now is not None:
        fields[folded(column)] = now
    kept = {sign: {"record": one.record, "fields": {**one.fields}} for sign, one in before.said.items()}
    kept[signature(header)] = {"record": record, "fields": fields}
    store.put_fact(FACT, {sign: one for sign, one in kept.items() if one["fields"]})


def _said_now(header: Sequence[str], record: str, column: str, field: str, before: str | None) -> str | None:
    """What is to be remembered of the column; None where its name alone says it."""
    if not field:
        return "" if columns().knows(column, record_of(record)) else None
    by_name = columns().nearest(tuple(header), record).get(header.index(column), "")
    return None if before == "" and field == by_name else field


def signature(header: Sequence[str]) -> str:
    """The same for the same columns, whatever their order, case and punctuation."""
    names = "\n".join(sorted(folded(name) for name in header))
    return hashlib.blake2b(names.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def layout(record: str) -> LayoutPage:
    """The plain table of such records. Raises BadSetting when the playbook has none."""
    pages = (page for page in columns().sources if page.source == "csv")
    found = next((one for page in pages for one in page.layouts if one.record == record), None)
    if found is None:
        raise BadSetting(f"The playbook has no plain table of {record}.")
    return found
