"""ID: who keeps the record (GDPR Art. 30(1)(a), 30(2)(a))."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, processes
from ropa.lint.rule import Seen, rule
from ropa.records import LegalEntity, ProcessingActivity
from ropa.records.identifiers import is_cuit
from ropa.vocabulary import AppointmentKind, IdentifierKind, Role, Severity


@rule(
    "ID-01",
    Severity.ERROR,
    "GDPR Art. 30(1)(a), 30(2)(a)",
    of=LegalEntity,
    says=_("Name, postal address or a means of contact of the company is not recorded."),
    remedy=_("Record the legal name, the postal address, and an e-mail address or a phone number."),
)
def company_without_contact(_case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield what of the company's name and contact details is missing."""
    if not entity.legal_name:
        yield Seen("legal_name")
    if not entity.address:
        yield Seen("address")
    if not (entity.email or entity.phone):
        yield Seen("email")


@rule(
    "ID-02",
    Severity.WARNING,
    "GDPR Art. 30(1)(a), 37(7); LOPDGDD 34.3",
    of=LegalEntity,
    says=_("The data protection officer has no contact, or the authority was not notified."),
    remedy=_("Record the officer's contact details and the day the authority was notified."),
)
def officer_not_notified(case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield each officer without a contact or a notification to the authority."""
    for one in entity.holders(AppointmentKind.DPO, case.day):
        if not (one.email or one.phone or one.address):
            yield Seen(f"appointments/{one.id}/email")
        if one.notified_on is None:
            yield Seen(f"appointments/{one.id}/notified_on")


@rule(
    "ID-03",
    Severity.ERROR,
    "GDPR Art. 26, 30(1)(a)",
    of=ProcessingActivity,
    says=_("We are joint controllers, but with whom, or by which arrangement, is not recorded."),
    remedy=_("Name the other controllers and the arrangement of Art. 26."),
)
def no_arrangement(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a joint controller's activity without the others or without an arrangement."""
    if activity.role is not Role.JOINT_CONTROLLER:
        return
    if not activity.joint_controllers:
        yield Seen("joint_controllers")
    for one in activity.joint_controllers:
        if not one.arrangement:
            yield Seen(f"joint_controllers/{one.id}/arrangement")


@rule(
    "ID-04",
    Severity.ERROR,
    "GDPR Art. 27, 30(1)(a)",
    of=LegalEntity,
    says=_("The company is outside the Union and under the GDPR, but has no representative there."),
    remedy=_("Appoint a representative in writing, and record name and contact."),
)
def no_representative(case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a company under GDPR Art. 3(2) without a representative in the Union."""
    abroad = case.abroad(entity.country) and entity.gdpr_applies_abroad
    if abroad and not entity.holders(AppointmentKind.REPRESENTATIVE, case.day):
        yield Seen("appointments")


@rule(
    "ID-05",
    Severity.WARNING,
    "GDPR Art. 4(7), 4(8), 30",
    of=ProcessingActivity,
    says=_("The entry says that we are processor, and at once speaks of us as controller."),
    remedy=_("Make two entries: one for what we do for ourselves, one for what we do for others."),
)
def two_roles_in_one(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a processor's activity that names us joint controller, or has a legal basis of ours."""
    if not processes(activity):
        return
    for one in activity.joint_controllers:
        if one.entity and one.entity == activity.entity:
            yield Seen(f"joint_controllers/{one.id}/entity")
    for purpose in activity.purposes:
        if purpose.basis is not None:
            yield Seen(f"purposes/{purpose.id}/basis")


@rule(
    "ID-06",
    Severity.ERROR,
    "Ley 25.326 art. 21; ARCA",
    of=LegalEntity,
    says=_("The CUIT “%(number)s” has a wrong check digit."),
    remedy=_("Correct its eleven digits from a document of the tax authority."),
)
def wrong_cuit(_case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield each CUIT whose check digit is wrong."""
    for one in entity.identifiers:
        if one.kind is IdentifierKind.CUIT and not is_cuit(one.value):
            yield Seen(f"identifiers/{one.id}/value", number=one.value)


@rule(
    "ID-07",
    Severity.INFO,
    "GDPR Art. 30(1)(a)",
    of=LegalEntity,
    says=_("No national number of the company is recorded."),
    remedy=_("Record its NIF, CUIT or company number."),
)
def no_national_number(_case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a company without any national number."""
    if not any(one.value for one in entity.identifiers):
        yield Seen("identifiers")
