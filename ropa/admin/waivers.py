"""Waivers: begun from a finding, signed by whoever is signed in, for a rule that may be waived."""

from collections.abc import Mapping
from typing import ClassVar

from ropa.admin.base import RecordView
from ropa.admin.context import current_actor, today
from ropa.lint.rules import RULES


class WaiverView(RecordView):
    """The pages of waivers."""

    begins: ClassVar[tuple[str, ...]] = ("rule", "target", "path")

    def begun(self) -> Mapping[str, str]:
        """Return who decides, and on which day: whoever is signed in, today."""
        return {"decided_by": current_actor().name, "decided_on": today().isoformat()}

    def suggested_rules(self) -> list[tuple[str, str]]:
        """Return the rules somebody may decide to live with."""
        return [(one.id, str(one.says)) for one in RULES.values() if one.may_be_waived]
