"""Mails without a day, as Outlook exports them, have the day that a quote of them tells."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.engagement.labels import record
from crm.engagement.overview import pulses
from crm.engagement.timeline import timeline
from crm.intake.days_from_quotes import DAY_FROM, day_told_by
from crm.intake.ingest import Plan, ingest
from crm.intake.undo import undo_import
from crm.nouns import Engagement, Label, Verdict
from crm.records.db import activities
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "Subject,Body,From: (Name),From: (Address),To: (Name),To: (Address)"
ONE, OTHER = ("Anke Roth", "anke@us.example"), ("Klaus Hall", "klaus@hallbeck.example")
ORDER = "Please enter order 77 for six kits.\nShip them to the back dock.\n\nKlaus Hall"
QUOTED = """From: Klaus Hall <klaus@hallbeck.example>
Sent: Wednesday, August 12, 2026 11:47 AM
To: Anke Roth <anke@us.example>
Subject: RE: kits

Please enter order 77 for six kits."""
ASKED = """From: Anke Roth <anke@us.example>
Sent: Tuesday, August 11, 2026 9:26 AM
To: Klaus Hall <klaus@hallbeck.example>
Subject: kits

Do you want those kits?"""
INBOX = [
    ("RE: kits", f"{ORDER}\n\n{ASKED}", *OTHER, *ONE),
    ("drawing", "Please enter order 77 for six kits as well.\n\nKlaus Hall", *OTHER, *ONE),
]
SENT = [
    ("kits", "Do you want those kits?\n\nAnke Roth", ONE[0], "/o=Exchange/cn=anke", *OTHER),
    ("RE: kits", f"Got it, thank you.\n\nAnke Roth\n\n{QUOTED}", *ONE, *OTHER),
    ("valves", "Shall I send the valves?\n\nAnke Roth", *ONE, *OTHER),
]
JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 12), date(2026, 9, 30)


@pytest.fixture
def bring(store: Store, write_csv: WriteCsv) -> Callable[[str], int]:
    def one(name: str) -> int:
        if name == "accounts":
            return ingest(
                write_csv("a.csv", "account_name,domain", [("Hallbeck", "hallbeck.example")]), store
            ).import_id
        path = write_csv(f"{name}.csv", HEADER, INBOX if name == "inbox" else SENT)
        return ingest(path, store, Plan(our_domains=frozenset({"us.example"}))).import_id

    return one


def days(store: Store) -> dict[str, tuple[date | None, bool]]:
    """The day of each mail, by its title, with whether another mail told it."""
    c = activities.c
    with store.reading() as connection:
        rows = connection.execute(select(c.raw_subject, c.messages, c.at, c.extra).order_by(c.number)).all()
    by = {f"{r.raw_subject} {r.messages[0][1]}": r for r in rows}
    return {name: (r.at and r.at.date(), DAY_FROM in r.extra) for name, r in by.items()}


TOLD = {
    "RE: kits Klaus Hall": (AUGUST, True),
    "drawing Klaus Hall": (None, False),  # it begins alike, and goes on otherwise
    "kits Anke Roth": (date(2026, 8, 11), True),
    "RE: kits Anke Roth": (None, False),
    "valves Anke Roth": (None, False),
}


@pytest.mark.parametrize("order", list(permutations(("accounts", "inbox", "sent"))))
def test_a_mail_has_the_day_that_its_quote_tells_in_any_order(
    order: tuple[str, ...], bring: Callable[[str], int], store: Store
) -> None:
    for name in order:
        bring(name)
    assert days(store) == TOLD
    by = {a.raw_subject: (a.id, day_told_by(store, a.id)) for a in store.activities() if a.raw_subject != "RE: kits"}
    (answer,) = [a.id for a in store.activities() if a.raw_subject == "RE: kits" and a.at]
    assert (by["kits"][1], by["valves"][1]) == (answer, "")


def test_the_day_goes_with_the_mail_that_told_it(bring: Callable[[str], int], store: Store) -> None:
    bring("inbox")
    sent = bring("sent")
    undo_import(store, sent)
    assert {name: at for name, (at, _) in days(store).items()} == {
        "RE: kits Klaus Hall": None,
        "drawing Klaus Hall": None,
    }
    bring("sent")
    assert days(store) == TOLD


def test_the_same_words_twice_tell_no_day(bring: Callable[[str], int], store: Store, write_csv: WriteCsv) -> None:
    bring("sent")
    twice = [(title, body, *OTHER, *ONE) for title, body in (("RE: kits", ORDER), ("RE: kits", f"{ORDER} (again)"))]
    ingest(write_csv("twice.csv", HEADER, twice), store, Plan(our_domains=frozenset({"us.example"})))
    assert {at for name, (at, _) in days(store).items() if name.endswith("Klaus Hall")} == {None}


def test_words_of_another_writer_tell_no_day(bring: Callable[[str], int], store: Store, write_csv: WriteCsv) -> None:
    bring("sent")
    row = ("RE: kits", ORDER.replace("Klaus Hall", "Ida"), "Ida Voss", "ida@hallbeck.example", *ONE)
    ingest(write_csv("ida.csv", HEADER, [row]), store, Plan(our_domains=frozenset({"us.example"})))
    assert [at for name, (at, _) in days(store).items() if name.startswith("RE: kits Ida")] == [None]


def test_a_mail_of_ours_without_a_day_counts_when_they_wrote_what_it_quotes(
    bring: Callable[[str], int], store: Store
) -> None:
    bring("accounts")
    bring("sent")
    (quoting,) = [a for a in store.activities() if len(a.messages) > 1]
    assert quoting.at is None
    verdict = Verdict(Engagement.ENGAGED, 0.9, "they wrote", "Please enter order 77", "rule:test", False)
    record(store, [(quoting, verdict)], "p")
    (within,) = pulses(store, SEPTEMBER, since=JULY).values()
    assert (within.records, within.engaged, within.last_engaged, within.undated) == (1, 1, AUGUST, 0)
    assert pulses(store, date(2026, 8, 11), since=JULY) == {}
    label = Label(quoting.id, quoting.text_hash, "p", verdict, datetime(2026, 9, 1, tzinfo=UTC), "")
    seen = timeline([quoting], {quoting.id: label}, SEPTEMBER)
    assert seen.two_way is not None
    assert (seen.two_way.day, seen.two_way.quoted, seen.undated) == (AUGUST, True, 0)
    assert timeline([quoting], {quoting.id: label}, date(2026, 8, 11)).two_way is None
