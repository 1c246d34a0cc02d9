"""Full-text search over the store: BM25 by SQLite's FTS5.

Words reach FTS5 in quotes and made of letters and digits only: whatever is typed, nothing can be an operator.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, bindparam, text
from sqlalchemy.engine import Connection

_MATCH = "activities_fts MATCH :words"
_AMONG = "+rowid IN (SELECT value FROM json_each(:among))"  # the plus: else each number is looked up on its own
_RANKED = "SELECT rowid, rank FROM activities_fts WHERE {where} ORDER BY rank, rowid DESC LIMIT :most"
_COUNT = "SELECT count(*) FROM activities_fts WHERE {where}"
_TEXTS = text(
    "SELECT rowid, substr(subject || char(10) || body || char(10) || people, 1, :most) AS said "
    "FROM activities_fts WHERE rowid IN :numbers"
).bindparams(bindparam("numbers", expanding=True))
_MOST_READ = 200_000  # characters of one record
_WRITTEN = """
SELECT activities.id, substr(fts.subject, 1, :most), substr(fts.body, 1, :most),
       substr(fts.people || char(10) || coalesce(accounts.name, ''), 1, :most),
       coalesce(accounts.industry, '') || char(10) || coalesce(accounts.region, '') || char(10) || coalesce((
           SELECT group_concat(title, char(10)) FROM contacts
           WHERE contacts.id IN (SELECT value FROM json_each(activities.contact_ids))), '')
FROM activities_fts AS fts JOIN activities ON activities.number = fts.rowid
LEFT JOIN accounts ON accounts.id = activities.account_id
"""
_ALL_WRITTEN = text(_WRITTEN + "ORDER BY activities.at IS NULL, activities.at DESC, activities.number")
_SOME_WRITTEN = text(_WRITTEN + "WHERE activities.id IN :ids").bindparams(bindparam("ids", expanding=True))


@dataclass(frozen=True, slots=True)
class Written:
    """Everything by whose words an activity is found; `people` are the names and addresses on it, and its account.

    `described` is who that is: the account's sector and region, the titles of its people on the activity.
    """

    record_id: str
    subject: str
    body: str
    people: str
    described: str


def written(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[Written]:
    """Of some activities, or of all, newest first."""
    asked = {"most": _MOST_READ} | ({} if ids is None else {"ids": list(ids)})
    for row in connection.execute(_ALL_WRITTEN if ids is None else _SOME_WRITTEN, asked):
        yield Written(*row)


@dataclass(frozen=True, slots=True)
class FullText:
    """The full-text index in one snapshot of the store; `among`, a JSON list, narrows it to these activity numbers."""

    connection: Connection
    among: str | None = None

    @classmethod
    def over(cls, connection: Connection, numbers: Iterable[int] | None) -> "FullText":
        return cls(connection, None if numbers is None else json.dumps(list(numbers)))

    def any_of(self, units: Iterable[str], most: int) -> dict[int, float]:
        """The best activities that hold at least one of the words or phrases; the better, the greater."""
        return self._ranked(" OR ".join(map(_quoted, units)), most)

    def all_of(self, units: Iterable[str], most: int) -> dict[int, float]:
        """The best activities that hold every one."""
        return self._ranked(" AND ".join(map(_quoted, units)), most)

    def counts(self, units: Sequence[str]) -> dict[str, int]:
        """In how many activities each stands."""
        return {unit: int(self._run(_COUNT, _quoted(unit)).scalar_one()) for unit in units}

    def texts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Everything that is searched of these activities."""
        rows = self.connection.execute(_TEXTS, {"numbers": list(numbers), "most": _MOST_READ}).mappings()
        return {row["rowid"]: row["said"] for row in rows}

    def _ranked(self, words: str, most: int) -> dict[int, float]:
        return {row[0]: -row[1] for row in self._run(_RANKED, words, most=most)} if words else {}

    def _run(self, query: str, words: str, **values: int) -> CursorResult[*tuple[Any, ...]]:
        if self.among is None:
            return self.connection.execute(text(query.format(where=_MATCH)), {"words": words, **values})
        narrowed = {"words": words, "among": self.among, **values}
        return self.connection.execute(text(query.format(where=f"{_MATCH} AND {_AMONG}")), narrowed)


def _quoted(unit: str) -> str:
    return '"' + unit.replace('"', '""') + '"'
