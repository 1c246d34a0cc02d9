"""Conversations as their owner keeps them: found again, renamed, rated, taken away, deleted; and by nobody else."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crm.nouns import Answer, Turn
from crm.records.conversations import NOT_THERE, Conversations
from crm.records.store import Store
from tests.browser.driving import (
    Served,
    Watched,
    answered,
    ask,
    picture,
    signed_in,
    still,
    visit,
)

pytestmark = pytest.mark.browser

LAST_TALK = "When did we last really talk to Norvik Maritime?"


def opened(page: Page, title: str) -> None:
    expect(page.locator("#talk-list [aria-current] .title")).to_have_text(title)


def test_a_draft_is_taken_away_as_a_mail(page: Page, tmp_path: Path) -> None:
    ask(page, "Draft a follow-up to Norvik Maritime", 1)
    still(page)
    with page.expect_download() as download:
        page.locator("#chat a.eml").click()
    assert download.value.suggested_filename.endswith(".eml")
    download.value.save_as(tmp_path / "draft.eml")
    mail = message_from_bytes((tmp_path / "draft.eml").read_bytes(), policy=default)
    assert mail["To"].addresses[0].domain == "norvik.example"
    assert mail["Subject"] in page.locator("#chat").inner_text()


def test_a_conversation_is_kept_renamed_found_rated_taken_away_and_deleted(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    ask(page, LAST_TALK, 1)
    opened(page, "Norvik Maritime: real contact")
    still(page)
    page.locator("#chat a.thumb.down").focus()
    page.keyboard.press("Space")
    box = page.locator("#why input")
    expect(box).to_be_focused()
    page.keyboard.type("the <b>wrong</b> month")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .thumbs .said")).to_have_text("the <b>wrong</b> month")
    picture(page, "thumbs")
    page.locator("[data-do=edit]").click()
    page.keyboard.type("The harbour")
    page.keyboard.press("Enter")
    opened(page, "The harbour")
    with page.expect_download() as download:
        page.locator("[data-do=download]").click()
    assert download.value.suggested_filename == "The harbour.md"
    download.value.save_as(tmp_path / "talk.md")
    told = (tmp_path / "talk.md").read_text()
    assert told.startswith("# The harbour\n")
    assert f"## {LAST_TALK}" in told
    assert re.search(r"^- \[1\] demo:\d+: “.+”$", told, re.MULTILINE)
    assert "👎 the <b>wrong</b> month" in told

    address = page.url
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#talk-list [aria-current]")).to_have_count(0)
    page.wait_for_url(lambda url: "conversation" not in url)
    page.locator("#find-talk textarea, #find-talk input").fill("harbour marit")
    expect(page.locator("#talk-list .talk")).to_have_count(1)
    page.locator("#talk-list .talk").click()
    expect(page.locator("#chat a.thumb.down")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#chat .thumbs .said")).to_have_text("the <b>wrong</b> month")
    expect(page.locator("#sources .source").first).to_be_visible()
    page.wait_for_url(address)

    page.locator("[data-do=delete]").click()
    expect(page.locator("#talk-list .notice")).to_contain_text("Deleted “The harbour”.")
    expect(page.locator("#chat [data-testid=user]")).to_have_count(0)
    page.locator("[data-do=undo]").click()
    expect(page.locator("#talk-list .talk")).to_have_count(1)
    page.locator("#talk-list .talk").click()
    page.locator("[data-do=delete]").click()
    expect(page.locator("#talk-list .none")).to_be_visible()
    watched.go(address)
    expect(page.locator("#record .notice")).to_have_text(NOT_THERE)


def test_an_address_opens_an_account_an_activity_a_place_and_follows_what_is_open(watched: Watched, app: str) -> None:
    page = watched.page
    watched.go(f"{app}/?account=norvik%20maritime")
    expect(page.locator("#account h2")).to_contain_text("Norvik Maritime")
    expect(page.locator("#timeline .dot")).not_to_have_count(0)
    page.locator(".open-account", has_text="Dunmore").click()
    expect(page.locator("#account h2")).to_contain_text("Dunmore")
    page.wait_for_url(re.compile("account=demo%3AA005"))
    watched.go(page.url)
    expect(page.locator("#account h2")).to_contain_text("Dunmore")
    watched.go(f"{app}/?activity=100123")
    expect(page.locator("#record .record")).to_have_attribute("aria-label", "Record demo:100123")
    expect(page.locator("#record .copy-link")).to_have_attribute("data-link", "?activity=demo%3A100123")
    watched.go(f"{app}/?tab=review")
    expect(page.locator("#review-head")).to_contain_text("1 of 50")
    page.get_by_role("tab", name="Audit", exact=True).click()
    page.wait_for_url(re.compile("tab=audit"))
    with watched.leaving():
        page.go_back()
        expect(page.locator("#review-head")).to_contain_text("1 of 50")
    for wrong in ("?account=nobody", "?activity=9999999", "?conversation=nothing"):
        watched.go(f"{app}/{wrong}")
        expect(page.locator("#record .notice")).to_contain_text("There is no such")


def test_a_long_conversation_is_drawn_from_its_end_and_goes_on(watched: Watched, app: str, home: Path) -> None:
    """Four hundred turns in the store; what was in them does not matter here."""
    page = watched.page
    store = Store.open(f"sqlite:///{home / 'crm.sqlite'}")
    kept = Conversations(store)
    begun = kept.begin("", "Four hundred")
    for number in range(400):
        kept.put("", begun, number, Turn(f"Question {number}", Answer(f"Answer {number}.", "help", done=True)))
    watched.go(f"{app}/?conversation={begun}")
    users = page.locator("#chat [data-testid=user]")
    expect(users).to_have_count(15)
    expect(page.locator("#earlier")).to_have_text("Show earlier (385 more)")
    page.locator("#ask textarea").fill("What can you do?")
    page.keyboard.press("Enter")
    expect(users.last).to_contain_text("What can you do?")
    expect(page.locator("#ask .submit-button")).to_be_visible()
    expect(users).to_have_count(15)
    page.locator("#earlier").click()
    expect(users).to_have_count(30)
    assert kept.length("", begun) == 401
    kept.delete("", begun)
    store.engine.dispose()


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(watched: Watched) -> None:
    page = watched.page
    page.locator("#ask textarea").fill("Give me a summary of Norvik Maritime")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("conversation="))
    watched.go(page.url)
    assert "Norvik" in answered(page, 1).inner_text()
    expect(page.locator("#chat a.thumb.up")).to_be_visible()
    expect(page.locator("#sources .source").first).to_be_visible()


def test_ten_visitors_at_once_each_get_their_own_answer(browser: Browser, app: str) -> None:
    names = ("Norvik", "Dunmore", "Quillan", "Halcyon", "Alder", "Zamora", "Jansson", "Grauer", "Uhlmann", "Arbois")
    visits = [visit(browser, app) for _ in names]
    try:
        for _, watched in visits:
            expect(watched.page.locator("#chat .example").first).to_be_visible()
        for name, (_, watched) in zip(names, visits, strict=True):
            watched.page.locator("#ask textarea").fill(f"When did we last really talk to {name}?")
            watched.page.keyboard.press("Enter")
        for name, (_, watched) in zip(names, visits, strict=True):
            told = answered(watched.page, 1).inner_text()
            assert name in told
            assert not [other for other in names if other != name and other in told]
            assert watched.complaints == []
    finally:
        for context, _ in visits:
            context.close()


def test_what_one_person_asked_another_never_sees(browser: Browser, guarded: Served) -> None:
    ana = signed_in(browser, guarded.address, "ana").page
    expect(ana.locator("#chat .example").first).to_be_visible()
    ask(ana, LAST_TALK, 1)
    opened(ana, "Norvik Maritime: real contact")
    ana.wait_for_url(re.compile("conversation="))
    search = ana.url.removeprefix(guarded.address)
    ben = signed_in(browser, guarded.address, "ben", search).page
    ben.goto(f"{guarded.address}{search}")
    expect(ben.locator("#record .notice")).to_have_text(NOT_THERE)
    expect(ben.locator("#talk-list .none")).to_be_visible()
    expect(ben.locator("#chat [data-testid=user]")).to_have_count(0)
    ana.goto(f"{guarded.address}{search}")
    expect(ana.locator("#chat [data-testid=user]")).to_have_count(1)
    for page in (ana, ben):
        page.context.close()
