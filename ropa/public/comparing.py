"""Two sealed versions of the list side by side: what was added, removed and changed, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, current_app, request

from ropa.extensions import needs
from ropa.i18n import _, in_language
from ropa.models import Version
from ropa.public.dated import in_force, none_on
from ropa.public.headers import sent
from ropa.public.held import Held
from ropa.public.pages import ENGLISH, OTHER, html, public, todays_page
from ropa.public.past import day_in, no_such
from ropa.public.reading import current_register, sealed_version, sealed_versions
from ropa.public.shelf import Leaf
from ropa.publishing import Page, page_of
from ropa.publishing.changes import changes_told
from ropa.publishing.comparing import Compared, How, compared
from ropa.publishing.lines import Told
from ropa.records import LegalEntity
from ropa.vocabulary import Permission

MOST = 64
"""How many comparisons a worker keeps."""


class _CannotError(Exception):
    """There is no version of what was asked for: the sentence, and the status of the answer."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.said, self.status = said, status


@dataclass(frozen=True)
class Pair:
    """Two versions, all there are between them (the later one included), and what was told."""

    older: Version
    newer: Version
    steps: tuple[Version, ...]
    changes: tuple[Told, ...]

    @property
    def is_material(self) -> bool:
        """Say whether customers had to be told of anything from one to the other."""
        return any(one.material for one in self.steps)


@public.get("/subprocessors/compare", defaults={"language": ENGLISH})
@public.get(f"/{OTHER}/subprocessors/compare")
@needs(Permission.PUBLIC)
def compare(language: str) -> Response:
    """Show two versions side by side; without a choice, the newest and the one before."""
    page = todays_page(language)
    versions = sealed_versions(page)
    try:
        chosen = _chosen(versions, page)
    except _CannotError as wrong:
        return no_such(page, wrong.said, wrong.status)
    key = (page.head.seq, page.day, language, *(one.number for one in chosen or ()))
    response = sent(_held().get(key, lambda: _leaf(page, versions, chosen)))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _held() -> Held[Leaf]:
    held: Held[Leaf] = current_app.extensions.setdefault("ropa.compared", Held(MOST))
    return held


def _chosen(versions: Sequence[Version], page: Page) -> tuple[Version, Version] | None:
    """Return the two versions asked for, the older first; None when there are not two."""
    if not versions:
        return None
    newer = _asked("to", versions, page) or versions[0]
    before = next((one for one in versions if one.number == newer.number - 1), None)
    older = _asked("from", versions, page) or before
    if older is None:
        return None
    first, second = sorted((older, newer), key=lambda one: one.number)
    return first, second


def _asked(name: str, versions: Sequence[Version], page: Page) -> Version | None:
    """Return the version that the address names, by number or by day; None when it names none."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    if day := day_in(text):
        found, why_none = in_force(versions, day, page), none_on(day, page)
    else:
        found, why_none = _numbered(versions, text)
    if found is None:
        raise _CannotError(why_none, 404)
    return found


def _numbered(versions: Sequence[Version], text: str) -> tuple[Version | None, str]:
    """Return the version of this number, and what to say when there is none."""
    if not (text.isascii() and text.isdigit()):
        raise _CannotError(
            _(
                "“%(text)s” is neither the number of a version nor a day such as 2026-03-31.",
                text=text[:40],
            ),
            400,
        )
    found = next((one for one in versions if str(one.number) == text), None)
    return found, _("There is no version %(number)s of this list.", number=text[:12])


def _leaf(page: Page, versions: Sequence[Version], chosen: tuple[Version, Version] | None) -> Leaf:
    if chosen is None:
        return html(page, "compare", versions=versions, pair=None)
    pair = _pair(page, versions, chosen)
    before, after = (_read(page, one) for one in chosen)
    differs: tuple[Compared, ...] | None = None
    if before and after:
        with in_language(page.language):
            differs = compared(before, after)
    return html(
        page,
        "compare",
        versions=versions,
        pair=pair,
        redacted=[
            one.number for one, read in zip(chosen, (before, after), strict=True) if not read
        ],
        differs=differs,
        counted=_counted(differs or ()),
        asked=f"?from={pair.older.number}&to={pair.newer.number}",
    )


def _read(page: Page, version: Version) -> Page | None:
    """Return what a version says; None once it was redacted."""
    sealed = sealed_version(page, version.number)
    return page_of(sealed, page.language) if sealed else None


def _pair(page: Page, versions: Sequence[Version], chosen: tuple[Version, Version]) -> Pair:
    older, newer = chosen
    steps = tuple(one for one in versions if older.number < one.number <= newer.number)
    return Pair(older, newer, steps, tuple(_told_between(page, older, newer)))


def _told_between(page: Page, older: Version, newer: Version) -> list[Told]:
    """Return the changes announced, or in effect, from the day of one version to the other's."""
    first, last = (one.sealed_at.astimezone(page.zone).date() for one in (older, newer))
    register = current_register(page.day)
    entity = register.find(LegalEntity, page.publisher.id) if page.publisher else None

    def falls(day: date | None) -> bool:
        return day is not None and first <= day <= last

    told = changes_told(register, entity)
    return [one for one in told if falls(one.announced_on) or falls(one.effective_on)]


def _counted(differs: Sequence[Compared]) -> dict[How, int]:
    """Return how many rows were added, removed, changed."""
    rows = [row for one in differs for row in one.rows]
    return {how: sum(row.how is how for row in rows) for how in How}
