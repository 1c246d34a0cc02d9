"""How values become words in a language: dates, figures, lists, quotes, citations.

Every value that a template prints passes `shown`; text from a record cannot reach an answer in any other way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from markupsafe import Markup
from pydantic import Field

from crm.errors import BadPlaybook
from crm.playbook import Page, read_yaml
from crm.quoting import folded, neutral, passage
from crm.tongue import Tongue

WORDS = "words/writing.yaml"
ELIDING = (8, 11)  # otto, undici
ENDS = (".", "!", "?", "…", '."', '!"', '?"', ".”", "!”", "?”", ".»", "!»", "?»", ".)")
LINE = 240  # characters of a quote that an answer shows; its source holds the whole


class Habits(Page):
    """What one language does with dates, lists, quotes and figures."""

    name: str
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    day: str
    and_: str = Field(alias="and")
    quotes: tuple[str, str]
    thousands: str
    decimal: str
    first: str = "1"
    before: Mapping[str, str] = Field(default_factory=dict)


class Languages(Page):
    """The playbook's words/writing.yaml."""

    languages: dict[str, Habits]


@cache
def languages(playbook: Path) -> Mapping[str, Habits]:
    """The habits of each language, read once."""
    return read_yaml(playbook / WORDS, Languages).languages


class Ready(Markup):
    """Text that is fit for an answer: made here from checked parts, and not escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's way with values. The methods are the filters of its templates."""

    habits: Habits
    tongue: Tongue

    def filters(self) -> dict[str, Callable[..., Ready]]:
        return {
            "day": self.day,
            "day_month": self.day_month,
            "number": self.number,
            "money": self.money,
            "listed": self.listed,
            "quote": self.quote,
            "cite": self.cite,
            "plural": self.plural,
            "said": self.said,
        }

    def shown(self, value: object) -> Markup:
        """Any value that may be printed as it is. Raises BadPlaybook for one that needs a word around it."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return Ready(neutral(value))
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        raise BadPlaybook(f"A template prints a {type(value).__name__}; it may print words, whole numbers and dates.")

    def day(self, value: date, word: str = "") -> Ready:
        """A day in full, behind a small word such as Italian "del" where one is given."""
        return Ready(self._behind(word, value) + self._written(value, str(value.year)))

    def day_month(self, value: date, word: str = "") -> Ready:
        """A day as one says it in a mail: without the year."""
        return Ready(self._behind(word, value) + self._written(value, "").strip().removesuffix(" de"))

    def _written(self, value: date, year: str) -> str:
        day = self.habits.first if value.day == 1 else str(value.day)
        return self.habits.day.format(day=day, month=self.habits.months[value.month - 1], year=year)

    def _behind(self, word: str, value: date) -> str:
        """The word with its blank; as it is elided before a number that is spoken with a vowel."""
        elided = self.habits.before.get(word.lower()) if value.day in ELIDING else None
        if elided is None:
            return f"{word} " if word else ""
        return elided.capitalize() if word[0].isupper() else elided

    def number(self, value: float) -> Ready:
        whole = f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:,.1f}"
        swapped = whole.replace(",", "\0").replace(".", self.habits.decimal).replace("\0", self.habits.thousands)
        return Ready(swapped)

    def money(self, value: float, currency: str) -> Ready:
        return Ready(f"{self.number(value)} {neutral(currency)}".strip())

    def listed(self, values: Sequence[object]) -> Ready:
        said = [self.shown(v) for v in values]
        if len(said) < 2:
            return Ready("".join(said))
        return Ready(", ".join(said[:-1]) + f" {self.habits.and_} {said[-1]}")

    def quote(self, value: str) -> Ready:
        """A literal quote in the language's marks; a long one ends with a sentence, or a clause and an ellipsis."""
        words = folded(value)
        short = passage(words, LINE)
        opening, closing = self.habits.quotes
        inside = neutral(f"“{short}")[1:]  # behind a mark nothing stands at the beginning of a line
        return Ready(f"{opening}{inside}{'' if short == words or short.endswith(ENDS) else ' …'}{closing}")

    def cite(self, number: int) -> Ready:
        return Ready(f"[{number}]")

    def said(self, value: str | Sequence[str]) -> Ready:
        """A sentence of ours, or the parts of a description, in the language."""
        return Ready(neutral(self.tongue.said(value) if isinstance(value, str) else self.tongue.listed(value)))

    def plural(self, count: int, one: str, many: str) -> Ready:
        return Ready(f"{self.number(count)} {one if count == 1 else many}")


def told(value: object) -> str:
    """Any fact as plain lines for a prompt: it is data there, and cannot close the fence it stands in."""
    if value is None:
        return "not known"
    if isinstance(value, str):
        return folded(value).replace("<", "&lt;").replace(">", "&gt;")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, Mapping):
        return "; ".join(f"{told(k)}: {told(v)}" for k, v in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return "; ".join(f"{f.name}: {told(getattr(value, f.name))}" for f in fields(value))
    if isinstance(value, (list, tuple, set, frozenset)):
        return "\n".join(f"- {told(v)}" for v in value) or "none"
    return str(value)
