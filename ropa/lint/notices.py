"""NO: what people are told, and whom they can turn to (GDPR Art. 12-15, 77)."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls, goes_on
from ropa.lint.rule import Seen, rule
from ropa.records import LegalEntity, ProcessingActivity
from ropa.vocabulary import AppointmentKind, Severity

RIGHTS_CONTACTS = (
    AppointmentKind.RIGHTS_CONTACT,
    AppointmentKind.DPO,
    AppointmentKind.PRIVACY_CONTACT,
)
"""Whom people can turn to, the most fitting first."""


@rule(
    "NO-01",
    Severity.WARNING,
    "GDPR Art. 13, 14",
    of=ProcessingActivity,
    says=_("Where people are informed is not recorded."),
    remedy=_("Name the notice; for data that come from others, also the one that says from whom."),
)
def no_notice(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity without a notice, or without one that tells the source."""
    if controls(activity) and goes_on(activity, case.day):
        if not activity.notice:
            yield Seen("notice")
        if activity.from_third_parties and not activity.notice_of_source:
            yield Seen("notice_of_source")


@rule(
    "NO-02",
    Severity.WARNING,
    "GDPR Art. 12(3), 15-22; Ley 25.326 art. 14",
    of=LegalEntity,
    says=_("Whom people can turn to with their rights is not recorded."),
    remedy=_("Record a contact for people's rights, with an e-mail address or a phone number."),
)
def no_rights_contact(case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a company without a contact for the rights of data subjects."""
    holders = (one for kind in RIGHTS_CONTACTS for one in entity.holders(kind, case.day))
    if not any(one.email or one.phone or one.address for one in holders):
        yield Seen("appointments")


@rule(
    "NO-03",
    Severity.WARNING,
    "GDPR Art. 13(2)(d), 77",
    of=LegalEntity,
    says=_("The competent supervisory authority is not named."),
    remedy=_("Name the authority with which people may lodge a complaint."),
)
def no_authority(_case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a company without a supervisory authority."""
    if not entity.supervisory_authority:
        yield Seen("supervisory_authority")
