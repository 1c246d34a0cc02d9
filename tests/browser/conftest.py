"""The app on the demo CRM and a browser, shared by all browser tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.driving import Watched, served, visit

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="package")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        told = f"no browser is installed (looked for {', '.join(BROWSERS)}): apt-get install chromium"
        if os.environ.get("CRM_BROWSER_REQUIRED") == "1":
            pytest.fail(told)
        pytest.skip(told)
    return found


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the app that all share."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="package")
def app(chromium: str, home: Path) -> Iterator[str]:
    """The app on the demo CRM; one for all, so a test leaves the data as it found them."""
    with served(home) as demo:
        yield demo.address


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def watched(browser: Browser, app: str) -> Iterator[Watched]:
    """A fresh visitor. Whatever a test does, the console stays clean and nothing but the app is asked."""
    context, watched = visit(browser, app)
    expect(watched.page.locator("#chat .example").first).to_be_visible()
    yield watched
    context.close()
    assert watched.complaints == []
    assert watched.strangers == []


@pytest.fixture
def page(watched: Watched) -> Page:
    return watched.page
