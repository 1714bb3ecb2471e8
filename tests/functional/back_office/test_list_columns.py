"""Which columns a list shows is the reader's choice, kept in the address; a name never hides."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ropa.admin.views import DESKS
from tests.functional.back_office.house import key
from tests.functional.back_office.test_lists import rows

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

HEAD = re.compile(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]+)')


def heads(client: FlaskClient, address: str) -> list[str]:
    return [one.strip() for one in HEAD.findall(client.get(address).text)]


def test_the_chosen_columns_stand_in_the_order_of_the_layout(dora: FlaskClient):
    asked = "/admin/activity/?cols=workflow,owner,ref"
    assert heads(dora, asked) == ["Reference", "Name", "Owner", "State"]


def test_the_boxes_of_a_form_say_the_same_as_the_address(dora: FlaskClient):
    boxes = "/admin/activity/?cols=workflow&cols=owner&cols=ref"
    assert heads(dora, boxes) == heads(dora, "/admin/activity/?cols=ref,owner,workflow")


def test_the_choice_stays_while_sorting_filtering_and_paging(dora: FlaskClient):
    page = dora.get("/admin/activity/?cols=owner&search=news&page_size=100").text
    assert "cols=name,owner" in page.replace("%2C", ",")
    assert '<input type="hidden" name="cols" value="name,owner">' in page


@pytest.mark.parametrize("query", ["cols=", "cols=zzz", "cols=,,", "cols=%00", "cols=notes"])
def test_what_is_no_column_changes_nothing(dora: FlaskClient, query: str):
    usual = heads(dora, "/admin/activity/")
    assert heads(dora, f"/admin/activity/?{query}") == usual


def test_every_column_of_every_noun_can_be_shown_and_those_that_can_order_do(
    house: Flask, dora: FlaskClient
):
    admin = house.extensions["admin"][0]
    views = {view.endpoint: view for view in admin._views}
    for desk in DESKS:
        view = views[desk.noun]
        address = f"/admin/{desk.noun}/?cols={','.join(view.offered)}"
        assert len(heads(dora, address)) == len(view.offered), desk.noun
        assert key(desk.noun) in rows(dora, address)
        for place, name in enumerate(view.offered):
            if view.is_sortable(name):
                assert key(desk.noun) in rows(dora, f"{address}&sort={place}&desc=1"), name


def test_rows_inside_a_record_are_told_in_a_line(dora: FlaskClient):
    page = dora.get("/admin/activity/?cols=purposes,recipients").text
    assert "Enviar noticias" in page
    assert "Marketing partners" in page
