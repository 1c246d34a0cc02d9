"""What a question is about: names in every careless spelling, and never a company that is not in the data."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from agents.account_names import AccountNames
from agents.base import Toolbox
from agents.scope import Scoper
from crm.nouns import Account, Answer, Question, Scope, Turn

HERE = ("Norvik Maritime", "Betatech", "Betasoloin", "Calder & Voss", "Halcyon Optics", "Halcyon Freight", "Golddex")
NAMES = AccountNames.of(Account(name, name) for name in HERE)
FOREIGN = (
    "Wayfarer Foods", "Nexora", "Brightpath Energy", "Calloway & Sons", "Ostwind Logistik", "Vantia", "Quintara",
    "Ironclad Systems", "Polaris Medical", "Hollowell Brothers", "Maplecrest", "Zephyr Labs", "Orchid Pharma",
)  # fmt: skip
PUBLIC = os.environ.get("CRM_PUBLIC_DATA", "")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Have we talked with Norvik Maritime?", ["Norvik Maritime"]),
        ("anything from norvik lately", ["Norvik Maritime"]),
        ("norvikmaritime summary", ["Norvik Maritime"]),
        ("what about Nor vik", ["Norvik Maritime"]),
        ("Norvk?", ["Norvik Maritime"]),
        ("beta tech", ["Betatech"]),
        ("Betatec", ["Betatech"]),
        ("calder and voss", ["Calder & Voss"]),
        ("summary of Halcyon", ["Halcyon Freight", "Halcyon Optics"]),
        ("summary of Halcyon Freight", ["Halcyon Freight"]),
        ("gold dex deals", ["Golddex"]),
        ("how is the pipeline by stage", []),
    ],
)
def test_a_name_is_known_however_it_is_typed(text: str, meant: list[str]) -> None:
    assert sorted(name for name, _ in NAMES.near(text)) == meant


@pytest.mark.parametrize("name", FOREIGN)
def test_a_company_that_is_not_in_the_data_is_never_matched(tools: Toolbox, name: str) -> None:
    assert NAMES.near(f"When did we last talk to {name}?") == []
    scope = Scoper(tools.book, tools.store).scope(Question(f"Give me a summary of {name}"))
    assert scope.account is None
    assert scope.unknown == name


@pytest.mark.skipif(not PUBLIC, reason="CRM_PUBLIC_DATA is not set")
@pytest.mark.parametrize("spoil", ["as it is", "lower", "a letter dropped", "split", "joined"])
def test_the_public_accounts_are_found(spoil: str) -> None:
    with (Path(PUBLIC) / "maven_crm" / "accounts.csv").open(encoding="utf-8") as file:
        names = [row["account"] for row in csv.DictReader(file)]
    public = AccountNames.of(Account(name, name) for name in names)
    ways: dict[str, Callable[[str], str]] = {
        "as it is": lambda n: n,
        "lower": str.lower,
        "a letter dropped": lambda n: n[: len(n) // 2] + n[len(n) // 2 + 1 :],
        "split": lambda n: n[: len(n) // 2] + " " + n[len(n) // 2 :],
        "joined": lambda n: n.replace(" ", ""),
    }
    found = [public.near(f"when did {ways[spoil](name)} answer us") for name in names]
    right = sum([i for i, _ in near] == [name] for near, name in zip(found, names, strict=True))
    assert right >= 0.98 * len(names)


def after(scope: Scope) -> tuple[Turn, ...]:
    return (Turn("before", Answer("", "engagement_check", scope)),)


def test_a_follow_up_keeps_the_account(tools: Toolbox) -> None:
    scoper = Scoper(tools.book, tools.store)
    first = scoper.scope(Question("Is Norvik Maritime engaged?"))
    assert first.account is not None
    assert scoper.scope(Question("and before that?", after(first))).account == first.account
    assert scoper.scope(Question("Which accounts are quiet overall?", after(first))).account is None


def test_a_person_gives_the_account(tools: Toolbox) -> None:
    person = next(c for c in tools.book.contacts if c.account_id)
    scope = Scoper(tools.book, tools.store).scope(Question(f"Did {person.name} answer?"))
    assert scope.contact == person
    assert scope.account is not None
    assert scope.account.id == person.account_id


def test_an_activity_is_known_by_its_number(tools: Toolbox) -> None:
    known = tools.store.activities(limit=1)[0]
    scoper = Scoper(tools.book, tools.store)
    for typed in (known.id, f"activity {known.native_id}", f"#{known.native_id}"):
        assert scoper.scope(Question(f"why is {typed} labelled so?")).activity_id == known.id
