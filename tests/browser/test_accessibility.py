"""For everybody: axe finds nothing serious, the keyboard does it all, everybody reads their language."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.driving import answered, ask, open_tab, picture, still, visit
from ui.tongue import LANGUAGES, entries

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}
LAST_TALK = "When did we last really talk to Norvik Maritime?"


def _asked(page: Page) -> None:
    ask(page, LAST_TALK, 1)
    expect(page.locator("#record .record")).to_be_visible()
    still(page)


def _account(page: Page) -> None:
    page.locator(".open-account", has_text="Norvik").click()
    expect(page.locator("#timeline .dot").first).to_be_visible()


def _import(page: Page) -> None:
    page.locator("[data-import]").first.click()
    expect(page.locator("#ledger .ledger")).to_be_visible()


def _shown(selector: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator(selector).first).to_be_visible()


PLACES = {
    "ask": _asked,
    "accounts": _account,
    "pipeline": _shown("[data-chart=together]"),
    "audit": _shown("#judge"),
    "review": _shown("#review-record .record"),
    "quality": _shown("#tidiness .measure"),
    "imports": _import,
    "settings": _shown("#support pre"),
}  # each place, with what brings it to what is worth looking at


def grave(page: Page) -> list[str]:
    """What axe finds serious or critical: the rule with the elements."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in found if v["impact"] in GRAVE]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, app: str, theme: str) -> None:
    context, watched = visit(browser, app, f"/?__theme={theme}")
    page = watched.page
    expect(page.locator("#chat .example").first).to_be_visible()
    found: dict[str, list[str]] = {}
    for place, prepare in PLACES.items():
        page.locator(f"#places [role=tab][data-tab-id={place}]").click()
        prepare(page)
        picture(page, f"{place}-{theme}")
        if violations := grave(page):
            found[place] = violations
    assert found == {}
    assert (watched.complaints, watched.strangers) == ([], [])
    context.close()


FOCUS = """wanted => {
  const here = document.activeElement;
  const around = getComputedStyle(here.closest('#ask') || document.body);
  return [here.matches(wanted), getComputedStyle(here).outlineStyle, around.boxShadow];
}"""


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Presses Tab until the element has the focus, which must be seen there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        reached, outline, border = page.evaluate(FOCUS, selector)
        if reached:
            assert outline != "none" or border != "none"
            return
    pytest.fail(f"{most} presses of Tab do not reach {selector}")


def test_the_keyboard_alone_asks_opens_a_source_rates_and_corrects(page: Page) -> None:
    expect(page.locator("#ask textarea")).to_be_focused()
    page.keyboard.type(LAST_TALK)
    page.keyboard.press("Enter")
    answered(page, 1)  # until then the list of sources is drawn anew
    expect(page.locator("#sources .source").first).to_be_visible()
    expect(page.locator("#ask textarea")).to_be_focused()
    tab_to(page, "#sources .source:nth-of-type(2)")
    page.keyboard.press("Enter")
    expect(page.locator("#sources .source").nth(1)).to_have_attribute("aria-pressed", "true")
    page.locator("#top").click()
    tab_to(page, "#chat a.thumb.up")
    page.keyboard.press("Enter")
    expect(page.locator("#chat a.thumb.up")).to_have_attribute("aria-pressed", "true")
    page.locator("#top").click()
    tab_to(page, "[role=tab][data-tab-id=review]")
    page.keyboard.press("Enter")
    expect(page.locator("#review-head")).to_contain_text("1 of 50")
    page.keyboard.press("1")
    expect(page.locator("#review-told")).to_contain_text("is ENGAGED now")
    page.keyboard.press("u")
    expect(page.locator("#review-told")).to_contain_text("0 labelled in this sitting")


LOCALES = {"fr": "fr-FR", "de": "de-AT", "es": "es-MX"}
ASKED = {
    "fr": ("Quand avons-nous vraiment parlé à Norvik Maritime pour la dernière fois ?", "échange"),
    "de": ("Wann haben wir zuletzt wirklich mit Norvik Maritime gesprochen?", "beidseitiger Kontakt"),
    "es": ("¿Cuándo hablamos de verdad por última vez con Norvik Maritime?", "contacto real"),
}
STATUS = {
    "fr": "5\u202f000 activités au 30 oct. 2026",
    "de": "5.000 Aktivitäten, Stand 30. Okt. 2026",
    "es": "5.000 actividades a 30 oct 2026",
}


@pytest.mark.parametrize("tongue", LOCALES)
def test_a_browser_reads_its_own_language_and_the_switch_changes_it(browser: Browser, app: str, tongue: str) -> None:
    context, watched = visit(browser, app, locale=LOCALES[tongue])
    page, own = watched.page, entries(tongue)
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", tongue)
    expect(page.get_by_role("tab", name=own["places.accounts"], exact=True)).to_be_visible()
    expect(page.locator("#top")).to_contain_text(STATUS[tongue])
    expect(page.locator("#ask textarea")).to_have_attribute("placeholder", own["ask.placeholder"])
    question, told = ASKED[tongue]
    assert told in ask(page, question, 1)
    expect(page.locator("#record .verdict .sure")).to_contain_text(own["show.sure"].partition("{")[0])
    open_tab(page, own["places.imports"])
    expect(page.locator("#past-imports")).to_contain_text(own["past.title"])
    open_tab(page, own["places.audit"])
    open_tab(page, own["audit.file"])
    expect(page.locator("#audit-what")).to_contain_text(own["auditing.the_store"])
    open_tab(page, own["places.pipeline"])
    expect(page.locator("[data-chart=stages] h3")).to_have_text(own["chart.open_deals_by_stage"])
    open_tab(page, own["places.ask"])
    picture(page, tongue)
    assert grave(page) == []
    with watched.leaving():
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("tab", name="Accounts", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#top")).to_contain_text("5,000 activities as of 30 Oct 2026")
    expect(page.locator("#chat [data-testid=user]")).to_have_count(1)
    with watched.leaving():
        page.get_by_role("button", name=LANGUAGES[tongue]).click()
        expect(page.get_by_role("tab", name=own["places.accounts"], exact=True)).to_be_visible()
    assert watched.complaints == []
    context.close()
