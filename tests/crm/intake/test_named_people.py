"""People whom activities name become contacts of their account, once somebody says so."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from crm.intake.ingest import Plan, ingest
from crm.intake.named_people import NamedPerson, people_named, write_people
from crm.records import db
from crm.records.book import Book
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "Nummer,Text,Art,Datum,Kunde,Ansprechpartner,Email"
ROWS = [
    ("1", "Rückruf am Montag", "Anruf", "2026-03-02", "Hallbach Pumpen", "Jutta Kern", "jutta@hallbach.example"),
    ("2", "Angebot bestellt", "Anruf", "2026-03-03", "Hallbach Pumpen", "Kern, Jutta", ""),
    ("3", "Termin", "Termin", "2026-03-04", "Hallbach Pumpen", "Karl Möller; Jutta Kern", ""),
    ("4", "Frage", "Anruf", "2026-03-05", "", "Ohne Firma", ""),
]


def stored(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("k.csv", "account_name", [("Hallbach Pumpen",)]), store, Plan("csv", "accounts"))
    ingest(write_csv("a.csv", HEADER, ROWS, mark=";"), store)


def test_each_person_of_an_account_once(store: Store, write_csv: WriteCsv) -> None:
    stored(store, write_csv)
    assert people_named(store) == [
        NamedPerson("Jutta Kern", "Hallbach Pumpen", "jutta@hallbach.example", 3),
        NamedPerson("Karl Möller", "Hallbach Pumpen", "", 1),
    ]


def test_whom_they_name_is_on_the_record_as_soon_as_they_are_contacts(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    stored(store, write_csv)
    assert write_people(store, tmp_path / "people.csv") == 2
    ingest(tmp_path / "people.csv", store, Plan("csv", "contacts"))
    assert people_named(store) == []
    name = {c.id: c.name for c in Book.read(store).contacts}
    there = {a.raw_body: sorted(name[i] for i in a.contact_ids) for a in store.activities()}
    assert there == {
        "Rückruf am Montag": ["Jutta Kern"],
        "Angebot bestellt": ["Jutta Kern"],
        "Termin": ["Jutta Kern", "Karl Möller"],
        "Frage": [],
    }


def test_a_name_that_two_people_of_an_account_have_says_nothing(store: Store, write_csv: WriteCsv) -> None:
    stored(store, write_csv)
    same = [("Jutta Kern", "Hallbach Pumpen", f"{n}@hallbach.example") for n in range(2)]
    ingest(write_csv("c.csv", "contact_name,account,email", same), store, Plan("csv", "contacts"))
    assert [a.contact_ids for a in store.activities() if a.raw_body == "Angebot bestellt"] == [()]


MAILBOX = "Subject,Sender,Recipients,CC,Date,Body"
OUR_SIDE = Plan(our_domains=frozenset({"ourselves.example"}))
UNA, JUDITH = "Una Berg <una@ourselves.example>", "Judith Quarry <judith@quarry.example>"
MAILS = [
    ("Stock", UNA, JUDITH, "", "2026-03-02", "May I show you one?"),
    ("Re: Stock", '"Quarry, Judith" <Judith@quarry.example>', UNA, "Ben <ben@ourselves.example>", "2026-03-03", "Do."),
    ("Re: Stock", "J. Quarry <judith@quarry.example>", UNA, "Pete <pete@mail.quarry.example>", "2026-03-04", "Yes."),
    ("Both", UNA, f"{JUDITH}; Karl Kern <karl@hallbach.example>; Lea <lea@gmail.com>", "", "2026-03-05", "Dear both"),
    ("Post", UNA, "Quarry Office <info@quarry.example>", "", "2026-03-06", "To whom it may concern"),
    ("Post", UNA, "Tanner <office@tanner.example>", "", "2026-03-06", "To whom it may concern"),
    ("Down", "Mail System <mailer-daemon@quarry.example>", UNA, "", "2026-03-07", "Not delivered"),
    ("Bare", UNA, "nobody@quarry.example", "", "2026-03-08", "Who reads this?"),
]  # fmt: skip
DOMAINS = [(f"{name}.example",) * 2 for name in ("quarry", "hallbach", "tanner")]


def with_a_mailbox(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("m.csv", MAILBOX, MAILS), store, OUR_SIDE)
    ingest(write_csv("k.csv", "account_name,domain", DOMAINS), store, Plan("csv", "accounts"))


def test_a_name_beside_an_address_is_a_person_of_the_account_that_the_address_is_of(
    store: Store, write_csv: WriteCsv
) -> None:
    with_a_mailbox(store, write_csv)
    assert people_named(store) == [
        NamedPerson("Judith Quarry", "quarry.example", "judith@quarry.example", 3),
        NamedPerson("Pete", "quarry.example", "pete@mail.quarry.example", 1),
        NamedPerson("Tanner", "tanner.example", "office@tanner.example", 1),
    ]  # Karl's mail is of no account: two companies are on it


def test_they_are_contacts_that_can_be_written_to(store: Store, write_csv: WriteCsv, tmp_path: Path) -> None:
    with_a_mailbox(store, write_csv)
    write_people(store, tmp_path / "people.csv")
    ingest(tmp_path / "people.csv", store, Plan("csv", "contacts"))
    assert people_named(store) == []
    book = Book.read(store)
    (quarry,) = [a.id for a in book.accounts if a.name == "quarry.example"]
    assert {c.email for c in book.contacts_of(quarry)} == {"judith@quarry.example", "pete@mail.quarry.example"}
    (judith,) = [c.id for c in book.contacts if c.name == "Judith Quarry"]
    assert sum(judith in a.contact_ids for a in store.activities()) == 4


def test_a_file_without_names_is_unchanged_by_names_being_kept(store: Store, write_csv: WriteCsv) -> None:
    bare = [("Stock", "una@ourselves.example", "judith@quarry.example", "", "2026-03-02", "May I?")]
    file = write_csv("m.csv", MAILBOX, bare)
    ingest(file, store, OUR_SIDE)
    with store.reading() as connection:
        (extra,) = connection.execute(select(db.activities.c.extra)).scalars()
    assert extra.keys() == {"@addresses", "@from", "@to", "Recipients"}  # hashed as ever
    again = ingest(file, store, OUR_SIDE)
    assert (again.unchanged, again.changed) == (1, 0)


OUTLOOK = "Subject,Body,From: (Name),From: (Address),To: (Name),To: (Address),When"
KEPT_APART = [
    ("Proofs", "Thursday works.", "Tessa Quarry", "tessa@quarry.example", "Ida Holm", "ida@ours.example", "2026-03-02"),
    ("Frames", "Ten, please.", "Tessa Quarry; Bo Lind", "tessa@quarry.example", "", "ida@ours.example", "2026-03-03"),
]
CALLS = [
    ("1", "wants 20", "call", "2026-03-05", "Quarry", "Tessa", ""),
    ("2", "maybe", "call", "2026-03-06", "Quarry", "Bo", ""),
]


def test_who_is_called_by_one_name_is_the_only_one_who_has_it(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    ingest(write_csv("k.csv", "account_name,domain", [("Quarry", "quarry.example")]), store, Plan("csv", "accounts"))
    ingest(write_csv("mails.csv", OUTLOOK, KEPT_APART), store, Plan(our_domains=frozenset({"ours.example"})))
    ingest(write_csv("calls.csv", HEADER, CALLS), store)
    assert people_named(store) == [
        NamedPerson("Bo", "Quarry", "", 1),
        NamedPerson("Tessa Quarry", "Quarry", "tessa@quarry.example", 1),
    ]
    write_people(store, tmp_path / "people.csv")
    ingest(tmp_path / "people.csv", store, Plan("csv", "contacts"))
    name = {c.id: c.name for c in Book.read(store).contacts}
    there = {a.raw_body: [name[i] for i in a.contact_ids] for a in store.activities()}
    assert there == {
        "Thursday works.": ["Tessa Quarry"],
        "Ten, please.": ["Tessa Quarry"],
        "wants 20": ["Tessa Quarry"],
        "maybe": ["Bo"],
    }


def test_a_first_name_that_two_people_of_an_account_have_calls_neither(store: Store, write_csv: WriteCsv) -> None:
    stored(store, write_csv)
    two = [(f"Jutta {last}", "Hallbach Pumpen", "") for last in ("Adler", "Bach")]
    ingest(write_csv("c.csv", "contact_name,account,email", two), store, Plan("csv", "contacts"))
    ingest(write_csv("b.csv", HEADER, [("9", "Bald", "Anruf", "2026-03-09", "Hallbach Pumpen", "Jutta", "")]), store)
    assert [a.contact_ids for a in store.activities() if a.raw_body == "Bald"] == [()]
    assert "Jutta" in {person.name for person in people_named(store)}


def test_a_mailbox_that_is_called_as_the_company_is_nobody_beside_its_people(store: Store, write_csv: WriteCsv) -> None:
    company = ("5", "Frage", "Anruf", "2026-03-06", "Hallbach Pumpen", "Hallbach Pumpen", "")
    ingest(write_csv("k.csv", "account_name", [("Hallbach Pumpen",)]), store, Plan("csv", "accounts"))
    ingest(write_csv("a.csv", HEADER, [company], mark=";"), store)
    assert [person.name for person in people_named(store)] == ["Hallbach Pumpen"]
    ingest(write_csv("b.csv", HEADER, ROWS, mark=";"), store)
    assert [person.name for person in people_named(store)] == ["Jutta Kern", "Karl Möller"]
