"""A long export, as one watches it: with script and without, cancelled or waited for."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from ropa.admin import export_jobs, export_runner
from ropa.exports import EXPORTS, opening, workbook
from ropa.extensions import db
from ropa.models import ExportLog
from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.test_every_page import SCHEMES, SIDEWAYS
from tests.browser.watching import axe

SignIn = Callable[[Page, UserRole], Page]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every workbook is long, and none is ready before the test says so."""
    go_on = threading.Event()
    really = opening.must_open

    def wait_first(data: bytes) -> None:
        assert go_on.wait(60)
        really(data)

    monkeypatch.setattr(workbook, "must_open", wait_first)
    monkeypatch.setitem(EXPORTS, "article30", replace(EXPORTS["article30"], long_from=1))
    monkeypatch.setattr(export_runner, "BEAT", 0.0)
    monkeypatch.setattr(export_jobs, "RELOADED_EVERY", 1)
    yield go_on
    go_on.set()


def ask(page: Page, sign_in: SignIn) -> None:
    sign_in(page, UserRole.DPO).goto("/admin/exports/")
    page.locator("#article30-language").select_option("es")
    page.locator("form", has=page.locator("#article30-language")).get_by_role(
        "button", name="Download"
    ).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Being made", timeout=20_000)


def count_handed_out(served: tuple[Flask, str]) -> int:
    with served[0].app_context():
        return db.session.scalar(select(func.count()).select_from(ExportLog)) or 0


def file_from(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download RAT_").click(timeout=20_000)
    return download.value.suggested_filename


def test_without_script_the_page_loads_itself_again_until_the_file_is_there(
    page_without_script: Page, sign_in: SignIn, held: threading.Event
):
    page = page_without_script
    ask(page, sign_in)
    expect(page.locator("progress")).to_have_attribute("value", "100", timeout=20_000)
    page.get_by_role("link", name="Ask only when I say so").click()
    page.get_by_role("link", name="Ask again now").click()
    page.goto(page.url.partition("?")[0])
    held.set()
    assert file_from(page).startswith("RAT_DEFENSE-BALANCE_")


def test_with_script_the_page_asks_by_itself_and_says_when_it_is_done(
    page: Page, sign_in: SignIn, held: threading.Event
):
    ask(page, sign_in)
    page.evaluate("document.body.dataset.stayed = 'yes'")
    held.set()
    expect(page.get_by_role("status")).to_contain_text("It is made and logged", timeout=20_000)
    assert page.locator("progress").count() == 0
    assert page.evaluate("document.body.dataset.stayed") == "yes", "nothing was loaded anew"
    assert file_from(page).startswith("RAT_DEFENSE-BALANCE_")


def test_cancelled_on_its_page_nothing_is_handed_out_and_it_can_be_started_again(
    page: Page, sign_in: SignIn, held: threading.Event, served: tuple[Flask, str]
):
    before = count_handed_out(served)
    ask(page, sign_in)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status")).to_have_text("Cancelled: nothing was handed out.")
    held.set()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_role("status")).to_contain_text("It is made and logged", timeout=20_000)
    assert count_handed_out(served) == before + 1


def test_its_page_has_no_barrier_while_it_is_made_and_when_it_is_done(
    page: Page, sign_in: SignIn, held: threading.Event
):
    ask(page, sign_in)
    for done in (False, True):
        if done:
            held.set()
            expect(page.get_by_role("link", name="Download RAT_")).to_be_visible(timeout=20_000)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) == 0
