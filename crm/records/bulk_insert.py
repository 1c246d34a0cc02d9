"""Many rows into one table: the statement is made once, values go to the driver without a detour for each.

SQLAlchemy's own insert of many rows looks at every value of every row in Python, which costs more than storing it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnClause, TableClause
from sqlalchemy.engine import Connection, Dialect

Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Insert:
    """An INSERT of a dialect: those columns whose values the driver needs in another form; how it wants a row."""

    sql: str
    processors: tuple[tuple[str, Processor], ...]
    arranged: Callable[[Mapping[str, Any]], Any]

    def values(self, row: Mapping[str, Any]) -> Any:
        if not self.processors:
            return self.arranged(row)
        ready = dict(row)
        for name, process in self.processors:
            ready[name] = process(ready[name])
        return self.arranged(ready)


def insert(connection: Connection, table: TableClause, rows: Iterable[Mapping[str, Any]]) -> None:
    """Inserts rows that all have a value for every column of the table, by name."""
    prepared = _prepared(table, connection.dialect)
    values = [prepared.values(row) for row in rows]
    if values:
        connection.exec_driver_sql(prepared.sql, values)


@lru_cache(maxsize=64)
def _prepared(table: TableClause, dialect: Dialect) -> _Insert:
    columns: list[ColumnClause[Any]] = list(table.c)
    compiled = table.insert().compile(dialect=dialect, column_keys=[column.name for column in columns])
    names = tuple(compiled.positiontup or (column.name for column in columns))
    made = ((column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in columns)
    arranged = itemgetter(*names) if compiled.positional else dict
    return _Insert(str(compiled), tuple((n, p) for n, p in made if p), arranged)
