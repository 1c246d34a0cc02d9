"""Two figures set against each other: the difference, or the growth from the earlier to the later."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from crm.insight.frame import Change, Field, Figure, How, QueryFrame, When

COUNTED = (How.COUNT, How.DISTINCT, How.TOTAL)  # where a group is in one of the two only, it was 0 in the other


def base_first(frame: QueryFrame) -> bool:
    """Whether the first of the two compared is what the other is set against: the earlier of two times."""
    first, second = frame.versus
    if isinstance(first, When) and isinstance(second, When):
        return first.period.span[0] < second.period.span[0]
    return False


def change_between(frame: QueryFrame, earlier: Sequence[Figure], later: Sequence[Figure]) -> list[Figure]:
    """One figure for each group of the two. Growth from nothing is none."""
    then, now = ({(f.name, f.unit): f for f in found} for found in (earlier, later))
    missing = 0.0 if frame.how in COUNTED and not frame.each else None
    changed: list[Figure] = []
    for name, unit in dict.fromkeys((*now, *then)):
        before, after = then.get((name, unit)), now.get((name, unit))
        value = _change(frame, before.value if before else missing, after.value if after else missing)
        ids = (*(before.ids if before else ()), *(after.ids if after else ()))
        changed += [Figure(name, value, ids, unit)] if value is not None else []
    return changed


def change_in_turn(frame: QueryFrame, rows: Sequence[tuple[str, str, Figure]]) -> Iterable[Figure]:
    """Each time against the one before it, within its series; `rows` are (series, time, figure) in time order.

    Nothing is said of a time whose predecessor is missing.
    """
    last: dict[tuple[str, str], tuple[str, Figure]] = {}
    wanted = frame.group[0]
    for series, time, figure in rows:
        before = last.get((series, figure.unit))
        last[series, figure.unit] = (time, figure)
        if before is None or before[0] != previous(wanted, time):
            continue
        value = _change(frame, before[1].value, figure.value)
        if value is not None:
            yield Figure(figure.name, value, (*before[1].ids, *figure.ids), figure.unit)


def previous(wanted: Field, time: str) -> str:
    """The name of the day, week, month, quarter or year before."""
    match wanted:
        case Field.YEAR:
            return str(int(time) - 1)
        case Field.QUARTER:
            year, quarter = int(time[:4]), int(time[-1])
            return f"{year - 1}-Q4" if quarter == 1 else f"{year}-Q{quarter - 1}"
        case Field.MONTH:
            return f"{date.fromisoformat(f'{time}-01') - timedelta(days=1):%Y-%m}"
        case _:
            return (date.fromisoformat(time) - timedelta(days=7 if wanted is Field.WEEK else 1)).isoformat()


def _change(frame: QueryFrame, before: float | None, after: float | None) -> float | None:
    if before is None or after is None:
        return None
    if frame.change is Change.DIFFERENCE:
        return after - before
    return (after - before) / before if before else None
