"""What stands in a letter: its text in the recipient's language, and its headers.

Headers are made by the e-mail policy of the standard library, which refuses a line break in any;
a subject or a name cannot begin a header of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from msgspec import structs

from ropa.errors import RopaError
from ropa.i18n import _, in_language
from ropa.models import Delivery
from ropa.publishing.addresses import Addresses
from ropa.publishing.audience import changes_of
from ropa.publishing.changes import told_of
from ropa.publishing.changes_calendar import Almanac, calendar_of
from ropa.publishing.entries import changes_of_company
from ropa.publishing.lines import Told
from ropa.publishing.page import publisher_of
from ropa.publishing.reply_letters import ABOUT_A_REPLY, about_reply
from ropa.publishing.saying import Saying
from ropa.publishing.telling import Account, account_of
from ropa.records import Customer, LegalEntity, LocalisedText, Notice
from ropa.records.text import without_unprintable
from ropa.register import Register, end_of, zone_of
from ropa.register.concerned import dates_of
from ropa.vocabulary import DeliveryKind

LARGEST = 60_000
"""How many bytes a letter may have before it leaves the particulars to the page of the change."""

_NOT_IN_FILENAMES = re.compile(r"[^A-Za-z0-9._-]+")


class _Policy(EmailPolicy):
    """The policy of mail servers, which keeps every blank of a subject in letters like “ñ”.

    That of the standard library loses blanks where it folds such a line.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return a header as it is sent."""
        if name != "Subject" or str(value).isascii():
            return str(super().fold(name, value))
        words = Header(str(value), "utf-8", header_name=name)
        return f"{name}: {words.encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _Policy(linesep="\r\n")


class NoSenderError(RopaError):
    """A letter that nobody can be said to have written."""


class Calendar(NamedTuple):
    """The days of one change as their reader has them, as a file."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A letter as its reader gets it, before it becomes a message."""

    subject: str
    text: str
    company: LegalEntity
    html: str = ""
    calendars: tuple[Calendar, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Where letters are written: templates, the address of the register, and the sender's own."""

    templates: Environment
    base: str
    sender: str = ""
    _told: dict[tuple[str, int], tuple[Register, tuple[Told, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What each notice tells of, by notice and day: many letters tell the same."""

    @classmethod
    def at(cls, folder: Path, base: str, sender: str = "") -> "Desk":
        """Return the desk with the templates of a folder."""
        templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(("html",)),  # in a .txt nothing is markup
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        templates.globals["_"] = _
        return cls(templates, base, sender)

    def write(self, delivery: Delivery, register: Register, now: datetime) -> Letter:
        """Return a letter in its recipient's language, as it goes out now.

        ``register`` holds what was approved when the letter was queued, so that everybody is told
        the same; a customer's own dates follow from the day of ``now``. Raises NoSenderError when
        it names no company.
        """
        with in_language(delivery.language):
            if delivery.kind is DeliveryKind.CONFIRMATION:
                return self._confirmation(delivery, register)
            if delivery.kind in ABOUT_A_REPLY:
                return self._about_a_reply(delivery, register)
            if delivery.kind is DeliveryKind.REPLACEMENT:
                return self._replacement(delivery, register)
            whole = self._notice(delivery, register, now)
            if len(whole.text.encode()) + len(whole.html.encode()) <= LARGEST * 3 // 4:
                return whole
            return self._notice(delivery, register, now, brief=True)

    def message(self, delivery: Delivery, register: Register, now: datetime) -> EmailMessage:
        """Return a letter as a message ready to be sent; the same delivery keeps its Message-ID."""
        letter = self.write(delivery, register, now)
        sender = self.sender or letter.company.email
        if not sender:
            raise NoSenderError(
                _("The company has no e-mail address to write from. Enter one first.")
            )
        message = EmailMessage(policy=_POLICY)
        message["From"] = Address(_line(letter.company.legal_name), addr_spec=sender)
        if letter.company.email:
            message["Reply-To"] = Address(addr_spec=letter.company.email)
        message["To"] = Address(addr_spec=delivery.address or "")
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = delivery.message_id
        message["Auto-Submitted"] = "auto-generated"
        for name, value in self._of_a_list(delivery):
            message[name] = value
        message.set_content(without_unprintable(letter.text), cte="quoted-printable")
        if letter.html:
            message.add_alternative(
                without_unprintable(letter.html), subtype="html", cte="quoted-printable"
            )
        for one in letter.calendars:
            message.add_attachment(
                one.content,
                maintype="text",
                subtype="calendar",
                filename=one.filename,
                params={"charset": "utf-8"},  # RFC 5545, 8.1; without it, mail is read as ASCII
            )
        return message

    def _notice(
        self, delivery: Delivery, register: Register, now: datetime, *, brief: bool = False
    ) -> Letter:
        notice = register.find(Notice, delivery.notice_id)
        company = register.find(LegalEntity, notice.entity) if notice else None
        if notice is None or company is None:
            raise NoSenderError(_("The notice, or its company, is not approved any more."))
        accounts = self._accounts(delivery, register, notice, company, now)
        facts = {
            "company": company,
            "heading": _line(_said(notice.name, delivery.language)),
            "body": _said(notice.body, delivery.language),
            "accounts": accounts,
            "brief": brief,
            "then": _said(company.objection_terms, delivery.language)
            or str(_("If you do nothing, the change takes effect on the day given here.")),
        }
        return Letter(
            _subject(notice, company, accounts, delivery),
            self._rendered("notice.txt", delivery, **facts),
            company,
            self._rendered("notice.html", delivery, **facts),
            tuple(
                self._calendar(one, company, delivery)
                for one in accounts
                if one.change.announced_on
            ),
        )

    def _calendar(self, account: Account, company: LegalEntity, delivery: Delivery) -> Calendar:
        zone = zone_of(company)
        addresses = Addresses(self.base, delivery.language)
        almanac = Almanac(changes_of_company(company.legal_name), addresses, zone)
        told = structs.replace(
            account.change,
            objection_deadline=end_of(account.dates.until, zone),
            effective_on=account.dates.effective_on,
        )
        return Calendar(f"{_plain(told.ref)}.ics", calendar_of([told], almanac))

    def _accounts(
        self,
        delivery: Delivery,
        register: Register,
        notice: Notice,
        company: LegalEntity,
        now: datetime,
    ) -> list[Account]:
        """Return what the letter tells of each change, with the dates of its reader."""
        day = now.astimezone(zone_of(company)).date()
        customer = register.find(Customer, delivery.customer_id)
        say, addresses = Saying(delivery.language), Addresses(self.base, delivery.language)
        changes = {one.id: one for one in changes_of(register, notice)}
        accounts = []
        for told in self._what_is_told(register, notice, company, now):
            change = changes[told.id]
            on = max(day, change.announced_on or day) if customer else change.announced_on
            dates = dates_of(register, change, customer, on)
            accounts.append(account_of(told, dates, addresses, company.time_zone or "UTC", say))
        return accounts

    def _what_is_told(
        self, register: Register, notice: Notice, company: LegalEntity, now: datetime
    ) -> tuple[Told, ...]:
        day = now.astimezone(zone_of(company)).date()
        key = (notice.id, day.toordinal())
        held = self._told.get(key)
        if held is None or held[0] is not register:
            there = replace(register, on_day=day)
            made = tuple(
                told_of(there, company, one, max(day, one.announced_on or day))
                for one in changes_of(register, notice)
            )
            held = self._told[key] = (register, made)
        return held[1]

    def _confirmation(self, delivery: Delivery, register: Register) -> Letter:
        company = publisher_of(register)
        if company is None:
            raise NoSenderError(_("No company is said to publish the list."))
        subject = _("Notices about sub-processors of %(company)s", company=company.legal_name)
        known = delivery.subscriber is not None and delivery.subscriber.confirmed_at is not None
        text = self._rendered("confirmation.txt", delivery, company=company, known=known)
        return Letter(_line(str(subject)), text, company)

    def _replacement(self, delivery: Delivery, register: Register) -> Letter:
        company = publisher_of(register)
        if company is None or delivery.replacement is None:
            raise NoSenderError(_("No company is said to publish the list."))
        subject = _(
            "Contact for notices about sub-processors of %(company)s", company=company.legal_name
        )
        text = self._rendered(
            "replacement.txt", delivery, company=company, who=_line(delivery.replacement.name)
        )
        return Letter(_line(str(subject)), text, company)

    def _about_a_reply(self, delivery: Delivery, register: Register) -> Letter:
        about = about_reply(delivery, register)
        text = self._rendered(
            f"{about.template}.txt",
            delivery,
            company=about.company,
            link=self._link("replies", delivery),
            **about.facts,
        )
        return Letter(_line(str(about.subject)), text, about.company)

    def _page(self, delivery: Delivery) -> str:
        return Addresses(self.base, delivery.language).list

    def _rendered(self, name: str, delivery: Delivery, **facts: object) -> str:
        return self.templates.get_template(name).render(
            say=Saying(delivery.language),
            said=lambda text: _said(text, delivery.language),
            language=delivery.language,
            kind=delivery.kind,
            page=self._page(delivery),
            contact=self._link("contact", delivery),
            confirm=self._link("contact/confirm", delivery),
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


def _said(text: LocalisedText | None, language: str) -> str:
    return text.read(language)[0] if text else ""


def _plain(ref: str) -> str:
    """Return a reference as it may stand in the name of a file."""
    return _NOT_IN_FILENAMES.sub("-", ref).strip("-.") or "change"


def _subject(
    notice: Notice, company: LegalEntity, accounts: list[Account], delivery: Delivery
) -> str:
    """Return who writes, what it is about, until when one can object, and the reference."""
    name = _said(notice.name, delivery.language)
    who = company.trade_name or company.legal_name
    ref = accounts[0].change.ref if len(accounts) == 1 else notice.ref
    open_until = [one.dates.until for one in accounts if one.change.runs and one.dates.until]
    subject = f"[{who}] {name} ({ref})"
    if open_until:
        until = Saying(delivery.language).day(min(open_until))
        subject = str(
            _(
                "[%(who)s] %(name)s – object until %(date)s (%(ref)s)",
                who=who,
                name=name,
                date=until,
                ref=ref,
            )
        )
    if delivery.kind is DeliveryKind.TEST:
        subject = str(_("TEST: %(subject)s", subject=subject))
    return _line(subject)


def _line(text: str) -> str:
    """Return a text as one line that no reader of mail decodes.

    “=?” begins an encoded word, which could hold the line break that begins a header; it is
    written with a blank within.
    """
    return " ".join(without_unprintable(text).split()).replace("=?", "= ?")
