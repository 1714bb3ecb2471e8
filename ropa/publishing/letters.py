"""What stands in a letter: its text in the recipient's language, and its headers.

Headers are made by the e-mail policy of the standard library, which refuses a line break in any;
a subject or a name cannot begin a header of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ropa.errors import RopaError
from ropa.i18n import _, in_language
from ropa.models import Delivery
from ropa.publishing.page import publisher_of
from ropa.publishing.reply_letters import ABOUT_A_REPLY, about_reply
from ropa.publishing.saying import Saying
from ropa.records import Change, LegalEntity, LocalisedText, Notice
from ropa.records.text import without_unprintable
from ropa.register import Register
from ropa.vocabulary import DeliveryKind


class NoSenderError(RopaError):
    """A letter that nobody can be said to have written."""


@dataclass(frozen=True)
class Letter:
    """A letter as its reader gets it, before it becomes a message."""

    subject: str
    text: str
    company: LegalEntity


@dataclass(frozen=True)
class Desk:
    """Where letters are written: templates, the address of the register, and the sender's own."""

    templates: Environment
    base: str
    sender: str = ""

    @classmethod
    def at(cls, folder: Path, base: str, sender: str = "") -> "Desk":
        """Return the desk with the templates of a folder."""
        templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=False,  # noqa: S701  # a letter is plain text, and nothing in it is markup
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        templates.globals["_"] = _
        return cls(templates, base, sender)

    def write(self, delivery: Delivery, register: Register) -> Letter:
        """Return a letter in its recipient's language.

        ``register`` holds what was approved when the letter was queued, so that everybody is told
        the same. Raises NoSenderError when it names no company.
        """
        with in_language(delivery.language):
            if delivery.kind is DeliveryKind.CONFIRMATION:
                return self._confirmation(delivery, register)
            if delivery.kind in ABOUT_A_REPLY:
                return self._about_a_reply(delivery, register)
            return self._notice(delivery, register)

    def message(self, delivery: Delivery, register: Register, now: datetime) -> EmailMessage:
        """Return a letter as a message ready to be sent; the same delivery keeps its Message-ID."""
        letter = self.write(delivery, register)
        sender = self.sender or letter.company.email
        if not sender:
            raise NoSenderError(
                _("The company has no e-mail address to write from. Enter one first.")
            )
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(_line(letter.company.legal_name), addr_spec=sender)
        if letter.company.email and letter.company.email != sender:
            message["Reply-To"] = Address(addr_spec=letter.company.email)
        message["To"] = Address(addr_spec=delivery.address or "")
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = delivery.message_id
        message["Auto-Submitted"] = "auto-generated"
        for name, value in self._of_a_list(delivery):
            message[name] = value
        message.set_content(letter.text, cte="quoted-printable")
        return message

    def _notice(self, delivery: Delivery, register: Register) -> Letter:
        notice = register.find(Notice, delivery.notice_id)
        company = register.find(LegalEntity, notice.entity) if notice else None
        if notice is None or company is None:
            raise NoSenderError(_("The notice, or its company, is not approved any more."))
        text = self._rendered(
            "notice",
            delivery,
            company=company,
            body=_said(notice.body, delivery.language),
            changes=register.find_all(Change, notice.changes),
        )
        subject = f"{_said(notice.name, delivery.language)} ({notice.ref})"
        return Letter(_line(subject), text, company)

    def _confirmation(self, delivery: Delivery, register: Register) -> Letter:
        company = publisher_of(register)
        if company is None:
            raise NoSenderError(_("No company is said to publish the list."))
        subject = _("Notices about sub-processors of %(company)s", company=company.legal_name)
        known = delivery.subscriber is not None and delivery.subscriber.confirmed_at is not None
        text = self._rendered("confirmation", delivery, company=company, known=known)
        return Letter(_line(str(subject)), text, company)

    def _about_a_reply(self, delivery: Delivery, register: Register) -> Letter:
        about = about_reply(delivery, register)
        text = self._rendered(
            about.template,
            delivery,
            company=about.company,
            link=self._link("replies", delivery),
            **about.facts,
        )
        return Letter(_line(str(about.subject)), text, about.company)

    def _rendered(self, name: str, delivery: Delivery, **facts: object) -> str:
        prefix = "" if delivery.language == "en" else f"/{delivery.language}"
        return self.templates.get_template(f"{name}.txt").render(
            say=Saying(delivery.language),
            said=lambda text: _said(text, delivery.language),
            kind=delivery.kind,
            page=f"{self.base}{prefix}/subprocessors",
            manage=self._link("manage", delivery),
            unsubscribe=self._link("unsubscribe", delivery),
            **facts,
        )

    def _link(self, what: str, delivery: Delivery) -> str:
        """Return the address of a page that only the reader of this letter can open."""
        return f"{self.base}/subprocessors/{what}/{delivery.token}" if delivery.token else ""

    def _of_a_list(self, delivery: Delivery) -> Iterator[tuple[str, str]]:
        """Yield the headers of a mailing list (RFC 2919, 8058), for subscribers only.

        A contact of an agreement cannot lose legal notice by one click.
        """
        yield "List-Id", f"<subprocessors.{urlsplit(self.base).hostname}>"
        if delivery.kind is DeliveryKind.SUBSCRIBER:
            yield "List-Unsubscribe", f"<{self._link('unsubscribe', delivery)}>"
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _said(text: LocalisedText, language: str) -> str:
    return text.read(language)[0]


def _line(text: str) -> str:
    """Return a text as one line."""
    return " ".join(without_unprintable(text).split())
