"""Companies with their officers, customers, and vendors."""

from collections.abc import Iterator

from ropa.exports.linked.names import Node, country, iri, within
from ropa.exports.linked.values import filled
from ropa.exports.linked.whole import Whole
from ropa.records import Appointment, Customer, Engagement, LegalEntity, Vendor
from ropa.vocabulary import AppointmentKind, EngagementRole


def companies(whole: Whole) -> Iterator[Node]:
    """Yield our companies with their officers and authority, customers, and vendors."""
    for one in whole.scope.all(LegalEntity):
        yield _company(whole, one)
        for held in _offices(whole, one):
            yield _officer(one, held)
        if one.supervisory_authority:
            yield {
                **within(one, "authority"),
                "@type": "dpv:DataProtectionAuthority",
                "dpv:hasName": one.supervisory_authority,
            }
    for customer in whole.scope.all(Customer):
        yield {
            "@id": iri(customer),
            "@type": ["dpv:LegalEntity", "dpv:DataController"],
            "dpv:hasName": customer.legal_name,
            "dpv:hasAddress": customer.address,
            "dpv:hasCountry": country(customer.country),
            "dpv:hasContact": filled(customer.email, customer.phone),
        }
    yield from (_vendor(whole, one) for one in whole.scope.all(Vendor))


def _offices(whole: Whole, one: LegalEntity) -> list[Appointment]:
    kinds = (AppointmentKind.DPO, AppointmentKind.REPRESENTATIVE)
    return [held for kind in kinds for held in one.holders(kind, whole.day)]


def _company(whole: Whole, one: LegalEntity) -> Node:
    own = one.id == whole.entity.id
    roles = [f"dpv:Data{side.title()}" for side, some in whole.sides.items() if some and own]
    return {
        "@id": iri(one),
        "@type": ["dpv:LegalEntity", *roles],
        "dpv:hasName": one.legal_name,
        "dpv:hasAddress": one.address,
        "dpv:hasCountry": country(one.country),
        "dpv:hasContact": filled(one.email, one.phone),
        "dpv:hasIdentifier": [each.value for each in one.identifiers if each.value],
        "dpv:hasDataProtectionOfficer": [
            within(one, held.id) for held in one.holders(AppointmentKind.DPO, whole.day)
        ],
        "dpv:hasRepresentative": [
            within(one, held.id) for held in one.holders(AppointmentKind.REPRESENTATIVE, whole.day)
        ],
        "dpv:hasAuthority": within(one, "authority") if one.supervisory_authority else None,
    }


def _vendor(whole: Whole, one: Vendor) -> Node:
    roles = {each.role for each in whole.scope.current(Engagement) if each.vendor == one.id}
    kinds = {
        EngagementRole.PROCESSOR: "dpv:DataProcessor",
        EngagementRole.SUBPROCESSOR: "dpv:DataSubProcessor",
        EngagementRole.CONTROLLER: "dpv:DataController",
    }
    typed = [kind for role, kind in kinds.items() if role in roles]
    return {
        "@id": iri(one),
        "@type": ["dpv:LegalEntity", *typed],
        "dpv:hasName": one.legal_name or one.name,
        "dpv:hasAddress": one.address,
        "dpv:hasCountry": country(one.country),
    }


def _officer(company: LegalEntity, held: Appointment) -> Node:
    officer = held.kind is AppointmentKind.DPO
    return {
        **within(company, held.id),
        "@type": "dpv:DataProtectionOfficer" if officer else "dpv:Representative",
        "dpv:hasName": held.name,
        "dpv:hasContact": filled(held.email, held.phone),
        "dpv:hasAddress": held.address,
    }
