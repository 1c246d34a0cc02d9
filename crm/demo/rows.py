"""The rows of the sample files: a field is a column."""

import csv
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of accounts.csv."""

    account_id: str
    name: str
    industry: str
    region: str
    employees: int
    revenue: float
    owner: str
    domain: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A line of contacts.csv."""

    contact_id: str
    account_id: str
    name: str
    email: str
    title: str
    phone: str
    owner: str
    opted_out: str = ""


@dataclass(frozen=True, slots=True)
class DealRow:
    """A line of deals.csv."""

    deal_id: str
    account_id: str
    name: str
    stage: str
    amount: int
    currency: str
    product: str
    owner: str
    created_date: date
    close_date: date | str


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A line of leads.csv."""

    id: str
    name: str
    email: str
    company: str
    industry: str
    job_title: str
    company_size: str
    location: str
    last_contact: date | str
    notes: str
    status: str
    owner: str
    created_date: date


@dataclass(frozen=True, slots=True)
class RepRow:
    """A line of reps.csv."""

    name: str
    email: str
    manager: str
    region: str


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A line of activities.csv, in the seed format with the claims that real CRMs add to it."""

    hs_object_id: str
    crm_subject: str
    crm_description: str
    crm_subtype: str
    activity_date: datetime
    direction: str = ""
    outcome: str = ""
    duration_s: int | str = ""
    owner: str = ""
    contact_emails: str = ""
    account: str = ""

    @property
    def content(self) -> tuple[str, str, str]:
        """What makes two rows duplicates in a real export."""
        return self.crm_subject, self.crm_description, self.crm_subtype


@dataclass(slots=True)
class Crm:
    """All six files while they are being made."""

    reps: list[RepRow] = field(default_factory=list)
    accounts: list[AccountRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    deals: list[DealRow] = field(default_factory=list)
    leads: list[LeadRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Six CSV files, the activities in time order."""
        folder.mkdir(parents=True, exist_ok=True)
        for part in fields(self):
            rows: list[Any] = getattr(self, part.name)
            write_rows(folder / f"{part.name}.csv", rows)


def write_rows(path: Path, rows: Iterable[Any]) -> None:
    """One CSV file, its header taken from the first row's fields."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number, row in enumerate(rows):
            if number == 0:
                writer.writerow(asdict(row))
            writer.writerow(_cell(value) for value in astuple(row))


def _cell(value: object) -> object:
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value
