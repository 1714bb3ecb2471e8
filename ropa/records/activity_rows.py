"""The rows inside an entry of the record: purposes, data and how long, recipients and the rest."""

from collections.abc import Iterator
from typing import Annotated

from ropa.i18n import _
from ropa.records.base import (
    LocalisedText,
    Part,
    Problem,
    Ref,
    Says,
)
from ropa.records.periods import Period
from ropa.vocabulary import (
    ArgentineBasis,
    BrazilianBasis,
    ConsentMechanism,
    LawfulBasis,
    RecipientKind,
    SpecialCondition,
)

_PERIOD_HELP = _("For example “6 months” or P6M.")


class JointController(Part, frozen=True, kw_only=True):
    """Another controller with whom purposes and means are set together (GDPR Art. 26)."""

    name: Annotated[
        str, Says(_("Name"), "GDPR Art. 30(1)(a)", help=_("The other controller's legal name."))
    ] = ""
    contact: Annotated[
        str,
        Says(
            _("Contact details"),
            "GDPR Art. 30(1)(a)",
            help=_("Where people and authorities reach them: address, e-mail or phone."),
        ),
    ] = ""
    entity: Annotated[
        Ref | None,
        Says(
            _("Is our company"),
            to="legal_entity",
            help=_("Only if the other controller is one of ours."),
        ),
    ] = None
    arrangement: Annotated[
        str,
        Says(
            _("Arrangement"),
            "GDPR Art. 26(1)",
            help=_("Who answers to people for what; for example “contract of 2 March 2026”."),
        ),
    ] = ""


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
    basis: Annotated[
        LawfulBasis | None,
        Says(
            _("Legal basis"),
            "GDPR Art. 6(1)",
            help=_("One for each purpose; a purpose with two bases is two purposes."),
        ),
    ] = None
    ar_basis: Annotated[
        ArgentineBasis | None,
        Says(
            _("Legal basis in Argentina"),
            "Ley 25.326 art. 5",
            help=_("Only where the Argentine law applies."),
        ),
    ] = None
    br_basis: Annotated[
        BrazilianBasis | None,
        Says(
            _("Legal basis in Brazil"),
            "LGPD art. 7",
            help=_("Only where the Brazilian law applies."),
        ),
    ] = None
    statute: Annotated[
        str,
        Says(
            _("Statute relied on"),
            "GDPR Art. 6(3)",
            help=_("For a legal obligation or public interest: which law, and its article."),
        ),
    ] = ""
    legitimate_interest: Annotated[
        str,
        Says(
            _("Legitimate interest"),
            "GDPR Art. 6(1)(f), 13(1)(d)",
            long=True,
            help=_("Whose interest and which; for example “preventing fraud in our shop”."),
        ),
    ] = ""
    balancing_test: Annotated[
        Ref | None,
        Says(
            _("Balancing test"),
            "GDPR Art. 6(1)(f)",
            to="assessment",
            help=_("The assessment in which the interest was weighed against people's rights."),
        ),
    ] = None
    consent_mechanism: Annotated[
        str,
        Says(
            _("How consent is asked"),
            "GDPR Art. 4(11), 7",
            help=_("For example “unticked box in the sign-up form”."),
        ),
    ] = ""
    consent_record: Annotated[
        str,
        Says(
            _("Where consent is recorded"),
            "GDPR Art. 7(1)",
            help=_("Where one can show who agreed to what, and when."),
        ),
    ] = ""
    consent_by: Annotated[
        ConsentMechanism | None,
        Says(
            _("Consent is given by"),
            "GDPR Art. 4(11), 7(4)",
            help=_("What people do to agree; silence and boxes ticked beforehand are not."),
        ),
    ] = None
    presumption: Annotated[
        bool | None,
        Says(
            _("Interest presumed by law (business contacts)"),
            "LOPDGDD 19",
            help=_("For contact data of people at companies, used to reach their company."),
        ),
    ] = None
    email_marketing: Annotated[
        bool | None,
        Says(
            _("Advertising by e-mail"),
            "LSSI 21",
            help=_("Yes if commercial messages go out by e-mail or the like."),
        ),
    ] = None
    soft_opt_in: Annotated[
        bool | None,
        Says(
            _("Only to customers, about similar services"),
            "LSSI 21.2",
            help=_("Yes if only customers get it, about things like those they bought."),
        ),
    ] = None
    secondary: Annotated[
        bool | None,
        Says(
            _("Other than what the data were collected for"),
            "GDPR Art. 6(4)",
            help=_("Yes if the data were collected for something else."),
        ),
    ] = None
    compatibility: Annotated[
        str,
        Says(
            _("Why it is compatible"),
            "GDPR Art. 6(4)",
            long=True,
            help=_("How the two purposes are linked, and what people would expect."),
        ),
    ] = ""
    special_condition: Annotated[
        SpecialCondition | None,
        Says(
            _("Condition for special categories"),
            "GDPR Art. 9(2)",
            help=_("Needed besides the basis, when data are of special categories."),
        ),
    ] = None
    criminal_authority: Annotated[
        str,
        Says(
            _("Law that allows criminal data"),
            "GDPR Art. 10",
            help=_("The law that allows it; without one, such data may not be kept."),
        ),
    ] = ""

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
    indefinite: Annotated[
        bool | None,
        Says(
            _("Kept without limit"),
            "GDPR Art. 5(1)(e)",
            help=_("Yes only if it really never ends; the rules will ask why."),
        ),
    ] = None
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
        bool | None,
        Says(
            _("A law requires it"),
            "EDPB CEF report 2026",
            help=_("Yes if a law sets this period; name the law as the ground."),
        ),
    ] = None
    destruction: Annotated[
        str,
        Says(
            _("How it is destroyed"), help=_("For example “erased by a nightly job” or “shredded”.")
        ),
    ] = ""
    criterion: Annotated[
        LocalisedText,
        Says(
            _("Criterion, if no period can be given"),
            "GDPR Art. 30(1)(f)",
            long=True,
            help=_("How the length is decided; for example “until the claim is settled”."),
        ),
    ] = LocalisedText()

    @property
    def worst_case(self) -> Period | None:
        """Return the longest the data can live after the trigger, or None when nobody can tell.

        Data wait for the next clean-up, at worst a whole interval, and then age out of backups;
        blocking (LOPDGDD 32) is counted apart. Nobody can tell where nothing is recorded, or what
        is recorded cannot be read as a length of time.
        """
        given = (self.active_period, self.cleanup_interval, self.backup_period)
        try:
            lengths = [Period.parse(one) for one in given if one]
        except ValueError:
            return None
        return sum(lengths, Period()) if lengths else None

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
        Ref | None,
        Says(
            _("Whose"),
            "GDPR Art. 30(1)(c)",
            to="subject_category",
            help=_("For example employees, or visitors of the website."),
        ),
    ] = None
    category: Annotated[
        Ref | None,
        Says(
            _("Which data"),
            "GDPR Art. 30(1)(c)",
            to="data_category",
            help=_("For example names, or bank details."),
        ),
    ] = None
    detail: Annotated[
        LocalisedText, Says(_("In detail"), help=_("For example “optional: profile photo”."))
    ] = LocalisedText()
    source: Annotated[
        LocalisedText,
        Says(
            _("Source"),
            "GDPR Art. 14(2)(f)",
            help=_("Who gave them; for example “the person”, or “a public register”."),
        ),
    ] = LocalisedText()
    retention: Annotated[
        tuple[RetentionRule, ...],
        Says(
            _("How long"),
            "GDPR Art. 30(1)(f)",
            help=_("One row for each reason to keep them; the longest counts."),
        ),
    ] = ()

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
    kind: Annotated[
        RecipientKind | None,
        Says(_("Kind"), "GDPR Art. 4(9)", help=_("Who decides what is done with the data there.")),
    ] = None
    country: Annotated[
        str,
        Says(
            _("Country"),
            "GDPR Art. 30(1)(d)",
            help=_("Two letters, for example ES. Leave empty when it is not known."),
        ),
    ] = ""
    cession_ground: Annotated[
        str,
        Says(
            _("Consent or exception for the cession"),
            "Ley 25.326 art. 11",
            help=_("Only where the Argentine law applies."),
        ),
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
    years: Annotated[
        int | None,
        Says(
            _("Age, in years"),
            "GDPR Art. 8(1)",
            help=_("The age set by the law of that country, between 13 and 16 in the EU."),
        ),
    ] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for an age that nobody has, or a row without a country."""
        if not self.country:
            yield Problem("country", _("Name the country, with its two letters."))
        if self.years is not None and not 0 < self.years <= 21:  # noqa: PLR2004
            yield Problem("years", _("Give an age between 1 and 21 years."))
