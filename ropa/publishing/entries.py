"""What feeds say of a change: the same words, days and address in each of them.

Editorial changes stay out: nobody needs to be told of those.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ropa.i18n import _
from ropa.publishing.addresses import Addresses
from ropa.publishing.lines import Told
from ropa.publishing.moments import altered_at, told_at
from ropa.publishing.page import Page
from ropa.publishing.saying import Said, Saying
from ropa.vocabulary import ChangeState


@dataclass(frozen=True)
class Entry:
    """A change as a feed tells of it; ``id`` stays when words, days or addresses move."""

    change: Told
    title: Said
    paragraphs: tuple[str, ...]
    url: str
    published: datetime
    updated: datetime

    @property
    def id(self) -> str:
        """Return what readers know it by: the identifier of the change itself."""
        return f"urn:uuid:{self.change.id}"

    @property
    def kind(self) -> str:
        """Return the code of its kind; empty when nobody recorded one."""
        return self.change.kind.value if self.change.kind else ""

    @property
    def text(self) -> str:
        """Return it as plain text."""
        return "\n\n".join(self.paragraphs)

    @property
    def html(self) -> str:
        """Return it as markup in which nothing anybody typed is markup."""
        escaped = (html.escape(one).replace("\n", "<br>") for one in self.paragraphs)
        return "".join(f"<p>{one}</p>" for one in escaped)


def entries_of(page: Page, base: str) -> tuple[Entry, ...]:
    """Return the changes people are told of, the latest first, in the language of the page."""
    saying, addresses = Saying(page.language), Addresses.of(page, base)
    return tuple(_entry(one, page, saying, addresses) for one in page.changes if one.material)


def updated_at(entries: tuple[Entry, ...]) -> datetime | None:
    """Return when the feed last said something new."""
    return max((one.updated for one in entries), default=None)


def feed_title(page: Page) -> str:
    """Return what a feed of this list is called."""
    if page.publisher is None:
        return str(_("Changes to the list of sub-processors"))
    return changes_of_company(page.publisher.legal_name)


def changes_of_company(name: str) -> str:
    """Return what the changes of the list of a company are called."""
    return str(_("Changes to the sub-processors of %(name)s", name=name))


def title_of(change: Told, saying: Saying) -> Said:
    """Return what a change is called, and in which language that is."""
    text, language = change.name.read(saying.language)
    return Said(text, language)


def days_told(change: Told, saying: Saying, zone: object) -> Iterator[str]:
    """Yield the three days of a change, each a sentence; a gap is said too."""
    if change.announced_on:
        yield str(_("Announced on %(date)s", date=saying.day(change.announced_on)))
    if change.objection_deadline:
        last = saying.day(change.objection_deadline.date())
        yield str(_("You can object until the end of %(date)s (%(zone)s)", date=last, zone=zone))
    else:
        yield str(_("Until when one can object is not recorded"))
    if change.effective_on:
        yield str(_("In effect on %(date)s", date=saying.day(change.effective_on)))
    else:
        yield str(_("From when on it is in effect is not recorded"))


def _entry(change: Told, page: Page, saying: Saying, addresses: Addresses) -> Entry:
    paragraphs = (
        *_where_it_stands(change, saying),
        *_said(change, saying),
        *_about(change),
        "\n".join(days_told(change, saying, page.zone)),
        *_corrections(change, saying),
    )
    return Entry(
        change=change,
        title=title_of(change, saying),
        paragraphs=paragraphs,
        url=addresses.change(change.ref),
        published=told_at(change, page.zone),
        updated=altered_at(change, page.zone),
    )


def _where_it_stands(change: Told, saying: Saying) -> Iterator[str]:
    """Yield what somebody decided since it was told; what days bring is for the reader's clock."""
    if change.state is ChangeState.WITHDRAWN and change.withdrawn_on:
        yield str(
            _(
                "Withdrawn on %(date)s: it will not take effect.",
                date=saying.day(change.withdrawn_on),
            )
        )
    elif change.held_on:
        yield str(
            _(
                "On hold since %(date)s: it takes no effect until it is released.",
                date=saying.day(change.held_on),
            )
        )
    if change.emergency:
        yield str(_("Emergency: %(reason)s", reason=change.emergency_reason or _("not recorded")))


def _said(change: Told, saying: Saying) -> Iterator[str]:
    """Yield the explanation, paragraph by paragraph."""
    for one in saying.plain(change.body).split("\n\n"):
        if one.strip():
            yield one.strip()


def _about(change: Told) -> Iterator[str]:
    """Yield the kind of change, and the sub-processors it concerns by name."""
    kind = change.kind.label if change.kind else _("not recorded")
    lines = [f"{change.ref}: {kind}"]
    names = [(one.after or one.before) for one in change.concerned]
    if names:
        said = "; ".join((who.name or who.slug) for who in names if who)
        lines.append(str(_("Sub-processors concerned: %(names)s", names=said)))
    yield "\n".join(lines)


def _corrections(change: Told, saying: Saying) -> Iterator[str]:
    for one in change.corrections:
        if one.on:
            why = saying.plain(one.why) or str(_("not recorded"))
            yield str(_("Corrected on %(date)s: %(why)s", date=saying.day(one.on), why=why))
