"""What somebody typed is not lost when their sign-in, or the token of their form, has ended.

Whoever is still signed in gets the form again, as they typed it, with a fresh token; whoever is
not gets a page that carries what they typed until they have signed in elsewhere. Neither saves
anything, and neither answers a form that another site sent.
"""

from typing import ClassVar
from urllib.parse import urlsplit

from flask import current_app, make_response, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from ropa.extensions import permission_of
from ropa.i18n import _
from ropa.records.text import without_unprintable

_ANEW = frozenset({"csrf_token"})


class KeepsTyped:
    """A view with forms that can be shown again as they were typed.

    Only those it names: to show one again its method is run once more, and it must know from
    ``g.unsaved_because`` that nothing may be saved. Anything else would be done without a token.
    """

    shows_again: ClassVar[frozenset[str]] = frozenset()
    """The names of the methods whose forms can be shown again."""

    def type_again(self, sentence: str) -> Response:
        """Return the form that was sent, unsaved, with a sentence that says why."""
        raise NotImplementedError


def typed_again() -> Response | None:
    """Return the form that was sent as it was typed, or None when nothing of it can be kept."""
    owner = _owner()
    if owner is None:
        return None
    if not current_user.is_authenticated:
        return sign_in_first()
    wanted = permission_of(current_app, request.endpoint or "")
    if wanted is None or not current_user.can(wanted):
        return None
    return owner.type_again(
        _("The page was open for too long, so nothing was saved. Look it over and save again.")
    )


def sign_in_first() -> Response | None:
    """Return a page that carries what was typed while somebody signs in; None for other forms."""
    if _owner() is None:
        return None
    typed = [
        (without_unprintable(name), without_unprintable(text))
        for name, text in request.form.items(multi=True)
        if name not in _ANEW
    ]
    page = render_template(
        "admin/kept.html", title=_("Sign in again"), typed=typed, address=request.full_path
    )
    return make_response(page, 401)


def _owner() -> KeepsTyped | None:
    """Return the view whose form was sent, when it can be shown again and our own page sent it."""
    view = current_app.view_functions.get(request.endpoint or "")
    owner = getattr(view, "__self__", None)
    if request.method != "POST" or not isinstance(owner, KeepsTyped) or not _sent_from_here():
        return None
    return owner if (request.endpoint or "").rpartition(".")[2] in owner.shows_again else None


def _sent_from_here() -> bool:
    """Say whether a page of ours sent the form.

    Browsers say so in Sec-Fetch-Site, but only behind TLS; without it they name the origin.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
