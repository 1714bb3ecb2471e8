"""Our own companies: who keeps the record."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import LANGUAGES, _
from ropa.records.base import (
    LocalisedText,
    Part,
    Problem,
    Record,
    Ref,
    Says,
    ends_before_it_starts,
    no_such_interval,
)
from ropa.records.identifiers import is_cuit, is_nif
from ropa.vocabulary import AppointmentKind, IdentifierKind, RelationKind


class Identifier(Part, frozen=True, kw_only=True):
    """A national number of the company."""

    kind: Annotated[IdentifierKind, Says(_("Kind"))] = IdentifierKind.OTHER
    value: Annotated[str, Says(_("Number"))] = ""
    comment: Annotated[str, Says(_("Comment"))] = ""

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a number whose check digit is wrong."""
        if self.kind is IdentifierKind.CUIT and not is_cuit(self.value):
            yield Problem("value", _("This is not a valid CUIT. Check its eleven digits."))
        if self.kind is IdentifierKind.NIF and not is_nif(self.value):
            yield Problem("value", _("This is not a valid NIF. Check its letter and digits."))


class Appointment(Part, frozen=True, kw_only=True):
    """Somebody, by name or by function, who holds an office the law names."""

    kind: Annotated[AppointmentKind, Says(_("Office"), "GDPR Art. 37, 27")] = AppointmentKind.DPO
    name: Annotated[str, Says(_("Name or function"), "GDPR Art. 30(1)(a)")] = ""
    email: Annotated[str, Says(_("E-mail"))] = ""
    phone: Annotated[str, Says(_("Phone"))] = ""
    address: Annotated[str, Says(_("Address"), long=True)] = ""
    starts_on: Annotated[date | None, Says(_("From"))] = None
    ends_on: Annotated[date | None, Says(_("Until"))] = None
    notified_on: Annotated[
        date | None, Says(_("Notified to the authority on"), "GDPR Art. 37(7); LOPDGDD 34.3")
    ] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem when it ends before it starts."""
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")


class Relation(Part, frozen=True, kw_only=True):
    """How this company is related to another of ours."""

    kind: Annotated[RelationKind, Says(_("Relation"))] = RelationKind.SISTER
    entity: Annotated[Ref | None, Says(_("Company"), to="legal_entity")] = None


class TextNote(Part, frozen=True, kw_only=True):
    """What a text the company published says wrongly: a contradiction, a wrong citation."""

    section: Annotated[str, Says(_("Section"), help=_("For example “policy, III 1.3”."))] = ""
    text: Annotated[str, Says(_("What is wrong there"), long=True)] = ""

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a note that says nothing."""
        if not self.text:
            yield Problem("text", _("Say what is wrong with the text."))


class LegalEntity(Record, frozen=True, kw_only=True):
    """One of our own companies (GDPR Art. 30(1)(a), 30(2)(a))."""

    noun: ClassVar[str] = "legal_entity"
    name_of_noun: ClassVar[str] = _("Company")
    names_of_noun: ClassVar[str] = _("Our companies")

    asks: ClassVar[tuple[str, ...]] = ("identifiers", "appointments", "supervisory_authority")

    legal_name: Annotated[str, Says(_("Legal name"), "GDPR Art. 30(1)(a)")] = ""
    trade_name: Annotated[str, Says(_("Trade name"))] = ""
    slug: Annotated[
        str,
        Says(
            _("Short name in addresses"),
            help=_("Lower-case letters, digits and hyphens; used by commands and addresses."),
        ),
    ] = ""
    address: Annotated[str, Says(_("Postal address"), "GDPR Art. 30(1)(a)", long=True)] = ""
    country: Annotated[str, Says(_("Country"), help=_("Two letters, for example ES or AR."))] = ""
    email: Annotated[str, Says(_("E-mail"), "GDPR Art. 30(1)(a)")] = ""
    phone: Annotated[str, Says(_("Phone"), "GDPR Art. 30(1)(a)")] = ""
    websites: Annotated[tuple[str, ...], Says(_("Websites"))] = ()
    identifiers: Annotated[tuple[Identifier, ...], Says(_("National numbers"))] = ()
    time_zone: Annotated[
        str, Says(_("Time zone"), help=_("For example Europe/Madrid. Deadlines count in it."))
    ] = ""
    headcount: Annotated[int | None, Says(_("Headcount"), "GDPR Art. 30(5)")] = None
    supervisory_authority: Annotated[str, Says(_("Supervisory authority"), "GDPR Art. 51, 55")] = ""
    gdpr_applies_abroad: Annotated[
        bool | None, Says(_("Under the GDPR although outside the Union"), "GDPR Art. 3(2), 27")
    ] = None
    relies_on_exemption: Annotated[
        bool | None, Says(_("Relies on the exemption for small companies"), "GDPR Art. 30(5)")
    ] = None
    public_body: Annotated[bool | None, Says(_("Public body"), "LOPDGDD 77.1")] = None
    inventory_url: Annotated[str, Says(_("Address of the public inventory"), "LOPDGDD 31.2")] = ""
    relations: Annotated[tuple[Relation, ...], Says(_("Related companies"))] = ()
    appointments: Annotated[
        tuple[Appointment, ...],
        Says(_("Data protection officer and other offices"), "GDPR Art. 30(1)(a)"),
    ] = ()
    publishes_list: Annotated[
        bool | None,
        Says(_("Publishes a sub-processor list"), "GDPR Art. 28(2)"),
    ] = None
    notice_days: Annotated[
        int | None,
        Says(
            _("Notice of changes, in days"),
            "GDPR Art. 28(2)",
            help=_("As its agreements say; the GDPR sets no number. Agreements may say more."),
        ),
    ] = None
    notice_clause: Annotated[
        LocalisedText,
        Says(
            _("Where the notice period is agreed"),
            help=_(
                "For example “data processing agreement, clause 5.3”. Shown on the public list."
            ),
        ),
    ] = LocalisedText()
    rolls_weekends: Annotated[
        bool | None,
        Says(
            _("A time to object that ends on a weekend runs on to Monday"),
            help=_("Regulation (EEC) 1182/71 counts so; your agreements decide."),
        ),
    ] = None
    objection_terms: Annotated[
        LocalisedText,
        Says(
            _("What happens to an objection"),
            help=_("What customers can expect, as agreed. Shown on the list."),
            long=True,
        ),
    ] = LocalisedText()
    prevailing_language: Annotated[
        str,
        Says(
            _("Language that prevails"),
            help=_("en, es or pt: pages in the others say that they are translations."),
        ),
    ] = ""
    text_notes: Annotated[
        tuple[TextNote, ...],
        Says(
            _("Notes on its published texts"),
            help=_(
                "What a published text says wrongly or twice over, with the section it stands in."
            ),
        ),
    ] = ()

    review_months: Annotated[
        int | None,
        Says(
            _("Review every, in months"),
            help=_("For example 12. From it follows when it is overdue."),
        ),
    ] = None
    last_reviewed_on: Annotated[
        date | None,
        Says(
            _("Last reviewed on"), help=_("The day somebody last said that all this is still true.")
        ),
    ] = None

    @property
    def title(self) -> str:
        """Return the legal name."""
        return self.legal_name

    def holders(self, kind: AppointmentKind, on: date) -> tuple[Appointment, ...]:
        """Return who holds an office on a day."""
        return tuple(
            one
            for one in self.appointments
            if one.kind is kind
            and (one.starts_on is None or one.starts_on <= on)
            and (one.ends_on is None or on <= one.ends_on)
        )

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a missing legal name."""
        if not self.legal_name:
            yield Problem("legal_name", _("A legal name is needed."))
        if not self.slug:
            yield Problem("slug", _("A short name is needed, for example “defense-balance”."))
        if self.notice_days is not None and not 0 <= self.notice_days <= 3650:  # noqa: PLR2004
            yield Problem("notice_days", _("Give a number of days between 0 and 3650."))
        if self.prevailing_language and self.prevailing_language not in LANGUAGES:
            yield Problem("prevailing_language", _("Write en, es or pt."))
        yield from no_such_interval(self.review_months)
