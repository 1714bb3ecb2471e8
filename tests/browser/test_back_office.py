"""The back office in a real browser: no policy broken, nothing for axe to say, phones included."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import axe

PAGES = (
    "/admin/",
    "/admin/activity/",
    "/admin/activity/?answer=missing&search=data",
    "/admin/activity/?tia=missing",
    "/admin/activity/?cols=ref,name,owner,purposes,recipients,measures,transfers,starts_on,role,law",
    "/admin/vendor/",
    "/admin/views/",
    "/admin/adequacy_decision/?page_size=100",
    "/admin/history/",
    "/admin/search/?q=personal+data+28",
    "/admin/search/?q=art+28",
    "/admin/exports/",
    "/admin/document/upload/",
)
RECORDS = ("activity", "legal_entity", "vendor", "engagement", "transfer", "argentine_registration")


@pytest.fixture
def inside(page: Page, sign_in: Callable[[Page], Page]) -> Page:
    """A watched page on which the data protection officer is signed in."""
    return sign_in(page)


@pytest.fixture
def inside_without_script(page_without_script: Page, sign_in: Callable[[Page], Page]) -> Page:
    """The same with JavaScript off."""
    return sign_in(page_without_script)


def first_of(page: Page, noun: str) -> str:
    """Open the list of a noun and return the address of its first record."""
    page.goto(f"/admin/{noun}/")
    address = page.locator("main tbody th a").first.get_attribute("href")
    assert address
    return address


def addresses(page: Page) -> list[str]:
    records = [first_of(page, noun) for noun in RECORDS]
    others = [
        one.replace("/details/", way) for one in records[:1] for way in ("/history/", "/retire/")
    ]
    return [*PAGES, *records, *others]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(inside: Page, scheme: Literal["light", "dark"]):
    inside.emulate_media(color_scheme=scheme)
    found = {}
    for address in addresses(inside):
        inside.goto(address)
        if wrong := axe(inside):
            found[address] = wrong
    assert found == {}


def test_no_page_is_wider_than_a_phone(inside: Page):
    there = addresses(inside)
    inside.set_viewport_size(NARROW)
    for address in there:
        inside.goto(address)
        wide = inside.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], address


def test_on_a_phone_the_menu_is_folded_and_opens_without_script(inside_without_script: Page):
    page = inside_without_script
    page.set_viewport_size(NARROW)
    page.goto("/admin/")
    vendors = page.locator("details.narrow").get_by_role("link", name="Vendors")
    expect(vendors).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    vendors.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vendors")


def test_a_cell_of_the_heatmap_leads_to_what_it_counts(inside: Page):
    inside.goto("/admin/")
    cell = inside.locator(".heat td a.void").first
    asked = int((cell.inner_text()).split("/")[1].split()[0])
    cell.click()
    expect(inside.locator("main tbody tr")).to_have_count(asked)


def test_a_value_is_confirmed_and_the_page_stays_in_place(inside: Page):
    inside.goto(first_of(inside, "vendor"))
    inside.get_by_role("button", name=re.compile(r"^Confirm ?: Name$")).click()
    expect(inside.locator("#name .source")).to_contain_text("confirmed by")
    assert axe(inside) == []


def test_a_category_in_use_is_not_retired_and_shows_its_uses(inside: Page):
    inside.goto(first_of(inside, "subject_category"))
    used = inside.locator("aside").get_by_text("No record uses it.").count() == 0
    inside.get_by_role("link", name="Retire this record").click()
    if used:
        expect(inside.get_by_role("alert")).to_contain_text("It cannot be retired yet")
    assert axe(inside) == []


def test_a_slash_leads_to_the_search_and_enter_to_what_is_found(inside: Page):
    inside.goto("/admin/vendor/")
    inside.keyboard.press("/")
    box = inside.get_by_role("searchbox", name="Search the register")
    expect(box).to_be_focused()
    inside.keyboard.type("personal/data")
    expect(box).to_have_value("personal/data")
    box.fill("newsletter")
    box.press("Enter")
    inside.wait_for_url("**/admin/search/?q=newsletter")
    main = inside.get_by_role("main")
    expect(main.get_by_role("heading", name="Processing activities")).to_be_visible()
    inside.keyboard.press("/")
    expect(box).to_be_focused()
    main.locator("mark").first.wait_for()


def test_without_script_one_searches_and_follows_what_is_found(inside_without_script: Page):
    page = inside_without_script
    page.goto("/admin/")
    page.get_by_role("searchbox", name="Search the register").fill("amazon")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Amazon").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amazon")


def preview_of_a_change(page: Page) -> None:
    """Tick what a list shows, ask for another department, and see what it would do."""
    page.goto("/admin/activity/?search=newsletter")
    boxes = page.locator("input[name=one]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    page.get_by_label("Change in those ticked").select_option(label="Department")
    page.get_by_role("button", name="Change …").click()
    page.get_by_label("Department").fill("Communication")
    page.get_by_label("Why").fill("A new house plan")
    page.get_by_role("button", name="See what it does").click()
    expect(page.locator("main table").first).to_contain_text("Communication")


def test_axe_finds_nothing_where_records_are_changed_together(inside: Page):
    preview_of_a_change(inside)
    assert axe(inside) == []
    inside.get_by_role("button", name="Another value").click()
    assert axe(inside) == []


def test_records_are_changed_together_and_taken_back_without_script(inside_without_script: Page):
    page = inside_without_script
    preview_of_a_change(page)
    page.get_by_role("button", name=re.compile("^Change ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changed together")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back:")).to_be_visible()
    page.goto("/admin/activity/?search=newsletter")
    expect(page.locator("main table")).not_to_contain_text("Communication")


def test_a_view_is_saved_without_script_and_stands_on_the_start_page(inside_without_script: Page):
    page = inside_without_script
    page.goto("/admin/transfer/?tia=missing")
    page.get_by_text("Save this view", exact=True).click()
    page.get_by_label("Name of the view").fill("Without an assessment")
    page.get_by_label("On my start page").check()
    page.get_by_role("button", name="Save the view").click()
    here = page.get_by_role("navigation", name="Saved views")
    expect(here.locator("[aria-current]")).to_contain_text("Without an assessment")
    page.goto("/admin/")
    page.get_by_role("navigation", name="My lists").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("tia=missing"))


def test_the_head_of_a_list_stays_in_sight(inside: Page):
    inside.goto("/admin/activity/?page_size=100")
    inside.mouse.wheel(0, 1200)
    inside.wait_for_function("window.scrollY > 300")
    top = (
        inside.locator(".register thead th").nth(1).evaluate("it => it.getBoundingClientRect().top")
    )
    assert -1 <= top <= 1
