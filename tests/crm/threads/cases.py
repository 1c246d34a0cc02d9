"""A way to write a thread and what should come of it in few lines."""

from dataclasses import dataclass, field

from crm.nouns import Activity, Direction, Kind, Side
from crm.threads.thread import Ours, RawActivity, activity

US, THEM, MACHINE, UNKNOWN = Side.US, Side.THEM, Side.MACHINE, Side.UNKNOWN
NOBODY_KNOWN = Ours()
VENDOR = Ours(frozenset({"quillow.example"}), frozenset({"nora vance"}))

Said = tuple[Side, str, int, str]


@dataclass(frozen=True)
class Case:
    """A raw record, with (side, author, depth, own words) of each message it must become."""

    name: str
    body: str
    said: list[Said]
    subject: str = "Re: Pump survey"
    kind: Kind = Kind.EMAIL
    ours: Ours = field(default=NOBODY_KNOWN)
    direction: Direction = Direction.UNKNOWN
    owner: str = ""


def parsed(case: Case) -> Activity:
    raw = RawActivity("1", "csv", case.kind, case.subject, case.body, case.direction, owner=case.owner)
    return activity(raw, case.ours)


def said(case: Case) -> list[Said]:
    return [(m.side, m.author, m.depth, m.text) for m in parsed(case).messages]


def names(cases: list[Case]) -> list[str]:
    return [case.name for case in cases]
