"""The real app in a real browser: asked, opened, audited, imported, as a new user would."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driving import (
    answered,
    ask,
    open_tab,
    picture,
    plain,
    sample_rows,
    still,
    undo_opened_import,
    visit,
    write,
)

pytestmark = pytest.mark.browser

LABELS = {"ENGAGED", "NOT ENGAGED", "ND"}


def test_three_questions_are_answered_and_each_source_shows_its_quote(page: Page) -> None:
    questions = (
        "When did we last really talk to Norvik Maritime?",
        "Summarise Norvik Maritime",
        "Draft a follow-up email to Norvik Maritime",
    )
    for turns, question in enumerate(questions, 1):
        told = ask(page, question, turns)
        assert "Norvik" in told or "norvik" in told
        assert "&#" not in told
        sources = page.locator("#sources .source")
        expect(sources.first).to_be_visible()
        expect(sources.first).to_have_attribute("data-turn", str(turns - 1))
        expect(sources.first).to_have_attribute("aria-pressed", "true")
        sources.last.click()
        expect(sources.last).to_have_attribute("aria-pressed", "true")
        quote = plain(sources.last.locator(".quote").inner_text())
        record = page.locator("#record .record")
        expect(record.locator("mark").first).to_be_visible()
        assert quote[:40] in plain(record.inner_text())
        expect(record.locator(".verdict .badge")).to_have_text(re.compile("^(ENGAGED|NOT ENGAGED|ND)$"))


def test_a_number_in_an_older_answer_opens_that_answers_source(page: Page) -> None:
    ask(page, "When did we last really talk to Norvik Maritime?", 1)
    first = plain(page.locator("#sources .source .quote").first.inner_text())
    ask(page, "What can you do?", 2)
    expect(page.locator("#sources .source")).to_have_count(0)  # the newest answer has none; it empties the pane last
    still(page)
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#sources .source").first).to_have_attribute("data-turn", "0")
    assert plain(page.locator("#sources .source .quote").first.inner_text()) == first
    assert "#source" not in page.url


def test_every_starter_and_a_follow_up_answer(page: Page) -> None:
    starters = page.locator("#chat .example")
    expect(starters.nth(5)).to_be_visible()  # a question of six agents at the least
    for number in range(starters.count()):
        starters.nth(number).click()
        assert len(answered(page, 1).inner_text()) > 20
        if number == 0:
            still(page)
            page.locator("#chat .option").first.click()
            assert len(answered(page, 2).inner_text()) > 20
        page.get_by_role("button", name="New conversation").click()
        expect(starters.first).to_be_visible()
        expect(page.locator("#sources .source")).to_have_count(0)


def test_the_keyboard_alone_asks_and_asks_again(page: Page) -> None:
    box = page.locator("#ask textarea")
    expect(box).to_be_focused()
    page.keyboard.type("What can you do?")
    page.keyboard.press("Enter")
    answered(page, 1)
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.keyboard.type("Which deals are open?")
    page.keyboard.press("Enter")
    answered(page, 2)


def test_an_empty_question_and_an_endless_one_are_told_in_sentences(page: Page) -> None:
    page.locator("#ask textarea").fill("   ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Type a question first")).to_be_visible()
    expect(page.locator("#chat [data-testid=user]")).to_have_count(0)
    told = ask(page, "endless " * 2_500, 1)
    assert "Traceback" not in told
    assert len(told) > 20


def test_two_visitors_share_nothing(page: Page, browser: Browser, app: str) -> None:
    ask(page, "Summarise Norvik Maritime", 1)
    other = browser.new_context()
    visitor = other.new_page()
    visitor.goto(app)
    expect(visitor.locator("#chat .example").first).to_be_visible()
    expect(visitor.locator("#chat [data-testid=user]")).to_have_count(0)
    assert "Norvik" not in visitor.locator("#record").inner_text()
    other.close()


def test_one_activity_is_audited_with_its_record(page: Page) -> None:
    wanted = sample_rows(1)[0]["hs_object_id"]
    open_tab(page, "Audit")
    page.locator("#one textarea").fill(wanted)
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator("#audited .record")).to_contain_text(wanted)
    expect(page.locator("#audited .verdict .badge")).to_be_visible()
    expect(page.locator("#judgement")).to_contain_text(re.compile("ENGAGED|ND"))


def test_a_verdict_is_corrected_below_its_record_and_taken_back(page: Page) -> None:
    wanted = sample_rows(3)[2]["hs_object_id"]
    open_tab(page, "Audit")
    page.locator("#one textarea").fill(wanted)
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator("#correct")).to_be_visible()
    page.locator("#correct").get_by_label("ND").check()
    page.locator("#correct-why textarea").fill("Nobody knows <b>what</b> it was.")
    page.get_by_role("button", name="Correct it", exact=True).click()
    expect(page.locator("#audited .verdict .badge")).to_have_text("ND")
    expect(page.locator("#audited .history li").first).to_contain_text("Nobody knows <b>what</b> it was.")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#audited .history li").first).to_contain_text("took back ND")
    page.locator("#one textarea").fill("From: Ana <ana@client.example>\nSubject: Hi\n\nThursday works.")
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator("#correct")).to_be_hidden()


def test_doubtful_records_are_labelled_by_keys(page: Page) -> None:
    open_tab(page, "Review")
    expect(page.locator("#review-head")).to_contain_text("1 of 50")
    first = page.locator("#review-record .record").get_attribute("aria-label")
    page.keyboard.press("3")
    expect(page.locator("#review-told")).to_contain_text("is ND now")
    expect(page.locator("#review-told")).to_contain_text("1 labelled in this sitting")
    expect(page.locator("#review-head")).to_contain_text("2 of 50")
    page.keyboard.press("j")
    expect(page.locator("#review-head")).to_contain_text("3 of 50")
    page.keyboard.press("k")
    expect(page.locator("#review-head")).to_contain_text("2 of 50")
    page.locator("#review-why textarea").fill("just 1 word")
    expect(page.locator("#review-head")).to_contain_text("2 of 50")
    page.locator("#review-head").click()
    page.keyboard.press("u")
    expect(page.locator("#review-head")).to_contain_text("1 of 50")
    expect(page.locator("#review-record .record")).to_have_attribute("aria-label", first or "")
    expect(page.locator("#review-record .history li").first).to_contain_text("took back ND")


def test_a_pasted_text_is_audited_with_how_it_was_read(page: Page) -> None:
    open_tab(page, "Audit")
    mail = "From: Ana Ruiz <ana@client.example>\nSubject: Re: Offer\n\nYes, Thursday works. Send <b>the</b> offer."
    page.locator("#one textarea").fill(mail)
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator("#judgement")).to_contain_text("Verdict:")
    expect(page.locator("#audited .thread")).to_contain_text("Yes, Thursday works.")
    expect(page.locator("#audited .verdict .badge")).to_be_visible()
    page.get_by_text("Raw text").click()
    expect(page.locator("#audited .raw pre")).to_contain_text("Send <b>the</b> offer.")


def test_an_unknown_id_is_told_in_a_sentence(page: Page) -> None:
    open_tab(page, "Audit")
    page.locator("#one textarea").fill("999999999")
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator(".toast-body")).to_contain_text("There is no activity 999999999 in the store.")


def test_a_paused_audit_shows_the_rows_so_far_and_goes_on(page: Page, tmp_path: Path) -> None:
    many = [
        {**row, "hs_object_id": n + row["hs_object_id"], "crm_description": f"{row['crm_description']}\n{n}"}
        for n in "12345678"
        for row in sample_rows(5_000)
    ]
    file = write(tmp_path / "long.csv", many)  # no text is there twice: at 2,500 rows/s sixteen seconds to pause in
    open_tab(page, "Audit")
    open_tab(page, "The store or a file")
    page.locator("#audit-what").get_by_label("A file").check()
    page.locator("#audit-file input[type=file]").set_input_files(file)
    expect(page.locator("#audit-file")).to_contain_text("long")
    page.locator("#audit-go").click()
    expect(page.locator("#audit-progress")).to_contain_text("rows/s")
    page.locator("#audit-stop").click()
    expect(page.locator("#audit-progress")).to_contain_text("Paused after")
    told = page.locator("#audit-progress").inner_text()
    rows = int(re.sub(r"\D", "", told.split("rows")[0]))
    assert 0 < rows < 40_000
    expect(page.locator("#matching")).to_contain_text(f"{rows:,} rows")
    page.locator("#audit-resume").click()
    expect(page.locator("#audit-progress")).to_contain_text("Done: 40,000 rows")
    expect(page.locator("#matching")).to_contain_text("40,000 rows.")
    expect(page.locator("#audit-cancel")).to_be_disabled()


def test_a_file_is_audited_filtered_and_taken_away(page: Page, tmp_path: Path) -> None:
    rows = sample_rows(40)
    file = write(
        tmp_path / "forty.csv", [{k: v for k, v in row.items() if k.startswith(("hs_", "crm_"))} for row in rows]
    )
    open_tab(page, "Audit")
    open_tab(page, "The store or a file")
    page.locator("#audit-what").get_by_label("A file").check()
    page.locator("#audit-file input[type=file]").set_input_files(file)
    expect(page.locator("#audit-file")).to_contain_text("forty")
    page.locator("#audit-go").click()
    expect(page.locator("#audit-progress")).to_contain_text("Done: 40 rows")
    expect(page.locator("#matching")).to_contain_text(re.compile(r"\b40 rows[.]"))
    with page.expect_download() as download:
        page.locator("#audit-csv").click()
    result = tmp_path / "result.csv"
    download.value.save_as(result)
    with result.open(encoding="utf-8-sig", newline="") as taken:
        verdicts = list(csv.DictReader(taken))
    assert [v["hs_object_id"] for v in verdicts] == [row["hs_object_id"] for row in rows]
    assert {v["trueai_engaged"] for v in verdicts} <= LABELS
    engaged = sum(v["trueai_engaged"] == "NOT ENGAGED" for v in verdicts)
    page.locator("#audit-label input").click()
    page.get_by_role("option", name="NOT ENGAGED").click()
    expect(page.locator("#matching")).to_contain_text(f"{engaged} of 40 rows match")


def test_an_import_balances_and_can_be_undone(page: Page, tmp_path: Path) -> None:
    rows = [
        {**row, "hs_object_id": f"99{n:04d}", "crm_subject": f"Imported {n}"} for n, row in enumerate(sample_rows(5))
    ]
    file = write(tmp_path / "five.csv", [*rows, rows[0]])
    open_tab(page, "Imports")
    page.locator("#import-file input[type=file]").set_input_files(file)
    expect(page.locator("#import-file")).to_contain_text("five")
    page.get_by_role("button", name="Import", exact=True).click()
    ledger = page.locator("#ledger .ledger")
    expect(ledger).to_be_visible()
    read, stored, duplicate, unchanged, refused = map(int, ledger.locator(".cell b").all_inner_texts())
    assert (read, stored, duplicate, unchanged, refused) == (6, 5, 1, 0, 0)
    expect(page.locator("#top")).to_contain_text("5,005 activities")
    undo_opened_import(page)
    expect(page.locator("#top")).to_contain_text("5,000 activities")


@pytest.mark.parametrize("tab", ["Audit", "Import"])
def test_a_picture_named_csv_is_told_in_a_sentence(page: Page, tmp_path: Path, tab: str) -> None:
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    if tab == "Audit":
        open_tab(page, "Audit")
        open_tab(page, "The store or a file")
        page.locator("#audit-what").get_by_label("A file").check()
    else:
        open_tab(page, "Imports")
    page.locator(f"#{tab.lower()}-file input[type=file]").set_input_files(picture)
    expect(page.locator(f"#{tab.lower()}-file")).to_contain_text("picture")
    page.locator(f"#{tab.lower()}-go").click()
    told = page.locator("#audit-progress" if tab == "Audit" else ".toast-body").first
    expect(told).to_contain_text("picture.csv is an image")
    assert "Traceback" not in told.inner_text()
    assert "reference" not in told.inner_text()
    expect(page.locator(f"#{tab.lower()}-go")).to_be_enabled()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_sticks_out_at_any_width(browser: Browser, app: str, width: int) -> None:
    context, watched = visit(browser, app, "/?__theme=light", viewport={"width": width, "height": 844})
    page = watched.page
    expect(page.locator("#chat .example").first).to_be_visible()
    ask(page, "When did we last really talk to Norvik Maritime?", 1)
    expect(page.locator("#record .record")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    chat, viewer = page.locator("#chat").bounding_box(), page.locator("#record").bounding_box()
    assert chat is not None
    assert viewer is not None
    assert (viewer["y"] > chat["y"] + chat["height"]) == (width == 390)
    picture(page, f"width-{width}-light")
    page.evaluate("document.body.classList.add('dark')")
    picture(page, f"width-{width}-dark")
    context.close()


def test_an_account_shows_who_answers_and_asks_about_itself(page: Page) -> None:
    page.get_by_role("tab", name="Accounts").click()
    page.locator("#find-account textarea, #find-account input").fill("norvik")
    expect(page.locator("#accounts .count")).to_contain_text("1 of 60 accounts")
    page.locator("#period input").fill("Q3 2026")
    page.keyboard.press("Enter")
    expect(page.locator("#accounts .summary")).to_contain_text("1 Jul 2026 – 30 Sep 2026: 1 talked with us")
    expect(page.locator("#accounts tbody tr")).to_contain_text("29 Sep 2026")
    page.locator(".open-account", has_text="Norvik").click()
    expect(page.locator("#timeline .dot")).not_to_have_count(0)
    expect(page.locator("#who")).to_contain_text("Sigrid Aas")
    dot = page.locator("#timeline .dot.engaged").first
    dot.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#touch .badge")).to_have_text("ENGAGED")
    expect(page.locator("#touch-mend")).to_be_visible()
    page.locator("#touch-mend").get_by_label("ND", exact=True).check()
    page.locator("#touch-mend-go").click()
    expect(page.locator("#touch .badge")).to_have_text("ND")
    page.locator("#touch-mend-undo").click()
    expect(page.locator("#touch .badge")).to_have_text("ENGAGED")
    page.get_by_role("button", name="Have we really talked?").click()
    assert "Last two-way contact" in answered(page, 1).inner_text()
    expect(page.locator("#mend")).to_be_visible()
