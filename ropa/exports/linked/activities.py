"""An activity, and the parts of it that are nodes of their own."""

from collections.abc import Iterator, Sequence

from ropa.exports.linked.names import Node, country, iri, to, within, word_for
from ropa.exports.linked.values import bases, duration, source_of, texts, unique
from ropa.exports.linked.whole import Whole
from ropa.exports.linked.words import RECIPIENTS
from ropa.records import (
    Assessment,
    Customer,
    DataCategory,
    Engagement,
    Measure,
    ProcessingActivity,
    RetentionRule,
    SubjectCategory,
    System,
    Transfer,
    Vendor,
)
from ropa.vocabulary import EngagementRole, Role


def activity(whole: Whole, one: ProcessingActivity) -> Iterator[Node]:
    """Yield an activity, then the parts of it that have names."""
    engaged = whole.scope.find_all(Engagement, one.engagements)
    yield {
        "@id": iri(one),
        "@type": ["dpv:PersonalDataProcess", "dpcat:ROPARecord", "dcat:Dataset"],
        "dct:identifier": one.ref,
        "dct:title": texts(one.name),
        "dct:description": texts(one.description),
        "dpv:hasActivityStatus": _status(whole, one),
        "dpv:hasApplicableLaw": [word_for(law) for law in one.jurisdictions],
        **_parties(whole, one, engaged),
        "dpv:hasPurpose": [within(one, purpose.id) for purpose in one.purposes],
        "dpv:hasLegalBasis": bases(one.purposes),
        "dpv:hasDataSubject": whole.named(SubjectCategory, [row.subject for row in one.data]),
        "dpv:hasPersonalData": whole.named(DataCategory, [row.category for row in one.data]),
        "dpv:hasDataSource": source_of(one),
        "dpv:hasStorageCondition": [
            within(one, rule.id) for row in one.data for rule in row.retention
        ],
        "dpv:hasProcess": [
            *whole.named(Transfer, one.transfers),
            *(within(one, kind.id) for kind in one.processing_categories),
        ],
        "dpv:hasTechnicalOrganisationalMeasure": whole.named(Measure, one.measures),
        "dpv:isImplementedUsingTechnology": whole.named(System, one.systems),
        "dpv:hasProcessing": {"@id": "dpv:Profiling"} if one.profiling else None,
        "dpv:hasProcessingScale": {"@id": "dpv:LargeScaleProcessing"} if one.large_scale else None,
        "dpv:hasImpactAssessment": [
            to(found) for found in whole.scope.current(Assessment) if one.id in found.activities
        ],
        "ropa:workflow": one.workflow.value,
    }
    yield from _parts(whole, one)


def _status(whole: Whole, one: ProcessingActivity) -> Node | None:
    if one.ends_on and one.ends_on < whole.day:
        return {"@id": "dpv:ActivityCompleted"}
    if one.starts_on is None:
        return None
    planned = one.starts_on > whole.day
    return {"@id": "dpv:ActivityPlanned" if planned else "dpv:ActivityOngoing"}


def _parties(whole: Whole, one: ProcessingActivity, engaged: Sequence[Engagement]) -> Node:
    processes = one.role is Role.PROCESSOR
    vendors = [whole.scope.find(Vendor, each.vendor) for each in engaged]
    ours = [each for each in engaged if each.role is EngagementRole.PROCESSOR]
    processors = [whole.scope.find(Vendor, each.vendor) for each in ours]
    return {
        "dpv:hasDataController": whole.named(Customer, one.customers)
        if processes
        else to(whole.entity),
        "dpv:hasDataProcessor": [
            *([to(whole.entity)] if processes else []),
            *unique(to(found) for found in processors if found),
        ],
        "dpv:hasJointDataControllers": within(one, "joint") if one.joint_controllers else None,
        "dpv:hasRecipient": [
            *(within(one, row.id) for row in one.recipients),
            *unique(to(found) for found in vendors if found),
        ],
    }


def _parts(whole: Whole, one: ProcessingActivity) -> Iterator[Node]:
    for purpose in one.purposes:
        yield {
            **within(one, purpose.id),
            "@type": "dpv:Purpose",
            "dct:description": texts(purpose.text),
            "dpv:hasLegalBasis": bases([purpose]),
            "ropa:legitimateInterest": purpose.legitimate_interest,
        }
    for kind in one.processing_categories:
        yield {
            **within(one, kind.id),
            "@type": "dpv:Process",
            "dct:description": texts(kind.text),
        }
    for row in one.data:
        for rule in row.retention:
            yield _retention(one, rule, whole.named(DataCategory, [row.category]))
    for recipient in one.recipients:
        yield {
            **within(one, recipient.id),
            "@type": RECIPIENTS.get(recipient.kind, ["dpv:Recipient"]),
            "dpv:hasName": texts(recipient.name),
            "dpv:hasCountry": country(recipient.country),
        }
    yield from _joint(whole, one)


def _joint(whole: Whole, one: ProcessingActivity) -> Iterator[Node]:
    if one.joint_controllers:
        others = [within(one, each.id) for each in one.joint_controllers]
        yield {
            **within(one, "joint"),
            "@type": "dpv:JointDataControllers",
            "dpv:hasDataController": [to(whole.entity), *others],
        }
    for each in one.joint_controllers:
        yield {
            **within(one, each.id),
            "@type": "dpv:DataController",
            "dpv:hasName": each.name,
            "dpv:hasContact": each.contact,
        }


def _retention(one: ProcessingActivity, rule: RetentionRule, data: Sequence[Node]) -> Node:
    kind = "dpv:UntilEventDuration" if rule.trigger else "dpv:TemporalDuration"
    if rule.indefinite:
        kind = "dpv:IndeterminateDuration"
    return {
        **within(one, rule.id),
        "@type": ["dpv:StorageDuration", kind],
        "ropa:of": data,
        "ropa:trigger": texts(rule.trigger),
        "ropa:activePeriod": duration(rule.active_period),
        "ropa:cleanupInterval": duration(rule.cleanup_interval),
        "ropa:backupPeriod": duration(rule.backup_period),
        "ropa:blockingPeriod": duration(rule.blocking_period),
    }
