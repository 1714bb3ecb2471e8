"""A small house that tells: Acme hosts in Germany, and is to move to Ireland a month from now."""

from datetime import date

from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.orm import Session

from ropa.history import acting_as
from ropa.operations import save
from ropa.records import (
    Change,
    CustomerAgreement,
    LocalisedText,
    Location,
    NoticeContact,
    Record,
    Ref,
    TouchedRecord,
    new_id,
)
from ropa.vocabulary import ChangeKind, EngagementRole, Workflow
from tests.builders import (
    ANA,
    a_change,
    a_customer,
    a_notice,
    a_vendor,
    an_engagement,
    an_entity,
    keep,
)

APPROVED = Workflow.APPROVED
TODAY, CLOSES, BEGINS = date(2026, 11, 23), date(2026, 12, 23), date(2026, 12, 24)
LAW = "law@client.example"


def place(country: str) -> tuple[Location, ...]:
    return (Location(id=new_id(), country=country),)


OURS = an_entity(
    workflow=APPROVED,
    publishes_list=True,
    notice_days=30,
    time_zone="Europe/Madrid",
    slug="ours",
    legal_name="Ours S.L.",
    email="privacy@ours.example",
)
ACME = a_vendor(workflow=APPROVED, name="Acme", slug="acme")
MAIL = an_engagement(
    ACME,
    workflow=APPROVED,
    entity=OURS.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
    locations=place("DE"),
)
CONTACT = NoticeContact(id=new_id(), name="Legal", email=LAW, language="es")
CLIENT = a_customer(
    workflow=APPROVED,
    legal_name="=Client GmbH",
    agreements=(CustomerAgreement(id=new_id(), entity=Ref(OURS.id), contacts=(CONTACT,)),),
)


def furnish(session: Session) -> None:
    """Fill the house, without a change."""
    keep(session, OURS, ACME, MAIL, CLIENT)


def written(session: Session, record: Record) -> int:
    """Save a record as a draft and return the number of the revision that holds it."""
    with acting_as(session, ANA):
        save(session, record)
        session.commit()
    return newest(session, record)


def newest(session: Session, record: Record) -> int:
    query = text("SELECT max(seq) FROM revision WHERE record_id = :id")
    return int(session.execute(query, {"id": record.id}).scalar() or 0)


def a_move(session: Session, effective_on: date = BEGINS) -> Change:
    """Keep a change that moves Acme to Ireland, approved and not announced."""
    before = newest(session, MAIL)
    after = written(session, replace(MAIL, locations=place("IE"), workflow=Workflow.DRAFT))
    row = TouchedRecord(id=new_id(), target=MAIL.id, before=before, after=after)
    change = a_change(
        workflow=APPROVED,
        entity=OURS.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves to Ireland", es="Acme se muda a Irlanda"),
        touches=(row,),
        announced_on=None,
        objection_until=None,
        effective_on=effective_on,
    )
    keep(session, change)
    return change


def a_notice_of(session: Session, change: Change):
    """Keep an approved notice of a change, not issued."""
    notice = a_notice(
        OURS,
        change,
        workflow=APPROVED,
        name=LocalisedText(en="Acme moves", es="Acme se muda"),
        body=LocalisedText(en="From Germany to Ireland.", es="De Alemania a Irlanda."),
        notes="for us alone",
    )
    keep(session, notice)
    return notice
