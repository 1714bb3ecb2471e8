"""What a data protection officer asks of a list and no single column answers, noun by noun.

Every question is one condition on the rows of the noun (EXISTS, never a join: a join would show a
record twice), with choices that are bounded by the lists of the house or by what is recorded.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, select, type_coerce

from ropa.admin.context import today
from ropa.admin.listing import NOT_RECORDED, Chosen, Filter, Options
from ropa.admin.words import country, title_of
from ropa.i18n import _
from ropa.lint.safeguards import ASSESSED
from ropa.models import (
    ActivityData,
    Certification,
    CustomerAgreement,
    DataCategory,
    Engagement,
    Location,
    ProcessingActivity,
    Purpose,
    Root,
    Service,
    Transfer,
    TransferSafeguard,
)
from ropa.records import (
    Engagement as EngagementRecord,
    LegalEntity as LegalEntityRecord,
    Record,
    Service as ServiceRecord,
    Transfer as TransferRecord,
)
from ropa.register import Register
from ropa.vocabulary import (
    Authorisation,
    DataKind,
    EngagementRole,
    Instrument,
    Jurisdiction,
    LawfulBasis,
    Term,
)

Condition = ColumnElement[bool]

SOON = (30, 90, 365)
"""Within how many days something ends when it is asked for as ending soon."""

MISSING = "missing"
PRESENT = "recorded"


def _terms(terms: Iterable[Term]) -> Options:
    return [(one.value, str(one.label)) for one in terms]


def _not_recorded() -> tuple[str, str]:
    return NOT_RECORDED, str(_("not recorded"))


def _places(codes: Iterable[str]) -> Options:
    named = ((code, country(code)) for code in set(codes) if code)
    return sorted(named, key=lambda one: one[1])


def _titled(records: Iterable[Record]) -> Options:
    return [(one.id, str(title_of(one))) for one in records]


# -- activities ------------------------------------------------------------------------------


def _basis_is(_model: type[Root], chosen: Chosen, _register: Register) -> Condition:
    asked = chosen["basis"]
    if asked == NOT_RECORDED:
        return ~ProcessingActivity.purposes.any(Purpose.basis.is_not(None))
    return ProcessingActivity.purposes.any(Purpose.basis == LawfulBasis(asked))


def _special_is(_model: type[Root], chosen: Chosen, _register: Register) -> Condition:
    def holds(*kinds: DataKind) -> Condition:
        wanted = ActivityData.category.has(DataCategory.kind.in_(kinds))
        return ProcessingActivity.data.any(wanted)

    answers = {
        "yes": holds(DataKind.SPECIAL),
        "criminal": holds(DataKind.CRIMINAL),
        "no": ~holds(DataKind.SPECIAL, DataKind.CRIMINAL),
    }
    return answers[chosen["special"]]


def _law_is(_model: type[Root], chosen: Chosen, _register: Register) -> Condition:
    column: Any = ProcessingActivity.__table__.c.jurisdictions
    if chosen["law"] == NOT_RECORDED:
        found: Condition = column == ()
        return found
    quoted = f'"{Jurisdiction(chosen["law"]).value}"'
    within: Condition = type_coerce(column, Text).contains(quoted, autoescape=True)
    return within


_ABOUT_TRANSFERS = ("place", "safeguard", "tia")


def _transfer_is(_model: type[Root], chosen: Chosen, _register: Register) -> Condition | None:
    """Ask for one transfer that is all of what is asked of transfers, not for one of each."""
    asked = [one for one in _ABOUT_TRANSFERS if one in chosen]
    parts = [Transfer.retired_at.is_(None), *(_OF_TRANSFER[one](chosen[one]) for one in asked)]
    return ProcessingActivity.transfers.any(and_(*parts))


def _once(name: str) -> Callable[[type[Root], Chosen, Register], Condition | None]:
    """Return the condition on transfers for the first of the filters that ask for it."""

    def where(model: type[Root], chosen: Chosen, register: Register) -> Condition | None:
        first = next(one for one in _ABOUT_TRANSFERS if one in chosen)
        return _transfer_is(model, chosen, register) if first == name else None

    return where


def _goes_to(code: str) -> Condition:
    return Transfer.country == ("" if code == NOT_RECORDED else code)


def _leans_on(code: str) -> Condition:
    if code == NOT_RECORDED:
        return ~Transfer.safeguards.any()
    return Transfer.safeguards.any(TransferSafeguard.instrument == Instrument(code))


def _is_assessed(answer: str) -> Condition:
    """Say whether every safeguard that needs an assessment of the destination has one."""
    needs = TransferSafeguard.instrument.in_(sorted(ASSESSED))
    lacks = Transfer.safeguards.any(and_(needs, TransferSafeguard.tia_id.is_(None)))
    return lacks if answer == MISSING else and_(Transfer.safeguards.any(needs), ~lacks)


_OF_TRANSFER: dict[str, Callable[[str], Condition]] = {
    "place": _goes_to,
    "safeguard": _leans_on,
    "tia": _is_assessed,
}


def _destinations(register: Register) -> Options:
    return [*_places(one.country for one in register.current(TransferRecord)), _not_recorded()]


def _instruments(_register: Register) -> Options:
    return [(NOT_RECORDED, str(_("none"))), *_terms(Instrument)]


def _assessed(_register: Register) -> Options:
    return [(MISSING, str(_("needed and missing"))), (PRESENT, str(_("recorded")))]


# -- transfers, vendors, engagements, customers, documents -----------------------------------


def _of_a_transfer(name: str) -> Callable[[type[Root], Chosen, Register], Condition]:
    return lambda _model, chosen, _register: _OF_TRANSFER[name](chosen[name])


def _vendor_acts_as(model: type[Root], chosen: Chosen, _register: Register) -> Condition:
    wanted = select(Engagement.vendor_id).where(
        Engagement.role == EngagementRole(chosen["acts_as"]),
        Engagement.retired_at.is_(None),
        Engagement.vendor_id.is_not(None),
    )
    return model.id.in_(wanted)


def _located_in(_model: type[Root], chosen: Chosen, _register: Register) -> Condition:
    if chosen["place"] == NOT_RECORDED:
        return ~Engagement.locations.any()
    return Engagement.locations.any(Location.country == chosen["place"])


def _locations(register: Register) -> Options:
    engagements = register.current(EngagementRecord)
    codes = (place.country for one in engagements for place in one.locations)
    return [*_places(codes), _not_recorded()]


def _agreed(name: str, part: Callable[[str], Condition]) -> Any:
    """Return the condition that a customer has an agreement of some kind, or has none."""

    def where(model: Any, chosen: Chosen, _register: Register) -> Condition:
        if chosen[name] == NOT_RECORDED:
            none: Condition = ~model.agreements.any()
            return none
        found: Condition = model.agreements.any(part(chosen[name]))
        return found

    return where


def _standing(answer: str) -> Condition:
    """Return whether an agreement is in force on this day, or over."""
    over = CustomerAgreement.ends_on < today()
    if answer == "ended":
        return over
    return CustomerAgreement.ends_on.is_(None) | ~over


# -- what ends ---------------------------------------------------------------------------------


def _ends(name: str, label: str, at: Callable[[Any], Any], of: Callable[..., Any] | None) -> Filter:
    """Return the filter by a day on which something ends; ``of`` leads to rows that have one."""

    def options(_register: Register) -> Options:
        soon = [(str(one), str(_("within %(days)s days", days=one))) for one in SOON]
        return [("past", str(_("has ended"))), *soon, (NOT_RECORDED, str(_("no date recorded")))]

    def where(model: type[Root], chosen: Chosen, _register: Register) -> Condition:
        if of is None:
            return _when(at(model), chosen[name], today())
        if chosen[name] == NOT_RECORDED:
            none: Condition = ~of(model).any(at(model).is_not(None))
            return none
        found: Condition = of(model).any(_when(at(model), chosen[name], today()))
        return found

    return Filter(name, label, options, where)


def _when(column: Any, answer: str, day: date) -> Condition:
    conditions: dict[str, Condition] = {
        NOT_RECORDED: column.is_(None),
        "past": column < day,
        **{str(one): column.between(day, day + timedelta(days=one)) for one in SOON},
    }
    return conditions[answer]


def _by_name(*filters: Filter) -> dict[str, Filter]:
    return {one.name: one for one in filters}


QUESTIONS: dict[str, dict[str, Filter]] = {
    "activity": _by_name(
        Filter(
            "basis",
            _("Legal basis"),
            lambda _register: [*_terms(LawfulBasis), _not_recorded()],
            _basis_is,
        ),
        Filter(
            "special",
            _("Special data"),
            lambda _register: [
                ("yes", str(_("Yes"))),
                ("criminal", str(_("criminal convictions"))),
                ("no", str(_("No"))),
            ],
            _special_is,
        ),
        Filter(
            "law",
            _("Law that applies"),
            lambda _register: [*_terms(Jurisdiction), _not_recorded()],
            _law_is,
        ),
        Filter("place", _("Transferred to"), _destinations, _once("place")),
        Filter("safeguard", _("Safeguard"), _instruments, _once("safeguard")),
        Filter("tia", _("Transfer impact assessment"), _assessed, _once("tia")),
    ),
    "transfer": _by_name(
        Filter("safeguard", _("Safeguard"), _instruments, _of_a_transfer("safeguard")),
        Filter("tia", _("Transfer impact assessment"), _assessed, _of_a_transfer("tia")),
        _ends(
            "expiry",
            _("Safeguard expires"),
            lambda _model: TransferSafeguard.expires_on,
            lambda _model: Transfer.safeguards,
        ),
    ),
    "vendor": _by_name(
        Filter("acts_as", _("Role"), lambda _register: _terms(EngagementRole), _vendor_acts_as),
        _ends("ends", _("Agreement ends"), lambda model: model.dpa_expires_on, None),
        _ends(
            "certificate",
            _("Certificate expires"),
            lambda _model: Certification.expires_on,
            lambda model: model.certifications,
        ),
    ),
    "engagement": _by_name(
        Filter("place", _("Data are in"), _locations, _located_in),
        _ends("ends", _("Ends"), lambda model: model.ends_on, None),
    ),
    "customer": _by_name(
        Filter(
            "agreement",
            _("Agreement"),
            lambda _register: [
                ("in_force", str(_("in force"))),
                ("ended", str(_("has ended"))),
                (NOT_RECORDED, str(_("none"))),
            ],
            _agreed("agreement", _standing),
        ),
        Filter(
            "with",
            _("Our company"),
            lambda register: _titled(register.current(LegalEntityRecord)),
            _agreed("with", lambda one: CustomerAgreement.entity_id == one),
        ),
        Filter(
            "service",
            _("Service"),
            lambda register: _titled(register.current(ServiceRecord)),
            _agreed("service", lambda one: CustomerAgreement.services.any(Service.id == one)),
        ),
        Filter(
            "authorised",
            _("Authorisation of sub-processors"),
            lambda _register: _terms(Authorisation),
            _agreed("authorised", lambda one: CustomerAgreement.authorisation == one),
        ),
        _ends(
            "ends",
            _("Agreement ends"),
            lambda _model: CustomerAgreement.ends_on,
            lambda model: model.agreements,
        ),
    ),
    "document": _by_name(
        _ends("expiry", _("Expires"), lambda model: model.expires_on, None),
    ),
}
"""The questions of each noun, by the name they have in the address."""
