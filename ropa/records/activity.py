"""What is done with personal data, and why: one entry of the record."""

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
from ropa.records.periods import Period
from ropa.vocabulary import (
    ArgentineBasis,
    AutomatedGround,
    BrazilianBasis,
    ConsentMechanism,
    Jurisdiction,
    LawfulBasis,
    RecipientKind,
    Role,
    SpecialCondition,
)

_PERIOD_HELP = _("For example “6 months” or P6M.")


class JointController(Part, frozen=True, kw_only=True):
    """Another controller with whom purposes and means are set together (GDPR Art. 26)."""

    name: Annotated[str, Says(_("Name"), "GDPR Art. 30(1)(a)")] = ""
    contact: Annotated[str, Says(_("Contact details"), "GDPR Art. 30(1)(a)")] = ""
    entity: Annotated[Ref | None, Says(_("Is our company"), to="legal_entity")] = None
    arrangement: Annotated[str, Says(_("Arrangement"), "GDPR Art. 26(1)")] = ""


class Purpose(Part, frozen=True, kw_only=True):
    """Why; each purpose has its own legal basis (GDPR Art. 30(1)(b), 6)."""

    text: Annotated[
        LocalisedText,
        Says(
            _("Purpose"),
            "GDPR Art. 30(1)(b)",
            _("One sentence a reader outside the company understands."),
            long=True,
        ),
    ] = LocalisedText()
    basis: Annotated[LawfulBasis | None, Says(_("Legal basis"), "GDPR Art. 6(1)")] = None
    ar_basis: Annotated[
        ArgentineBasis | None, Says(_("Legal basis in Argentina"), "Ley 25.326 art. 5")
    ] = None
    br_basis: Annotated[BrazilianBasis | None, Says(_("Legal basis in Brazil"), "LGPD art. 7")] = (
        None
    )
    statute: Annotated[str, Says(_("Statute relied on"), "GDPR Art. 6(3)")] = ""
    legitimate_interest: Annotated[
        str, Says(_("Legitimate interest"), "GDPR Art. 6(1)(f), 13(1)(d)", long=True)
    ] = ""
    balancing_test: Annotated[
        Ref | None, Says(_("Balancing test"), "GDPR Art. 6(1)(f)", to="assessment")
    ] = None
    consent_mechanism: Annotated[str, Says(_("How consent is asked"), "GDPR Art. 4(11), 7")] = ""
    consent_record: Annotated[str, Says(_("Where consent is recorded"), "GDPR Art. 7(1)")] = ""
    consent_by: Annotated[
        ConsentMechanism | None, Says(_("Consent is given by"), "GDPR Art. 4(11), 7(4)")
    ] = None
    presumption: Annotated[
        bool | None, Says(_("Interest presumed by law (business contacts)"), "LOPDGDD 19")
    ] = None
    email_marketing: Annotated[bool | None, Says(_("Advertising by e-mail"), "LSSI 21")] = None
    soft_opt_in: Annotated[
        bool | None, Says(_("Only to customers, about similar services"), "LSSI 21.2")
    ] = None
    secondary: Annotated[
        bool | None, Says(_("Other than what the data were collected for"), "GDPR Art. 6(4)")
    ] = None
    compatibility: Annotated[str, Says(_("Why it is compatible"), "GDPR Art. 6(4)", long=True)] = ""
    special_condition: Annotated[
        SpecialCondition | None, Says(_("Condition for special categories"), "GDPR Art. 9(2)")
    ] = None
    criminal_authority: Annotated[str, Says(_("Law that allows criminal data"), "GDPR Art. 10")] = (
        ""
    )

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a purpose that says nothing."""
        if not self.text:
            yield Problem("text", _("Say what the purpose is, in at least one language."))


class RetentionRule(Part, frozen=True, kw_only=True):
    """How long: from a trigger, through clean-up, backups and blocking, to destruction."""

    trigger: Annotated[
        LocalisedText,
        Says(_("Counts from"), "GDPR Art. 30(1)(f)", _("For example “the account is cancelled”.")),
    ] = LocalisedText()
    indefinite: Annotated[bool | None, Says(_("Kept without limit"), "GDPR Art. 5(1)(e)")] = None
    active_period: Annotated[str, Says(_("Then kept for"), "GDPR Art. 30(1)(f)", _PERIOD_HELP)] = ""
    cleanup_interval: Annotated[
        str,
        Says(_("Removed at the next clean-up, every"), help=_PERIOD_HELP),
    ] = ""
    backup_period: Annotated[str, Says(_("Then in backups for"), help=_PERIOD_HELP)] = ""
    blocking_period: Annotated[str, Says(_("Then blocked for"), "LOPDGDD 32", _PERIOD_HELP)] = ""
    ground: Annotated[
        LocalisedText, Says(_("Ground"), help=_("The law or contract that sets the period."))
    ] = LocalisedText()
    required_by_law: Annotated[
        bool | None, Says(_("A law requires it"), "EDPB CEF report 2026")
    ] = None
    destruction: Annotated[str, Says(_("How it is destroyed"))] = ""
    criterion: Annotated[
        LocalisedText,
        Says(_("Criterion, if no period can be given"), "GDPR Art. 30(1)(f)", long=True),
    ] = LocalisedText()

    @property
    def worst_case(self) -> Period | None:
        """Return the longest the data can live after the trigger, or None when not recorded.

        Data wait for the next clean-up, at worst a whole interval, and then age out of backups;
        blocking (LOPDGDD 32) is counted apart.
        """
        given = (self.active_period, self.cleanup_interval, self.backup_period)
        if not any(given):
            return None
        return sum((Period.parse(one) for one in given if one), Period())

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each length of time that cannot be read."""
        for name in ("active_period", "cleanup_interval", "backup_period", "blocking_period"):
            if text := getattr(self, name):
                try:
                    Period.parse(text)
                except ValueError:
                    yield Problem(
                        name,
                        _(
                            "“%(text)s” is not a length of time. Write “6 months” or P6M.",
                            text=text,
                        ),
                    )


class ActivityData(Part, frozen=True, kw_only=True):
    """Whose data, which data, from where, and how long they are kept."""

    subject: Annotated[
        Ref | None, Says(_("Whose"), "GDPR Art. 30(1)(c)", to="subject_category")
    ] = None
    category: Annotated[
        Ref | None, Says(_("Which data"), "GDPR Art. 30(1)(c)", to="data_category")
    ] = None
    detail: Annotated[
        LocalisedText, Says(_("In detail"), help=_("For example “optional: profile photo”."))
    ] = LocalisedText()
    source: Annotated[LocalisedText, Says(_("Source"), "GDPR Art. 14(2)(f)")] = LocalisedText()
    retention: Annotated[tuple[RetentionRule, ...], Says(_("How long"), "GDPR Art. 30(1)(f)")] = ()

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a row that names neither people nor data."""
        if not (self.subject or self.category):
            yield Problem("subject", _("Choose whose data these are, or which data, or both."))


class Recipient(Part, frozen=True, kw_only=True):
    """To whom data are disclosed (GDPR Art. 30(1)(d))."""

    name: Annotated[
        LocalisedText,
        Says(_("Recipient or category"), "GDPR Art. 30(1)(d)", _("For example “tax authority”.")),
    ] = LocalisedText()
    kind: Annotated[RecipientKind | None, Says(_("Kind"), "GDPR Art. 4(9)")] = None
    country: Annotated[str, Says(_("Country"), "GDPR Art. 30(1)(d)")] = ""
    cession_ground: Annotated[
        str, Says(_("Consent or exception for the cession"), "Ley 25.326 art. 11")
    ] = ""

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a recipient without a name."""
        if not self.name:
            yield Problem("name", _("Name the recipient or the category of recipients."))


class ProcessingCategory(Part, frozen=True, kw_only=True):
    """A category of processing carried out on behalf of controllers (GDPR Art. 30(2)(b))."""

    text: Annotated[
        LocalisedText,
        Says(_("Category of processing"), "GDPR Art. 30(2)(b)", _("For example “hosting”.")),
    ] = LocalisedText()

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a category that says nothing."""
        if not self.text:
            yield Problem("text", _("Say which processing this is, in at least one language."))


class AgeLimit(Part, frozen=True, kw_only=True):
    """From which age consent is taken as valid, in one country (GDPR Art. 8(1))."""

    country: Annotated[str, Says(_("Country"), help=_("Two letters, for example ES."))] = ""
    years: Annotated[int | None, Says(_("Age, in years"), "GDPR Art. 8(1)")] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for an age that nobody has, or a row without a country."""
        if not self.country:
            yield Problem("country", _("Name the country, with its two letters."))
        if self.years is not None and not 0 < self.years <= 21:  # noqa: PLR2004
            yield Problem("years", _("Give an age between 1 and 21 years."))


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
    name: Annotated[LocalisedText, Says(_("Name"))] = LocalisedText()
    role: Annotated[Role | None, Says(_("Our role"), "GDPR Art. 4(7), 4(8)")] = None
    entity: Annotated[
        Ref | None, Says(_("Our company"), "GDPR Art. 30(1)(a), 30(2)(a)", to="legal_entity")
    ] = None
    joint_controllers: Annotated[
        tuple[JointController, ...], Says(_("Joint controllers"), "GDPR Art. 26, 30(1)(a)")
    ] = ()
    department: Annotated[str, Says(_("Department"))] = ""
    owner: Annotated[str, Says(_("Owner"), help=_("Who answers questions about it."))] = ""
    description: Annotated[LocalisedText, Says(_("Description"), long=True)] = LocalisedText()
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Says(_("Laws that apply"))] = ()
    customers: Annotated[
        tuple[Ref, ...],
        Says(_("Controllers on whose behalf we act"), "GDPR Art. 30(2)(a)", to="customer"),
    ] = ()
    services: Annotated[tuple[Ref, ...], Says(_("Services"), to="service")] = ()
    processing_categories: Annotated[
        tuple[ProcessingCategory, ...], Says(_("Categories of processing"), "GDPR Art. 30(2)(b)")
    ] = ()
    purposes: Annotated[tuple[Purpose, ...], Says(_("Purposes"), "GDPR Art. 30(1)(b)")] = ()
    data: Annotated[
        tuple[ActivityData, ...], Says(_("People and data"), "GDPR Art. 30(1)(c), (f)")
    ] = ()
    recipients: Annotated[tuple[Recipient, ...], Says(_("Recipients"), "GDPR Art. 30(1)(d)")] = ()
    engagements: Annotated[
        tuple[Ref, ...],
        Says(_("Processors, by engagement"), "GDPR Art. 28, 30(1)(d)", to="engagement"),
    ] = ()
    systems: Annotated[tuple[Ref, ...], Says(_("Systems"), to="system")] = ()
    transfers: Annotated[
        tuple[Ref, ...],
        Says(_("Transfers to third countries"), "GDPR Art. 30(1)(e), 30(2)(c)", to="transfer"),
    ] = ()
    measures: Annotated[
        tuple[Ref, ...],
        Says(_("Security measures"), "GDPR Art. 30(1)(g), 30(2)(d), 32(1)", to="measure"),
    ] = ()
    same_period_confirmed: Annotated[
        bool | None, Says(_("One period for all data is meant"), "GDPR Art. 30(1)(f)")
    ] = None
    from_third_parties: Annotated[
        bool | None, Says(_("Data come from others than the person"), "GDPR Art. 14")
    ] = None
    notice: Annotated[str, Says(_("Where people are informed"), "GDPR Art. 13")] = ""
    notice_of_source: Annotated[
        str, Says(_("Where people are told of the source"), "GDPR Art. 14")
    ] = ""
    age_limits: Annotated[
        tuple[AgeLimit, ...], Says(_("Age from which consent is valid"), "GDPR Art. 8")
    ] = ()
    uses_trackers: Annotated[
        bool | None, Says(_("Cookies or other trackers"), "ePrivacy Directive Art. 5(3)")
    ] = None
    trackers_necessary: Annotated[
        bool | None, Says(_("The trackers are strictly necessary"), "ePrivacy Directive Art. 5(3)")
    ] = None
    behavioural_advertising: Annotated[
        bool | None,
        Says(_("Advertising across contexts by behaviour"), "Cal. Civ. Code 1798.140(ah)"),
    ] = None
    occasional: Annotated[bool | None, Says(_("Only occasional"), "GDPR Art. 30(5)")] = None
    automated_decisions: Annotated[
        bool | None, Says(_("Automated decisions"), "GDPR Art. 22, 13(2)(f)")
    ] = None
    automated_logic: Annotated[
        str, Says(_("Logic and consequences"), "GDPR Art. 13(2)(f)", long=True)
    ] = ""
    automated_ground: Annotated[
        AutomatedGround | None, Says(_("Ground for automated decisions"), "GDPR Art. 22(2)")
    ] = None
    profiling: Annotated[
        bool | None, Says(_("Evaluation, scoring or profiling"), "GDPR Art. 35(3)(a)")
    ] = None
    monitoring: Annotated[bool | None, Says(_("Systematic monitoring"), "GDPR Art. 35(3)(c)")] = (
        None
    )
    matching: Annotated[
        bool | None, Says(_("Datasets are matched or combined"), "WP248 rev.01, criterion 6")
    ] = None
    prevents_right: Annotated[
        bool | None, Says(_("Prevents a right, service or contract"), "WP248 rev.01, criterion 9")
    ] = None
    large_scale: Annotated[bool | None, Says(_("Large scale"), "GDPR Art. 35(3)")] = None
    vulnerable_subjects: Annotated[bool | None, Says(_("Vulnerable people"), "GDPR recital 75")] = (
        None
    )
    new_technology: Annotated[bool | None, Says(_("New technology"), "GDPR Art. 35(1)")] = None
    documents: Annotated[tuple[Ref, ...], Says(_("Documents"), to="document")] = ()
    starts_on: Annotated[date | None, Says(_("Started on"))] = None
    ends_on: Annotated[date | None, Says(_("Ended on"))] = None
    review_months: Annotated[int | None, Says(_("Review every, in months"), "GDPR Art. 5(2)")] = (
        None
    )
    officer_informed_on: Annotated[
        date | None, Says(_("Data protection officer informed on"), "LOPDGDD 31.1")
    ] = None
    last_reviewed_on: Annotated[date | None, Says(_("Last reviewed on"))] = None

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
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")
        yield from no_such_interval(self.review_months)
