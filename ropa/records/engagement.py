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
    activity: Annotated[LocationActivity | None, Says(_("What happens there"))] = None

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

    vendor: Annotated[Ref | None, Says(_("Vendor"), "GDPR Art. 28", to="vendor")] = None
    entity: Annotated[Ref | None, Says(_("For our company"), to="legal_entity")] = None
    role: Annotated[EngagementRole | None, Says(_("Role"), "GDPR Art. 28(2), 28(4)")] = None
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
        Authorisation | None, Says(_("Authorised by the controllers"), "GDPR Art. 28(2)")
    ] = None
    flow_down: Annotated[
        bool | None, Says(_("Bound by the same obligations"), "GDPR Art. 28(4)")
    ] = None
    delimitation: Annotated[
        LocalisedText, Says(_("Who answers for what"), "SCC 2021/914 Annex III", long=True)
    ] = LocalisedText()
    own_purposes: Annotated[
        bool | None, Says(_("Uses the data for its own purposes"), "GDPR Art. 28(10)")
    ] = None
    chosen_by_customer: Annotated[
        bool | None, Says(_("Chosen and connected by the customer"), "GDPR Art. 28(2)")
    ] = None
    group: Annotated[EngagementGroup | None, Says(_("Part of the public list"))] = None
    services: Annotated[
        tuple[Ref, ...],
        Says(_("Services"), help=_("None chosen means all services."), to="service"),
    ] = ()
    applies_when: Annotated[
        LocalisedText,
        Says(_("Applies only if"), help=_("For example “only if the assistant is on”."), long=True),
    ] = LocalisedText()
    customer_can_disable: Annotated[bool | None, Says(_("A customer can switch it off"))] = None
    data_categories: Annotated[
        tuple[Ref, ...], Says(_("Data categories"), "GDPR Art. 30(1)(c)", to="data_category")
    ] = ()
    subject_categories: Annotated[
        tuple[Ref, ...],
        Says(_("Data-subject categories"), "GDPR Art. 30(1)(c)", to="subject_category"),
    ] = ()
    special_data: Annotated[bool | None, Says(_("Special categories"), "GDPR Art. 9")] = None
    locations: Annotated[
        tuple[Location, ...], Says(_("Where"), "GDPR Art. 30(1)(e), 30(2)(c)")
    ] = ()
    supplementary_measures: Annotated[
        LocalisedText, Says(_("Supplementary measures"), "EDPB Recommendations 01/2020", long=True)
    ] = LocalisedText()
    retention: Annotated[
        LocalisedText, Says(_("Kept by the vendor for"), "SCC 2021/914 Annex I.B", long=True)
    ] = LocalisedText()
    kept_after_months: Annotated[
        int | None, Says(_("Kept after the service ends, in months"), "Ley 25.326 art. 25")
    ] = None
    keeping_authorised: Annotated[
        bool | None, Says(_("Keeping them was authorised"), "Ley 25.326 art. 25")
    ] = None
    ai_model_provider: Annotated[bool | None, Says(_("Provides an AI model"))] = None
    ai_trains: Annotated[bool | None, Says(_("Trains models on customer data"))] = None
    ai_retention: Annotated[str, Says(_("Model provider keeps prompts for"))] = ""
    public: Annotated[bool | None, Says(_("On the public list"))] = None
    starts_on: Annotated[date | None, Says(_("Since"))] = None
    ends_on: Annotated[date | None, Says(_("Until"))] = None
    review_months: Annotated[int | None, Says(_("Review every, in months"))] = None
    last_reviewed_on: Annotated[date | None, Says(_("Last reviewed on"))] = None

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
