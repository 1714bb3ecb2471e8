"""The pack of a customer holds what is done on its behalf, and no word of any other customer."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.exports import EXPORTS, ExportRequest
from ropa.exports.customer_scope import KEPT, MENTIONED, ROWS, scope_of_customer
from ropa.exports.records_json import LEAVING, json_schema
from ropa.records import (
    NOUNS,
    Assessment,
    Customer,
    CustomerAgreement,
    DataCategory,
    Document,
    Engagement,
    Measure,
    ProcessingActivity,
    Record,
    Ref,
    Service,
    SubjectCategory,
    System,
    Transfer,
    Vendor,
)
from ropa.records.fields import fields_of, links_in
from ropa.vocabulary import EngagementRole, Role
from tests.builders_exports import a_register, a_request, an_activity, opened, platform, said, table
from tests.unit.customer_houses import DAY, INSIDE, NOON, House, houses, mark_of

_MARK = re.compile(r"zq(?:\d+|inside)zq")


def a_pack(house: House) -> bytes:
    language = "pt" if len(house.records) % 2 else "en"
    return EXPORTS["customer"].make(
        ExportRequest(
            register=house.register,
            entity=house.entity,
            customer=house.customer,
            generated_at=NOON,
            language=language,
        )
    )


def files_in(content: bytes) -> dict[str, bytes]:
    """Return every file at every depth: a workbook is an archive of its own."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            found[name] = part
            if part.startswith(b"PK"):
                found |= {f"{name}/{inner}": one for inner, one in files_in(part).items()}
    return found


def marks_in(content: bytes) -> set[str]:
    texts = (part.decode() for part in files_in(content).values() if not part.startswith(b"PK"))
    return {mark for text in texts for mark in _MARK.findall(text)}


def serving(house: House) -> Iterator[ProcessingActivity]:
    """Yield the activities a customer may hear of, by the words of the law and no more."""
    agreed = {ref for one in house.agreed for ref in one.services}
    open_ended = any(not one.services for one in house.agreed)
    for one in house.all(ProcessingActivity):
        named = house.customer.id in one.customers
        by_service = bool(agreed & set(one.services)) or (open_ended and not one.customers)
        if one.role is Role.PROCESSOR and one.entity == house.entity.id and (named or by_service):
            yield one


def linked(house: House, kind: type[Any], ids: Iterable[str | None]) -> set[str]:
    wanted = set(ids)
    return {mark_of(one) for one in house.all(kind) if one.id in wanted}


def allowed(house: House) -> set[str]:
    """Return every mark that may be in the pack."""
    serves = list(serving(house))
    agreed = {ref for one in house.agreed for ref in one.services}
    if any(not one.services for one in house.agreed):
        agreed |= {ref for one in serves for ref in one.services}
    used = {ref for one in serves for ref in one.engagements}
    used |= {
        system.hosted_by
        for system in house.all(System)
        if any(system.id in one.systems for one in serves)
    }
    engaged = [
        one
        for one in house.all(Engagement)
        if one.entity in (None, house.entity.id)
        and (not one.services or agreed & set(one.services))
    ]
    sent = [
        one
        for one in house.all(Transfer)
        if one.exporter == house.entity.id and one.exporter_role in (None, Role.PROCESSOR)
    ]
    rows = [row for one in serves for row in one.data]
    foreign = {
        row.document
        for one in house.all(Customer)
        if one.id != house.customer.id
        for row in one.agreements
    } - {row.document for row in house.agreed}
    about = {one.id for one in house.all(Customer)} - {house.customer.id}
    vendors = {*(one.vendor for one in engaged), *(one.importer_vendor for one in sent)}
    shown = {
        *(row.document for row in house.agreed),
        *(one.dpa_document for one in house.all(Vendor) if one.id in vendors),
        *(row.document for one in sent for row in one.safeguards),
        *(paper.document for one in sent for row in one.safeguards for paper in row.evidence),
    }
    papers = [
        one for one in house.all(Document) if one.id in shown - foreign and one.about not in about
    ]
    return {
        mark_of(house.entity),
        mark_of(house.customer),
        *map(mark_of, (*house.agreed, *serves, *engaged, *sent, *papers)),
        *linked(house, Service, agreed),
        *linked(house, Vendor, vendors),
        *linked(house, System, (ref for one in serves for ref in one.systems)),
        *linked(house, Measure, (ref for one in serves for ref in one.measures)),
        *linked(house, Assessment, (row.tia for one in sent for row in one.safeguards)),
        *linked(
            house,
            DataCategory,
            (*(row.category for row in rows), *(ref for e in engaged for ref in e.data_categories)),
        ),
        *linked(
            house,
            SubjectCategory,
            (*(row.subject for row in rows), *(r for e in engaged for r in e.subject_categories)),
        ),
    }


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(houses())
def test_no_word_of_another_customer_or_of_the_inside_is_in_any_file(house: House):
    if not house.agreed:
        with pytest.raises(RopaError, match="no agreement"):
            a_pack(house)
        return
    content = a_pack(house)
    found = marks_in(content)
    assert INSIDE not in found
    strangers = found - allowed(house)
    assert [one for one in house.records if mark_of(one) in strangers] == []
    assert strangers == set()  # agreements too, which are no records
    active = [one for one in serving(house) if one.ends_on is None or one.ends_on >= DAY]
    assert {mark_of(house.customer), mark_of(house.entity), *map(mark_of, active)} <= found
    others = [one for one in house.all(Customer) if one.id != house.customer.id]
    everything = b"\n".join(files_in(content).values())
    assert [one.id for one in others if one.id.encode() in everything] == []
    document = json.loads(files_in(content)["records.json"])
    jsonschema.Draft202012Validator(json_schema()).validate(document)
    assert [one["id"] for one in document["records"]["customer"]] == [house.customer.id]
    assert document["customer"]["id"] == house.customer.id


@settings(max_examples=100, deadline=None)
@given(houses())
def test_no_link_leads_out_of_the_pack(house: House):
    if house.agreed:
        scope = scope_of_customer(house.register, house.entity, house.customer, DAY)
        links = [ref for one in scope for _path, _field, ref in links_in(one)]
        assert [ref for ref in links if ref not in scope.records] == []
        assert {one.noun for one in scope} <= {kind.noun for kind in LEAVING}


def pack_of(*more: Record, **asked: Any) -> bytes:
    """Return the pack of the customer of the small register."""
    register = a_register(*more)
    customer = register.find(Customer, asked.pop("customer", "customer"))
    return EXPORTS["customer"].make(a_request(register=register, customer=customer, **asked))


def sheets(content: bytes) -> Any:
    return opened(files_in(content)["processing.xlsx"])


def test_the_manifest_names_every_file_with_its_hash():
    found = files_in(pack_of())
    manifest = json.loads(found["manifest.json"])
    assert manifest["customer"] == "Cliente Ficticio S.A."
    assert manifest["company"] == "Faro Ficticio & Cía S.L."
    assert manifest["as_of"] == "2026-03-31T22:00:00+00:00"
    told = {one["name"]: (one["size"], one["sha256"]) for one in manifest["files"]}
    assert told == {
        name: (len(found[name]), hashlib.sha256(found[name]).hexdigest())
        for name in ("processing.xlsx", "scc_annexes.xlsx", "records.json")
    }
    assert manifest["content_sha256"] == json.loads(found["records.json"])["sha256"]


def test_the_cover_names_the_customer_its_agreement_and_the_moment():
    cover = sheets(pack_of())["Cover"]
    lines = {row[0]: row[1] for row in cover.values if row[0]}
    assert cover["A1"].value == "Processing on behalf of Cliente Ficticio S.A."
    assert lines["Services"] == "• Training platform"
    assert lines["Authorisation of sub-processors"].startswith("General")
    assert lines["As of"] == "2026-03-31 24:00 Europe/Madrid"
    assert lines["Notice, in days"] == "Not recorded"
    assert lines["Scope"].startswith("What the company does on behalf of Cliente Ficticio S.A.")
    assert "Controllers served" not in lines
    assert "Agreement of 2025-01-01" in lines


def test_the_sheets_say_what_is_done_by_whom_and_down_the_chain():
    book = sheets(pack_of())
    assert book.sheetnames == [
        "Cover",
        "Legend",
        "Processing on your behalf",
        "Sub-processors",
        "Their own sub-processors",
        "Transfers and safeguards",
        "Security measures",
        "Retention",
    ]
    (done,) = table(book, "Processing on your behalf")
    assert (done["Reference"], done["Services"]) == ("P-01", "• Training platform")
    (engaged,) = table(book, "Sub-processors")
    assert engaged["Sub-processor"] == "Nube Ficticia Ltd (Nube)"
    (link,) = table(book, "Their own sub-processors")
    assert (link["Legal name"], link["Country"]) == ("Cable Ficticio GmbH", "Germany (DE)")
    (measure,) = table(book, "Security measures")
    assert measure["Activities"] == "P-01"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Tratamiento por cuenta de Cliente Ficticio S.A."),
        ("pt", "Tratamento por conta de Cliente Ficticio S.A."),
    ],
)
def test_the_cover_speaks_the_language_asked_for(language, title):
    assert next(sheets(pack_of(language=language)).worksheets[0].values)[0] == title


def test_an_activity_of_a_service_that_was_not_agreed_is_not_in_it():
    other = Service(id="other", code="other", name=said(en="Another service"))
    extra = an_activity("P-02", role=Role.PROCESSOR, services=(Ref("other"),))
    shared = an_activity("P-03", role=Role.PROCESSOR, services=(Ref("other"), Ref("service")))
    book = sheets(pack_of(other, extra, shared))
    done = table(book, "Processing on your behalf")
    assert [(one["Reference"], one["Services"]) for one in done] == [
        ("P-01", "• Training platform"),
        ("P-03", "• Training platform"),
    ]


def test_a_sub_processor_of_the_agreed_service_is_told_though_no_activity_names_it():
    mail = Engagement(
        id="mail",
        vendor=Ref("vendor"),
        entity=Ref("es"),
        role=EngagementRole.SUBPROCESSOR,
        purpose=said(en="Mail"),
        services=(Ref("service"),),
        applies_when=said(en="only if mail is on"),
        customer_can_disable=True,
    )
    ended = replace(mail, id="ended", purpose=said(en="Fax"), ends_on=date(2026, 3, 30))
    told = {one["What for"]: one for one in table(sheets(pack_of(mail, ended)), "Sub-processors")}
    assert told.keys() == {"Hosting", "Mail"}
    assert told["Mail"]["Applies only if"] == "only if mail is on"
    assert told["Mail"]["A customer can switch it off"] == "Yes"


def test_whose_agreement_names_no_service_hears_of_what_names_no_other_customer():
    agreement = CustomerAgreement(id="plain", entity=Ref("es"))
    small = Customer(id="small", legal_name="Small Ltd", agreements=(agreement,))
    unnamed = an_activity("P-02", role=Role.PROCESSOR, services=(Ref("service"),))
    done = table(sheets(pack_of(small, unnamed, customer="small")), "Processing on your behalf")
    assert [(one["Reference"], one["Services"]) for one in done] == [
        ("P-02", "• Training platform")
    ]


def test_an_activity_that_is_over_is_not_in_it():
    over = platform(ends_on=date(2026, 3, 30))
    assert table(sheets(pack_of(over)), "Processing on your behalf")[0]["Reference"] == "No entry"


def test_every_field_named_for_customers_is_a_field_of_its_noun():
    for table_ in (KEPT, MENTIONED, ROWS):
        for kind, names in table_.items():
            assert set(names) <= {one.name for one in fields_of(kind)}, kind
    assert set(KEPT) <= set(NOUNS.values())


def test_a_file_of_a_customer_is_named_after_it():
    asked = a_request(customer=Customer(id="x", legal_name="Ñandú & Söhne “GmbH”"))
    name = EXPORTS["customer"].filename(asked)
    assert name == "CUSTOMER-NANDU-SOHNE-GMBH_FARO-FICTICIO_2026-03-31_en_v14.zip"
    long = a_request(customer=Customer(id="x", legal_name="A" * 300))
    assert len(EXPORTS["customer"].filename(long)) < 120
