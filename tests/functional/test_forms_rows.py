"""Rows inside a record: begun, copied, moved, folded and read in one line, without script."""

import pytest
from flask import Flask

from ropa.records import ActivityData, Purpose, Ref, RetentionRule, new_id
from ropa.vocabulary import LawfulBasis, UserRole
from tests.builders import a_data_category, a_subject_category, an_activity, an_entity, in_english
from tests.functional.forms import blank, named, now, opened, put
from tests.people import signed_in

ENTITY = an_entity()
PEOPLE, EMAIL = a_subject_category(), a_data_category()
RULE = RetentionRule(id=new_id(), trigger=in_english("They leave"), active_period="P6M")
ROW = ActivityData(id=new_id(), subject=Ref(PEOPLE.id), category=Ref(EMAIL.id), retention=(RULE,))
PURPOSES = tuple(
    Purpose(id=new_id(), text=in_english(text)) for text in ("First", "Second", "Third")
)
ACTIVITY = an_activity(ENTITY, purposes=PURPOSES, data=(ROW,))


@pytest.fixture
def house(app: Flask) -> Flask:
    put(app, ENTITY, PEOPLE, EMAIL, ACTIVITY)
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def said(app: Flask) -> list[str]:
    """The purposes of the activity, in their order."""
    return [one.text.en for one in now(app, ACTIVITY).purposes]


def test_a_new_record_begins_with_a_row_that_waits_and_is_not_kept_when_empty(house, dora):
    form = blank(dora, "activity")
    assert form.asks("purposes-0-text-en")
    assert form.asks("data-0-retention-0-active_period")
    assert form.page.focused == []
    form.write(ref="C-09", name__en="Newsletter", role="controller", entity=ENTITY.id)
    form.write(purposes__0__text__en="Send news", purposes__0__basis="consent").press("save")
    kept = named(house, "activity", "Newsletter")
    assert [one.basis for one in kept.purposes] == [LawfulBasis.CONSENT]
    assert kept.data == ()


def test_rows_move_up_and_down_and_the_record_keeps_their_order(house, dora):
    form = opened(dora, ACTIVITY)
    assert not form.offers("up:purposes-0")
    assert not form.offers("down:purposes-2")
    form.press("down:purposes-0")
    assert form.page.focused == ["down:purposes-0"]
    form.press("up:purposes-2")
    assert said(house) == ["First", "Second", "Third"]
    assert "Saved." in form.press("save").text
    assert said(house) == ["Second", "Third", "First"]
    assert {one.id for one in now(house, ACTIVITY).purposes} == {one.id for one in PURPOSES}


def test_at_the_end_the_focus_stays_on_the_button_that_is_left(house, dora):
    form = opened(dora, ACTIVITY)
    form.press("up:purposes-1")
    assert form.page.focused == ["down:purposes-1"]
    form.press("down:purposes-1")
    form.press("down:purposes-1")
    assert form.page.focused == ["up:purposes-1"]


def test_the_order_outlives_other_buttons_and_mistakes(house, dora):
    form = opened(dora, ACTIVITY)
    form.press("up:purposes-2")
    form.press("add:recipients")
    form.write(review_months="soon").press("save")
    form.write(review_months="12").press("save")
    assert said(house) == ["First", "Third", "Second"]


def test_a_copy_stands_behind_its_row_with_rows_and_ids_of_its_own(house, dora):
    form = opened(dora, ACTIVITY)
    form.write(data__0__detail__en="Work address").press("copy:data-0")
    assert form.value("data-1-category") == EMAIL.id
    form.write(data__1__retention__0__active_period="1 year")
    assert "Saved." in form.press("save").text
    first, second = now(house, ACTIVITY).data
    assert (first.detail.en, second.detail.en) == ("Work address", "Work address")
    assert first.id == ROW.id
    assert {second.id, second.retention[0].id}.isdisjoint({ROW.id, RULE.id})
    assert [one.retention[0].active_period for one in (first, second)] == ["P6M", "P1Y"]


def test_a_copy_of_an_empty_row_is_empty(house, dora):
    form = blank(dora, "activity")
    form.press("copy:purposes-0")
    form.write(name__en="Newsletter", role="controller", entity=ENTITY.id, ref="C-09")
    form.press("save")
    assert named(house, "activity", "Newsletter").purposes == ()


def test_a_closed_row_says_in_one_line_what_is_in_it(house, dora):
    page = opened(dora, ACTIVITY).page
    assert "Employees · E-mail address – They leave · 6 months" in page.text


@pytest.mark.parametrize("button", ["up:nothing-0", "copy:purposes-9", "down:", "copy:"])
def test_a_button_of_a_row_that_is_gone_says_so(house, dora, button):
    form = opened(dora, ACTIVITY)
    form.named("do")[0].value = button
    assert "no longer here" in form.press(button).text


def test_fields_for_some_cases_are_folded_away_until_one_is_used(house, dora):
    def folded(page: str) -> bool:
        return (
            '<details class="more">' in page.partition('id="purposes-0"')[2].partition("</li>")[0]
        )

    address = f"/admin/activity/edit/?id={ACTIVITY.id}"
    assert folded(dora.get(address).get_data(as_text=True))
    opened(dora, ACTIVITY).write(purposes__0__statute="LGT 93").press("save")
    assert not folded(dora.get(address).get_data(as_text=True))
