"""Every question of Art. 30 has four answers, and whoever says “none” signs it with the day."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from ropa.records import Answer, ProcessingActivity, Recipient, new_id
from ropa.vocabulary import AnswerKind, EngagementRole, UserRole, Workflow
from tests.builders import a_vendor, an_activity, an_engagement, an_entity, in_english
from tests.functional.forms import now, opened, put, register_of
from tests.people import enter, join, signed_in

NIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Half past midnight in Madrid: already the 24th where the company is."""

ENTITY = an_entity()
ACTIVITY = an_activity(ENTITY)


@pytest.fixture
def desk(app: Flask) -> Flask:
    """A register with an activity of which little is recorded."""
    put(app, ENTITY, ACTIVITY)
    return app


def answered(app: Flask) -> Answer | None:
    found: Answer | None = now(app, ACTIVITY).answer_to("recipients")
    return found


def test_not_recorded_is_what_nobody_has_said(desk: Flask):
    form = opened(signed_in(desk), ACTIVITY)
    assert form.value("answer-recipients") == ""
    assert "Saved." in form.write(owner="Ruth").press("save").text
    assert answered(desk) is None


def test_none_is_signed_and_dated_where_the_company_is(desk: Flask):
    with time_machine.travel(NIGHT, tick=False):
        form = opened(signed_in(desk), ACTIVITY).write(answer__recipients="none")
        assert "Saved." in form.press("save").text
    given = answered(desk)
    assert given is not None
    assert (given.kind, given.by, str(given.on)) == (AnswerKind.NONE, "Ana", "2026-11-24")


def test_does_not_apply_needs_its_reason(desk: Flask):
    form = opened(signed_in(desk), ACTIVITY).write(answer__recipients="not_applicable")
    page = form.press("save")
    assert page.status == 422
    assert "Say why this does not apply." in page.text
    assert answered(desk) is None
    form.write(because__recipients="It never leaves the house")
    assert "Saved." in form.press("save").text
    given = answered(desk)
    assert given is not None
    assert (given.kind, given.because, given.by) == (
        AnswerKind.NOT_APPLICABLE,
        "It never leaves the house",
        "Ana",
    )


def test_what_is_listed_takes_the_place_of_the_answer(desk: Flask):
    client = signed_in(desk)
    form = opened(client, ACTIVITY).write(answer__recipients="none")
    form.press("save")
    form = opened(client, ACTIVITY)
    form.press("add:recipients")
    form.write(recipients__0__name__en="Tax office")
    page = form.press("save")
    assert page.status == 422
    assert "The answer says that there is nothing, and yet something is listed." in page.text
    assert "Saved." in form.write(answer__recipients="").press("save").text
    assert answered(desk) is None
    assert [one.name.en for one in now(desk, ACTIVITY).recipients] == ["Tax office"]


def test_whoever_saves_something_else_does_not_sign_the_answer_again(desk: Flask):
    opened(signed_in(desk), ACTIVITY).write(answer__recipients="none").press("save")
    given = answered(desk)
    dora = enter(desk, join(desk, UserRole.DPO))
    opened(dora, ACTIVITY).write(owner="Ruth").press("save")
    assert answered(desk) == given


def test_a_list_with_rows_is_not_asked_whether_it_is_empty(desk: Flask):
    tax = Recipient(id=new_id(), name=in_english("Tax office"))
    listed = an_activity(ENTITY, ref="C-02", recipients=(tax,))
    put(desk, listed)
    form = opened(signed_in(desk), listed)
    assert not form.asks("answer-recipients")
    form.press("remove:recipients-0")
    assert form.asks("answer-recipients")


def test_an_answer_that_is_no_answer_is_refused(desk: Flask):
    form = opened(signed_in(desk), ACTIVITY)
    (control,) = form.named("answer-recipients")
    control.value = "perhaps"
    page = form.press("save")
    assert (page.status, "Choose one of the answers." in page.text) == (422, True)


# What is approved


def test_changing_what_is_approved_makes_a_draft_beside_it(app: Flask):
    approved = an_activity(ENTITY, workflow=Workflow.APPROVED)
    put(app, ENTITY, approved)
    form = opened(signed_in(app), approved)
    assert "Your changes become a draft beside it" in form.page.text
    assert "Saved." in form.write(owner="Ruth").press("save").text
    draft = now(app, approved)
    assert (draft.workflow, draft.owner) == (Workflow.DRAFT, "Ruth")
    settled = register_of(app, approved=True).records[approved.id]
    assert isinstance(settled, ProcessingActivity)
    assert (settled.workflow, settled.owner) == (Workflow.APPROVED, "")


def test_opening_and_saving_what_is_approved_leaves_it_approved(app: Flask):
    approved = an_activity(ENTITY, workflow=Workflow.APPROVED)
    put(app, ENTITY, approved)
    opened(signed_in(app), approved).press("save")
    assert now(app, approved).workflow is Workflow.APPROVED


def test_the_public_page_keeps_what_was_approved(app: Flask, client: FlaskClient):
    entity = an_entity(workflow=Workflow.APPROVED)
    vendor = a_vendor(name="Correo", slug="correo", workflow=Workflow.APPROVED)
    mail = an_engagement(
        vendor,
        entity=entity.id,
        role=EngagementRole.SUBPROCESSOR,
        public=True,
        workflow=Workflow.APPROVED,
    )
    put(app, entity, vendor, mail)
    paths = ("/subprocessors", "/subprocessors.json")
    for path in paths:
        assert "Hosting" in client.get(path).get_data(as_text=True)
    ana = signed_in(app)
    opened(ana, vendor).write(name="Correo Nuevo").press("save")
    opened(ana, mail).write(purpose__en="Something else").press("save")
    for path in paths:
        page = client.get(path).get_data(as_text=True)
        assert "Correo" in page
        assert "Nuevo" not in page
        assert "Something else" not in page
