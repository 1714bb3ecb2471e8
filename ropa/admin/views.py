"""The nouns in the back office: where each stands in the menu, and what its list shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.admin.activities import ActivityView
from ropa.admin.base import RecordView
from ropa.admin.changes import ChangeView
from ropa.admin.documents import DocumentView
from ropa.admin.listing import filters_of
from ropa.admin.menu import (
    ARGENTINA,
    CATALOGUES,
    EVIDENCE,
    PEOPLE,
    REGISTER,
    SUBPROCESSORS,
    TRANSFERS,
)
from ropa.admin.notices import NoticeView
from ropa.admin.objections import ObjectionView
from ropa.admin.questions import QUESTIONS
from ropa.admin.reviewing import ReviewedView
from ropa.admin.waivers import WaiverView
from ropa.operations import is_reviewed
from ropa.records import NOUNS


@dataclass(frozen=True)
class Desk:
    """One noun's place: its group, the columns of its list, its filters, its usual order."""

    noun: str
    category: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    order: tuple[str, bool] | None = None


DESKS = (
    Desk(
        "activity",
        REGISTER,
        ("ref", "name", "role", "entity", "department", "letters", "workflow", "last_reviewed_on"),
        (
            "entity",
            "role",
            "basis",
            "owner",
            "special",
            "review",
            "place",
            "safeguard",
            "tia",
            "department",
            "law",
            "letter",
            "answer",
        ),
    ),
    Desk(
        "legal_entity", REGISTER, ("legal_name", "trade_name", "country", "workflow"), ("country",)
    ),
    Desk(
        "customer",
        REGISTER,
        ("legal_name", "trade_name", "country", "workflow"),
        ("country", "agreement", "with", "service", "authorised", "ends"),
    ),
    Desk("service", REGISTER, ("code", "name", "workflow")),
    Desk(
        "system",
        REGISTER,
        ("name", "entity", "hosted_by", "countries", "workflow"),
        ("entity", "hosted_by"),
    ),
    Desk(
        "assessment",
        REGISTER,
        ("ref", "name", "kind", "result", "decided_on", "workflow"),
        ("kind", "result"),
    ),
    Desk(
        "california_disclosure",
        REGISTER,
        ("label", "category", "entity", "collected", "disclosed", "sold", "shared", "workflow"),
        ("entity", "category", "collected", "disclosed"),
        ("category", False),
    ),
    Desk(
        "vendor",
        SUBPROCESSORS,
        ("name", "legal_name", "kind", "country", "dpa_status", "dpa_expires_on", "workflow"),
        ("kind", "country", "acts_as", "dpa_status", "ends", "certificate"),
    ),
    Desk(
        "engagement",
        SUBPROCESSORS,
        ("purpose", "vendor", "entity", "role", "group", "public", "workflow"),
        (
            "vendor",
            "entity",
            "role",
            "place",
            "public",
            "group",
            "special_data",
            "authorisation",
            "ai_trains",
            "ends",
        ),
        ("vendor", False),
    ),
    Desk(
        "change",
        SUBPROCESSORS,
        ("ref", "name", "kind", "announced_on", "objection_until", "effective_on", "workflow"),
        ("kind",),
        ("effective_on", True),
    ),
    Desk(
        "notice",
        SUBPROCESSORS,
        ("ref", "name", "entity", "issued_on", "workflow"),
        ("entity",),
        ("ref", True),
    ),
    Desk(
        "objection",
        SUBPROCESSORS,
        ("ref", "change", "organisation", "received_on", "stage", "holds", "outcome", "workflow"),
        ("change", "customer", "stage", "outcome", "holds"),
        ("received_on", True),
    ),
    Desk(
        "transfer",
        TRANSFERS,
        ("ref", "name", "exporter", "importer", "country", "frequency", "workflow"),
        (
            "exporter",
            "country",
            "safeguard",
            "tia",
            "importer_vendor",
            "expiry",
            "exporter_role",
            "frequency",
        ),
    ),
    Desk(
        "country",
        TRANSFERS,
        ("code", "name", "kind", "eea_member", "verified_on"),
        ("kind", "eea_member"),
        ("name", False),
    ),
    Desk(
        "adequacy_decision",
        TRANSFERS,
        ("decision", "regime", "place", "status", "valid_from", "valid_to", "verified_on"),
        ("regime", "status", "place"),
        ("regime", False),
    ),
    Desk(
        "argentine_registration",
        ARGENTINA,
        ("database_name", "kind", "entity", "rl_number", "status", "issued_on", "workflow"),
        ("entity", "kind", "status"),
        ("rl_number", False),
    ),
    Desk("data_category", CATALOGUES, ("code", "name", "kind", "workflow"), ("kind",)),
    Desk(
        "subject_category", CATALOGUES, ("code", "name", "vulnerable", "workflow"), ("vulnerable",)
    ),
    Desk("measure", CATALOGUES, ("code", "name", "kind", "aims", "workflow"), ("kind",)),
    Desk(
        "document",
        EVIDENCE,
        ("name", "kind", "filename", "effective_on", "expires_on", "workflow"),
        ("kind", "expiry", "language"),
    ),
    Desk(
        "breach",
        EVIDENCE,
        ("ref", "name", "entity", "discovered_on", "authority_notified_on", "workflow"),
        ("entity",),
        ("discovered_on", True),
    ),
    Desk(
        "waiver",
        EVIDENCE,
        ("rule", "reason", "decided_by", "decided_on", "ends_on", "workflow"),
        (),
        ("ends_on", False),
    ),
    Desk(
        "threshold",
        CATALOGUES,
        ("code", "value", "country", "valid_from", "valid_to", "verified_on"),
        ("code",),
        ("code", False),
    ),
    Desk("house_rule", PEOPLE, ("code", "on", "reason", "workflow")),
)
"""Every noun, in the order of the menu."""

FILTERS = {
    desk.noun: filters_of(desk.noun, desk.filters, QUESTIONS.get(desk.noun, {})) for desk in DESKS
}
"""What each list can be narrowed by, for pages that count what a list would find."""

_OF_THEIR_OWN: dict[str, type[RecordView]] = {
    "activity": ActivityView,
    "change": ChangeView,
    "document": DocumentView,
    "notice": NoticeView,
    "objection": ObjectionView,
    "waiver": WaiverView,
}


def record_views() -> Iterator[RecordView]:
    """Yield a fresh view for every noun."""
    for desk in DESKS:
        usual = ReviewedView if is_reviewed(NOUNS[desk.noun]) else RecordView
        view = _OF_THEIR_OWN.get(desk.noun, usual)
        yield view(
            desk.noun,
            category=desk.category,
            columns=desk.columns,
            filters=desk.filters,
            order=desk.order,
        )
