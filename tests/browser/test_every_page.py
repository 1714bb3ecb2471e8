"""Every page of the back office, as the DPO: no barrier, no complaint, no sideways scroll."""

from collections.abc import Callable
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Page

from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.watching import axe

SignIn = Callable[[Page, UserRole], Page]

DEEP = ("/admin/activity/", "/admin/engagement/", "/admin/legal_entity/", "/admin/transfer/")
"""Nouns with rows of every kind; the pages of the others are made of the same parts."""

SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def lists(served: tuple[Flask, str]) -> list[str]:
    """The address of the list of every noun."""
    app, _origin = served
    found = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.endswith(".index_view") and not rule.arguments
    ]
    assert len(found) > 10
    return sorted(found)


def pages_from(page: Page, address: str) -> list[str]:
    """Return a list's own address, that of an empty form, and its first record's if it is deep."""
    page.goto(address)
    first = page.locator(f"main a[href*='{address}details/']").first
    if address not in DEEP or not first.count():
        return [address, f"{address}new/"]
    details = first.get_attribute("href") or ""
    record = [details.replace("/details/", f"/{one}/") for one in ("edit", "history", "retire")]
    return [address, f"{address}new/", details, *record]


def test_no_page_of_the_back_office_has_a_barrier(page: Page, sign_in: SignIn, lists: list[str]):
    sign_in(page, UserRole.DPO)
    found: dict[str, list[str]] = {}
    told = [
        "/account",
        "/admin/",
        "/admin/activity/presets/",
        "/admin/destinations/",
        "/admin/due/",
        "/admin/check-file/",
        "/admin/due/?when=later",
        "/admin/evidence/",
        "/admin/exports/",
        "/admin/findings/",
        "/admin/findings/since/?from=2020-01-01",
        "/admin/handed-out/",
        "/admin/inbox/",
        "/admin/pack/",
        "/admin/objection/no-objection/",
        "/admin/search/?q=data",
        "/admin/views/",
        "/admin/webhooks/",
        "/subprocessors/compare",
        "/subprocessors/versions",
    ]
    for address in [*told, *(one for some in lists for one in pages_from(page, some))]:
        page.goto(address)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for barrier in axe(page):
                found.setdefault(f"{scheme}: {barrier}", []).append(address)
    said = [f"{one}, on {len(where)} pages, {where[0]} first" for one, where in found.items()]
    assert said == []


def test_no_page_scrolls_sideways_on_a_phone(page: Page, sign_in: SignIn, lists: list[str]):
    sign_in(page, UserRole.DPO)
    page.set_viewport_size(NARROW)
    wide = {}
    for address in [
        "/account",
        "/admin/",
        "/admin/due/",
        "/admin/findings/",
        "/admin/evidence/",
        "/admin/exports/",
        "/admin/webhooks/",
        "/admin/check-file/",
        "/admin/pack/",
        *lists,
    ]:
        page.goto(address)
        if over := page.evaluate(SIDEWAYS):
            wide[address] = over
    assert wide == {}
