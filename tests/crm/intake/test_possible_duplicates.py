"""Which accounts and contacts somebody is asked about, and that nobody is asked twice."""

import pytest

from crm.intake.ingest import ingest
from crm.intake.joining import Joinable, join, keep_apart, take_apart
from crm.intake.matching import matching
from crm.intake.possible_duplicates import _companies, _people, possible_duplicates
from crm.nouns import Account, Contact
from crm.records.book import Book
from crm.records.store import Store
from tests.crm.intake.conftest import WriteCsv


def book(*, accounts: list[Account] | None = None, contacts: list[Contact] | None = None) -> Book:
    return Book(tuple(accounts or ()), tuple(contacts or ()), (), (), ())


def company(name: str, industry: str = "", parent: str = "") -> Account:
    return Account(name, name, industry, parent=parent)


def somebody(name: str, email: str = "") -> Contact:
    return Contact(name + email, "A1", name, email)


@pytest.mark.parametrize(
    ("gone", "stays"),
    [
        ("Hôtel Le Grand Cerf", "Le Grand Cerf"),
        ("hotel-remparts.example", "Hôtel des Remparts"),
        ("bainsdevalroc.example", "Les Bains de Valroc"),
        ("loewenapotheke.example", "Löwen-Apotheke"),
        ("Halverson Freight", "Halvorsen Freight Lines, Inc."),
        ("Quayside Logisitcs", "Quayside Logistics (UK) Ltd"),
        ("tenwolde.example", "Slagerij Ten Wolde"),
        ("lindehofzorg.example", "Zorggroep De Lindehof"),
        ("kroesbergen.example", "Metaalbewerking Kroesbergen BV"),
        ("Quarry & Sons", "Quarry Sons Ltd"),
        ("Beau Rivage", "Beaurivage"),
        ("LHB", "Larvik Harbour Board Trust"),
    ],
)
def test_two_names_of_one_company_are_asked_about(gone: str, stays: str) -> None:
    accounts = [company(gone), company(stays, industry="Hotels")]
    for order in (accounts, accounts[::-1]):
        assert [(p.joined.name, p.into.name) for p in _companies(order, matching())] == [(gone, stays)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hotel Remparts", "Banque Remparts"),  # what both are is told, and differs
        ("Norvik Energy", "Norvik Logistics"),
        ("Nordic Bank", "Nordic Insurance"),
        ("The Royal", "Royal Group"),  # words that many companies share tell nothing
        ("Otter Tools", "Tanner Tools"),
        ("Norvik Energy", "Norvik Energy Poland"),  # a daughter, and no slip
        ("Meyer Trucks", "Mayers Trucking"),
        ("ottertools.example", "Tanner Tools"),
        ("kroesbergenshop.example", "Metaalbewerking Kroesbergen BV"),  # "shop" begins none of its words
    ],
)
def test_two_companies_are_not(one: str, other: str) -> None:
    assert not list(_companies([company(one), company(other)], matching()))


def test_a_domain_that_two_names_begin_is_asked_about_with_neither() -> None:
    names = [company("waterreus.example"), company("Waterreus Zonen"), company("Waterreus Bouw")]
    assert not [p for p in _companies(names, matching()) if "waterreus.example" in (p.joined.name, p.into.name)]


def test_initials_of_two_names_are_asked_about_with_neither() -> None:
    names = [company("LHB"), company("Larvik Harbour Board"), company("Lunde Havn Bergen")]
    assert not list(_companies(names, matching()))


def test_a_parent_is_not_its_daughter() -> None:
    daughter = company("Norvik Group", parent="Norvik")
    assert not list(_companies([company("Norvik"), daughter], matching()))


def test_a_word_that_many_share_is_none_of_them() -> None:
    towns = [company(f"{trade} Lindau") for trade in ("Hotel", "Bank", "Praxis", "Garage", "Studio")]
    assert not list(_companies([*towns, company("Lindau")], matching()))


@pytest.mark.parametrize(
    ("gone", "stays"),
    [("T. Aubry", "Aubry Thomas"), ("M. Rey", "Marc Rey"), ("Dr. Katrin Sommer", "Katrin Dr. Sommer")],
)
def test_two_names_of_one_person_are_asked_about(gone: str, stays: str) -> None:
    people = [somebody(gone), somebody(stays, "x@firm.example")]
    assert [(p.joined.name, p.into.name) for p in _people(book(contacts=people))] == [(gone, stays)]


def test_whoever_may_be_either_of_two_is_not_asked_about() -> None:
    people = [somebody("Muller"), somebody("Sandrine Muller"), somebody("Peter Muller")]
    assert not list(_people(book(contacts=people)))
    assert len(list(_people(book(contacts=people[:2])))) == 1


def test_two_addresses_make_two_people_unless_the_whole_name_is_the_same() -> None:
    ann = somebody("Ann Poole", "ann@firm.example")
    assert not list(_people(book(contacts=[ann, somebody("Ann", "ann.reed@firm.example")])))
    assert len(list(_people(book(contacts=[ann, somebody("Poole Ann", "a.poole@firm.example")])))) == 1


def test_who_was_answered_is_not_asked_again(store: Store, write_csv: WriteCsv) -> None:
    rows = [("A1", "Grand Cerf"), ("A2", "Hotel Grand Cerf"), ("A3", "Café Torcy"), ("A4", "Torcy")]
    ingest(write_csv("accounts.csv", "account_id,name", rows), store)

    def asked() -> list[tuple[str, str]]:
        return [(p.joined.id, p.into.id) for p in possible_duplicates(store, Book.read(store))]

    assert asked() == [("csv:A2", "csv:A1"), ("csv:A4", "csv:A3")]
    assert keep_apart(store, Joinable.ACCOUNT, "csv:A3", "csv:A4", "Ana") == ("Café Torcy", "Torcy")
    join(store, Joinable.ACCOUNT, "csv:A2", "csv:A1", "Ana")
    assert asked() == []
    take_apart(store, Joinable.ACCOUNT, "csv:A2")
    assert asked() == []
