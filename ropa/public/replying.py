"""The pages for those who reply to a change: write, confirm, and read the receipt.

Opening a page changes nothing; every act is a form. There is neither account nor cookie: the link
in a letter is what lets its reader in.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import RequestEntityTooLarge

from ropa.accounts.attempts import network_of, within_limit
from ropa.errors import RopaError
from ropa.extensions import csrf, db, needs
from ropa.history import Actor, acting_as
from ropa.models import Reply
from ropa.operations.files import KINDS, HandedIn, taken_in
from ropa.public.pages import ENGLISH, HTML, OTHER, public, rendered, todays_page, tongues_of
from ropa.public.reading import approved_register, base_address, languages, working_register
from ropa.public.tokens import form_token, is_token
from ropa.publishing.changes import changes_told
from ropa.publishing.choosing import words
from ropa.publishing.lines import Told, Words
from ropa.publishing.page import Page
from ropa.publishing.reply_form import LARGEST_FILE, LONGEST, Written, written_in, wrong_in
from ropa.publishing.replying import (
    SENT_A_DAY,
    came_late,
    company_of,
    confirm_reply,
    find_reply,
    moment_in,
    take_in,
    turns_told,
)
from ropa.records import Change, LegalEntity
from ropa.register import Register, zone_of
from ropa.vocabulary import Door, ObjectionGround, Permission, ReplyKind

FORM = "reply"

PUBLIC_FORM = Actor("public-form", "Public form")
"""Who acts when somebody outside confirms a reply; their own name stays out of the log."""

TRIES = 3
"""How often a reference is tried again that somebody else took at the same moment."""

_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class Subject:
    """What a reply is about, as outsiders are told of it, and whose list it changes."""

    change: Told
    company: LegalEntity | None
    now: datetime

    @property
    def late(self) -> bool:
        """Say whether what comes in now comes after the deadline."""
        return came_late(self.now, self.change.objection_deadline)

    @property
    def terms(self) -> Words | None:
        """Return what the company says of objections and what becomes of them."""
        return words(self.company.objection_terms) if self.company else None

    def moment(self, moment: datetime, language: str) -> str:
        """Return a moment in the company's zone, with the zone said."""
        return moment_in(moment, zone_of(self.company), language)


@dataclass(frozen=True)
class Answer:
    """A form as it is shown: what was typed, and what is wrong with it."""

    typed: Written = field(default_factory=Written)
    wrong: dict[str, str] = field(default_factory=dict)
    trouble: str = ""
    """What is wrong with all of it: too old, too large, too many."""
    had_file: bool = False


@public.get("/subprocessors/changes/<ref>/object", defaults={"language": ENGLISH})
@public.get(f"/{OTHER}/subprocessors/changes/<ref>/object")
@needs(Permission.PUBLIC)
def objecting(language: str, ref: str) -> Response:
    """Show the form of those who object to a change, or say that they do not."""
    subject = _subject(todays_page(language), ref)
    asked = next((one for one in ReplyKind if one.value == request.args.get("say")), None)
    return _form(language, subject, Answer(Written(kind=asked or ReplyKind.OBJECTION)))


@public.post("/subprocessors/changes/<ref>/object", defaults={"language": ENGLISH})
@public.post(f"/{OTHER}/subprocessors/changes/<ref>/object")
@needs(Permission.PUBLIC)
def objected(language: str, ref: str) -> Response:
    """Take a reply in, and write to its sender to confirm it."""
    subject = _subject(todays_page(language), ref)
    try:
        fields = request.form
    except RequestEntityTooLarge:
        return _form(language, subject, Answer(trouble="large"), 413)
    answer = _read()
    if not is_token(fields.get("token", ""), FORM):
        return _form(language, subject, _but(answer, "old"), 400)
    if fields.get("website"):  # no person sees this field
        return _shown("reply_sent", language, subject=subject)
    if answer.wrong:
        return _form(language, subject, answer, 422)
    if not _kept(answer.typed, subject, language):
        return _form(language, subject, _but(answer, "busy"), 429)
    return _shown("reply_sent", language, subject=subject)


@public.get("/subprocessors/replies/<token>")
@needs(Permission.PUBLIC)
def reply(token: str) -> Response:
    """Show what somebody sent: to be confirmed, or confirmed, as a receipt; changes nothing."""
    return _reply_page(find_reply(db.session(), token), token)


@public.post("/subprocessors/replies/<token>")
@needs(Permission.PUBLIC)
def reply_confirmed(token: str) -> Response:
    """Count a reply from now on; pressing the button twice counts it once."""
    for left in reversed(range(TRIES)):
        found = find_reply(db.session(), token)
        if found is None:
            break
        try:
            _confirm(found)
            break
        except IntegrityError:  # somebody else took the same reference at the same moment
            db.session.rollback()
            if not left:
                raise
    return _reply_page(find_reply(db.session(), token), token)


def _confirm(found: Reply) -> None:
    session = db.session()
    with acting_as(session, PUBLIC_FORM, door=Door.PUBLIC_FORM):
        confirm_reply(session, found, working_register(), datetime.now(UTC), base_address())
        session.commit()


def _kept(typed: Written, subject: Subject, language: str) -> bool:
    """Keep a reply and queue its letter; say whether network and address are within limits."""
    session, network = db.session(), network_of(request.remote_addr or "")
    within = within_limit(session, "reply network", network, SENT_A_DAY, subject.now)
    if within and take_in(
        session,
        typed,
        subject.change.id,
        language=language,
        now=subject.now,
        base=base_address(),
    ):
        session.commit()
        return True
    session.rollback()
    return False


def _read() -> Answer:
    """Return what stands in the form that was sent, and what is wrong with it."""
    upload, refused = request.files.get("file"), ""
    name = upload.filename or "" if upload else ""
    file: HandedIn | None = None
    try:
        file = taken_in(name, upload.stream, LARGEST_FILE) if upload and name else None
    except RopaError as error:
        refused = str(error)
    written = written_in(request.form, request.form.getlist("grounds"), file)
    wrong = wrong_in(written)
    if refused:
        wrong["file"] = refused
    return Answer(written, wrong, had_file=bool(name))


def _but(answer: Answer, trouble: str) -> Answer:
    return Answer(answer.typed, {}, trouble, answer.had_file)


def _subject(page: Page, ref: str) -> Subject:
    """Return the change of a reference, or 404 for one that nobody was told of."""
    register = approved_register(page.day)
    found = _told(register, page, lambda one: one.ref == ref)
    return found or abort(404)


def _told(register: Register, page: Page, is_it: Any) -> Subject | None:
    company = register.find(LegalEntity, page.publisher.id) if page.publisher else None
    told = next((one for one in changes_told(register, company) if is_it(one)), None)
    if told is None:
        return None
    whose = company_of(register, register.find(Change, told.id))
    return Subject(told, whose, datetime.now(UTC))


def _form(language: str, subject: Subject, answer: Answer, status: int = 200) -> Response:
    return _shown(
        "object",
        language,
        status=status,
        tongues=tongues_of("objecting"),
        signed_token=form_token(FORM),
        subject=subject,
        answer=answer,
        kinds=list(ReplyKind),
        grounds=list(ObjectionGround),
        longest=LONGEST,
        endings=sorted(KINDS),
        megabytes=LARGEST_FILE // 1_000_000,
    )


def _reply_page(found: Reply | None, token: str) -> Response:
    if found is None:
        return _shown("no_reply", ENGLISH, status=404)
    page = todays_page(ENGLISH)
    register = approved_register(page.day)
    subject = _told(register, page, lambda one: one.id == found.change_id)
    deadline = subject.change.objection_deadline if subject else None
    return _shown(
        "reply",
        found.language,
        reply=found,
        subject=subject,
        zone=zone_of(subject.company if subject else None),
        late=found.kind is ReplyKind.OBJECTION and came_late(found.written_at, deadline),
        turns=turns_told(db.session(), found),
        moment_in=moment_in,
        letter_token=token,
    )


def _shown(name: str, language: str, *, status: int = 200, **values: object) -> Response:
    """Return a page that nobody may keep: it holds a token, or what one reader wrote."""
    language = language if language in languages() else ENGLISH
    page = todays_page(language)
    values.setdefault("tongues", {})
    body = rendered(name, language, page=page, short=True, **values)
    return Response(body, status, content_type=HTML, headers=_PRIVATE)


for view in (objected, reply_confirmed):
    csrf.exempt(view)  # there is no session whose token they could carry
