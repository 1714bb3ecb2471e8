"""What a vendor does: the row of every list of sub-processors."""

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
    Authorisation,
    EngagementGroup,
    EngagementRole,
    LocationActivity,
)


class Location(Part, frozen=True, kw_only=True):
    """A place where the data are, or are reached from (GDPR Art. 30(1)(e), 30(2)(c))."""

    country: Annotated[str, Says(_("Country"), help=_("Two letters, for example DE."))] = ""
    region: Annotated[str, Says(_("Region"), help=_("For example Frankfurt."))] = ""
    activity: Annotated[
        LocationActivity | None,
        Says(_("What happens there"), help=_("Also where people only look at the data from.")),
    ] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a place without a country."""
        if not self.country:
            yield Problem("country", _("Name the country, with its two letters."))


class Engagement(Record, frozen=True, kw_only=True):
    """One thing a vendor does for us or for our customers (GDPR Art. 28)."""

    noun: ClassVar[str] = "engagement"
    name_of_noun: ClassVar[str] = _("Engagement")
    names_of_noun: ClassVar[str] = _("Engagements")
    asks: ClassVar[tuple[str, ...]] = ("locations", "data_categories", "subject_categories")

    vendor: Annotated[
        Ref | None, Says(_("Vendor"), "GDPR Art. 28", to="vendor", help=_("Who does it."))
    ] = None
    entity: Annotated[
        Ref | None,
        Says(_("For our company"), to="legal_entity", help=_("Which of ours has the contract.")),
    ] = None
    role: Annotated[
        EngagementRole | None,
        Says(
            _("Role"),
            "GDPR Art. 28(2), 28(4)",
            help=_("Sub-processor if it handles what customers entrusted to us."),
        ),
    ] = None
    purpose: Annotated[
        LocalisedText,
        Says(
            _("What for"),
            "SCC 2021/914 Annex III",
            _("One sentence an outsider understands, for example “Delivery of e-mail”."),
            long=True,
        ),
    ] = LocalisedText()
    authorisation: Annotated[
        Authorisation | None,
        Says(
            _("Authorised by the controllers"),
            "GDPR Art. 28(2)",
            help=_("General: customers are told and may object. Specific: each agrees."),
        ),
    ] = None
    flow_down: Annotated[
        bool | None,
        Says(
            _("Bound by the same obligations"),
            "GDPR Art. 28(4)",
            help=_("Yes if its contract says what ours says to customers."),
        ),
    ] = None
    delimitation: Annotated[
        LocalisedText,
        Says(
            _("Who answers for what"),
            "SCC 2021/914 Annex III",
            long=True,
            help=_("Where its work ends and that of others begins."),
        ),
    ] = LocalisedText()
    own_purposes: Annotated[
        bool | None,
        Says(
            _("Uses the data for its own purposes"),
            "GDPR Art. 28(10)",
            help=_("Yes makes it a controller for that part."),
        ),
    ] = None
    chosen_by_customer: Annotated[
        bool | None,
        Says(
            _("Chosen and connected by the customer"),
            "GDPR Art. 28(2)",
            help=_("Yes if the customer has its own contract with the vendor."),
        ),
    ] = None
    group: Annotated[
        EngagementGroup | None,
        Says(_("Part of the public list"), help=_("Under which heading outsiders find it.")),
    ] = None
    services: Annotated[
        tuple[Ref, ...],
        Says(_("Services"), help=_("None chosen means all services."), to="service"),
    ] = ()
    applies_when: Annotated[
        LocalisedText,
        Says(_("Applies only if"), help=_("For example “only if the assistant is on”."), long=True),
    ] = LocalisedText()
    customer_can_disable: Annotated[
        bool | None,
        Says(_("A customer can switch it off"), help=_("Yes if the service works without it.")),
    ] = None
    data_categories: Annotated[
        tuple[Ref, ...],
        Says(
            _("Data categories"),
            "GDPR Art. 30(1)(c)",
            to="data_category",
            help=_("What it can get to see, not what it should look at."),
        ),
    ] = ()
    subject_categories: Annotated[
        tuple[Ref, ...],
        Says(
            _("Data-subject categories"),
            "GDPR Art. 30(1)(c)",
            to="subject_category",
            help=_("Whose data these are, for example users of the service."),
        ),
    ] = ()
    special_data: Annotated[
        bool | None,
        Says(
            _("Special categories"),
            "GDPR Art. 9",
            help=_("Yes if health, beliefs, biometrics or the like may be among them."),
        ),
    ] = None
    locations: Annotated[
        tuple[Location, ...],
        Says(
            _("Where"),
            "GDPR Art. 30(1)(e), 30(2)(c)",
            help=_("One row for each country, and for each thing done there."),
        ),
    ] = ()
    supplementary_measures: Annotated[
        LocalisedText,
        Says(
            _("Supplementary measures"),
            "EDPB Recommendations 01/2020",
            long=True,
            help=_("What protects data beyond the contract, for example our own keys."),
        ),
    ] = LocalisedText()
    retention: Annotated[
        LocalisedText,
        Says(
            _("Kept by the vendor for"),
            "SCC 2021/914 Annex I.B",
            long=True,
            help=_("For example “30 days after the account is closed”."),
        ),
    ] = LocalisedText()
    kept_after_months: Annotated[
        int | None,
        Says(
            _("Kept after the service ends, in months"),
            "Ley 25.326 art. 25",
            help=_("In Argentina at most two years, and only if authorised."),
        ),
    ] = None
    keeping_authorised: Annotated[
        bool | None,
        Says(
            _("Keeping them was authorised"),
            "Ley 25.326 art. 25",
            help=_("Yes if whoever entrusted the data agreed to it."),
        ),
    ] = None
    ai_model_provider: Annotated[
        bool | None,
        Says(
            _("Provides an AI model"),
            help=_("Yes if it runs a model that reads or writes text, images or speech."),
        ),
    ] = None
    ai_trains: Annotated[
        bool | None,
        Says(
            _("Trains models on customer data"),
            help=_("Yes if what customers put in may teach a model."),
        ),
    ] = None
    ai_retention: Annotated[
        str,
        Says(
            _("Model provider keeps prompts for"), help=_("For example “30 days” or “not at all”.")
        ),
    ] = ""
    public: Annotated[
        bool | None,
        Says(
            _("On the public list"),
            help=_("Yes once approved: outsiders then read its purpose and places."),
        ),
    ] = None
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
        """Return what it is for."""
        return self.purpose

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no vendor, no purpose, an end before the start."""
        if not self.vendor:
            yield Problem("vendor", _("Choose the vendor."))
        if not self.purpose:
            yield Problem("purpose", _("Say what the vendor does, in at least one language."))
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")
        yield from no_such_interval(self.review_months)
