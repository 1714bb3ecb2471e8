"""From a vendor's record to a notice that is scheduled: nine clicks, with script off."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from flask import Flask
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from ropa.extensions import db
from ropa.publishing.page import publisher_of
from ropa.records import LegalEntity, Location, Vendor, new_id
from ropa.register import read_register
from ropa.vocabulary import EngagementRole, UserRole, Workflow
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import axe
from tests.builders import a_vendor, an_engagement
from tests.functional.back_office.house import keep

SignIn = Callable[[Page, UserRole], Page]
MOST_CLICKS = 9
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def acme(served: tuple[Flask, str]) -> Vendor:
    """A vendor of the published list whose row has a new location in draft."""
    app, _origin = served
    with app.app_context():
        entity = publisher_of(read_register(db.session()))
    assert isinstance(entity, LegalEntity)
    vendor = a_vendor(name="Acme", slug="acme-of-test", workflow=Workflow.APPROVED)
    row = an_engagement(
        vendor,
        entity=entity.id,
        role=EngagementRole.SUBPROCESSOR,
        public=True,
        locations=(Location(id=new_id(), country="DE"),),
        workflow=Workflow.APPROVED,
    )
    keep(app, replace(entity, notice_days=30, workflow=Workflow.APPROVED), vendor, row)
    draft = replace(row, locations=(Location(id=new_id(), country="IE"),), workflow=Workflow.DRAFT)
    keep(app, draft)
    return vendor


def looked_at(page: Page) -> None:
    """Nothing to scroll to sideways, on a phone or on a desk."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) == 0, page.url


def test_a_notice_is_nine_clicks_from_the_record_without_script(
    page_without_script: Page, sign_in: SignIn, acme: Vendor
):
    page = sign_in(page_without_script, UserRole.EDITOR)
    clicks = 0

    def click(role: Literal["link", "button"], name: str) -> None:
        nonlocal clicks
        page.locator("main").get_by_role(role, name=name, exact=True).locator(
            "visible=true"
        ).last.click()
        clicks += 1

    page.goto(f"/admin/vendor/details/?id={acme.id}")
    click("link", "Announce a change")
    looked_at(page)
    expect(page.locator("[name=kind][value=location]")).to_be_checked()
    click("button", "Go on to words and days")
    looked_at(page)
    expect(page.locator("#name-pt")).to_have_value("Nova localização dos dados: Acme")
    issued_on = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
    page.locator("#announced_on").fill(issued_on)
    click("button", "Reckon the days again")
    click("button", "Go on to the review")
    looked_at(page)
    click("button", "Save and send to review")
    expect(page.locator(".said.done")).to_contain_text("sent to review")

    page.context.clear_cookies()
    sign_in(page, UserRole.DPO)
    page.goto("/admin/inbox/")
    page.locator("main a[href*='/admin/notice/']").first.click()
    clicks += 1
    click("button", "Approve it with its changes")
    click("link", "Issue")
    page.locator("#on").fill(issued_on)
    click("button", "Issue the notice")
    expect(page.locator(".said.done")).to_contain_text("The notice is issued")
    assert clicks <= MOST_CLICKS
    page.goto("/admin/change/")
    page.locator("main table a[href*='/admin/change/details/']").first.click()
    expect(page.locator("#life")).to_contain_text("To be announced")
    page.wait_for_load_state("networkidle")


def test_its_pages_have_no_barrier_in_any_language(page: Page, sign_in: SignIn, acme: Vendor):
    sign_in(page, UserRole.DPO)
    found = []
    for language in ("ES", "PT", "EN"):
        page.goto("/admin/")
        page.get_by_role("button", name=language, exact=True).click()
        page.goto("/admin/change/")
        page.locator("main table a[href*='/admin/change/details/']").first.click()
        found += axe(page)
        for act in ("correct", "postpone", "withdraw"):
            page.goto(re.sub(r"details/\?", f"alter/?act={act}&", page.url.split("#")[0]))
            found += axe(page)
            page.go_back()
        page.goto(f"/admin/change/announce/?record={acme.id}")
        found += axe(page)
        page.locator("[name=ends]").first.evaluate("box => box.closest('details').open = true")
        page.locator("[name=ends]").first.check()
        page.locator("[name=kind][value=removal]").check()
        page.locator("button[value=words]").click()
        found += axe(page)
        page.locator("#effective_on").fill("")
        page.locator("button[value=review]:not(.default-button)").click()
        found += axe(page)
        page.locator("button[value=reckon]").click()
        page.locator("button[value=review]:not(.default-button)").click()
        expect(page.locator("button[value=save]")).to_be_visible()
        found += axe(page)
    assert found == []


def test_the_wizard_is_walked_with_the_keyboard_alone(page: Page, sign_in: SignIn, acme: Vendor):
    sign_in(page, UserRole.EDITOR)
    page.goto(f"/admin/change/announce/?record={acme.id}")
    page.locator("[name=ends]").first.evaluate("box => box.closest('details').open = true")
    page.locator("[name=ends]").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=kind][value=addition]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=kind][value=removal]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("#name-en")).to_be_visible()
    page.locator("#name-en").focus()
    page.keyboard.press("Enter")  # as the button that goes on, not as the first that is there
    expect(page.locator("button[value=save]")).to_be_visible()
    page.wait_for_load_state("networkidle")
