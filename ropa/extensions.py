"""The keys of the house: what Flask holds, made here without an app and joined to one in ``app``.

And the word every route must say: which permission it needs. ``@needs(Permission.RECORD_READ)``
writes it on the view function; Flask-Admin's views, whose functions are shared, enter theirs in
``declared(app)`` by endpoint. A route that says nothing is refused (``ropa.admin.gate``).
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from ropa.errors import RopaError
from ropa.models.base import Model
from ropa.vocabulary import Permission

db = SQLAlchemy(metadata=Model.metadata)
babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()

View = TypeVar("View", bound=Callable[..., object])

_ON_VIEW = "ropa_permission"
_REGISTRY = "ropa.permissions"


class UndeclaredRouteError(RopaError):
    """A route says nothing of who may use it, and so the house does not open."""


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare the permission without which a view is not run."""

    def declare(view: View) -> View:
        setattr(view, _ON_VIEW, permission)
        return view

    return declare


def declared(app: Flask) -> dict[str, Permission]:
    """Return the permissions declared by endpoint rather than on the view; add to it freely."""
    registry: dict[str, Permission] = app.extensions.setdefault(_REGISTRY, {})
    return registry


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """Return the permission an endpoint needs, or None when it has declared none."""
    on_view: Permission | None = getattr(app.view_functions.get(endpoint), _ON_VIEW, None)
    return declared(app).get(endpoint, on_view)


def check_permissions(app: Flask) -> None:
    """Raise UndeclaredRouteError when any route has declared no permission."""
    silent = sorted(
        {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if permission_of(app, rule.endpoint) is None
        }
    )
    if silent:
        raise UndeclaredRouteError(
            f"No permission is declared for {', '.join(silent)}. Put @needs(…) on the view."
        )
