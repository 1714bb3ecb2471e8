"""Those who want to be told: with script off, wide and narrow, from the form to the way out."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from ropa.extensions import db
from ropa.models import Delivery, Subscriber
from ropa.models.engine import writing
from ropa.publishing.outbox import Recipient, queued
from ropa.records import CustomerAgreement, LocalisedText, NoticeContact, Ref, new_id
from ropa.vocabulary import ChangeKind, DeliveryKind, DeliveryState, UserRole, Workflow
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_every_page import SIDEWAYS, SignIn
from tests.browser.watching import axe
from tests.builders import a_change, a_customer, a_notice, an_entity
from tests.functional.back_office.house import keep

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


OURS = an_entity(
    slug="notifier", legal_name="Notifier S.L.", email="privacy@acme.example", notice_days=30
)
CHANGE = a_change(
    ref="SPC-2026-901",
    entity=OURS.id,
    kind=ChangeKind.ADDITION,
    name=LocalisedText(en="Hosty joins", es="Se suma Hosty"),
    announced_on=date(2026, 11, 1),
    objection_until=date(2026, 12, 1),
    effective_on=date(2026, 12, 5),
)
NOTICE = a_notice(OURS, CHANGE, ref="NOT-2026-901", workflow=Workflow.APPROVED)


def customer_of(name: str, *emails: str):
    contacts = tuple(
        NoticeContact(id=new_id(), name="Legal", email=one, language="es") for one in emails
    )
    agreement = CustomerAgreement(id=new_id(), entity=Ref(OURS.id), contacts=contacts)
    return a_customer(legal_name=name, agreements=(agreement,))


@pytest.fixture(scope="module")
def told(served: tuple[Flask, str]) -> Flask:
    """A notice whose letter came back from one customer, while another has no address."""
    app, _origin = served
    some = (customer_of("Lost GmbH", "lost@client.example"), customer_of("Mute GmbH"))
    keep(app, OURS, *some, CHANGE, NOTICE)
    with app.app_context(), writing():
        to = Recipient("lost@client.example", "es", DeliveryKind.CONTRACT, customer_id=some[0].id)
        letter = queued(
            db.session(), to, datetime.now(UTC), "https://a.example", notice_id=NOTICE.id
        )
        letter.state, letter.last_error = DeliveryState.BOUNCED, "550 5.1.1 no such mailbox"
        db.session.add(letter)
        db.session.commit()
        app.extensions["test.token"] = letter.token
    return app


def test_a_contact_names_another_without_script(page_without_script: Page, told: Flask):
    page = page_without_script
    page.goto(f"/subprocessors/contact/{told.extensions['test.token']}")
    page.locator("#name").fill("Equipo jurídico")
    page.locator("#address").fill("equipo@client.example")
    page.get_by_role("button", name="Enviar una carta para confirmar").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Una carta está en camino"
    page.goto(f"/subprocessors/contact/confirm/{token_of(told)}")
    page.get_by_role("button", name="Sí, envíenlos aquí").click()
    assert page.get_by_text("Gracias.").is_visible()
    assert page.context.cookies() == []


def test_topics_are_chosen_without_script(page_without_script: Page, served: tuple[Flask, str]):
    app, _origin = served
    page = page_without_script
    page.goto("/subprocessors/subscribe")
    page.get_by_label("E-mail address").fill("topics@reader.example")
    page.get_by_label("New location").check()
    page.get_by_role("button").click()
    page.goto(f"/subprocessors/manage/{token_of(app)}")
    page.get_by_role("button", name="Yes, tell me of changes").click()
    assert page.get_by_label("New location").is_checked()
    page.get_by_label("Removal").check()
    page.get_by_role("button", name="Change what I am told of").click()
    assert page.get_by_text("What you are told of is changed.").is_visible()
    assert page.get_by_label("Removal").is_checked()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_the_pages_of_notices_and_contacts_have_no_barrier(
    page: Page, told: Flask, sign_in: SignIn, size
):
    page.set_viewport_size(size)
    token = told.extensions["test.token"]
    page.goto(f"/subprocessors/contact/{token}")
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0
    sign_in(page, UserRole.DPO)
    for path in (
        f"/admin/notice/issue/?id={NOTICE.id}",
        f"/admin/notice/issue/?id={NOTICE.id}&on=never",
        f"/admin/notice/told/?id={NOTICE.id}",
        f"/admin/notice/letter/?id={NOTICE.id}&language=pt",
        f"/admin/notice/letter/html/?id={NOTICE.id}&language=en",
        f"/admin/notice/details/?id={NOTICE.id}",
        "/admin/deliveries/",
        "/admin/deliveries/contacts/",
        "/admin/",
    ):
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate(SIDEWAYS) == 0, path
