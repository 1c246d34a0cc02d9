"""A second model for when the first one fails.

LangChain's `with_fallbacks` falls on any exception, in the middle of a stream too, and does not tell; here the second
model is asked only while no word has come, what went wrong is said, and tokens are counted for both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.errors import BudgetSpent, LLMNonsense, LLMTrouble
from crm.llm.door import LLM, Call, T


@dataclass(frozen=True, slots=True)
class Falling:
    """Asks the first model, and the second one when the first cannot be had."""

    first: LLM
    second: LLM

    @property
    def name(self) -> str:
        return self.first.name

    def stream(self, prompt: str, call: Call | None = None) -> Iterator[str]:
        used = call if call is not None else Call()
        came = False
        try:
            for piece in self.first.stream(prompt, used):
                came = came or bool(piece.strip())
                yield piece
            return
        except BudgetSpent:
            raise
        except LLMTrouble as trouble:
            if came:
                raise
            told = self._told(trouble)
        yield from self.second.stream(prompt, used)
        used.notes.append(told)

    def fill(self, prompt: str, shape: type[T], call: Call | None = None) -> T:
        """A form that was filled wrongly is no reason to fall: whoever asked may ask for less."""
        used = call if call is not None else Call()
        try:
            return self.first.fill(prompt, shape, used)
        except (BudgetSpent, LLMNonsense):
            raise
        except LLMTrouble as trouble:
            told = self._told(trouble)
        filled = self.second.fill(prompt, shape, used)
        used.notes.append(told)
        return filled

    def _told(self, trouble: LLMTrouble) -> str:
        return f"{trouble} {self.second.name} answered instead."
