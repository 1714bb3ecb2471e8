"""Deny by default, inside the views: a method runs only for those whose permission it names.

The gate before every route asks first, by endpoint; this asks again where the view is, so that a
view cannot be reached by a way the gate does not know.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from flask import Flask, abort
from flask_admin import Admin
from flask_admin.base import BaseView

from ropa.admin.context import may
from ropa.extensions import declared
from ropa.vocabulary import Permission


class Guarded(BaseView):
    """A view whose every method names the permission it needs; one that names none is refused."""

    needs: ClassVar[Mapping[str, Permission]] = {}

    def permission_for(self, method: str) -> Permission | None:
        """Return the permission a method of this view needs, or None when it names none."""
        return self.needs.get(method)

    def is_accessible(self) -> bool:
        """Say whether whoever is signed in may open the first page of this view."""
        permission = self.permission_for(str(getattr(self, "_default_view", "")))
        return permission is not None and may(permission)

    def _handle_view(self, name: str, **_kwargs: Any) -> None:
        permission = self.permission_for(name)
        if permission is None or not may(permission):
            abort(403)

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run the method as it is; Flask-Admin would run it twice when it raises a TypeError."""
        return fn(self, *args, **kwargs)


def declare_permissions(app: Flask, admin: Admin) -> None:
    """Enter the permission of every method of every view, for the gate and for tests."""
    registry = declared(app)
    for endpoint, permission in _permissions(admin):
        if permission is not None:
            registry[endpoint] = permission


def _permissions(admin: Admin) -> Iterator[tuple[str, Permission | None]]:
    for view in admin._views:  # noqa: SLF001
        if isinstance(view, Guarded):
            for _url, method, _verbs in view._urls:  # type: ignore[attr-defined]  # noqa: SLF001
                yield f"{view.endpoint}.{method}", view.permission_for(method)
