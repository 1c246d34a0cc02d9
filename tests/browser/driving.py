"""What every browser test does: start the app, watch a page, ask, open a tab."""

import csv
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from crm.access import Role

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # the driver's own list, which a second one replaces, with the address bar's popups: a third of each page's time
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,OptimizationHints,"
    "ThirdPartyStoragePartitioning,NetworkTimeServiceQuerying,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
)  # fmt: skip
SAMPLES = ROOT / "data" / "samples" / "activities.csv"
README = {"ask-light": "ask", "accounts-light": "accounts"}  # pictures that the README shows
PASSWORD = "window garden river"
PEOPLE = {"ana": Role.OPS, "ben": Role.OPS, **{f"Some {role}": role for role in Role}}  # who may sign in
PATIENCE_MS = 120_000  # for a busy machine; the tests say what happens, not how fast


@dataclass
class Watched:
    """A page with everything that its console and its network complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def listen(self, home: str) -> None:
        self.page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type == "error" and not _late(m) else None
        )
        self.page.on("pageerror", lambda err: self.complaints.append(str(err)))
        self.page.on("request", lambda r: None if _at_home(r.url, home) else self.strangers.append(r.url))

    def go(self, address: str) -> None:
        """Another address in the same window."""
        with self.leaving():
            self.page.goto(address)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What a page says about the calls that leaving it cuts off is no complaint."""
        expect(self.page.locator("#talk-list ul")).to_be_attached()
        before = len(self.complaints)
        yield
        expect(self.page.locator("#talk-list ul")).to_be_attached()
        del self.complaints[before:]


def _late(message: ConsoleMessage) -> bool:
    """Gradio's own page cancels what has already ended, and its server says so; nothing is lost by it."""
    return message.location["url"].endswith(("/gradio_api/cancel", "/gradio_api/reset"))


def _at_home(url: str, home: str) -> bool:
    return url.startswith((home, "data:", "blob:"))


@dataclass
class Served:
    """The app as a process of its own, with where it answers."""

    address: str
    process: "subprocess.Popen[str]"


def installed() -> str | None:
    """The browser's program, where there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def served(home: Path, **wanted: str) -> Iterator[Served]:
    """The app as `python app.py` starts it, in a data folder of its own; ended by Ctrl-C with nothing in its log."""
    here = {"CRM_DATA_DIR": str(home), "CRM_PORT": "0", "CRM_HOST": "127.0.0.1", "CRM_LLM": "none"}
    here["PYTHONFAULTHANDLER"] = "1"  # one that does not end says where it stands
    with (home / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env={**os.environ, **here, **wanted},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield Served(_opened(process, home / "log"), process)
        finally:
            _end(process)
    assert process.returncode in (130, -signal.SIGKILL), (home / "log").read_text()
    assert "Traceback" not in (home / "log").read_text()


def _end(process: "subprocess.Popen[str]") -> None:
    """By Ctrl-C; what takes no heed is made to write to the log where each of its threads stands."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=PATIENCE_MS / 1000)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        process.communicate(timeout=PATIENCE_MS / 1000)


def _opened(process: "subprocess.Popen[str]", log: Path) -> str:
    """Where the app says that it is open, in the first line that it prints."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 2 * PATIENCE_MS / 1000)
    told = re.search(r"http://\S+", process.stdout.readline() if ready else "")
    return told[0] if told else pytest.fail(f"the app did not say where it is open:\n{log.read_text()}")


def visit(browser: Browser, address: str, path: str = "/", **wanted: Any) -> tuple[BrowserContext, Watched]:
    """A fresh visitor at an address, watched. `wanted` are the browser's own settings."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **wanted})
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    watched = Watched(context.new_page())
    watched.listen(address)
    watched.page.goto(f"{address}{path}")
    return context, watched


def signed_in(browser: Browser, address: str, name: str, path: str = "/") -> Watched:
    """Somebody at a path, past the door."""
    _, watched = visit(browser, address, path)
    page = watched.page
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#top .who")).to_contain_text(name)
    return watched


def answered(page: Page, turns: int) -> Locator:
    """The last answer once it is whole: it can be rated, the box sends again, as many questions stand in the chat."""
    expect(page.locator("#chat [data-testid=user]")).to_have_count(turns)
    expect(page.locator("#chat a.thumb.up")).to_have_count(turns)
    expect(page.locator("#ask .submit-button")).to_be_visible()
    expect(page.locator("#chat [data-testid=bot]").last).to_be_visible()
    return page.locator("#chat [data-testid=bot]").last


def ask(page: Page, question: str, turns: int) -> str:
    page.locator("#ask textarea").fill(question)
    page.keyboard.press("Enter")
    return answered(page, turns).inner_text()


def still(page: Page) -> None:
    """The chat scrolls to its end 300 ms after its last change; a click that meets that scroll hits nothing."""
    page.evaluate(
        """() => new Promise(done => {
          const rest = () => { clearTimeout(waiting); waiting = setTimeout(end, 600); };
          const end = () => { document.removeEventListener('scroll', rest, true); done(); };
          let waiting = setTimeout(end, 600);
          document.addEventListener('scroll', rest, true);
        })"""
    )


def plain(text: str) -> str:
    return " ".join(text.split())


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def undo_opened_import(page: Page) -> None:
    """The import whose ledger is open goes by a second click, not by the first."""
    page.locator("#undo").click()
    expect(page.locator("#ledger .ledger")).to_be_visible()
    page.locator("#undo-sure").click()
    expect(page.locator("#ledger")).to_contain_text("The import was undone")


def sample_rows(count: int) -> list[dict[str, str]]:
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        return [row for row, _ in zip(csv.DictReader(file), range(count), strict=False)]


def picture(page: Page, name: str) -> None:
    """Keeps what the page looks like, where somebody asked for it.

    CRM_PICTURES names a folder for all of them; CRM_README_PICTURES=1 draws those of the README anew.
    """
    if folder := os.environ.get("CRM_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")
    if name in README and os.environ.get("CRM_README_PICTURES") == "1":
        page.screenshot(path=ROOT / "docs" / f"{README[name]}.png", animations="disabled")


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return path
