"""What each role sees where people sign in: its own places, who they are, the way out."""

import pytest
from playwright.sync_api import Browser, Page, expect

from crm.access import Role
from tests.browser.driving import Served, open_tab, picture, sample_rows, signed_in

pytestmark = pytest.mark.browser

SEEN = {
    Role.REP: ["Ask", "Accounts", "Pipeline", "Audit"],
    Role.OPS: ["Ask", "Accounts", "Pipeline", "Audit", "Review", "Quality", "Imports"],
    Role.ADMIN: ["Ask", "Accounts", "Pipeline", "Audit", "Review", "Quality", "Imports", "Settings"],
}


def test_each_role_sees_its_own_places_and_the_way_out(browser: Browser, guarded: Served) -> None:
    for role in Role:
        page = signed_in(browser, guarded.address, f"Some {role}", "/sign-in?next=/%3Ftab%3Dimports").page
        expect(page.locator("#places > .tab-wrapper [role=tablist] [role=tab]:visible")).to_have_text(SEEN[role])
        can_import = role is not Role.REP
        expect(page.get_by_role("tab", selected=True).first).to_have_text("Imports" if can_import else "Ask")
        if not can_import:
            expect(page.locator("#record .notice")).to_contain_text("not for your role")
        _audit(page, role)
        picture(page, f"signed-in-{role}")
        page.get_by_role("link", name="Sign out").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("Password")).to_be_visible()
        page.context.close()


def _audit(page: Page, role: Role) -> None:
    """One activity is for all; a whole export, and a correction, for who may."""
    open_tab(page, "Audit")
    expect(page.get_by_role("tab", name="The store or a file")).to_be_visible(visible=role is not Role.REP)
    page.locator("#one textarea").fill(sample_rows(1)[0]["hs_object_id"])
    page.locator("#judge").click()
    expect(page.locator("#audited .verdict")).to_be_visible()
    expect(page.locator("#correct-go")).to_be_visible(visible=role is not Role.REP)
