"""Who may do what: people, their roles, the rights of each role."""

from dataclasses import dataclass
from enum import StrEnum

from crm.errors import NotAllowed


class Role(StrEnum):
    """What somebody is here for."""

    REP = "rep"
    OPS = "ops"
    ADMIN = "admin"


class Right(StrEnum):
    """What a role may allow; the value completes "You may not ..."."""

    ASK = "ask about accounts"
    AUDIT = "audit files"
    CORRECT = "correct verdicts"
    IMPORT = "import records"
    EXPORT = "export records"
    MANAGE = "manage people or settings"
    ERASE = "erase people's data"


_REP = frozenset({Right.ASK})
_OPS = _REP | {Right.AUDIT, Right.CORRECT, Right.IMPORT, Right.EXPORT}
RIGHTS = {Role.REP: _REP, Role.OPS: _OPS, Role.ADMIN: frozenset(Right)}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in; the name is what conversations, corrections and the trail are kept under."""

    name: str
    role: Role

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def needs(self, right: Right) -> None:
        """Raises NotAllowed when the role does not hold the right."""
        if not self.may(right):
            raise NotAllowed(f"You may not {right.value} as {self.role.value}. Ask an administrator for it.")


ALONE = Viewer("", Role.ADMIN)  # nobody signs in: whoever sits at this machine, which serves itself only
