"""Where each value of a seed file comes from: the policy's section, a source, or our own choice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from ropa.i18n import _
from ropa.operations.seeding.problem import SeedError
from ropa.records import Provenance
from ropa.vocabulary import Origin

_SECTION = re.compile(r"^(Pre|I|II|III)\.(\d+(?:\.\d+)*)$")

OURS = frozenset({"ref", "slug", "code"})
"""Fields that name a record inside the register; nobody else states them."""

_GIVEN = Provenance(origin=Origin.PRESET, source="Given by the register")


@dataclass(frozen=True)
class Cited:
    """The provenance of one record's or row's values: in general, and field by field."""

    general: Provenance | None = None
    single: Mapping[str, Provenance] = field(default_factory=dict)

    def of(self, name: str) -> Provenance | None:
        """Return where the value of a field comes from, or None when nobody said."""
        if name not in self.single and name in OURS and self._is_policy:
            return _GIVEN
        return self.single.get(name, self.general)

    @property
    def _is_policy(self) -> bool:
        return self.general is not None and self.general.origin is Origin.POLICY

    @classmethod
    def from_policy(cls, given: Mapping[str, Any], inherited: Self | None, where: str) -> Self:
        """Read ``policy``, ``policy_of`` and ``preset`` beside a record's or row's values.

        A row that cites nothing takes what its record cites in general.
        """
        general = inherited.general if inherited else None
        if cited := given.get("policy"):
            general = _policy(cited, where)
        single = {name: _policy(text, where) for name, text in given.get("policy_of", {}).items()}
        for name, reason in given.get("preset", {}).items():
            single[name] = Provenance(origin=Origin.PRESET, source=reason)
        return cls(general, single)

    @classmethod
    def from_reference(cls, row: Mapping[str, str], where: str) -> Self:
        """Return the provenance of a row of reference data: its source, the day of the check."""
        if not row.get("source"):
            raise SeedError(where, _("A row has no source. Give it one."))
        try:
            checked = date.fromisoformat(row.get("verified_on", ""))
        except ValueError:
            raise SeedError(where, _("A row has no “verified_on”. Write 2026-10-09.")) from None
        return cls(Provenance(origin=Origin.REFERENCE, source=row["source"], on=checked))


def _policy(text: str, where: str) -> Provenance:
    sections = "; ".join(_section(one.strip(), where) for one in text.split(";"))
    return Provenance(origin=Origin.POLICY, source=sections)


def _section(text: str, where: str) -> str:
    found = _SECTION.match(text)
    if found is None:
        raise SeedError(
            where,
            _("“%(text)s” is not a section of the policy. Write it like II.5 or Pre.1.", text=text),
        )
    part, number = found.groups()
    return f"Preamble, section {number}" if part == "Pre" else f"Part {part}, section {number}"
