"""Somebody who has never seen it finds out which accounts answer, from a file that has no column for it."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.driving import Served, ask, open_tab, picture, sample_rows, undo_opened_import, visit, write

pytestmark = pytest.mark.browser

SEED = ("crm_subject", "crm_description", "crm_subtype")


def test_a_file_without_companies_and_dates_still_tells_who_answers(
    browser: Browser, bare: Served, tmp_path: Path
) -> None:
    file = write(tmp_path / "seed.csv", [{name: row[name] for name in SEED} for row in sample_rows(1_200)])
    context, watched = visit(browser, bare.address)
    page = watched.page
    page.locator("#guide-own").click()
    page.locator("#import-file input[type=file]").set_input_files(file)
    expect(page.locator("#import-file")).to_contain_text("seed")
    page.locator("#import-go").click()
    expect(page.locator("#ledger")).to_contain_text("Nobody knows yet which side is yours.")
    expect(page.locator("#ledger")).to_contain_text("Few activities carry a date, or none")
    picture(page, "newcomer-whose")
    page.get_by_role("button", name="Yes, tesseraflow.example is ours").click()
    page.get_by_role("button", name="No, tesseraflow.example is not ours after all").click()
    expect(page.locator("#ledger")).to_contain_text("Nobody knows yet which side is yours.")
    page.get_by_role("button", name="Yes, tesseraflow.example is ours").click()
    expect(page.locator("#ledger")).to_contain_text("mail domains of the other side")
    page.locator("#add-companies").click()
    expect(page.locator("#ledger")).to_contain_text("Accounts shows now which of them answer")
    picture(page, "newcomer-accounts-made")

    open_tab(page, "Accounts")
    talked = page.locator("#accounts tr", has=page.locator(".pill.undated")).first
    talked.click()
    expect(talked.locator(".open-account")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#account")).to_contain_text("two-way contact on record, without a date")
    page.locator("#timeline .dot.engaged").first.click()
    expect(page.locator("#touch .badge")).to_have_text("ENGAGED")
    picture(page, "newcomer-account")
    page.locator("#touch-mend").get_by_label("ND", exact=True).check()
    page.locator("#touch-mend-go").click()
    expect(page.locator("#touch .badge")).to_have_text("ND")
    with page.expect_download() as download:
        page.locator("#accounts-csv").click()
    download.value.save_as(tmp_path / "accounts.csv")
    with (tmp_path / "accounts.csv").open(encoding="utf-8-sig", newline="") as taken:
        rows = list(csv.DictReader(taken))
    assert {row["health"] for row in rows} >= {"undated"}
    assert all(row["account"].endswith(".example") for row in rows)

    open_tab(page, "Ask")
    assert "no date" in ask(page, "Which accounts answered us last quarter?", 1)
    assert watched.complaints == []
    context.close()


WERK = {"Mitarbeiter": "Maren Schütz", "Kunde": "Hallbach Pumpen GmbH", "Ansprechpartner": "Jutta Kern"}
TAGEBUCH = [
    {"Datum": "02.02.2026 09:10", "Art": "Anruf", "Betreff": "Wartung", "Text": "nicht erreicht", **WERK},
    {"Datum": "03.02.2026 10:00", "Art": "Anruf", "Betreff": "Wartung", "Text": "keiner da, AB besprochen", **WERK},
    {
        "Datum": "05.02.2026 11:30", "Art": "Anruf", "Betreff": "Wartung",
        "Text": "Mit Frau Kern gesprochen: sie möchte das Angebot für 20 Pumpen bis Freitag.", **WERK,
    },
]  # fmt: skip


def test_a_table_in_german_is_understood_without_a_word_and_a_correction_counts_at_once(
    browser: Browser, bare: Served, tmp_path: Path
) -> None:
    context, watched = visit(browser, bare.address)
    page = watched.page
    page.locator("#guide-own").click()
    page.locator("#import-file input[type=file]").set_input_files(write(tmp_path / "tagebuch.csv", TAGEBUCH))
    expect(page.locator("#import-file")).to_contain_text("tagebuch")
    page.locator("#import-go").click()
    expect(page.locator("#ledger")).to_contain_text("(Hallbach Pumpen GmbH)")
    page.get_by_role("button", name="Make accounts and contacts of the chosen").click()
    expect(page.locator("#past-imports")).to_contain_text("people named in activities")

    open_tab(page, "Ask")
    told = ask(page, "When did we last really talk to Hallbach?", 1)
    assert "5 February 2026" in told
    assert "Jutta Kern" in told

    open_tab(page, "Accounts")
    row = page.locator("#accounts tr", has_text="Hallbach Pumpen GmbH")
    expect(row).to_contain_text("1 of 3")
    expect(row).to_contain_text("Maren Schütz")
    row.click()
    page.locator("#timeline .dot.engaged").first.click()
    page.locator("#touch .not-right").click()
    expect(page.locator("#touch-mend")).to_be_in_viewport()
    page.locator("#touch-mend").get_by_label("ND", exact=True).check()
    page.locator("#touch-mend-go").click()
    expect(row).to_contain_text("0 of 3")
    expect(page.locator("#touch .verdict")).to_contain_text("decided by a person")
    picture(page, "newcomer-corrected")

    open_tab(page, "Imports")
    page.get_by_role("button", name="tagebuch.csv").click()
    undo_opened_import(page)
    open_tab(page, "Accounts")
    expect(page.locator("#touch")).to_contain_text("is not in the store any more")
    expect(page.locator("#timeline .dot")).to_have_count(0)
    open_tab(page, "Ask")
    expect(page.locator("#record")).to_contain_text("is not in the store any more")
    assert watched.complaints == []
    context.close()


NEWS = "Our spring offers for everybody.\n\nUnsubscribe | View in browser"


def test_only_the_companies_that_are_chosen_become_accounts(browser: Browser, bare: Served, tmp_path: Path) -> None:
    kinds = {"crm_subtype": "Email", "direction": "inbound"}
    rows = [
        {"crm_subject": f"Docks {n}", "crm_description": f"Thursday works, {n}.", "company": f"Yard {n:02}", **kinds}
        for n in range(12)
    ]
    rows += [{"crm_subject": f"News {n}", "crm_description": NEWS, "company": "Paper Post", **kinds} for n in range(3)]
    context, watched = visit(browser, bare.address)
    page = watched.page
    page.locator("#guide-own").click()
    page.locator("#import-file input[type=file]").set_input_files(write(tmp_path / "yards.csv", rows))
    expect(page.locator("#import-file")).to_contain_text("yards")
    page.locator("#import-go").click()
    told, boxes = page.locator("#companies-told"), page.locator("#companies-boxes input")
    expect(told).to_contain_text("12 accounts will be made of 13 companies")
    paper = page.get_by_label("Paper Post · 3 activities, only newsletters or notices")
    expect(paper).not_to_be_checked()
    picture(page, "newcomer-companies")

    page.locator("#find-company input").fill("yard 0")
    expect(boxes).to_have_count(10)
    page.locator("#companies-none").click()
    expect(told).to_contain_text(re.compile(r"\b2 accounts will be made of 13 companies"))  # no longer 12
    page.locator("#find-company input").fill("")
    expect(boxes).to_have_count(13)
    third = page.get_by_label("Yard 03 · 1 activity")
    expect(third).not_to_be_checked()
    third.focus()
    page.keyboard.press("Space")
    expect(told).to_contain_text("3 accounts will be made of 13 companies")
    page.locator("#add-companies").press("Enter")
    expect(page.locator("#ledger")).to_contain_text("10 companies that activities name are no accounts.")
    expect(boxes).to_have_count(10)
    expect(page.locator("#companies-boxes input:checked")).to_have_count(0)
    open_tab(page, "Accounts")
    expect(page.locator("#accounts .open-account")).to_have_text(["Yard 03", "Yard 10", "Yard 11"])
    assert watched.complaints == []
    context.close()


def test_another_sheet_of_a_workbook_is_chosen_and_imported(browser: Browser, bare: Served, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Companies"
    for row in (("Company", "Industry"), ("Hallbach Pumpen GmbH", "Machinery")):
        book.active.append(row)
    deals = book.create_sheet("Deals")
    deals.append(("Deal", "Company", "Stage", "Amount"))
    deals.append(("Pumps", "Hallbach Pumpen GmbH", "Proposal", 7500))
    book.save(tmp_path / "crm.xlsx")

    context, watched = visit(browser, bare.address)
    page = watched.page
    open_tab(page, "Imports")
    page.locator("#import-file input[type=file]").set_input_files(tmp_path / "crm.xlsx")
    page.locator("#import-part input").click()
    page.get_by_role("option", name="crm.xlsx · Deals").click()
    page.locator("#import-go").click()
    expect(page.locator("#past-imports")).to_contain_text("crm - Deals.csv")
    page.locator("#import-part input").click()
    page.get_by_role("option", name="All 2").click()
    picture(page, "a-workbook")
    page.locator("#import-go").click()
    expect(page.locator("#loaded")).to_contain_text(
        "“crm.xlsx · Companies”: accounts; rows read 1, stored 1, refused 0."
    )
    expect(page.locator("#loaded")).to_contain_text("“crm.xlsx · Deals”: deals; rows read 1, stored 0, refused 0.")
    assert watched.complaints == []
    context.close()


def test_several_files_are_loaded_at_once_and_one_that_cannot_be_read_stops_none(
    browser: Browser, bare: Served, tmp_path: Path
) -> None:
    calls = {"crm_subject": "Cranes", "crm_description": "He wants two.", "crm_subtype": "Call"}
    files = [
        write(tmp_path / "calls.csv", [{"hs_object_id": "1", "company": "Kranbau Ost", **calls}]),
        write(tmp_path / "firms.csv", [{"account_id": "A1", "name": "Kranbau Ost"}]),
        write(tmp_path / "odd.csv", [{"Farbe": "rot", "Form": "rund"}]),
    ]
    context, watched = visit(browser, bare.address)
    page = watched.page
    open_tab(page, "Imports")
    page.locator("#import-file input[type=file]").set_input_files(files)
    expect(page.locator("#import-part")).to_be_visible()
    page.locator("#import-look").click()
    expect(page.locator("#preview h4")).to_have_text(["calls.csv", "firms.csv", "odd.csv"])
    page.locator("#import-go").click()
    loaded = page.locator("#loaded")
    expect(loaded).to_contain_text("“firms.csv”: accounts; rows read 1, stored 1, refused 0.")
    expect(loaded).to_contain_text("“odd.csv” was not imported.")
    expect(page.locator("#ledger")).to_contain_text("Read as activities")
    expect(page.locator("#ledger")).not_to_contain_text("matches no account")
    picture(page, "several-files")
    page.locator("#import-part input").click()
    page.get_by_role("option", name="odd.csv").click()
    page.locator("#import-look").click()
    expect(page.locator("#naming")).to_be_visible()
    open_tab(page, "Accounts")
    expect(page.locator("#accounts .open-account")).to_have_text(["Kranbau Ost"])
    assert watched.complaints == []
    context.close()


def test_what_may_be_there_twice_is_asked_about_beside_the_import_then_above_the_accounts(
    browser: Browser, bare: Served, tmp_path: Path
) -> None:
    names = ("Grand Cerf", "Hôtel du Grand Cerf", "Otter", "Hotel Otter", "Tanner", "Tanner Tools", "Ruiz y Lind")
    rows = [{"account_id": f"T{n}", "name": name} for n, name in enumerate(names)]
    context, watched = visit(browser, bare.address)
    page = watched.page
    page.locator("#guide-own").click()
    page.locator("#import-file input[type=file]").set_input_files(write(tmp_path / "accounts.csv", rows))
    expect(page.locator("#import-file")).to_contain_text("accounts")
    page.locator("#import-go").click()
    expect(page.locator("#ledger")).to_contain_text("Read as accounts")
    expect(page.get_by_role("button", name="2 pairs may be one and the same")).to_be_visible()
    both = "“Hôtel du Grand Cerf” (activities: 0) and “Grand Cerf” (0)"
    cerf = page.locator("#import-duplicates-pairs li", has_text=both)
    picture(page, "possible-duplicates-imported")
    cerf.get_by_role("button", name="one, called “Grand Cerf”").click()
    expect(page.get_by_role("button", name="1 pair may be one and the same")).to_be_visible()

    open_tab(page, "Accounts")
    expect(page.locator("#accounts .count")).to_contain_text("6 of 6 accounts")
    page.get_by_role("button", name="1 pair may be one and the same").click()
    picture(page, "possible-duplicates")
    page.locator("#duplicates-pairs li", has_text="Otter").get_by_role("button", name="they are two").click()
    expect(page.locator("#duplicates")).to_be_hidden()
    expect(page.locator("#accounts .count")).to_contain_text("6 of 6 accounts")
    assert watched.complaints == []
    context.close()
