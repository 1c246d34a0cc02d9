"""What every endpoint asks for: who calls, and the house as they may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from api.caller import Caller, Grant
from api.guard import caller_of
from api.problems import Trouble

if TYPE_CHECKING:
    from house import House

bearer = HTTPBearer(auto_error=False, description="A token from `python app.py token add NAME --scope read`")


@dataclass(frozen=True, slots=True)
class Asked:
    """One call's caller and house."""

    caller: Caller
    house: "House"

    @property
    def by(self) -> str:
        return self.caller.viewer.name


def needs(grant: Grant) -> Callable[..., Asked]:
    """Lets a call pass whose way in allows at least this much; the role is asked for further down."""

    def asked(request: Request, _: Annotated[object, Security(bearer)] = None) -> Asked:
        caller = caller_of(request)
        if not caller.grant.covers(grant):
            raise Trouble(403, f"This needs a token of scope {grant}; yours is of scope {caller.grant}.")
        return Asked(caller, request.app.state.house.seen_by(caller.viewer))

    return asked


Reads = Annotated[Asked, Depends(needs(Grant.READ))]
Writes = Annotated[Asked, Depends(needs(Grant.WRITE))]
