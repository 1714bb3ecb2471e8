"""The pack of a customer holds what is done on its behalf, and no word of any other customer."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.exports import EXPORTS, ExportRequest
from ropa.exports.customer_scope import KEPT, MENTIONED, ROWS, scope_of_customer
from ropa.exports.records_json import LEAVING, json_schema
from ropa.records import (
    NOUNS,
    ActivityData,
    Answer,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Change,
    Customer,
    CustomerAgreement,
    DataCategory,
    Document,
    Engagement,
    HouseRule,
    LegalEntity,
    LocalisedText,
    Measure,
    Notice,
    Objection,
    Part,
    ProcessingActivity,
    Provenance,
    Record,
    Ref,
    Reviewed,
    SafeguardEvidence,
    Service,
    SubjectCategory,
    System,
    Transfer,
    TransferSafeguard,
    Vendor,
    Waiver,
)
from ropa.records.fields import Kind, fields_of, links_in
from ropa.register import Register
from ropa.vocabulary import AnswerKind, EngagementRole, Instrument, Origin, Role
from tests.builders_exports import a_register, a_request, an_activity, opened, platform, said, table

DAY = date(2026, 3, 31)
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)

INSIDE = "zqinsidezq"
"""Stands in every text that never leaves the house."""

NEVER: tuple[type[Record], ...] = (
    Breach,
    CaliforniaDisclosure,
    Change,
    HouseRule,
    Notice,
    Objection,
    Waiver,
)

NOT_FOR_CUSTOMERS = {
    "activity.age_limits",
    "activity.automated_logic",
    "activity.department",
    "activity.joint_controllers",
    "activity.notice",
    "activity.notice_of_source",
    "activity.owner",
    "assessment.consultation",
    "assessment.decided_by",
    "assessment.screening",
    "assessment.summary",
    "customer.agreements.contacts",
    "document.about",
    "document.filename",
    "legal_entity.inventory_url",
    "legal_entity.text_notes",
    *(
        f"activity.purposes.{name}"
        for name in (
            "statute",
            "legitimate_interest",
            "consent_mechanism",
            "consent_record",
            "compatibility",
            "criminal_authority",
        )
    ),
}
"""Texts, or rows of them, that no customer reads, written from the brief and not from the code."""

_FIXED = {"country": "US", "countries": ("US",), "time_zone": "Europe/Madrid", "language": "en"}
_MARK = re.compile(r"zq(?:\d+|inside)zq")


def filled(kind: type[Record], mark: str, **facts: Any) -> Any:
    """Return a record that says its mark in every text that may leave, and ``INSIDE`` elsewhere.

    Its links are only those that ``facts`` name.
    """
    values = _values(kind, mark, kind.noun) | {
        "id": f"id-{mark}",
        "notes": INSIDE,
        "retired_reason": INSIDE,
        "provenance": {"name": Provenance(origin=Origin.POLICY, source=INSIDE, by=INSIDE)},
        "reviewed": Reviewed(by=INSIDE, on=DAY, version=1),
        "answers": tuple(
            Answer(
                question=one,
                kind=AnswerKind.NOT_APPLICABLE,
                because=INSIDE if one == "customers" else mark,
                by=INSIDE,
            )
            for one in kind.asks
            if one not in ("joint_controllers", "notice", "notice_of_source")
        ),
    }
    return kind(**values | facts)


def _values(kind: type[Record] | type[Part], mark: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields_of(kind):
        where = f"{path}.{one.name}"
        text = INSIDE if where in NOT_FOR_CUSTOMERS or mark == INSIDE else f"={mark} {one.name}"
        if one.name in _FIXED:
            found[one.name] = _FIXED[one.name]
        elif one.kind is Kind.TEXT:
            found[one.name] = text
        elif one.kind is Kind.LOCALISED:
            found[one.name] = LocalisedText(en=text, pt=text)
        elif one.kind is Kind.TEXTS:
            found[one.name] = (text,)
        elif one.kind is Kind.PARTS:
            inner = INSIDE if text == INSIDE else mark
            found[one.name] = (one.of(id=f"row-{inner}", **_values(one.of, inner, where)),)
    return found


@dataclass(frozen=True)
class House:
    """A register, the company and the customer a pack is asked of, and the mark of each record."""

    entity: LegalEntity
    customer: Customer
    records: tuple[Any, ...] = field(repr=False)

    @property
    def register(self) -> Register:
        return Register(records={one.id: one for one in self.records}, known_at=NOON)

    def all(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.records if isinstance(one, kind)]

    @property
    def agreed(self) -> list[CustomerAgreement]:
        """The agreements of the two that hold, found by counting days."""
        return [
            one
            for one in self.customer.agreements
            if one.entity == self.entity.id
            and (one.starts_on or DAY) <= DAY <= (one.ends_on or DAY)
        ]


@st.composite
def houses(draw: st.DrawFn) -> House:
    numbers = iter(range(10_000))

    def mark() -> str:
        return f"zq{next(numbers)}zq"

    def some(things: list[Any], most: int = 2) -> tuple[Any, ...]:
        ids = [one.id for one in things]
        chosen = draw(st.lists(st.sampled_from(ids), max_size=most, unique=True)) if ids else []
        return tuple(chosen)

    def perhaps(things: list[Any]) -> Any:
        return draw(st.sampled_from([None, *(one.id for one in things)]))

    def many(kind: type[Any], fewest: int = 1, most: int = 3, **facts: Any) -> list[Any]:
        number = draw(st.integers(fewest, most))
        return [
            filled(kind, mark(), **{name: make() for name, make in facts.items()})
            for _ in range(number)
        ]

    def day() -> date | None:
        return draw(st.sampled_from((None, *(DAY + timedelta(days) for days in (-9, 0, 9)))))

    own = filled(LegalEntity, mark(), relations=())
    sister = filled(LegalEntity, INSIDE, id="id-sister", legal_name="Sister S.A.")
    sister = replace(sister, **dict.fromkeys(("trade_name", "address", "email", "phone"), ""))
    entities = [own, sister]
    services = many(Service, 2, 4)
    papers = many(Document, 2, 4)
    customer_ids = [Ref(f"id-zq{90_000 + number}zq") for number in range(draw(st.integers(2, 4)))]
    papers += many(
        Document, 0, 2, about=lambda: draw(st.sampled_from([*customer_ids, own.id]))
    )

    def agreement(entity: str | None = None, **facts: Any) -> CustomerAgreement:
        mine = mark()
        values = _values(CustomerAgreement, mine, "customer.agreements") | {
            "entity": entity or draw(st.sampled_from([one.id for one in entities])),
            "services": some(services),
            "document": perhaps(papers),
            "starts_on": day(),
            "ends_on": day(),
        }
        return CustomerAgreement(id=f"id-{mine}", **values | facts)

    customers = []
    for ref in customer_ids:
        agreements = tuple(agreement() for _ in range(draw(st.integers(0, 2))))
        if ref == customer_ids[0] and draw(st.booleans()):
            held = agreement(own.id, starts_on=None, ends_on=None)
            agreements = (*agreements, held)
        customers.append(filled(Customer, ref.removeprefix("id-"), agreements=agreements))

    categories, people, measures = many(DataCategory), many(SubjectCategory), many(Measure)
    vendors = many(Vendor, dpa_document=lambda: perhaps(papers), logo=lambda: perhaps(papers))
    engagements = many(
        Engagement,
        0,
        5,
        vendor=lambda: draw(st.sampled_from([one.id for one in vendors])),
        entity=lambda: perhaps(entities),
        role=lambda: draw(st.sampled_from((None, *EngagementRole))),
        services=lambda: some(services),
        data_categories=lambda: some(categories),
        subject_categories=lambda: some(people),
        ends_on=day,
    )
    tias = many(Assessment, 0, 2, document=lambda: perhaps(papers))

    def safeguards() -> tuple[TransferSafeguard, ...]:
        shown = SafeguardEvidence(id="e", document=perhaps(papers))
        return (
            TransferSafeguard(
                id="s",
                instrument=Instrument.A46_2_C,
                evidence=(shown,),
                document=perhaps(papers),
                tia=perhaps(tias),
            ),
        )

    transfers = many(
        Transfer,
        0,
        3,
        exporter=lambda: draw(st.sampled_from([one.id for one in entities])),
        exporter_role=lambda: draw(st.sampled_from((None, *Role))),
        importer_vendor=lambda: perhaps(vendors),
        engagement=lambda: perhaps(engagements),
        safeguards=safeguards,
    )
    systems = many(System, 0, 3, hosted_by=lambda: perhaps(engagements))

    def data() -> tuple[ActivityData, ...]:
        return (ActivityData(id="d", subject=perhaps(people), category=perhaps(categories)),)

    activities = many(
        ProcessingActivity,
        1,
        6,
        role=lambda: draw(st.sampled_from((None, *Role))),
        entity=lambda: draw(st.sampled_from([one.id for one in entities])),
        customers=lambda: some(customers),
        services=lambda: some(services),
        engagements=lambda: some(engagements, 3),
        systems=lambda: some(systems),
        transfers=lambda: some(transfers),
        measures=lambda: some(measures),
        documents=lambda: some(papers),
        data=data,
        ends_on=day,
    )
    tias = [replace(one, activities=some(activities)) for one in tias]
    inside = [filled(kind, INSIDE, id=f"id-{kind.noun}") for kind in NEVER]
    inside.append(filled(Objection, INSIDE, id="id-objection-2", customer=customers[1].id))
    some_records = (entities, services, papers, customers, categories, people, measures, vendors)
    more = (engagements, tias, transfers, systems, activities, inside)
    everything = tuple(one for group in (*some_records, *more) for one in group)
    return House(own, customers[0], everything)


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


def mark_of(record: Record | Part) -> str:
    return record.id.removeprefix("id-")


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
    engaged = [
        one
        for one in house.all(Engagement)
        if one.entity in (None, house.entity.id) and (not one.services or agreed & set(one.services))
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
    papers = [
        one for one in house.all(Document) if one.id not in foreign and one.about not in about
    ]
    vendors = {*(one.vendor for one in engaged), *(one.importer_vendor for one in sent)}
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


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(houses())
def test_no_word_of_another_customer_or_of_the_inside_is_in_any_file(house: House):
    if not house.agreed:
        with pytest.raises(RopaError, match="no agreement"):
            a_pack(house)
        return
    content = a_pack(house)
    found = marks_in(content)
    assert INSIDE not in found
    assert found - allowed(house) == set()
    active = [one for one in serving(house) if one.ends_on is None or one.ends_on >= DAY]
    assert {mark_of(house.customer), mark_of(house.entity), *map(mark_of, active)} <= found
    others = [one for one in house.all(Customer) if one.id != house.customer.id]
    everything = b"\n".join(files_in(content).values())
    assert [one.id for one in others if one.id.encode() in everything] == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(houses())
def test_no_link_leads_out_of_the_pack_and_its_json_is_what_the_schema_says(house: House):
    if not house.agreed:
        return
    scope = scope_of_customer(house.register, house.entity, house.customer, DAY)
    ids = set(scope.records)
    assert [ref for one in scope for _path, _field, ref in links_in(one) if ref not in ids] == []
    assert {one.noun for one in scope} <= {kind.noun for kind in LEAVING}
    document = json.loads(files_in(a_pack(house))["records.json"])
    jsonschema.Draft202012Validator(json_schema()).validate(document)
    assert document["customer"]["id"] == house.customer.id
    assert [one["id"] for one in document["records"]["customer"]] == [house.customer.id]


def given(*more: Record, **asked: Any) -> bytes:
    """Return the pack of the customer of the small register."""
    register = a_register(*more)
    customer = register.find(Customer, asked.pop("customer", "customer"))
    return EXPORTS["customer"].make(a_request(register=register, customer=customer, **asked))


def sheets(content: bytes) -> Any:
    return opened(files_in(content)["processing.xlsx"])


def test_the_manifest_names_every_file_with_its_hash():
    found = files_in(given())
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
    cover = sheets(given())["Cover"]
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
    book = sheets(given())
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
    assert engaged["Recipient"] == "Nube Ficticia Ltd (Nube)"
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
    assert next(sheets(given(language=language)).worksheets[0].values)[0] == title


def test_an_activity_of_a_service_that_was_not_agreed_is_not_in_it():
    other = Service(id="other", code="other", name=said(en="Another service"))
    extra = an_activity("P-02", role=Role.PROCESSOR, services=(Ref("other"),))
    shared = an_activity("P-03", role=Role.PROCESSOR, services=(Ref("other"), Ref("service")))
    book = sheets(given(other, extra, shared))
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
    told = {one["What for"]: one for one in table(sheets(given(mail, ended)), "Sub-processors")}
    assert told.keys() == {"Hosting of the platform", "Mail"} or "Mail" in told
    assert "Fax" not in told
    assert told["Mail"]["Applies only if"] == "only if mail is on"
    assert told["Mail"]["A customer can switch it off"] == "Yes"


def test_whose_agreement_names_no_service_hears_of_what_names_no_other_customer():
    agreement = CustomerAgreement(id="plain", entity=Ref("es"))
    small = Customer(id="small", legal_name="Small Ltd", agreements=(agreement,))
    unnamed = an_activity("P-02", role=Role.PROCESSOR, services=(Ref("service"),))
    done = table(sheets(given(small, unnamed, customer="small")), "Processing on your behalf")
    assert [(one["Reference"], one["Services"]) for one in done] == [
        ("P-02", "• Training platform")
    ]


def test_an_activity_that_is_over_is_not_in_it():
    over = platform(ends_on=date(2026, 3, 30))
    assert table(sheets(given(over)), "Processing on your behalf")[0]["Reference"] == "No entry"


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
