"""Presets, copies, twins and merges in a browser: as they are clicked, and without barriers."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from ropa.records import Customer, fixed_id
from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.watching import axe
from tests.functional.back_office.house import keep

SignIn = Callable[[Page, UserRole], Page]

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ONE, TWO = fixed_id("customer", "browser-one"), fixed_id("customer", "browser-two")


def look(page: Page) -> None:
    """Find no barrier on the page, and nothing that scrolls sideways on a phone."""
    wide = page.viewport_size
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    if wide:
        page.set_viewport_size(wide)


def test_a_preset_becomes_an_entry_with_its_twin(page: Page, sign_in: SignIn):
    sign_in(page, UserRole.DPO)
    page.goto("/admin/activity/")
    page.get_by_role("link", name="From a preset").click()
    look(page)
    page.get_by_role("link", name="Awareness campaigns and phishing simulation").click()
    expect(page.get_by_text("Begun with a preset, not saved yet.")).to_be_visible()
    look(page)
    page.locator("#entity").select_option(index=1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Awareness campaigns and phishing simulation"
    )
    look(page)
    page.get_by_role("link", name="Make its twin as controller").click()
    expect(page.get_by_text("The twin of")).to_be_visible()
    look(page)


def test_two_customers_are_merged_and_parted(
    page: Page, served: tuple[Flask, str], sign_in: SignIn
):
    keep(
        served[0],
        Customer(id=ONE, legal_name="Duplicado S.L.", country="ES"),
        Customer(id=TWO, legal_name="Duplicado, S.L.", address="Calle Mayor 1", country="ES"),
    )
    sign_in(page, UserRole.DPO)
    page.goto(f"/admin/customer/details/?id={ONE}")
    page.get_by_role("link", name="Merge with another").click()
    page.get_by_label("Words of its name").fill("duplicado")
    page.get_by_role("button", name="Find").click()
    look(page)
    page.get_by_role("link", name="Merge it into").click()
    look(page)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("was merged into")).to_be_visible()
    page.goto(f"/admin/customer/details/?id={TWO}")
    expect(page.get_by_text("It lives on in:")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text("is a record of its own again")).to_be_visible()
