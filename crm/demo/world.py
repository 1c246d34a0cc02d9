"""The generated accounts around the stories: companies, people, deals, leads, their logs."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from crm.demo import plots
from crm.demo.phrases import Bank, Voice
from crm.demo.plots import Cast
from crm.demo.rows import AccountRow, ActivityRow, ContactRow, Crm, DealRow, LeadRow
from crm.demo.vendor import FIRST_DAY, PRODUCTS, STAGES, TERRITORIES, TODAY, address, domain_of

Episode = Callable[[Cast, datetime], Iterator[ActivityRow]]
DAYS = (TODAY - FIRST_DAY).days
MOST_WAITED = 90  # days from a lead's creation to its last contact

# How often each episode begins, by the account's temper: the mix that gives the shape of a real export.
_COMMON: dict[Episode, int] = {
    plots.dials: 4,
    plots.chores: 7,
    plots.campaign: 6,
    plots.unclear: 5,
    plots.machines: 4,
}
TEMPERS: dict[str, dict[Episode, int]] = {
    "warm": {**_COMMON, plots.answered: 11, plots.talked: 5, plots.met: 5, plots.sequence: 2, plots.misfiled: 1},
    "cool": {**_COMMON, plots.answered: 4, plots.talked: 2, plots.met: 2, plots.sequence: 5},
    "cold": {**_COMMON, plots.sequence: 6},
}


def add_accounts(crm: Crm, bank: Bank, count: int) -> None:
    """Fills up with invented companies until there are `count`; each seeded by its own number."""
    taken = {a.name for a in crm.accounts}
    reps = list(TERRITORIES)
    while len(crm.accounts) < count:
        number = len(crm.accounts) + 1
        dice = random.Random(f"account {number}")  # noqa: S311 - a reproducible story, not a secret
        industry = dice.choice(bank.companies.industries_weight)
        rep = reps[number % len(reps)]
        name = f"{dice.choice(bank.companies.first)} {dice.choice(bank.companies.second[industry])}"
        if name in taken:
            name = f"{name} {dice.choice(TERRITORIES[rep].sites)} {number}"
        taken.add(name)
        employees = int(dice.lognormvariate(5.3, 1.0)) + 12
        revenue = round(employees * dice.uniform(0.12, 0.4), 1)
        account = AccountRow(
            f"A{number:03d}", name, industry, TERRITORIES[rep].region, employees, revenue, rep, domain_of(name)
        )
        crm.accounts.append(account)
        _add_people(crm, bank, account, dice)


def _add_people(crm: Crm, bank: Bank, account: AccountRow, dice: random.Random) -> None:
    for _ in range(dice.randint(2, 5)):
        name = f"{dice.choice(bank.people.first)} {dice.choice(bank.people.last)}"
        number = len(crm.contacts) + 1
        phone = f"+00 555 01{number % 100:02d}"
        mail = address(name, account.domain)
        title = dice.choice(bank.people.titles)
        out = "true" if dice.random() < 0.03 else ""
        crm.contacts.append(
            ContactRow(f"C{number:04d}", account.account_id, name, mail, title, phone, account.owner, out)
        )


def add_deals(crm: Crm, count: int, storied: int) -> None:
    """Deals in all stages, spread over the accounts after the first `storied`; a closed one closed in the past."""
    dice = random.Random("deals")  # noqa: S311
    while len(crm.deals) < count:
        account = dice.choice(crm.accounts[storied:])
        product = dice.choice(sorted(PRODUCTS))
        created = FIRST_DAY + timedelta(days=dice.randrange(DAYS - 10))
        stage = dice.choices(STAGES, weights=(10, 14, 12, 8, 30, 26))[0]
        closed = created + timedelta(days=dice.randint(20, 260))
        if closed > TODAY and stage in ("Won", "Lost"):
            stage = "Negotiation"
        low, high = PRODUCTS[product]
        amount = dice.randrange(low, high, 500)
        currency = TERRITORIES[account.owner].currency
        crm.deals.append(
            DealRow(
                f"D{len(crm.deals) + 1:04d}",
                account.account_id,
                f"{account.name} - {product}",
                stage,
                amount,
                currency,
                product,
                account.owner,
                created,
                closed if stage in ("Won", "Lost") else max(closed, TODAY + timedelta(days=dice.randint(7, 150))),
            )
        )


def add_leads(crm: Crm, bank: Bank, count: int) -> None:
    """Leads from companies that are no accounts; a third of them with gaps."""
    dice = random.Random("leads")  # noqa: S311
    sources = ("Webinar", "Trade fair in May", "Website form", "Referral", "Downloaded the dock guide", "")
    sizes = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1000+")
    for number in range(1, count + 1):
        rep = dice.choice(list(TERRITORIES))
        industry = dice.choice(sorted(bank.companies.second))
        company = f"{dice.choice(bank.companies.first)} & {dice.choice(bank.people.last)}"
        name = f"{dice.choice(bank.people.first)} {dice.choice(bank.people.last)}"
        touched = TODAY - timedelta(days=dice.randint(0, DAYS))
        waited = random.Random(f"lead {number}").randint(0, MOST_WAITED)  # noqa: S311
        gap = dice.random() < 0.33
        crm.leads.append(
            LeadRow(
                f"L{number:04d}",
                name,
                "" if gap and dice.random() < 0.3 else address(name, domain_of(company)),
                company,
                "" if gap else industry,
                "" if gap and dice.random() < 0.6 else dice.choice(bank.people.titles),
                "" if gap else dice.choice(sizes),
                dice.choice(TERRITORIES[rep].sites),
                "" if dice.random() < 0.2 else touched,
                dice.choice(sources),
                dice.choice(("New", "Working", "Nurturing", "Qualified", "Unqualified")),
                rep,
                touched - timedelta(days=waited),
            )
        )


def add_activities(crm: Crm, bank: Bank, count: int, storied: int) -> None:
    """Episodes for the accounts after the first `storied` ones, until the log has about `count` entries."""
    people: dict[str, list[ContactRow]] = {}
    for contact in crm.contacts:
        people.setdefault(contact.account_id, []).append(contact)
    rest = crm.accounts[storied:]
    missing = count - len(crm.activities)
    for turn, account in enumerate(rest):
        dice = random.Random(f"log {account.account_id}")  # noqa: S311
        temper = dice.choices(tuple(TEMPERS), weights=(4, 4, 3))[0]
        share = missing * (turn + 1) // len(rest) - missing * turn // len(rest)
        crm.activities.extend(_log(bank, account, people[account.account_id], dice, TEMPERS[temper])[:share])


def _log(
    bank: Bank, account: AccountRow, people: list[ContactRow], dice: random.Random, mix: dict[Episode, int]
) -> list[ActivityRow]:
    """More than enough episodes of one account, none of them after today but planned meetings."""
    found: list[ActivityRow] = []
    product = dice.choice(sorted(PRODUCTS))
    while len(found) < 400:
        person, other = dice.choice(people), dice.choice(people)
        voice = Voice(bank, dice, account.name, account.owner, person.name.split()[0], other.name, product)
        day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        day -= timedelta(days=max(0, day.weekday() - 4))
        at = datetime.combine(day, time(dice.randint(8, 17), dice.randrange(60)))
        episode = dice.choices(tuple(mix), weights=tuple(mix.values()))[0]
        found.extend(
            row for row in episode(Cast(voice, account, person, dice), at) if row.activity_date.date() <= TODAY
        )
    return found
