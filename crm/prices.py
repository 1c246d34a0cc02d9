"""What a model's words cost: the playbook's price list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.playbook import Page, read_yaml

FILE = "prices.yaml"
MILLION = 1_000_000
LETTERS = 4  # characters of a token, roughly, in European languages


class Price(Page):
    """Dollars for a million tokens that go in or come out, up to and with a day."""

    name: str
    input: float
    output: float
    until: date | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """Dollars."""
        return (tokens_in * self.input + tokens_out * self.output) / MILLION


class Prices(Page):
    """The playbook's prices.yaml. `batch_share` is the part of these prices that batch mode costs."""

    about: str
    source: str
    as_of: date
    batch_share: float
    models: tuple[Price, ...]

    @classmethod
    def read(cls, playbook: Path) -> "Prices":
        """Raises BadPlaybook."""
        return read_yaml(playbook / FILE, cls)

    def of(self, name: str, day: date) -> Price | None:
        """The price of "provider:model" on a day; None when it is not listed."""
        model = name.partition(":")[2] or name
        listed = (p for p in self.models if p.name == model and (p.until is None or day <= p.until))
        return next(listed, None)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a job will cost, before it runs. `records` go to the model; `dollars` is None when no price is known."""

    model: str
    records: int
    requests: int
    tokens_in: int
    tokens_out: int
    dollars: float | None

    def told(self) -> str:
        """For a person who may still say no."""
        if not self.records:
            return "Expected: nothing goes to a model."
        price = "no price is known for it" if self.dollars is None else f"about {money(self.dollars)}"
        return (
            f"Expected: about {self.records:,} records in {self.requests:,} requests to {self.model}, "
            f"{self.tokens_in:,} tokens in and {self.tokens_out:,} out, {price}."
        )


def tokens_of(texts: Sequence[str]) -> int:
    """How many tokens these texts are, roughly."""
    return sum(len(text) for text in texts) // LETTERS


def money(dollars: float) -> str:
    """$0.0007, $0.42, $12.50: two figures that say something."""
    return f"${dollars:,.2f}" if dollars >= 0.1 or not dollars else f"${dollars:.4f}"
