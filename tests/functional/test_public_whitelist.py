"""What reaches outsiders was chosen: every other word of the register stays in the house."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from ropa.records import (
    NOUNS,
    Answer,
    Change,
    Engagement,
    LegalEntity,
    LocalisedText,
    Part,
    Provenance,
    Record,
    Vendor,
)
from ropa.records.fields import Kind, fields_of
from ropa.vocabulary import AnswerKind, EngagementRole, Origin, Workflow
from tests.functional.site import a_street_door, show
from tests.subprocessors import a_register, an_id

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

SHOWN = {
    "adequacy_decision.decision",
    "change.body",
    "change.corrections.body_before",
    "change.corrections.name_before",
    "change.corrections.why",
    "change.emergency_reason",
    "change.name",
    "change.ref",
    "data_category.name",
    "engagement.ai_retention",
    "engagement.applies_when",
    "engagement.delimitation",
    "engagement.locations.region",
    "engagement.purpose",
    "engagement.retention",
    "engagement.supplementary_measures",
    "legal_entity.address",
    "legal_entity.appointments.email",
    "legal_entity.appointments.name",
    "legal_entity.email",
    "legal_entity.legal_name",
    "legal_entity.notice_clause",
    "legal_entity.objection_terms",
    "legal_entity.slug",
    "legal_entity.trade_name",
    "service.name",
    "subject_category.name",
    "transfer.organisation",
    "vendor.address",
    "vendor.certifications.issued_by",
    "vendor.certifications.name",
    "vendor.chain.address",
    "vendor.chain.legal_name",
    "vendor.chain.purpose",
    "vendor.contact_email",
    "vendor.contact_function",
    "vendor.contact_name",
    "vendor.dpa_url",
    "vendor.legal_name",
    "vendor.name",
    "vendor.own_list_url",
    "vendor.privacy_contact",
    "vendor.registration_number",
    "vendor.slug",
    "vendor.website",
}
"""Every text outsiders may read. To show one more is to write its name here."""

_MARK = re.compile(r"(shown|hidden)-([a-z-]+?(?:\.[a-z-]+)*)-mark")
_FIXED = {"country": "US", "countries": ("US",), "time_zone": "Europe/Madrid", "language": "en"}


def filled(kind: type[Record], side: str, **facts: Any) -> Record:
    """Return a record whose every text says where it stands, and whose links lead to its like."""
    values = _values(kind, side, kind.noun)
    mark = _mark(side, f"{kind.noun}.notes")
    values |= {
        "id": an_id(f"{side}-{kind.noun}"),
        "workflow": Workflow.APPROVED,
        "notes": mark,
        "retired_reason": mark,
        "provenance": {"name": Provenance(origin=Origin.POLICY, source=mark, by=mark)},
        "answers": (
            Answer(question="chain", kind=AnswerKind.NOT_APPLICABLE, because=mark, by=mark),
        ),
    }
    return kind(**values | facts)


def _values(kind: type[Record] | type[Part], side: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields_of(kind):
        mark = _mark(side, f"{path}.{field.name}")
        if field.name in _FIXED:
            found[field.name] = _FIXED[field.name]
        elif field.kind is Kind.TEXT:
            is_link = field.name.endswith("url") or field.name == "website"
            found[field.name] = f"https://vendor.example/{mark}" if is_link else mark
        elif field.kind is Kind.LOCALISED:
            found[field.name] = LocalisedText(en=mark, es=mark, pt=mark)
        elif field.kind is Kind.TEXTS:
            found[field.name] = (mark,)
        elif field.kind is Kind.LINK:
            found[field.name] = an_id(f"{side}-{field.says.to}")
        elif field.kind is Kind.LINKS:
            found[field.name] = (an_id(f"{side}-{field.says.to}"),)
        elif field.kind is Kind.PARTS:
            row = field.of(id=an_id(mark), **_values(field.of, side, f"{path}.{field.name}"))
            found[field.name] = (row,)
        elif field.kind is Kind.TERM:
            found[field.name] = next(iter(field.of))
    return found


def _mark(side: str, path: str) -> str:
    return f"{side}-{path.replace('_', '-')}-mark"


def a_house(side: str) -> dict[type[Record], Record]:
    return {kind: filled(kind, side) for kind in NOUNS.values()}


def public_house() -> dict[type[Record], Record]:
    house = a_house("shown")
    house[LegalEntity] = replace(house[LegalEntity], publishes_list=True)
    house[Engagement] = replace(
        house[Engagement],
        role=EngagementRole.SUBPROCESSOR,
        public=True,
        ai_model_provider=True,
        special_data=True,
    )
    house[Change] = replace(
        house[Change], entity=house[LegalEntity].id, announced_on=date(2026, 11, 1), emergency=True
    )
    return house


def everything_outsiders_get(app: Flask, *records: Record) -> str:
    site = show(app, a_register(*records))
    slugs = [one.slug for one in records if isinstance(one, Vendor)]
    pages = [f"{tongue}/subprocessors" for tongue in ("", "/es", "/pt")]
    pages += [f"/es/subprocessors/{slug}" for slug in slugs]
    told = [one.ref for one in records if isinstance(one, Change)]
    pages += ["/subprocessors/changes", *(f"/es/subprocessors/changes/{ref}" for ref in told)]
    pages += [f"/pt/subprocessors/changes.{form}" for form in ("atom", "json", "ics")]
    pages += [f"/subprocessors/changes/{ref}.{form}" for ref in told for form in ("json", "ics")]
    pages += ["/subprocessors/subscribe", "/pt/subprocessors/subscribe"]
    pages += ["/subprocessors.json", "/subprocessors.csv", "/pt/subprocessors.csv"]
    answers = [site.get(page) for page in pages]
    return "\n".join(f"{one.headers}\n{one.text}" for one in answers)


def marks_in(text: str, side: str) -> set[str]:
    found = {(where, path.replace("-", "_")) for where, path in _MARK.findall(text)}
    return {path for where, path in found if where == side}


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    with time_machine.travel(NOON, tick=False):
        yield a_street_door()


def test_only_what_the_table_names_is_shown_and_all_of_it_is(app):
    given_away = marks_in(everything_outsiders_get(app, *public_house().values()), "shown")
    assert given_away == SHOWN


HIDING = (
    {"public": False},
    {"public": None},
    {"role": EngagementRole.PROCESSOR},
    {"role": EngagementRole.CONTROLLER},
    {"role": None},
    {"workflow": Workflow.DRAFT},
    {"workflow": Workflow.IN_REVIEW},
    {"workflow": Workflow.RETIRED, "retired_at": NOON},
    {"ends_on": date(2020, 1, 1)},
)
"""What keeps an engagement off the list, each alone enough."""

STATES = st.sampled_from([Workflow.DRAFT, Workflow.IN_REVIEW, Workflow.RETIRED])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    hiding=st.lists(st.sampled_from(HIDING), min_size=1, max_size=3),
    unapproved=st.sets(st.sampled_from(sorted(NOUNS)), max_size=6),
    state=STATES,
    note=st.text(max_size=40),
)
def test_no_note_draft_customer_or_unpublished_engagement_gets_out(
    app, hiding, unapproved, state, note
):
    house = public_house()
    for record in house.values():
        house[type(record)] = replace(record, notes=f"shown-{record.noun}.notes-mark {note}")
    other = a_house("hidden")
    facts: dict[str, Any] = {
        "role": EngagementRole.SUBPROCESSOR,
        "public": True,
        "entity": house[LegalEntity].id,
    }
    for reason in hiding:
        facts |= reason
    other[Engagement] = replace(other[Engagement], **facts)
    for noun in unapproved:
        kind = NOUNS[noun]
        other[kind] = replace(other[kind], workflow=state)
    text = everything_outsiders_get(app, *house.values(), *other.values())
    assert marks_in(text, "hidden") == set()
    assert marks_in(text, "shown") == SHOWN


@given(noun=st.sampled_from(["vendor", "data_category", "service", "transfer"]), state=STATES)
@settings(max_examples=12, deadline=None)
def test_what_an_approved_line_names_stays_hidden_until_it_is_approved_too(app, noun, state):
    house = public_house()
    kind = NOUNS[noun]
    house[kind] = replace(house[kind], workflow=state)
    given_away = marks_in(everything_outsiders_get(app, *house.values()), "shown")
    assert not {path for path in given_away if path.startswith(f"{noun}.")}


def test_a_company_that_is_not_approved_is_not_named(app):
    house = public_house()
    house[LegalEntity] = replace(house[LegalEntity], workflow=Workflow.DRAFT)
    given_away = marks_in(everything_outsiders_get(app, *house.values()), "shown")
    assert not {path for path in given_away if path.startswith("legal_entity.")}


def test_no_objection_notice_or_customer_is_public():
    assert not {path for path in SHOWN if path.startswith(("objection.", "notice.", "customer."))}
