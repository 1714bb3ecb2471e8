"""Registrations with the Argentine authority (Ley 25.326 art. 21)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import (
    Problem,
    Record,
    Ref,
    Says,
    ends_before_it_starts,
    no_such_interval,
)
from ropa.records.identifiers import (
    is_cuit,
    is_gde_number,
    is_registration_number,
    tidy_cuit,
    tidy_gde,
)
from ropa.vocabulary import RegistrationKind, RegistrationStatus

OFFICIAL_CHECK = "https://www.argentina.gob.ar/aaip/datospersonales/reclama/"


class ArgentineRegistration(Record, frozen=True, kw_only=True):
    """A controller or a database registered with the AAIP, and what was declared.

    The registration does not expire (Res. AAIP 132/2018); what must be filed is every change.
    """

    noun: ClassVar[str] = "argentine_registration"
    name_of_noun: ClassVar[str] = _("Argentine registration")
    names_of_noun: ClassVar[str] = _("Argentine registrations")
    write_once: ClassVar[tuple[str, ...]] = ("database_name", "database_purpose")

    kind: Annotated[RegistrationKind | None, Says(_("Kind"), "Ley 25.326 art. 21")] = None
    entity: Annotated[Ref | None, Says(_("Company"), to="legal_entity")] = None
    cuit: Annotated[str, Says(_("CUIT"), help=_("Eleven digits."))] = ""
    rl_number: Annotated[
        str, Says(_("Registration number"), help=_("For example RL-2020-33258012-APN-DNPDP#AAIP."))
    ] = ""
    ex_number: Annotated[str, Says(_("File number (expediente)"))] = ""
    parent: Annotated[
        Ref | None,
        Says(
            _("Registered under"),
            help=_("The controller's own registration."),
            to="argentine_registration",
        ),
    ] = None
    database_name: Annotated[
        str,
        Says(_("Database name"), "Ley 25.326 art. 21(2)(b)", _("Cannot be changed once written.")),
    ] = ""
    database_purpose: Annotated[
        str,
        Says(
            _("Database purpose"),
            "Ley 25.326 art. 21(2)(b)",
            _("Cannot be changed once written."),
            long=True,
        ),
    ] = ""
    declared_responsable: Annotated[
        str, Says(_("a) Name and domicile declared"), "Ley 25.326 art. 21(2)(a)", long=True)
    ] = ""
    declared_characteristics: Annotated[
        str, Says(_("b) Characteristics declared"), "Ley 25.326 art. 21(2)(b)", long=True)
    ] = ""
    declared_data: Annotated[
        str, Says(_("c) Nature of the data declared"), "Ley 25.326 art. 21(2)(c)", long=True)
    ] = ""
    declared_categories: Annotated[
        tuple[Ref, ...],
        Says(_("c) Categories of data declared"), "Ley 25.326 art. 21(2)(c)", to="data_category"),
    ] = ()
    declared_sensitive: Annotated[
        bool | None, Says(_("c) Sensitive data declared"), "Ley 25.326 art. 2, 7")
    ] = None
    sensitive_exception: Annotated[
        str, Says(_("Exception for sensitive data"), "Ley 25.326 art. 7(3)")
    ] = ""
    declared_criminal: Annotated[
        bool | None, Says(_("c) Criminal records declared"), "Ley 25.326 art. 7(4)")
    ] = None
    declared_collection: Annotated[
        str,
        Says(_("d) Collection and updating declared"), "Ley 25.326 art. 21(2)(d)", long=True),
    ] = ""
    declared_recipients: Annotated[
        str,
        Says(_("e) Recipients and transfers declared"), "Ley 25.326 art. 21(2)(e)", long=True),
    ] = ""
    declared_interrelation: Annotated[
        str, Says(_("f) Interrelation declared"), "Ley 25.326 art. 21(2)(f)", long=True)
    ] = ""
    declared_security: Annotated[
        str,
        Says(
            _("g) Security and people with access declared"), "Ley 25.326 art. 21(2)(g)", long=True
        ),
    ] = ""
    declared_retention: Annotated[
        str, Says(_("h) Time kept declared"), "Ley 25.326 art. 21(2)(h)", long=True)
    ] = ""
    declared_access: Annotated[
        str,
        Says(_("i) Access and rectification declared"), "Ley 25.326 art. 21(2)(i)", long=True),
    ] = ""
    published_url: Annotated[str, Says(_("Check address as published"), "AAIP")] = ""
    legend: Annotated[str, Says(_("Legend as published"), "Res. AAIP 14/2018", long=True)] = ""
    access_days: Annotated[
        int | None, Says(_("Access answered within, in calendar days"), "Ley 25.326 art. 14(2)")
    ] = None
    rectification_days: Annotated[
        int | None, Says(_("Rectification within, in business days"), "Ley 25.326 art. 16(2)")
    ] = None
    filed_on: Annotated[date | None, Says(_("Filed on"))] = None
    issued_on: Annotated[date | None, Says(_("Issued on"))] = None
    amended_on: Annotated[date | None, Says(_("Last amended on"))] = None
    compared_on: Annotated[
        date | None, Says(_("Declared compared with current on"), "Ley 25.326 art. 21")
    ] = None
    status: Annotated[RegistrationStatus | None, Says(_("Status"))] = None
    certificate: Annotated[Ref | None, Says(_("Certificate"), to="document")] = None
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
    activities: Annotated[
        tuple[Ref, ...], Says(_("Activities it covers"), "Ley 25.326 art. 21(3)", to="activity")
    ] = ()

    @property
    def title(self) -> str:
        """Return the database's name, or the number."""
        return self.database_name or self.rl_number

    @property
    def official_url(self) -> str:
        """Return the authority's check page, with its two ASCII hyphens, or nothing."""
        if not (self.cuit and self.rl_number):
            return ""
        return f"{OFFICIAL_CHECK}{tidy_cuit(self.cuit)}--{tidy_gde(self.rl_number)}"

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: malformed numbers, no company, dates out of order."""
        if self.kind is None:
            yield Problem("kind", _("Say whether this is a controller or a database."))
        if not self.entity:
            yield Problem("entity", _("Choose which of our companies is registered."))
        if self.cuit and not is_cuit(self.cuit):
            yield Problem("cuit", _("This is not a valid CUIT. Check its eleven digits."))
        if self.rl_number and not is_registration_number(self.rl_number):
            yield Problem(
                "rl_number",
                _(
                    "This is not a registration number. "
                    "One looks like RL-2020-33258012-APN-DNPDP#AAIP."
                ),
            )
        if self.ex_number and not is_gde_number(self.ex_number):
            yield Problem(
                "ex_number",
                _("This is not a file number. It looks like EX-2026-51700917--APN-AAIP."),
            )
        if self.parent == self.id:
            yield Problem("parent", _("A registration is not its own parent."))
        yield from ends_before_it_starts(self.filed_on, self.issued_on, "issued_on")
        yield from ends_before_it_starts(self.issued_on, self.amended_on, "amended_on")
        yield from no_such_interval(self.review_months)
