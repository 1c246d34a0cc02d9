"""How an account's log stood on a day: the last conversation, what we owe an answer to, what is to come."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agents.next_steps import waiting_days
from agents.owed import owed
from crm.engagement.labels import current
from crm.engagement.timeline import Touch, timeline
from crm.nouns import Activity, Engagement, Filter, Label, Period
from crm.records.store import Store

REMEMBERED = 1_000  # accounts whose standing is remembered: a few records of each


@dataclass(frozen=True, slots=True)
class Stood:
    """How an account's log stood: the last conversation, or the newest record that may be one; what is to come.

    `asked` are their last words while they wait for ours, `owed` what our note of the last talk leaves to us.
    """

    two_way: Touch | None
    asked: Touch | None
    owed: Touch | None
    meeting: Activity | None
    guessed: Activity | None

    @property
    def waits(self) -> Touch | None:
        """What shows that they wait for us."""
        return self.asked or self.owed


@lru_cache(maxsize=REMEMBERED)
def log_on(store: Store, account_id: str, until: date, state: tuple[object, ...]) -> Stood:
    """Read once for each state of the store: SQLite lets other threads go first at every row, so that a log of many
    rows is slow when ten people ask at once."""
    activities = tuple(store.activities(Filter(account_id=account_id, period=Period(None, until))))
    labels = current(store, [a.id for a in activities])
    line = timeline(activities, labels, until)
    guessed = next((a for a in activities if a.id in labels and _is_engaged(labels[a.id])), None)
    asked = line.inbound if waiting_days(line, until) is not None else None
    left = None if asked else owed(activities, labels, until)
    if left and line.inbound and line.inbound.at > left.at:
        left = None  # they declined since
    return Stood(line.two_way, asked, left, line.meeting, None if line.two_way else guessed)


def _is_engaged(label: Label) -> bool:
    """The label alone, sure or not."""
    return label.verdict.engagement is Engagement.ENGAGED
