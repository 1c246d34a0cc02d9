"""The records behind a plain count of activities, where these were asked for: "list our calls of last week"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from agents.base import Toolbox
from agents.numbered_evidence import Exhibits, Said
from agents.whose_log import names_on
from crm.insight.frame import About, Figures, How, QueryFrame
from crm.nouns import Activity

LISTED = 10
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """One record, as a line of an answer shows it."""

    day: date | None
    account: str
    who: str
    said: Said


def counts_records(frame: QueryFrame) -> bool:
    """Whether it counts activities and does nothing else with them."""
    parted = frame.group or frame.versus or frame.kept or frame.top or frame.change or frame.each or frame.are
    return frame.about is About.ACTIVITIES and frame.how is How.COUNT and not parted


def records_behind(found: Figures, shown: Exhibits, tools: Toolbox) -> list[Listed]:
    """The newest of the records that were counted, at most LISTED."""
    ids = [i for figure in found.rows for i in figure.ids]
    return [_line(a, shown, tools) for a in _newest(tools.store.activities_by_id(ids))[:LISTED]]


def _newest(activities: Sequence[Activity]) -> list[Activity]:
    return sorted(activities, key=lambda a: a.at or _UNDATED, reverse=True)


def _line(activity: Activity, shown: Exhibits, tools: Toolbox) -> Listed:
    account = tools.book.account_by_id.get(activity.account_id or "")
    day = activity.at.date() if activity.at else None
    return Listed(day, account.name if account else "", names_on(activity, tools.book), shown.record(activity))
