"""The app on the demo CRM and a browser, shared by all browser tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from crm.people.users import Users
from tests.browser.driving import BROWSERS, PASSWORD, PEOPLE, QUIET, Served, Watched, installed, served, visit
from tests.browser.prepared import copied, prepare


@pytest.fixture(scope="package")
def chromium() -> str:
    found = installed()
    if found is None:
        told = f"no browser is installed (looked for {', '.join(BROWSERS)}): apt-get install chromium"
        if os.environ.get("CRM_BROWSER_REQUIRED") == "1":
            pytest.fail(told)
        pytest.skip(told)
    return found


@pytest.fixture(scope="package")
def ready(chromium: str, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """A warm data folder to copy. No app runs in it."""
    folder = tmp_path_factory.mktemp("ready")
    prepare(folder, Path(pytestconfig.cache.mkdir("browser")))
    return folder


@pytest.fixture(scope="package")
def home(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the app that all share."""
    return copied(ready, tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="package")
def app(home: Path) -> Iterator[str]:
    """The app on the demo CRM; one for all, so a test leaves the data as it found them."""
    with served(home) as demo:
        yield demo.address


@pytest.fixture(scope="package")
def guarded(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An app where people sign in; what a test adds to its store, others do not look for."""
    folder = copied(ready, tmp_path_factory.mktemp("guarded"))
    users = Users(folder / "users.jsonl")
    for name, role in PEOPLE.items():
        users.add(name, role, PASSWORD)
    with served(folder, CRM_AUTH=str(users.path)) as app:
        yield app


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
