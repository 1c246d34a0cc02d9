"""The rows of a rank from the bottom that have no record at all: "which rep lost the fewest deals" may be none."""

from collections.abc import Iterator
from datetime import date, timedelta

from crm.insight.frame import OF, TIMES, About, Column, Condition, Dated, Field, How, Limit, QueryFrame, When, Where

OF_REPS = (Field.REP, Field.MANAGER, Field.REP_REGION)
OF_ACCOUNTS = (Field.ACCOUNT, Field.ACCOUNT_TYPE, Field.ACCOUNT_REGION, Field.PARENT, Field.INDUSTRY)
OWN = (Column.EMPLOYEES, Column.REVENUE, Column.FOUNDED)
LISTED_BESIDE = (Field.PRODUCT, Field.NOTE, Field.STATUS, Field.LOCATION, Field.JOB_TITLE, Field.COMPANY_SIZE)


def counts_from_below(frame: QueryFrame) -> bool:
    """Whether it asks for the fewest of something, so that none is the fewest."""
    plain = frame.how is How.COUNT and frame.each is None and frame.kept is None and frame.change is None
    return plain and frame.ascending and frame.top is not None and len(frame.group) == 1


def all_rows(frame: QueryFrame) -> QueryFrame | None:
    """Over which records every such row is found: reps in their list, accounts in theirs; None where nothing tells."""
    if not counts_from_below(frame):
        return None
    wanted = frame.group[0]
    if wanted in OF_REPS:
        return _over(frame, About.REPS, OF_REPS)
    if wanted in OF_ACCOUNTS and frame.about is not About.LEADS:
        return _over(frame, About.ACCOUNTS, (*OF_REPS, *OF_ACCOUNTS))
    return _over(frame, frame.about, (wanted,)) if wanted in (*LISTED_BESIDE, Field.INDUSTRY) else None


def all_days(frame: QueryFrame) -> Iterator[date]:
    """Each day up to today of the one period that is named, where rows are times."""
    if not counts_from_below(frame) or frame.group[0] not in TIMES:
        return
    named = [c for c in frame.where if isinstance(c, When) and not c.missing and c.dated is not Dated.EXPECTED]
    if len(named) != 1 or (start := named[0].period.start) is None or (end := named[0].period.end) is None:
        return
    last = min(end, frame.as_of) if frame.as_of else end
    for off in range((last - start).days + 1):
        yield start + timedelta(days=off)


def _over(frame: QueryFrame, about: About, fields: tuple[Field, ...]) -> QueryFrame:
    """Those records, with what is said of the rows themselves and nothing else."""
    kept = tuple(c for c in frame.where if _is_of_rows(c, about, fields))
    return QueryFrame(about, where=kept, group=frame.group, as_of=frame.as_of)


def _is_of_rows(c: Condition, about: About, fields: tuple[Field, ...]) -> bool:
    """Said of the row, not of its records: its region, or the staff of an account."""
    if isinstance(c, Limit):
        return about is About.ACCOUNTS and c.column in OWN
    return isinstance(c, Where) and c.field in fields and c.field in OF[about]
