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

RESERVED_SLUGS = frozenset(
    (
        "changes",
        "compare",
        "contact",
        "manage",
        "replies",
        "subscribe",
        "unsubscribe",
        "versions",
    )
)
"""Short names that the addresses of the public list need for themselves."""


class Certification(Part, frozen=True, kw_only=True):
    """A certificate the vendor holds."""

    name: Annotated[str, Says(_("Certificate"), help=_("For example ISO/IEC 27001."))] = ""
    number: Annotated[str, Says(_("Number"), help=_("As printed on it."))] = ""
    issued_by: Annotated[str, Says(_("Issued by"), help=_("The body that issued it."))] = ""
    valid_from: Annotated[
        date | None,
        Says(_("Valid from"), help=_("Leave empty when it is not known; nothing is assumed.")),
    ] = None
    expires_on: Annotated[
        date | None, Says(_("Expires on"), help=_("The year shows it before it expires."))
    ] = None
    document: Annotated[
        Ref | None,
        Says(
            _("Document"),
            to="document",
            help=_("A file kept under Documents; upload it there first."),
        ),
    ] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem when it expires before it is valid."""
        yield from ends_before_it_starts(self.valid_from, self.expires_on, "expires_on")


class ChainLink(Part, frozen=True, kw_only=True):
    """One of the vendor's own sub-processors (EDPB Opinion 22/2024: the whole chain)."""

    legal_name: Annotated[
        str,
        Says(
            _("Legal name"),
            "EDPB Opinion 22/2024",
            help=_("The company that in the end handles the data."),
        ),
    ] = ""
    address: Annotated[
        str, Says(_("Address"), "EDPB Opinion 22/2024", help=_("Its registered address."))
    ] = ""
    country: Annotated[str, Says(_("Country"), help=_("Two letters, for example IE."))] = ""
    contact: Annotated[
        str,
        Says(
            _("Contact person"),
            "EDPB Opinion 22/2024",
            help=_("A person or function, with an e-mail or phone."),
        ),
    ] = ""
    purpose: Annotated[
        str, Says(_("What for"), help=_("What it does for the vendor, for example hosting."))
    ] = ""
    known_vendor: Annotated[
        Ref | None,
        Says(
            _("Is our vendor"), to="vendor", help=_("Only if we have it among our own vendors too.")
        ),
    ] = None


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
    kind: Annotated[
        VendorKind | None,
        Says(_("Kind"), help=_("A company of our own group, or a stranger to it.")),
    ] = None
    entity: Annotated[
        Ref | None, Says(_("Is our company"), help=_("For group companies."), to="legal_entity")
    ] = None
    registration_number: Annotated[
        str, Says(_("Registration number"), help=_("In the commercial register of its country."))
    ] = ""
    address: Annotated[
        str,
        Says(
            _("Registered address"),
            "EDPB Opinion 22/2024",
            long=True,
            help=_("As in the contract; street, postcode, town."),
        ),
    ] = ""
    country: Annotated[
        str, Says(_("Country of establishment"), help=_("Two letters, for example IE or US."))
    ] = ""
    parent: Annotated[
        Ref | None,
        Says(
            _("Parent company"),
            to="vendor",
            help=_("The vendor it belongs to, if any; it must be among the vendors."),
        ),
    ] = None
    contact_name: Annotated[
        str,
        Says(
            _("Contact person"),
            "EDPB Opinion 22/2024",
            help=_("Whom we call when something happens."),
        ),
    ] = ""
    contact_function: Annotated[
        str, Says(_("Position"), "SCC 2021/914 Annex III", help=_("For example Security Officer."))
    ] = ""
    contact_email: Annotated[
        str,
        Says(
            _("Contact e-mail"), "EDPB Opinion 22/2024", help=_("For example security@example.com.")
        ),
    ] = ""
    contact_phone: Annotated[
        str, Says(_("Contact phone"), help=_("With the code of the country, for example +34."))
    ] = ""
    privacy_contact: Annotated[
        str,
        Says(
            _("Privacy contact"),
            help=_("Address for questions on privacy, or its data protection officer."),
        ),
    ] = ""
    website: Annotated[str, Says(_("Website"), help=_("Begins with https://"))] = ""
    own_list_url: Annotated[
        str,
        Says(
            _("Address of its own sub-processor list"),
            "EDPB Opinion 22/2024",
            help=_("Where it publishes its sub-processors; begins with https://"),
        ),
    ] = ""
    dpa_status: Annotated[
        DpaStatus | None,
        Says(
            _("Processing agreement"),
            "GDPR Art. 28(3)",
            help=_("From none, over published terms, to signed by both."),
        ),
    ] = None
    dpa_signed_on: Annotated[
        date | None,
        Says(
            _("Agreement in force since"),
            help=_("Leave empty when it is not known; nothing is assumed."),
        ),
    ] = None
    dpa_expires_on: Annotated[
        date | None, Says(_("Agreement ends on"), help=_("Leave empty while it goes on."))
    ] = None
    dpa_url: Annotated[
        str, Says(_("Address of the agreement"), help=_("If it is published; begins with https://"))
    ] = ""
    dpa_document: Annotated[
        Ref | None,
        Says(
            _("Agreement, as a document"),
            to="document",
            help=_("A file kept under Documents; upload it there first."),
        ),
    ] = None
    due_diligence_on: Annotated[
        date | None,
        Says(
            _("Last checked on"),
            "GDPR Art. 28(1)",
            help=_("The day its guarantees were last looked at."),
        ),
    ] = None
    certifications: Annotated[
        tuple[Certification, ...],
        Says(_("Certificates"), help=_("What it shows as a guarantee, for example ISO/IEC 27001.")),
    ] = ()
    uses_subprocessors: Annotated[
        bool | None,
        Says(
            _("Uses sub-processors of its own"),
            "GDPR Art. 28(4)",
            help=_("Yes if others handle our data for it."),
        ),
    ] = None
    chain: Annotated[
        tuple[ChainLink, ...],
        Says(
            _("Its own sub-processors"),
            "EDPB Opinion 22/2024",
            help=_("Everybody down to the last; its published list helps."),
        ),
    ] = ()
    logo: Annotated[
        Ref | None,
        Says(
            _("Logo"), to="document", help=_("A file kept under Documents; upload it there first.")
        ),
    ] = None
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
