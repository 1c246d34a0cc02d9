"""The invented vendor whose CRM this is: Tessera Flow, its people, its products, its calendar."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from crm.demo.rows import RepRow

NAME = "Tessera Flow"
DOMAIN = "tesseraflow.example"
FIRST_DAY = date(2025, 5, 1)
TODAY = date(2026, 10, 30)
PRODUCTS = {
    "Tessera Plan": (24_000, 180_000),
    "Tessera Dock": (9_000, 60_000),
    "Tessera Insight": (6_000, 40_000),
    "Tessera Care": (3_000, 20_000),
}
STAGES = ("Prospecting", "Discovery", "Proposal", "Negotiation", "Won", "Lost")


@dataclass(frozen=True, slots=True)
class Territory:
    """Where a rep sells, in which language and currency."""

    region: str
    language: str
    currency: str
    sites: tuple[str, ...]


TERRITORIES = {
    "Hanna Lindqvist": Territory("Nordics", "en", "EUR", ("Larvik", "Malmö", "Aarhus")),
    "Marco Bellini": Territory("Italy", "it", "EUR", ("Modena", "Ancona", "Bari")),
    "Priya Raman": Territory("US East", "en", "USD", ("Albany", "Dayton", "Newark")),
    "Tom Okafor": Territory("US West", "en", "USD", ("Fresno", "Reno", "Tacoma")),
    "Claire Dumont": Territory("France", "fr", "EUR", ("Lille", "Angers", "Valence")),
    "Jonas Weber": Territory("DACH", "de", "EUR", ("Ulm", "Kassel", "Linz")),
    "Sofia Ribeiro": Territory("Iberia", "es", "EUR", ("Zaragoza", "Getafe", "Braga")),
    "Daniel Kerr": Territory("UK and Ireland", "en", "GBP", ("Leeds", "Dundee", "Cork")),
}
_NORTH = ("Hanna Lindqvist", "Jonas Weber", "Daniel Kerr", "Claire Dumont")


def address(name: str, domain: str = DOMAIN) -> str:
    """first.last@domain without accents."""
    return f"{'.'.join(_plain(name).split())}@{domain}"


def domain_of(company: str) -> str:
    """The company's invented mail domain, under the reserved `.example`."""
    return f"{''.join(_plain(company).split())}.example"


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9 ]", "", letters)


def reps() -> list[RepRow]:
    """The eight who sell, with their managers."""
    return [
        RepRow(name, address(name), "Ingrid Solberg" if name in _NORTH else "Rafael Costa", territory.region)
        for name, territory in TERRITORIES.items()
    ]
