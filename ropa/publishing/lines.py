"""What outsiders are shown, field by field: the whitelist and the public JSON in one.

A field that does not stand here cannot reach a page, a file or a feed, whatever a record holds.
None means *not recorded*. Where an empty list could mean two things, ``answers`` says which.
"""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from ropa.i18n import _
from ropa.records import LocalisedText
from ropa.vocabulary import (
    AppointmentKind,
    ChangeKind,
    ChangeState,
    DataKind,
    EngagementGroup,
    EvidenceKind,
    Instrument,
    LocationActivity,
    Regime,
    SccModule,
    Term,
    VendorKind,
)


class Answered(Term):
    """How a question that asks for a list was answered."""

    LISTED = "listed", _("listed")
    NONE = "none", _("none")
    NOT_APPLICABLE = "not_applicable", _("does not apply")
    NOT_RECORDED = "not_recorded", _("not recorded")


class Status(Term):
    """Where an engagement stands on the day of the page, as its dates say."""

    PLANNED = "planned", _("not yet in use")
    IN_USE = "in_use", _("in use")
    ENDING = "ending", _("in use, ending")
    ENDED = "ended", _("no longer used")


class TransferState(Term):
    """Whether data leave the European Economic Area with this engagement, and how."""

    LISTED = "listed", _("listed")
    NONE_NEEDED = "none_needed_eea", _("Inside the EEA: none needed"), "GDPR Art. 44"
    NOT_RECORDED = "not_recorded", _("not recorded")


class Shown(Struct, frozen=True, kw_only=True):
    """Something outsiders are shown."""


Id = Annotated[str, Meta(description="A stable identifier (UUID); never reused.")]
Iso = Annotated[str, Meta(description="A country: two letters, ISO 3166-1 alpha-2.")]


class Words(LocalisedText, frozen=True, kw_only=True, omit_defaults=True):
    """A text in the languages in which it is recorded."""


class Named(Shown, frozen=True, kw_only=True):
    """Something from a catalogue; ``name`` is null when it may not be shown yet."""

    id: Id
    name: Words | None


class Data(Named, frozen=True, kw_only=True):
    """A category of personal data, and how the law protects it."""

    protection: DataKind | None


class Place(Shown, frozen=True, kw_only=True):
    """Where the data are, or are reached from."""

    country: Iso | None
    region: str | None
    activity: LocationActivity | None


class Safeguard(Shown, frozen=True, kw_only=True):
    """An instrument a transfer leans on today, under one law."""

    regime: Regime | None
    instrument: Instrument | None
    scc_module: SccModule | None
    decision: str | None
    evidence: EvidenceKind | None
    checked_on: date | None
    assessed_on: Annotated[date | None, Meta(description="Transfer impact assessment decided on.")]


class Passage(Shown, frozen=True, kw_only=True):
    """One way in which the data leave the exporter's regime; only safeguards in force count."""

    id: Id
    country: Iso | None
    organisation: str | None
    answer: Answered
    safeguards: tuple[Safeguard, ...]


class Answers(Shown, frozen=True, kw_only=True):
    """How each question that asks for a list was answered."""

    locations: Answered
    data_categories: Answered
    data_subjects: Answered


class Line(Shown, frozen=True, kw_only=True):
    """One engagement: what a sub-processor does, with which data, where, under what safeguard."""

    id: Id
    status: Status
    group: EngagementGroup | None
    purpose: Words | None
    delimitation: Annotated[
        Words | None, Meta(description="What it answers for alone (SCC 2021/914 Annex III).")
    ] = None
    services: Annotated[tuple[Named, ...], Meta(description="Empty: every service.")]
    applies_when: Annotated[Words | None, Meta(description="The condition, if there is one.")]
    customer_can_disable: bool | None
    answers: Answers
    data_categories: tuple[Data, ...]
    special_categories: Annotated[bool | None, Meta(description="GDPR Art. 9.")]
    data_subjects: tuple[Named, ...]
    locations: tuple[Place, ...]
    transfer: TransferState
    transfers: tuple[Passage, ...]
    supplementary_measures: Words | None
    retention: Words | None
    ai_model_provider: bool | None
    ai_trains_on_customer_data: bool | None
    ai_retention: str | None
    starts_on: date | None
    ends_on: date | None
    last_reviewed_on: date | None


class Certificate(Shown, frozen=True, kw_only=True):
    """A certificate that has not run out."""

    name: str | None
    issued_by: str | None
    expires_on: date | None


class Onward(Shown, frozen=True, kw_only=True):
    """One of the sub-processor's own sub-processors."""

    legal_name: str | None
    address: str | None
    country: Iso | None
    purpose: str | None


class Contact(Shown, frozen=True, kw_only=True):
    """Whom to write to."""

    name: str | None
    function: str | None
    email: str | None


class Subprocessor(Shown, frozen=True, kw_only=True):
    """Who it is (EDPB Opinion 22/2024: name, address, contact person), with its engagements."""

    id: Id
    slug: str
    name: str | None
    legal_name: str | None
    kind: VendorKind | None
    registration_number: str | None
    address: str | None
    country: Iso | None
    parent: str | None
    contact: Contact | None
    privacy_contact: str | None
    website: str | None
    subprocessors_url: str | None
    dpa_url: str | None
    certifications: tuple[Certificate, ...]
    subprocessors: tuple[Onward, ...]
    engagements: tuple[Line, ...]


class Office(Shown, frozen=True, kw_only=True):
    """Somebody who answers for data protection, by name or by function."""

    office: AppointmentKind
    name: str | None
    email: str | None


class Publisher(Shown, frozen=True, kw_only=True):
    """The company whose sub-processors these are."""

    id: Id
    slug: str
    legal_name: str
    trade_name: str | None
    address: str | None
    country: Iso | None
    email: str | None
    offices: tuple[Office, ...]


class Concerned(Shown, frozen=True, kw_only=True):
    """A sub-processor that a change touches: as it reads before and after, rows that differ alone.

    Null on one side: it is not on the list then.
    """

    before: Subprocessor | None
    after: Subprocessor | None


class Corrected(Shown, frozen=True, kw_only=True):
    """What a change said until it was corrected; null: it stayed as it was."""

    on: date | None
    why: Words | None
    title_before: Words | None
    body_before: Words | None
    objection_until_before: date | None
    effective_on_before: date | None


class Told(Shown, frozen=True, kw_only=True):
    """A change of the list as outsiders are told of it (GDPR Art. 28(2))."""

    id: Id
    ref: str
    kind: ChangeKind | None
    material: Annotated[bool, Meta(description="False: editorial, nobody needs to be told.")]
    state: Annotated[ChangeState, Meta(description="As its dates say on the day it is read.")]
    title: Words | None
    body: Words | None
    announced_on: date | None
    objection_deadline: Annotated[
        datetime | None, Meta(description="The last second in which one can object.")
    ]
    effective_on: date | None
    held_on: date | None
    withdrawn_on: date | None
    emergency: bool
    emergency_reason: str | None
    sequence: Annotated[int, Meta(ge=0, description="How often it was altered since.")]
    corrections: tuple[Corrected, ...]
    concerned: tuple[Concerned, ...]

    @property
    def runs(self) -> bool:
        """Say whether it is still to take effect: told, and neither withdrawn nor in effect."""
        return self.state in (ChangeState.ANNOUNCED, ChangeState.CLOSED, ChangeState.ON_HOLD)

    @property
    def name(self) -> Words:
        """Return its title; its reference where nobody gave it one."""
        return self.title or Words(en=self.ref)
