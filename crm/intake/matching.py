"""The rules of `matching.yaml`, apart from those who follow them: whoever parses rows needs no database."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from crm.intake.columns import COLUMNS
from crm.playbook import Page, read_yaml
from crm.threads import phrases

RuleName = Literal[
    "contact", "account id", "domain", "name", "similar name", "name as domain", "short name", "deal", "person"
]


class Similar(Page):
    """How close a name must be to be taken for another, in RapidFuzz points of 100."""

    at_least: float = Field(ge=50, le=100)
    ahead_by: float = Field(ge=0, le=50)


class Short(Page):
    """Which names are long enough, and tell enough, to be the beginning of another.

    `generic` words alone tell none; `small` ones stand between the others.
    """

    fewest_letters: int = Field(ge=1)
    generic: frozenset[str]
    small: frozenset[str]


class Matching(Page):
    """`matching.yaml`."""

    rules: list[RuleName]
    short: Short
    similar: Similar
    legal_forms: list[str]
    heads: list[str]
    shared_mailboxes: frozenset[str]

    @property
    def free_mail(self) -> frozenset[str]:
        """Mail domains that tell nothing about a company."""
        return phrases.names().free_mail


@cache
def matching(folder: Path = COLUMNS) -> Matching:
    """The rules, read once. Raises BadPlaybook."""
    return read_yaml(folder / "matching.yaml", Matching)
