"""What the public list says of an engagement follows from the register and the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from ropa.publishing import Page, Row, Saying, publisher_of, subprocessor_page
from ropa.publishing.lines import Answered, Status, TransferState
from ropa.records import (
    AdequacyDecision,
    Answer,
    DataCategory,
    Engagement,
    LocalisedText,
    Record,
    SafeguardEvidence,
)
from ropa.register import Head, Register, zone_of
from ropa.vocabulary import (
    AnswerKind,
    DataKind,
    EngagementGroup,
    Instrument,
    LocationActivity,
    Workflow,
)
from tests.subprocessors import (
    TODAY,
    WRITTEN,
    a_company,
    a_country,
    a_list,
    a_place,
    a_register,
    a_safeguard,
    a_transfer,
    a_vendor,
    an_engagement,
    an_id,
)

EEA = (a_country("ES", eea=True), a_country("DE", eea=True), a_country("US", eea=False))
MONTH = timedelta(days=30)


def page_of(*records: Record, on_day: date = TODAY, language: str = "en") -> Page:
    register = a_register(*records, on_day=on_day)
    return subprocessor_page(register, publisher_of(register), language)


def line_of(engagement: Engagement, *records: Record, on_day: date = TODAY) -> Row:
    (row,) = page_of(a_company(), a_vendor(), engagement, *EEA, *records, on_day=on_day).rows
    return row


def test_a_register_read_for_no_day_cannot_say_what_is_in_use():
    with pytest.raises(ValueError, match="on_day"):
        subprocessor_page(Register.of(a_company()), None, "en")


@pytest.mark.parametrize(
    ("starts", "ends", "status"),
    [
        (None, None, Status.IN_USE),
        (TODAY, None, Status.IN_USE),
        (TODAY + timedelta(1), None, Status.PLANNED),
        (None, TODAY, Status.ENDING),
        (None, TODAY - timedelta(1), Status.ENDED),
        (TODAY - MONTH, TODAY + MONTH, Status.ENDING),
    ],
)
def test_the_status_follows_from_the_dates(starts, ends, status):
    assert line_of(an_engagement(starts_on=starts, ends_on=ends)).line.status is status


@given(
    starts=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.none() | st.integers(0, 2000),
    day=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_line_in_use_never_contradicts_its_dates(starts, length, day):
    ends = None if length is None else (starts or date(2024, 1, 1)) + timedelta(length)
    page = page_of(
        a_company(), a_vendor(), an_engagement(starts_on=starts, ends_on=ends), on_day=day
    )
    running = (starts is None or starts <= day) and (ends is None or day <= ends)
    assert page.in_use == running
    assert bool(page.groups) is running
    assert bool(page.planned) is (starts is not None and day < starts)


@given(
    starts=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.none() | st.integers(0, 1000),
    expiry=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    day=st.dates(date(2020, 1, 1), date(2034, 1, 1)),
    days=st.integers(1, 900),
)
def test_a_page_that_differs_says_that_it_changed_since(starts, length, expiry, day, days):
    ends = None if length is None else (starts or date(2024, 1, 1)) + timedelta(length)
    records = (
        a_company(),
        a_vendor(),
        an_engagement(starts_on=starts, ends_on=ends),
        a_transfer(safeguards=(a_safeguard(expires_on=expiry),)),
    )
    register = a_register(*records, on_day=day, head=Head(1, "a", datetime(2019, 1, 1, tzinfo=UTC)))
    earlier = subprocessor_page(register, publisher_of(register), "en")
    later_day = day + timedelta(days)
    later = page_of(*records, on_day=later_day)
    if later.subprocessors != earlier.subprocessors:
        assert later.turned_at is not None
        assert later.turned_at.date() > day
        assert later.turned_at.date() <= later_day


def test_what_has_ended_moves_to_its_own_part_and_drops_off_after_two_years():
    ended = an_engagement(ends_on=TODAY - timedelta(1))
    house = (a_company(), a_vendor(), ended)
    page = page_of(*house)
    assert page.groups == ()
    assert [row.line.id for row in page.ended] == [ended.id]
    assert page_of(*house, on_day=TODAY + timedelta(730)).ended
    assert not page_of(*house, on_day=TODAY + timedelta(731)).ended


def test_what_was_approved_and_then_retired_is_no_longer_used_since_that_day():
    late = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)  # in Madrid the 2nd has begun
    row = line_of(an_engagement(retired_at=late, retired_reason="replaced"))
    assert row.line.status is Status.ENDED
    assert row.line.ends_on == date(2026, 11, 2)


def test_a_retired_vendor_is_no_longer_used_whatever_its_engagement_says():
    vendor = a_vendor(retired_at=WRITTEN)
    page = page_of(a_company(), vendor, an_engagement())
    assert (page.in_use, len(page.ended)) == (0, 1)


def test_the_state_in_which_a_draft_retired_was_never_approved_and_is_not_shown():
    gone = an_engagement(workflow=Workflow.RETIRED, retired_at=WRITTEN)
    assert page_of(a_company(), a_vendor(), gone).rows == ()


def test_the_parts_of_the_list_stand_in_their_order_and_the_unsorted_come_last():
    groups = [None, *reversed(EngagementGroup)]
    engagements = [an_engagement(f"e{n}", group=group) for n, group in enumerate(groups)]
    page = page_of(a_company(), a_vendor(), *engagements)
    assert [one.code for one in page.groups] == [*EngagementGroup, None]
    assert all(str(one.scope) for one in page.groups)


def test_rows_stand_by_name_whatever_the_case():
    vendors = [a_vendor(key, name=name) for key, name in (("b", "beta"), ("a", "Alpha"))]
    work = [an_engagement(f"for-{key}", key) for key in ("a", "b")]
    page = page_of(a_company(), *vendors, *work)
    assert [row.subprocessor.name for row in page.groups[0].rows] == ["Alpha", "beta"]


def test_one_vendor_with_two_engagements_has_two_rows():
    page = page_of(a_company(), a_vendor(), an_engagement("one"), an_engagement("two"))
    assert len(page.rows) == 2
    assert len(page.subprocessors) == 1


# The transfer safeguard


def test_inside_the_eea_no_safeguard_is_needed():
    line = line_of(an_engagement(locations=(a_place("DE"), a_place("ES")))).line
    assert line.transfer is TransferState.NONE_NEEDED


@pytest.mark.parametrize(
    "places",
    [(), (a_place("DE"), a_place("US")), (a_place("DE"), a_place("XX")), (a_place(""),)],
    ids=["no place recorded", "one outside", "one unknown", "a place without country"],
)
def test_without_proof_that_all_is_in_the_eea_silence_is_a_gap(places):
    line = line_of(an_engagement(locations=places)).line
    assert line.transfer is TransferState.NOT_RECORDED


def test_for_an_exporter_outside_the_eea_german_servers_prove_nothing():
    argentine = a_company(country="AR", time_zone="America/Argentina/Buenos_Aires")
    work = an_engagement(locations=(a_place("DE"),))
    (row,) = page_of(argentine, a_vendor(), work, *EEA).rows
    assert row.line.transfer is TransferState.NOT_RECORDED


def test_an_engagement_that_names_no_company_is_exported_by_the_one_that_publishes():
    work = an_engagement(entity=None, locations=(a_place("DE"),))
    assert line_of(work).line.transfer is TransferState.NONE_NEEDED


def test_a_transfer_is_listed_even_when_every_place_is_in_the_eea():
    work = an_engagement(locations=(a_place("DE"),))
    line = line_of(work, a_transfer(safeguards=(a_safeguard(),))).line
    assert line.transfer is TransferState.LISTED
    (passage,) = line.transfers
    assert passage.country == "US"
    assert passage.safeguards[0].instrument is Instrument.A46_2_C


def test_the_safeguard_shows_when_its_evidence_was_last_checked():
    looks = [
        SafeguardEvidence(id=an_id(f"look-{month}"), checked_on=date(2026, month, 1))
        for month in (3, 11, 7)
    ]
    transfer = a_transfer(safeguards=(a_safeguard(evidence=tuple(looks)),))
    (passage,) = line_of(an_engagement(), transfer).line.transfers
    assert passage.safeguards[0].checked_on == date(2026, 11, 1)


def test_a_safeguard_that_ran_out_leaves_a_gap_the_day_after():
    transfer = a_transfer(safeguards=(a_safeguard(expires_on=TODAY),))
    for day, answer in ((TODAY, Answered.LISTED), (TODAY + timedelta(1), Answered.NOT_RECORDED)):
        (passage,) = line_of(an_engagement(), transfer, on_day=day).line.transfers
        assert passage.answer is answer
        assert bool(passage.safeguards) is (answer is Answered.LISTED)


def test_an_adequacy_decision_that_fell_is_no_safeguard():
    decision = AdequacyDecision(
        id=an_id("decision"),
        workflow=Workflow.APPROVED,
        decision="Decision 2000/520/EC",
        valid_to=TODAY - timedelta(1),
    )
    leaning = a_safeguard(instrument=Instrument.A45, scc_module=None, decision=decision.id)
    (passage,) = line_of(
        an_engagement(), a_transfer(safeguards=(leaning,)), decision
    ).line.transfers
    assert passage.safeguards == ()
    assert passage.answer is Answered.NOT_RECORDED


def test_a_transfer_that_is_over_or_not_begun_does_not_count():
    over = a_transfer("T-01", ends_on=TODAY - timedelta(1))
    later = a_transfer("T-02", starts_on=TODAY + timedelta(1))
    other = a_transfer("T-03", engagement="another")
    draft = replace(a_transfer("T-04"), workflow=Workflow.DRAFT)
    assert line_of(an_engagement(), over, later, other, draft).line.transfers == ()


def test_an_engagement_yet_to_begin_shows_the_transfers_it_will_begin_with():
    begins = TODAY + MONTH
    line = line_of(an_engagement(starts_on=begins), a_transfer(starts_on=begins)).line
    assert len(line.transfers) == 1


# Gaps and answers


def test_what_nobody_recorded_is_none_and_never_empty_text():
    row = line_of(an_engagement(), replace(a_vendor(), legal_name="", country=""))
    who, line = row.subprocessor, row.line
    assert (who.legal_name, who.address, who.country, who.contact) == (None, None, None, None)
    assert (line.starts_on, line.retention, line.special_categories) == (None, None, None)
    assert line.answers.locations is Answered.NOT_RECORDED


def test_an_answer_that_is_not_a_list_is_not_a_gap():
    none = Answer(question="data_categories", kind=AnswerKind.NONE)
    apart = Answer(question="locations", kind=AnswerKind.NOT_APPLICABLE, because="said inside")
    answers = line_of(an_engagement(answers=(none, apart))).line.answers
    assert answers.data_categories is Answered.NONE
    assert answers.locations is Answered.NOT_APPLICABLE
    assert answers.data_subjects is Answered.NOT_RECORDED


def test_a_category_that_may_not_be_shown_yet_keeps_its_place_without_its_name():
    draft = DataCategory(id=an_id("secret"), code="secret", name=LocalisedText(en="Secret"))
    line = line_of(an_engagement(data_categories=(draft.id,)), draft).line
    assert [one.name for one in line.data_categories] == [None]


def test_categories_stand_in_the_order_of_their_names():
    words = ("Phone", "address", "Name")
    data = [
        DataCategory(
            id=an_id(word), workflow=Workflow.APPROVED, code=word, name=LocalisedText(en=word)
        )
        for word in words
    ]
    line = line_of(an_engagement(data_categories=tuple(one.id for one in data)), *data).line
    assert [str(one.name) for one in line.data_categories] == ["address", "Name", "Phone"]


@pytest.mark.parametrize(
    ("kind", "said", "special"),
    [
        (DataKind.SPECIAL, None, True),
        (DataKind.SPECIAL, False, True),
        (DataKind.ORDINARY, None, None),
        (DataKind.ORDINARY, True, True),
        (DataKind.ORDINARY, False, False),
    ],
)
def test_special_data_are_marked_when_the_line_or_a_category_says_so(kind, said, special):
    data = DataCategory(
        id=an_id("health"),
        workflow=Workflow.APPROVED,
        code="health",
        name=LocalisedText(en="Health"),
        kind=kind,
    )
    line = line_of(an_engagement(data_categories=(data.id,), special_data=said), data).line
    assert line.special_categories is special
    assert line.data_categories[0].protection is kind


# Headline facts, and whose list it is


def test_the_headline_facts_are_derived():
    page = page_of(*a_list())
    assert page.head.seq == 14
    assert page.in_use == 3
    assert page.last_reviewed_on == date(2026, 11, 1)
    assert page.modified_at == WRITTEN


def test_with_no_review_recorded_there_is_none_to_show():
    assert page_of(a_company(), a_vendor(), an_engagement()).last_reviewed_on is None


def test_the_company_that_says_it_publishes_is_named():
    other = a_company(id=an_id("other"), slug="other", publishes_list=None)
    assert publisher_of(a_register(other, a_company(), an_engagement())) == a_company()


def test_the_only_company_of_public_engagements_is_named():
    silent = a_company(publishes_list=None)
    hidden = an_engagement("hidden", entity=an_id("other"), public=False)
    other = a_company(id=an_id("other"), slug="other", publishes_list=None)
    assert publisher_of(a_register(silent, other, an_engagement(), hidden)) == silent


def test_between_two_companies_the_heading_does_not_guess():
    both = [a_company(id=an_id(key), slug=key, publishes_list=None) for key in ("one", "two")]
    work = [an_engagement(f"for-{one.slug}", entity=one.id) for one in both]
    register = a_register(*both, a_vendor(), *work)
    assert publisher_of(register) is None
    page = subprocessor_page(register, None, "en")
    assert page.publisher is None
    assert len(page.rows) == 2


def test_the_engagements_of_another_company_are_not_on_this_list():
    page = page_of(a_company(), a_vendor(), an_engagement(entity=an_id("other")))
    assert page.rows == ()


def test_days_begin_where_the_company_is():
    assert str(zone_of(a_company())) == "Europe/Madrid"
    assert zone_of(a_company(time_zone="")) is UTC
    assert zone_of(None) is UTC


# Saying it


def test_a_text_falls_back_and_says_in_which_language_it_is():
    (row,) = page_of(
        a_company(), a_vendor(), an_engagement(purpose=LocalisedText(pt="Envio de e-mail"))
    ).rows
    said = Saying("es").text(row.line.purpose)
    assert said is not None
    assert (said.text, said.language, said.only_in) == ("Envio de e-mail", "pt", "Português")
    assert Saying("es").plain(row.line.purpose) == "Envio de e-mail [pt]"
    own = Saying("pt").text(row.line.purpose)
    assert own is not None
    assert own.only_in == ""


def test_days_and_countries_are_said_as_nobody_can_misread_them():
    assert [Saying(one).day(date(2026, 5, 4)) for one in ("en", "es", "pt")] == [
        "4 May 2026",
        "4 may 2026",
        "4 mai. 2026",
    ]
    assert Saying("pt").country("DE") == "Alemanha"


def test_locations_keep_what_happens_there():
    place = a_place("DE", LocationActivity.REMOTE_ACCESS, "Berlin")
    (shown,) = line_of(an_engagement(locations=(place,))).line.locations
    assert (shown.country, shown.region, shown.activity) == (
        "DE",
        "Berlin",
        LocationActivity.REMOTE_ACCESS,
    )
