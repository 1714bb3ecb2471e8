"""From a draft to a notice that is issued: the pages on which a change is announced."""

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.extensions import db
from ropa.records import Change, LocalisedText, Location, Notice, new_id
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, EngagementRole, UserRole, Workflow
from tests.builders import a_vendor, an_engagement, an_entity
from tests.functional.back_office.house import keep, now_in, version_of
from tests.people import send, signed_in

APPROVED = Workflow.APPROVED
OURS = an_entity(
    workflow=APPROVED,
    publishes_list=True,
    notice_days=30,
    notice_clause=LocalisedText(en="Clause 8.2 of our terms"),
    time_zone="Europe/Madrid",
    email="privacy@example.org",
)
ACME = a_vendor(workflow=APPROVED, name="Acme", slug="acme")
WALL = a_vendor(name="Wall", slug="wall")


def place(country):
    return (Location(id=new_id(), country=country),)


def a_row(vendor, **said):
    usual = {"entity": OURS.id, "role": EngagementRole.SUBPROCESSOR, "public": True}
    return an_engagement(vendor, **usual | said)


MAIL = a_row(ACME, workflow=APPROVED, locations=place("DE"))
CALLS = a_row(WALL, purpose=LocalisedText(en="Calls", es="Llamadas"), locations=place("FR"))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def ana(app: Flask) -> FlaskClient:
    keep(app, OURS, ACME, MAIL)
    return signed_in(app, UserRole.EDITOR)


@pytest.fixture
def dora(app: Flask, ana) -> FlaskClient:
    return signed_in(app, UserRole.DPO)


class Inputs(HTMLParser):
    """Reads what the wizard's form would send, were it sent as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, list[str]] = {}
        self.inside = False
        self.select = self.area = ""

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.inside = "telling" in said.get("class", "")
        elif not self.inside:
            return
        elif tag == "input":
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self.typed.setdefault(said["name"], []).append(said.get("value", ""))
        elif tag == "select":
            self.select = said["name"]
        elif tag == "option" and (self.select not in self.typed or "selected" in said):
            self.typed[self.select] = [said["value"]]
        elif tag == "textarea":
            self.area = said["name"]
            self.typed[self.area] = [""]

    def handle_data(self, data):
        if self.area:
            self.typed[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        self.area = ""


def inputs_of(text):
    """What the form on a page would send, were it sent as it is."""
    reader = Inputs()
    reader.feed(text)
    return reader.typed


def go_on(client, page, do, **said):
    typed = {**inputs_of(page.text), "do": [do], **{key: [value] for key, value in said.items()}}
    return client.post("/admin/change/announce/", data=typed)


def to_review(client, record, **said):
    what = client.get(f"/admin/change/announce/?record={record.id}")
    words = go_on(client, what, "words", **said)
    assert words.status_code == 200, words.text
    return go_on(client, words, "review")


def found(app, kind):
    with app.app_context():
        return read_register(db.session()).current(kind)


def moved(app):
    keep(app, replace(MAIL, locations=place("IE"), workflow=Workflow.DRAFT))


def test_the_first_page_ticks_the_draft_and_guesses_what_happens(app, ana):
    moved(app)
    typed = inputs_of(ana.get(f"/admin/change/announce/?record={MAIL.id}").text)
    assert (typed["draft"], typed["kind"]) == ([MAIL.id], ["location"])


def test_words_and_days_are_made_from_the_difference(app, ana):
    moved(app)
    what = ana.get(f"/admin/change/announce/?record={ACME.id}")
    words = go_on(ana, what, "words")
    typed = inputs_of(words.text)
    assert typed["name-es"] == ["Nueva ubicación de los datos: Acme"]
    assert "Germany" in typed["body-en"][0]
    assert "Irlanda" in typed["body-pt"][0]
    assert typed["effective_on"] == ["2026-12-24"]
    assert "30 days" in words.text
    assert "Clause 8.2" in words.text


def test_saved_it_waits_in_review_with_its_notice(app, ana):
    moved(app)
    saved = go_on(ana, to_review(ana, MAIL), "save")
    assert saved.status_code == 303, saved.text
    (change,), (notice,) = found(app, Change), found(app, Notice)
    assert (change.ref, notice.ref) == ("SPC-2026-001", "NOT-2026-001")
    assert (change.workflow, notice.workflow) == (Workflow.IN_REVIEW,) * 2
    assert (change.kind, change.effective_on) == (ChangeKind.LOCATION, date(2026, 12, 24))
    assert [row.target for row in change.touches] == [MAIL.id]
    assert notice.changes == (change.id,)
    assert notice.body == change.body


def test_sent_twice_it_is_saved_once(app, ana):
    moved(app)
    review = to_review(ana, MAIL)
    assert [go_on(ana, review, "save").status_code for _time in range(2)] == [303, 303]
    assert len(found(app, Change)) == len(found(app, Notice)) == 1


def test_a_second_person_approves_both_at_once_and_issues_on_a_day(app, ana, dora):
    moved(app)
    go_on(ana, to_review(ana, MAIL), "save")
    (notice,) = found(app, Notice)
    version = str(version_of(app, "notice", notice.id))
    send(dora, "/admin/notice/approve/", id=notice.id, version=version)
    assert now_in(app, "notice", notice.id).workflow is APPROVED
    version = str(version_of(app, "notice", notice.id))
    send(dora, "/admin/notice/issue/", id=notice.id, version=version, on="2026-11-23")
    (change,) = found(app, Change)
    assert (change.announced_on, change.objection_until) == (date(2026, 11, 23), date(2026, 12, 23))


def test_who_proposed_it_does_not_approve_it(app, dora):
    moved(app)
    go_on(dora, to_review(dora, MAIL), "save")
    (notice,) = found(app, Notice)
    version = str(version_of(app, "notice", notice.id))
    answer = send(dora, "/admin/notice/approve/", id=notice.id, version=version)
    assert "Somebody else must approve" in dora.get(answer.headers["Location"]).text
    assert [one.workflow for one in found(app, Change)] == [Workflow.IN_REVIEW]


def test_a_new_vendor_comes_along_with_what_it_does(app, ana):
    keep(app, WALL, CALLS)
    saved = go_on(ana, to_review(ana, CALLS), "save")
    assert saved.status_code == 303, saved.text
    (change,) = found(app, Change)
    assert change.kind is ChangeKind.ADDITION
    assert {row.target for row in change.touches} == {WALL.id, CALLS.id}
    assert [row.before for row in change.touches] == [None, None]


def test_what_ends_is_ended_the_day_before(app, ana):
    review = to_review(ana, MAIL, kind="removal", ends=MAIL.id)
    assert review.status_code == 200
    assert now_in(app, "engagement", MAIL.id).ends_on is None
    assert go_on(ana, review, "save").status_code == 303
    now = now_in(app, "engagement", MAIL.id)
    assert (now.ends_on, now.workflow) == (date(2026, 12, 23), Workflow.DRAFT)
    assert found(app, Change)[0].touches[0].target == MAIL.id


def test_several_changes_travel_in_one_notice(app, ana):
    moved(app)
    go_on(ana, to_review(ana, MAIL), "save")
    (notice,) = found(app, Notice)
    keep(app, WALL, CALLS)
    what = ana.get(f"/admin/change/announce/?record={CALLS.id}")
    words = go_on(ana, what, "words")
    review = go_on(ana, words, "review", notice=notice.id)
    assert notice.ref in review.text
    go_on(ana, review, "save")
    assert len(found(app, Notice)[0].changes) == 2
    assert sorted(one.ref for one in found(app, Change)) == ["SPC-2026-001", "SPC-2026-002"]


def test_a_day_within_the_notice_is_refused_and_nothing_typed_is_lost(app, ana):
    moved(app)
    what = ana.get(f"/admin/change/announce/?record={MAIL.id}")
    words = go_on(ana, what, "words")
    answer = go_on(
        ana, words, "review", effective_on="2026-12-23", **{"name-en": "Mail moves west"}
    )
    assert answer.status_code == 422
    assert "until 2026-12-23" in answer.text
    assert inputs_of(answer.text)["name-en"] == ["Mail moves west"]
    nonsense = go_on(ana, words, "review", effective_on="31/12/2026")
    assert nonsense.status_code == 422
    assert "is not a date" in nonsense.text


def test_words_made_are_made_again_for_another_choice_and_typed_ones_stay(app, ana):
    moved(app)
    keep(app, WALL, CALLS)
    words = go_on(ana, ana.get(f"/admin/change/announce/?record={MAIL.id}"), "words")
    other = go_on(ana, go_on(ana, words, "what"), "words", draft=CALLS.id, kind="addition")
    assert inputs_of(other.text)["name-en"] == ["New sub-processor: Wall"]
    typed = go_on(ana, words, "what", **{"name-en": "Our own words"})
    again = go_on(ana, typed, "words", draft=CALLS.id, kind="addition")
    assert inputs_of(again.text)["name-en"] == ["Our own words"]


def test_nothing_that_differs_is_nothing_to_announce(app, ana):
    page = ana.get(f"/admin/change/announce/?record={MAIL.id}")
    assert "No draft would alter the list" in page.text
    answer = go_on(ana, page, "words", kind="location")
    assert answer.status_code == 422
    assert "Tick at least one" in answer.text


def test_a_record_edited_since_the_review_is_looked_at_again(app, ana):
    moved(app)
    review = to_review(ana, MAIL)
    keep(app, replace(MAIL, locations=place("US"), workflow=Workflow.DRAFT))
    answer = go_on(ana, review, "save")
    assert answer.status_code == 409
    assert "United States" in answer.text
    assert found(app, Change) == ()


def test_what_no_change_names_is_marked_until_one_does(app, ana):
    mark = "Not announced"
    pages = ("/admin/engagement/", f"/admin/engagement/details/?id={MAIL.id}")
    assert not any(mark in ana.get(page).text for page in pages)
    moved(app)
    assert all(mark in ana.get(page).text for page in pages)
    go_on(ana, to_review(ana, MAIL), "save")
    assert not any(mark in ana.get(page).text for page in pages)
    assert "SPC-2026-001" in ana.get(pages[1]).text
    keep(app, replace(MAIL, locations=place("US"), workflow=Workflow.DRAFT))
    assert all(mark in ana.get(page).text for page in pages)


def test_a_change_not_announced_yet_takes_up_what_was_edited_since(app, ana):
    moved(app)
    go_on(ana, to_review(ana, MAIL), "save")
    (before,) = found(app, Change)
    keep(app, replace(MAIL, locations=place("US"), workflow=Workflow.DRAFT))
    what = ana.get(f"/admin/change/announce/?change={before.id}")
    review = go_on(ana, go_on(ana, what, "words"), "review")
    assert go_on(ana, review, "save").status_code == 303
    (after,) = found(app, Change)
    assert (after.id, after.ref) == (before.id, before.ref)
    assert after.touches[0].after > before.touches[0].after
    assert len(found(app, Notice)) == 1


def test_the_ordinary_form_keeps_what_a_change_names_and_never_asks_for_it(app, ana):
    moved(app)
    go_on(ana, to_review(ana, MAIL), "save")
    (change,) = found(app, Change)
    form = ana.get(f"/admin/change/edit/?id={change.id}").text
    assert "touches" not in form
    send(
        ana,
        f"/admin/change/edit/?id={change.id}",
        record=change.id,
        version=str(version_of(app, "change", change.id)),
        do="save",
        notes="read twice",
    )
    now = now_in(app, "change", change.id)
    assert now.notes == "read twice"
    assert now.touches == change.touches


def test_without_a_published_list_there_is_nothing_to_announce(app):
    keep(app, replace(OURS, publishes_list=False), ACME)
    ana = signed_in(app, UserRole.EDITOR)
    answer = ana.get(f"/admin/change/announce/?record={ACME.id}", follow_redirects=True)
    assert "No company is said to publish a list" in answer.text
