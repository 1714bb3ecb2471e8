"""Pictures in a real browser: day and night, on a phone, by keyboard, without script, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import axe

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pictures_of(page: Page) -> list[str]:
    """The addresses of the pictures of the first activity, vendor and company."""
    found = ["/admin/destinations/"]
    for noun in ("activity", "vendor", "legal_entity"):
        page.goto(f"/admin/{noun}/")
        first = page.locator(f"main a[href*='/{noun}/details/']").first
        page.goto(first.get_attribute("href") or "")
        links = page.locator("aside a[href*='/picture/']")
        found += [one.get_attribute("href") or "" for one in links.all()]
    assert len(found) == 8
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_picture_has_a_barrier(page: Page, sign_in: Callable[[Page], Page], scheme: str):
    sign_in(page)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address in pictures_of(page):
        page.goto(address)
        assert axe(page) == [], address


def test_no_picture_makes_a_phone_scroll_sideways(page: Page, sign_in: Callable[[Page], Page]):
    sign_in(page)
    page.set_viewport_size(NARROW)
    for address in pictures_of(page):
        page.goto(address)
        assert page.evaluate(SIDEWAYS) == 0, address


def test_a_node_can_be_reached_and_followed_by_keyboard(
    page: Page, sign_in: Callable[[Page], Page]
):
    sign_in(page)
    page.goto(next(one for one in pictures_of(page) if "/activity/" in one))
    page.locator(".picture").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".picture a").first).to_be_focused()
    expect(page.locator(".picture a").first).to_have_accessible_name(re.compile("^Company, "))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/details/"))


def test_colours_follow_the_page_at_night(page: Page, sign_in: Callable[[Page], Page]):
    sign_in(page)
    page.emulate_media(color_scheme="dark")
    page.goto(next(one for one in pictures_of(page) if "/vendor/" in one))
    words = page.locator(".picture text.f-ink").first
    expect(words).to_have_css("fill", "rgb(232, 230, 225)")


def test_it_needs_no_script(page_without_script: Page, sign_in: Callable[[Page], Page]):
    page = sign_in(page_without_script)
    page.goto("/admin/destinations/")
    expect(page.locator(".picture svg")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download SVG").click()
    assert download.value.suggested_filename == "transfers-by-destination.svg"


def test_words_stay_inside_their_boxes(page: Page, sign_in: Callable[[Page], Page]):
    sign_in(page)
    for address in pictures_of(page):
        page.goto(address)
        wide = page.evaluate(
            """() => [...document.querySelectorAll(".picture svg text")].filter((text) => {
              const box = text.closest("a, g")?.querySelector("rect");
              return box && text.getBoundingClientRect().right > box.getBoundingClientRect().right;
            }).map((text) => text.textContent)"""
        )
        assert wide == [], address
