"""Where data go outside the regime of the exporter, and what makes that lawful."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
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
from ropa.vocabulary import (
    AdequacyStatus,
    ClauseSet,
    EvidenceKind,
    Frequency,
    Instrument,
    PlaceKind,
    Regime,
    Role,
    SccModule,
)


class SafeguardEvidence(Part, frozen=True, kw_only=True):
    """What shows that a safeguard holds, and when somebody looked."""

    kind: Annotated[
        EvidenceKind | None,
        Says(_("Kind"), help=_("What was looked at, for example a public listing.")),
    ] = None
    reference: Annotated[
        str, Says(_("Reference"), help=_("Number or address by which another finds it again."))
    ] = ""
    checked_on: Annotated[
        date | None, Says(_("Checked on"), help=_("The day somebody really looked."))
    ] = None
    covers_hr: Annotated[
        bool | None,
        Says(
            _("Covers staff data"),
            "Decision (EU) 2023/1795",
            help=_("Yes if the listing also covers data of employees."),
        ),
    ] = None
    document: Annotated[
        Ref | None,
        Says(
            _("Document"),
            to="document",
            help=_("A file kept under Documents; upload it there first."),
        ),
    ] = None


class TransferSafeguard(Part, frozen=True, kw_only=True):
    """The instrument a transfer leans on under one regime (GDPR Art. 44-49)."""

    regime: Annotated[
        Regime | None,
        Says(
            _("Under the law of"),
            "GDPR Chapter V",
            help=_("One row for each law under which the exporter lives."),
        ),
    ] = None
    instrument: Annotated[
        Instrument | None,
        Says(
            _("Instrument"),
            "GDPR Art. 45, 46, 49",
            help=_("For example an adequacy decision, or standard clauses."),
        ),
    ] = None
    scc_module: Annotated[
        SccModule | None,
        Says(
            _("Module"),
            "SCC 2021/914",
            help=_("By the roles: module 2 from controller to processor, 3 between processors."),
        ),
    ] = None
    scc_set: Annotated[
        ClauseSet | None,
        Says(
            _("Set of clauses"),
            "Decision (EU) 2021/914 Art. 4",
            help=_("The old sets no longer hold for transfers from the EU."),
        ),
    ] = None
    decision: Annotated[
        Ref | None,
        Says(
            _("Adequacy decision"),
            "GDPR Art. 45(3)",
            to="adequacy_decision",
            help=_("Only for a country that was found adequate."),
        ),
    ] = None
    reference: Annotated[
        str,
        Says(
            _("Reference of the document or authorisation"),
            help=_("For example the number and date of the contract."),
        ),
    ] = ""
    importer_is_member: Annotated[
        bool | None,
        Says(
            _("The importer is a member of the group"),
            "GDPR Art. 47",
            help=_("Binding corporate rules bind members of the group only."),
        ),
    ] = None
    authority_informed_on: Annotated[
        date | None,
        Says(
            _("Authority informed on"),
            "GDPR Art. 49(1)",
            help=_("Only for compelling legitimate interests."),
        ),
    ] = None
    people_informed_on: Annotated[
        date | None,
        Says(
            _("People informed on"),
            "GDPR Art. 49(1)",
            help=_("Only for compelling legitimate interests."),
        ),
    ] = None
    evidence: Annotated[
        tuple[SafeguardEvidence, ...],
        Says(_("Evidence"), help=_("What shows that it holds, and when somebody looked.")),
    ] = ()
    signed_on: Annotated[
        date | None,
        Says(_("Signed on"), help=_("Leave empty when it is not known; nothing is assumed.")),
    ] = None
    expires_on: Annotated[
        date | None, Says(_("Expires on"), help=_("Leave empty while it goes on."))
    ] = None
    document: Annotated[
        Ref | None,
        Says(
            _("Document"),
            to="document",
            help=_("A file kept under Documents; upload it there first."),
        ),
    ] = None
    tia: Annotated[
        Ref | None,
        Says(
            _("Transfer impact assessment"),
            "SCC clause 14",
            to="assessment",
            help=_("What was found about the law of that country and what it allows."),
        ),
    ] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem when it expires before it was signed, or names no instrument."""
        yield from ends_before_it_starts(self.signed_on, self.expires_on, "expires_on")
        if self.instrument is None:
            yield Problem("instrument", _("Choose the instrument."))


class Transfer(Record, frozen=True, kw_only=True):
    """Data made available to somebody in a third country (GDPR Art. 30(1)(e), 30(2)(c))."""

    noun: ClassVar[str] = "transfer"
    name_of_noun: ClassVar[str] = _("Transfer")
    names_of_noun: ClassVar[str] = _("Transfers")
    asks: ClassVar[tuple[str, ...]] = ("safeguards",)

    ref: Annotated[str, Says(_("Reference"), help=_("Short and never used twice: T-01."))] = ""
    name: Annotated[
        LocalisedText, Says(_("Name"), help=_("For example “Support from Argentina”."))
    ] = LocalisedText()
    exporter: Annotated[
        Ref | None,
        Says(
            _("Exporter"),
            "GDPR Art. 44",
            to="legal_entity",
            help=_("Which of our companies lets the data go."),
        ),
    ] = None
    exporter_role: Annotated[
        Role | None,
        Says(_("Exporter acts as"), "SCC 2021/914", help=_("As in the activity it serves.")),
    ] = None
    importer_vendor: Annotated[
        Ref | None,
        Says(
            _("Importer: a vendor"),
            "SCC 2021/914 Annex I.A",
            to="vendor",
            help=_("One importer only: a vendor, a company of ours, or somebody else."),
        ),
    ] = None
    importer_entity: Annotated[
        Ref | None,
        Says(
            _("Importer: one of our companies"),
            to="legal_entity",
            help=_("If the data go to a sister of the exporter."),
        ),
    ] = None
    importer_name: Annotated[
        str, Says(_("Importer: somebody else"), help=_("If it is neither vendor nor company."))
    ] = ""
    importer_role: Annotated[
        Role | None,
        Says(_("Importer acts as"), "SCC 2021/914", help=_("What it may decide about the data.")),
    ] = None
    importer_under_gdpr: Annotated[
        bool | None,
        Says(
            _("The importer is itself under the GDPR"),
            "Decision (EU) 2021/914 recital 7",
            help=_("Yes if the GDPR applies to it directly, by Art. 3(2)."),
        ),
    ] = None
    country: Annotated[
        str,
        Says(
            _("Third country"),
            "GDPR Art. 30(1)(e)",
            _("Two letters. Leave empty when it is not known yet."),
        ),
    ] = ""
    organisation: Annotated[
        str,
        Says(
            _("International organisation"),
            "GDPR Art. 30(1)(e)",
            help=_("Instead of a country, for example the Red Cross."),
        ),
    ] = ""
    engagement: Annotated[
        Ref | None,
        Says(
            _("By the engagement"),
            to="engagement",
            help=_("What the vendor does when the data go to it."),
        ),
    ] = None
    frequency: Annotated[
        Frequency | None,
        Says(_("How often"), "SCC 2021/914 Annex I.B", help=_("Once, or on and on.")),
    ] = None
    onward: Annotated[
        bool | None,
        Says(
            _("Passed on to others"),
            "GDPR Art. 44",
            help=_("Yes if the importer hands them to others."),
        ),
    ] = None
    onward_detail: Annotated[
        str,
        Says(
            _("Passed on to"),
            "GDPR Art. 44",
            long=True,
            help=_("To whom, where, and on which contract."),
        ),
    ] = ""
    safeguards: Annotated[
        tuple[TransferSafeguard, ...],
        Says(
            _("Safeguards"), "GDPR Art. 45-49", help=_("One row for each law that must allow it.")
        ),
    ] = ()
    starts_on: Annotated[
        date | None,
        Says(_("Since"), help=_("Leave empty when it is not known; nothing is assumed.")),
    ] = None
    ends_on: Annotated[date | None, Says(_("Until"), help=_("Leave empty while it goes on."))] = (
        None
    )
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
    def title(self) -> LocalisedText:
        """Return its name."""
        return self.name or LocalisedText(en=self.ref)

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no reference, no exporter, two importers."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example T-03."))
        if not self.exporter:
            yield Problem("exporter", _("Choose which of our companies sends the data."))
        importers = (self.importer_vendor, self.importer_entity, self.importer_name)
        if sum(map(bool, importers)) > 1:
            yield Problem(
                "importer_vendor", _("Name one importer only; make a second transfer for another.")
            )
        if self.importer_entity and self.importer_entity == self.exporter:
            yield Problem("importer_entity", _("Exporter and importer are the same company."))
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")
        yield from no_such_interval(self.review_months)


class Country(Record, frozen=True, kw_only=True):
    """A country, territory or international organisation data can go to."""

    noun: ClassVar[str] = "country"
    name_of_noun: ClassVar[str] = _("Country")
    names_of_noun: ClassVar[str] = _("Countries")

    code: Annotated[str, Says(_("Code"), "ISO 3166-1 alpha-2")] = ""
    name: Annotated[LocalisedText, Says(_("Name"))] = LocalisedText()
    kind: Annotated[PlaceKind, Says(_("Kind"))] = PlaceKind.COUNTRY
    eea_member: Annotated[bool | None, Says(_("Member of the EEA"), "GDPR Art. 44")] = None
    verified_on: Annotated[date | None, Says(_("Verified on"))] = None
    source: Annotated[str, Says(_("Source"), long=True)] = ""

    @property
    def title(self) -> LocalisedText:
        """Return its name."""
        return self.name or LocalisedText(en=self.code)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a missing code."""
        if not self.code:
            yield Problem("code", _("A code is needed."))


class AdequacyDecision(Record, frozen=True, kw_only=True):
    """Who, under one regime, was found to protect data adequately, and from when until when."""

    noun: ClassVar[str] = "adequacy_decision"
    name_of_noun: ClassVar[str] = _("Adequacy decision")
    names_of_noun: ClassVar[str] = _("Adequacy decisions")

    regime: Annotated[Regime | None, Says(_("Under the law of"), "GDPR Art. 45")] = None
    place: Annotated[Ref | None, Says(_("Destination"), to="country")] = None
    decision: Annotated[str, Says(_("Decision"), "GDPR Art. 45(3)")] = ""
    scope: Annotated[str, Says(_("Scope"), long=True)] = ""
    partial: Annotated[bool | None, Says(_("Covers only part of the country"))] = None
    evidence_required: Annotated[
        str, Says(_("Evidence needed"), help=_("For example a dated listing."), long=True)
    ] = ""
    valid_from: Annotated[date | None, Says(_("Valid from"))] = None
    valid_to: Annotated[date | None, Says(_("Valid until"))] = None
    review_note: Annotated[str, Says(_("Review"), long=True)] = ""
    status: Annotated[AdequacyStatus, Says(_("Status"))] = AdequacyStatus.IN_FORCE
    verified_on: Annotated[date | None, Says(_("Verified on"))] = None
    source: Annotated[str, Says(_("Source"), long=True)] = ""

    @property
    def title(self) -> str:
        """Return the decision's own name."""
        return self.decision

    def holds_on(self, day: date) -> bool:
        """Say whether the decision is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        standing = self.status in (AdequacyStatus.IN_FORCE, AdequacyStatus.AT_RISK)
        return begun and not ended and standing

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no regime, no destination, an end before the start."""
        if self.regime is None:
            yield Problem("regime", _("Say whose law this decision belongs to."))
        if not self.place:
            yield Problem("place", _("Choose the destination."))
        if not self.decision:
            yield Problem("decision", _("Give the decision's number or name."))
        yield from ends_before_it_starts(self.valid_from, self.valid_to, "valid_to")
