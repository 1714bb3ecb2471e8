"""Forms in a real browser: within the policy, clean for axe, on phones, with script or not."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.watching import axe

NEW = ("activity", "transfer", "customer", "vendor", "document", "argentine_registration")


@pytest.fixture
def inside(page: Page, sign_in: Callable[[Page], Page]) -> Page:
    """A watched page on which the data protection officer is signed in."""
    return sign_in(page)


@pytest.fixture
def inside_without_script(page_without_script: Page, sign_in: Callable[[Page], Page]) -> Page:
    """The same with JavaScript off."""
    return sign_in(page_without_script)


def form_of(page: Page, noun: str) -> str:
    """Open the form of the first record of a noun; return its address."""
    page.goto(f"/admin/{noun}/")
    address = page.locator("main tbody th a").first.get_attribute("href")
    assert address
    address = address.replace("/details/", "/edit/")
    page.goto(address)
    return address


def press(page: Page, do: str) -> None:
    page.locator(f'button[name="do"][value="{do}"]').click()


def add(page: Page, rows: str, first: str) -> None:
    """Add a row, and wait until its first input has the focus."""
    press(page, f"add:{rows}")
    expect(page.locator(f'[name="{first}"]')).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_forms_rows_corrections_and_conflicts(
    inside: Page, scheme: Literal["light", "dark"]
):
    inside.emulate_media(color_scheme=scheme)
    found = {}
    for noun in NEW:
        inside.goto(f"/admin/{noun}/new/")
        found[noun] = axe(inside)
    form_of(inside, "activity")
    found["an activity"] = axe(inside)
    add(inside, "joint_controllers", "joint_controllers-0-name")
    inside.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    inside.fill('[name="review_months"]', "soon")
    found["open rows"] = axe(inside)
    press(inside, "save")
    expect(inside.locator("#summary")).to_be_focused()
    found["to correct"] = axe(inside)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_no_form_is_wider_than_a_phone(inside: Page):
    inside.set_viewport_size(NARROW)
    for noun in ("activity", "transfer", "vendor"):
        form_of(inside, noun)
        inside.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
        wide = inside.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], noun


def test_rows_come_and_go_without_a_new_page_and_the_focus_follows(inside: Page):
    inside.goto("/admin/customer/new/")
    inside.evaluate("window.stayed = true")
    inside.fill("#legal_name", "Cliente")
    add(inside, "agreements", "agreements-0-entity")
    add(inside, "agreements-0-contacts", "agreements-0-contacts-0-name")
    inside.keyboard.type("Privacy")
    add(inside, "agreements-0-contacts", "agreements-0-contacts-1-name")
    press(inside, "remove:agreements-0-contacts-0")
    expect(inside.locator('[name="agreements-0-contacts-0-name"]')).to_have_count(0)
    assert inside.evaluate("window.stayed")
    expect(inside.locator("#legal_name")).to_have_value("Cliente")
    expect(inside.locator(".unsaved")).to_be_visible()


def test_the_keyboard_saves_and_nobody_leaves_with_words_unsaved(inside: Page):
    address = form_of(inside, "vendor")
    inside.fill("#contact_name", "Luz")
    asked: list[str] = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    inside.on("dialog", stay)
    inside.locator(".brand").click(no_wait_after=True)
    expect(inside.locator("#contact_name")).to_have_value("Luz")
    assert asked == ["beforeunload"]
    inside.keyboard.press("Control+s")
    inside.wait_for_url("**/details/**")
    inside.goto(address)
    expect(inside.locator("#contact_name")).to_have_value("Luz")


def test_two_tabs_meet_and_the_second_chooses(inside: Page):
    address = form_of(inside, "engagement")
    other = inside.context.new_page()
    other.goto(address)
    for tab, words in ((inside, "one year"), (other, "two years")):
        tab.fill('[name="ai_retention"]', words)
        press(tab, "save")
    expect(other.locator("h1")).to_contain_text("while you were writing")
    assert axe(other) == []
    other.set_viewport_size(NARROW)
    assert other.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    other.get_by_label("Yours").check()
    press(other, "resolve")
    other.wait_for_url("**/details/**")
    other.goto(address)
    expect(other.locator('[name="ai_retention"]')).to_have_value("two years")
    other.close()


def test_without_script_a_transfer_gets_its_evidence(inside_without_script: Page):
    page = inside_without_script
    page.goto("/admin/transfer/new/")
    page.fill("#ref", "T-90")
    press(page, "add:safeguards")
    expect(page.locator('[name="safeguards-1-regime"]')).to_be_focused()
    page.select_option('[name="safeguards-1-instrument"]', "a46_2_c")
    press(page, "add:safeguards-1-evidence")
    page.fill('[name="safeguards-1-evidence-0-reference"]', "listed")
    page.select_option("#exporter", index=1)
    page.fill("#why", "No script here")
    press(page, "save")
    page.wait_for_url("**/details/**")
    expect(page.locator("main")).to_contain_text("listed")
