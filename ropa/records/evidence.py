"""Assessments, documents, Californian disclosures, and the rules of the house."""

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
)
from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    CcpaCategory,
    DocumentKind,
    HouseRuleCode,
    ResidualRisk,
    ScreeningCriterion,
)


class ScreeningAnswer(Part, frozen=True, kw_only=True):
    """One criterion, answered with a reason (WP248 rev.01)."""

    criterion: Annotated[ScreeningCriterion | None, Says(_("Criterion"), "WP248 rev.01")] = None
    met: Annotated[bool | None, Says(_("Met"))] = None
    reason: Annotated[str, Says(_("Reason"), long=True)] = ""


class Assessment(Record, frozen=True, kw_only=True):
    """A DPIA, a balancing of interests or a transfer impact assessment."""

    noun: ClassVar[str] = "assessment"
    name_of_noun: ClassVar[str] = _("Assessment")
    names_of_noun: ClassVar[str] = _("Assessments")

    ref: Annotated[str, Says(_("Reference"), help=_("Short and never used twice: DPIA-01."))] = ""
    kind: Annotated[AssessmentKind | None, Says(_("Kind"), "GDPR Art. 35, 6(1)(f)")] = None
    name: Annotated[str, Says(_("Name"))] = ""
    activities: Annotated[tuple[Ref, ...], Says(_("Activities"), to="activity")] = ()
    screening: Annotated[
        tuple[ScreeningAnswer, ...], Says(_("Screening"), "GDPR Art. 35(3); WP248 rev.01")
    ] = ()
    result: Annotated[AssessmentResult | None, Says(_("Result"))] = None
    residual_risk: Annotated[ResidualRisk | None, Says(_("Remaining risk"), "GDPR Art. 36")] = None
    summary: Annotated[str, Says(_("Summary"), long=True)] = ""
    decided_by: Annotated[str, Says(_("Decided by"))] = ""
    decided_on: Annotated[date | None, Says(_("Decided on"))] = None
    document: Annotated[Ref | None, Says(_("Document"), to="document")] = None

    @property
    def title(self) -> str:
        """Return its name."""
        return self.name or self.ref

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no reference, no kind."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example DPIA-01."))
        if self.kind is None:
            yield Problem("kind", _("Say which kind of assessment this is."))


class Document(Record, frozen=True, kw_only=True):
    """A file kept as evidence; its bytes are stored apart and served as a download only."""

    noun: ClassVar[str] = "document"
    name_of_noun: ClassVar[str] = _("Document")
    names_of_noun: ClassVar[str] = _("Documents")

    name: Annotated[str, Says(_("Name"))] = ""
    kind: Annotated[DocumentKind | None, Says(_("Kind"))] = None
    effective_on: Annotated[date | None, Says(_("In force since"))] = None
    expires_on: Annotated[date | None, Says(_("Expires on"))] = None
    language: Annotated[str, Says(_("Language"), help=_("en, es or pt."))] = ""
    supersedes: Annotated[Ref | None, Says(_("Replaces"), to="document")] = None
    filename: Annotated[str, Says(_("File name"))] = ""
    media_type: Annotated[str, Says(_("File type"))] = ""
    size: Annotated[int | None, Says(_("Size, in bytes"))] = None
    sha256: Annotated[str, Says(_("SHA-256"))] = ""

    @property
    def title(self) -> str:
        """Return its name."""
        return self.name

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no name, an expiry before the effect."""
        if not self.name:
            yield Problem("name", _("A name is needed."))
        if self.supersedes == self.id:
            yield Problem("supersedes", _("A document does not replace itself."))
        yield from ends_before_it_starts(self.effective_on, self.expires_on, "expires_on")


class CaliforniaDisclosure(Record, frozen=True, kw_only=True):
    """One statutory category in the Californian notice of a company (Cal. Civ. Code 1798.130)."""

    noun: ClassVar[str] = "california_disclosure"
    name_of_noun: ClassVar[str] = _("Californian disclosure")
    names_of_noun: ClassVar[str] = _("Californian disclosures")

    entity: Annotated[Ref | None, Says(_("Company"), to="legal_entity")] = None
    category: Annotated[
        CcpaCategory | None, Says(_("Category"), "Cal. Civ. Code 1798.140(v)(1)")
    ] = None
    label: Annotated[
        LocalisedText, Says(_("Name in the notice"), "Cal. Civ. Code 1798.130(a)(5)")
    ] = LocalisedText()
    collected: Annotated[bool | None, Says(_("Collected"), "Cal. Civ. Code 1798.130(a)(5)(B)")] = (
        None
    )
    disclosed: Annotated[
        bool | None,
        Says(_("Disclosed for a business purpose"), "Cal. Civ. Code 1798.130(a)(5)(C)"),
    ] = None
    sold: Annotated[bool | None, Says(_("Sold"), "Cal. Civ. Code 1798.130(a)(5)(C)")] = None
    shared: Annotated[bool | None, Says(_("Shared"), "Cal. Civ. Code 1798.130(a)(5)(C)")] = None
    sources: Annotated[LocalisedText, Says(_("Sources"), long=True)] = LocalisedText()
    purposes: Annotated[LocalisedText, Says(_("Purposes"), long=True)] = LocalisedText()
    recipients: Annotated[LocalisedText, Says(_("Third parties"), "11 CCR 7011(e)", long=True)] = (
        LocalisedText()
    )
    retention: Annotated[
        LocalisedText, Says(_("Kept for"), "Cal. Civ. Code 1798.100(a)(3)", long=True)
    ] = LocalisedText()
    starts_on: Annotated[date | None, Says(_("Period from"))] = None
    ends_on: Annotated[date | None, Says(_("Period until"))] = None

    @property
    def title(self) -> LocalisedText:
        """Return its name in the notice."""
        return self.label or LocalisedText(en=self.category or "")

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no company, no category, an end before the start."""
        if not self.entity:
            yield Problem("entity", _("Choose which of our companies gives the notice."))
        if self.category is None:
            yield Problem("category", _("Choose the statutory category."))
        yield from ends_before_it_starts(self.starts_on, self.ends_on, "ends_on")


class HouseRule(Record, frozen=True, kw_only=True):
    """A rule this house sets for itself, with the reason: a logged decision."""

    noun: ClassVar[str] = "house_rule"
    name_of_noun: ClassVar[str] = _("Rule of the house")
    names_of_noun: ClassVar[str] = _("Rules of the house")

    code: Annotated[HouseRuleCode | None, Says(_("Rule"))] = None
    on: Annotated[bool | None, Says(_("In force"))] = None
    reason: Annotated[str, Says(_("Reason"), long=True)] = ""

    @property
    def title(self) -> str:
        """Return what the rule says."""
        return self.code.label if self.code else ""

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a rule that is switched off without a reason."""
        if self.code is None:
            yield Problem("code", _("Choose the rule."))
        if self.on is False and not self.reason:
            yield Problem("reason", _("Say why the rule is switched off."))
