"""Whether a country lies in the EEA, is adequate under the GDPR, or is neither, on a day."""

from dataclasses import dataclass
from datetime import date

from ropa.i18n import _
from ropa.publishing.choosing import may_be_shown
from ropa.records import AdequacyDecision, Country
from ropa.register import Register
from ropa.vocabulary import Regime, Term


class Region(Term):
    """Where a country stands under Chapter V of the GDPR."""

    EEA = "eea", _("European Economic Area"), "GDPR Art. 44"
    ADEQUATE = "adequate", _("adequate, in whole or in part"), "GDPR Art. 45"
    OTHER = "other", _("elsewhere")


@dataclass(frozen=True)
class Regions:
    """The countries of the first two regions; every other country is elsewhere."""

    eea: frozenset[str] = frozenset()
    adequate: frozenset[str] = frozenset()

    def of(self, country: str) -> Region:
        """Return where a country stands."""
        if country in self.eea:
            return Region.EEA
        return Region.ADEQUATE if country in self.adequate else Region.OTHER


NO_REGIONS = Regions()
"""For a list that was sealed: which countries were what then is not in it."""


def regions_of(register: Register, day: date) -> Regions:
    """Return the regions as the register has them on a day: members, and decisions in force."""
    members = {one.code for one in register.current(Country) if one.eea_member}
    places = (register.find(Country, one.place) for one in _decisions(register, day))
    return Regions(frozenset(members), frozenset(one.code for one in places if one))


def _decisions(register: Register, day: date) -> list[AdequacyDecision]:
    return [
        one
        for one in register.current(AdequacyDecision)
        if one.regime is Regime.EU and may_be_shown(one) and one.holds_on(day)
    ]
