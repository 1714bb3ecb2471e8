"""A customer's pack is asked for in the export centre, or from the page of the customer."""

import io
import re
import zipfile
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import Customer, CustomerAgreement, Ref, new_id
from ropa.vocabulary import Workflow
from tests.functional.back_office.house import keep, key, now_in
from tests.people import send

CHOICE = f"{key('legal_entity')} {key('customer')}"


def approve(house: Flask) -> None:
    customer = now_in(house, "customer", key("customer"))
    keep(house, replace(customer, workflow=Workflow.APPROVED))


def section(page: str) -> str:
    found = re.search(r'<section class="exported" id="for-customer".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_the_pack_is_downloaded_and_logged_with_its_customer(house: Flask, dora: FlaskClient):
    approve(house)
    answer = send(dora, "/admin/exports/file/", name="customer", customer=CHOICE, language="es")
    assert answer.status_code == 200, answer.text
    assert "CUSTOMER-CLIENTE-UNO-S-A_ACME_" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == [
            "manifest.json",
            "processing.xlsx",
            "scc_annexes.xlsx",
            "records.json",
        ]
    known = dora.get("/admin/handed-out/details/?id=1").text
    assert f"/admin/customer/details/?id={key('customer')}" in known
    assert known.count("Cliente Uno S.A.") == 2
    assert "Cliente Uno S.A." in dora.get("/admin/handed-out/").text


def test_only_customers_with_an_agreement_today_can_be_chosen(house: Flask, dora: FlaskClient):
    ended = CustomerAgreement(
        id=new_id(), entity=key("legal_entity"), ends_on=date(2001, 1, 1), services=()
    )
    keep(house, Customer(id="gone", legal_name="Gone Ltd", agreements=(ended,)))
    keep(house, Customer(id="never", legal_name="Never Ltd"))
    shown = section(dora.get("/admin/exports/").text)
    assert f'<option value="{CHOICE}">Cliente Uno S.A.</option>' in shown
    assert '<optgroup label="Acme S.L.">' in shown
    assert "Gone Ltd" not in shown
    assert "Never Ltd" not in shown
    asked = section(dora.get("/admin/exports/?customer=gone").text)
    assert f'<option value="{key("legal_entity")} gone" selected>Gone Ltd</option>' in asked


def test_the_page_of_a_customer_leads_to_its_pack(
    house: Flask, dora: FlaskClient, ruth: FlaskClient
):
    page = dora.get(f"/admin/customer/details/?id={key('customer')}").text
    found = re.search(r'href="(/admin/exports/\?customer=[^"]+#for-customer)"', page)
    assert found
    shown = section(dora.get(found[1]).text)
    assert f'<option value="{CHOICE}" selected>' in shown
    reading = ruth.get(f"/admin/customer/details/?id={key('customer')}").text
    assert "/admin/exports/" not in reading
    keep(house, Customer(id="never", legal_name="Never Ltd"))
    assert "#for-customer" not in dora.get("/admin/customer/details/?id=never").text


def test_what_cannot_be_given_is_told_in_a_sentence_and_nothing_typed_is_lost(
    house: Flask, dora: FlaskClient
):
    asked = {"name": "customer", "recipient": "Their lawyer", "case": "C/9"}
    unapproved = send(dora, "/admin/exports/file/", customer=CHOICE, **asked)
    assert unapproved.status_code == 422
    assert "nobody had approved it" in unapproved.text
    assert 'value="Their lawyer"' in section(unapproved.text)
    assert f'<option value="{CHOICE}" selected>' in section(unapproved.text)
    for wrong, words in (
        ("", "Choose the customer."),
        (f"x {key('customer')}", "Choose one of our companies."),
        (key("customer"), "Choose one of our companies."),
        (f"{key('legal_entity')} x", "was not in the register"),
    ):
        answer = send(dora, "/admin/exports/file/", customer=wrong, **asked)
        assert (answer.status_code, words in answer.text) == (422, True), wrong
    approve(house)
    customer = now_in(house, "customer", key("customer"))
    (agreement,) = customer.agreements
    over = replace(agreement, ends_on=date(2001, 1, 1))
    keep(house, replace(customer, agreements=(over,), workflow=Workflow.APPROVED))
    answer = send(dora, "/admin/exports/file/", customer=CHOICE, **asked)
    assert answer.status_code == 422
    assert "Cliente Uno S.A. has no agreement with Acme S.L. that holds on" in answer.text
    assert "Nothing was handed out yet." in dora.get("/admin/handed-out/").text


def test_a_house_without_customers_says_so(house: Flask, dora: FlaskClient):
    customer = now_in(house, "customer", key("customer"))
    keep(house, replace(customer, agreements=()))
    shown = section(dora.get("/admin/exports/").text)
    assert "No customer has an agreement that holds today." in shown
    assert "<form" not in shown


def test_a_company_may_serve_the_same_customer_as_its_sister(house: Flask, dora: FlaskClient):
    other = replace(
        now_in(house, "legal_entity", key("legal_entity")),
        id="sister",
        slug="sister",
        legal_name="Sister S.A.",
        relations=(),
        appointments=(),
        identifiers=(),
        text_notes=(),
    )
    keep(house, other)
    customer = now_in(house, "customer", key("customer"))
    more = CustomerAgreement(id=new_id(), entity=Ref("sister"))
    keep(house, replace(customer, agreements=(*customer.agreements, more)))
    shown = section(dora.get(f"/admin/exports/?customer=sister%20{key('customer')}").text)
    assert f'<option value="sister {key("customer")}" selected>' in shown
    assert f'<option value="{CHOICE}">' in shown
