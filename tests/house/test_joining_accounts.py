"""Two accounts said to be one company: who may say it, what the trail tells, what chat and search make of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.access import Role, Viewer
from crm.errors import MissingPart, NotAllowed
from crm.intake.joining import Joinable
from crm.nouns import Question
from crm.records.trail_entry import What
from house import House
from settings import Settings

ACCOUNTS = (
    "account_id,name,domain,owner\nA1,Dr. Yilmaz opticians,,Hanna Berg\nA2,Klovision,klo-vision.example,Ana Sol\n"
)
ACTIVITIES = """hs_object_id,crm_subject,crm_description,crm_subtype,date,contact_email
1,Re: Lenses,"From: Judith <judith@klo-vision.example>
To: Hanna Berg <hanna@ourselves.example>

Hi Hanna, yes please send the lenses, we need them on Thursday. Best, Judith",Email,2026-03-02,judith@klo-vision.example
"""
FIRM, DOMAIN = "csv:A1", "csv:A2"


@pytest.fixture
def house(tmp_path: Path, learned: Path) -> Iterator[House]:
    for model in learned.glob("*.npz"):
        (tmp_path / model.name).write_bytes(model.read_bytes())
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, workers="1", _env_file=None))
    for name, rows in (("accounts", ACCOUNTS), ("activities", ACTIVITIES)):
        file = tmp_path / f"{name}.csv"
        file.write_text(rows)
        house.import_file(file)
    yield house
    house.close()


def test_only_who_may_import_may_join_and_the_trail_tells_who_did(house: House) -> None:
    rep, ana = (house.seen_by(Viewer(name, role)) for name, role in (("Ria", Role.REP), ("Ana Ops", Role.OPS)))
    with pytest.raises(NotAllowed):
        rep.join(Joinable.ACCOUNT, DOMAIN, FIRM)
    told = ana.join(Joinable.ACCOUNT, DOMAIN, FIRM)
    assert (told.joined, told.into, told.activities) == ("Klovision", "Dr. Yilmaz opticians", 1)
    assert ana.take_apart(Joinable.ACCOUNT, DOMAIN) == "Klovision"
    noted = [(r.entry.who, r.entry.what, r.entry.about, r.entry.before, r.entry.after) for r in house.trail()[:2]]
    assert noted == [
        ("Ana Ops", What.TAKE_APART, DOMAIN, "", "Klovision"),
        ("Ana Ops", What.JOIN, DOMAIN, "Klovision", "Dr. Yilmaz opticians"),
    ]


def test_a_join_that_cannot_be_leaves_nothing_on_the_trail(house: House) -> None:
    rows = len(house.trail())
    with pytest.raises(MissingPart):
        house.join(Joinable.ACCOUNT, DOMAIN, "csv:A9")
    assert len(house.trail()) == rows


@pytest.mark.parametrize("name", ["Klovision", "klo-vision.example", "Dr. Yilmaz opticians"])
def test_either_name_means_the_account_that_stayed(house: House, name: str) -> None:
    house.join(Joinable.ACCOUNT, DOMAIN, FIRM)
    scope = house.scoper.scope(Question(f"Have we really talked with {name}?"))
    assert scope.account is not None
    assert scope.account.id == FIRM
    assert house.ask(f"Have we really talked with {name}?").sources[0].activity_id == "csv:1"


def test_search_and_figures_follow(house: House) -> None:
    house.join(Joinable.ACCOUNT, DOMAIN, FIRM)
    for name in ("Klovision", "Dr. Yilmaz opticians"):
        assert [hit.activity.id for hit in house.find("lenses", 5, name, engaged=False).hits] == ["csv:1"]
    assert house.account("Klovision").id == FIRM
    assert [row.account.name for row in house.accounts()] == ["Dr. Yilmaz opticians"]
    assert [figure.value for figure in house.figures("how many accounts do we have?").rows] == [1.0]  # type: ignore[union-attr]
    page = house.account_page(DOMAIN)
    assert page is not None
    assert (page.row.account.id, len(page.moments)) == (FIRM, 1)


def test_what_was_joined_is_found_by_its_name_to_take_it_apart(house: House) -> None:
    with pytest.raises(MissingPart):
        house.joined_account("Klovision")
    house.join(Joinable.ACCOUNT, DOMAIN, FIRM)
    assert house.joined_account("klovision").id == house.joined_account(DOMAIN).id == DOMAIN
