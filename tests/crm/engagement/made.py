"""Activities for tests, in memory or in a store."""

from collections.abc import Iterable, Sequence

from crm.nouns import Activity, Engagement, Kind, Message, Side, Verdict
from crm.records.activity_row import row_of
from crm.records.db import activities
from crm.records.store import Store

ENGAGED, NOT_ENGAGED, ND = Engagement.ENGAGED, Engagement.NOT_ENGAGED, Engagement.ND


def activity(native_id: str, body: str, subject: str = "", side: Side = Side.UNKNOWN) -> Activity:
    message = Message(side, "", "", None, body, 0, (0, len(body)))
    return Activity(
        id=f"csv:{native_id}",
        native_id=native_id,
        source="csv",
        kind=Kind.EMAIL,
        raw_subject=subject,
        raw_body=body,
        subject=subject,
        messages=(message,) if body else (),
    )


def verdict(engagement: Engagement = ENGAGED, quote: str = "", by: str = "rule:test") -> Verdict:
    return Verdict(engagement, 0.9, "because a test says so", quote, by)


def put(store: Store, made: Iterable[Activity]) -> None:
    rest = {"matched_by": "", "row_hash": "", "import_id": 1, "extra": {}}
    with store.writing() as connection:
        for one in made:
            connection.execute(activities.delete().where(activities.c.id == one.id))
            connection.execute(activities.insert().values({**row_of(one), **rest}))


class ByWord:
    """A judge for tests: the first of these words that a record holds decides; it counts what it was shown."""

    policy = "by word"

    def __init__(self) -> None:
        self.shown: list[str] = []

    def judge(self, batch: Sequence[Activity]) -> list[Verdict]:
        self.shown += [a.id for a in batch]
        return [_by_word(a) for a in batch]


def _by_word(activity: Activity) -> Verdict:
    for word, engagement in (("yes", ENGAGED), ("no", NOT_ENGAGED)):
        if word in activity.raw_body:
            return Verdict(engagement, 0.9, f"It says {word}.", word, f"rule:{word}")
    return Verdict(ND, 0.4, "Neither yes or no.", activity.raw_body[:20], "model", undecided=True)
