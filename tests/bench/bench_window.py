"""The window as its user waits for it: first page, clicks, a long conversation, ten people at once.

Run: `python -m tests.bench.bench_window`, on a machine that does nothing else; `make bench` runs it too. Server and
browsers share that machine. Prints figures, fails on none.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from crm.nouns import Answer, Turn
from crm.records.conversations import Conversations
from crm.records.store import Store
from tests.browser.driving import PATIENCE_MS, QUIET, installed, served, visit
from tests.browser.prepared import prepare

TIMES = 5  # of each click
TURNS = 400
PEOPLE = ("Norvik", "Dunmore", "Quillan", "Halcyon", "Alder", "Zamora", "Jansson", "Grauer", "Uhlmann", "Arbois")
QUESTION = "Have we really talked with Norvik lately?"

# Counted in the page itself, frame by frame: what the driver takes for a click is not its user's waiting.
CLICK = """async ([where, shown]) => {
  const there = new Function(`return ${shown}`), began = performance.now();
  document.querySelector(where).dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
  while (!there()) {
    if (performance.now() - began > LONGEST) throw new Error(`a click on ${where} shows nothing`);
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}""".replace("LONGEST", str(PATIENCE_MS))
BEGIN = """name => {
  const began = performance.now();
  document.querySelector('#ask .submit-button').click();
  window.waited = (async () => {
    const said = () => [...document.querySelectorAll('#chat [data-testid=bot]')].some(b => b.innerText.includes(name));
    while (!said()) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  })();
}"""
SEEN = "(e => !!e && e.checkVisibility() && e.innerText.trim() !== '')"


def _visible(selector: str) -> str:
    return f"{SEEN}(document.querySelector('{selector}'))"


def _tab(name: str) -> str:
    return f"#places [role=tab][data-tab-id={name}]"


# What is clicked, and what shows that the click was heard; each starts where the one before it ends.
CLICKS: Sequence[tuple[str, str, str]] = (
    ("a starter question", "#chat .example", _visible("#chat [data-testid=user]")),
    ("a source", "#sources .source:nth-of-type(2)", "document.querySelectorAll('.source')[1].ariaPressed === 'true'"),
    ("New conversation", "#anew", "!document.querySelector('#chat [data-testid=user]')"),
    ("Accounts", _tab("accounts"), _visible("#accounts")),
    ("an account", "tr:nth-of-type(2) .open-account", _visible("#account h2")),
    ("a dot of its timeline", "#timeline .dot", _visible("#touch .record")),
    ("Pipeline", _tab("pipeline"), _visible("[id^=pipe-]")),
    ("Audit", _tab("audit"), _visible("#judge")),
    ("Review", _tab("review"), _visible("#review-head, #review-record")),
    ("Imports", _tab("imports"), _visible("#import-go")),
)
READY = {  # what must stand there before the next click has anything to hit
    "a starter question": "#sources .source:nth-of-type(2)",
    "Accounts": "tr:nth-of-type(2) .open-account",
    "an account": "#timeline .dot",
}


def main() -> None:
    program = installed()
    if program is None:
        print("window: no browser is installed, nothing was measured")
        return
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        home, kept = Path(folder) / "home", Path(folder) / "kept"
        home.mkdir()
        kept.mkdir()
        prepare(home, kept)
        with served(home) as app:
            browser = driver.chromium.launch(executable_path=program, args=list(QUIET))
            print(
                f"window, first page in a new browser: {_first_page(browser, app.address):.1f} s after the server is up"
            )
            _settled(browser, app.address)
            _clicks(browser, app.address)
            _long(browser, app.address, home)
            _ten(browser, app.address)
            browser.close()


def _first_page(browser: Browser, address: str) -> float:
    """Seconds until a question can be typed."""
    began = time.perf_counter()
    context, watched = visit(browser, address)
    watched.page.locator("#ask textarea").wait_for()
    seconds = time.perf_counter() - began
    context.close()
    return seconds


def _settled(browser: Browser, address: str) -> None:
    """Waits for what the server warms behind the page."""
    page = _open(browser, address)
    page.get_by_text("semantic index complete").wait_for()
    page.context.close()


def _open(browser: Browser, address: str, path: str = "/") -> Page:
    _, watched = visit(browser, address, path)
    watched.page.locator("#chat .example, #chat [data-testid=user]").first.wait_for()
    watched.page.locator("#talk-list ul, #talk-list .none").first.wait_for(state="attached")
    return watched.page


def _clicks(browser: Browser, address: str) -> None:
    took: dict[str, list[float]] = {name: [] for name, _, _ in CLICKS}
    for _ in range(TIMES):
        page = _open(browser, address)
        for name, where, shown in CLICKS:
            took[name].append(page.evaluate(CLICK, [where, shown]))
            if name in READY:
                page.locator(READY[name]).first.wait_for()
        page.context.close()
    for name, times in took.items():
        print(
            f"window, from a click on {name} to something shown: p50 {median(times):.0f} ms, worst {max(times):.0f} ms"
        )


def _long(browser: Browser, address: str, home: Path) -> None:
    """A turn of a conversation of hundreds, against the first turns of one."""
    kept = Conversations(Store.open(f"sqlite:///{home / 'crm.sqlite'}"))
    begun = kept.begin("", "Long")
    for number in range(TURNS):
        kept.put("", begun, number, Turn(f"Question {number}", Answer(f"Answer {number}.", "help", done=True)))
    for told, path in (("a fresh conversation", "/"), (f"one of {TURNS} turns", f"/?conversation={begun}")):
        page = _open(browser, address, path)
        times = [_turn(page) for _ in range(TIMES)]
        print(f"window, a whole turn in {told}: p50 {median(times):.0f} ms, worst {max(times):.0f} ms")
        page.context.close()


def _turn(page: Page) -> float:
    page.locator("#ask .submit-button").wait_for()
    page.locator("#ask textarea").fill(QUESTION)
    drawn = "[...document.querySelectorAll('#chat a.thumb.up')].pop()?.href"
    before = page.evaluate(f"() => {drawn}") or ""
    shown = f"{drawn} && {drawn} !== '{before}' && {_visible('#chat a.thumb.up')}"
    return float(page.evaluate(CLICK, ["#ask .submit-button", shown]))


def _ten(browser: Browser, address: str) -> None:
    """Each asks of an account of their own, all in the same moment."""
    pages = [_open(browser, address) for _ in PEOPLE]
    for name, page in zip(PEOPLE, pages, strict=True):
        page.locator("#ask textarea").fill(f"When did we last really talk to {name}?")
    for name, page in zip(PEOPLE, pages, strict=True):
        page.evaluate(BEGIN, name)
    times = [float(page.evaluate("() => window.waited")) for page in pages]
    for page in pages:
        page.locator("#chat a.thumb.up").wait_for()
    told = [page.locator("#chat").inner_text() for page in pages]
    mixed = sum(
        any(other in text for other in PEOPLE if other != name) for name, text in zip(PEOPLE, told, strict=True)
    )
    cuts = quantiles(times, n=20)
    print(
        f"window, {len(PEOPLE)} people at once in a browser each, first words: p50 {cuts[9]:.0f} ms, "
        f"p95 {cuts[18]:.0f} ms; {mixed} saw another's text"
    )


if __name__ == "__main__":
    main()
