"""A file is given to the page, which says what it is; on a phone, and without JavaScript, too."""

import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect

from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW
from tests.browser.watching import axe

SignIn = Callable[[Page, UserRole], Page]

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def given(page: Page, name: str, content: bytes) -> None:
    page.goto("/admin/check-file/")
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.get_by_label("File", exact=True).set_input_files([file])
    page.get_by_role("button", name="Check").click()


def handed_out(page: Page, export: str) -> bytes:
    """Return what the export centre gives."""
    page.goto("/admin/exports/")
    form = page.locator(f"section[aria-labelledby='export-{export}']")
    with page.expect_download() as download:
        form.get_by_role("button", name="Download").click()
    return Path(download.value.path()).read_bytes()


def edited(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[2]
    sheet["C2"], sheet["D2"] = "Somebody else " * 20, "x"
    book.remove(book.worksheets[-1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_is_told_unchanged_edited_or_not_ours(page: Page, sign_in: SignIn):
    sign_in(page, UserRole.DPO)
    content = handed_out(page, "article30")
    given(page, "record.xlsx", content)
    expect(page.get_by_role("status")).to_contain_text("ours and unchanged")
    assert axe(page) == []
    given(page, "record.xlsx", edited(content))
    expect(page.get_by_role("status")).to_contain_text("was edited")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Somebody else")
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) <= 0
    given(page, "strange.csv", b"a,b\r\n1,2\r\n")
    expect(page.get_by_role("status")).to_contain_text("not ours")
    assert axe(page) == []


def test_the_page_needs_no_script(page_without_script: Page, sign_in: SignIn):
    page = sign_in(page_without_script, UserRole.DPO)
    given(page, "strange.csv", b"a,b\r\n1,2\r\n")
    expect(page.get_by_role("status")).to_contain_text("not ours")


def test_a_public_list_is_told_with_its_version(page_without_script: Page, sign_in: SignIn):
    page = sign_in(page_without_script, UserRole.DPO)
    read = page.request.get("/subprocessors.csv").body()
    given(page, "subprocessors.csv", read.replace(b"Amazon", b"Nile"))
    expect(page.get_by_role("status")).to_contain_text("was edited")
    expect(page.get_by_role("link", name="Version 1")).to_be_visible()
    page.set_viewport_size(NARROW)
    assert page.evaluate(SIDEWAYS) <= 0
