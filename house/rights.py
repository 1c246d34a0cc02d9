"""Which right a verb of the house needs, said above the verb."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from crm.access import Right
from wiring import Parts

S = TypeVar("S", bound=Parts)
P = ParamSpec("P")
R = TypeVar("R")
NEEDS = "__needs__"
AT_THE_MACHINE = "whoever sat at the machine"


def needs(right: Right) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """The verb, which raises NotAllowed for a viewer who does not hold the right, before anything is done."""

    def guard(verb: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(verb)
        def guarded(self: S, /, *args: P.args, **named: P.kwargs) -> R:
            self.viewer.needs(right)
            return verb(self, *args, **named)

        setattr(guarded, NEEDS, right)
        return guarded

    return guard


def who(parts: Parts) -> str:
    """Whose doing it is, for the trail."""
    return parts.viewer.name or AT_THE_MACHINE
