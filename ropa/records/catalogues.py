"""Catalogues: the categories and measures that activities and engagements name."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import LocalisedText, Problem, Record, Says
from ropa.vocabulary import CcpaCategory, DataKind, MeasureKind, SecurityAim


class _CatalogueEntry(Record, frozen=True, kw_only=True):
    code: Annotated[str, Says(_("Code"), help=_("Short and stable, for example “email”."))] = ""
    name: Annotated[LocalisedText, Says(_("Name"))] = LocalisedText()
    description: Annotated[LocalisedText, Says(_("Description"), long=True)] = LocalisedText()

    @property
    def title(self) -> LocalisedText:
        """Return its name."""
        return self.name or LocalisedText(en=self.code)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a missing code or name."""
        if not self.code:
            yield Problem("code", _("A code is needed."))
        if not self.name:
            yield Problem("name", _("A name is needed, in at least one language."))


class DataCategory(_CatalogueEntry, frozen=True, kw_only=True):
    """A category of personal data (GDPR Art. 30(1)(c))."""

    noun: ClassVar[str] = "data_category"
    name_of_noun: ClassVar[str] = _("Data category")
    names_of_noun: ClassVar[str] = _("Data categories")

    kind: Annotated[DataKind, Says(_("Protection"), "GDPR Art. 9, 10")] = DataKind.ORDINARY
    dpv_iri: Annotated[
        str, Says(_("DPV term"), help=_("The IRI of the W3C Data Privacy Vocabulary."))
    ] = ""
    ccpa_categories: Annotated[
        tuple[CcpaCategory, ...],
        Says(_("Californian categories"), "Cal. Civ. Code 1798.140(v)"),
    ] = ()


class SubjectCategory(_CatalogueEntry, frozen=True, kw_only=True):
    """A category of data subjects (GDPR Art. 30(1)(c))."""

    noun: ClassVar[str] = "subject_category"
    name_of_noun: ClassVar[str] = _("Data-subject category")
    names_of_noun: ClassVar[str] = _("Data-subject categories")

    vulnerable: Annotated[bool | None, Says(_("Vulnerable people"), "GDPR recital 75")] = None
    children: Annotated[bool | None, Says(_("Children"), "GDPR Art. 8")] = None
    dpv_iri: Annotated[
        str, Says(_("DPV term"), help=_("The IRI of the W3C Data Privacy Vocabulary."))
    ] = ""


class Measure(_CatalogueEntry, frozen=True, kw_only=True):
    """A technical or organisational security measure (GDPR Art. 30(1)(g), 32(1))."""

    noun: ClassVar[str] = "measure"
    name_of_noun: ClassVar[str] = _("Security measure")
    names_of_noun: ClassVar[str] = _("Security measures")

    kind: Annotated[MeasureKind | None, Says(_("Kind"), "GDPR Art. 32(1)")] = None
    aims: Annotated[tuple[SecurityAim, ...], Says(_("Serves"), "GDPR Art. 32(1)")] = ()
    dpv_iri: Annotated[
        str, Says(_("DPV term"), help=_("The IRI of the W3C Data Privacy Vocabulary."))
    ] = ""


class Service(_CatalogueEntry, frozen=True, kw_only=True):
    """A service we offer to customers; processor activities and engagements name it."""

    noun: ClassVar[str] = "service"
    name_of_noun: ClassVar[str] = _("Service")
    names_of_noun: ClassVar[str] = _("Services")
