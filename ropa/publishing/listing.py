"""The list itself: each sub-processor with its engagements, as the register has them on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ropa.publishing.choosing import (
    answered,
    by_name,
    found,
    link,
    may_be_shown,
    name_of,
    named,
    text,
    words,
)
from ropa.publishing.lines import (
    Answers,
    Certificate,
    Contact,
    Data,
    Line,
    Named,
    Onward,
    Passage,
    Place,
    Status,
    Subprocessor,
    TransferState,
)
from ropa.publishing.safeguards import passages_of, transfer_state
from ropa.publishing.turning import REMEMBERED
from ropa.records import (
    DataCategory,
    Engagement,
    LegalEntity,
    Record,
    Ref,
    Service,
    SubjectCategory,
    Vendor,
)
from ropa.register import Register, zone_of
from ropa.vocabulary import DataKind, EngagementRole


def is_public(one: Engagement) -> bool:
    """Say whether an engagement belongs on a public list of sub-processors."""
    asked = one.public is True and one.role is EngagementRole.SUBPROCESSOR
    return asked and may_be_shown(one)


@dataclass(frozen=True)
class Listing:
    """The sub-processors of one company (or of all, with None) on one day."""

    register: Register
    entity: LegalEntity | None
    day: date

    def __iter__(self) -> Iterator[Subprocessor]:
        """Walk over the sub-processors that have a line to show."""
        for vendor in self.register.vendors:
            if may_be_shown(vendor):
                lines = tuple(sorted(self._lines(vendor), key=_ended))
                if lines:
                    yield self._subprocessor(vendor, lines)

    @cached_property
    def _engagements(self) -> dict[str, list[Engagement]]:
        listed: dict[str, list[Engagement]] = {}
        for one in self.register.engagements:
            # An engagement that names no company of ours is shown rather than hidden.
            ours = self.entity is None or one.entity in (None, self.entity.id)
            if ours and one.vendor and is_public(one):
                listed.setdefault(one.vendor, []).append(one)
        return listed

    def _lines(self, vendor: Vendor) -> Iterator[Line]:
        for one in self._engagements.get(vendor.id, ()):
            ended_on = self._ended_on(one, vendor)
            if ended_on is None or self.day <= ended_on + REMEMBERED:
                yield self._line(one, ended_on)

    def _ended_on(self, engagement: Engagement, vendor: Vendor) -> date | None:
        if engagement.ends_on and engagement.ends_on < self.day:
            return engagement.ends_on
        zone = zone_of(self.entity)
        retired = (one.retired_at for one in (engagement, vendor))
        return min((one.astimezone(zone).date() for one in retired if one), default=None)

    def _line(self, one: Engagement, ended_on: date | None) -> Line:
        data = tuple(sorted(self._data(one.data_categories), key=by_name))
        passages = passages_of(self.register, one, self.day)
        return Line(
            id=one.id,
            status=self._status(one, ended_on),
            group=one.group,
            purpose=words(one.purpose),
            delimitation=words(one.delimitation),
            services=self._named(Service, one.services),
            applies_when=words(one.applies_when),
            customer_can_disable=one.customer_can_disable,
            answers=_answers(one),
            data_categories=data,
            special_categories=_special(one, data),
            data_subjects=self._named(SubjectCategory, one.subject_categories),
            locations=tuple(_places(one)),
            transfer=self._transfer(one, passages),
            transfers=passages,
            supplementary_measures=words(one.supplementary_measures),
            retention=words(one.retention),
            ai_model_provider=one.ai_model_provider,
            ai_trains_on_customer_data=one.ai_trains,
            ai_retention=text(one.ai_retention),
            starts_on=one.starts_on,
            ends_on=ended_on or one.ends_on,
            last_reviewed_on=one.last_reviewed_on,
        )

    def _status(self, one: Engagement, ended_on: date | None) -> Status:
        if ended_on is not None:
            return Status.ENDED
        if one.starts_on and self.day < one.starts_on:
            return Status.PLANNED
        return Status.ENDING if one.ends_on else Status.IN_USE

    def _transfer(self, one: Engagement, passages: tuple[Passage, ...]) -> TransferState:
        if passages:
            return TransferState.LISTED
        return transfer_state(self.register, one, self.entity)

    def _named(self, kind: type[Record], refs: tuple[Ref, ...]) -> tuple[Named, ...]:
        return tuple(sorted(named(self.register, kind, refs), key=by_name))

    def _data(self, refs: tuple[Ref, ...]) -> Iterator[Data]:
        for ref in refs:
            one = found(self.register, DataCategory, ref)
            yield Data(id=ref, name=name_of(one), protection=one.kind if one else None)

    def _subprocessor(self, vendor: Vendor, lines: tuple[Line, ...]) -> Subprocessor:
        parent = found(self.register, Vendor, vendor.parent)
        return Subprocessor(
            id=vendor.id,
            slug=text(vendor.slug) or "",
            name=text(vendor.name),
            legal_name=text(vendor.legal_name),
            kind=vendor.kind,
            registration_number=text(vendor.registration_number),
            address=text(vendor.address),
            country=text(vendor.country),
            parent=text(parent.legal_name or parent.name) if parent else None,
            contact=_contact(vendor),
            privacy_contact=text(vendor.privacy_contact),
            website=link(vendor.website),
            subprocessors_url=link(vendor.own_list_url),
            dpa_url=link(vendor.dpa_url),
            certifications=tuple(_certificates(vendor, self.day)),
            subprocessors=tuple(_chain(vendor)),
            engagements=lines,
        )


def _ended(line: Line) -> bool:
    return line.status is Status.ENDED


def _answers(one: Engagement) -> Answers:
    return Answers(
        locations=answered(one, "locations"),
        data_categories=answered(one, "data_categories"),
        data_subjects=answered(one, "subject_categories"),
    )


def _special(one: Engagement, data: tuple[Data, ...]) -> bool | None:
    listed = any(each.protection is DataKind.SPECIAL for each in data)
    return True if listed else one.special_data


def _places(one: Engagement) -> Iterator[Place]:
    for each in one.locations:
        yield Place(country=text(each.country), region=text(each.region), activity=each.activity)


def _contact(vendor: Vendor) -> Contact | None:
    contact = Contact(
        name=text(vendor.contact_name),
        function=text(vendor.contact_function),
        email=text(vendor.contact_email),
    )
    return contact if contact.name or contact.function or contact.email else None


def _certificates(vendor: Vendor, day: date) -> Iterator[Certificate]:
    for one in vendor.certifications:
        begun = one.valid_from is None or one.valid_from <= day
        if begun and (one.expires_on is None or one.expires_on >= day):
            yield Certificate(
                name=text(one.name), issued_by=text(one.issued_by), expires_on=one.expires_on
            )


def _chain(vendor: Vendor) -> Iterator[Onward]:
    for one in vendor.chain:
        yield Onward(
            legal_name=text(one.legal_name),
            address=text(one.address),
            country=text(one.country),
            purpose=text(one.purpose),
        )
