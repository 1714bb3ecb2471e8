"""The letters that went out or wait, and the subscribers: for those who may see addresses."""

from collections.abc import Mapping
from typing import ClassVar, TypeVar

from flask import abort, current_app, flash, redirect, request
from flask_admin import expose
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from ropa.admin.context import may, working_register
from ropa.admin.guard import Guarded
from ropa.admin.menu import SUBPROCESSORS
from ropa.config import HOME
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import _
from ropa.models import Delivery, Subscriber
from ropa.operations.rows import is_id
from ropa.publishing import outbox
from ropa.publishing.letters import Desk
from ropa.publishing.subscribing import count_confirmed, leave
from ropa.records import Customer, Notice
from ropa.register import read_register
from ropa.vocabulary import DeliveryState, Permission

PAGE = 50
FURTHEST = 100_000


class DeliveriesPage(Guarded):
    """Sub-processors → Deliveries."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.ADDRESS_READ,
        "letter": Permission.ADDRESS_READ,
        "subscribers": Permission.ADDRESS_READ,
        "remove": Permission.SUBSCRIBER_REMOVE,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("Deliveries"), category=SUBPROCESSORS, endpoint="deliveries", url="deliveries"
        )

    @expose("/")
    def index(self) -> str:
        """Show the letters, the newest first, narrowed by notice and state."""
        notices = [one for one in working_register().all(Notice) if one.issued_on]
        wanted = _wanted({one.id for one in notices})
        count = db.session.scalar(select(func.count(Delivery.id)).where(*_where(wanted))) or 0
        page = min(_page(), max(count - 1, 0) // PAGE)
        found = select(Delivery).where(*_where(wanted)).options(selectinload(Delivery.notice))
        ordered = found.order_by(Delivery.queued_at.desc(), Delivery.id)
        return self.render(
            "admin/deliveries.html",
            title=_("Deliveries"),
            letters=db.session.scalars(ordered.limit(PAGE).offset(page * PAGE)).all(),
            customers={one.id: one for one in working_register().all(Customer)},
            notices=notices,
            states=list(DeliveryState),
            wanted=wanted,
            count=count,
            page=page,
            pages=-(-count // PAGE),
            waiting=outbox.waiting(db.session()),
            sends_mail=current_app.config["ROPA_SENDS_MAIL"],
            confirmed=count_confirmed(db.session()),
        )

    @expose("/letter/")
    def letter(self) -> str:
        """Show a letter as its reader gets it, to be read or copied."""
        delivery = _asked(Delivery)
        then = delivery.queued_at if delivery.notice_id else None
        register = read_register(db.session(), known_at=then, approved=True)
        desk = Desk.at(HOME / "templates" / "letters", current_app.config["ROPA_BASE_URL"])
        try:
            written, refused = desk.write(delivery, register), ""
        except RopaError as error:
            written, refused = None, str(error)
        return self.render(
            "admin/letter.html",
            title=_("A letter"),
            delivery=delivery,
            written=written,
            refused=refused,
        )

    @expose("/subscribers/")
    def subscribers(self) -> str:
        """Show who asked for notices and confirmed it, by address, page by page."""
        count = count_confirmed(db.session())
        page = min(_page(), max(count - 1, 0) // PAGE)
        confirmed = select(Subscriber).where(Subscriber.confirmed_at.is_not(None))
        ordered = confirmed.order_by(Subscriber.address).limit(PAGE).offset(page * PAGE)
        return self.render(
            "admin/subscribers.html",
            title=_("Subscribers"),
            subscribers=db.session.scalars(ordered).all(),
            count=count,
            page=page,
            pages=-(-count // PAGE),
            may_remove=may(Permission.SUBSCRIBER_REMOVE),
        )

    @expose("/remove/", methods=("GET", "POST"))
    def remove(self) -> str | Response:
        """Ask, and then delete a subscriber."""
        subscriber = _asked(Subscriber)
        if request.method == "GET":
            return self.render(
                "admin/remove_subscriber.html",
                title=_("Remove a subscriber"),
                subscriber=subscriber,
            )
        leave(db.session(), subscriber)
        db.session.commit()
        flash(_("The subscriber is removed. Letters that waited for the address are not sent."))
        return redirect(self.get_url(".subscribers"), 303)


Wanted = Mapping[str, str]
Row = TypeVar("Row", Delivery, Subscriber)


def _wanted(notices: set[str]) -> Wanted:
    """Return what the address asks for, leaving out what is not there."""
    asked = {"notice": request.args.get("notice", ""), "state": request.args.get("state", "")}
    known = {"notice": notices, "state": {one.value for one in DeliveryState}}
    return {name: value for name, value in asked.items() if value in known[name]}


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if "notice" in wanted:
        found.append(Delivery.notice_id == wanted["notice"])
    if "state" in wanted:
        found.append(Delivery.state == DeliveryState(wanted["state"]))
    return found


def _page() -> int:
    return min(max(request.args.get("page", default=0, type=int), 0), FURTHEST)


def _asked(kind: type[Row]) -> Row:
    """Return the row the address or the form names; anything else is not found."""
    asked = request.form.get("id") or request.args.get("id") or ""
    row = db.session.get(kind, asked) if is_id(asked) else None
    return row if row is not None else abort(404)
