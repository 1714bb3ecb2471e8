"""A stranger chooses two versions and reads what differs, on any screen and on paper."""

from io import BytesIO

import pytest
from flask import Flask
from msgspec.structs import replace
from playwright.sync_api import Page
from pypdf import PdfReader

from ropa.extensions import db
from ropa.operations import save
from ropa.records import LegalEntity
from ropa.register import read_register
from ropa.vocabulary import EngagementRole, Workflow
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watching import axe
from tests.builders import ANA, a_vendor, an_engagement, quietly

SMALLEST = 320
PATHS = (
    "/subprocessors/compare",
    "/es/subprocessors/compare?from=1&to=3",
    "/subprocessors/versions",
    "/subprocessors?as_of=1990-01-01",
)


@pytest.fixture(autouse=True, scope="module")
def _three_versions(served: tuple[Flask, str]) -> None:
    app, _origin = served
    with app.app_context(), quietly(ANA):
        register = read_register(db.session())
        ours = next(one for one in register.current(LegalEntity) if one.publishes_list)
        amazon = next(one for one in register.vendors if one.slug == "amazon")
        save(db.session(), replace(amazon, legal_name="Amazon Example S.à r.l."))
        db.session.commit()
    with app.app_context(), quietly(ANA):
        acme = a_vendor(workflow=Workflow.APPROVED, name="Acme", slug="acme")
        save(db.session(), acme)
        save(
            db.session(),
            an_engagement(
                acme,
                workflow=Workflow.APPROVED,
                entity=ours.id,
                role=EngagementRole.SUBPROCESSOR,
                public=True,
            ),
        )
        db.session.commit()
    app.extensions.pop("ropa.shelf", None)


def test_two_versions_are_chosen_and_compared_without_script(page_without_script: Page):
    page = page_without_script
    page.goto("/subprocessors/versions")
    page.get_by_role("link", name="Compare two versions").click()
    assert page.get_by_role("heading", name="Acme + Added").count() == 1
    page.get_by_label("Earlier version").select_option("1")
    page.get_by_label("Later version").select_option("2")
    page.get_by_role("button", name="Compare").click()
    assert page.url.endswith("/subprocessors/compare?from=1&to=2")
    assert page.get_by_text("Amazon Example S.à r.l.").is_visible()
    assert page.get_by_text("Acme").count() == 0
    page.get_by_role("link", name="Español").click()
    assert page.url.endswith("/es/subprocessors/compare?from=1&to=2")
    assert page.context.cookies() == []


def test_a_day_is_asked_for_without_script(page_without_script: Page):
    page_without_script.goto("/pt/subprocessors/versions")
    page_without_script.get_by_label("A lista como estava").fill("1990-01-01")
    page_without_script.get_by_role("button", name="Mostrar esse dia").click()
    assert page_without_script.get_by_role("alert").is_visible()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, path, size, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.goto(path)
    assert axe(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_on_the_smallest_screen(page_without_script, path):
    page_without_script.set_viewport_size({"width": SMALLEST, "height": 640})
    page_without_script.goto(path)
    right = page_without_script.locator("body *").evaluate_all(
        "all => Math.max(...all.filter(one => !one.closest('thead, caption, .skip'))"
        ".map(one => one.getBoundingClientRect().right))"
    )
    assert right <= SMALLEST


def test_on_paper_the_signs_and_the_words_are_there(page: Page):
    page.goto("/subprocessors/compare?from=1&to=3")
    pages = PdfReader(BytesIO(page.pdf())).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    for word in ("Amazon Example S.à r.l.", "≠ Changed", "+ Added", "/subprocessors/compare"):
        assert word in text
