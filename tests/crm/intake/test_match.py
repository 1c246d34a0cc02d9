"""The ordered rules that find an account, each with what it must not do."""

from collections.abc import Sequence

import pytest

from crm.intake.company_names import plain
from crm.intake.match import Directory, KnownContact, Match
from crm.intake.matching import matching
from crm.intake.sources import Refs
from crm.threads.thread import Ours

ACCOUNTS = {
    "a:1": "Norvik Maritime AS",
    "a:2": "Brackwater Foods Ltd.",
    "a:3": "Café Soleil SARL",
    "a:4": "Harbeck Logistics",
    "a:5": "Harbeck Foods",
    "a:6": "Twin",
    "a:7": "Twin GmbH",
    "a:8": "Depot 12",
    "a:9": "Riedmann",
    "a:10": "Northpier Dental Group",
    "a:11": "hallbeck-logistik.example",
    "a:14": "veldkampzorg.example",
    "a:12": "Nordic Bank",
    "a:13": "Börde Mühle",
}
DOMAINS = {
    "a:1": "norvik.example",
    "a:2": "gmail.com",
    "a:4": "harbeck.example",
    "a:5": "harbeck.example",
    "a:10": "npdg.example",
    "a:11": "hallbeck-logistik.example",
    "a:14": "veldkampzorg.example",
    "a:12": "steinmann-ab.example",
}
CONTACTS = (
    KnownContact("c:1", "Sigrid Aas", "sigrid@norvik.example", "a:1"),
    KnownContact("c:2", "Graham Pell", "graham@gmail.com", "a:2"),
    KnownContact("c:3", "Luc Petit", "luc@soleil.example", "a:3"),
    KnownContact("c:4", "Eva Petit", "eva@soleil.example", "a:3"),
    KnownContact("c:5", "Jan Alt", "jan@riedmann.example", "a:9"),
    KnownContact("c:6", "Jo Alt", "jo@other.example", "a:9"),
    KnownContact("c:7", "No Account", "none@nowhere.example", None),
)
OURS = Ours(frozenset({"tesseraflow.example"}), frozenset({"hanna@gmail.com"}))
OVERRULED = ", not the account named"


def directory() -> Directory:
    return Directory(ACCOUNTS, DOMAINS, CONTACTS, matching())


@pytest.mark.parametrize(
    ("refs", "account_id", "by"),
    [
        pytest.param(Refs(addresses=("sigrid@norvik.example",)), "a:1", "contact", id="a contact's address"),
        pytest.param(Refs(contact_ids=("c:1",)), "a:1", "contact", id="a contact's id"),
        pytest.param(Refs(mentioned=("sigrid@norvik.example",)), "a:1", "contact", id="a contact in the thread"),
        pytest.param(
            Refs(addresses=("sigrid@norvik.example",), mentioned=("luc@soleil.example", "eva@soleil.example")),
            "a:1",
            "contact",
            id="who is on the row before who is in the thread",
        ),
        pytest.param(
            Refs(account_id="a:2", addresses=("sigrid@norvik.example",)),
            "a:1",
            "contact" + OVERRULED,
            id="a misattributed mail, by id",
        ),
        pytest.param(
            Refs(account="Brackwater Foods", mentioned=("sigrid@norvik.example",)),
            "a:1",
            "contact" + OVERRULED,
            id="a misattributed mail, by name",
        ),
        pytest.param(
            Refs(account_id="a:2", addresses=("x@norvik.example",)), "a:2", "account id", id="id before domain"
        ),
        pytest.param(Refs(account_id="a:404", addresses=("x@norvik.example",)), "a:1", "domain", id="id of no account"),
        pytest.param(Refs(addresses=("x@norvik.example",)), "a:1", "domain", id="domain"),
        pytest.param(Refs(addresses=("x@mail.norvik.example",)), "a:1", "domain", id="part of a domain"),
        pytest.param(Refs(addresses=("x@soleil.example",)), "a:3", "domain", id="domain learned from contacts"),
        pytest.param(Refs(addresses=("x@other.example",)), None, "", id="contacts of two domains teach none"),
        pytest.param(Refs(addresses=("x@riedmann.example",)), "a:9", "name as domain", id="a domain that is the name"),
        pytest.param(Refs(account="Norvik"), "a:1", "name as domain", id="a name that is the domain"),
        pytest.param(Refs(account="Harbeck"), None, "", id="a name that is the domain of two"),
        pytest.param(Refs(addresses=("x@gmail.com",)), None, "", id="a free mail domain is nobody's"),
        pytest.param(Refs(addresses=("x@notnorvik.example",)), None, "", id="not a part of a domain"),
        pytest.param(Refs(addresses=("x@harbeck.example",)), None, "", id="a domain of two accounts"),
        pytest.param(
            Refs(account="Harbeck Foods", addresses=("x@harbeck.example",)),
            "a:5",
            "domain",
            id="a domain of two accounts, one of them named",
        ),
        pytest.param(
            Refs(account="Twin", addresses=("x@norvik.example",)), "a:1", "domain" + OVERRULED, id="domain before name"
        ),
        pytest.param(Refs(account="norvik  maritime"), "a:1", "name", id="name"),
        pytest.param(Refs(account="Nor Vik Maritime"), "a:1", "name", id="name in more words"),
        pytest.param(Refs(account="Cafe Soleil S.A.R.L."), "a:3", "name", id="name without accents"),
        pytest.param(Refs(account="Twin AG"), None, "", id="a name of two accounts"),
        pytest.param(Refs(account="twin"), "a:6", "name", id="a name of two accounts, as one of them is written"),
        pytest.param(Refs(account="Norvik Maritme"), "a:1", "similar name", id="similar name"),
        pytest.param(Refs(account="Harbek Logistics"), "a:4", "similar name", id="similar name with a near one"),
        pytest.param(Refs(account="Harbeck"), None, "", id="half a name"),
        pytest.param(Refs(account="Northpier Dental"), "a:10", "short name", id="the first words of a name"),
        pytest.param(Refs(account="Northpier"), "a:10", "short name", id="the first word of a name"),
        pytest.param(Refs(account="North"), None, "", id="half of a first word"),
        pytest.param(Refs(account="Boerde"), "a:13", "short name", id="the first word without its umlaut"),
        pytest.param(Refs(account="Dental Group"), None, "", id="the last words of a name"),
        pytest.param(Refs(account="Nordic"), None, "", id="a word that tells no company"),
        pytest.param(Refs(account="Café"), None, "", id="a first word of four letters"),
        pytest.param(Refs(account="Hallbeck GmbH"), "a:11", "short name", id="a mail domain up to its hyphen"),
        pytest.param(Refs(account="Veldkamp"), "a:14", "short name", id="the beginning of a domain written together"),
        pytest.param(Refs(account="Steinmann"), "a:12", "short name", id="a mail domain that is not the name"),
        pytest.param(
            Refs(account="Northpier", addresses=("x@mail.npdg.example", "ann@tesseraflow.example")),
            "a:10",
            "domain",
            id="a short name with its people",
        ),
        pytest.param(Refs(account="Northpier", addresses=("x@other.example",)), None, "", id="short, but elsewhere"),
        pytest.param(Refs(account="Northpier", mentioned=("x@gmail.com",)), None, "", id="short, but anybody's"),
        pytest.param(Refs(account="Depot 13"), None, "", id="similar but for the number"),
        pytest.param(Refs(account="Wholly Unknown"), None, "", id="a name of nobody"),
        pytest.param(
            Refs(addresses=("sigrid@norvik.example", "luc@soleil.example")), None, "", id="two companies on one mail"
        ),
        pytest.param(
            Refs(addresses=("sigrid@norvik.example", "luc@soleil.example", "eva@soleil.example")),
            "a:3",
            "contact",
            id="most of those on it",
        ),
        pytest.param(
            Refs(account_id="a:3", addresses=("sigrid@norvik.example", "luc@soleil.example")),
            "a:3",
            "contact",
            id="two companies, one of them named",
        ),
        pytest.param(Refs(addresses=("none@nowhere.example",)), None, "", id="a contact without an account"),
        pytest.param(
            Refs(addresses=("ann@tesseraflow.example", "hanna@gmail.com", "luc@soleil.example")),
            "a:3",
            "contact",
            id="our own people do not count",
        ),
        pytest.param(Refs(), None, "", id="nothing said"),
    ],
)
def test_the_rules_in_their_order(refs: Refs, account_id: str | None, by: str) -> None:
    found = directory().match(refs, OURS)
    assert (found.account_id, found.by) == (account_id, by)


def test_the_contacts_are_found_with_the_account() -> None:
    refs = Refs(contact_ids=("c:9", "c:3"), addresses=("sigrid@norvik.example", "ann@tesseraflow.example"))
    assert directory().match(refs, OURS).contact_ids == ("c:3", "c:1")


def test_a_contact_is_no_witness_for_itself() -> None:
    assert directory().match_contact(Refs(addresses=("luc@soleil.example",)), OURS) == Match()
    found = directory().match_contact(Refs(addresses=("new@norvik.example",)), OURS)
    assert (found.account_id, found.by) == ("a:1", "domain")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norvik Maritime AS", "NORVIK MARITIME"),
        ("Łódź Transport Sp. z o.o.", "łódź transport"),
        ("A & B GmbH & Co. KG", "A and B"),
        ("Ron-tech", "Ron Tech"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert plain(one, matching()) == plain(other, matching())


@pytest.mark.parametrize("names", [("AG", "SA"), ("Company", "Limited"), ("Depot 12", "Depot 13")])
def test_names_that_are_not_one(names: Sequence[str]) -> None:
    assert len({plain(name, matching()) for name in names}) == 2
