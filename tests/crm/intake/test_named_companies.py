"""Companies that activities name and no account is called by become accounts when somebody says so."""

from collections.abc import Callable
from pathlib import Path

from crm.intake.ingest import Plan, ingest
from crm.intake.named_companies import Company, companies_named, write_companies
from crm.intake.taken_for import Taken, taken_for
from crm.intake.undo import undo_import
from crm.records.book import Book
from crm.records.store import Store

WriteCsv = Callable[..., Path]
OURS = Plan(our_domains=frozenset({"ourselves.example"}))
TANNER = Company("tanner.example", "tanner.example", 1)
HEADER = "hs_object_id,crm_description,crm_subtype,date,account"


def test_each_company_once_as_it_is_most_often_written(store: Store, write_csv: WriteCsv, tmp_path: Path) -> None:
    assert companies_named(store) == []
    named = ("Otter Tools", "otter tools", "Otter  Tools", "Pelham Bakery", "", "=Evil()")
    rows = [(n, f"text {n}", "Email", "2026-03-02", name) for n, name in enumerate(named)]
    ingest(write_csv("a.csv", HEADER, rows), store)
    assert companies_named(store) == [
        Company("Otter Tools", "", 3),
        Company("=Evil()", "", 1),
        Company("Pelham Bakery", "", 1),
    ]
    out = tmp_path / "companies.csv"
    assert write_companies(store, out) == 3
    done = ingest(out, store, Plan("csv", "accounts"))
    assert done.stored == 3
    assert companies_named(store) == []
    of = {a.native_id: a.account_id for a in store.activities()}
    called = {a.id: a.name for a in Book.read(store).accounts}
    assert [called.get(of[str(n)] or "") for n in range(5)] == ["Otter Tools"] * 3 + ["Pelham Bakery", None]
    assert called[of["5"] or ""] == "=Evil()"  # as it is named, and no apostrophe before it
    undo_import(store, done.import_id)
    assert len(companies_named(store)) == 3


MAIL = "From: {}\nTo: Una Berg <una@ourselves.example>\nSubject: Docks\n\nThursday works for us."


def test_without_a_column_for_them_the_mail_domains_of_the_other_side_are_companies(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    senders = (
        "Ana Ruiz <ana@quarry.example>",
        "Bo <bo@mail.quarry.example>",
        "Cy <cy@gmail.com>",
        "<noreply@calendar.example>",
        "Dee <dee@known.example>",
        "Eli <eli@tanner.example>",
    )
    known = write_csv("k.csv", "account_name,domain", [("Known", "known.example")])
    ingest(known, store, Plan("csv", "accounts"))
    rows = [(n, "[Outreach] [Email] [In] Docks", MAIL.format(who), "Email") for n, who in enumerate(senders)]
    head = "hs_object_id,crm_subject,crm_description,crm_subtype"
    ingest(write_csv("a.csv", head, rows[:4]), store)
    assert companies_named(store) == []  # nobody knows which side is ours: it takes five mails, or a setting
    ingest(write_csv("b.csv", head, rows), store)
    assert companies_named(store) == [Company("quarry.example", "quarry.example", 2), TANNER]
    out = tmp_path / "companies.csv"
    write_companies(store, out)
    ingest(out, store, Plan("csv", "accounts"))
    called = {a.id: a.name for a in Book.read(store).accounts}
    of = {a.native_id: called.get(a.account_id or "") for a in store.activities()}
    assert [of[str(n)] for n in range(6)] == [
        "quarry.example", "quarry.example", None, None, "Known", "tanner.example",
    ]  # fmt: skip


def test_a_company_that_a_column_names_gets_the_domain_of_its_people_and_no_second_account(
    store: Store, write_csv: WriteCsv
) -> None:
    head = "hs_object_id,crm_subject,crm_description,crm_subtype,account"
    rows = [
        (1, "Docks", MAIL.format("Ana <ana@quarry.example>"), "Email", "Quarry Stone"),
        (2, "Docks", MAIL.format("Ana <ana@quarry.example>"), "Email", ""),
        (3, "Docks", MAIL.format("Bo <bo@left.example>"), "Email", "Two Houses"),
        (4, "Docks", MAIL.format("Cy <cy@right.example>"), "Email", "Two Houses"),
    ]
    ingest(write_csv("a.csv", head, rows), store, OURS)
    assert companies_named(store) == [Company("Two Houses", "", 2), Company("Quarry Stone", "quarry.example", 1)]


def test_a_company_belongs_to_whoever_of_ours_was_there_most(store: Store, write_csv: WriteCsv) -> None:
    rows = [(n, f"text {n}", "Email", "Otter Tools", owner) for n, owner in enumerate(("", "Ana", "Ben", "Ben"))]
    ingest(write_csv("a.csv", "hs_object_id,crm_description,crm_subtype,account,owner", rows), store)
    assert companies_named(store) == [Company("Otter Tools", "", 4, "Ben")]


NEWS = "From: {}\nTo: Una Berg <una@ourselves.example>\nSubject: News\n\nOur offers.\n\nUnsubscribe | View in browser"


def test_it_is_told_how_many_mails_no_person_wrote(store: Store, write_csv: WriteCsv) -> None:
    head = "hs_object_id,crm_subject,crm_description,crm_subtype,direction"
    rows = [
        (1, "March news", NEWS.format("Paper <hello@paper.example>"), "Email", "inbound"),
        (2, "April news", NEWS.format("Paper <hello@paper.example>"), "Email", "inbound"),
        (3, "March news", NEWS.format("Quarry <hello@mail.quarry.example>"), "Email", "inbound"),
        (4, "Docks", MAIL.format("Ana <ana@quarry.example>"), "Email", "inbound"),
    ]
    ingest(write_csv("a.csv", head, rows), store, OURS)
    paper, quarry = companies_named(store)
    assert (paper.name, paper.records, paper.automatic, paper.only_automatic) == ("paper.example", 2, 2, True)
    assert (quarry.name, quarry.records, quarry.automatic, quarry.only_automatic) == ("quarry.example", 2, 1, False)


def test_what_was_not_chosen_can_be_made_later(store: Store, write_csv: WriteCsv, tmp_path: Path) -> None:
    rows = [(n, f"text {n}", "Email", "2026-03-02", name) for n, name in enumerate(("Otter", "Pelham", "Quarry"))]
    ingest(write_csv("a.csv", HEADER, rows), store)
    out = tmp_path / "companies.csv"
    assert write_companies(store, out, only={"Otter", "Quarry", "Nobody"}) == 2
    ingest(out, store, Plan("csv", "accounts"))
    assert [company.name for company in companies_named(store)] == ["Pelham"]
    assert {a.name for a in Book.read(store).accounts} == {"Otter", "Quarry"}


def test_the_domain_that_writes_a_company_together_is_not_a_company_beside_it(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    senders = ("ana@otter-tools.example", "bo@smithandson.example", "cy@tanner.example")
    rows = [
        *[(n, "[Outreach] [Email] [In] Docks", MAIL.format(who), "Email", "") for n, who in enumerate(senders)],
        (7, "Call", "She takes two", "Call", "Otter Tools Ltd"),
        (8, "Call", "He takes one", "Call", "Smith & Son"),
        (9, "Call", "No", "Call", "Tanner Brothers"),
    ]
    ingest(write_csv("a.csv", "hs_object_id,crm_subject,crm_description,crm_subtype,account", rows), store, OURS)
    assert [(one.name, one.domain, one.records) for one in companies_named(store)] == [
        ("Otter Tools Ltd", "otter-tools.example", 2),
        ("Smith & Son", "smithandson.example", 2),
        ("Tanner Brothers", "", 1),
        ("tanner.example", "tanner.example", 1),
    ]


def test_mails_and_calls_find_one_account_whichever_came_first(store: Store, write_csv: WriteCsv) -> None:
    head = "hs_object_id,crm_subject,crm_description,crm_subtype,account"
    mails = [(n, "[Outreach] [Email] [In] Docks", MAIL.format("ana@otter-tools.example"), "Email", "") for n in (1, 2)]
    calls = [(9, "Call", "She takes two", "Call", "Otter Tools")]
    ingest(write_csv("c.csv", "account_name,domain", [("otter-tools.example", "otter-tools.example")]), store, OURS)
    ingest(write_csv("calls.csv", head, calls), store, OURS)
    ingest(write_csv("d.csv", "account_name,employees", [("Bäckerei Lindner GmbH", "9")]), store, OURS)
    baker = [(3, "[Outreach] [Email] [In] Rye", MAIL.format("jo@baeckerei-lindner.example"), "Email", "")]
    ingest(write_csv("mails.csv", head, mails + baker), store, OURS)
    assert companies_named(store) == []
    called = {a.id: a.name for a in Book.read(store).accounts}
    assert {called[a.account_id or ""]: len(a.native_id) for a in store.activities()}.keys() == {
        "otter-tools.example", "Bäckerei Lindner GmbH",
    }  # fmt: skip


def test_a_legal_form_makes_no_second_company(store: Store, write_csv: WriteCsv, tmp_path: Path) -> None:
    rows = [
        (1, "a", "Call", "Aceros Rubio S.L."),
        (2, "b", "Call", "Aceros Rubio S.L."),
        (3, "c", "Call", "Aceros Rubio"),
    ]
    ingest(write_csv("a.csv", "hs_object_id,crm_description,crm_subtype,account", rows), store)
    assert companies_named(store) == [Company("Aceros Rubio S.L.", "", 3)]
    write_companies(store, out := tmp_path / "companies.csv")
    ingest(out, store, Plan("csv", "accounts"))
    assert companies_named(store) == []
    both = write_csv("both.csv", "account_name,employees", [("Aceros Rubio", "3")])
    ingest(both, store, Plan("csv", "accounts"))  # two of that name: the one that is written so
    called = {a.id: a.name for a in Book.read(store).accounts}
    assert {a.native_id: called[a.account_id or ""] for a in store.activities()} == {
        "1": "Aceros Rubio S.L.", "2": "Aceros Rubio S.L.", "3": "Aceros Rubio",
    }  # fmt: skip


def test_the_beginning_of_one_longer_name_or_domain_is_no_company_beside_it(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    called = (
        "Northpier Dental Group", "Northpier Dental", "Northpier", "Hallbeck", "Alderham Mills", "Alderham Yards",
        "Alderham", "Nordic", "Nordic Looms", "Pell",
    )  # fmt: skip
    mails = [
        (n, "[Outreach] [Email] [In] Docks", MAIL.format("klaus@hallbeck-logistik.example"), "Email", "")
        for n in (1, 2)
    ]
    pelham = (3, "[Outreach] [Email] [In] Docks", MAIL.format("ana@pelham.example"), "Email", "Pelham")
    other = (4, "[Outreach] [Email] [In] Docks", MAIL.format("ana@other.example"), "Email", "Pelham Works")
    calls = [(n, "Call", "She takes two", "Call", name) for n, name in enumerate(called, start=5)]
    head = "hs_object_id,crm_subject,crm_description,crm_subtype,account"
    done = ingest(write_csv("a.csv", head, [*mails, pelham, other, *calls]), store, OURS)
    found = companies_named(store)
    assert [(one.name, one.records) for one in found] == [
        ("Northpier Dental Group", 3), ("hallbeck-logistik.example", 3), ("Alderham", 1), ("Alderham Mills", 1),
        ("Alderham Yards", 1), ("Nordic", 1), ("Nordic Looms", 1), ("Pelham", 1), ("Pelham Works", 1), ("Pell", 1),
    ]  # fmt: skip
    out = tmp_path / "companies.csv"
    write_companies(store, out, only={"Northpier Dental Group", "hallbeck-logistik.example"})
    made = ingest(out, store, Plan("csv", "accounts"))
    assert sum(one.records for one in companies_named(store)) == 8  # each found the account it was counted for
    told = [
        Taken("Hallbeck", "hallbeck-logistik.example", 1),
        Taken("Northpier", "Northpier Dental Group", 1),
        Taken("Northpier Dental", "Northpier Dental Group", 1),
    ]
    assert taken_for(store, done.import_id) == taken_for(store, made.import_id) == told
    assert taken_for(store, made.import_id + 1) == []


def test_a_list_of_people_tells_whose_a_mail_domain_is(store: Store, write_csv: WriteCsv) -> None:
    people = [("Ana Ruiz", "ana@stone.example", "Quarry"), ("Cy Lind", "cy@gmail.com", "Tanner")]
    ingest(write_csv("people.csv", "Name,Email,Company", people), store, Plan("csv", "contacts"))
    rows = [
        *[(n, "Docks", MAIL.format(who), "Email", "") for n, who in enumerate(("ana@stone.example", "cy@gmail.com"))],
        (7, "Call", "She takes two", "Call", "Quarry"),
        (8, "Call", "No", "Call", "Tanner"),
    ]
    ingest(write_csv("a.csv", "hs_object_id,crm_subject,crm_description,crm_subtype,account", rows), store, OURS)
    found = [(one.name, one.domain, one.records) for one in companies_named(store)]
    assert found == [("Quarry", "stone.example", 2), ("Tanner", "", 1)]


def test_what_a_list_of_people_says_of_their_companies_becomes_theirs(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    people = [
        ("Ana Ruiz", "Quarry", "Stone", "Lyon", "Una"),
        ("Bo Lind", "Quarry", "Stone", "", "Una"),
        ("Cy", "", "Paper", "", ""),
    ]
    ingest(write_csv("people.csv", "Contact,Société,Secteur,Ville,Commercial", people), store, Plan("csv", "contacts"))
    ingest(write_csv("a.csv", HEADER, [(1, "text", "Email", "2026-03-02", "Quarry")]), store)
    out = tmp_path / "companies.csv"
    assert write_companies(store, out) == 1
    ingest(out, store, Plan("csv", "accounts"))
    (quarry,) = Book.read(store).accounts
    assert (quarry.industry, quarry.region, quarry.owner) == ("Stone", "Lyon", "Una")
