"""Which of the companies that activities name become accounts: chosen by a person, in boxes."""

from pathlib import Path
from typing import Any

from crm.intake.named_companies import Company
from house import House
from tests.ui.drawing import drawn
from ui import company_choice
from ui.company_choice import FEW, LISTED, CompanyChoice, wanted
from ui.ledger_pane import LedgerPane

OTTER, PAPER, QUARRY = Company("Otter", "", 3), Company("Paper", "", 2, "", 2), Company("Quarry", "", 2, "", 1)
FOUND = (OTTER, PAPER, QUARRY)
MANY = tuple(Company(f"Company {n:04}", "", 3_000 - n) for n in range(2_000))


def drawn_choice() -> CompanyChoice:
    choice = CompanyChoice()
    choice.draw()
    return choice


def opened(*found: Company, chosen: bool = True) -> dict[str, Any]:
    choice = drawn(drawn_choice)
    filled = choice.opened(found, chosen)
    names = ("place", "narrowing", "find", "least", "boxes", "told", "found", "left_out")
    assert len(filled) == len(choice.shown)
    return dict(zip(names, filled, strict=True))


def labels(boxes: Any) -> list[str]:
    return [label for label, _ in boxes.choices]


def test_all_are_chosen_but_those_whose_every_mail_is_automatic() -> None:
    shown = opened(*FOUND)
    assert shown["boxes"].value == ["Otter", "Quarry"]
    assert labels(shown["boxes"]) == [
        "Otter · 3 activities",
        "Paper · 2 activities, only newsletters or notices",
        "Quarry · 2 activities, 1 of them newsletters or notices",
    ]
    assert "2 accounts will be made of 3 companies" in shown["told"]
    assert "what is left out (1) stays listed" in shown["told"]
    assert "seldom a customer" in shown["told"]
    assert wanted(shown["boxes"].value, FOUND, shown["left_out"], "", 1) == ["Otter", "Quarry"]
    assert opened(*FOUND, chosen=False)["boxes"].value == []
    assert not opened()["place"].visible


def test_boxes_say_what_is_made() -> None:
    left_out, told = company_choice._ticked(["Paper"], FOUND, frozenset(), "", 1)
    assert left_out == {"Otter", "Quarry"}
    assert "1 account will be made of 3 companies" in told
    assert wanted(["Paper"], FOUND, left_out, "", 1) == ["Paper"]
    assert "Nothing is chosen" in company_choice._ticked([], FOUND, frozenset(), "", 1)[1]
    assert "3 accounts will be made, with" in company_choice._ticked([c.name for c in FOUND], FOUND, left_out, "", 1)[1]


def test_searching_chooses_nothing_and_leaves_what_is_chosen_elsewhere() -> None:
    boxes = company_choice._boxes(FOUND, frozenset({"Paper"}), "OTT", 1)
    assert (labels(boxes), boxes.value) == (["Otter · 3 activities"], ["Otter"])
    left_out, _ = company_choice._ticked([], FOUND, frozenset({"Paper"}), "ott", 1)
    assert left_out == {"Otter", "Paper"}
    assert wanted(["Paper"], FOUND, frozenset({"Quarry"}), "otter", 1) == ["Otter", "Paper"]  # an older search's boxes
    assert labels(company_choice._boxes(FOUND, frozenset(), "", 3)) == ["Otter · 3 activities"]
    assert len(labels(company_choice._boxes(FOUND, frozenset(), "", None))) == 3


def test_of_thousands_the_busiest_are_listed_and_all_can_be_chosen_at_once() -> None:
    shown = opened(*MANY)
    assert len(shown["boxes"].choices) == LISTED
    assert shown["narrowing"].visible
    assert not opened(*MANY[:FEW])["narrowing"].visible
    assert "2,000 accounts will be made" in shown["told"]
    assert "The 100 with the most activities are listed" in shown["told"]
    _, none, _ = company_choice._all(False, MANY, shown["left_out"], "", 1)
    assert len(none) == 2_000
    boxes, some, told = company_choice._all(True, MANY, none, "company 19", 1)
    assert len(MANY) - len(some) == 100
    assert boxes.value == [f"Company {n}" for n in range(1_900, 2_000)]
    assert "100 accounts will be made of 2,000 companies" in told


ROWS = """hs_object_id,crm_subject,crm_description,crm_subtype,company
1,Offer,Please send it,Email,Norvik
2,Offer,Please send it too,Email,Parcel Freight
"""


def pane_of(house: House) -> LedgerPane:
    pane = LedgerPane(house)
    pane.draw()
    return pane


def at(pane: LedgerPane, filled: list[Any], component: Any) -> Any:
    return filled[[id(c) for c in pane.shown].index(id(component))]


def test_only_the_chosen_are_made_and_the_rest_stays_listed_unchosen(house: House, tmp_path: Path) -> None:
    file = tmp_path / "named.csv"
    file.write_text(ROWS)
    done = house.import_file(file)
    pane = drawn(lambda: pane_of(house))
    first = pane.opened(done, can_go=True)
    assert at(pane, first, pane.choice.boxes).value == ["Norvik", "Parcel Freight"]
    found = at(pane, first, pane.choice.found)
    *_, after = pane._added(["Norvik"], found, frozenset({"Parcel Freight"}), "", 1)
    assert [a.name for a in house.book.accounts] == ["Norvik"]
    assert "1 company that activities name is no account" in after[0]
    for filled in (after, pane.opened(house.ledger(done.import_id), can_go=True)):
        boxes = at(pane, filled, pane.choice.boxes)
        assert ([name for _, name in boxes.choices], boxes.value) == (["Parcel Freight"], [])
        assert at(pane, filled, pane.add).visible
    (untouched,) = pane._added([], found, frozenset({"Norvik", "Parcel Freight"}), "", 1)
    assert len(untouched) == len(pane.shown)
    assert len(house.book.accounts) == 1
    *_, last = pane._added(["Parcel Freight"], at(pane, after, pane.choice.found), frozenset(), "", 1)
    assert "is no account" not in last[0]
    assert not at(pane, last, pane.choice.place).visible
    assert len(house.book.accounts) == 2
