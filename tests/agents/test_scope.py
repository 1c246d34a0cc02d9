"""What a question is about: names in every careless spelling, and never a company that is not in the data."""

import csv
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.scope import Scoper
from crm.nouns import Account, Answer, Contact, Deal, Period, Question, Rep, Scope, Turn
from crm.records.book import Book
from crm.records.store import Store

FOREIGN = (
    "Wayfarer Foods", "Nexora", "Brightpath Energy", "Calloway & Sons", "Ostwind Logistik", "Vantia", "Quintara",
    "Ironclad Systems", "Polaris Medical", "Hollowell Brothers", "Maplecrest", "Zephyr Labs", "Orchid Pharma",
    "Zenbrook Partners", "Lafontaine Textile", "Corvanta", "Merriweather Holdings", "Farrowgate", "Quillon Systems",
    "Tarnfeld GmbH", "Brixholm", "Pelican Foods", "Nordwind Energie", "Vallamar", "Cobalt Ridge", "Hexagon Mills",
    "Praxitel", "Luminara", "Ardenmoor", "Delcourt & Fils", "Tessandra", "Oakhurst Capital", "Redmond Freight",
    "Silvergate Bank", "Arborvale", "Mondrake", "Fennimore", "Gravenstein", "Hollister Labs", "Ilmarinen", "Jakobsson",
    "Marblehead", "Orbis Telecom", "Paragon Glass", "Ravensworth", "Trident Shipping", "Ultramar", "Vesterhavet",
    "Wolfram Steel", "Xylo Packaging", "Yardley Group", "Zephyr Motors", "Alpenglow", "Birchwood Clinics", "Dunmore",
    "Evergreen Dairy", "Falkirk Paper", "Glenmore Retail", "Ironbridge", "Juniper Health", "Kingsley Trading",
)  # fmt: skip
ASKED = ("Give me a summary of {}", "when did we last talk to {}?", "write a follow-up to {}")
PUBLIC = os.environ.get("CRM_PUBLIC_DATA", "")
NEWEST = date(2026, 10, 30)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(f"sqlite:///{tmp_path_factory.mktemp('scope')}/crm.sqlite")


@pytest.fixture(scope="module")
def scoper(empty: Store) -> Scoper:
    firms = ("Harbeck Logistics", "Harbeck Foods", "Quandra Systems", "Brightwater Clinics", "Umbra", "Cheers")
    accounts = tuple(Account(name, name, domain=f"{name.split()[0].lower()}.example") for name in firms)
    people = (
        Contact("dana", "Brightwater Clinics", "Dana Whitlock", "dana.whitlock@brightwater.example"),
        Contact("maria", "Quandra Systems", "Maria Almeida", "maria@quandra.example"),
        Contact("gunnar1", "Umbra", "Gunnar Pryor", "g@umbra.example"),
        Contact("gunnar2", "Cheers", "Gunnar Pryor", "gp@cheers.example"),
        Contact("felix", "Umbra", "Felix Stone", "felix@umbra.example"),
    )
    deals = (Deal("d", "Umbra", "Umbra", "Umbra - Tessel Dock", "Proposal", product="Tessel Dock"),)
    return Scoper(Book(accounts, people, deals, (), (Rep("Felix Aumont"), Rep("April Boone"))), empty)


@pytest.fixture(scope="module")
def public(empty: Store) -> Scoper:
    if not PUBLIC:
        pytest.skip("CRM_PUBLIC_DATA is not set")
    with (Path(PUBLIC) / "maven_crm" / "accounts.csv").open(encoding="utf-8") as file:
        accounts = tuple(Account(row["account"], row["account"]) for row in csv.DictReader(file))
    return Scoper(Book(accounts, (), (), (), ()), empty)


def named(scope: Scope) -> str:
    return scope.account.name if scope.account else ""


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("did quandra answer", "Quandra Systems"),
        ("quandra systms summary", "Quandra Systems"),
        ("mail to cheers please", "Cheers"),
        ("cheers, which deals are open?", ""),
        ("what did maria@quandra.example say", "Quandra Systems"),
        ("what did somebody@umbra.example say", "Umbra"),
        ("summary of harbeck food", "Harbeck Foods"),
        ("how many deals did we win", ""),
    ],
)
def test_an_account_is_found_in_a_sentence(scoper: Scoper, text: str, account: str) -> None:
    assert named(scoper.scope(Question(text))) == account


def test_a_name_that_fits_several_is_asked_back(scoper: Scoper) -> None:
    scope = scoper.scope(Question("what is new at Harbeck"))
    assert scope.account is None
    assert [c.name for c in scope.candidates] == ["Harbeck Foods", "Harbeck Logistics"]


def test_a_name_with_another_business_is_another_company(scoper: Scoper) -> None:
    scope = scoper.scope(Question("brief me on Quandra Partners"))
    assert scope.account is None
    assert scope.unknown == "Quandra Partners"
    assert [c.name for c in scope.candidates] == ["Quandra Systems"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_company_that_is_not_in_the_data_is_never_matched(tools: Toolbox, scoper: Scoper, name: str) -> None:
    here = Scoper(tools.book, tools.store)
    for asked in ASKED:
        for one in (scoper, here):
            assert one.scope(Question(asked.format(name.lower()))).account is None
            scope = one.scope(Question(asked.format(name)))
            assert scope.account is None
            assert scope.unknown == name


@pytest.mark.parametrize("text", ["what did they say about Slotwise", "who mentioned SAP", "mail about Tessel Dock"])
def test_a_subject_is_no_company(scoper: Scoper, text: str) -> None:
    assert scoper.scope(Question(text)).unknown == ""


@pytest.mark.parametrize("spoil", ["as it is", "lower", "a letter dropped", "split", "joined"])
def test_the_public_accounts_are_found(public: Scoper, spoil: str) -> None:
    ways: dict[str, Callable[[str], list[str]]] = {
        "as it is": lambda n: [n],
        "lower": lambda n: [n.lower()],
        "a letter dropped": lambda n: [n[:i] + n[i + 1 :] for i in range(len(n)) if n[i].isalpha()],
        "split": lambda n: [n.lower()[: len(n) // 2] + " " + n.lower()[len(n) // 2 :]],
        "joined": lambda n: [n.replace(" ", "")],
    }
    tried = [(a.name, typed) for a in public.book.accounts for typed in ways[spoil](a.name)]
    wrong = [t for name, t in tried if named(public.scope(Question(f"when did {t} answer us"))) != name]
    assert len(wrong) <= (0 if spoil in ("as it is", "lower", "joined") else 0.02 * len(tried)), wrong


@pytest.mark.parametrize("name", FOREIGN)
def test_no_public_account_is_taken_for_a_stranger(public: Scoper, name: str) -> None:
    assert [a for a in ASKED if public.scope(Question(a.format(name))).account] == []


def test_a_person_gives_the_account(scoper: Scoper) -> None:
    scope = scoper.scope(Question("did dana whitlock reply"))
    assert scope.contact is not None
    assert (scope.contact.id, named(scope)) == ("dana", "Brightwater Clinics")


def test_two_people_of_the_same_name_are_asked_back(scoper: Scoper) -> None:
    scope = scoper.scope(Question("did Gunnar Pryor reply"))
    assert scope.contact is None
    assert [c.name for c in scope.candidates] == ["Gunnar Pryor (Umbra)", "Gunnar Pryor (Cheers)"]
    told_apart = scoper.scope(Question("did Gunnar Pryor (Cheers) reply"))
    assert told_apart.contact is not None
    assert told_apart.contact.id == "gunnar2"


def test_somebody_elses_first_name_is_nobody(scoper: Scoper) -> None:
    assert scoper.scope(Question("what about Maria Jensen")).contact is None


def test_our_own_people_are_reps_not_accounts(scoper: Scoper) -> None:
    scope = scoper.scope(Question("how many deals did April Boone win"))
    assert (scope.rep, scope.account, scope.unknown) == ("April Boone", None, "")
    assert scoper.scope(Question("deals of felix")).rep == "Felix Aumont"


def after(scope: Scope) -> tuple[Turn, ...]:
    return (Turn("before", Answer("", "engagement_check", scope)),)


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("and before that?", "Norvik Maritime"),
        ("what did they say about price", "Norvik Maritime"),
        ("who else?", "Norvik Maritime"),
        ("draft a follow-up", "Norvik Maritime"),
        ("Which accounts are quiet overall?", ""),
        ("and for all accounts?", ""),
        ("how many deals did we win this year by region", ""),
    ],
)
def test_a_follow_up_keeps_the_account(tools: Toolbox, text: str, account: str) -> None:
    scoper = Scoper(tools.book, tools.store)
    first = scoper.scope(Question("Is Norvik Maritime engaged?"))
    assert named(first) == "Norvik Maritime"
    assert named(scoper.scope(Question(text, after(first)))) == account


def test_a_new_account_replaces_the_old_one(tools: Toolbox) -> None:
    scoper = Scoper(tools.book, tools.store)
    other = next(a for a in tools.book.accounts if a.name != "Norvik Maritime")
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    before = Scope(account=next(a for a in tools.book.accounts if a.name == "Norvik Maritime"), period=period)
    scope = scoper.scope(Question(f"and {other.name}?", after(before)))
    assert (scope.account, scope.period) == (other, period)


def test_before_that_moves_the_period(tools: Toolbox) -> None:
    before = Scope(account=tools.book.accounts[0], period=Period(date(2026, 4, 1), date(2026, 6, 30)))
    scope = Scoper(tools.book, tools.store).scope(Question("and before that?", after(before)))
    assert scope.period is not None
    assert (scope.period.start, scope.period.end) == (None, date(2026, 3, 31))


def test_an_activity_is_known_by_its_number(tools: Toolbox) -> None:
    known = tools.store.activities(limit=1)[0]
    scoper = Scoper(tools.book, tools.store)
    for typed in (known.id, f"activity {known.native_id}", f"#{known.native_id}"):
        assert scoper.scope(Question(f"why is {typed} labelled so?")).activity_id == known.id


def test_an_activity_that_is_not_there_keeps_its_number(scoper: Scoper) -> None:
    assert scoper.scope(Question("why is activity 987654 labelled so?")).activity_id == "987654"
    assert scoper.scope(Question("deals over 987654")).activity_id is None


def test_an_event_may_begin_the_period(tools: Toolbox) -> None:
    scoper = Scoper(tools.book, tools.store)
    newest = tools.store.as_of()
    assert newest is not None
    days = [a.at.date() for a in tools.store.activities() if a.at and "discovery" in a.subject.casefold()]
    scope = scoper.scope(Question("who answered since the discovery?"))
    assert scope.period == Period(max(d for d in days if d <= newest), newest, "since the discovery")
    assert scoper.scope(Question("what happened since the zeppelin")).period is None


def test_masks_leave_how_it_is_asked(scoper: Scoper) -> None:
    text = "Did Dana Whitlock of Quandra answer April Boone last week about #5123?"
    assert scoper.masked(text) == "Did {contact} of {account} answer {rep} {period} about {id}?"


@pytest.mark.parametrize(
    "text", ["when did we last meet Zenbrook", "Who called Zenbrook?", "did we ever visit Zenbrook"]
)
def test_whoever_was_met_or_called_and_is_not_in_the_data_is_said_to_be_unknown(scoper: Scoper, text: str) -> None:
    assert scoper.scope(Question(text)).unknown == "Zenbrook"


@pytest.mark.parametrize(
    "text",
    [
        "what did zenbrook say about price",
        "what has zenbrook said",
        "was hat zenbrook gesagt",
        "que dijo zenbrook sobre el precio",
        "cosa ha detto zenbrook",
        "o que disse zenbrook",
    ],
)
def test_who_spoke_and_is_not_in_the_data_is_unknown_in_small_letters_too(scoper: Scoper, text: str) -> None:
    assert scoper.scope(Question(text)).unknown == "zenbrook"


@pytest.mark.parametrize(
    "text",
    [
        "what did procurement say about price",
        "did nobody reply",
        "hat niemand geantwortet",
        "que dijo ayer",
        "qui a répondu hier",
        "what did customers say about price",
        "ha nessuno risposto",
    ],
)
def test_whoever_else_spoke_is_no_company(scoper: Scoper, text: str) -> None:
    assert scoper.scope(Question(text)).unknown == ""


def test_a_month_between_two_small_words_is_no_company(scoper: Scoper) -> None:
    asked = Question("Welche Kunden haben von Juli bis September 2026 wirklich geantwortet?")
    assert scoper.scope(asked).unknown == ""
