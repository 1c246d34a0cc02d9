"""What a chat model is to the rest of the house: words that stream, or a filled form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)


@dataclass
class Call:
    """One request as it goes down through the doors; what it used is filled in on the way back.

    `task` names the prompt. `model` is who answered in the end. Tokens and `cost` (dollars) add up over every model
    that was tried. `notes` are sentences that belong beside the answer.
    """

    task: str = ""
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    remembered: bool = False
    notes: list[str] = field(default_factory=list)

    def add(self, other: "Call") -> None:
        """What another request on behalf of this one used."""
        self.model = other.model or self.model
        self.tokens_in += other.tokens_in
        self.tokens_out += other.tokens_out
        self.cost += other.cost
        self.notes += other.notes


class LLM(Protocol):
    """A chat model. `name` is "provider:model"; both methods raise LLMTrouble and nothing else."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: str, call: Call | None = None) -> Iterator[str]: ...

    def fill(self, prompt: str, shape: type[T], call: Call | None = None) -> T: ...
