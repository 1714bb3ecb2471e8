"""The way in, walked with a browser: from the one-time link to the overview, without script."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from ropa.accounts import welcome
from ropa.extensions import db
from ropa.models.engine import writing
from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.watching import axe
from tests.people import ANOTHER, PASSWORD

OVERVIEW = re.compile(r"/admin/$")
ALONE = ["/login", "/welcome/nothing", "/nowhere"]
SIGNED_IN = ["/account", "/account/confirm", "/admin/people/", "/admin/people/invite"]


@pytest.fixture
def first_link(served: tuple[Flask, str]) -> str:
    """The link with which the first administrator comes in."""
    app, origin = served
    with app.app_context(), writing():
        link = welcome.first_link(db.session(), origin, datetime.now(UTC))
        db.session.commit()
    assert link
    return link


def test_the_first_administrator_comes_in_without_script(
    page_without_script: Page, first_link: str
):
    page = page_without_script
    page.goto(first_link)
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your e-mail address").fill("ada.byron@house.example")
    page.get_by_label("New password", exact=True).fill(ANOTHER)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_be_focused()
    expect(refusal.get_by_role("link")).to_have_text("The two new passwords differ.")
    page.get_by_label("New password", exact=True).fill(ANOTHER)
    page.get_by_label("New password, once more").fill(ANOTHER)
    page.get_by_role("button").click()
    expect(page).to_have_url(OVERVIEW)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill("ada.byron@house.example")
    page.get_by_label("Password", exact=True).fill(ANOTHER)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(OVERVIEW)


def test_an_administrator_invites_and_the_invited_comes_in(
    page_without_script: Page, sign_in: Callable[..., Page]
):
    page = sign_in(page_without_script, UserRole.ADMIN)
    page.goto("/admin/people/")
    page.get_by_role("link", name="Invite a person").click()
    page.get_by_label("E-mail address").fill("ruth@house.example")
    page.get_by_label("Name").fill("Ruth Paz")
    page.get_by_label("Role").select_option("Auditor")
    page.get_by_label("Last day").fill("2999-12-31")
    page.get_by_role("button", name="Add the person").click()
    link = page.locator("#link").inner_text()
    page.context.clear_cookies()
    page.goto("/welcome/" + link.rpartition("/")[2])
    page.get_by_label("New password", exact=True).fill(ANOTHER)
    page.get_by_label("New password, once more").fill(ANOTHER)
    page.get_by_role("button").click()
    expect(page).to_have_url(OVERVIEW)
    expect(page.get_by_text("Ruth Paz")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_for_everyone(page: Page, sign_in: Callable[..., Page], scheme: str):
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}: {wrong}" for wrong in axe(page))

    def visit(paths: list[str]) -> None:
        for path in paths:
            page.goto(path)
            look(path)

    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit(ALONE)
    page.goto("/login")
    page.locator("form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Sign in").click()
    look("a refused login")
    sign_in(page, UserRole.ADMIN)
    page.goto("/admin/people/")
    person = page.locator("tbody a").first.get_attribute("href")
    visit([*SIGNED_IN, str(person)])
    assert not found, "\n".join(found)


def test_nothing_is_cut_off_on_a_phone(page: Page, sign_in: Callable[..., Page]):
    page.set_viewport_size(NARROW)
    for path in ALONE:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
    sign_in(page, UserRole.ADMIN)
    for path in SIGNED_IN:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
