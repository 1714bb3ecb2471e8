"""A pack for an authority takes at most six clicks from the start page, and needs no script."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.watching import axe

SignIn = Callable[[Page, UserRole], Page]

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_pack_is_made_in_six_clicks_without_script(page_without_script: Page, sign_in: SignIn):
    page = sign_in(page_without_script, UserRole.DPO)
    page.goto("/admin/")
    clicks = 0

    def clicked(act: Callable[[], object]) -> None:
        nonlocal clicks
        act()
        clicks += 1

    main = page.get_by_role("main")
    clicked(page.get_by_role("link", name="Pack for an authority").first.click)
    clicked(lambda: main.get_by_label("Authority", exact=True).select_option("aepd"))
    clicked(lambda: main.get_by_label("Company", exact=True).select_option(index=0))
    main.get_by_label("Case number", exact=True).fill("E/01234/2026")
    clicked(main.get_by_role("button", name="Look before it leaves").click)
    expect(page.get_by_text("E/01234/2026")).to_be_visible()
    expect(page.get_by_text("They forbid nothing")).to_be_visible()
    with page.expect_download() as download:
        clicked(main.get_by_role("button", name="Make the pack").click)
    assert clicks <= 6
    content = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "manifest.json" in archive.namelist()


def test_the_pages_of_a_pack_have_no_barrier_at_either_width(page: Page, sign_in: SignIn):
    sign_in(page, UserRole.DPO)
    page.goto("/admin/pack/")
    page.get_by_role("button", name="Look before it leaves").click()
    assert axe(page) == []
    with page.expect_download():
        page.get_by_role("button", name="Make the pack").click()
    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) <= 0
    page.goto("/admin/handed-out/again/?id=1")
    expect(page.get_by_role("status")).to_contain_text("same bytes")
    assert page.evaluate(SIDEWAYS) <= 0
    assert axe(page) == []
