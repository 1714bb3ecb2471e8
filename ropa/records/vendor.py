"""Those who handle personal data for us, and what they do."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import (
    Part,
    Problem,
    Record,
    Ref,
    Says,
    ends_before_it_starts,
    no_such_interval,
)
from ropa.vocabulary import DpaStatus, VendorKind

RESERVED_SLUGS = frozenset(("changes", "compare", "manage", "subscribe", "unsubscribe", "versions"))
"""Short names that the addresses of the public list need for themselves."""


class Certification(Part, frozen=True, kw_only=True):
    """A certificate the vendor holds."""

    name: Annotated[str, Says(_("Certificate"))] = ""
    number: Annotated[str, Says(_("Number"))] = ""
    issued_by: Annotated[str, Says(_("Issued by"))] = ""
    valid_from: Annotated[date | None, Says(_("Valid from"))] = None
    expires_on: Annotated[date | None, Says(_("Expires on"))] = None
    document: Annotated[Ref | None, Says(_("Document"), to="document")] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem when it expires before it is valid."""
        yield from ends_before_it_starts(self.valid_from, self.expires_on, "expires_on")


class ChainLink(Part, frozen=True, kw_only=True):
    """One of the vendor's own sub-processors (EDPB Opinion 22/2024: the whole chain)."""

    legal_name: Annotated[str, Says(_("Legal name"), "EDPB Opinion 22/2024")] = ""
    address: Annotated[str, Says(_("Address"), "EDPB Opinion 22/2024")] = ""
    country: Annotated[str, Says(_("Country"))] = ""
    contact: Annotated[str, Says(_("Contact person"), "EDPB Opinion 22/2024")] = ""
    purpose: Annotated[str, Says(_("What for"))] = ""
    known_vendor: Annotated[Ref | None, Says(_("Is our vendor"), to="vendor")] = None


class Vendor(Record, frozen=True, kw_only=True):
    """A third party or a group company that handles personal data (GDPR Art. 28).

    What it does for us stands in engagements: a row of every list is an engagement.
    """

    noun: ClassVar[str] = "vendor"
    name_of_noun: ClassVar[str] = _("Vendor")
    names_of_noun: ClassVar[str] = _("Vendors")
    asks: ClassVar[tuple[str, ...]] = ("due_diligence_on", "certifications", "chain")

    name: Annotated[str, Says(_("Name"), help=_("As people call it, for example the brand."))] = ""
    legal_name: Annotated[
        str, Says(_("Legal name"), "EDPB Opinion 22/2024", _("The contracting company."))
    ] = ""
    slug: Annotated[
        str,
        Says(
            _("Short name in addresses"),
            help=_("Lower-case letters, digits and hyphens; never used twice."),
        ),
    ] = ""
    kind: Annotated[VendorKind | None, Says(_("Kind"))] = None
    entity: Annotated[
        Ref | None, Says(_("Is our company"), help=_("For group companies."), to="legal_entity")
    ] = None
    registration_number: Annotated[str, Says(_("Registration number"))] = ""
    address: Annotated[str, Says(_("Registered address"), "EDPB Opinion 22/2024", long=True)] = ""
    country: Annotated[
        str, Says(_("Country of establishment"), help=_("Two letters, for example IE or US."))
    ] = ""
    parent: Annotated[Ref | None, Says(_("Parent company"), to="vendor")] = None
    contact_name: Annotated[str, Says(_("Contact person"), "EDPB Opinion 22/2024")] = ""
    contact_function: Annotated[str, Says(_("Position"), "SCC 2021/914 Annex III")] = ""
    contact_email: Annotated[str, Says(_("Contact e-mail"), "EDPB Opinion 22/2024")] = ""
    contact_phone: Annotated[str, Says(_("Contact phone"))] = ""
    privacy_contact: Annotated[str, Says(_("Privacy contact"))] = ""
    website: Annotated[str, Says(_("Website"))] = ""
    own_list_url: Annotated[
        str, Says(_("Address of its own sub-processor list"), "EDPB Opinion 22/2024")
    ] = ""
    dpa_status: Annotated[DpaStatus | None, Says(_("Processing agreement"), "GDPR Art. 28(3)")] = (
        None
    )
    dpa_signed_on: Annotated[date | None, Says(_("Agreement in force since"))] = None
    dpa_expires_on: Annotated[date | None, Says(_("Agreement ends on"))] = None
    dpa_url: Annotated[str, Says(_("Address of the agreement"))] = ""
    dpa_document: Annotated[Ref | None, Says(_("Agreement, as a document"), to="document")] = None
    due_diligence_on: Annotated[date | None, Says(_("Last checked on"), "GDPR Art. 28(1)")] = None
    certifications: Annotated[tuple[Certification, ...], Says(_("Certificates"))] = ()
    uses_subprocessors: Annotated[
        bool | None, Says(_("Uses sub-processors of its own"), "GDPR Art. 28(4)")
    ] = None
    chain: Annotated[
        tuple[ChainLink, ...], Says(_("Its own sub-processors"), "EDPB Opinion 22/2024")
    ] = ()
    logo: Annotated[Ref | None, Says(_("Logo"), to="document")] = None
    review_months: Annotated[int | None, Says(_("Review every, in months"))] = None
    last_reviewed_on: Annotated[date | None, Says(_("Last reviewed on"))] = None

    @property
    def title(self) -> str:
        """Return the name people use."""
        return self.name

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no name, no short name, an agreement that ends too early."""
        if not self.name:
            yield Problem("name", _("A name is needed."))
        if not self.slug:
            yield Problem("slug", _("A short name is needed, for example “amazon”."))
        if self.slug in RESERVED_SLUGS:
            yield Problem("slug", _("This short name is an address of the public list itself."))
        yield from ends_before_it_starts(self.dpa_signed_on, self.dpa_expires_on, "dpa_expires_on")
        if self.parent == self.id:
            yield Problem("parent", _("A vendor is not its own parent company."))
        yield from no_such_interval(self.review_months)
