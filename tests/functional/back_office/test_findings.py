"""Findings show on pages, forms and lists; a warning can be lived with, an error cannot."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.lint.rule import Seen, rule
from ropa.lint.rules import RULES
from ropa.records import Appointment, LegalEntity, Ref, Vendor, Waiver, fixed_id, new_id
from ropa.vocabulary import AppointmentKind, Severity
from tests.functional.back_office.house import keep, key, now_in, version_of
from tests.people import send

BARE = Ref(fixed_id("legal_entity", "bare"))
"""A company with an officer nobody was told of, and no address: an error and a warning at least."""


@pytest.fixture(autouse=True)
def a_bare_company(house: Flask) -> None:
    officer = Appointment(id=new_id(), kind=AppointmentKind.DPO, name="Olga", email="o@x.example")
    keep(
        house,
        LegalEntity(
            id=BARE, legal_name="Bare S.L.", slug="bare", country="ES", appointments=(officer,)
        ),
    )


def test_a_record_page_tells_its_findings_with_law_remedy_and_ways_on(dora: FlaskClient):
    page = dora.get(f"/admin/legal_entity/details/?id={BARE}").text
    assert 'id="findings"' in page
    assert "Name, postal address or a means of contact" in page
    assert "https://eur-lex.europa.eu/eli/reg/2016/679/oj" in page
    assert f"/admin/legal_entity/edit/?id={BARE}#address" in page
    assert f"/admin/legal_entity/edit/?id={BARE}#appointments-0-notified_on" in page
    assert f"rule=ID-02&amp;target={BARE}" in page
    assert "rule=ID-01&amp;" not in page


def test_whoever_only_reads_sees_findings_and_no_way_to_change_them(ruth: FlaskClient):
    page = ruth.get(f"/admin/legal_entity/details/?id={BARE}").text
    assert "ID-01" in page
    assert "Go to the field" not in page
    assert "Live with it" not in page


def test_a_form_shows_findings_as_hints_and_saves_all_the_same(dora: FlaskClient, house: Flask):
    page = dora.get(f"/admin/legal_entity/edit/?id={BARE}").text
    assert 'id="address-hint"' in page
    assert 'aria-invalid="true"' not in page
    form = {"version": str(version_of(house, "legal_entity", BARE)), "record": BARE}
    answer = send(dora, f"/admin/legal_entity/edit/?id={BARE}", **form, trade_name="Bare")
    assert answer.status_code == 302
    assert "The rules find here: errors" in dora.get(answer.location).text
    assert now_in(house, "legal_entity", BARE).trade_name == "Bare"


def test_does_not_apply_is_an_answer_that_a_rule_respects(dora: FlaskClient, house: Flask):
    form = {"version": str(version_of(house, "legal_entity", BARE)), "record": BARE}
    said = {
        "answer-supervisory_authority": "not_applicable",
        "because-supervisory_authority": "The parent company answers for it.",
    }
    assert "NO-03" in dora.get(f"/admin/legal_entity/details/?id={BARE}").text
    answer = send(dora, f"/admin/legal_entity/edit/?id={BARE}", **form, **said)
    page = dora.get(answer.location).text
    assert "NO-03" not in page
    assert "The parent company answers for it." in page
    (given,) = now_in(house, "legal_entity", BARE).answers
    assert given.by
    assert given.on


def test_the_page_of_findings_is_narrowed_by_its_address(dora: FlaskClient):
    every = dora.get("/admin/findings/").text
    assert "ID-01" in every
    assert "ID-02" in every
    page = dora.get(f"/admin/findings/?entity={BARE}&severity=warning&rule=ID-02").text
    assert "1 found" in page
    assert "Nothing found." in dora.get("/admin/findings/?noun=breach&rule=ID-01").text
    for wild in (
        "?entity=x&severity=dire&rule=zz&noun=moon&waived=maybe",
        "?page=99999",
        "?page=-4",
    ):
        assert dora.get(f"/admin/findings/{wild}").status_code == 200


def test_a_list_is_narrowed_by_finding(dora: FlaskClient):
    for wanted in ("any", "error", "ID-01"):
        page = dora.get(f"/admin/legal_entity/?finding={wanted}").text
        assert "Bare S.L." in page
    assert (
        "Acme S.L."
        not in dora.get("/admin/legal_entity/?finding=ID-02")
        .text.split("<main")[1]
        .split("<tbody")[1]
    )


def test_the_start_page_counts_and_leads_to_findings(dora: FlaskClient):
    page = dora.get("/admin/").text
    assert "/admin/findings/?severity=error" in page
    assert "/admin/findings/?severity=warning" in page


def test_a_waiver_begins_from_a_finding_and_takes_it_off_the_open_ones(
    dora: FlaskClient, house: Flask
):
    begun = dora.get(f"/admin/waiver/new/?rule=ID-02&target={BARE}").text
    assert 'value="ID-02"' in begun
    assert f'value="{BARE}"' in begun
    assert '<option value="ID-07">' in begun
    assert '<option value="ID-01">' not in begun
    form = {"rule": "ID-02", "target": BARE, "reason": "Filed by post", "decided_by": "Dora"}
    answer = send(
        dora, "/admin/waiver/new/", record=new_id(), version="0", ends_on="2999-01-31", **form
    )
    assert answer.status_code == 302, answer.text
    hidden = dora.get("/admin/findings/?rule=ID-02").text
    assert "Nothing found." in hidden
    shown = dora.get("/admin/findings/?rule=ID-02&waived=yes").text
    assert "Filed by post" in shown


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [("ID-01", "nobody may decide to live with an error"), ("XX-99", "There is no rule")],
)
def test_no_waiver_for_an_error_or_for_no_rule(dora: FlaskClient, rule: str, sentence: str):
    form = {"rule": rule, "reason": "So", "decided_by": "Dora", "ends_on": "2999-01-31"}
    answer = send(dora, "/admin/waiver/new/", record=new_id(), version="0", **form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_waiver_whose_rule_has_gone_can_still_be_changed(dora: FlaskClient, house: Flask):
    old = Waiver(
        id=new_id(),
        rule="XX-1",
        reason="So",
        decided_by="D",
        ends_on=now_in(house, "waiver", key("waiver")).ends_on,
    )
    keep(house, old)
    form = {"version": "1", "record": old.id, "reason": "So it is"}
    assert send(dora, f"/admin/waiver/edit/?id={old.id}", **form).status_code == 302


def test_what_changed_since_a_day_is_told_and_a_wrong_day_refused(dora: FlaskClient):
    page = dora.get("/admin/findings/since/?from=2001-01-01").text
    assert "New" in page
    assert "ID-01" in page
    assert dora.get("/admin/findings/since/").status_code == 200
    for wrong in ("yesterday", "2999-01-01"):
        assert dora.get(f"/admin/findings/since/?from={wrong}").status_code == 422


def test_the_export_centre_asks_first_and_keeps_nobody_from_downloading(dora: FlaskClient):
    page = dora.get(f"/admin/exports/?entity={BARE}&states=written").text
    assert page.count('<p class="sentence">') >= 12
    assert "Look at this" in page
    assert "Download" in page
    assert "Choose one of our companies." in dora.get("/admin/exports/?entity=x").text
    assert "nobody had approved it" in dora.get(f"/admin/exports/?entity={BARE}").text


def test_the_errors_outsiders_would_meet_show_before_a_public_engagement_is_approved(
    dora: FlaskClient, ana: FlaskClient, house: Flask, monkeypatch: pytest.MonkeyPatch
):
    wrong = rule(
        "XX-00", Severity.ERROR, "GDPR Art. 28", of=Vendor, says="Planted.", remedy="Mend."
    )
    monkeypatch.setitem(RULES, "XX-00", wrong(lambda _case, _vendor: [Seen("name")]))
    said = "Before you approve"
    address = f"/admin/engagement/details/?id={key('engagement')}"
    assert said not in dora.get(address).text
    keep(house, replace(now_in(house, "engagement", key("engagement")), public=True))
    page = dora.get(address).text
    assert said in page
    assert "Planted." in page
    assert 'value="approved"' in page
    assert said not in ana.get(address).text
