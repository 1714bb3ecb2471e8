"""Webhooks: which programs are told of changes at once, what they were sent, and their secrets."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from flask import abort, current_app, flash, redirect, request
from flask_admin import expose
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, working_register
from ropa.admin.gate import now
from ropa.admin.guard import Guarded
from ropa.admin.menu import SUBPROCESSORS
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import _
from ropa.models import Webhook, WebhookMessage
from ropa.publishing.webhooks import Reach, add_webhook, enable, replay, rotate, switch_off
from ropa.records import Change, LegalEntity
from ropa.vocabulary import Permission

PAGE = 50
FURTHEST = 100_000

Row = TypeVar("Row", Webhook, WebhookMessage)


class WebhooksPage(Guarded):
    """Sub-processors → Webhooks."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.NOTICE_ISSUE,
        "add": Permission.NOTICE_ISSUE,
        "one": Permission.NOTICE_ISSUE,
        "rotate": Permission.NOTICE_ISSUE,
        "switch": Permission.NOTICE_ISSUE,
        "replay": Permission.NOTICE_ISSUE,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("Webhooks"), category=SUBPROCESSORS, endpoint="webhooks", url="webhooks"
        )

    @expose("/")
    def index(self) -> str:
        """Show the programs that are told, and a form to add one."""
        return self._list()

    @expose("/add/", methods=("POST",))
    def add(self) -> str | tuple[str, int]:
        """Add a program, and show its secret this once."""
        company = working_register().find(LegalEntity, request.form.get("entity"))
        try:
            if company is None:
                return self._list(str(_("Choose one of our companies."))), 422
            hook, secret = add_webhook(
                db.session(),
                Reach(loopback=current_app.config["ROPA_WEBHOOKS_LOOPBACK"]),
                entity_id=company.id,
                name=request.form.get("name", ""),
                url=request.form.get("url", ""),
                by=current_actor().name,
                now=now(),
            )
        except RopaError as error:
            db.session.rollback()
            return self._list(str(error)), 422
        db.session.commit()
        return self._secret(hook, secret)

    @expose("/one/")
    def one(self) -> str:
        """Show one program: what it was sent, how often it was tried, and what it answered."""
        hook = _asked(Webhook)
        ours = WebhookMessage.webhook_id == hook.id
        count = db.session.scalar(select(func.count()).where(ours)) or 0
        page = min(_page(), max(count - 1, 0) // PAGE)
        query = select(WebhookMessage).where(ours).options(selectinload(WebhookMessage.tries))
        ordered = query.order_by(WebhookMessage.queued_at.desc(), WebhookMessage.id)
        return self.render(
            "admin/webhook.html",
            title=hook.name,
            hook=hook,
            company=working_register().find(LegalEntity, hook.entity_id),
            live=[one for one in hook.secrets if one.ends_at is None or one.ends_at > now()],
            messages=db.session.scalars(ordered.limit(PAGE).offset(page * PAGE)).all(),
            changes={one.id: one for one in working_register().all(Change)},
            page=page,
            pages=-(-count // PAGE),
        )

    @expose("/rotate/", methods=("POST",))
    def rotate(self) -> str:
        """Make a new secret and show it this once; the old one signs beside it for some days."""
        hook = _asked(Webhook)
        secret = rotate(db.session(), hook, now())
        db.session.commit()
        return self._secret(hook, secret)

    @expose("/switch/", methods=("POST",))
    def switch(self) -> Response:
        """Switch a program off, or on again."""
        hook = _asked(Webhook)
        if hook.disabled_at is None:
            switch_off(db.session(), hook, now(), current_actor().name)
            flash(_("The webhook is switched off. Messages that waited for it are not sent."))
        else:
            enable(hook)
            flash(
                _("The webhook is switched on. What failed meanwhile can be sent once more below.")
            )
        db.session.commit()
        return redirect(self.get_url(".one", id=hook.id), 303)

    @expose("/replay/", methods=("POST",))
    def replay(self) -> Response:
        """Let a message go out once more, under the same id."""
        message = _asked(WebhookMessage)
        try:
            replay(message, now())
        except RopaError as error:
            flash(str(error), "error")
        else:
            flash(_("The message waits again; “ropa notices send” delivers it."))
        db.session.commit()
        return redirect(self.get_url(".one", id=message.webhook_id), 303)

    def _list(self, refused: str = "") -> str:
        hooks = db.session.scalars(select(Webhook).order_by(Webhook.created_at, Webhook.id)).all()
        return self.render(
            "admin/webhooks.html",
            title=_("Webhooks"),
            hooks=hooks,
            companies={one.id: one for one in working_register().all(LegalEntity)},
            entities=working_register().current(LegalEntity),
            refused=refused,
            given=request.form,
        )

    def _secret(self, hook: Webhook, secret: str) -> str:
        title = _("The secret of “%(name)s”", name=hook.name)
        return self.render("admin/webhook_secret.html", title=title, hook=hook, secret=secret)


def given_up() -> Sequence[Webhook]:
    """Return the programs that were switched off because they failed for too long."""
    off = select(Webhook).where(Webhook.disabled_at.is_not(None), Webhook.disabled_by == "")
    return db.session.scalars(off.order_by(Webhook.created_at, Webhook.id)).all()


def _asked(kind: type[Row]) -> Row:
    asked = request.form.get("id") or request.args.get("id") or ""
    row = db.session.get(kind, asked[:40]) if asked.isprintable() else None
    return row if row is not None else abort(404)


def _page() -> int:
    return min(max(request.args.get("page", default=0, type=int), 0), FURTHEST)
