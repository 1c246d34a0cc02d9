"""Who is meant where an export names an owner by an id or a mail address: the people of our own list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from crm.intake import cell_values
from crm.intake.sources import Draft
from crm.records import db

GIVEN_OWNER = "@owner"  # where a record keeps what its row says of the owner when our list has a name for it


class Rep(NamedTuple):
    """One of our list."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Owners:
    """Names by what may stand for them; what stands for two people stands for nobody."""

    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection) -> "Owners":
        c = db.reps.c
        return cls.of(Rep(*row) for row in connection.execute(select(c.id, c.name, c.email)))

    @classmethod
    def of(cls, reps: Iterable[Rep]) -> "Owners":
        """An id counts in every source that gives it to nobody else: users may come from another program."""
        found: dict[str, set[str]] = {}
        for rep in reps:
            for key in (rep.id, rep.id.partition(":")[2], rep.email):
                if key:
                    found.setdefault(key.casefold(), set()).add(rep.name)
        return cls({key: names.pop() for key, names in found.items() if len(names) == 1})

    def called(self, said: str, source: str) -> str:
        """The owner's name, or what the row says where nobody of ours is known by it."""
        key = cell_values.key(said, source == "salesforce")
        keys = (f"{source}:{key}".casefold(), key.casefold())
        return next((self.names[one] for one in keys if one in self.names), said) if said else said

    def on(self, draft: Draft) -> Draft:
        """The record with its owner's name, which keeps what the row said."""
        if not self.names or draft.refused:
            return draft
        said = draft.raw.owner if draft.raw else draft.columns.get("owner", "")
        called = self.called(said, draft.id.partition(":")[0])
        if called == said:
            return draft
        extra = {**draft.extra, GIVEN_OWNER: said}
        if draft.raw:
            return draft._replace(raw=draft.raw._replace(owner=called), extra=extra)
        return draft._replace(columns={**draft.columns, "owner": called}, extra=extra)


NO_OWNERS = Owners()
