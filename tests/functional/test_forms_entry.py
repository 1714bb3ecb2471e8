"""A whole record is entered through its form, script off, and found again wherever it belongs."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from ropa.records import Measure, ProcessingActivity
from ropa.vocabulary import (
    DpaStatus,
    Frequency,
    Instrument,
    LawfulBasis,
    LocationActivity,
    Regime,
    Role,
    UserRole,
)
from tests.builders import (
    a_data_category,
    a_measure,
    a_subject_category,
    a_vendor,
    an_engagement,
    an_entity,
    in_english,
)
from tests.functional.forms import blank, named, now, opened, page_of, put, steps
from tests.functional.hands import Hands
from tests.people import form_token, signed_in

ENTITY = an_entity()
VENDOR = a_vendor(name="Correo", slug="correo")
MAIL = an_engagement(VENDOR, purpose=in_english("Delivery of e-mail"))
PEOPLE, CLIENTS = (
    a_subject_category(),
    a_subject_category(code="clients", name=in_english("Clients")),
)
EMAIL, PAY = a_data_category(), a_data_category(code="pay", name=in_english("Salary"))
MEASURES: list[Measure] = [
    a_measure(),
    a_measure(code="logs", name=in_english("Access logs")),
]


@pytest.fixture
def filled(app: Flask) -> Flask:
    """A register with what a new record can link to."""
    put(app, ENTITY, VENDOR, MAIL, PEOPLE, CLIENTS, EMAIL, PAY, *MEASURES)
    return app


def write_the_hardest_activity(form: Hands) -> None:
    form.write(ref="C-22", name__en="Payroll", name__es="Nóminas", role="controller")
    form.write(entity=ENTITY.id, why="New this year")
    form.tick("jurisdictions", "gdpr").tick("engagements", MAIL.id)
    form.tick("measures", *(one.id for one in MEASURES))
    form.press("add:purposes")
    form.write(purposes__0__text__en="Pay people", purposes__0__basis="contract")
    form.press("add:purposes")
    form.press("add:purposes")
    form.write(purposes__1__text__en="Not a purpose at all")
    form.write(purposes__2__text__en="Tell the tax office", purposes__2__basis="legal_obligation")
    form.write(purposes__2__statute="LGT 93")
    form.press("remove:purposes-1")
    form.press("add:data")
    form.write(data__0__subject=PEOPLE.id, data__0__category=PAY.id)
    form.press("add:data-0-retention")
    form.write(data__0__retention__0__trigger__en="the contract ends")
    form.write(data__0__retention__0__active_period="4 years")
    form.press("add:data-0-retention")
    form.write(data__0__retention__1__blocking_period="3 years")
    form.press("add:data")
    form.write(data__1__subject=CLIENTS.id, data__1__category=EMAIL.id)
    form.press("add:data-1-retention")
    form.write(data__1__retention__0__cleanup_interval="P6M")
    form.press("add:recipients")
    form.write(recipients__0__name__en="Tax office", recipients__0__country="Spain")


def test_the_hardest_activity_is_entered_with_named_buttons_alone(filled: Flask):
    form = blank(signed_in(filled), "activity")
    write_the_hardest_activity(form)
    page = form.press("save")
    assert page.status == 200, page.text
    assert "Saved." in page.text

    found: ProcessingActivity = named(filled, "activity", "Payroll")
    assert (found.ref, found.name.es, found.role) == ("C-22", "Nóminas", Role.CONTROLLER)
    assert found.entity == ENTITY.id
    assert [(one.text.en, one.basis, one.statute) for one in found.purposes] == [
        ("Pay people", LawfulBasis.CONTRACT, ""),
        ("Tell the tax office", LawfulBasis.LEGAL_OBLIGATION, "LGT 93"),
    ]
    first, second = found.data
    assert (first.subject, first.category) == (PEOPLE.id, PAY.id)
    told = [(one.trigger.en, one.active_period, one.blocking_period) for one in first.retention]
    assert told == [
        ("the contract ends", "P4Y", ""),
        ("", "", "P3Y"),
    ]
    assert (second.subject, second.category) == (CLIENTS.id, EMAIL.id)
    assert [one.cleanup_interval for one in second.retention] == ["P6M"]
    assert [(one.name.en, one.country) for one in found.recipients] == [("Tax office", "ES")]
    assert found.engagements == (MAIL.id,)
    assert set(found.measures) == {one.id for one in MEASURES}
    assert steps(filled, found) == [("Ana", "New this year")]


def test_what_was_entered_stands_on_its_page_and_in_the_workbook(filled: Flask):
    client = signed_in(filled, UserRole.DPO)
    form = blank(client, "activity")
    write_the_hardest_activity(form)
    form.press("save")
    found = named(filled, "activity", "Payroll")
    page = page_of(client, found)
    for words in ("Tell the tax office", "the contract ends", "Access logs", "Tax office"):
        assert words in page
    token = form_token(client)
    asked = {"name": "article30", "entity": ENTITY.id, "language": "en", "csrf_token": token}
    assert client.post("/admin/exports/file/", data=asked).status_code == 422  # not approved yet
    file = client.post("/admin/exports/file/", data={**asked, "states": "written"})
    assert file.status_code == 200
    cells = cells_of(file.data)
    for words in ("C-22", "Payroll", "Tell the tax office", "4 years", "Access logs", "Tax office"):
        assert any(words in cell for cell in cells), words
    history = client.get(f"/admin/activity/history/?id={found.id}").get_data(as_text=True)
    assert "New this year" in history
    assert "Ana" not in history
    assert "Dora" in history


def cells_of(workbook: bytes) -> list[str]:
    book = load_workbook(BytesIO(workbook))
    return [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]


def test_a_row_added_by_mistake_and_left_empty_is_not_saved(filled: Flask):
    form = blank(signed_in(filled), "activity")
    form.write(ref="C-23", name__en="Mailing", role="controller", entity=ENTITY.id)
    form.press("add:purposes")
    form.press("add:data")
    assert "Saved." in form.press("save").text
    found = named(filled, "activity", "Mailing")
    assert (found.purposes, found.data) == ((), ())


def test_rows_are_removed_and_added_while_others_keep_their_ids(filled: Flask):
    client = signed_in(filled)
    form = blank(client, "activity")
    write_the_hardest_activity(form)
    form.press("save")
    before = named(filled, "activity", "Payroll")
    form = opened(client, before)
    form.press("remove:purposes-0")
    form.press("remove:data-0-retention-0")
    form.press("add:purposes")
    form.write(purposes__2__text__en="Plan the year")
    assert "Saved." in form.press("save").text
    after = now(filled, before)
    assert after.purposes[0] == before.purposes[1]
    assert after.purposes[1].text.en == "Plan the year"
    assert after.data[0].retention == before.data[0].retention[1:]
    assert after.data[1] == before.data[1]


def test_a_vendor_and_what_it_does_for_us(filled: Flask):
    form = blank(signed_in(filled), "vendor")
    form.write(name="Nube", legal_name="Nube S.L.", slug="NUBE", country="Spain")
    form.write(contact_name="Luz", website="https://nube.example", dpa_status="published")
    form.press("add:certifications")
    form.write(certifications__0__name="ISO 27001", certifications__0__expires_on="2027-05-31")
    form.press("add:chain")
    form.write(chain__0__legal_name="Frío Inc.", chain__0__country="us")
    assert "Saved." in form.press("save").text
    vendor = named(filled, "vendor", "Nube")
    assert (vendor.slug, vendor.country, vendor.dpa_status) == ("nube", "ES", DpaStatus.PUBLISHED)
    assert [(one.name, str(one.expires_on)) for one in vendor.certifications] == [
        ("ISO 27001", "2027-05-31")
    ]
    assert [(one.legal_name, one.country) for one in vendor.chain] == [("Frío Inc.", "US")]

    form = Hands(form.client, f"/admin/engagement/new/?vendor={vendor.id}")
    assert form.value("vendor") == vendor.id
    form.write(purpose__en="Storage of files", entity=ENTITY.id, role="subprocessor", public="yes")
    form.tick("data_categories", EMAIL.id)
    form.press("add:locations")
    form.write(locations__0__country="DE", locations__0__activity="storage")
    assert "Saved." in form.press("save").text
    engagement = named(filled, "engagement", "Storage of files")
    assert (engagement.vendor, engagement.public) == (vendor.id, True)
    assert engagement.data_categories == (EMAIL.id,)
    assert [(one.country, one.activity) for one in engagement.locations] == [
        ("DE", LocationActivity.STORAGE)
    ]


def test_a_customer_its_agreements_and_whom_to_tell(filled: Flask):
    form = blank(signed_in(filled), "customer")
    form.write(legal_name="Cliente S.A.", country="AR")
    form.press("add:agreements")
    form.write(agreements__0__entity=ENTITY.id, agreements__0__notice_days="30")
    form.press("add:agreements-0-contacts")
    form.write(agreements__0__contacts__0__email="law@cliente.example")
    form.write(agreements__0__contacts__0__language="ES")
    form.press("add:agreements-0-contacts")
    form.write(agreements__0__contacts__1__email="it@cliente.example")
    assert "Saved." in form.press("save").text
    customer = named(filled, "customer", "Cliente S.A.")
    (agreement,) = customer.agreements
    assert (agreement.entity, agreement.notice_days) == (ENTITY.id, 30)
    assert [(one.email, one.language) for one in agreement.contacts] == [
        ("law@cliente.example", "es"),
        ("it@cliente.example", ""),
    ]


def test_a_transfer_its_safeguards_and_their_evidence(filled: Flask):
    form = blank(signed_in(filled), "transfer")
    form.write(ref="T-09", name__en="Mail abroad", exporter=ENTITY.id, country="US")
    form.write(importer_vendor=VENDOR.id, engagement=MAIL.id, frequency="continuous")
    form.press("add:safeguards")
    form.write(safeguards__0__regime="eu", safeguards__0__instrument="a46_2_c")
    form.write(safeguards__0__signed_on="2026-01-31")
    form.press("add:safeguards-0-evidence")
    form.write(
        safeguards__0__evidence__0__reference="Annex I", safeguards__0__evidence__0__covers_hr="no"
    )
    assert "Saved." in form.press("save").text
    transfer = named(filled, "transfer", "Mail abroad")
    (safeguard,) = transfer.safeguards
    assert (transfer.frequency, safeguard.regime) == (Frequency.CONTINUOUS, Regime.EU)
    assert (safeguard.instrument, str(safeguard.signed_on)) == (Instrument.A46_2_C, "2026-01-31")
    assert [(one.reference, one.covers_hr) for one in safeguard.evidence] == [("Annex I", False)]


def test_every_link_that_cannot_all_be_listed_is_found_by_name(filled: Flask):
    many = [
        a_measure(code=f"m{number}", name=in_english(f"Measure {number}")) for number in range(70)
    ]
    put(filled, *many)
    form = blank(signed_in(filled), "activity")
    form.write(ref="C-24", name__en="Mailing", role="controller", entity=ENTITY.id)
    form.put("find-measures", "measure 42").press("find:measures")
    form.tick("measures", many[42].id)
    form.put("find-measures", "encryption").press("find:measures")
    form.tick("measures", MEASURES[0].id)
    assert "Saved." in form.press("save").text
    assert set(named(filled, "activity", "Mailing").measures) == {many[42].id, MEASURES[0].id}


def test_the_same_form_sent_twice_makes_one_record(filled: Flask):
    client = signed_in(filled)
    form, again = blank(client, "vendor"), None
    form.write(name="Nube", slug="nube")
    again = Hands(client, form.url)
    for control in again.controls:
        if control.kind != "button" and control.name != "csrf_token":
            control.value = form.value(control.name)
    assert "Saved." in form.press("save").text
    assert "saved already" in again.press("save").text
    assert named(filled, "vendor", "Nube")
