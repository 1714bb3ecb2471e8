"""Two lists side by side, in words: who came, who left, and which fields of a row read otherwise.

    compared(page_of(older, "es"), page_of(newer, "es"))

Call it inside ``in_language``. Every field outsiders are shown is compared in every language; a
difference that no word shows is still said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.i18n import LANGUAGES, _
from ropa.publishing.differing import differences, rows_of
from ropa.publishing.lines import Line, Shown, Subprocessor
from ropa.publishing.page import Page
from ropa.publishing.saying import Saying
from ropa.publishing.wording import LINE, SUBPROCESSOR, Of, Wording
from ropa.vocabulary import Term


class How(Term):
    """What became of a sub-processor or of a row between two lists."""

    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    CHANGED = "changed", _("Changed")


@dataclass(frozen=True)
class Changed:
    """One field: its label, and its words on both sides; None where nothing is recorded.

    ``language`` is set when the words differ in another language than the reader's, and are in it.
    """

    label: str
    before: str | None
    after: str | None
    language: str = ""


@dataclass(frozen=True)
class Compared:
    """A sub-processor or a row: what it is called, what became of it, its fields that differ.

    No field: it differs in what no word shows, such as an identifier.
    """

    name: str
    how: How
    fields: tuple[Changed, ...]
    rows: "tuple[Compared, ...]" = ()

    @property
    def is_bare(self) -> bool:
        """Say whether nothing that can be read differs."""
        return not self.fields and not self.rows


def compared(before: Page, after: Page) -> tuple[Compared, ...]:
    """Return what differs from one list to the other, in the language of the later page."""
    found = differences(before.subprocessors, after.subprocessors)
    return tuple(
        Compared(
            name=_called(one.after or one.before),
            how=_how(one.before, one.after),
            fields=tuple(_fields(SUBPROCESSOR, one.before, one.after, after.language)),
            rows=tuple(_row(was, now, after.language) for was, now in rows_of(one)),
        )
        for one in found
    )


def _row(before: Line | None, after: Line | None, language: str) -> Compared:
    there = after or before
    name = Saying(language).plain(there.purpose) if there else ""
    return Compared(
        name=name or str(_("purpose not recorded")),
        how=_how(before, after),
        fields=tuple(_fields(LINE, before, after, language)),
    )


def _called(who: Subprocessor | None) -> str:
    return (who.name or who.slug) if who else ""


def _how(before: Shown | None, after: Shown | None) -> How:
    if before is None:
        return How.ADDED
    return How.REMOVED if after is None else How.CHANGED


def _fields(
    wordings: dict[str, Wording[Of]], before: Of | None, after: Of | None, language: str
) -> Iterator[Changed]:
    for wording in wordings.values():
        for tongue in (language, *(one for one in LANGUAGES if one != language)):
            was, now = _said(wording, before, tongue), _said(wording, after, tongue)
            if was != now:
                other = "" if tongue == language else tongue
                yield Changed(str(wording.label), was, now, other)
                break


def _said(wording: Wording[Of], one: Of | None, language: str) -> str | None:
    """Return what a field says on one side; None also where the field was left blank."""
    return (wording.say(one, Saying(language)) or None) if one is not None else None
