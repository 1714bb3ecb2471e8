"""The year in a browser: what is due, "still true", one's own calendar; without JavaScript too."""

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.watching import axe

SignIn = Callable[[Page, UserRole], Page]

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_first(page: Page) -> None:
    """Open the page of the first activity of the list."""
    page.goto("/admin/activity/")
    page.locator("main th a[href*='/admin/activity/details/']").first.click()


def test_still_true_is_said_on_the_page_that_was_read(page_without_script: Page, sign_in: SignIn):
    page = sign_in(page_without_script, UserRole.DPO)
    open_first(page)
    expect(page.locator("#review")).to_contain_text("Never reviewed.")
    page.get_by_role("button", name="Still true").click()
    expect(page.locator("#review")).to_contain_text("Dora read it on")
    expect(page.get_by_role("main")).to_contain_text("it is still true")
    page.locator("#review").get_by_role("link", name=re.compile("Version")).click()
    expect(page.get_by_role("main")).to_contain_text("This is how it stood on")


def test_a_calendar_is_made_read_and_stopped(
    page_without_script: Page, sign_in: SignIn, served: tuple[Flask, str]
):
    page = sign_in(page_without_script, UserRole.EDITOR)
    page.goto("/admin/due/")
    page.get_by_role("link", name="Read this in your own calendar").click()
    page.get_by_role("button", name="Make an address").click()
    path = re.sub(r"^https?://[^/]+", "", page.locator("#link").inner_text())
    assert page.request.get(path).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name="Back to your account").click()
    page.get_by_role("button", name="Stop the address").click()
    assert page.request.get(path).status == 404


def test_these_pages_have_no_barrier_and_fit_a_phone(page: Page, sign_in: SignIn):
    sign_in(page, UserRole.ADMIN)
    page.set_viewport_size(NARROW)
    open_first(page)
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0
    page.goto("/account")
    page.get_by_role("button", name="Make an address").click()
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0
