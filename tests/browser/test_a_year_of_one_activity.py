"""One activity from the start page to its approval and beyond, as people at browsers do it."""

import re
from collections.abc import Callable
from io import BytesIO

from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from ropa.vocabulary import UserRole
from tests.browser.conftest import WIDE
from tests.browser.test_quick_forms import Tally
from tests.browser.watching import axe

SignIn = Callable[[Page, UserRole], Page]


def write(page: Page) -> str:
    """Write the newsletter of the Spanish company, from the start page to saved."""
    page.goto("/admin/")
    hand = Tally(page)
    hand.click(".side nav.wide a[href$='/admin/activity/']")
    hand.click("main a[href$='/admin/activity/new/']")
    hand.type("name-en", "Letter of the season")
    hand.choose("role", "controller")
    hand.choose("entity", "DEFENSE BALANCE S.L.")
    hand.type("purposes-0-text-en", "Send the letter to those who asked for it")
    hand.choose("purposes-0-basis", "consent")
    hand.press("add:purposes")
    hand.type("purposes-1-text-en", "Answer those who write back")
    hand.choose("purposes-1-basis", "contract")
    hand.choose("data-0-subject", "Newsletter subscribers")
    hand.choose("data-0-category", "E-mail address")
    hand.type("data-0-retention-0-trigger-en", "They unsubscribe")
    hand.type("data-0-retention-0-active_period", "1 month")
    hand.press("add:data-0-retention")
    hand.type("data-0-retention-1-trigger-en", "They never confirm")
    hand.type("data-0-retention-1-active_period", "2 weeks")
    hand.choose("answer-recipients", "none")
    hand.choose("answer-engagements", "none")
    hand.press("make:transfers")
    hand.type("made1-name-en", "Letter printed in Argentina")
    hand.type("made1-country", "Argentina")
    hand.choose("made1-safeguards-0-regime", "eu")
    hand.choose("made1-safeguards-0-instrument", "a45")
    hand.press("save")
    expect(page.locator("#transfers :checked")).to_have_count(1)
    hand.press("save")
    page.wait_for_url("**/details/**")
    return page.url


def workbook_of(page: Page) -> str:
    """Hand out the record of what is approved, and return its words."""
    page.goto("/admin/exports/")
    with page.expect_download() as waiting:
        page.locator("main form.plain-form button").first.click()
    book = load_workbook(BytesIO(waiting.value.path().read_bytes()), read_only=True)
    return " ".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )


def move(page: Page, to: str) -> None:
    page.locator(f"main .acts button[name=to][value={to}]").click()


def test_an_activity_is_written_found_reviewed_approved_and_changed(
    page: Page, chromium: Browser, site: str, sign_in: SignIn, served: tuple[Flask, str]
):
    ana = sign_in(page, UserRole.EDITOR)
    cell = ana.locator("table.heat tbody tr").first.locator("td").nth(1)
    ana.goto("/admin/")
    before = cell.inner_text()
    url = write(ana)
    ana.goto("/admin/")
    assert cell.inner_text() != before  # one more purpose is told on the heatmap
    ana.keyboard.press("/")
    ana.keyboard.type("letter season")
    ana.keyboard.press("Enter")
    ana.get_by_role("main").get_by_role("link", name="Letter of the season").first.click()
    expect(ana).to_have_url(re.compile(re.escape(url.partition("?")[2])))
    move(ana, "in_review")
    transfer = ana.locator("main a[href*='/admin/transfer/details/']").first.get_attribute("href")
    assert transfer

    other = chromium.new_context(base_url=site, viewport=WIDE, accept_downloads=True)
    dora = sign_in(other.new_page(), UserRole.DPO)
    dora.goto("/admin/inbox/")
    expect(dora.get_by_role("main")).to_contain_text("Letter of the season")
    for address in (transfer, url):
        dora.goto(address)
        move(dora, "approved")
        expect(dora.locator("main .head")).to_contain_text("Approved")
    assert "Send the letter to those who asked for it" in workbook_of(dora)

    ana.goto(url.replace("/details/", "/edit/"))
    ana.locator('details:has([name="purposes-0-text-en"]) > summary').first.click()
    ana.locator('[name="purposes-0-text-en"]').fill("Send the letter of the season by post")
    ana.locator('button[name="do"][value="save"]').click()
    ana.wait_for_url("**/details/**")
    expect(ana.locator("main .head")).to_contain_text("is what exports and the public see")
    assert axe(ana) == []
    words = workbook_of(dora)
    assert "Send the letter to those who asked for it" in words
    assert "by post" not in words
    other.close()


def tab_to(page: Page, selector: str, most: int = 400) -> None:
    """Press Tab until something matching has the focus."""
    for _time in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("it => document.activeElement.matches(it)", selector):
            return
    raise AssertionError(f"No Tab leads to {selector}.")


def test_by_keyboard_alone_one_creates_sends_to_review_and_approves(
    page: Page, chromium: Browser, site: str, sign_in: SignIn
):
    ana = sign_in(page, UserRole.EDITOR)
    ana.goto("/admin/service/")
    tab_to(ana, "main a[href$='/admin/service/new/']")
    ana.keyboard.press("Enter")
    ana.wait_for_url("**/new/**")
    tab_to(ana, "[name=code]")
    ana.keyboard.type("helpdesk")
    tab_to(ana, "[name=name-en]")
    ana.keyboard.type("Help desk")
    ana.keyboard.press("Control+s")
    ana.wait_for_url("**/details/**")
    tab_to(ana, "button[name=to][value=in_review]")
    ana.keyboard.press("Enter")
    expect(ana.locator("main .head")).to_contain_text("In review")

    other = chromium.new_context(base_url=site, viewport=WIDE)
    dora = sign_in(other.new_page(), UserRole.DPO)
    dora.goto(ana.url)
    tab_to(dora, "button[name=to][value=approved]")
    dora.keyboard.press("Enter")
    expect(dora.locator("main .head")).to_contain_text("Approved")
    other.close()
