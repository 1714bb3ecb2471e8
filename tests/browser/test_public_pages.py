"""A stranger's browser, script off, wide and narrow, by day and by night."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import axe

PATHS = ("/subprocessors", "/es/subprocessors", "/subprocessors/amazon")
SMALLEST = 320


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def visitor(page_without_script: Page, request: pytest.FixtureRequest) -> Page:
    """A watched browser with script off, at two widths."""
    page_without_script.set_viewport_size(request.param)
    return page_without_script


@pytest.fixture(params=["light", "dark"])
def bright(page: Page, request: pytest.FixtureRequest) -> Page:
    """A watched browser by day and by night."""
    page.emulate_media(color_scheme=request.param)
    return page


@pytest.mark.parametrize("path", PATHS)
def test_everything_can_be_read_without_script(visitor, path):
    visitor.goto(path)
    assert visitor.get_by_role("heading", level=1).is_visible()
    assert visitor.get_by_text("Amazon").first.is_visible()
    assert visitor.context.cookies() == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_on_the_smallest_screen(page_without_script, path):
    page_without_script.set_viewport_size({"width": SMALLEST, "height": 640})
    page_without_script.goto(path)
    right = page_without_script.locator("body *").evaluate_all(
        "all => Math.max(...all.filter(one => !one.closest('thead, .skip'))"
        ".map(one => one.getBoundingClientRect().right))"
    )
    assert right <= SMALLEST


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(bright, path, size):
    bright.set_viewport_size(size)
    bright.goto(path)
    assert axe(bright) == []


def test_on_a_phone_a_row_is_a_card_and_still_a_row_to_a_screen_reader(visitor):
    visitor.goto("/subprocessors")
    row = visitor.get_by_role("row").filter(has=visitor.get_by_role("rowheader"))
    assert row.get_by_role("cell").count() == 6
    shown = row.first.evaluate("one => getComputedStyle(one).display")
    narrow = visitor.viewport_size == NARROW
    assert shown == ("block" if narrow else "table-row")


@pytest.fixture
def on_paper(page: Page) -> Page:
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_on_paper_stand_address_and_version_and_no_links_to_press(on_paper, site):
    on_paper.goto("/subprocessors")
    assert on_paper.locator(".printed").is_visible()
    assert on_paper.locator(".printed").inner_text().endswith("/subprocessors · version 1")
    assert on_paper.get_by_text("Register version").is_visible()
    assert not on_paper.locator(".actions").is_visible()
    paper = on_paper.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"


def test_the_first_key_press_leads_past_the_head_of_the_page(page):
    page.goto("/subprocessors")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
