"""Who may use which route: written by hand, and compared with what the house really does.

One line a route: its method, its rule, and who may. A new route fails the test until it has a
line here; so does a line whose route has gone.
"""

from ropa.vocabulary import UserRole

STRANGER = None

VIEWER, AUDITOR, OWNER = UserRole.VIEWER, UserRole.AUDITOR, UserRole.OWNER
EDITOR, DPO, ADMIN = UserRole.EDITOR, UserRole.DPO, UserRole.ADMIN

ALL_ROLES: frozenset[UserRole | None] = frozenset(UserRole)
EVERYONE: frozenset[UserRole | None] = ALL_ROLES | {STRANGER}
WRITERS: frozenset[UserRole | None] = frozenset({OWNER, EDITOR, DPO, ADMIN})
EXPORTERS: frozenset[UserRole | None] = WRITERS | {AUDITOR}
EDITORS: frozenset[UserRole | None] = frozenset({EDITOR, DPO, ADMIN})
APPROVERS: frozenset[UserRole | None] = frozenset({DPO, ADMIN})
ADMINS: frozenset[UserRole | None] = frozenset({ADMIN})

ROUTES: dict[str, frozenset[UserRole | None]] = {
    "GET /static/<path:filename>": EVERYONE,
    # signing in and out
    "GET /login": EVERYONE,
    "POST /login": EVERYONE,
    "GET /welcome/<token>": EVERYONE,
    "POST /welcome/<token>": EVERYONE,
    "POST /logout": ALL_ROLES,
    # one's own account
    "GET /account": ALL_ROLES,
    "POST /account/password": ALL_ROLES,
    "POST /account/sessions/<uuid:sign_in_id>/end": ALL_ROLES,
    "POST /account/sessions/end-others": ALL_ROLES,
    "GET /account/confirm": ALL_ROLES,
    "POST /account/confirm": ALL_ROLES,
    # the people
    "GET /admin/people/": ADMINS,
    "GET /admin/people/invite": ADMINS,
    "POST /admin/people/invite": ADMINS,
    "GET /admin/people/<uuid:user_id>": ADMINS,
    "POST /admin/people/<uuid:user_id>": ADMINS,
    "POST /admin/people/<uuid:user_id>/activate": ADMINS,
    "POST /admin/people/<uuid:user_id>/deactivate": ADMINS,
    "POST /admin/people/<uuid:user_id>/end-sessions": ADMINS,
    "POST /admin/people/<uuid:user_id>/link": ADMINS,
}
"""Who may use each route."""

WITHOUT_TOKEN: frozenset[str] = frozenset()
"""The routes that take a form without the token of a session: they carry one of their own."""
