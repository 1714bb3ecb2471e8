"""Where data live."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import LocalisedText, Problem, Record, Ref, Says


class System(Record, frozen=True, kw_only=True):
    """An application, a database, a filing cabinet."""

    noun: ClassVar[str] = "system"
    name_of_noun: ClassVar[str] = _("System")
    names_of_noun: ClassVar[str] = _("Systems")
    asks: ClassVar[tuple[str, ...]] = ("countries",)

    name: Annotated[str, Says(_("Name"))] = ""
    description: Annotated[LocalisedText, Says(_("Description"), long=True)] = LocalisedText()
    entity: Annotated[Ref | None, Says(_("Run by our company"), to="legal_entity")] = None
    hosted_by: Annotated[
        Ref | None, Says(_("Hosted by the engagement"), "GDPR Art. 28", to="engagement")
    ] = None
    countries: Annotated[
        tuple[str, ...],
        Says(_("Countries"), "GDPR Art. 30(1)(e)", _("Two letters each, one per line.")),
    ] = ()

    @property
    def title(self) -> str:
        """Return its name."""
        return self.name

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a missing name."""
        if not self.name:
            yield Problem("name", _("A name is needed."))
