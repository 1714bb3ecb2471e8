"""Processing activities in the back office: what every noun has, and presets to begin with."""

from collections import defaultdict
from collections.abc import Mapping
from typing import ClassVar

from flask import request
from flask_admin import expose

from ropa.admin.context import language
from ropa.admin.fiche import Fiched
from ropa.admin.presets import Preset, presets
from ropa.i18n import _
from ropa.records.text import fold
from ropa.vocabulary import Permission, Role

LONGEST_SEARCH = 100


class ActivityView(Fiched):
    """The pages of processing activities."""

    writes: ClassVar[tuple[str, ...]] = (*Fiched.writes, "presets_view")
    own: ClassVar[Mapping[str, Permission]] = {"fiche_view": Permission.EXPORT_MAKE}

    @expose("/presets/")
    def presets_view(self) -> str:
        """Show the ready activities, by group, narrowed by words and by our role."""
        words = request.args.get("q", "")[:LONGEST_SEARCH]
        role = next((one for one in Role if one.value == request.args.get("role")), None)
        found = [one for one in presets() if _matches(one, words, role)]
        return self.render(
            "admin/presets.html",
            title=_("Begin with a preset"),
            view=self,
            groups=_by_group(found),
            count=len(found),
            words=words,
            role=role,
            roles=[Role.CONTROLLER, Role.PROCESSOR],
        )


def _matches(preset: Preset, words: str, role: Role | None) -> bool:
    if role is not None and preset.activity.role is not role:
        return False
    text = _searchable(preset, language())
    return all(word in text for word in fold(words).split())


def _searchable(preset: Preset, code: str) -> str:
    activity = preset.activity
    said = (
        activity.name,
        preset.group,
        *(one.text for one in activity.purposes),
        *(one.text for one in activity.processing_categories),
    )
    return fold(" ".join(one.read(code)[0] for one in said))


def _by_group(found: list[Preset]) -> dict[str, list[Preset]]:
    groups: dict[str, list[Preset]] = defaultdict(list)
    for one in found:
        groups[one.group.read(language())[0]].append(one)
    return dict(groups)
