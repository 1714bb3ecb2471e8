"""The public list in every state: no barrier, nothing sideways, and all of it on paper."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from flask import Flask
from msgspec.structs import replace
from playwright.sync_api import Page
from pypdf import PdfReader
from werkzeug.serving import make_server

from ropa.records import Change, LocalisedText, Record
from ropa.records.change import Correction
from ropa.register import Register
from ropa.vocabulary import EngagementGroup, LocationActivity
from tests.browser.conftest import NARROW
from tests.browser.watching import axe
from tests.functional.site import a_street_door, show
from tests.subprocessors import (
    a_change,
    a_company,
    a_list,
    a_place,
    a_register,
    a_vendor,
    an_engagement,
    an_id,
)

TODAY = datetime.now(UTC).date()
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
ONE = "/subprocessors/changes/SPC-2026-014"


def said(text: str) -> LocalisedText:
    return LocalisedText(en=text, es=text, pt=text)


COMPANY = a_company(
    notice_days=30,
    notice_clause=said("DPA 5.3"),
    objection_terms=said("We look for another way."),
    prevailing_language="es",
    rolls_weekends=True,
    email="privacy@example.org",
)
EDGE = an_engagement(
    "edge-two",
    group=EngagementGroup.INFRASTRUCTURE,
    locations=(a_place("DE", LocationActivity.STORAGE),),
)
MOVED = replace(EDGE, locations=(a_place("US", LocationActivity.STORAGE, "Virginia"),))
NOVA = an_engagement("nova-ai", "nova", ai_model_provider=True, applies_when=said("Only if on"))


def moving(**facts: Any) -> Change:
    usual: dict[str, Any] = {
        "announced_on": TODAY - timedelta(10),
        "objection_until": TODAY + timedelta(20),
        "effective_on": TODAY + timedelta(21),
    }
    return a_change(EDGE, MOVED, **usual | facts)


def a_house(*changes: Change, now: Record = EDGE) -> Register:
    rest = [one for one in a_list() if one.id != COMPANY.id]
    nova = a_vendor("nova", name="Nova")
    return a_register(*rest, COMPANY, nova, now, *changes, told=(EDGE, MOVED, NOVA))


def joining() -> Change:
    dates = {"announced_on": TODAY, "objection_until": TODAY + timedelta(30)}
    return a_change(
        None, NOVA, id=an_id("c2"), ref="SPC-2", effective_on=TODAY + timedelta(31), **dates
    )


CORRECTION = Correction(
    id=an_id("row"),
    on=TODAY - timedelta(3),
    why=said("Customers asked for more time"),
    name_before=said("An earlier title"),
    effective_on_before=TODAY + timedelta(9),
)
STATES: dict[str, Register] = {
    "empty": a_register(COMPANY),
    "no change": a_house(),
    "one runs": a_house(moving()),
    "several run": a_house(moving(corrections=(CORRECTION,)), joining()),
    "on hold": a_house(moving(held_on=TODAY - timedelta(2))),
    "withdrawn": a_house(moving(withdrawn_on=TODAY - timedelta(2))),
    "emergency": a_house(
        moving(emergency=True, emergency_reason="A fire.", effective_on=TODAY), now=MOVED
    ),
    "closed": a_house(moving(objection_until=TODAY - timedelta(1))),
}


@pytest.fixture(scope="module")
def door() -> Iterator[tuple[Flask, str]]:
    app = a_street_door()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(door: tuple[Flask, str]) -> str:
    return door[1]


def addresses(state: str, tongue: str) -> list[str]:
    """Return the pages that differ by state; the others once, where most is on them."""
    paths = ["/subprocessors"]
    if state not in ("empty", "no change"):
        paths += [ONE]
    if state == "several run":
        paths += ["/subprocessors?mine=1&country=DE", "/subprocessors?q=nobody"]
        paths += ["/subprocessors/changes", "/subprocessors/example-mail"]
    return [f"{tongue}{path}" for path in paths]


@pytest.mark.parametrize("tongue", ["", "/es", "/pt"])
@pytest.mark.parametrize("state", STATES)
def test_no_state_of_the_list_has_a_barrier(page: Page, door, state, tongue):
    show(door[0], STATES[state])
    found = {}
    for address in addresses(state, tongue):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200
        for scheme in SCHEMES[:1] if tongue else SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if barriers := axe(page):
                found[address, scheme] = barriers
    assert found == {}


@pytest.mark.parametrize("width", [320, NARROW["width"], 800, 1440])
def test_no_state_of_the_list_scrolls_sideways(page_without_script: Page, door, width):
    page_without_script.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for state, register in STATES.items():
        show(door[0], register)
        for address in addresses(state, "/es"):
            page_without_script.goto(address)
            if over := page_without_script.evaluate(SIDEWAYS):
                wide[state, address] = over
    assert wide == {}


def test_the_list_is_filtered_without_script_and_the_address_is_shared(
    page_without_script: Page, door
):
    visitor = page_without_script
    show(door[0], STATES["no change"])
    visitor.goto("/es/subprocessors")
    visitor.get_by_text("Filtrar la lista").click()
    visitor.get_by_label("País").select_option("DE")
    visitor.get_by_label("Solo lo que hoy puede afectarme").check()
    visitor.get_by_role("button", name="Mostrar").click()
    assert "country=DE" in visitor.url
    assert visitor.get_by_role("status").is_visible()
    shown = visitor.locator("tbody tr").count()
    visitor.goto(visitor.url)
    assert visitor.locator("tbody tr").count() == shown > 0
    assert visitor.get_by_label("País").input_value() == "DE"
    visitor.get_by_role("link", name="Mostrar todo").click()
    assert visitor.locator("tbody tr").count() > shown
    assert visitor.context.cookies() == []


def test_from_the_list_one_comes_to_what_changes_and_back(page_without_script: Page, door):
    visitor = page_without_script
    show(door[0], STATES["one runs"])
    visitor.goto("/es/subprocessors")
    visitor.get_by_role("link", name="Detalles").click()
    assert visitor.get_by_role("columnheader", name="Antes").is_visible()
    assert visitor.get_by_text("Virginia").is_visible()
    visitor.get_by_role("link", name="Todos los cambios anunciados").click()
    visitor.get_by_role("link", name="A change to come").or_(
        visitor.get_by_role("link", name="Un cambio que viene")
    ).click()
    assert visitor.url.endswith(ONE)


def test_paper_has_every_row_opened_with_address_and_version(page: Page, door, tmp_path: Path):
    show(door[0], STATES["several run"])
    page.goto("/subprocessors")
    file = tmp_path / "list.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    paper = " ".join(" ".join(one.extract_text().split()) for one in PdfReader(file).pages)
    for row in ("Bare Cloud", "Example Edge", "Delivery of text messages", "Delivery of faxes"):
        assert row in paper
    assert "Ireland (transit)" in paper  # it stands behind "and 3 more" on a screen
    assert "Users of our customers" in paper  # and this behind "More"
    assert "https://trust.example.org/subprocessors" in paper
    assert "SHA-256 of the list" in paper
    assert "Filter the list" not in paper
