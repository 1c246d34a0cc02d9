"""A quote without a day has the day of the mail that it quotes, where that mail is on record."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.intake.ingest import Plan, ingest
from crm.nouns import Activity, Side
from crm.records.db import activities
from crm.records.store import Store

WriteCsv = Callable[..., Path]
ANSWER = "Thank you for the offer. I must discuss it with my brother first, we do not agree on the budget yet.\n\nKlaus"
SAID = "Thank you for the offer. I must discuss it with my brother first"
MAILS = {
    "theirs": ("2026-06-16 17:25", "Klaus Hall <klaus@hallbeck.example>", "Anke <anke@us.example>", ANSWER),
    "ours": (
        "2026-08-25 10:15",
        "Anke <anke@us.example>",
        "Klaus Hall <klaus@hallbeck.example>",
        f"You wrote in June. May I call?\n\nAnke\n\n> {SAID}",
    ),
    "of another": (
        "2026-08-26 09:00",
        "Anke <anke@us.example>",
        "Ole <ole@other.example>",
        f"Any news?\n\nAnke\n\n> {SAID}",
    ),
    "short": (
        "2026-08-27 10:15",
        "Anke <anke@us.example>",
        "Klaus Hall <klaus@hallbeck.example>",
        "Shall I come?\n\nAnke\n\n> Thank you for the offer.",
    ),
}
ACCOUNTS = [("A1", "Hallbeck", "hallbeck.example"), ("A2", "Other", "other.example")]


def told(store: Store) -> dict[str, date | None]:
    c = activities.c
    with store.reading() as connection:
        return {row[0]: row[1] and row[1].date() for row in connection.execute(select(c.raw_subject, c.told_at))}


def quoting(store: Store) -> Activity:
    return next(a for a in store.activities() if a.raw_subject == "ours")


@pytest.mark.parametrize("order", [("accounts", "theirs", "ours"), ("ours", "theirs", "accounts")])
def test_the_order_of_files_does_not_matter(store: Store, write_csv: WriteCsv, order: tuple[str, ...]) -> None:
    for name in order:
        if name == "accounts":
            ingest(write_csv("accounts.csv", "account_id,name,domain", ACCOUNTS), store)
            continue
        names = [one for one in MAILS if (one == "theirs") is (name == "theirs")]
        rows = [(one, *MAILS[one]) for one in names]
        ingest(
            write_csv(f"{name}.csv", "Subject,Date,From,To,Body", rows),
            store,
            Plan(kind="emails", our_domains=frozenset({"us.example"})),
        )
    assert [m.at and m.at.date() for m in quoting(store).messages] == [date(2026, 8, 25), date(2026, 6, 16)]
    assert told(store) == {"theirs": None, "ours": date(2026, 6, 16), "of another": None, "short": None}


def test_a_bare_quote_is_whose_the_mail_is_that_holds_its_words(store: Store, write_csv: WriteCsv) -> None:
    asked = "Can you tell me the lead time for the cranes?"
    answered = "Lead time is 14 weeks after approval of drawings."
    other = "Nobody here ever wrote this sentence to anybody."
    ours, theirs = "Anke <anke@us.example>", "Klaus Hall <klaus@hallbeck.example>"
    rows = [
        ("theirs", "2026-06-30 16:22", theirs, ours, f"Hi Anke,\nthanks for rev. B. {asked} Then we go on."),
        ("answer", "2026-07-02 08:40", ours, theirs, f"Hi Klaus\n\n{answered} I hope to hear from you.\n\nAnke"),
        ("chase", "2026-07-27 08:38", ours, theirs, f"Hi Klaus\n\nAny news?\n\nAnke\n\n> {answered}\n>> {asked}"),
        ("strange", "2026-07-28 08:38", ours, theirs, f"Hi Klaus\n\nAny news?\n\nAnke\n\n> {other}"),
    ]
    ingest(write_csv("accounts.csv", "account_id,name,domain", ACCOUNTS), store)
    plan = Plan(kind="emails", our_domains=frozenset({"us.example"}))
    ingest(write_csv("mails.csv", "Subject,Date,From,To,Body", rows), store, plan)
    found = {a.raw_subject: a.messages for a in store.activities()}
    assert [(m.side, m.address, m.at and m.at.date()) for m in found["chase"]] == [
        (Side.US, "anke@us.example", date(2026, 7, 27)),
        (Side.US, "anke@us.example", date(2026, 7, 2)),
        (Side.THEM, "klaus@hallbeck.example", date(2026, 6, 30)),
    ]
    assert [m.at for m in found["strange"][1:]] == [None]
    assert told(store) == {"theirs": None, "answer": None, "chase": date(2026, 6, 30), "strange": None}
