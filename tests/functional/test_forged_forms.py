"""A form without its token does nothing, whichever button of a record it presses."""

import pytest
from flask import Flask

from ropa.vocabulary import UserRole
from tests.builders import a_vendor
from tests.functional.forms import now, put
from tests.people import signed_in

PRESSES: dict[str, dict[str, str]] = {
    "retire": {"reason": "forged"},
    "bring-back": {},
    "move": {"to": "in_review", "version": "1", "why": "forged"},
    "confirm": {"path": "name", "version": "1"},
    "edit": {"name": "Forged", "version": "1", "do": "save"},
}

SENDERS: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example"},
]


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize("press", PRESSES)
def test_nothing_is_done_without_the_token(app: Flask, press: str):
    vendor = a_vendor(name="Amazon")
    put(app, vendor)
    before = now(app, vendor)
    dora = signed_in(app, UserRole.DPO)
    for sender in SENDERS:
        for token in ({}, {"csrf_token": "stale"}):
            answer = dora.post(
                f"/admin/vendor/{press}/?id={vendor.id}",
                data={"id": vendor.id, **PRESSES[press], **token},
                headers=sender,
            )
            assert answer.status_code == 400, sender
    assert now(app, vendor) == before


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "sender", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}]
)
def test_what_another_site_sent_is_not_shown_as_if_it_had_been_typed(
    app: Flask, sender: dict[str, str]
):
    dora = signed_in(app, UserRole.DPO)
    for client in (dora, app.test_client()):
        answer = client.post("/admin/vendor/new/", data={"name": "Planted"}, headers=sender)
        assert answer.status_code == 400
        assert "Planted" not in answer.text
    assert "Mine" in dora.post("/admin/vendor/new/", data={"name": "Mine"}).text
