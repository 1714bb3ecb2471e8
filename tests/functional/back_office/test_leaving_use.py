"""A record leaves use with a reason, never while something current uses it, and can come back."""

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.vocabulary import Workflow
from tests.functional.back_office.house import keep, key, now_in
from tests.people import send


def retire(client: FlaskClient, noun: str, one: str, reason: str = "Never used"):
    return send(client, f"/admin/{noun}/retire/", id=one, reason=reason)


def test_a_category_in_use_is_refused_with_the_list_of_uses(house: Flask, dora: FlaskClient):
    for answer in (
        dora.get(f"/admin/data_category/retire/?id={key('data_category')}"),
        retire(dora, "data_category", key("data_category")),
    ):
        assert "It cannot be retired yet" in answer.text
        assert "N-03" in answer.text
        assert "People and data › Subscribers › Which data" in answer.text
        assert "as written and as approved" in answer.text
    assert answer.status_code == 409
    assert not now_in(house, "data_category", key("data_category")).is_retired


def test_a_use_in_the_approved_state_counts_though_the_draft_has_dropped_it(
    house: Flask, dora: FlaskClient
):
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, data=(), workflow=Workflow.DRAFT))
    answer = retire(dora, "data_category", key("data_category"))
    assert answer.status_code == 409
    assert "as approved" in answer.text


def test_what_nothing_uses_is_retired_with_its_reason(house: Flask, dora: FlaskClient):
    one = key("data_category", "unused")
    assert "Nothing current uses it." in dora.get(f"/admin/data_category/retire/?id={one}").text
    assert retire(dora, "data_category", one).status_code == 303
    gone = now_in(house, "data_category", one)
    assert gone.is_retired
    assert gone.retired_reason == "Never used"
    page = dora.get(f"/admin/data_category/details/?id={one}").text
    assert "Retired on" in page
    assert "Never used" in page
    assert "/admin/data_category/edit/" not in page


def test_without_a_reason_nothing_is_retired(house: Flask, dora: FlaskClient):
    one = key("data_category", "unused")
    for empty in ("", "   "):
        answer = retire(dora, "data_category", one, empty)
        assert answer.status_code == 422
        assert "Say why the record is retired." in answer.text
    assert not now_in(house, "data_category", one).is_retired


def test_a_reason_that_cannot_be_kept_is_told_in_a_sentence(house: Flask, dora: FlaskClient):
    one = key("data_category", "unused")
    assert retire(dora, "data_category", one, "bad\x00sign").status_code < 500
    page = dora.get(f"/admin/data_category/details/?id={one}").text
    assert "sqlalche.me" not in page


def test_a_retired_record_comes_back_as_a_draft(house: Flask, dora: FlaskClient):
    one = key("data_category", "unused")
    retire(dora, "data_category", one)
    assert send(dora, "/admin/data_category/bring-back/", id=one).status_code == 303
    back = now_in(house, "data_category", one)
    assert not back.is_retired
    assert back.workflow is Workflow.DRAFT
    told = dora.get(f"/admin/data_category/history/?id={one}").text
    assert "Dora retired" in told
    assert "Dora put" in told
    assert "back into use" in told


def test_whoever_may_not_retire_is_refused(house: Flask, ruth: FlaskClient):
    assert retire(ruth, "data_category", key("data_category", "unused")).status_code == 403
