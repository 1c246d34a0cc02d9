"""The workbook of somebody who keeps his own log: short headings, short names, people where a company list has them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from crm.errors import BadFile
from crm.intake.cells import kind_told
from crm.intake.columns import columns
from crm.intake.company_names import abbreviates
from crm.intake.ingest import Plan, ingest
from crm.intake.matching import matching
from crm.intake.named_companies import companies_named, write_companies
from crm.intake.named_people import people_named
from crm.intake.workbook import sheet_titles, write_sheet
from crm.nouns import Kind
from crm.records.book import Book
from crm.records.store import Store

SHEETS: dict[str, list[Sequence[object]]] = {
    "Log": [
        ("Date", "Acct", "Who", "How", "What happened", "Next"),
        ("2026-03-02", "Quarry Stone Works", "Judith", "stopped by", "walked the yard with Judith", "quote"),
        ("2026-03-09", "Quarry Stn Wks", "Judith", "vm / ph", "left a message", "call again, order in"),
        ("2026-03-16", "Quarry", "Judith", "text", "Judith texted back: ship them", None),
        ("2026-03-23", "Larvik HB", "Ole", "em", "sent the drawing", "wait"),
        ("2026-03-28", "Port of Tanner", "Ida", "?", "no day yet", None),
        ("2026-03-30", "Port of Tanner", "Ida, Per", "lunch", "Ida wants two", None),
        ("2026-04-02", "Port of Tanner", "Ida V.", "ph", "Ida asked again", None),
    ],
    "Accounts": [
        ("Acct", "Town", "Contact", "Phone", "Email", "Notes"),
        ("Quarry Stone Works Inc.", "Wells", "Judith Hale", "555-0100", "judith@quarrystone.example", "CALL"),
        ("Larvik Harbour Board", "Larvik", "Ole Moe", "555-0101", "ole@larvikhb.example", None),
        ("Tanner, Port of (pilots)", "Tanner", "Ida Voss", "555-0102", "ida@tanner.example", None),
        ("Nobody Called Yet", "Wells", "Una Fry", "555-0103", "una@nobody.example", None),
    ],
    "Quotes": [
        ("Quote #", "Acct", "Date", "$ amount", "Status"),
        ("Q1", "Quarry Stone", "2026-03-10", 8420, "won"),
    ],
}


@pytest.fixture
def book(store: Store, tmp_path: Path) -> Book:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in SHEETS.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = tmp_path / "own.xlsx"
    workbook.save(path)
    for title in sheet_titles(path):
        done = ingest(write_sheet(path, title, tmp_path), store)
        assert (done.refused, done.unknown_columns) == (0, ())
    write_companies(store, tmp_path / "made.csv")
    ingest(tmp_path / "made.csv", store, Plan("csv", "accounts"))
    return Book.read(store)


def test_each_row_finds_the_company_of_the_list_however_short_its_name(book: Book, store: Store) -> None:
    called = {a.id: a.name for a in book.accounts}
    assert sorted(called.values()) == ["Larvik Harbour Board", "Quarry Stone Works Inc.", "Tanner, Port of (pilots)"]
    homes = [called[a.account_id or ""] for a in sorted(store.activities(), key=lambda a: str(a.at))]
    assert homes == ["Quarry Stone Works Inc."] * 3 + ["Larvik Harbour Board", *["Tanner, Port of (pilots)"] * 3]
    people = {c.name: called.get(c.account_id or "") for c in book.contacts}
    assert people == {
        "Judith Hale": "Quarry Stone Works Inc.",
        "Ole Moe": "Larvik Harbour Board",
        "Ida Voss": "Tanner, Port of (pilots)",
        "Una Fry": None,  # no record is theirs yet
    }
    assert [(d.account_id and called[d.account_id], d.amount) for d in book.deals] == [
        ("Quarry Stone Works Inc.", 8420)
    ]
    assert {a.name: (a.region, a.domain) for a in book.accounts}["Larvik Harbour Board"] == (
        "Larvik",
        "larvikhb.example",
    )


def test_what_is_to_be_done_next_is_no_part_of_what_happened(book: Book, store: Store) -> None:
    found = {a.raw_body: a.kind for a in store.activities()}
    assert found == {
        "walked the yard with Judith": Kind.EVENT,
        "left a message": Kind.CALL,
        "Judith texted back: ship them": Kind.OTHER,
        "sent the drawing": Kind.EMAIL,
        "no day yet": Kind.OTHER,
        "Ida wants two": Kind.EVENT,
        "Ida asked again": Kind.CALL,
    }


def test_two_given_names_are_two_people(book: Book, store: Store) -> None:
    assert {(p.name, p.account) for p in people_named(store)} == {("Per", "Tanner, Port of (pilots)")}


def test_who_is_asked_for_what_no_company_is_named(store: Store, tmp_path: Path) -> None:
    """Companies that only the list of people names are not offered: no record is theirs."""
    path = tmp_path / "people.csv"
    path.write_text("Acct,Contact,Email\nQuarry Stone Works,Judith Hale,judith@quarrystone.example\n")
    ingest(path, store)
    assert companies_named(store) == []


@pytest.mark.parametrize(
    ("header", "kind", "body"),
    [
        ("Date;Acct.;Via;What was said;Next step", "Via", "What was said"),
        ("Date;Account;How;Result", "How", "Result"),
        ("Datum;Kunde;Wie;Was war;Nächster Schritt", "Wie", "Was war"),
        ("Datum;Firma;Kontaktart;Was besprochen;Nächste Schritte", "Kontaktart", "Was besprochen"),
        ("Date;Client;Comment;Ce qui s'est dit;Suite", "Comment", "Ce qui s'est dit"),
        ("Date;Client;Moyen;Résumé;Suite", "Moyen", "Résumé"),
        ("Fecha;Cliente;Cómo;Qué pasó;Próximo paso", "Cómo", "Qué pasó"),
        ("Fecha;Cliente;Vía;Resumen;Próximo paso", "Vía", "Resumen"),
        ("Date;Account;Type;Comment", "Type", "Comment"),
    ],
)
def test_a_log_is_known_by_everyday_headings(header: str, kind: str, body: str) -> None:
    names = tuple(header.split(";"))
    found = columns().recognise(names)
    assert found.record == "activities"
    assert found.columns["kind"] == (names.index(kind),)
    assert found.columns["body"] == (names.index(body),)
    assert found.unknown == ()


@pytest.mark.parametrize("header", ["Date;Client;Comment;Suite", "How;Result"])
def test_a_word_of_two_meanings_makes_no_log(header: str) -> None:
    with pytest.raises(BadFile):
        columns().recognise(tuple(header.split(";")))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("vm", ("call", "")),
        ("vm / ph", ("call", "")),
        ("plant visit", ("event", "")),
        ("stopped by", ("event", "")),
        ("txt", ("other", "")),
        ("email in", ("email", "inbound")),
        ("email out", ("email", "outbound")),
        ("he called", ("call", "inbound")),
        ("called him", ("call", "outbound")),
        ("she texted", ("other", "inbound")),
        ("ph / visit", ("", "")),
    ],
)
def test_a_cell_tells_the_kind_as_people_write_it(cell: str, told: tuple[str, str]) -> None:
    values = columns().recognise(("Date", "Acct", "How", "What happened")).values
    assert kind_told(cell, values) == told


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("2026-03-02", "2/12", "Sept 9", "9. März", "7/28/26"), ("2026-02-12", "2026-09-09", "2026-03-09")),
        (("2026-03-02", "2/12", "soon", "9. März", "2025-12-30"), (None, None, None)),  # of one of two years
    ],
)
def test_a_day_without_its_year_is_of_the_only_year_of_its_column(
    days: tuple[str, ...], read: tuple[str | None, ...], store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    lines = "".join(f"{day},Quarry,ph,talk {n}\n" for n, day in enumerate(days))
    path.write_text(f"Date,Acct,How,What happened\n{lines}", encoding="utf-8")
    done = ingest(path, store)
    told = {a.raw_body: a.at and a.at.date().isoformat() for a in store.activities()}
    assert tuple(told[f"talk {n}"] for n in (1, 2, 3)) == read
    assert ("Date: 3 days without a year are of 2026, as all others of the column." in done.notices) is bool(read[0])
    assert ("Date: 3 dates make no sense; their rows are kept without one." in done.notices) is not bool(read[0])


@pytest.mark.parametrize(
    ("few", "many", "short"),
    [
        ("quarry stn wks", "quarry stone works", True),
        ("larvik hb", "larvik harbour board", True),
        ("quarry stn", "quarry works", False),
        ("stn works", "stone works", False),  # the first word stands whole
        ("quarry stone", "quarry stone works", False),  # a beginning, not a short way of writing
        ("the stn", "the stone", False),  # nothing telling stands whole
        ("quarry foods", "quarry foodservices", False),
    ],
)
def test_a_name_in_short(few: str, many: str, short: bool) -> None:
    assert abbreviates(few.split(), many.split(), matching()) is short
