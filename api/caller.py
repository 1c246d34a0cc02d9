"""Who is at a door: a viewer, how they came, what their way in allows."""

from dataclasses import dataclass
from enum import StrEnum

from crm.access import ALONE, Role, Viewer


class Grant(StrEnum):
    """What a way in allows at the most; the viewer's role may allow less."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, wanted: "Grant") -> bool:
        order = list(Grant)
        return order.index(self) >= order.index(wanted)


ROLE_OF = {Grant.READ: Role.REP, Grant.WRITE: Role.OPS, Grant.ADMIN: Role.ADMIN}
"""The role of a token when none was named for it."""


class Way(StrEnum):
    """How somebody came in."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a word, no secret
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, with the most that their way in allows."""

    viewer: Viewer
    grant: Grant
    way: Way


SITTING_HERE = Caller(ALONE, Grant.ADMIN, Way.ALONE)
