"""The record as linked data: JSON-LD in the Data Privacy Vocabulary 2.3, in the shape of DPCat.

Words that DPV has are used as they are; every record and row is a node of our own, typed with the
nearest of them. The context stands in the file, so that no reader asks a network. DPV has words
for less than the register holds: the JSON of the register is the whole of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

import msgspec

from ropa.exports import dpv
from ropa.exports.digest import digest_of, without_halves
from ropa.exports.linked_words import ASSESSMENTS, RECIPIENTS, word_of
from ropa.exports.naming import stem
from ropa.exports.request import ExportRequest
from ropa.exports.scope import in_scope
from ropa.i18n import LANGUAGES, _, in_language
from ropa.records import (
    Appointment,
    Assessment,
    Customer,
    DataCategory,
    Engagement,
    LegalEntity,
    LocalisedText,
    Measure,
    Period,
    ProcessingActivity,
    Purpose,
    Record,
    RetentionRule,
    SubjectCategory,
    System,
    Transfer,
    Vendor,
)
from ropa.register import Register
from ropa.sheets import Reader
from ropa.sheets.words import day_of
from ropa.vocabulary import AppointmentKind, AssessmentKind, DataKind, EngagementRole, Role, Term

OURS = "urn:ropa:ns#"
"""The namespace of the words DPV has no word for."""

CONTEXT = {
    **dpv.NAMESPACES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ropa": OURS,
}

Node = dict[str, Any]


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_ACME_2026-03-31_en_v14.jsonld."""
    return f"{stem('RAT', request, request.role)}.jsonld"


def make(request: ExportRequest) -> bytes:
    """Return the record of one company as JSON-LD; the same request makes the same bytes."""
    scope = in_scope(request.register, request.entity, request.role)
    with in_language(request.language):
        graph = [_sorted(node) for node in _Graph(request, scope).nodes()]
    graph.sort(key=lambda node: node["@id"])
    document = without_halves({"@context": CONTEXT, "@graph": graph})
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _sorted(node: Node) -> Node:
    """Return a node without what nobody recorded, its keys in a fixed order."""
    return {key: node[key] for key in sorted(node) if node[key] not in ("", None, [], ())}


@dataclass
class _Graph:
    """Everything that is said, a node at a time."""

    request: ExportRequest
    scope: Register

    @cached_property
    def entity(self) -> LegalEntity:
        return self.scope.find(LegalEntity, self.request.entity.id) or self.request.entity

    @cached_property
    def day(self) -> date:
        return day_of(self.request.moment, self.entity.time_zone)

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.scope, self.entity, self.request.language, self.day)

    @cached_property
    def sides(self) -> dict[str, list[ProcessingActivity]]:
        """The activities of each side of Art. 30 that is asked for."""
        both: dict[str, list[ProcessingActivity]] = {"controller": [], "processor": []}
        for one in self.scope.current(ProcessingActivity):
            both["processor" if one.role is Role.PROCESSOR else "controller"].append(one)
        if self.request.role is None:
            return both
        side = "processor" if self.request.role is Role.PROCESSOR else "controller"
        return {side: both[side]}

    def nodes(self) -> Iterator[Node]:
        for side, activities in self.sides.items():
            yield self._register(side, activities)
            for one in activities:
                yield from self._activity(one)
        yield from self._companies()
        yield from self._catalogues()
        for transfer in self.scope.current(Transfer):
            yield from self._transfer(transfer)
        for assessment in self.scope.current(Assessment):
            yield self._assessment(assessment)
        yield from self._own_words()

    # The register

    def _register(self, side: str, activities: Sequence[ProcessingActivity]) -> Node:
        article = "GDPR Art. 30(2)" if side == "processor" else "GDPR Art. 30(1)"
        title = str(_("Record of processing activities: %(name)s", name=self.entity.legal_name))
        return {
            "@id": f"urn:ropa:register:{_quoted(self.entity.id)}:{side}",
            "@type": ["dpcat:ROPA", "dpv:ROPA", "dcat:Catalog"],
            "dct:title": {
                "@value": f"{title} ({article})",
                "@language": self.request.language,
            },
            "dct:publisher": _to(self.entity),
            "dct:conformsTo": {"@id": dpv.VERSION},
            "dcat:dataset": [_to(one) for one in activities],
            "ropa:asOf": _moment(self.request.moment),
            "ropa:head": str(self.scope.head),
            "ropa:sha256": digest_of(self.scope),
            "ropa:approvedOnly": self.scope.approved,
        }

    # Activities

    def _activity(self, one: ProcessingActivity) -> Iterator[Node]:
        engaged = self.scope.find_all(Engagement, one.engagements)
        yield {
            "@id": _name(one),
            "@type": ["dpv:PersonalDataProcess", "dpcat:ROPARecord", "dcat:Dataset"],
            "dct:identifier": one.ref,
            "dct:title": _texts(one.name),
            "dct:description": _texts(one.description),
            "dpv:hasActivityStatus": self._status(one),
            "dpv:hasApplicableLaw": [_word(law) for law in one.jurisdictions],
            **self._parties(one, engaged),
            "dpv:hasPurpose": [_within(one, purpose.id) for purpose in one.purposes],
            "dpv:hasLegalBasis": _bases(one.purposes),
            "dpv:hasDataSubject": self._named(SubjectCategory, [row.subject for row in one.data]),
            "dpv:hasPersonalData": self._named(DataCategory, [row.category for row in one.data]),
            "dpv:hasDataSource": _source(one),
            "dpv:hasStorageCondition": [
                _within(one, rule.id) for row in one.data for rule in row.retention
            ],
            "dpv:hasProcess": [
                *self._named(Transfer, one.transfers),
                *(_within(one, kind.id) for kind in one.processing_categories),
            ],
            "dpv:hasTechnicalOrganisationalMeasure": self._named(Measure, one.measures),
            "dpv:isImplementedUsingTechnology": self._named(System, one.systems),
            "dpv:hasProcessing": {"@id": "dpv:Profiling"} if one.profiling else None,
            "dpv:hasProcessingScale": {"@id": "dpv:LargeScaleProcessing"}
            if one.large_scale
            else None,
            "dpv:hasImpactAssessment": [
                _to(found) for found in self.scope.current(Assessment) if one.id in found.activities
            ],
            "ropa:workflow": one.workflow.value,
        }
        yield from self._parts(one)

    def _status(self, one: ProcessingActivity) -> Node | None:
        if one.ends_on and one.ends_on < self.day:
            return {"@id": "dpv:ActivityCompleted"}
        if one.starts_on is None:
            return None
        planned = one.starts_on > self.day
        return {"@id": "dpv:ActivityPlanned" if planned else "dpv:ActivityOngoing"}

    def _parties(self, one: ProcessingActivity, engaged: Sequence[Engagement]) -> Node:
        processes = one.role is Role.PROCESSOR
        vendors = [self.scope.find(Vendor, each.vendor) for each in engaged]
        ours = [each for each in engaged if each.role is EngagementRole.PROCESSOR]
        processors = [self.scope.find(Vendor, each.vendor) for each in ours]
        return {
            "dpv:hasDataController": self._named(Customer, one.customers)
            if processes
            else _to(self.entity),
            "dpv:hasDataProcessor": [
                *([_to(self.entity)] if processes else []),
                *_unique(_to(found) for found in processors if found),
            ],
            "dpv:hasJointDataControllers": _within(one, "joint") if one.joint_controllers else None,
            "dpv:hasRecipient": [
                *(_within(one, row.id) for row in one.recipients),
                *_unique(_to(found) for found in vendors if found),
            ],
        }

    def _parts(self, one: ProcessingActivity) -> Iterator[Node]:
        for purpose in one.purposes:
            yield {
                **_within(one, purpose.id),
                "@type": "dpv:Purpose",
                "dct:description": _texts(purpose.text),
                "dpv:hasLegalBasis": _bases([purpose]),
                "ropa:legitimateInterest": purpose.legitimate_interest,
            }
        for kind in one.processing_categories:
            yield {
                **_within(one, kind.id),
                "@type": "dpv:Process",
                "dct:description": _texts(kind.text),
            }
        for row in one.data:
            for rule in row.retention:
                yield self._retention(one, rule, self._named(DataCategory, [row.category]))
        for recipient in one.recipients:
            yield {
                **_within(one, recipient.id),
                "@type": RECIPIENTS.get(recipient.kind, ["dpv:Recipient"]),
                "dpv:hasName": _texts(recipient.name),
                "dpv:hasCountry": _country(recipient.country),
            }
        yield from self._joint(one)

    def _joint(self, one: ProcessingActivity) -> Iterator[Node]:
        if one.joint_controllers:
            others = [_within(one, each.id) for each in one.joint_controllers]
            yield {
                **_within(one, "joint"),
                "@type": "dpv:JointDataControllers",
                "dpv:hasDataController": [_to(self.entity), *others],
            }
        for each in one.joint_controllers:
            yield {
                **_within(one, each.id),
                "@type": "dpv:DataController",
                "dpv:hasName": each.name,
                "dpv:hasContact": each.contact,
            }

    def _retention(
        self, one: ProcessingActivity, rule: RetentionRule, data: Sequence[Node]
    ) -> Node:
        kind = "dpv:UntilEventDuration" if rule.trigger else "dpv:TemporalDuration"
        if rule.indefinite:
            kind = "dpv:IndeterminateDuration"
        return {
            **_within(one, rule.id),
            "@type": ["dpv:StorageDuration", kind],
            "ropa:of": data,
            "ropa:trigger": _texts(rule.trigger),
            "ropa:activePeriod": _duration(rule.active_period),
            "ropa:cleanupInterval": _duration(rule.cleanup_interval),
            "ropa:backupPeriod": _duration(rule.backup_period),
            "ropa:blockingPeriod": _duration(rule.blocking_period),
        }

    def _named(self, kind: type[Record], refs: Iterable[str | None]) -> list[Node]:
        """Return links to the records that refs lead to, each once, in order."""
        found = (self.scope.find(kind, ref) for ref in refs)
        return list(_unique(_to(one) for one in found if one))

    # Parties

    def _companies(self) -> Iterator[Node]:
        for one in self.scope.all(LegalEntity):
            yield self._company(one)
            for held in self._offices(one):
                yield _officer(one, held)
            if one.supervisory_authority:
                yield {
                    **_within(one, "authority"),
                    "@type": "dpv:DataProtectionAuthority",
                    "dpv:hasName": one.supervisory_authority,
                }
        for customer in self.scope.all(Customer):
            yield {
                "@id": _name(customer),
                "@type": ["dpv:LegalEntity", "dpv:DataController"],
                "dpv:hasName": customer.legal_name,
                "dpv:hasAddress": customer.address,
                "dpv:hasCountry": _country(customer.country),
                "dpv:hasContact": _filled(customer.email, customer.phone),
            }
        yield from (self._vendor(one) for one in self.scope.all(Vendor))

    def _offices(self, one: LegalEntity) -> list[Appointment]:
        kinds = (AppointmentKind.DPO, AppointmentKind.REPRESENTATIVE)
        return [held for kind in kinds for held in one.holders(kind, self.day)]

    def _company(self, one: LegalEntity) -> Node:
        own = one.id == self.entity.id
        roles = [f"dpv:Data{side.title()}" for side, some in self.sides.items() if some and own]
        return {
            "@id": _name(one),
            "@type": ["dpv:LegalEntity", *roles],
            "dpv:hasName": one.legal_name,
            "dpv:hasAddress": one.address,
            "dpv:hasCountry": _country(one.country),
            "dpv:hasContact": _filled(one.email, one.phone),
            "dpv:hasIdentifier": [each.value for each in one.identifiers if each.value],
            "dpv:hasDataProtectionOfficer": [
                _within(one, held.id) for held in one.holders(AppointmentKind.DPO, self.day)
            ],
            "dpv:hasRepresentative": [
                _within(one, held.id)
                for held in one.holders(AppointmentKind.REPRESENTATIVE, self.day)
            ],
            "dpv:hasAuthority": _within(one, "authority") if one.supervisory_authority else None,
        }

    def _vendor(self, one: Vendor) -> Node:
        roles = {each.role for each in self.scope.current(Engagement) if each.vendor == one.id}
        kinds = {
            EngagementRole.PROCESSOR: "dpv:DataProcessor",
            EngagementRole.SUBPROCESSOR: "dpv:DataSubProcessor",
            EngagementRole.CONTROLLER: "dpv:DataController",
        }
        typed = [kind for role, kind in kinds.items() if role in roles]
        return {
            "@id": _name(one),
            "@type": ["dpv:LegalEntity", *typed],
            "dpv:hasName": one.legal_name or one.name,
            "dpv:hasAddress": one.address,
            "dpv:hasCountry": _country(one.country),
        }

    # What is listed once and named often

    def _catalogues(self) -> Iterator[Node]:
        for data in self.scope.all(DataCategory):
            special = ["dpv:SpecialCategoryPersonalData"] if data.kind is DataKind.SPECIAL else []
            yield _labelled(data, [_typed(data.dpv_iri, "dpv:PersonalData"), *special], data.name)
        for subject in self.scope.all(SubjectCategory):
            yield _labelled(subject, [_typed(subject.dpv_iri, "dpv:DataSubject")], subject.name)
        for measure in self.scope.all(Measure):
            kind = _typed(measure.dpv_iri, "dpv:RiskMitigationMeasure")
            yield _labelled(measure, [kind], measure.name)
        for system in self.scope.all(System):
            yield _labelled(system, ["tech:Software"], LocalisedText(en=system.name))

    def _assessment(self, one: Assessment) -> Node:
        return {
            "@id": _name(one),
            "@type": ASSESSMENTS.get(one.kind, "dpv:ImpactAssessment"),
            "dct:title": _said(self.reader.title(one), self.request.language),
            "ropa:result": _result(one),
        }

    # Transfers

    def _transfer(self, one: Transfer) -> Iterator[Node]:
        tias = [each.tia for each in one.safeguards]
        yield {
            "@id": _name(one),
            "@type": ["dpv:Process", "dpv:CrossBorderTransfer"],
            "dct:identifier": one.ref,
            "dct:title": _texts(one.name),
            "dpv:hasDataExporter": self._named(LegalEntity, [one.exporter]),
            "dpv:hasDataImporter": self._importer(one),
            "dpv:hasThirdCountry": _country(one.country),
            "dpv:hasLegalBasis": _tools(one),
            "dpv:hasImpactAssessment": self._named(Assessment, tias),
        }
        if self._names_importer(one):
            yield {
                **_within(one, "importer"),
                "@type": "dpv:DataImporter",
                "dpv:hasName": one.importer_name,
            }

    def _importer(self, one: Transfer) -> list[Node]:
        if self._names_importer(one):
            return [_within(one, "importer")]
        return [
            *self._named(Vendor, [one.importer_vendor]),
            *self._named(LegalEntity, [one.importer_entity]),
        ]

    def _names_importer(self, one: Transfer) -> bool:
        return bool(one.importer_name) and not (one.importer_vendor or one.importer_entity)

    # Our own words

    def _own_words(self) -> Iterator[Node]:
        """Yield what our own words mean, each with the nearest class of DPV and its label."""
        own = {_own(word): (word, kind) for word, kind in self._words() if not word_of(word)}
        for name, (word, kind) in own.items():
            yield {
                "@id": name,
                "@type": kind,
                "rdfs:label": _said(str(word.label), self.request.language),
                "dct:source": str(word.citation),
            }
        for code in sorted(self._countries()):
            if f"loc:{code}" not in dpv.TERMS:
                yield {
                    "@id": _own_country(code),
                    "@type": "dpv:Country",
                    "dct:identifier": code,
                    "rdfs:label": _said(self.reader.country(code), self.request.language),
                }

    def _words(self) -> Iterator[tuple[Term, str]]:
        """Yield every word of a closed list that is used, with the class it would be of."""
        for activity in self.scope.current(ProcessingActivity):
            yield from ((law, "skos:Concept") for law in activity.jurisdictions)
            yield from ((basis, "dpv:LegalBasis") for basis in _grounds(activity.purposes))
        for transfer in self.scope.current(Transfer):
            for each in transfer.safeguards:
                if each.instrument:
                    yield each.instrument, "dpv:DataTransferLegalBasis"

    def _countries(self) -> set[str]:
        codes = {one.country for one in self.scope.all(LegalEntity)}
        codes.update(one.country for one in self.scope.all(Customer))
        codes.update(one.country for one in self.scope.all(Vendor))
        codes.update(one.country for one in self.scope.current(Transfer))
        for activity in self.scope.current(ProcessingActivity):
            codes.update(row.country for row in activity.recipients)
        return codes - {""}


# Names


def _quoted(text: str) -> str:
    return quote(text, safe="-._~", errors="replace")


def _name(record: Record) -> str:
    return f"urn:ropa:record:{record.noun}:{_quoted(record.id)}"


def _to(record: Record) -> Node:
    return {"@id": _name(record)}


def _within(record: Record, part: str) -> Node:
    return {"@id": f"{_name(record)}:{_quoted(part)}"}


def _own_country(code: str) -> str:
    return f"ropa:country-{_quoted(code)}"


def _country(code: str) -> Node | None:
    if not code:
        return None
    return {"@id": f"loc:{code}" if f"loc:{code}" in dpv.TERMS else _own_country(code)}


def _own(word: Term) -> str:
    return f"ropa:{type(word).__name__}-{word.value}"


def _word(word: Term) -> Node:
    """Return DPV's word for one of ours, or ours when it has none."""
    return {"@id": word_of(word) or _own(word)}


def _typed(iri: str, nearest: str) -> str:
    return dpv.term_of(iri) or nearest


# Values


def _labelled(record: Record, kinds: list[str], name: LocalisedText) -> Node:
    return {"@id": _name(record), "@type": kinds, "skos:prefLabel": _texts(name)}


def _result(one: Assessment) -> Node | str | None:
    """Return what came of it; DPV has words for the outcome of one of the three kinds."""
    if one.result is None:
        return None
    return _word(one.result) if one.kind is AssessmentKind.DPIA else one.result.value


def _officer(company: LegalEntity, held: Appointment) -> Node:
    officer = held.kind is AppointmentKind.DPO
    return {
        **_within(company, held.id),
        "@type": "dpv:DataProtectionOfficer" if officer else "dpv:Representative",
        "dpv:hasName": held.name,
        "dpv:hasContact": _filled(held.email, held.phone),
        "dpv:hasAddress": held.address,
    }


def _bases(purposes: Iterable[Purpose]) -> list[Node]:
    return list(_unique(_word(one) for one in _grounds(purposes)))


def _tools(transfer: Transfer) -> list[Node]:
    tools = (one.instrument for one in transfer.safeguards)
    return list(_unique(_word(tool) for tool in tools if tool is not None))


def _grounds(purposes: Iterable[Purpose]) -> Iterator[Term]:
    for one in purposes:
        for ground in (one.basis, one.special_condition, one.ar_basis, one.br_basis):
            if ground is not None:
                yield ground


def _source(one: ProcessingActivity) -> Node | None:
    if one.from_third_parties is None:
        return None
    third = one.from_third_parties
    return {"@id": "dpv:ThirdPartyDataSource" if third else "dpv:DataSubjectDataSource"}


def _texts(text: LocalisedText) -> list[Node]:
    return [_said(getattr(text, code), code) for code in LANGUAGES if getattr(text, code)]


def _said(text: str, language: str) -> Node:
    return {"@value": text, "@language": language}


def _filled(*texts: str) -> list[str]:
    return [one for one in texts if one]


def _duration(length: str) -> Node | str:
    """Return a length of time as XML Schema writes it, which knows no weeks; else the words."""
    try:
        period = Period.parse(length)
    except ValueError:
        return length
    days = replace(period, weeks=0, days=period.days + 7 * period.weeks)
    return {"@value": str(days), "@type": "xsd:duration"}


def _moment(at: datetime) -> Node:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}


def _unique(nodes: Iterable[Node]) -> Iterator[Node]:
    seen = set()
    for node in nodes:
        if node["@id"] not in seen:
            seen.add(node["@id"])
            yield node
