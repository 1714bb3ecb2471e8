"""What follows from a record stands on its page: laws, duties, declarations, screening."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ropa.vocabulary import Jurisdiction, LawfulBasis, UserRole
from tests.clean_house import clean_house, ref
from tests.functional.back_office.house import keep
from tests.people import signed_in


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Somebody who reads a house in which all is well, but for what tests are about."""
    house = clean_house().row("accounts", "purposes", basis=LawfulBasis.LEGITIMATE_INTERESTS)
    house = house.but("accounts", profiling=True, jurisdictions=(Jurisdiction.GDPR,))
    house = house.but("database", declared_responsable="Somebody else")
    keep(app, *house.records.values())
    return signed_in(app, UserRole.VIEWER)


def derived(reader: FlaskClient, noun: str, name: str) -> str:
    page = reader.get(f"/admin/{noun}/details/?id={ref(name)}").text
    return page.partition('id="derived"')[2].partition("</section>")[0]


def test_a_transfer_says_what_each_law_says_of_it(reader: FlaskClient):
    table = derived(reader, "transfer", "transfer")
    assert "European Union" in table
    assert "lawful" in table
    assert "(EU) 2023/1795" in table


def test_a_vendor_says_it_of_all_its_transfers(reader: FlaskClient):
    table = derived(reader, "vendor", "vendor")
    assert f"/admin/transfer/details/?id={ref('transfer')}" in table
    assert "lawful" in table


def test_a_company_says_which_documents_it_must_have_and_lacks(reader: FlaskClient):
    table = derived(reader, "legal_entity", "spain")
    assert "missing (LB-03)" in table
    assert table.index("missing") < table.index(">yes<")
    assert f"/admin/document/details/?id={ref('dpa')}" in table


def test_a_registration_stands_beside_what_is_now(reader: FlaskClient):
    table = derived(reader, "argentine_registration", "database")
    assert "Somebody else" in table
    assert "Acme S.A." in table
    assert "differs" in table


def test_an_activity_says_which_criteria_it_meets(reader: FlaskClient):
    table = derived(reader, "activity", "accounts")
    assert "Evaluation or scoring" in table
    assert table.count(">yes<") == 1


def test_what_somebody_does_for_others_is_not_screened_by_us(reader: FlaskClient):
    assert derived(reader, "activity", "platform work") == ""
