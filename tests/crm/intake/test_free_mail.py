"""Mails of people whose addresses tell no company are counted, and find their home with a contact."""

from collections.abc import Callable
from pathlib import Path

from crm.intake.free_mail import FreeMail, free_mail
from crm.intake.ingest import Plan, ingest
from crm.records.store import Store

WriteCsv = Callable[..., Path]
OURS = Plan(our_domains=frozenset({"ourselves.example"}))
HEADER = "Subject,From,To,Date,Body,Company"
US = "una@ourselves.example"
ROWS = [
    ("Kilns", "irina.kiln@gmail.com", US, "2026-03-02", "Four kilns.", ""),
    ("Re: Kilns", US, "Irina <irina.kiln@gmail.com>", "2026-03-03", "Gladly.", ""),
    ("Wheel", "bo@gmx.de", US, "2026-03-04", "A wheel.", ""),
    ("Both", US, "bo@gmx.de; ana@quarry.example", "2026-03-05", "A company is on it.", ""),
    ("Named", "jo@gmail.com", US, "2026-03-06", "A column tells it.", "Jo Glass"),
    ("Down", "mailer-daemon@gmail.com", US, "2026-03-07", "Not delivered.", ""),
    ("Ours", US, "ben@ourselves.example", "2026-03-08", "Lunch?", ""),
]


def test_only_those_with_nobody_of_a_company(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("m.csv", HEADER, ROWS), store, OURS)
    assert free_mail(store, done.import_id) == FreeMail(3, ("irina.kiln@gmail.com", "bo@gmx.de"))
    assert free_mail(store, done.import_id + 1) == FreeMail(0, ())


def test_none_while_nobody_knows_which_side_is_ours(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("m.csv", HEADER, ROWS[:3]), store)
    assert free_mail(store, done.import_id) == FreeMail(0, ())


def test_a_contact_with_the_address_and_its_company_takes_them_home(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("m.csv", HEADER, ROWS), store, OURS)
    ingest(write_csv("k.csv", "account_name", [("Orlova Ceramics",)]), store, Plan("csv", "accounts"))
    contact = [("Irina Orlova", "Orlova Ceramics", "irina.kiln@gmail.com")]
    ingest(write_csv("c.csv", "contact_name,account,email", contact), store, Plan("csv", "contacts"))
    assert free_mail(store, done.import_id) == FreeMail(1, ("bo@gmx.de",))
