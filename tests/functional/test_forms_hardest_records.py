"""The hardest record of each noun, entered step by step with script off and found again."""

import pytest
from flask import Flask

from ropa.extensions import db
from ropa.history import life_of
from ropa.operations.rows import is_id
from ropa.records import (
    Customer,
    DataCategory,
    Document,
    Engagement,
    LocalisedText,
    ProcessingActivity,
    Transfer,
    Vendor,
)
from ropa.register import read_register
from ropa.vocabulary import (
    AnswerKind,
    Authorisation,
    EvidenceKind,
    Instrument,
    Jurisdiction,
    LawfulBasis,
    LocationActivity,
    Regime,
    Role,
    SccModule,
    UserRole,
    Workflow,
)
from tests.functional.back_office.house import a_register, keep, key
from tests.functional.hands import Hands
from tests.people import signed_in

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


@pytest.fixture
def house(app: Flask):
    keep(app, *a_register())
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def the_newest(app: Flask, kind, seen=()):
    """The one record of a kind that was not in the house before."""
    with app.test_request_context():
        register = read_register(db.session())
        known = {one.id for one in a_register()}
        (found,) = [one for one in register.all(kind) if one.id not in known and one.id not in seen]
        return found


def test_an_activity_with_retention_inside_its_data(house, dora):
    desk = Hands(dora, "/admin/activity/new/")
    desk.write(ref="C-77", name__en="Courses", name__es="Cursos", role="controller")
    desk.put("entity", key("legal_entity")).tick("jurisdictions", "gdpr", "ar")
    desk.press("add:purposes")
    desk.write(purposes__0__text__es="Dar cursos", purposes__0__basis="contract")
    desk.press("add:purposes")
    desk.write(purposes__1__text__en="Improve courses", purposes__1__basis="legitimate_interests")
    desk.write(purposes__1__legitimate_interest="Better courses\n\nfor everybody")
    desk.press("add:data")
    desk.put("data-0-subject", key("subject_category")).put("data-0-category", key("data_category"))
    desk.write(data__0__detail__en="optional: photo")
    desk.press("add:data-0-retention")
    desk.write(
        data__0__retention__0__trigger__en="the account is cancelled",
        data__0__retention__0__cleanup_interval="6 meses",
        data__0__retention__0__backup_period="3 months",
    )
    desk.press("add:data-0-retention")
    desk.write(data__0__retention__1__criterion__es="Mientras lo exija la ley")
    desk.press("add:data")
    desk.put("data-1-category", key("data_category"))
    desk.press("add:data")
    desk.press("remove:data-2")
    desk.press("add:recipients")
    desk.write(recipients__0__name__en="Tax authority", recipients__0__country="españa")
    desk.tick("measures", key("measure")).tick("engagements", key("engagement"))
    desk.write(answer__transfers="not_applicable", because__transfers="Everything stays in Spain")
    desk.write(starts_on="2024-02-29", review_months="12", large_scale="no")
    desk.write(notes="Ask Ruth", why="The academy opens")
    page = desk.press()
    assert page.status == 200
    assert "Saved." in page.text

    made = the_newest(house, ProcessingActivity)
    assert (made.ref, made.name, made.role) == (
        "C-77",
        LocalisedText(en="Courses", es="Cursos"),
        Role.CONTROLLER,
    )
    assert made.jurisdictions == (Jurisdiction.GDPR, Jurisdiction.AR)
    assert [one.basis for one in made.purposes] == [
        LawfulBasis.CONTRACT,
        LawfulBasis.LEGITIMATE_INTERESTS,
    ]
    assert made.purposes[1].legitimate_interest == "Better courses\n\nfor everybody"
    first, second = made.data
    assert (first.subject, first.category) == (key("subject_category"), key("data_category"))
    assert str(first.retention[0].worst_case) == "P9M"
    assert first.retention[1].criterion.es == "Mientras lo exija la ley"
    assert (second.subject, second.retention) == (None, ())
    assert made.recipients[0].country == "ES"
    assert (made.measures, made.engagements) == ((key("measure"),), (key("engagement"),))
    (answer,) = made.answers
    assert (answer.question, answer.kind, answer.by) == (
        "transfers",
        AnswerKind.NOT_APPLICABLE,
        "Dora",
    )
    assert (made.large_scale, made.review_months, made.notes) == (False, 12, "Ask Ruth")
    assert made.workflow is Workflow.DRAFT

    details = dora.get(f"/admin/activity/details/?id={made.id}").get_data(as_text=True)
    for words in ("Dar cursos", "Improve courses", "optional: photo", "Tax authority"):
        assert words in details
    with house.app_context():
        (step,) = life_of(db.session(), made.id)
    assert (step.why, step.actor_name, step.record) == ("The academy opens", "Dora", made)


def test_a_vendor_with_its_chain_and_an_engagement_with_its_places(house, dora):
    desk = Hands(dora, "/admin/vendor/new/")
    desk.write(name='=HYPERLINK("http://example.org","x")', slug="Link", country="irlanda")
    desk.write(address="1 Road\nDublin", dpa_status="countersigned", dpa_signed_on="2025-01-01")
    desk.press("add:certifications")
    desk.write(certifications__0__name="ISO 27001", certifications__0__expires_on="2027-05-05")
    for number, name in enumerate(("First Ltd", "Second Ltd")):
        desk.press("add:chain")
        desk.put(f"chain-{number}-legal_name", name).put(f"chain-{number}-country", "us")
    desk.put("chain-1-known_vendor", key("vendor"))
    assert "Saved." in desk.press().text
    vendor = the_newest(house, Vendor)
    assert (vendor.name, vendor.slug, vendor.country) == (
        '=HYPERLINK("http://example.org","x")',
        "link",
        "IE",
    )
    assert vendor.address == "1 Road\nDublin"
    assert [(one.legal_name, one.country) for one in vendor.chain] == [
        ("First Ltd", "US"),
        ("Second Ltd", "US"),
    ]
    assert vendor.chain[1].known_vendor == key("vendor")

    desk = Hands(dora, f"/admin/engagement/new/?vendor={vendor.id}")
    assert desk.value("vendor") == vendor.id
    desk.write(purpose__en="Links", purpose__pt="Ligações", role="subprocessor", public="yes")
    desk.put("entity", key("legal_entity")).tick("data_categories", key("data_category"))
    desk.write(answer__subject_categories="none")
    for number, (country, activity) in enumerate((("DE", "storage"), ("us", "remote_access"))):
        desk.press("add:locations")
        desk.put(f"locations-{number}-country", country)
        desk.put(f"locations-{number}-activity", activity)
    assert "Saved." in desk.press().text
    made = the_newest(house, Engagement)
    assert (made.vendor, made.purpose.pt, made.public) == (vendor.id, "Ligações", True)
    assert [(one.country, one.activity) for one in made.locations] == [
        ("DE", LocationActivity.STORAGE),
        ("US", LocationActivity.REMOTE_ACCESS),
    ]


def test_a_customer_with_contacts_inside_agreements(house, dora):
    desk = Hands(dora, "/admin/customer/new/")
    desk.write(legal_name="Cliente Dos S.A.", country="AR", dpo="Luz\nCalle 1")
    desk.press("add:contacts")
    desk.write(contacts__0__name="Reception", contacts__0__email="r@example.org")
    desk.press("add:agreements")
    desk.put("agreements-0-entity", key("legal_entity")).tick(
        "agreements-0-services", key("service")
    )
    desk.write(
        agreements__0__authorisation="general",
        agreements__0__notice_days="30",
        agreements__0__regions="EU\n\n  UK  \n",
    )
    desk.press("add:agreements-0-contacts")
    desk.write(agreements__0__contacts__0__email="one@example.org")
    desk.press("add:agreements-0-contacts")
    desk.write(agreements__0__contacts__1__email="two@example.org")
    desk.write(agreements__0__contacts__1__language="ES")
    desk.press("add:agreements")
    desk.write(agreements__1__starts_on="2026-01-01")
    desk.press("add:agreements-1-contacts")  # left empty, and so ignored
    desk.press("remove:agreements-0-contacts-0")
    assert "Saved." in desk.press().text
    made = the_newest(house, Customer)
    first, second = made.agreements
    assert (first.authorisation, first.notice_days) == (Authorisation.GENERAL, 30)
    assert (first.services, first.regions) == ((key("service"),), ("EU", "UK"))
    assert [(one.email, one.language) for one in first.contacts] == [("two@example.org", "es")]
    assert second.contacts == ()
    assert made.dpo == "Luz\nCalle 1"


def test_a_transfer_with_evidence_inside_its_safeguards(house, dora):
    desk = Hands(dora, "/admin/transfer/new/")
    desk.write(ref="T-9", name__en="Mail abroad", country="us", frequency="continuous")
    desk.put("exporter", key("legal_entity")).put("importer_vendor", key("vendor"))
    desk.press("add:safeguards")
    desk.write(
        safeguards__0__regime="eu",
        safeguards__0__instrument="a46_2_c",
        safeguards__0__scc_module="3",
        safeguards__0__signed_on="2025-03-01",
    )
    desk.press("add:safeguards-0-evidence")
    desk.write(safeguards__0__evidence__0__kind="dpf_listing")
    desk.write(safeguards__0__evidence__0__checked_on="2026-02-02")
    desk.write(safeguards__0__evidence__0__covers_hr="no")
    desk.press("add:safeguards-0-evidence")
    desk.put("safeguards-0-evidence-1-document", key("document"))
    desk.press("add:safeguards")
    desk.write(safeguards__1__regime="ar", safeguards__1__reference="60-E/2016")
    refused = desk.press()
    assert refused.status == 422
    assert "Choose the instrument." in refused.text
    assert desk.value("safeguards-0-evidence-0-checked_on") == "2026-02-02"
    desk.write(safeguards__1__instrument="ar_annex_1")
    assert "Saved." in desk.press().text
    made = the_newest(house, Transfer)
    first, second = made.safeguards
    assert (first.regime, first.instrument, first.scc_module) == (
        Regime.EU,
        Instrument.A46_2_C,
        SccModule.THREE,
    )
    assert (first.evidence[0].kind, first.evidence[0].covers_hr) == (
        EvidenceKind.DPF_LISTING,
        False,
    )
    assert first.evidence[1].document == key("document")
    assert second.regime is Regime.AR


def test_a_catalogue_entry_and_a_document_are_entered_too(house, dora):
    desk = Hands(dora, "/admin/data_category/new/")
    assert desk.value("kind") == "ordinary"
    desk.write(code="badge", name__en="Badge", kind="special").tick("ccpa_categories", "A")
    assert "Saved." in desk.press().text
    assert the_newest(house, DataCategory).kind == "special"
    desk = Hands(dora, "/admin/document/new/")
    assert not desk.asks("sha256")
    assert "Saved." in desk.write(name="Letter", language="ES").press("save").text
    assert the_newest(house, Document).language == "es"


def test_adding_and_taking_away_rows_saves_nothing_and_loses_nothing(house, dora):
    desk = Hands(dora, f"/admin/activity/edit/?id={key('activity')}")
    desk.write(owner="Otto", why="just because", starts_on="2020-01-31", notes="a\nb")
    desk.tick("measures", key("measure"), on=False)
    before = [one.value for one in desk.named("version")]
    for press in ("add:recipients", "add:data", "add:data-1-retention", "remove:purposes-0"):
        assert desk.press(press).status == 200
        assert (desk.value("owner"), desk.value("why"), desk.value("notes")) == (
            "Otto",
            "just because",
            "a\nb",
        )
        assert desk.ticked("measures") == set()
    assert [one.value for one in desk.named("version")] == before
    assert desk.value("purposes") == "1"
    assert not desk.asks("purposes-0-id")
    assert desk.asks("answer-purposes")
    with house.app_context():
        assert len(life_of(db.session(), key("activity"))) == 1


def test_the_focus_goes_to_what_was_just_added(dora):
    desk = Hands(dora, "/admin/vendor/new/")
    assert desk.press("add:chain").focused == ["chain-0-legal_name"]
    assert desk.press("add:chain").focused == ["chain-1-legal_name"]
    assert desk.press("remove:chain-0").focused == ["add:chain"]


def test_a_button_of_a_row_that_is_gone_says_so(dora):
    desk = Hands(dora, "/admin/vendor/new/")
    desk.press("add:chain")
    (button,) = [one for one in desk.controls if one.value == "remove:chain-0"]
    button.value = "remove:chain-8"
    assert "no longer here" in desk.press("remove:chain-8").text
    assert desk.asks("chain-0-id")


def test_enter_saves_and_in_a_search_box_it_searches(house, dora):
    desk = Hands(dora, f"/admin/vendor/edit/?id={key('vendor')}")
    assert next(one.value for one in desk.controls if one.kind == "button") == "enter"
    assert "Saved." in desk.write(contact_name="Luz").press("enter").text


def test_going_on_after_saving_opens_the_form_again(dora):
    desk = Hands(dora, f"/admin/vendor/edit/?id={key('vendor')}")
    desk.write(contact_name="Luz").press("stay")
    assert desk.value("contact_name") == "Luz"
    assert "Saved." in desk.page.text


def test_a_form_sent_twice_makes_one_record(house, dora):
    desk = Hands(dora, "/admin/engagement/new/")
    desk.write(purpose__en="Backups").put("vendor", key("vendor"))
    desk.press("add:locations")
    desk.write(locations__0__country="DE")
    form = desk.page
    assert "Saved." in desk.press().text
    desk.page = form
    assert "saved already" in desk.press().text
    assert is_id(the_newest(house, Engagement).id)


def test_editing_what_is_approved_says_that_a_draft_comes_of_it(house, dora):
    desk = Hands(dora, f"/admin/vendor/edit/?id={key('vendor')}")
    assert "become a draft beside it" in desk.page.text
    desk.write(contact_name="Luz").press()
    with house.test_request_context():
        register = read_register(db.session())
        approved = read_register(db.session(), approved=True)
    (draft,), (public,) = register.vendors, approved.vendors
    assert (draft.workflow, draft.contact_name) == (Workflow.DRAFT, "Luz")
    assert (public.workflow, public.contact_name) == (Workflow.APPROVED, "")
