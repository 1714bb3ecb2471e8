"""Those who want to be told: with script off, wide and narrow, from the form to the way out."""

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from ropa.extensions import db
from ropa.models import Delivery, Subscriber
from ropa.vocabulary import UserRole
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_every_page import SIDEWAYS, SignIn
from tests.browser.watching import axe

SIZES = [WIDE, NARROW]


def token_of(app: Flask) -> str:
    with app.app_context():
        newest = select(Delivery.token).order_by(Delivery.queued_at.desc())
        token = db.session.scalars(newest).first()
    assert token
    return token


def count(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Subscriber.id)).all())


def test_the_whole_way_without_script(page_without_script: Page, served: tuple[Flask, str]):
    app, _origin = served
    page = page_without_script
    page.goto("/es/subprocessors")
    page.get_by_role("link", name="Recibir avisos de cambios").click()
    page.locator("#address").fill("eva@reader.example")
    page.get_by_role("button").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mire su buzón"
    link = f"/subprocessors/manage/{token_of(app)}"
    page.goto(link)
    page.get_by_role("button", name="Sí, quiero recibir avisos").click()
    assert page.get_by_text("Confirmado.").is_visible()
    page.locator("#language").select_option("en")
    page.get_by_role("button", name="Cambiar el idioma").click()
    page.get_by_role("button", name="Stop, and delete this address").click()
    assert page.get_by_role("heading", level=1).inner_text() == "No more letters"
    assert page.context.cookies() == []
    assert count(app) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_axe_finds_nothing(page: Page, served: tuple[Flask, str], size, scheme):
    app, _origin = served
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.goto("/subprocessors/subscribe")
    assert axe(page) == []
    page.get_by_label("E-mail address").fill(f"{scheme}{size['width']}@reader.example")
    page.get_by_role("button").click()
    assert axe(page) == []
    token = token_of(app)
    page.goto(f"/subprocessors/unsubscribe/{token}")
    assert axe(page) == []
    page.goto(f"/subprocessors/manage/{token}")
    assert axe(page) == []
    page.get_by_role("button", name="Yes, tell me of changes").click()
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name="Stop, and delete this address").click()
    assert axe(page) == []


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_the_pages_of_deliveries_have_no_barrier(
    page: Page, served: tuple[Flask, str], sign_in: SignIn, size
):
    page.goto("/subprocessors/subscribe")
    page.get_by_label("E-mail address").fill("eva@reader.example")
    page.get_by_role("button").click()
    sign_in(page, UserRole.DPO)
    page.set_viewport_size(size)
    page.goto("/admin/deliveries/")
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("link", name="eva@reader.example").first.click()
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0
    page.goto("/admin/deliveries/subscribers/")
    assert axe(page) == []
