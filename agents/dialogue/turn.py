"""A turn as a reading sees it, and as it was understood."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from agents.base import Toolbox
from agents.router import Route
from crm.nouns import Answer, Brief, Question, Scope, Turn

SLOT = re.compile(r"\{\w+\}")
EXPLAIN, COUNT = "explain", "count"


@dataclass(frozen=True, slots=True)
class Understood:
    """What is asked, about whom, and who answers.

    `task` is set when no agent is asked anew; `told` makes the brief, where no agent does.
    """

    question: Question
    scope: Scope
    route: Route
    task: str = ""
    told: Callable[[Toolbox], Brief] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A turn before it is understood; `scope` is what its words name, or what was made of them since.

    `typed` is the text as it came, where a pointer such as "the first one" has become a name since. `route` is the one
    so far. `masked` puts slots for the names, numbers and times in a text; `again` gives the brief behind the newest of
    some turns.
    """

    question: Question
    scope: Scope
    typed: str
    tools: Toolbox
    masked: Callable[[str], str]
    again: Callable[[Question, tuple[Turn, ...]], Brief]
    route: Route | None = None

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def before(self) -> Answer:
        """The answer before, an empty one without any."""
        return self.question.history[-1].answer if self.question.history else Answer("")

    def bare(self, text: str) -> str:
        """The text without the names, numbers and times in it."""
        return SLOT.sub(" ", self.masked(text)).strip()


def sure(route: str) -> Route:
    """A route that nothing is asked back for."""
    return Route(route, 1.0, False)
