"""What is told of a record beside its verdict: whose it is, with whom and when it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crm.engagement.counterparts import Counterparts
from crm.intake.survey import Surveyed


@dataclass(frozen=True, slots=True)
class About:
    """What a result row's record is: its full id, as the store would have it, kind, owner, when, subject, with whom.

    `at` is ISO, a day alone where no hour was given; the account is the name that the file gives it, or the store's.
    """

    id: str = ""
    kind: str = ""
    owner: str = ""
    at: str = ""
    subject: str = ""
    account: str = ""
    contact: str = ""

    @property
    def day(self) -> str:
        """The day of it, without the hour."""
        return self.at[:10]


def when(at: datetime | None) -> str:
    """ISO, without the zone where it is UTC, which also stands for none; a midnight is a day without an hour."""
    if at is None:
        return ""
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return at.date().isoformat()
    return (at if at.utcoffset() else at.replace(tzinfo=None)).isoformat(timespec="seconds")


def rows_about(surveyed: Surveyed, people: Counterparts) -> Iterator[About]:
    """Of each row of a file, in its order; nothing of one that cannot be read."""
    for row in surveyed.table.rows():
        draft = surveyed.source.draft(row)
        raw = draft.raw
        if raw is None:
            yield About()
        else:
            yield About(
                id=draft.id,
                kind=raw.kind.value,
                owner=raw.owner,
                at=when(raw.at),
                subject=raw.raw_subject,
                account=draft.refs.account,
                contact=people.of_row(raw, draft.refs),
            )
