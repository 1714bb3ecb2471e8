"""The pages of the contact of an agreement: another person is named, and confirms it.

A contact cannot lose legal notice by a link: the letters go on until the house has entered
somebody else. Opening a page changes nothing.
"""

from datetime import UTC, datetime

from flask import Response, request

from ropa.extensions import csrf, db, needs
from ropa.public.pages import ENGLISH, public
from ropa.public.reading import base_address
from ropa.public.subscribing import shown
from ropa.public.tokens import form_token, is_token
from ropa.publishing.replacing import (
    LONGEST_NAME,
    confirm_replacement,
    find_contact,
    find_replacement,
    name_another,
)
from ropa.publishing.subscribing import address_in
from ropa.records.text import without_unprintable
from ropa.vocabulary import Permission

FORM = "contact"


@public.get("/subprocessors/contact/<token>")
@needs(Permission.PUBLIC)
def contact(token: str) -> Response:
    """Show the form with which a contact names another; changes nothing."""
    return _form(token)


@public.post("/subprocessors/contact/<token>")
@needs(Permission.PUBLIC)
def contact_named(token: str) -> Response:
    """Take the name and address of another contact, who is asked by letter."""
    found = find_contact(db.session(), token)
    if found is None:
        return shown("no_subscription", ENGLISH, status=404)
    form = request.form
    name = " ".join(without_unprintable(form.get("name", "")).split())[:LONGEST_NAME]
    address = address_in(form.get("address", ""))
    if not is_token(form.get("token", ""), FORM):
        return _form(token, wrong="old", status=400)
    if not name or not address:
        return _form(token, wrong="name" if not name else "address", status=422)
    language, at = found.language, datetime.now(UTC)
    if not name_another(
        db.session(), found, name=name, address=address, now=at, base=base_address()
    ):
        db.session.rollback()
        return _form(token, wrong="busy", status=429)
    db.session.commit()
    return shown("contact_asked", language, address=address)


@public.get("/subprocessors/contact/confirm/<token>")
@needs(Permission.PUBLIC)
def contact_confirm(token: str) -> Response:
    """Show the button with which the new contact confirms; changes nothing."""
    return _confirm(token)


@public.post("/subprocessors/contact/confirm/<token>")
@needs(Permission.PUBLIC)
def contact_confirmed(token: str) -> Response:
    """Let the new contact say that it is right; the data protection officer is told."""
    found = find_replacement(db.session(), token)
    if found is not None:
        confirm_replacement(found, datetime.now(UTC))
        db.session.commit()
    return _confirm(token)


def _form(token: str, *, wrong: str = "", status: int = 200) -> Response:
    found = find_contact(db.session(), token)
    if found is None:
        return shown("no_subscription", ENGLISH, status=404)
    return shown(
        "contact",
        found.language,
        status=status,
        contact=found,
        letter_token=token,
        signed_token=form_token(FORM),
        wrong=wrong,
        typed={key: request.form.get(key, "")[:254] for key in ("name", "address")},
        longest=LONGEST_NAME,
    )


def _confirm(token: str) -> Response:
    found = find_replacement(db.session(), token)
    if found is None:
        return shown("no_subscription", ENGLISH, status=404)
    return shown("contact_confirm", found.language, one=found, letter_token=token)


for view in (contact_named, contact_confirmed):
    csrf.exempt(view)  # there is no session whose token they could carry
