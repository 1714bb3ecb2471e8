"""What a data protection officer asks of a list, answered by records that were made for it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import (
    ActivityData,
    Certification,
    CustomerAgreement,
    DataCategory,
    Document,
    LocalisedText,
    ProcessingActivity,
    Record,
    Transfer,
    TransferSafeguard,
    Vendor,
    new_id,
)
from ropa.vocabulary import (
    Authorisation,
    DataKind,
    Instrument,
    Jurisdiction,
    Regime,
    Role,
    Workflow,
)
from tests.functional.back_office.house import keep, key, now_in
from tests.functional.back_office.test_lists import rows

NEWSLETTER, PHISHING = key("activity"), key("activity", "processor")
TODAY = datetime.now(UTC).date()


def safeguard(instrument: Instrument, **values: Any) -> TransferSafeguard:
    return TransferSafeguard(id=new_id(), regime=Regime.EU, instrument=instrument, **values)


def a_transfer(name: str, country: str, *safeguards: TransferSafeguard) -> Transfer:
    return Transfer(
        id=key("transfer", name),
        ref=f"T-{name}",
        exporter=key("legal_entity"),
        country=country,
        safeguards=safeguards,
    )


def payroll(**values: Any) -> ProcessingActivity:
    return ProcessingActivity(
        id=key("activity", "payroll"),
        ref="P-1",
        name=LocalisedText(en="Payroll"),
        role=Role.CONTROLLER,
        entity=key("legal_entity"),
        **values,
    )


@pytest.fixture
def busy(house: Flask) -> Flask:
    """A register with a payroll, special data, and transfers of every kind."""
    health = DataCategory(
        id=key("data_category", "health"),
        code="test-health",
        name=LocalisedText(en="Health"),
        kind=DataKind.SPECIAL,
    )
    records: list[Record] = [
        health,
        a_transfer("bare", "US"),
        a_transfer("scc", "BR", safeguard(Instrument.A46_2_C)),
        a_transfer("done", "IN", safeguard(Instrument.A46_2_C, tia=key("assessment"))),
        payroll(
            owner="Eva Ruiz",
            department="People",
            jurisdictions=(Jurisdiction.BR,),
            data=(ActivityData(id=new_id(), category=key("data_category", "health")),),
            transfers=(key("transfer", "bare"), key("transfer", "scc")),
        ),
    ]
    keep(house, *records)
    return house


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("basis=consent", ["activity"]),
        ("basis=~", ["payroll", "processor"]),
        ("owner=Eva+Ruiz", ["payroll"]),
        ("owner=~", ["activity", "processor"]),
        ("department=People", ["payroll"]),
        ("special=yes", ["payroll"]),
        ("special=no", ["activity", "processor"]),
        ("special=criminal", []),
        ("law=br", ["payroll"]),
        ("law=~", ["activity", "processor"]),
        ("place=US", ["payroll"]),
        ("place=IN", []),
        ("safeguard=~", ["payroll"]),
        ("safeguard=a46_2_c", ["payroll"]),
        ("tia=missing", ["payroll"]),
        ("tia=recorded", []),
        # one transfer that is both, not one of each
        ("place=US&safeguard=~", ["payroll"]),
        ("place=US&safeguard=a46_2_c", []),
        ("place=US&tia=missing", []),
        ("place=BR&tia=missing&safeguard=a46_2_c", ["payroll"]),
    ],
)
def test_activities_are_found_by_what_is_asked(
    busy: Flask, dora: FlaskClient, query: str, found: list[str]
):
    names = {"activity": NEWSLETTER, "processor": PHISHING, "payroll": payroll().id}
    assert sorted(rows(dora, f"/admin/activity/?{query}")) == sorted(names[one] for one in found)


def test_a_retired_transfer_answers_nothing(busy: Flask, dora: FlaskClient):
    bare = now_in(busy, "transfer", key("transfer", "bare"))
    gone = replace(
        bare, workflow=Workflow.RETIRED, retired_at=datetime.now(UTC), retired_reason="Over"
    )
    keep(busy, gone)
    assert rows(dora, "/admin/activity/?safeguard=~") == []


def test_transfers_are_found_by_their_safeguard_and_its_assessment(busy: Flask, dora: FlaskClient):
    def found(query: str) -> set[str]:
        return set(rows(dora, f"/admin/transfer/?{query}"))

    assert found("safeguard=~") == {key("transfer", "bare")}
    assert found("safeguard=a45") == {key("transfer")}
    assert found("tia=missing") == {key("transfer", "scc")}
    assert found("tia=recorded") == {key("transfer", "done")}


def test_what_ends_is_found_before_it_does(house: Flask, dora: FlaskClient):
    def day(days: int) -> date:
        return TODAY + timedelta(days=days)

    keep(
        house,
        Document(id=key("document", "old"), name="Old", expires_on=day(-3)),
        Document(id=key("document", "soon"), name="Soon", expires_on=day(20)),
        Document(id=key("document", "late"), name="Late", expires_on=day(80)),
        Vendor(
            id=key("vendor", "ends"),
            name="Ends",
            slug="ends",
            dpa_expires_on=day(20),
            certifications=(Certification(id=new_id(), name="ISO", expires_on=day(-3)),),
        ),
    )
    soon, late = key("document", "soon"), key("document", "late")
    assert rows(dora, "/admin/document/?expiry=past") == [key("document", "old")]
    assert rows(dora, "/admin/document/?expiry=30") == [soon]
    assert set(rows(dora, "/admin/document/?expiry=90")) == {soon, late}
    assert rows(dora, "/admin/document/?expiry=~") == [key("document")]
    assert rows(dora, "/admin/vendor/?ends=30") == [key("vendor", "ends")]
    assert rows(dora, "/admin/vendor/?certificate=past") == [key("vendor", "ends")]
    assert rows(dora, "/admin/vendor/?certificate=~") == [key("vendor")]


def test_vendors_and_engagements_are_found_by_role_and_place(house: Flask, dora: FlaskClient):
    keep(house, Vendor(id=key("vendor", "idle"), name="Idle", slug="idle"))
    assert rows(dora, "/admin/vendor/?acts_as=subprocessor") == [key("vendor")]
    assert rows(dora, "/admin/vendor/?acts_as=processor") == []
    assert rows(dora, "/admin/engagement/?place=DE") == [key("engagement")]
    assert rows(dora, "/admin/engagement/?place=~") == []


def test_customers_are_found_by_their_agreement(house: Flask, dora: FlaskClient):
    one = now_in(house, "customer", key("customer"))
    over = CustomerAgreement(
        id=new_id(), authorisation=Authorisation.GENERAL, ends_on=TODAY - timedelta(days=1)
    )
    keep(
        house,
        replace(one, id=key("customer", "gone"), agreements=(over,), contacts=()),
        replace(one, id=key("customer", "none"), agreements=(), contacts=()),
    )

    def found(query: str) -> list[str]:
        return rows(dora, f"/admin/customer/?{query}")

    assert found("agreement=in_force") == [key("customer")]
    assert found("agreement=ended") == [key("customer", "gone")]
    assert found("agreement=~") == [key("customer", "none")]
    assert found("authorised=general") == [key("customer", "gone")]
    assert found(f"with={key('legal_entity')}") == [key("customer")]
    assert found(f"service={key('service')}") == [key("customer")]
    assert found("ends=past") == [key("customer", "gone")]


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_most_filters_are_folded_away_until_one_of_them_is_used(dora: FlaskClient):
    page = dora.get("/admin/activity/").text
    bar = page[page.index('class="filters"') : page.index("</form>", page.index('class="filters"'))]
    in_sight, _fold, folded = bar.partition("<details")
    name = re.compile(r'<select id="filter-(\w+)"')
    assert name.findall(in_sight) == ["workflow", "entity", "role", "basis", "owner", "special"]
    assert {"place", "safeguard", "review", "finding"} <= set(name.findall(folded))
    assert '<details class="folded">' in page
    assert '<details class="folded" open>' in dora.get("/admin/activity/?safeguard=~").text
    assert "folded" not in dora.get("/admin/service/").text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_choices_of_a_free_text_are_those_present(busy: Flask, dora: FlaskClient):
    page = dora.get("/admin/activity/").text
    owners = re.search(r'<select id="filter-owner".*?</select>', page, re.DOTALL)
    assert owners
    assert re.findall(r'value="([^"]*)"', owners[0]) == ["", "Eva Ruiz", "~"]
