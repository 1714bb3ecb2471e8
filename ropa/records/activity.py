"""What is done with personal data, and why: one entry of the record."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.activity_rows import (
    ActivityData,
    AgeLimit,
    JointController,
    ProcessingCategory,
    Purpose,
    Recipient,
)
from ropa.records.base import (
    LocalisedText,
    Problem,
    Record,
    Ref,
    Says,
    ends_before_it_starts,
    no_such_interval,
)
from ropa.vocabulary import (
    AutomatedGround,
    Jurisdiction,
    Role,
)


class ProcessingActivity(Record, frozen=True, kw_only=True):
    """One entry of the record of processing activities (GDPR Art. 30)."""

    noun: ClassVar[str] = "activity"
    name_of_noun: ClassVar[str] = _("Processing activity")
    names_of_noun: ClassVar[str] = _("Processing activities")
    asks: ClassVar[tuple[str, ...]] = (
        "joint_controllers",
        "purposes",
        "data",
        "recipients",
        "engagements",
        "transfers",
        "measures",
        "processing_categories",
        "customers",
        "notice",
        "notice_of_source",
    )

    ref: Annotated[str, Says(_("Reference"), help=_("Short and never used twice: C-03."))] = ""
    name: Annotated[
        LocalisedText,
        Says(_("Name"), help=_("As people in the house call it, for example “Payroll”.")),
    ] = LocalisedText()
    role: Annotated[
        Role | None,
        Says(
            _("Our role"),
            "GDPR Art. 4(7), 4(8)",
            help=_("Controller when we decide why and how; processor when a customer does."),
        ),
    ] = None
    entity: Annotated[
        Ref | None,
        Says(
            _("Our company"),
            "GDPR Art. 30(1)(a), 30(2)(a)",
            to="legal_entity",
            help=_("The company that answers for it."),
        ),
    ] = None
    twin: Annotated[
        Ref | None,
        Says(
            _("Twin in the other role"),
            help=_("The same processing, as its controller or processor; one of the two names it."),
            to="activity",
        ),
    ] = None
    joint_controllers: Annotated[
        tuple[JointController, ...],
        Says(
            _("Joint controllers"),
            "GDPR Art. 26, 30(1)(a)",
            help=_("Others who decide with us why and how."),
        ),
    ] = ()
    department: Annotated[str, Says(_("Department"), help=_("For example Marketing."))] = ""
    owner: Annotated[str, Says(_("Owner"), help=_("Who answers questions about it."))] = ""
    description: Annotated[
        LocalisedText,
        Says(
            _("Description"),
            long=True,
            help=_("What is done, in a few sentences a stranger can follow."),
        ),
    ] = LocalisedText()
    jurisdictions: Annotated[
        tuple[Jurisdiction, ...],
        Says(_("Laws that apply"), help=_("By where the company is and where the people are.")),
    ] = ()
    customers: Annotated[
        tuple[Ref, ...],
        Says(
            _("Controllers on whose behalf we act"),
            "GDPR Art. 30(2)(a)",
            to="customer",
            help=_("Only as a processor: each customer, or say why not one by one."),
        ),
    ] = ()
    services: Annotated[
        tuple[Ref, ...],
        Says(_("Services"), to="service", help=_("What we sell, of which this is a part.")),
    ] = ()
    processing_categories: Annotated[
        tuple[ProcessingCategory, ...],
        Says(
            _("Categories of processing"),
            "GDPR Art. 30(2)(b)",
            help=_("What is done for the customer, for example hosting or support."),
        ),
    ] = ()
    purposes: Annotated[
        tuple[Purpose, ...],
        Says(
            _("Purposes"), "GDPR Art. 30(1)(b)", help=_("Why it is done; one row for each reason.")
        ),
    ] = ()
    data: Annotated[
        tuple[ActivityData, ...],
        Says(
            _("People and data"),
            "GDPR Art. 30(1)(c), (f)",
            help=_("One row for each kind of people with each kind of data."),
        ),
    ] = ()
    recipients: Annotated[
        tuple[Recipient, ...],
        Says(
            _("Recipients"),
            "GDPR Art. 30(1)(d)",
            help=_("Whoever gets to see the data, inside or outside; processors go below."),
        ),
    ] = ()
    engagements: Annotated[
        tuple[Ref, ...],
        Says(
            _("Processors, by engagement"),
            "GDPR Art. 28, 30(1)(d)",
            to="engagement",
            help=_("What a vendor does for us with these data, for example sending e-mail."),
        ),
    ] = ()
    systems: Annotated[
        tuple[Ref, ...],
        Says(_("Systems"), to="system", help=_("Where the data are kept, for example the CRM.")),
    ] = ()
    transfers: Annotated[
        tuple[Ref, ...],
        Says(
            _("Transfers to third countries"),
            "GDPR Art. 30(1)(e), 30(2)(c)",
            to="transfer",
            help=_("Each way by which data leave the exporter's own law, also by remote access."),
        ),
    ] = ()
    measures: Annotated[
        tuple[Ref, ...],
        Says(
            _("Security measures"),
            "GDPR Art. 30(1)(g), 30(2)(d), 32(1)",
            to="measure",
            help=_("What protects these data, for example encryption at rest."),
        ),
    ] = ()
    same_period_confirmed: Annotated[
        bool | None,
        Says(
            _("One period for all data is meant"),
            "GDPR Art. 30(1)(f)",
            help=_("Yes if all data of this entry are meant to be kept equally long."),
        ),
    ] = None
    from_third_parties: Annotated[
        bool | None,
        Says(
            _("Data come from others than the person"),
            "GDPR Art. 14",
            help=_("Yes if anybody but the person gives us data."),
        ),
    ] = None
    notice: Annotated[
        str,
        Says(
            _("Where people are informed"),
            "GDPR Art. 13",
            help=_("Address or section, for example “privacy policy, section 4”."),
        ),
    ] = ""
    notice_of_source: Annotated[
        str,
        Says(
            _("Where people are told of the source"),
            "GDPR Art. 14",
            help=_("Where the people learn from whom we have their data."),
        ),
    ] = ""
    age_limits: Annotated[
        tuple[AgeLimit, ...],
        Says(
            _("Age from which consent is valid"),
            "GDPR Art. 8",
            help=_("Only if an online service is offered to children on consent."),
        ),
    ] = ()
    uses_trackers: Annotated[
        bool | None,
        Says(
            _("Cookies or other trackers"),
            "ePrivacy Directive Art. 5(3)",
            help=_("Yes if anything is stored on, or read from, people's devices."),
        ),
    ] = None
    trackers_necessary: Annotated[
        bool | None,
        Says(
            _("The trackers are strictly necessary"),
            "ePrivacy Directive Art. 5(3)",
            help=_("Yes if the service people asked for does not work without them."),
        ),
    ] = None
    behavioural_advertising: Annotated[
        bool | None,
        Says(
            _("Advertising across contexts by behaviour"),
            "Cal. Civ. Code 1798.140(ah)",
            help=_("Yes if advertising follows people across sites of others."),
        ),
    ] = None
    occasional: Annotated[
        bool | None,
        Says(
            _("Only occasional"),
            "GDPR Art. 30(5)",
            help=_("Yes if it happens now and then, not as a part of the business."),
        ),
    ] = None
    automated_decisions: Annotated[
        bool | None,
        Says(
            _("Automated decisions"),
            "GDPR Art. 22, 13(2)(f)",
            help=_("Yes if a machine alone decides something that matters to people."),
        ),
    ] = None
    automated_logic: Annotated[
        str,
        Says(
            _("Logic and consequences"),
            "GDPR Art. 13(2)(f)",
            long=True,
            help=_("How it decides, and what that means for the person."),
        ),
    ] = ""
    automated_ground: Annotated[
        AutomatedGround | None,
        Says(
            _("Ground for automated decisions"),
            "GDPR Art. 22(2)",
            help=_("What allows it: a contract, a law, or explicit consent."),
        ),
    ] = None
    profiling: Annotated[
        bool | None,
        Says(
            _("Evaluation, scoring or profiling"),
            "GDPR Art. 35(3)(a)",
            help=_("For example scoring of applicants or of customers."),
        ),
    ] = None
    monitoring: Annotated[
        bool | None,
        Says(
            _("Systematic monitoring"),
            "GDPR Art. 35(3)(c)",
            help=_("For example cameras in a public place."),
        ),
    ] = None
    matching: Annotated[
        bool | None,
        Says(
            _("Datasets are matched or combined"),
            "WP248 rev.01, criterion 6",
            help=_("Yes if data from different purposes or controllers are joined."),
        ),
    ] = None
    prevents_right: Annotated[
        bool | None,
        Says(
            _("Prevents a right, service or contract"),
            "WP248 rev.01, criterion 9",
            help=_("For example a check that decides who gets a loan."),
        ),
    ] = None
    large_scale: Annotated[
        bool | None,
        Says(
            _("Large scale"),
            "GDPR Art. 35(3)",
            help=_("By number of people, amount of data, duration and area."),
        ),
    ] = None
    vulnerable_subjects: Annotated[
        bool | None,
        Says(
            _("Vulnerable people"),
            "GDPR recital 75",
            help=_("For example children, patients or employees."),
        ),
    ] = None
    new_technology: Annotated[
        bool | None,
        Says(_("New technology"), "GDPR Art. 35(1)", help=_("For example recognition of faces.")),
    ] = None
    documents: Annotated[
        tuple[Ref, ...],
        Says(
            _("Documents"),
            to="document",
            help=_("A file kept under Documents; upload it there first."),
        ),
    ] = ()
    starts_on: Annotated[
        date | None,
        Says(_("Started on"), help=_("Leave empty when it is not known; nothing is assumed.")),
    ] = None
    ends_on: Annotated[
        date | None, Says(_("Ended on"), help=_("Leave empty while it goes on."))
    ] = None
    review_months: Annotated[
        int | None,
        Says(
            _("Review every, in months"),
            "GDPR Art. 5(2)",
            help=_("For example 12. From it follows when it is overdue."),
        ),
    ] = None
    officer_informed_on: Annotated[
        date | None,
        Says(
            _("Data protection officer informed on"),
            "LOPDGDD 31.1",
            help=_("In Spain the officer is told of additions, changes and exclusions."),
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
        """Yield what may not be: no reference, name, role or company; an end before the start."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example C-22."))
        if not self.name:
            yield Problem("name", _("A name is needed, in at least one language."))
        if self.role is None:
            yield Problem("role", _("Say whether we are controller or processor."))
        if not self.entity:
            yield Problem("entity", _("Choose which of our companies does this."))
        if self.twin == self.id:
            yield Problem("twin", _("An activity is not its own twin."))
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")
        yield from no_such_interval(self.review_months)
