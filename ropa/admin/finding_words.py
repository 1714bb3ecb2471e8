"""Findings as pages tell them: the sentence, the law and its text, where to go, what can be done.

Templates know this module as ``finding``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import current_app, url_for

from ropa.admin.context import language, may, working_register
from ropa.admin.judging import judgement
from ropa.extensions import permission_of
from ropa.i18n import _
from ropa.lint.rule import Finding
from ropa.lint.sifting import counts, is_at_least
from ropa.lint.sources import link_of
from ropa.records import Engagement, Part, Record, Transfer, Waiver
from ropa.records.fields import Kind, fields_of
from ropa.vocabulary import Severity

SHAPES = {Severity.ERROR: "bad", Severity.WARNING: "wait", Severity.INFO: "none"}
"""The shape that stands before the word of a severity."""

IN_SIGHT = frozenset({"CO-05", "CO-06"})
"""The rules about what a page shows at every field anyway: a gap, or a value nobody confirmed."""

NAMES = {
    Severity.ERROR: _("Errors"),
    Severity.WARNING: _("Warnings"),
    Severity.INFO: _("Notes"),
}
"""What findings of a severity are called when there are many."""


@dataclass(frozen=True)
class Told:
    """One finding in the language of the page, with the ways on from it."""

    rule: str
    record: Record
    severity: Severity
    shape: str
    sentence: str
    remedy: str
    law: str
    law_url: str
    where: str
    field_url: str
    waive_url: str
    waiver: Waiver | None


def tell(one: Finding) -> Told:
    """Return a finding as the page tells it, to whoever reads."""
    rule, record = one.rule, one.record
    return Told(
        rule=rule.id,
        record=record,
        severity=one.severity,
        shape=SHAPES[one.severity],
        sentence=one.sentence(language()),
        remedy=one.remedy(language()),
        law=rule.law,
        law_url=link_of(rule.law),
        where=where_of(record, one.path),
        field_url=_field_url(record, one.path),
        waive_url=_waive_url(one),
        waiver=one.waiver,
    )


def told_of(record: Record) -> list[Told]:
    """Return what the rules say of a record today, the gravest first, the waived ones last."""
    found = judgement(working_register()).by_record.get(record.id, ())
    return [tell(one) for one in sorted(found, key=lambda one: one.waiver is not None)]


def told_before_approval(record: Record) -> list[Told]:
    """Return the errors outsiders would meet if a public engagement were approved as it stands.

    Those of the engagement itself, of its vendor, and of the transfers that belong to it.
    """
    if not isinstance(record, Engagement) or not record.public:
        return []
    register = working_register()
    own = [record.id, record.vendor or ""]
    own += [one.id for one in register.current(Transfer) if one.engagement == record.id]
    by_record = judgement(register).by_record
    found = (one for ref in own for one in by_record.get(ref, ()))
    return [tell(one) for one in found if one.severity is Severity.ERROR]


def flags_of(record: Record) -> Mapping[str, Severity]:
    """Return the gravest open finding at each field of a record, by the name of the field."""
    found: dict[str, Severity] = {}
    for one in _beside_fields(record):
        name, severity = one.path.partition("/")[0], one.severity
        if is_at_least(severity, found.get(name, Severity.INFO)):
            found[name] = severity
    return found


def hints_of(record: Record) -> Iterator[tuple[str, str]]:
    """Yield where an open finding of a record is, and what it says, for the record's form."""
    for one in _beside_fields(record):
        words = f"{one.severity.label}: {one.sentence(language())}"
        yield one.path, f"{words} {one.remedy(language())} ({one.rule.law})"


def _beside_fields(record: Record) -> Iterator[Finding]:
    """Yield the open findings that are marked at a field of a record."""
    for one in judgement(working_register()).by_record.get(record.id, ()):
        if one.waiver is None and one.path and one.rule.id not in IN_SIGHT:
            yield one


def count_of(record: Record) -> str:
    """Return how many open findings a record has, in a sentence."""
    return counted(judgement(working_register()).by_record.get(record.id, ()))


def counted(findings: Iterable[Finding]) -> str:
    """Return how many of some findings are open, in a sentence."""
    found = counts(one for one in findings if one.waiver is None)
    if not any(found.values()):
        return str(_("The rules find nothing here."))
    return str(
        _(
            "The rules find here: errors %(errors)s, warnings %(warnings)s, notes %(notes)s.",
            errors=found[Severity.ERROR],
            warnings=found[Severity.WARNING],
            notes=found[Severity.INFO],
        )
    )


def where_of(record: Record, path: str) -> str:
    """Return the field a path leads to, in words: its label, within the label of its list."""
    labels = [label for label, _step in _walk(record, path)]
    return ": ".join(labels)


def anchor_of(record: Record, path: str) -> str:
    """Return the id a field has in the form of its record, or nothing when it has none."""
    return "-".join(step for _label, step in _walk(record, path))


def _walk(holder: Record | Part, path: str) -> Iterator[tuple[str, str]]:
    """Yield each field on the way, by label and by its name in the form, rows by their place."""
    name, _slash, rest = path.partition("/")
    spec = next((one for one in fields_of(type(holder)) if one.name == name), None)
    if spec is None:
        return
    if spec.kind is not Kind.PARTS or not rest:
        yield str(spec.label), name
        return
    ref, _slash, inner = rest.partition("/")
    rows = getattr(holder, name)
    place = next((number for number, row in enumerate(rows) if row.id == ref), None)
    if place is None:
        yield str(spec.label), name
        return
    yield f"{spec.label} {place + 1}", f"{name}-{place}"
    yield from _walk(rows[place], inner)


def _field_url(record: Record, path: str) -> str:
    endpoint = f"{record.noun}.edit_view"
    permission = permission_of(current_app, endpoint)
    if permission is None or not may(permission) or record.is_retired:
        return ""
    return url_for(endpoint, id=record.id, _anchor=anchor_of(record, path) or None)


def _waive_url(one: Finding) -> str:
    permission = permission_of(current_app, "waiver.create_view")
    if (
        not (one.rule.may_be_waived and one.may_be_waived)
        or one.waiver
        or permission is None
        or not may(permission)
    ):
        return ""
    return url_for(
        "waiver.create_view", rule=one.rule.id, target=one.record.id, path=one.path or None
    )
