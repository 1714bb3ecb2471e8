"""A person reads a record again: nothing it says changes, and what was read is named."""

from datetime import date

import pytest
from msgspec import convert

from ropa.history import changes_content, differences, is_review
from ropa.operations import is_reviewed, still_true, unconfirmed_in
from ropa.records import NOUNS, Record, problems_of
from ropa.vocabulary import Workflow
from tests.builders import a_vendor

DAY = date(2026, 11, 24)
REVIEWED = [noun for noun, kind in NOUNS.items() if is_reviewed(kind)]


def test_what_a_dpo_reads_again_in_a_year():
    assert sorted(REVIEWED) == [
        "activity",
        "argentine_registration",
        "assessment",
        "engagement",
        "legal_entity",
        "transfer",
        "vendor",
    ]


def test_who_read_what_is_kept_and_nothing_else_changes():
    before = a_vendor(workflow=Workflow.APPROVED)
    after = still_true(before, "Dora", DAY, 7)
    assert after.reviewed is not None
    assert (after.reviewed.by, after.reviewed.on, after.reviewed.version) == ("Dora", DAY, 7)
    assert after.last_reviewed_on == DAY
    assert after.workflow is Workflow.APPROVED
    assert {one.path for one in differences(before, after)} == {"reviewed", "last_reviewed_on"}


def test_the_day_of_a_review_needs_no_confirming():
    assert list(unconfirmed_in(still_true(a_vendor(), "Dora", DAY, 1))) == []


def test_a_review_is_no_change_of_content_and_a_day_typed_in_a_form_is():
    before = a_vendor()
    read = differences(before, still_true(before, "Dora", DAY, 1))
    assert is_review(read)
    assert not changes_content(read)
    typed = differences(before, a_vendor(id=before.id, last_reviewed_on=DAY))
    assert not is_review(typed)
    assert changes_content(typed)
    both = differences(before, still_true(a_vendor(id=before.id, country="IE"), "Dora", DAY, 1))
    assert not is_review(both)
    assert changes_content(both)


@pytest.mark.parametrize("noun", REVIEWED)
@pytest.mark.parametrize("months", [0, -1, 121])
def test_an_interval_nobody_can_keep_is_refused(noun: str, months: int):
    record: Record = convert({"id": "x", "review_months": months}, NOUNS[noun])
    assert "review_months" in {one.path for one in problems_of(record)}


@pytest.mark.parametrize("noun", REVIEWED)
def test_an_interval_of_a_year_is_not(noun: str):
    record: Record = convert({"id": "x", "review_months": 12}, NOUNS[noun])
    assert "review_months" not in {one.path for one in problems_of(record)}
