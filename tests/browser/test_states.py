"""What the page shows when something is missing, filling, failing or gone; a picture of each."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driving import Served, answered, ask, open_tab, picture, served, visit
from tests.browser.prepared import INDEX, copied
from tests.gemini_server import GeminiServer, fails

pytestmark = pytest.mark.browser

NOTHING = re.compile(r"[^\d,]0 activities")  # not the end of "5,000 activities"
LAST_TALK = "When did we last really talk to Norvik Maritime?"


def test_an_empty_store_guides_in_until_there_is_something(browser: Browser, bare: Served) -> None:
    context, watched = visit(browser, bare.address)
    page = watched.page
    expect(page.locator("#guide")).to_contain_text("Begin here")
    expect(page.locator("#top")).to_contain_text(NOTHING)
    picture(page, "empty")
    page.locator("#guide-own").click()
    expect(page.locator("#import-file")).to_be_visible()
    open_tab(page, "Accounts")
    expect(page.locator("#accounts")).to_contain_text("No accounts yet")
    open_tab(page, "Ask")
    page.locator("#guide-demo").click()
    expect(page.locator("#guide")).to_be_hidden()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#top")).to_contain_text("5,000 activities")
    open_tab(page, "Imports")
    page.locator("#demo-out").click()
    picture(page, "demo-out")
    page.locator("#demo-sure").click()
    expect(page.locator("#ledger")).to_contain_text("The demo is removed")
    expect(page.locator("#demo-here")).to_be_hidden()
    expect(page.locator("#top")).to_contain_text(NOTHING)
    assert watched.complaints == []
    context.close()


def test_an_index_that_fills_shows_how_far_it_is_and_answers_meanwhile(
    browser: Browser, ready: Path, tmp_path: Path
) -> None:
    with served(copied(ready, tmp_path, (*INDEX, "vectors.sqlite"))) as app:
        context, watched = visit(browser, app.address)
        page = watched.page
        expect(page.locator("#top .state")).to_contain_text(re.compile("loading|semantic index"))
        expect(page.locator("#chat .example").first).to_be_visible()
        expect(page.locator("#top .state")).to_contain_text(re.compile(r"semantic index (loading|\d+ %|complete)"))
        picture(page, "filling")
        assert "Norvik" in ask(page, LAST_TALK, 1)
        page.locator("#ask textarea").fill("Summarise Norvik Maritime")
        page.keyboard.press("Enter")
        expect(page.locator("#chat [data-testid=user]")).to_have_count(2)
    context.close()  # later than the server, which is asked to end in the midst of an answer


def test_no_model_is_said_at_the_top(page: Page) -> None:
    expect(page.locator("#top .writer")).to_have_text("Templates write the answers")
    picture(page, "no-model")


def test_a_model_that_fails_leaves_an_answer_and_a_notice(browser: Browser, ready: Path, tmp_path: Path) -> None:
    with GeminiServer(fails(500)) as gemini:
        model = {
            "CRM_LLM": "google_genai:gemini-3.5-flash",
            "GOOGLE_API_KEY": "planted",
            "CRM_LLM_BASE_URL": gemini.url,
            "CRM_LLM_TIMEOUT_S": "5",
        }
        with served(copied(ready, tmp_path), **model) as app:
            context, watched = visit(browser, app.address)
            page = watched.page
            expect(page.locator("#top .writer")).to_contain_text("gemini")
            expect(page.locator("#chat .example").first).to_be_visible()
            told = ask(page, LAST_TALK, 1)
            assert "Norvik" in told
            expect(page.locator("#chat .notice").first).to_be_visible()
            assert gemini.asked
            picture(page, "model-failing")
            context.close()


def test_no_result_says_what_to_do(page: Page) -> None:
    told = ask(page, "What did Zzyzx Quantum Brewers say about price?", 1)
    assert "Zzyzx" in told
    expect(page.locator("#sources .source")).to_have_count(0)
    open_tab(page, "Accounts")
    page.locator("#find-account textarea, #find-account input").fill("zzyzx")
    expect(page.locator("#accounts")).to_contain_text("Clear the search")
    picture(page, "no-result")


def test_thousands_of_rows_are_counted_and_shown_a_page_at_a_time(page: Page) -> None:
    open_tab(page, "Audit")
    open_tab(page, "The store or a file")
    page.locator("#audit-go").click()
    expect(page.locator("#matching")).to_contain_text("5,000 rows.")
    expect(page.locator("#audit-table tbody tr")).to_have_count(50)
    picture(page, "thousands")


def test_a_lost_server_is_told_and_found_again(browser: Browser, ready: Path, tmp_path: Path) -> None:
    with served(copied(ready, tmp_path)) as app:
        context, watched = visit(browser, app.address)
        page = watched.page
        expect(page.locator("#chat .example").first).to_be_visible()
        ask(page, LAST_TALK, 1)
        page.wait_for_url(re.compile("conversation="))
        page.locator("#ask textarea").fill("typed and not asked")
        app.process.send_signal(signal.SIGKILL)
        app.process.wait(60)
        expect(page.locator(".lost")).to_contain_text("The connection to the server is lost.")
        picture(page, "lost")
    with served(tmp_path, CRM_PORT=app.address.rpartition(":")[2]):
        expect(page.locator(".lost")).to_have_count(0)  # the page was opened anew
        expect(page.locator("#talk-list [aria-current]")).to_be_visible()
        expect(page.locator("#chat [data-testid=user]")).to_have_count(1)
        expect(page.locator("#ask textarea")).to_have_value("typed and not asked")
        page.locator("#ask textarea").fill("And before that?")
        page.keyboard.press("Enter")
        answered(page, 2)
        context.close()


def test_a_second_process_says_who_holds_the_index_and_answers_all_the_same(
    browser: Browser, app: str, home: Path, page: Page
) -> None:
    expect(page.locator("#top")).to_contain_text(re.compile(r"semantic index (\d+ %|complete)"))
    with served(home) as second:
        context, watched = visit(browser, second.address)
        other = watched.page
        expect(other.locator("#top .state")).to_contain_text(re.compile("process", re.IGNORECASE))
        assert "Norvik" in ask(other, LAST_TALK, 1)
        picture(other, "second-process")
        context.close()
