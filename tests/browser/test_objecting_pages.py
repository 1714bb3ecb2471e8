"""Those who object: with script off, wide and narrow, from the form to the receipt on paper."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from pypdf import PdfReader

from ropa.extensions import db
from ropa.publishing.page import publisher_of
from ropa.records import LocalisedText
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, UserRole, Workflow
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_every_page import SIDEWAYS, SignIn
from tests.browser.watching import axe
from tests.builders import a_change
from tests.functional.back_office.house import keep
from tests.functional.test_notices import BASE, deliver
from tests.mail import Mailbox, a_mail_server

SIZES = [WIDE, NARROW]
REF = "SPC-2026-014"
FORM = f"/subprocessors/changes/{REF}/object"
LINK = re.compile(rf"{re.escape(BASE)}(/subprocessors/replies/\S+)")


@pytest.fixture(scope="module")
def running(served: tuple[Flask, str]) -> Flask:
    """A register in which a change of the list runs, told yesterday."""
    app, _origin = served
    today = datetime.now(UTC).date()
    with app.app_context():
        company = publisher_of(read_register(db.session(), approved=True))
    assert company
    change = a_change(
        workflow=Workflow.APPROVED,
        ref=REF,
        entity=company.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves", es="Acme se muda", pt="A Acme se muda"),
        announced_on=today - timedelta(days=1),
        objection_until=today + timedelta(days=30),
        effective_on=today + timedelta(days=31),
    )
    keep(app, change)
    return app


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


def newest_link(app: Flask, mail: Mailbox, whose: str) -> str:
    """Deliver what waits, and return the link in the newest letter to an address."""
    assert deliver(app, mail).exit_code == 0
    bodies = [one.get_content() for one in mail.taken if one["To"] == whose]
    found = LINK.search(bodies[-1])
    assert found
    return found[1]


def fill(page: Page, address: str) -> None:
    page.locator("#organisation").fill("Cliente S.A.")
    page.locator("#name").fill("Eva Ruiz")
    page.locator("#address").fill(address)
    page.locator("#grounds input").first.check()
    page.locator("#text").fill("Nuestros datos se quedan en Alemania.")


def test_a_spanish_speaking_lawyer_objects_and_prints_the_receipt(
    page_without_script: Page, running: Flask, mail: Mailbox, tmp_path: Path
):
    page, eva = page_without_script, "eva@cliente.example"
    terms = tmp_path / "contrato.txt"
    terms.write_text("Los datos se quedan en Alemania.")
    page.goto(f"/es{FORM}")
    fill(page, eva)
    page.locator("#file").set_input_files(terms)
    seen = [page.inner_text("main")]
    page.get_by_role("button", name="Enviar y recibir la carta para confirmar").click()
    seen.append(page.inner_text("body"))
    assert page.get_by_role("heading", level=1).inner_text() == "Mire su buzón"
    page.goto(newest_link(running, mail, eva))
    seen.append(page.inner_text("body"))
    page.get_by_role("button", name="Confirmar la objeción").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Acuse de recibo OBJ-2026-001"
    seen.append(page.inner_text("body"))
    page.goto(newest_link(running, mail, eva))
    assert page.get_by_text("contrato.txt (32 bytes)").is_visible()
    assert page.context.cookies() == []
    english = re.compile(r"\b(?:the|your|change|object|receipt|until|letter)\b", re.IGNORECASE)
    assert [english.findall(text) for text in seen] == [[], [], [], []]
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(page.pdf(prefer_css_page_size=True))
    printed = " ".join(one.extract_text() for one in PdfReader(paper).pages)
    for words in ("OBJ-2026-001", "Eva Ruiz", "Nuestros datos se quedan en Alemania.", "(UTC+"):
        assert words in printed


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_axe_finds_nothing(page: Page, running: Flask, mail: Mailbox, size, scheme):
    address = f"{scheme}{size['width']}@reader.example"
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.goto(FORM)
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)
    fill(page, address)
    page.locator("#name").evaluate("one => { one.value = ' ' }")
    page.locator("main button.button").click()
    assert page.get_by_role("alert").is_visible()
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)
    page.locator("#name").fill("Eva")
    page.locator("main button.button").click()
    assert axe(page) == []
    page.goto(newest_link(running, mail, address))
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)
    page.locator("main button.button").click()
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_the_pages_inside_have_no_barrier(
    page: Page, running: Flask, mail: Mailbox, sign_in: SignIn, size
):
    address = f"inside{size['width']}@reader.example"
    page.goto(FORM)
    fill(page, address)
    page.locator("main button.button").click()
    page.goto(newest_link(running, mail, address))
    page.locator("main button.button").click()
    sign_in(page, UserRole.DPO)
    page.set_viewport_size(size)
    page.goto("/admin/objection/")
    page.locator("main a[href*='/admin/objection/details/']").first.click()
    page.get_by_text("Put the change on hold").click()
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)
    page.get_by_role("button", name="Decide", exact=True).click()
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)
    page.goto("/admin/objection/no-objection/")
    assert (axe(page), page.evaluate(SIDEWAYS)) == ([], 0)
