"""One import opened: what was refused goes to the trail when it is taken, not when it is looked at."""

from pathlib import Path

from crm.records.trail_entry import What
from house import House
from tests.ui.drawing import drawn
from ui.ledger_pane import LedgerPane

ROWS = """hs_object_id,crm_subject,crm_description,crm_subtype,date
1,Offer,Please send it,Email,2026-03-02
1,Another,With the same id,Email,2026-03-03
"""


def exports(house: House) -> int:
    return sum(row.entry.what == What.EXPORT for row in house.trail())


def drawn_pane(house: House) -> LedgerPane:
    pane = LedgerPane(house)
    pane.draw()
    return pane


def test_refused_rows_are_an_export_only_once_they_are_taken(house: House, tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    file.write_text(ROWS)
    done = house.import_file(file)
    pane = drawn(lambda: drawn_pane(house))
    pane.opened(house.ledger(done.import_id), can_go=True)
    assert exports(house) == 0
    text, name = pane.taken(done.import_id)
    assert name == f"refused-{done.import_id}.csv"
    assert "With the same id" in text
    assert exports(house) == 1


NAMED = """hs_object_id,crm_subject,crm_description,crm_subtype,company,contact
1,Offer,Please send it,Email,Norvik,Sigrid Aas
"""


def undone(house: House, import_id: int) -> str:
    *_, (card, *_rest) = drawn(lambda: drawn_pane(house))._undone(import_id)
    return str(card)


def test_undoing_activities_tells_that_what_was_made_of_their_names_is_still_there(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "named.csv"
    file.write_text(NAMED)
    activities = house.import_file(file)
    companies = house.add_companies()
    told = undone(house, activities.import_id)
    assert "“people named in activities.csv”, “companies named in activities.csv”. They can be undone too" in told
    again = house.import_file(file)
    assert "named in activities" not in undone(house, companies.import_id)
    told = undone(house, again.import_id)
    assert "still there: “people named in activities.csv”. It can be undone too, below." in told
    (people,) = house.made_of_names()
    house.undo_import(people.intake.import_id)
    assert "still there" not in undone(house, house.import_file(file).import_id)


def mailbox(tmp_path: Path) -> Path:
    """Mails of one side with three companies and somebody at no company's address; nothing tells which side is ours."""
    them = ("ana@quarry.example", "bo@tanner.example", "cy@otter.example", "irina@gmail.com", "ana@quarry.example")
    rows = [f"Docks {n},{who},una@ourselves.example,2026-03-0{n + 1},Thursday works," for n, who in enumerate(them)]
    file = tmp_path / "mailbox.csv"
    file.write_text("\n".join(["Subject,From,To,Date,Body,Company", *rows, "Call,,,2026-03-09,She takes two,Pelham"]))
    return file


def test_which_domain_is_ours_is_still_asked_after_accounts_were_made(house: House, tmp_path: Path) -> None:
    house.import_file(mailbox(tmp_path))
    pane = drawn(lambda: drawn_pane(house))
    card, _, likely, *_ = pane.opened(house.add_companies(), can_go=True)
    assert likely == "ourselves.example"
    assert "Nobody knows yet which side is yours" in card
    *_, (card, _, ours, *_) = pane._ours_told(house.past_imports()[0].intake.import_id, likely)
    assert "Nobody knows yet" not in card
    assert ours == "ourselves.example"


def test_an_earlier_ledger_tells_what_has_no_account_by_now(house: House, tmp_path: Path) -> None:
    done = house.import_file(mailbox(tmp_path))
    pane = drawn(lambda: drawn_pane(house))
    assert "6 activities match no account" in pane.opened(house.ledger(done.import_id), can_go=True)[0]
    house.call_ours("ourselves.example")
    house.add_companies()
    card = pane.opened(house.ledger(done.import_id), can_go=True)[0]
    assert "1 activity matches no account" in card
    assert "1 activity is with people at addresses that anybody can have (irina@gmail.com), so it belongs" in card


def test_what_was_taken_for_an_account_of_another_name_is_told(house: House, tmp_path: Path) -> None:
    accounts, calls = tmp_path / "k.csv", tmp_path / "calls.csv"
    accounts.write_text("account_name\nNorthpier Dental Group\nHarbeck Logistics\n")
    house.import_file(accounts, "csv", "accounts")
    rows = [(1, "Northpier"), (2, "Northpier"), (3, "Harbek Logistics"), (4, "Harbeck Logistics")]
    lines = [f"{n},Call,She takes {n},Call,2026-03-0{n},{name}" for n, name in rows]
    calls.write_text("\n".join(["hs_object_id,crm_subject,crm_description,crm_subtype,date,company", *lines]))
    card = drawn(lambda: drawn_pane(house)).opened(house.import_file(calls), can_go=True)[0]
    assert "“Northpier” was taken for Northpier Dental Group (2 rows)." in card
    assert "“Harbek Logistics” was taken for Harbeck Logistics (1 row)." in card
    assert card.count("was taken for") == 2


def test_deals_loaded_after_activities_leave_the_offer_of_accounts_standing(house: House, tmp_path: Path) -> None:
    activities, deals = tmp_path / "calls.csv", tmp_path / "deals.csv"
    activities.write_text(NAMED)
    deals.write_text("deal_id,deal,account,amount,stage\nD1,Docks,Norvik,900,Open\n")
    house.import_file(activities)
    pane = drawn(lambda: drawn_pane(house))
    done = house.import_file(deals, "csv", "deals")
    assert "Norvik" in pane.opened(done, can_go=True)[0]
    house.add_companies()
    assert "Norvik" not in pane.opened(house.ledger(done.import_id), can_go=True)[0]


def test_what_an_import_brings_under_two_names_is_asked_about_beside_it(house: House, tmp_path: Path) -> None:
    firms = tmp_path / "firms.csv"
    firms.write_text("account_id,name\nA1,Otter Tools\nA2,Hôtel Otter Tools\n")
    done = house.import_file(firms)
    pane = drawn(lambda: drawn_pane(house))
    place, asked = pane.opened(done, can_go=True)[-2:]
    assert (place.label, place.visible) == ("1 pair may be one and the same", True)
    assert "Hôtel Otter Tools" in asked
    house.undo_import(done.import_id)
    assert [one.visible for one in pane.closed("")[-2:-1]] == [False]
    assert pane.opened(house.ledger(done.import_id), can_go=False)[-1] == ""
