"""The hand-written accounts: one YAML file each, read into rows."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from crm.demo.rows import AccountRow, ActivityRow, ContactRow, Crm, DealRow
from crm.playbook import Page, read_yaml


class StoryAccount(Page):
    """The company a story is about."""

    name: str
    industry: str
    region: str
    employees: int
    revenue: float
    owner: str
    domain: str


class StoryContact(Page):
    """One of its people."""

    name: str
    email: str
    title: str = ""
    phone: str = ""
    opted_out: bool = False


class StoryDeal(Page):
    """One of its deals; `closed` is the expected day while the deal is open."""

    name: str
    stage: str
    amount: int
    currency: str
    product: str
    owner: str
    created: date
    closed: date | None = None


class StoryActivity(Page):
    """One entry of its log. `account` is set only where the CRM has it wrong or not at all."""

    at: datetime
    type: str
    subject: str
    body: str = ""
    direction: str = ""
    outcome: str = ""
    duration_s: int | None = None
    owner: str
    contacts: tuple[str, ...] = ()
    account: str | None = None


class Story(Page):
    """A whole file: what there is to discover, then the records."""

    story: str
    account: StoryAccount
    contacts: tuple[StoryContact, ...]
    deals: tuple[StoryDeal, ...] = ()
    activities: tuple[StoryActivity, ...]


def add_stories(crm: Crm, folder: Path) -> None:
    """Adds every story of the folder, in the order of the file names. Raises BadPlaybook."""
    for path in sorted(folder.glob("*.yaml")):
        _add(crm, read_yaml(path, Story))


def _add(crm: Crm, story: Story) -> None:
    account_id = f"A{len(crm.accounts) + 1:03d}"
    owner = story.account.owner
    crm.accounts.append(AccountRow(account_id, **story.account.model_dump()))
    for person in story.contacts:
        crm.contacts.append(
            ContactRow(
                f"C{len(crm.contacts) + 1:04d}",
                account_id,
                person.name,
                person.email,
                person.title,
                person.phone,
                owner,
                "true" if person.opted_out else "",
            )
        )
    for deal in story.deals:
        said = deal.model_dump(exclude={"created", "closed"})
        number = f"D{len(crm.deals) + 1:04d}"
        crm.deals.append(DealRow(number, account_id, **said, created_date=deal.created, close_date=deal.closed or ""))
    crm.activities.extend(_activities(story))


def _activities(story: Story) -> Iterator[ActivityRow]:
    for entry in story.activities:
        yield ActivityRow(
            hs_object_id="",
            crm_subject=entry.subject,
            crm_description=entry.body.rstrip("\n"),
            crm_subtype=entry.type,
            activity_date=entry.at,
            direction=entry.direction,
            outcome=entry.outcome,
            duration_s="" if entry.duration_s is None else entry.duration_s,
            owner=entry.owner,
            contact_emails=";".join(entry.contacts),
            account=story.account.name if entry.account is None else entry.account,
        )
