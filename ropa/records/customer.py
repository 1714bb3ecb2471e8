"""Controllers on whose behalf we act, and what was agreed with them."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import Part, Problem, Record, Ref, Says, ends_before_it_starts
from ropa.vocabulary import Authorisation


class Contact(Part, frozen=True, kw_only=True):
    """A person or mailbox at the customer."""

    name: Annotated[str, Says(_("Name or function"))] = ""
    function: Annotated[str, Says(_("Position"))] = ""
    email: Annotated[str, Says(_("E-mail"))] = ""
    phone: Annotated[str, Says(_("Phone"))] = ""


class NoticeContact(Part, frozen=True, kw_only=True):
    """Where notices under one agreement go."""

    name: Annotated[str, Says(_("Name or function"))] = ""
    email: Annotated[str, Says(_("E-mail"))] = ""
    language: Annotated[str, Says(_("Language"), help=_("en, es or pt."))] = ""


class CustomerAgreement(Part, frozen=True, kw_only=True):
    """What one customer agreed with one of our companies (GDPR Art. 28(3))."""

    entity: Annotated[Ref | None, Says(_("Our company"), to="legal_entity")] = None
    services: Annotated[tuple[Ref, ...], Says(_("Services"), to="service")] = ()
    authorisation: Annotated[
        Authorisation | None, Says(_("Authorisation of sub-processors"), "GDPR Art. 28(2)")
    ] = None
    notice_days: Annotated[
        int | None,
        Says(_("Notice, in days"), help=_("As agreed; the GDPR sets no number.")),
    ] = None
    objection_days: Annotated[int | None, Says(_("Time to object, in days"))] = None
    regions: Annotated[tuple[str, ...], Says(_("Regions"))] = ()
    features: Annotated[tuple[str, ...], Says(_("Features"))] = ()
    contacts: Annotated[tuple[NoticeContact, ...], Says(_("Contacts for notices"))] = ()
    starts_on: Annotated[date | None, Says(_("From"))] = None
    ends_on: Annotated[date | None, Says(_("Until"))] = None
    document: Annotated[Ref | None, Says(_("Document"), to="document")] = None

    def holds_on(self, day: date) -> bool:
        """Say whether it is in force on a day; where a date is not recorded, it has no end."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or day <= self.ends_on)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem when it ends before it starts or counts negative days."""
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")
        for name in ("notice_days", "objection_days"):
            days = getattr(self, name)
            if days is not None and not 0 <= days <= 3650:  # noqa: PLR2004
                yield Problem(name, _("Give a number of days between 0 and 3650."))


class Customer(Record, frozen=True, kw_only=True):
    """A controller, or a processor for others, on whose behalf we act (GDPR Art. 30(2)(a))."""

    noun: ClassVar[str] = "customer"
    name_of_noun: ClassVar[str] = _("Customer")
    names_of_noun: ClassVar[str] = _("Customers")

    legal_name: Annotated[str, Says(_("Legal name"), "GDPR Art. 30(2)(a)")] = ""
    trade_name: Annotated[str, Says(_("Trade name"))] = ""
    address: Annotated[str, Says(_("Postal address"), "GDPR Art. 30(2)(a)", long=True)] = ""
    country: Annotated[str, Says(_("Country"), help=_("Two letters, for example ES or AR."))] = ""
    email: Annotated[str, Says(_("E-mail"), "GDPR Art. 30(2)(a)")] = ""
    phone: Annotated[str, Says(_("Phone"))] = ""
    website: Annotated[str, Says(_("Website"))] = ""
    representative: Annotated[
        str, Says(_("Representative"), "GDPR Art. 27, 30(2)(a)", long=True)
    ] = ""
    dpo: Annotated[str, Says(_("Data protection officer"), "GDPR Art. 30(2)(a)", long=True)] = ""
    contacts: Annotated[tuple[Contact, ...], Says(_("Contacts"))] = ()
    agreements: Annotated[
        tuple[CustomerAgreement, ...], Says(_("Agreements"), "GDPR Art. 28(3)")
    ] = ()

    @property
    def title(self) -> str:
        """Return the legal name."""
        return self.legal_name

    def agreed_with(self, entity: str, on: date) -> tuple[CustomerAgreement, ...]:
        """Return what it has agreed with one of our companies, as it holds on a day."""
        return tuple(one for one in self.agreements if one.entity == entity and one.holds_on(on))

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a missing legal name."""
        if not self.legal_name:
            yield Problem("legal_name", _("A legal name is needed."))
