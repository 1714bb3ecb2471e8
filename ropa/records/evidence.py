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
    no_such_interval,
)
from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    CcpaCategory,
    DocumentKind,
    HouseRuleCode,
    ResidualRisk,
    ScreeningCriterion,
    ThresholdCode,
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
    consulted_on: Annotated[date | None, Says(_("Authority consulted on"), "GDPR Art. 36(1)")] = (
        None
    )
    consultation: Annotated[str, Says(_("Reference of the consultation"), "GDPR Art. 36(1)")] = ""
    document: Annotated[Ref | None, Says(_("Document"), to="document")] = None
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
    def title(self) -> str:
        """Return its name."""
        return self.name or self.ref

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no reference, no kind."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example DPIA-01."))
        if self.kind is None:
            yield Problem("kind", _("Say which kind of assessment this is."))
        yield from no_such_interval(self.review_months)


class Document(Record, frozen=True, kw_only=True):
    """A file kept as evidence; its bytes are stored apart and served as a download only.

    ``about`` is plain text and not a link of the register: evidence may outlive its record.
    """

    noun: ClassVar[str] = "document"
    name_of_noun: ClassVar[str] = _("Document")
    names_of_noun: ClassVar[str] = _("Documents")

    name: Annotated[str, Says(_("Name"))] = ""
    kind: Annotated[DocumentKind | None, Says(_("Kind"))] = None
    about: Annotated[str, Says(_("About"), help=_("The record it was attached to, by its id."))] = (
        ""
    )
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
    updated_on: Annotated[
        date | None, Says(_("Notice last updated on"), "Cal. Civ. Code 1798.130(a)(5)")
    ] = None
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


class Breach(Record, frozen=True, kw_only=True):
    """A personal data breach, documented whatever its size (GDPR Art. 33(5))."""

    noun: ClassVar[str] = "breach"
    name_of_noun: ClassVar[str] = _("Personal data breach")
    names_of_noun: ClassVar[str] = _("Personal data breaches")

    ref: Annotated[str, Says(_("Reference"), help=_("Short and never used twice: B-2026-01."))] = ""
    name: Annotated[str, Says(_("Name"))] = ""
    entity: Annotated[Ref | None, Says(_("Company"), to="legal_entity")] = None
    activities: Annotated[tuple[Ref, ...], Says(_("Activities"), to="activity")] = ()
    engagements: Annotated[
        tuple[Ref, ...], Says(_("Happened at the engagement"), "GDPR Art. 33(2)", to="engagement")
    ] = ()
    discovered_on: Annotated[date | None, Says(_("Discovered on"), "GDPR Art. 33(1)")] = None
    facts: Annotated[str, Says(_("Facts"), "GDPR Art. 33(5)", long=True)] = ""
    effects: Annotated[str, Says(_("Effects"), "GDPR Art. 33(5)", long=True)] = ""
    remedial_action: Annotated[str, Says(_("What was done"), "GDPR Art. 33(5)", long=True)] = ""
    authority_notified_on: Annotated[
        date | None, Says(_("Authority notified on"), "GDPR Art. 33(1)")
    ] = None
    people_notified_on: Annotated[date | None, Says(_("People told on"), "GDPR Art. 34")] = None
    not_notified_because: Annotated[
        str, Says(_("Not notified because"), "GDPR Art. 33(1)", long=True)
    ] = ""

    @property
    def title(self) -> str:
        """Return its name."""
        return self.name or self.ref

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no reference, a notification before the discovery."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example B-2026-01."))
        for name in ("authority_notified_on", "people_notified_on"):
            yield from ends_before_it_starts(self.discovered_on, getattr(self, name), name)


class Waiver(Record, frozen=True, kw_only=True):
    """A finding somebody has decided to live with until a day, and why.

    ``target`` is plain text and not a link of the register: a waiver may outlive its record.
    """

    noun: ClassVar[str] = "waiver"
    name_of_noun: ClassVar[str] = _("Waiver")
    names_of_noun: ClassVar[str] = _("Waivers")

    rule: Annotated[str, Says(_("Rule"), help=_("For example RT-04."))] = ""
    target: Annotated[str, Says(_("Record"), help=_("Its id; empty means every record."))] = ""
    path: Annotated[str, Says(_("Field"), help=_("Empty means the whole record."))] = ""
    reason: Annotated[str, Says(_("Reason"), "GDPR Art. 5(2)", long=True)] = ""
    decided_by: Annotated[str, Says(_("Decided by"))] = ""
    decided_on: Annotated[date | None, Says(_("Decided on"))] = None
    ends_on: Annotated[date | None, Says(_("Holds until"))] = None

    @property
    def title(self) -> str:
        """Return the rule it is about."""
        return self.rule

    def holds_on(self, day: date) -> bool:
        """Say whether the waiver is in force on a day."""
        begun = self.decided_on is None or self.decided_on <= day
        return begun and self.ends_on is not None and day <= self.ends_on and not self.is_retired

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no rule, no reason, no author, no end, an end before the start."""
        if not self.rule:
            yield Problem("rule", _("Name the rule, for example RT-04."))
        if not self.reason:
            yield Problem("reason", _("Say why this finding can stand."))
        if not self.decided_by:
            yield Problem("decided_by", _("Say who decided it."))
        if self.ends_on is None:
            yield Problem("ends_on", _("Give the day on which this is looked at again."))
        yield from ends_before_it_starts(self.decided_on, self.ends_on, "ends_on")


class Threshold(Record, frozen=True, kw_only=True):
    """A number rules count with, from when until when it holds, and who says so."""

    noun: ClassVar[str] = "threshold"
    name_of_noun: ClassVar[str] = _("Threshold")
    names_of_noun: ClassVar[str] = _("Thresholds")

    code: Annotated[ThresholdCode | None, Says(_("Threshold"))] = None
    value: Annotated[int | None, Says(_("Number"))] = None
    country: Annotated[
        str, Says(_("Country"), help=_("Two letters; empty where it holds everywhere."))
    ] = ""
    valid_from: Annotated[date | None, Says(_("Valid from"))] = None
    valid_to: Annotated[date | None, Says(_("Valid until"))] = None
    verified_on: Annotated[date | None, Says(_("Verified on"))] = None
    source: Annotated[str, Says(_("Source"), long=True)] = ""

    @property
    def title(self) -> str:
        """Return what it counts."""
        return self.code.label if self.code else ""

    def holds_on(self, day: date) -> bool:
        """Say whether the number counts on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to) and not self.is_retired

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no code, no number, an end before the start."""
        if self.code is None:
            yield Problem("code", _("Choose what the number counts."))
        if self.value is None or self.value < 0:
            yield Problem("value", _("Give a number that is not negative."))
        yield from ends_before_it_starts(self.valid_from, self.valid_to, "valid_to")
