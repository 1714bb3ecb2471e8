"""The tokens of public forms: signed, for a while, and good for one form alone.

A public page has no session and sets no cookie, so its forms carry a token that names the form;
it keeps out who never asked for the page. The newest key signs, older ones still open.
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

GOOD_FOR = 2 * 60 * 60
"""How many seconds a form may stay open."""


def form_token(form: str) -> str:
    """Return a token for the form of this name."""
    return str(_serializer(form).dumps(form))


def is_token(token: str, form: str) -> bool:
    """Say whether a token was made for the form of this name, lately."""
    try:
        return bool(_serializer(form).loads(token, max_age=GOOD_FOR) == form)
    except BadSignature:
        return False


def _serializer(form: str) -> URLSafeTimedSerializer:
    newest = current_app.config["SECRET_KEY"]
    older = current_app.config.get("SECRET_KEY_FALLBACKS") or ()
    return URLSafeTimedSerializer([*reversed(older), newest], salt=f"ropa.public.{form}")
