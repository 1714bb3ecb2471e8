"""What customers are told of changes to the list, in words that stay as they were sent."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import LocalisedText, Problem, Record, Ref, Says


class Notice(Record, frozen=True, kw_only=True):
    """What one of our companies tells its customers of one or more changes (GDPR Art. 28(2))."""

    noun: ClassVar[str] = "notice"
    name_of_noun: ClassVar[str] = _("Notice to customers")
    names_of_noun: ClassVar[str] = _("Notices to customers")

    settled_says: ClassVar[str] = _(
        "This notice has been issued: what customers were told stays. Write another notice."
    )

    ref: Annotated[str, Says(_("Reference"), help=_("For example NOT-2026-001."))] = ""
    entity: Annotated[Ref | None, Says(_("Our company"), "GDPR Art. 28(2)", to="legal_entity")] = (
        None
    )
    changes: Annotated[
        tuple[Ref, ...], Says(_("Changes it tells of"), "GDPR Art. 28(2)", to="change")
    ] = ()
    name: Annotated[LocalisedText, Says(_("Subject"))] = LocalisedText()
    body: Annotated[
        LocalisedText,
        Says(
            _("Text"),
            "GDPR Art. 28(2)",
            help=_("Once the notice is issued, the text stays as it was sent."),
            long=True,
        ),
    ] = LocalisedText()
    issued_on: Annotated[date | None, Says(_("Issued on"), "GDPR Art. 28(2)")] = None

    @property
    def title(self) -> LocalisedText:
        """Return its subject."""
        return self.name or LocalisedText(en=self.ref)

    def settled(self) -> tuple[str, ...]:
        """Return what is fixed: once issued, everything customers were told, and when."""
        told = ("ref", "entity", "changes", "name", "body", "issued_on")
        return told if self.issued_on else ()

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a missing reference."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example NOT-2026-001."))
