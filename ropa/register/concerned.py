"""Which customers a change of the list concerns, and which dates are theirs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ropa.records import Change, Customer, CustomerAgreement, Engagement, LegalEntity, LocalisedText
from ropa.records.text import fold
from ropa.register.changes import affected, engagements_touched, in_force, last_day, longest
from ropa.register.register import Register
from ropa.vocabulary import Authorisation


@dataclass(frozen=True)
class Dates:
    """What one customer is told of one change; None: it has not been told, or nobody recorded it.

    ``needs_approval``: its agreement asks for its authorisation of each (GDPR Art. 28(2)).
    """

    change: Change
    told_on: date | None
    until: date | None
    effective_on: date | None
    needs_approval: bool = False

    @property
    def are_its_own(self) -> bool:
        """Say whether they differ from those the list shows to everybody."""
        return (self.until, self.effective_on) != (
            self.change.objection_until,
            self.change.effective_on,
        )


def concerned(
    register: Register, change: Change, day: date
) -> Iterator[tuple[Customer, CustomerAgreement]]:
    """Yield the customers a change concerns, each with the agreement by which it does.

    When in doubt, a customer is told. It is left out only if its agreement is not in force with
    the company; or names services and none of them is touched; or names regions, in words with
    which the register names places, and every place the change touches is named and is another;
    or names features, and the change is only for one that some customer has and this one has not.
    """
    places, features = _places(register, change), _feature(register, change)
    named = _words_for_places(register)
    for customer, agreement in affected(register, change, day):
        if not _elsewhere(agreement, places, named) and not _without(agreement, features):
            yield customer, agreement


def customers_of(
    register: Register, changes: Iterable[Change], day: date
) -> dict[str, tuple[CustomerAgreement, ...]]:
    """Return the agreements by which any of these changes concerns a customer, by its id."""
    found: dict[str, dict[str, CustomerAgreement]] = {}
    for change in changes:
        for customer, agreement in concerned(register, change, day):
            found.setdefault(customer.id, {})[agreement.id] = agreement
    return {key: tuple(some.values()) for key, some in found.items()}


def not_concerned(
    register: Register, entity: str | None, among: Iterable[str], day: date
) -> tuple[Customer, ...]:
    """Return the customers with an agreement in force with a company who are not ``among`` them."""
    told = set(among)
    return tuple(
        one
        for one in register.current(Customer)
        if one.id not in told
        and any(each.entity == entity and in_force(each, day) for each in one.agreements)
    )


def dates_of(
    register: Register, change: Change, customer: Customer | None, told_on: date | None
) -> Dates:
    """Return the dates of a change for a customer told on a day; None: its time has not begun.

    They are the change's own, or later: its agreement may give more days, and whoever is told
    later has as many days from then on.
    """
    agreements = _by_which(change, customer, told_on)
    strict = any(one.authorisation is Authorisation.SPECIFIC for one in agreements)
    if told_on is None or change.objection_until is None:
        until = None if told_on is None else change.objection_until
        effective = None if told_on is None else change.effective_on
        return Dates(change, told_on, until, effective, strict)
    days = _days(register, change, agreements)
    company = register.find(LegalEntity, change.entity)
    own = last_day(told_on, days, rolls=bool(company and company.rolls_weekends))
    until = max(change.objection_until, own)
    return Dates(change, told_on, until, _begins(change, until), strict)


def _by_which(
    change: Change, customer: Customer | None, day: date | None
) -> list[CustomerAgreement]:
    """Return the agreements of a customer that are with the company of the change."""
    if customer is None:
        return []
    on = day or change.announced_on or date.max
    return [one for one in customer.agreements if one.entity == change.entity and in_force(one, on)]


def _days(register: Register, change: Change, agreements: Iterable[CustomerAgreement]) -> int:
    """Return the days a customer has: as agreed, as the company gives, or as everybody was given.

    The last is what there is when nobody recorded a number.
    """
    company = register.find(LegalEntity, change.entity)
    given = [longest(one) for one in agreements]
    agreed = [
        days for days in (*given, company.notice_days if company else None) if days is not None
    ]
    if agreed:
        return max(agreed)
    if change.objection_until and change.announced_on:
        return (change.objection_until - change.announced_on).days
    return 0


def _begins(change: Change, until: date) -> date | None:
    """Return when it begins for a customer: not before its time to object is over."""
    if change.effective_on is None or change.emergency or not change.is_material:
        return change.effective_on
    return max(change.effective_on, until + timedelta(days=1))


def _places(register: Register, change: Change) -> list[frozenset[str]]:
    """Return the words for each place a change touches, before and after."""
    return [
        frozenset(fold(word) for word in (place.country, place.region) if word)
        for one in engagements_touched(register, change)
        for place in one.locations
    ]


def _words_for_places(register: Register) -> frozenset[str]:
    """Return every word with which an engagement of the register names a place."""
    return frozenset(
        fold(word)
        for one in register.current(Engagement)
        for place in one.locations
        for word in (place.country, place.region)
        if word
    )


def _elsewhere(
    agreement: CustomerAgreement, places: list[frozenset[str]], named: frozenset[str]
) -> bool:
    theirs = {fold(one) for one in agreement.regions if one}
    certain = bool(theirs) and bool(places) and all(places) and theirs <= named
    return certain and not any(theirs & words for words in places)


def _feature(register: Register, change: Change) -> frozenset[str]:
    """Return the features, told apart in agreements, for which alone a change is; none: for all.

    The condition must be the feature's name and nothing else: of "not if …" one cannot be sure.
    """
    rows = list(engagements_touched(register, change))
    known = {
        fold(word)
        for customer in register.current(Customer)
        for one in customer.agreements
        for word in one.features
    }
    names = [_said(one.applies_when) & known for one in rows]
    return frozenset().union(*names) if names and all(names) else frozenset()


def _said(condition: LocalisedText) -> set[str]:
    return {fold(said) for said in (condition.en, condition.es, condition.pt) if said}


def _without(agreement: CustomerAgreement, features: frozenset[str]) -> bool:
    theirs = {fold(one) for one in agreement.features if one}
    return bool(theirs) and bool(features) and not theirs & features
