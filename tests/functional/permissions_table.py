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


def of_noun(
    noun: str, writers: frozenset[UserRole | None], retirers: frozenset[UserRole | None]
) -> dict[str, frozenset[UserRole | None]]:
    """The routes every noun has: all read it, some write it, some take it out of use."""
    at = f"/admin/{noun}"
    return {
        f"GET {at}/": ALL_ROLES,
        f"GET {at}/details/": ALL_ROLES,
        f"GET {at}/history/": ALL_ROLES,
        f"GET {at}/picture/": ALL_ROLES,
        f"GET {at}/picture/file/": ALL_ROLES,
        f"GET {at}/lookup/": writers,
        f"GET {at}/new/": writers,
        f"POST {at}/new/": writers,
        f"GET {at}/edit/": writers,
        f"POST {at}/edit/": writers,
        f"POST {at}/confirm/": writers,
        f"POST {at}/move/": writers,
        f"GET {at}/retire/": retirers,
        f"POST {at}/retire/": retirers,
        f"POST {at}/bring-back/": retirers,
        f"GET {at}/merge/": retirers,
        f"POST {at}/merge/": retirers,
        f"POST {at}/unmerge/": retirers,
        f"POST {at}/download/": EXPORTERS,
        f"POST {at}/keep/": ALL_ROLES,
        f"POST {at}/bulk/": writers,
        f"GET {at}/changed/": ALL_ROLES,
        f"POST {at}/undo/": writers,
    }


def still_true(*nouns: str) -> dict[str, frozenset[UserRole | None]]:
    """The button of the nouns that are read again in the course of a year."""
    return {f"POST /admin/{noun}/still-true/": WRITERS for noun in nouns}


ROUTES: dict[str, frozenset[UserRole | None]] = {
    "GET /static/<path:filename>": EVERYONE,
    # the street
    "GET /": EVERYONE,
    "GET /healthz": EVERYONE,
    "GET /readyz": EVERYONE,
    "GET /robots.txt": EVERYONE,
    "GET /calendar/<token>.ics": EVERYONE,
    "GET /subprocessors": EVERYONE,
    "GET /subprocessors.csv": EVERYONE,
    "GET /subprocessors.json": EVERYONE,
    "GET /subprocessors.schema.json": EVERYONE,
    "GET /subprocessors/<slug>": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors.csv": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors/<slug>": EVERYONE,
    "GET /subprocessors/subscribe": EVERYONE,
    "POST /subprocessors/subscribe": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors/subscribe": EVERYONE,
    "POST /<any(es, pt):language>/subprocessors/subscribe": EVERYONE,
    "GET /subprocessors/manage/<token>": EVERYONE,
    "POST /subprocessors/manage/<token>": EVERYONE,
    "GET /subprocessors/unsubscribe/<token>": EVERYONE,
    "POST /subprocessors/unsubscribe/<token>": EVERYONE,
    "GET /subprocessors/changes/<ref>/object": EVERYONE,
    "POST /subprocessors/changes/<ref>/object": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors/changes/<ref>/object": EVERYONE,
    "POST /<any(es, pt):language>/subprocessors/changes/<ref>/object": EVERYONE,
    "GET /subprocessors/replies/<token>": EVERYONE,
    "POST /subprocessors/replies/<token>": EVERYONE,
    "GET /subprocessors/versions": EVERYONE,
    "GET /subprocessors/versions/<int:number>": EVERYONE,
    "GET /subprocessors/versions/<int:number>.json": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors/versions": EVERYONE,
    "GET /<any(es, pt):language>/subprocessors/versions/<int:number>": EVERYONE,
    "GET /en/subprocessors": EVERYONE,
    "GET /sub-processors": EVERYONE,
    "GET /subencargados": EVERYONE,
    "GET /suboperadores": EVERYONE,
    "GET /.well-known/subprocessors.json": EVERYONE,
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
    "POST /account/calendar": ALL_ROLES,
    "POST /account/calendar/stop": ALL_ROLES,
    "GET /account/confirm": ALL_ROLES,
    "POST /account/confirm": ALL_ROLES,
    # the back office
    "GET /admin/": ALL_ROLES,
    "GET /admin/search/": ALL_ROLES,
    "POST /admin/language/": ALL_ROLES,
    "GET /admin/history/": ALL_ROLES,
    "GET /admin/history/change/": ALL_ROLES,
    "GET /admin/findings/": ALL_ROLES,
    "GET /admin/findings/since/": ALL_ROLES,
    "GET /admin/due/": ALL_ROLES,
    "GET /admin/destinations/": ALL_ROLES,
    "GET /admin/destinations/file/": ALL_ROLES,
    "GET /admin/check-file/": EXPORTERS,
    "POST /admin/check-file/": EXPORTERS,
    "GET /admin/exports/": EXPORTERS,
    "POST /admin/exports/file/": EXPORTERS,
    "GET /admin/inbox/": APPROVERS,
    "POST /admin/inbox/accept/": APPROVERS,
    "POST /admin/inbox/send-back/": APPROVERS,
    "GET /admin/handed-out/": EXPORTERS,
    "GET /admin/handed-out/details/": EXPORTERS,
    "GET /admin/handed-out/file/": EXPORTERS,
    "GET /admin/views/": ALL_ROLES,
    "POST /admin/views/change/": ALL_ROLES,
    "GET /admin/views/remove/": ALL_ROLES,
    "POST /admin/views/remove/": ALL_ROLES,
    **of_noun("activity", WRITERS, EDITORS),
    "GET /admin/activity/presets/": WRITERS,
    **of_noun("legal_entity", WRITERS, EDITORS),
    **of_noun("customer", WRITERS, EDITORS),
    **of_noun("service", WRITERS, EDITORS),
    **of_noun("system", WRITERS, EDITORS),
    **of_noun("assessment", WRITERS, EDITORS),
    **of_noun("california_disclosure", WRITERS, EDITORS),
    **still_true(
        "activity",
        "argentine_registration",
        "assessment",
        "engagement",
        "legal_entity",
        "transfer",
        "vendor",
    ),
    **of_noun("vendor", WRITERS, EDITORS),
    **of_noun("engagement", WRITERS, EDITORS),
    **of_noun("change", WRITERS, EDITORS),
    **of_noun("notice", WRITERS, EDITORS),
    "GET /admin/notice/issue/": APPROVERS,
    "POST /admin/notice/issue/": APPROVERS,
    **of_noun("objection", WRITERS, EDITORS),
    "POST /admin/objection/step/": APPROVERS,
    "POST /admin/objection/hold/": APPROVERS,
    "GET /admin/objection/file/": APPROVERS,
    "GET /admin/objection/forget/": APPROVERS,
    "POST /admin/objection/forget/": APPROVERS,
    "GET /admin/objection/no-objection/": ALL_ROLES,
    "GET /admin/deliveries/": APPROVERS,
    "GET /admin/deliveries/letter/": APPROVERS,
    "GET /admin/deliveries/subscribers/": APPROVERS,
    "GET /admin/deliveries/remove/": APPROVERS,
    "POST /admin/deliveries/remove/": APPROVERS,
    **of_noun("transfer", WRITERS, EDITORS),
    **of_noun("argentine_registration", WRITERS, EDITORS),
    **of_noun("document", WRITERS, EDITORS),
    "GET /admin/document/upload/": WRITERS,
    "POST /admin/document/upload/": WRITERS,
    "GET /admin/document/file/": ALL_ROLES,
    **of_noun("breach", WRITERS, EDITORS),
    **of_noun("waiver", WRITERS, EDITORS),
    **of_noun("threshold", EDITORS, EDITORS),
    **of_noun("country", EDITORS, EDITORS),
    **of_noun("adequacy_decision", EDITORS, EDITORS),
    **of_noun("data_category", EDITORS, EDITORS),
    **of_noun("subject_category", EDITORS, EDITORS),
    **of_noun("measure", EDITORS, EDITORS),
    **of_noun("house_rule", APPROVERS, APPROVERS),
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

WITHOUT_TOKEN: frozenset[str] = frozenset(
    {
        "POST /subprocessors/subscribe",
        "POST /<any(es, pt):language>/subprocessors/subscribe",
        "POST /subprocessors/manage/<token>",
        "POST /subprocessors/unsubscribe/<token>",
        "POST /subprocessors/changes/<ref>/object",
        "POST /<any(es, pt):language>/subprocessors/changes/<ref>/object",
        "POST /subprocessors/replies/<token>",
    }
)
"""The routes that take a form without the token of a session: they carry one of their own."""
