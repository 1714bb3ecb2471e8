"""Flask-Admin's known traps, one by one: what would break is not there, or does not break."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_admin.contrib.sqla import ModelView
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ropa.admin.base import RecordView
from ropa.admin.guard import Guarded
from ropa.admin.refusals import sentence_of
from ropa.records import LegalEntity, new_id
from tests.functional.back_office.house import keep, key
from tests.people import send

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


def views(app: Flask) -> list[Any]:
    found: list[Any] = app.extensions["admin"][0]._views
    return found


def test_every_view_is_guarded_and_every_method_names_its_permission(house: Flask):
    for view in views(house):
        methods: list[Any] = view._urls
        assert isinstance(view, Guarded)
        for _url, method, _verbs in methods:
            assert view.permission_for(method) is not None, (view.endpoint, method)


def test_t1_forms_need_the_token_of_the_app(house: Flask, dora: FlaskClient):
    answer = dora.post("/admin/vendor/move/", data={"id": key("vendor"), "to": "approved"})
    assert answer.status_code == 400


def test_t2_t8_t17_no_stock_way_of_writing_is_left(house: Flask):
    for view in views(house):
        if isinstance(view, ModelView):
            assert isinstance(view, RecordView)
            assert view.can_delete is False
            assert not view.column_editable_list
            assert not view.get_actions_list()[0]
            exposed = {method for _url, method, _verbs in getattr(view, "_urls", ())}
            stock = {"delete_view", "action_view", "export", "ajax_update", "ajax_lookup"}
            assert not exposed & stock


def test_t5_t7_no_column_joins_another_table(house: Flask):
    with house.test_request_context("/admin/activity/"):
        for view in views(house):
            if isinstance(view, RecordView):
                assert view.column_auto_select_related is False
                assert not view._auto_joins


def test_t9_a_type_error_is_raised_as_it_is_and_once(house: Flask):
    calls = []

    def fails(_view: Guarded) -> None:
        calls.append(1)
        raise TypeError("as it is")

    with pytest.raises(TypeError, match="as it is"):
        views(house)[1]._run_view(fails)
    assert calls == [1]


@pytest.mark.parametrize(
    "words",
    [
        "UNIQUE constraint failed: vendor.slug",
        'duplicate key value violates unique constraint "uq_vendor_slug"',
        "FOREIGN KEY constraint failed",
        'null value in column "x" violates not-null constraint',
    ],
)
def test_t10_no_word_of_the_database_is_shown(house: Flask, words: str):
    with house.test_request_context("/admin/"):
        told = sentence_of(
            IntegrityError("INSERT INTO vendor", {"slug": "secret"}, Exception(words))
        )
        assert told
        for raw in ("INSERT", "secret", "constraint", "sqlalche.me", "slug"):
            assert raw not in told
        assert ("Short name in addresses" in told) is ("slug" in words)
        assert sentence_of(StaleDataError("x"))
        assert sentence_of(ValueError("x")) is None


def test_t13_choices_are_read_when_the_page_is(house: Flask, dora: FlaskClient):
    assert "Latecomer" not in dora.get("/admin/activity/").text
    keep(house, LegalEntity(id=new_id(), legal_name="Latecomer S.L.", slug="late"))
    assert "Latecomer" in dora.get("/admin/activity/").text


def test_t18_t20_no_stock_template_and_no_modal_is_used(house: Flask):
    for view in views(house):
        if isinstance(view, RecordView):
            assert not any((view.create_modal, view.edit_modal, view.details_modal))


def test_t22_the_list_takes_nothing_for_a_delete_form(house: Flask, dora: FlaskClient):
    assert dora.get(f"/admin/vendor/?id={key('vendor')}&url=//example.org").status_code == 200


def test_a_post_says_it_will_write_before_it_reads(house: Flask, dora: FlaskClient):
    answer = send(dora, "/admin/transfer/move/", id=key("transfer"), version="1", to="in_review")
    assert answer.status_code == 303
