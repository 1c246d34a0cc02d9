"""The places beside the chat in a real browser: charts that open, audits that survive, columns that are named."""

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driving import (
    Served,
    Watched,
    open_tab,
    picture,
    sample_rows,
    signed_in,
    undo_opened_import,
    visit,
    write,
)

pytestmark = pytest.mark.browser
MANY = 60_000  # rows that an audit cannot finish while a page is loaded anew
PLACES = {
    "Accounts": "#accounts tbody tr",
    "Audit": "#judge",
    "Review": "#review-record .record",
    "Pipeline": "[data-chart=together]",
    "Quality": "#tidiness .measure",
    "Settings": "#support pre",
    "Imports": "#ledger",
}


def opened_tab(page: Page, name: str) -> None:
    """Opens a place, out of the menu where the window is too narrow for its tab."""
    tab = page.get_by_role("tab", name=name, exact=True)
    if tab.count() and tab.first.is_visible():
        tab.first.click()
    else:
        page.locator(".overflow-menu > button").first.click()
        page.locator(".overflow-dropdown button", has_text=name).click()


def choose(page: Page, name: str, option: str) -> None:
    page.locator(f"#{name} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def audit(page: Page, file: Path) -> None:
    """A file's audit, just started."""
    open_tab(page, "Audit")
    open_tab(page, "The store or a file")
    page.locator("#audit-what").get_by_label("A file").check()
    page.locator("#audit-file input[type=file]").set_input_files(file)
    expect(page.locator("#audit-file")).to_contain_text(file.stem)
    expect(page.locator("#audit-cost")).to_contain_text("this costs nothing")
    page.locator("#audit-go").click()


def test_a_chart_opens_its_rows_and_is_taken_away(page: Page, tmp_path: Path) -> None:
    open_tab(page, "Pipeline")
    stages = page.locator("[data-chart=stages]")
    mark = stages.locator(".mark").first
    expect(mark).to_be_visible()
    count = str(mark.locator(".figure").text_content())
    mark.click()
    expect(page.locator("#behind")).to_contain_text(f"{count} records")
    assert page.locator("#behind tbody tr").count() == int(count)
    taken = {}
    for form in ("PNG", "SVG", "CSV"):
        with page.expect_download() as download:
            stages.get_by_role("button", name=f"Open deals by stage as {form}").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        taken[form] = path.read_bytes()
    assert taken["PNG"].startswith(b"\x89PNG")
    assert b"Open deals by stage" in taken["SVG"]
    assert b"var(" not in taken["SVG"]
    rows = list(csv.DictReader(taken["CSV"].decode("utf-8-sig").splitlines()))
    assert rows[0]["value"] == count
    with page.expect_download() as download:
        page.locator("#behind-csv").click()
    download.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == int(count)


def test_a_selection_narrows_the_charts_and_nonsense_is_told(page: Page) -> None:
    open_tab(page, "Pipeline")
    largest = page.locator("[data-chart=stages] .mark .figure").first
    expect(largest).to_be_visible()
    before = int(str(largest.text_content()))
    choose(page, "pipe-rep", "Claire Dumont")
    expect(largest).not_to_have_text(str(before))
    assert 0 < int(str(largest.text_content())) < before
    page.locator("#pipe-period input").fill("blue")
    page.keyboard.press("Enter")
    expect(page.locator(".toast-body")).to_contain_text("“blue” is no period that I know")


def test_two_accounts_are_joined_and_taken_apart_where_one_is_open(watched: Watched) -> None:
    page = watched.page
    open_tab(page, "Accounts")
    row = page.locator("#accounts .open-account", has_text="Norvik Maritime")
    row.click()
    expect(page.locator("#account h2")).to_contain_text("Norvik Maritime")
    page.get_by_role("button", name="The same company as another account?").click()
    expect(page.locator("#join-go")).to_be_hidden()
    choose(page, "join-other", "Dunmore Tool & Die")
    expect(page.locator("#join-told")).to_contain_text("“Dunmore Tool & Die” becomes part of “Norvik Maritime”.")
    page.locator("#join-stays").get_by_label("Dunmore Tool & Die").check()
    expect(page.locator("#join-told")).to_contain_text("“Norvik Maritime” becomes part of “Dunmore Tool & Die”.")
    page.locator("#join-go").click()
    expect(page.locator("#account h2")).to_contain_text("Dunmore Tool & Die")
    expect(page.locator("#joined")).to_contain_text("“Norvik Maritime” was joined in.")
    expect(page.locator("#accounts .count")).to_contain_text("59 of 59 accounts")
    page.locator("#joined").get_by_role("button", name="Take apart").click()
    expect(page.locator("#joined")).not_to_contain_text("Norvik Maritime")
    expect(page.locator("#accounts .count")).to_contain_text("60 of 60 accounts")
    expect(row).to_be_visible()


def test_a_mark_opens_by_key(page: Page) -> None:
    open_tab(page, "Pipeline")
    mark = page.locator("[data-chart=health] .mark").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#behind .kicker")).to_have_text("Health of accounts")


def test_measured_figures_stand_with_their_command(page: Page) -> None:
    open_tab(page, "Quality")
    expect(page.locator("#figures")).to_contain_text("kept unread")
    expect(page.locator("#figures .command").first).to_contain_text("test_verdict_figures.py")
    expect(page.locator("#tidiness")).to_contain_text("activities that belong to no account")


def test_an_audit_survives_a_reload(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    some = [{k: v for k, v in row.items() if k.startswith(("hs_", "crm_"))} for row in sample_rows(MANY)]
    each = [(n, some[n % len(some)]) for n in range(MANY)]
    rows = [{**row, "hs_object_id": f"m{n}", "crm_description": f"{row['crm_description']} ({n})"} for n, row in each]
    audit(page, write(tmp_path / "many.csv", rows))
    expect(page.locator("#audit-progress")).to_contain_text("rows/s")
    with watched.leaving():
        page.reload()
    open_tab(page, "Audit")
    open_tab(page, "The store or a file")
    expect(page.locator("#audit-progress")).to_contain_text("many.csv")
    expect(page.locator("#audit-progress")).to_contain_text("rows/s")
    page.locator("#audit-stop").click()
    expect(page.locator("#audit-progress")).to_contain_text("Paused after")
    page.locator("#audit-cancel").click()
    expect(page.locator("#audit-cancel")).to_be_disabled()


def test_a_row_is_corrected_with_a_reason_and_taken_away(browser: Browser, guarded: Served, tmp_path: Path) -> None:
    """Away from the app that all share: what an audit keeps in the store stays there."""
    page = signed_in(browser, guarded.address, "ana").page
    rows = [{k: v for k, v in row.items() if k.startswith(("hs_", "crm_"))} for row in sample_rows(12)]
    for n, row in enumerate(rows):
        row["hs_object_id"] = f"browser-{n}"
    file = write(tmp_path / "twelve.csv", rows)
    open_tab(page, "Audit")
    open_tab(page, "The store or a file")
    page.locator("#audit-what").get_by_label("A file").check()
    page.locator("#audit-file input[type=file]").set_input_files(file)
    expect(page.locator("#audit-cost")).to_contain_text("12 records")
    page.locator("#audit-record input").check()
    page.locator("#audit-go").click()
    expect(page.locator("#audit-progress")).to_contain_text("Done: 12 rows")
    page.locator("#audit-table [data-row='2']").click()
    expect(page.locator("#audit-record-open .record")).to_be_visible()
    label = page.locator("#audit-table tr.opened .badge").inner_text()
    other = "ND" if label != "ND" else "ENGAGED"
    page.locator("#amend").get_by_label(other, exact=True).check()
    page.locator("#amend-why textarea").fill("Wrong thread.")
    page.locator("#amend-go").click()
    expect(page.locator("#audit-table tr.opened .badge")).to_have_text(other)
    expect(page.locator("#audit-table tr.opened")).to_contain_text("anaWrong thread.")
    with page.expect_download() as download:
        page.locator("#audit-jsonl").click()
    download.value.save_as(tmp_path / "taken.jsonl")
    taken = [json.loads(line) for line in (tmp_path / "taken.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (taken[1]["trueai_engaged"], taken[1]["because"]) == (other, "Wrong thread.")
    page.locator("#amend-undo").click()
    expect(page.locator("#audit-table tr.opened .badge")).to_have_text(label)
    page.context.close()


def test_unknown_columns_are_named_then_imported(page: Page, tmp_path: Path) -> None:
    row = {
        "Kennung": "9901",
        "Worum": "Kran",
        "Gesagt": "Sie will das Angebot.",
        "Sorte": "Call",
        "Tagesmarke": "2026-03-01",
        "Wer": "Kranbau Ost",
    }
    file = write(tmp_path / "fremd.csv", [row])
    open_tab(page, "Imports")
    page.locator("#import-file input[type=file]").set_input_files(file)
    expect(page.locator("#import-file")).to_contain_text("fremd")
    choose(page, "import-kind", "Activities")
    page.locator("#import-go").click()  # what the columns mean can be said where the import could not know
    expect(page.locator("#preview")).to_contain_text("None of these columns is known")
    for column, field in (
        ("Worum", "subject"),
        ("Gesagt", "text"),
        ("Sorte", "kind of activity"),
        ("Kennung", "id"),
        ("Wer", "account name"),
    ):
        choose(page, "column", column)
        choose(page, "field", field)
        page.locator("#remember").click()
        expect(page.locator("#preview tr", has_text=column)).not_to_contain_text("kept as it is")
    expect(page.locator("#preview")).to_contain_text("1 new")
    page.locator("#import-go").click()
    expect(page.locator("#ledger")).to_contain_text("no account yet (Kranbau Ost)")
    page.locator("#add-companies").click()
    newest = page.locator("#past-imports tbody tr")
    expect(newest.first).to_contain_text("companies named in activities")
    undo_opened_import(page)
    expect(newest.first).not_to_contain_text("companies named in activities")
    newest.first.locator("button").click()
    expect(page.locator("#ledger")).to_contain_text("no account yet (Kranbau Ost)")
    undo_opened_import(page)


def test_a_file_to_fill_in_is_made_when_it_is_asked_for(page: Page, tmp_path: Path) -> None:
    open_tab(page, "Imports")
    page.locator("#templates button").first.click()
    with page.expect_download() as download:
        page.locator("#template-contacts").click()
    assert download.value.suggested_filename == "contacts.csv"
    download.value.save_as(tmp_path / "contacts.csv")
    with (tmp_path / "contacts.csv").open(encoding="utf-8-sig", newline="") as file:
        (example,) = csv.DictReader(file)
    assert "Norvik Maritime" in example.values()


def test_a_past_import_is_opened_again_and_undone_by_a_second_click(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    rows = [{**row, "hs_object_id": f"88{n:04d}", "crm_subject": f"Past {n}"} for n, row in enumerate(sample_rows(3))]
    file = write(tmp_path / "past three.csv", [*rows, {**rows[0], "crm_subject": "Another with the same id"}])
    open_tab(page, "Imports")
    page.locator("#import-file input[type=file]").set_input_files(file)
    expect(page.locator("#import-file")).to_contain_text("past three")
    page.locator("#import-go").click()
    expect(page.locator("#ledger .ledger")).to_be_visible()
    with watched.leaving():
        page.reload()
    open_tab(page, "Imports")
    newest = page.locator("#past-imports tbody tr").first
    expect(newest).to_contain_text("past three.csv")
    assert newest.locator("td.n").all_inner_texts() == ["4", "3", "1"]
    expect(page.locator("#past-imports")).to_contain_text("activities.csv")
    newest.locator("button").click()
    expect(page.locator("#refused")).to_contain_text("was already on line 2")
    with page.expect_download() as download:
        page.locator("#refused-save").click()
    download.value.save_as(tmp_path / "refused.csv")
    assert "Another with the same id" in (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")
    page.locator("#undo").click()
    page.locator("#undo-keep").click()
    expect(page.locator("#undo-sure")).not_to_be_visible()
    undo_opened_import(page)
    folded = page.locator("#past-imports details")
    expect(folded.locator("tbody tr").first).not_to_be_visible()
    folded.locator("summary").click()
    undone = folded.locator("tbody tr", has_text="past three.csv").first
    expect(undone).to_contain_text("undone on")
    expect(undone.locator("td.n").first).to_have_text("–")


def test_settings_tell_what_is_in_use(page: Page) -> None:
    open_tab(page, "Settings")
    expect(page.locator("#in-use")).to_contain_text("templates write")
    expect(page.locator("#parts")).to_contain_text("embedder")
    page.locator("#support button").click()
    expect(page.locator("#support button")).to_have_text("Copied")


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (1024, "light"), (390, "dark")])
def test_no_place_sticks_out(browser: Browser, app: str, width: int, theme: str) -> None:
    context, watched = visit(
        browser, app, f"/?__theme={theme}", viewport={"width": width, "height": 844 if width == 390 else 900}
    )
    page = watched.page
    expect(page.locator("#chat .example").first).to_be_visible()
    for place, there in PLACES.items():
        opened_tab(page, place)
        expect(page.locator(there).first).to_be_visible()
        if place == "Accounts":
            page.locator(".open-account").first.click()
            expect(page.locator("#timeline .dot").first).to_be_visible()
        picture(page, f"{place.lower()}-{width}-{theme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    assert watched.complaints == []
    context.close()
