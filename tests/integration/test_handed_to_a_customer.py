"""What a customer is given is logged with its name, and holds nothing that nobody approved."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError

from ropa.errors import RopaError
from ropa.exports import EXPORTS, ExportRequest, Handing, Standing, check_file, hand_out
from ropa.history.verifying import verify
from ropa.records import CustomerAgreement, LegalEntity, ProcessingCategory, Ref, Service, new_id
from ropa.register import read_register
from ropa.vocabulary import Door, EngagementRole, Role, Workflow
from tests.builders import (
    ANA,
    a_customer,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
    in_english,
    keep,
)

APPROVED = Workflow.APPROVED
HOUSE = an_entity(workflow=APPROVED)
PLATFORM = Service(id=new_id(), code="platform", name=in_english("Platform"), workflow=APPROVED)
AGREED = CustomerAgreement(
    id=new_id(), entity=Ref(HOUSE.id), services=(Ref(PLATFORM.id),), starts_on=date(2024, 1, 1)
)
CLIENT = a_customer(agreements=(AGREED,), workflow=APPROVED)
RIVAL = a_customer(
    legal_name="Rival Secret S.A.",
    agreements=(replace(AGREED, id=new_id()),),
    workflow=APPROVED,
)
VENDOR = a_vendor(legal_name="Amazon Ficticio S.à r.l.", workflow=APPROVED)
HOSTING = an_engagement(
    VENDOR, entity=HOUSE.id, role=EngagementRole.SUBPROCESSOR, workflow=APPROVED
)
SERVING = an_activity(
    HOUSE,
    ref="P-01",
    name=in_english("Running the platform"),
    role=Role.PROCESSOR,
    services=(PLATFORM.id,),
    customers=(CLIENT.id, RIVAL.id),
    processing_categories=(ProcessingCategory(id=new_id(), text=in_english("Hosting")),),
    engagements=(HOSTING.id,),
    workflow=APPROVED,
)


@pytest.fixture
def house(session):
    keep(session, HOUSE, PLATFORM, CLIENT, RIVAL, VENDOR, HOSTING, SERVING)
    return session


def request_for(session, customer=CLIENT, **said):
    register = read_register(session, approved=said.pop("approved", True), on_day=date(2026, 3, 1))
    company = register.find(LegalEntity, HOUSE.id)
    assert company
    return ExportRequest(
        register=register,
        entity=company,
        customer=customer,
        generated_at=datetime.now(UTC),
        **said,
    )


def given_to(session, customer=CLIENT, recipient="", **said):
    handing = Handing(actor=ANA, door=Door.BACK_OFFICE, recipient=recipient)
    asked = request_for(session, customer, **said)
    made = hand_out(session, EXPORTS["customer"], asked, handing)
    session.commit()
    return made


def words_in(content):
    """Every word of every file at every depth."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return "\n".join(words_in(one) if one.startswith(b"PK") else one.decode() for one in parts)


def test_the_log_says_for_which_customer_a_file_was_made(house):
    row = given_to(house).row
    assert (row.export, row.customer_id, row.side) == ("customer", CLIENT.id, None)
    assert row.recipient == "Client GmbH"
    assert row.filename.startswith("CUSTOMER-CLIENT-GMBH_ACME_")
    assert given_to(house, recipient="Their lawyer").row.recipient == "Their lawyer"
    assert verify(house).breaches == ()


def test_a_file_about_no_customer_names_none_in_the_log(house):
    asked = replace_customer(request_for(house))
    row = hand_out(house, EXPORTS["article30"], asked, Handing(actor=ANA, door=Door.COMMAND)).row
    assert (row.customer_id, row.recipient) == (None, "")


def replace_customer(asked):
    return ExportRequest(
        register=asked.register, entity=asked.entity, generated_at=asked.generated_at
    )


def test_the_database_refuses_to_change_whose_file_it_was(house, engine):
    given_to(house)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="never altered"):
        connection.exec_driver_sql("UPDATE export_log SET customer_id = NULL")


def test_the_pack_names_what_serves_the_customer_and_no_other_customer(house):
    said = words_in(given_to(house).content)
    for word in ("Running the platform", "Amazon Ficticio S.à r.l.", "Platform", "Client GmbH"):
        assert word in said, word
    assert "Rival Secret" not in said
    assert RIVAL.id not in said


def test_a_draft_stays_in_the_house_when_only_approved_states_are_asked_for(house):
    draft = replace(SERVING, name=in_english("Draft words"), workflow=Workflow.DRAFT)
    new = an_activity(
        HOUSE,
        ref="P-02",
        name=in_english("Never approved"),
        role=Role.PROCESSOR,
        services=(PLATFORM.id,),
    )
    keep(house, draft, new)
    said = words_in(given_to(house).content)
    assert "Running the platform" in said
    assert "Draft words" not in said
    assert "Never approved" not in said
    written = words_in(given_to(house, approved=False).content)
    assert "Draft words" in written
    assert "Never approved" in written


def test_the_same_request_makes_the_same_bytes_and_the_house_knows_them_again(house):
    asked = request_for(house)
    assert EXPORTS["customer"].make(asked) == EXPORTS["customer"].make(asked)
    made = given_to(house)
    assert check_file(house, "came back.zip", made.content).standing is Standing.UNCHANGED


def test_whoever_has_no_agreement_that_day_is_given_nothing_and_nothing_is_logged(house):
    stranger = a_customer(legal_name="Stranger Ltd")
    with pytest.raises(RopaError, match=r"Stranger Ltd has no agreement with Acme S\.L\."):
        given_to(house, stranger)
    early = replace(CLIENT, agreements=(replace(AGREED, starts_on=date(2999, 1, 1)),))
    with pytest.raises(RopaError, match="no agreement"):
        given_to(house, early)
    assert given_to(house).row.id == 1


def test_without_a_customer_or_of_the_other_side_it_is_refused_in_a_sentence(house):
    with pytest.raises(RopaError, match="for which customer"):
        given_to(house, None)
    with pytest.raises(RopaError, match="as processor"):
        given_to(house, role=Role.CONTROLLER)
