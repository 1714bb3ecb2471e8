"""What a draft would alter on the public list: found, named, put in words; nothing invented."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ropa.publishing.ahead import once_in_effect
from ropa.publishing.covering import unannounced
from ropa.publishing.proposing import Ahead, first_words, kind_of, next_number
from ropa.records import Change, Engagement, LocalisedText, Location, Record, Ref, TouchedRecord
from ropa.register import Register
from ropa.vocabulary import ChangeKind, Workflow
from tests.subprocessors import TODAY, a_company, a_vendor, an_engagement, an_id

OURS, ACME = a_company(), a_vendor()
MAIL = an_engagement(locations=())
DRAFT = Workflow.DRAFT
BEGINS = date(2026, 12, 24)


def place(country: str) -> tuple[Location, ...]:
    return (Location(id=an_id(country), country=country),)


def ahead(*drafts: Record, before: tuple[Record, ...] = (OURS, ACME, MAIL)) -> Ahead:
    approved = Register.of(*before, on_day=TODAY)
    working = Register.of(*before, *drafts)
    found = Ahead.of(approved, working)
    assert found is not None
    return found


def draft(one: Engagement = MAIL, **said: Any) -> Engagement:
    return replace(one, workflow=DRAFT, **said)


@pytest.mark.parametrize(
    ("drafts", "kind"),
    [
        ((draft(locations=place("IE")),), ChangeKind.LOCATION),
        ((draft(purpose=LocalisedText(en="Also calls")),), ChangeKind.PURPOSE),
        ((draft(supplementary_measures=LocalisedText(en="Ciphered")),), ChangeKind.TRANSFER),
        ((draft(ends_on=BEGINS),), ChangeKind.REMOVAL),
        ((draft(public=False),), ChangeKind.REMOVAL),
        ((draft(an_engagement("calls")),), ChangeKind.ADDITION),
        ((draft(an_engagement("calls")), draft(ends_on=BEGINS)), ChangeKind.REPLACEMENT),
        ((replace(ACME, name="Acme Two", workflow=DRAFT),), ChangeKind.RENAME),
    ],
)
def test_what_a_draft_does_to_the_list_is_told_from_it(drafts, kind):
    assert kind_of(ahead(*drafts).altered()) is kind


def test_a_note_or_a_review_is_nothing_to_announce():
    assert ahead(draft(notes="for us alone")).altered() == []
    approved = Register.of(OURS, ACME, MAIL, on_day=TODAY)
    read_again = Register.of(OURS, ACME, draft(last_reviewed_on=TODAY))
    assert unannounced(approved, read_again) == frozenset()


def test_the_first_words_say_what_was_and_what_will_be_in_three_languages():
    before = (OURS, ACME, replace(MAIL, locations=place("DE")))
    found = ahead(draft(locations=place("IE")), before=before).altered()
    title, body = first_words(ChangeKind.LOCATION, found)
    assert title.en == "New location of data: Example Mail"
    assert "until now Germany; then Ireland." in body.en
    assert "hasta ahora Alemania; después Irlanda." in body.es
    assert "até agora Alemanha; depois Irlanda." in body.pt


def test_what_is_not_recorded_of_an_addition_is_not_said():
    new = draft(an_engagement("calls", locations=(), retention=LocalisedText()))
    _title, body = first_words(ChangeKind.ADDITION, ahead(new).altered())
    assert "not recorded" not in body.en
    assert "will be on our list" in body.en


def test_what_ends_ends_on_the_day_before():
    one = ahead()
    states = one.states((), (MAIL.id,), BEGINS)
    ending = states[MAIL.id]
    assert isinstance(ending, Engagement)
    assert ending.ends_on == date(2026, 12, 23)
    assert kind_of(one.difference(states, BEGINS)) is ChangeKind.REMOVAL


def test_a_change_covers_the_state_it_names_and_no_later_one():
    ireland = draft(locations=place("IE"))
    change = Change(
        id=an_id("change"),
        ref="SPC-2026-001",
        entity=Ref(OURS.id),
        effective_on=BEGINS,
        touches=(TouchedRecord(id=an_id("row"), target=MAIL.id, before=1, after=2),),
    )
    approved = Register.of(OURS, ACME, MAIL, on_day=TODAY)

    def untold(now: Engagement, said: Change = change) -> frozenset[str]:
        records = {one.id: one for one in (OURS, ACME, now, said)}
        return unannounced(approved, Register(records=records, told={2: ireland}))

    assert untold(ireland) == frozenset()
    assert untold(replace(ireland, locations=place("US"))) == {MAIL.id}
    assert untold(ireland, replace(change, withdrawn_on=TODAY)) == {MAIL.id}


def test_a_change_being_written_again_does_not_count_as_coming():
    change = Change(
        id=an_id("change"),
        touches=(TouchedRecord(id=an_id("row"), target=MAIL.id, after=2),),
    )
    approved = Register.of(OURS, ACME, MAIL, on_day=TODAY)
    told = {2: draft(locations=place("IE"))}
    records = {one.id: one for one in (OURS, ACME, MAIL, change)}
    working = Register(records=records, told=told)
    coming = once_in_effect(approved, working).find(Engagement, MAIL.id)
    again = once_in_effect(approved, working, without=change.id).find(Engagement, MAIL.id)
    assert coming is not None
    assert again is not None
    assert [one.country for one in coming.locations] == ["IE"]
    assert again.locations == ()


def test_references_begin_anew_each_year():
    taken = [
        Change(id=an_id(ref), ref=ref) for ref in ("SPC-2025-031", "SPC-2026-009", "SPC-2026-x")
    ]
    register = Register.of(*taken)
    assert next_number(register, Change, "SPC", date(2026, 11, 24)) == "SPC-2026-010"
    assert next_number(register, Change, "SPC", date(2027, 1, 1)) == "SPC-2027-001"
