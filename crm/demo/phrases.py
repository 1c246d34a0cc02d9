"""What invented people say: the phrase bank, with its slots filled from a seeded dice."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.demo.vendor import TERRITORIES, Territory
from crm.playbook import Page, read_yaml


class Names(Page):
    """Word stems of company names; `second` by industry."""

    first: tuple[str, ...]
    second: dict[str, tuple[str, ...]]
    industries_weight: tuple[str, ...]


class People(Page):
    """Parts of people's names."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    titles: tuple[str, ...]


class Tongue(Page):
    """One language's phrases; `theirs` by topic."""

    hello: tuple[str, ...]
    wrote: str
    cold: tuple[str, ...]
    about: tuple[str, ...]
    nudge: tuple[str, ...]
    theirs: dict[str, tuple[str, ...]]
    ours: tuple[str, ...]
    notes: tuple[str, ...]
    no_answer: tuple[str, ...]
    voicemail: tuple[str, ...]
    gatekeeper: tuple[str, ...]
    internal: tuple[str, ...]
    meeting: tuple[str, ...]
    out_of_office: tuple[str, ...]
    out_of_office_subject: str
    short: tuple[str, ...]


class Bank(Page):
    """The whole phrase file."""

    companies: Names
    people: People
    signatures: tuple[str, ...]
    newsletters: tuple[str, ...]
    en: Tongue
    fr: Tongue
    de: Tongue
    es: Tongue
    it: Tongue

    @classmethod
    def read(cls, samples: Path) -> "Bank":
        return read_yaml(samples / "phrases.yaml", cls)

    def tongue(self, language: str) -> Tongue:
        found: Tongue = getattr(self, language)
        return found


DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì"),
}
MONTHS = {
    "en": ("January", "March", "May", "June", "September", "November"),
    "fr": ("janvier", "mars", "mai", "juin", "septembre", "novembre"),
    "de": ("Januar", "März", "Mai", "Juni", "September", "November"),
    "es": ("enero", "marzo", "mayo", "junio", "septiembre", "noviembre"),
    "it": ("gennaio", "marzo", "maggio", "giugno", "settembre", "novembre"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Fills the slots of a phrase for one account and one person."""

    bank: Bank
    dice: random.Random
    account: str
    rep: str
    first: str
    colleague: str
    product: str

    @property
    def territory(self) -> Territory:
        return TERRITORIES[self.rep]

    @property
    def tongue(self) -> Tongue:
        return self.bank.tongue(self.territory.language)

    def say(self, choices: tuple[str, ...]) -> str:
        """One of the choices, its slots filled."""
        return self.fill(self.dice.choice(choices))

    def fill(self, phrase: str) -> str:
        language = self.territory.language
        slots: dict[str, Any] = {
            "first": self.first,
            "rep": self.rep,
            "account": self.account,
            "colleague": self.colleague,
            "product": self.product,
            "n": self.dice.randint(2, 9),
            "money": f"{self.dice.randint(6, 48) * 500:,} {self.territory.currency}",
            "day": self.dice.choice(DAYS[language]),
            "month": self.dice.choice(MONTHS[language]),
            "site": self.dice.choice(self.territory.sites),
        }
        return phrase.format(**slots)
