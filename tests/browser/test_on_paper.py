"""The back office on paper: what a page says, printed by the browser, without what one does."""

from collections.abc import Callable
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

NOUNS = ("activity", "vendor", "transfer", "legal_entity")

CHROME = ("Search the register", "Sign out", "Skip to the page", "Confirm", "Retire this record")
"""What stands on the screen to be pressed, and has no business on paper."""

A4 = 595, 842


def on_paper(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def words_of(paper: PdfReader) -> str:
    """Return the words of a paper; letters that the face joins (“ﬁ”) count as two."""
    text = " ".join(one.extract_text() for one in paper.pages)
    return " ".join(normalize("NFKC", text).split())


def size_of(paper: PdfReader) -> tuple[int, int]:
    box = paper.pages[0].mediabox
    return round(box.width), round(box.height)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_prints_its_fields_and_no_navigation(
    page_without_script: Page, sign_in: Callable[[Page], Page], noun: str
):
    page = sign_in(page_without_script)
    page.goto(f"/admin/{noun}/")
    first = page.locator(f"main a[href*='/{noun}/details/']").first
    page.goto(first.get_attribute("href") or "")
    fields = page.locator(".fact .name, .sect h2").all_text_contents()
    paper = on_paper(page)
    words = words_of(paper)
    assert len(fields) > 10
    assert " ".join(page.locator("h1").inner_text().split()) in words
    assert size_of(paper) == A4
    unbroken = "".join(words.split())  # the width of a column breaks at hyphens too
    assert [one for one in fields if "".join(one.split()) not in unbroken] == []
    assert [one for one in CHROME if one in words] == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/activity/", "Event and webinar registration"),
        ("/admin/vendor/", "Amazon"),
        ("/admin/", "What a regulator would find, letter by letter"),
        ("/admin/due/", "What is due"),
        ("/admin/findings/", "No purpose is recorded."),
    ],
)
def test_lists_and_overviews_print_what_they_list(
    page_without_script: Page, sign_in: Callable[[Page], Page], address: str, words: str
):
    page = sign_in(page_without_script)
    page.goto(address)
    paper = on_paper(page)
    said = words_of(paper)
    assert words in said
    assert size_of(paper) == A4[::-1]
    for chrome in (*CHROME, "Columns of this list", "More filters", "Save the view"):
        assert chrome not in said
    assert f"1 / {len(paper.pages)}" in said


def test_what_is_folded_on_the_screen_is_open_on_paper(page: Page, sign_in: Callable[[Page], Page]):
    sign_in(page)
    page.goto("/admin/vendor/")
    page.goto(page.locator("main a[href*='/vendor/details/']").first.get_attribute("href") or "")
    folded = page.locator("#findings details .sentence").last
    assert not folded.is_visible()
    sentence = " ".join((folded.text_content() or "").split())
    assert sentence in words_of(on_paper(page))
