"""Rows to one figure: counted, added up, averaged, shared; straight or for each of something first."""

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.insight.frame import How, QueryFrame

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One record that matches.

    `unit` is the money's currency, `counted` tells whether it is in a share's counted part, `each` is of what an
    average of counts is taken (empty where the record has none, or where none is asked).
    """

    id: str
    group: Group
    unit: str
    value: Any
    counted: bool
    each: str = ""


def aggregate(frame: QueryFrame, rows: Sequence[Row]) -> float | None:
    """The figure of one group. None when nothing can be computed: no value on record, or a share of nothing."""
    if frame.each is None:
        return _share(frame, rows) if frame.how is How.SHARE else _over(frame.how, [r.value for r in rows])
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row.each].append(row)
    inner = How.COUNT if frame.of is None else How.TOTAL
    return _over(frame.how, [_over(inner, [r.value for r in part]) for part in parts.values()])


def size(frame: QueryFrame, rows: Sequence[Row]) -> float:
    """What each group's share is taken of: the number of rows, or the sum of their values."""
    return math.fsum(r.value for r in rows if r.value is not None) if frame.of else len(rows)


def _share(frame: QueryFrame, rows: Sequence[Row]) -> float | None:
    whole = size(frame, rows)
    return size(frame, [r for r in rows if r.counted]) / whole if whole else None


def _over(how: How, values: Sequence[Any]) -> float | None:
    known = [v for v in values if v is not None]
    match how:
        case How.COUNT:
            return len(values)
        case How.DISTINCT:
            return len({v for value in known for v in (value if isinstance(value, list) else [value]) if v != ""})
        case _ if not known:
            return None
        case How.TOTAL:
            return math.fsum(known)
        case How.MEAN:
            return math.fsum(known) / len(known)
        case How.MEDIAN:
            return float(statistics.median(known))
        case How.MOST:
            return float(max(known))
        case _:
            return float(min(known))
