"""Where data flow: only what is recorded, from the company to the place."""

from datetime import date

from ropa.records import LocalisedText, Location, Recipient, Ref, System, TransferSafeguard, new_id
from ropa.vocabulary import Instrument, LocationActivity, Regime, Role
from tests.builders import (
    a_transfer,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
    in_english,
)
from tests.unit.pictures.seeing import arrows, drawn, graph_of, words_of


def a_place(country: str) -> Location:
    return Location(id=new_id(), country=country, activity=LocationActivity.STORAGE)


def test_an_activity_leads_to_its_system_its_vendor_and_the_place():
    entity, vendor = an_entity(), a_vendor()
    hosting = an_engagement(vendor, locations=(a_place("DE"),))
    crm = System(id=new_id(), name="CRM", hosted_by=Ref(hosting.id))
    activity = an_activity(entity, systems=(crm.id,), engagements=(hosting.id,))
    assert arrows(drawn("flow", activity, entity, vendor, hosting, crm)) == {
        ("Acme S.L.", "C-01 Payroll"),
        ("C-01 Payroll", "CRM"),
        ("CRM", "Amazon: Hosting"),
        ("C-01 Payroll", "Amazon: Hosting"),
        ("Amazon: Hosting", "Germany"),
    }


def test_a_transfer_stands_between_who_receives_and_the_place_with_what_each_law_says():
    entity, vendor = an_entity(country="AR"), a_vendor()
    hosting = an_engagement(vendor, locations=(a_place("US"),))
    clauses = TransferSafeguard(id=new_id(), regime=Regime.EU, instrument=Instrument.A46_2_C)
    transfer = a_transfer(entity, engagement=hosting.id, country="US", safeguards=(clauses,))
    activity = an_activity(entity, engagements=(hosting.id,))
    picture = drawn("flow", activity, entity, vendor, hosting, transfer)
    assert ("Amazon: Hosting", "T-01 Hosting abroad") in arrows(picture)
    assert ("T-01 Hosting abroad", "United States") in arrows(picture)
    assert ("Amazon: Hosting", "United States") not in arrows(picture)
    marks = [mark.words for node in graph_of(picture).nodes for mark in node.marks]
    assert marks == ["Argentina: not shown"]


def test_what_has_ended_is_not_drawn():
    entity, vendor = an_entity(), a_vendor()
    gone = an_engagement(vendor, ends_on=date(2026, 11, 23))
    activity = an_activity(entity, engagements=(gone.id,))
    assert "Amazon: Hosting" not in words_of(drawn("flow", activity, entity, vendor, gone))


def test_a_transfer_that_another_company_makes_is_no_flow_of_this_one():
    ours, theirs, vendor = an_entity(), an_entity(legal_name="Other", slug="other"), a_vendor()
    hosting = an_engagement(vendor)
    transfer = a_transfer(theirs, engagement=hosting.id, country="US")
    activity = an_activity(ours, engagements=(hosting.id,))
    others = (ours, theirs, vendor, hosting, transfer, activity)
    assert "T-01 Hosting abroad" not in words_of(drawn("flow", activity, *others))
    assert "T-01 Hosting abroad" not in words_of(drawn("flow", ours, *others))
    assert "T-01 Hosting abroad" in words_of(drawn("flow", vendor, *others))


def test_a_recipient_is_drawn_with_its_country():
    entity = an_entity()
    office = Recipient(id=new_id(), name=in_english("Tax office"), country="ES")
    activity = an_activity(entity, recipients=(office,))
    assert ("Tax office", "Spain") in arrows(drawn("flow", activity, entity))


def test_where_nothing_is_recorded_the_picture_says_so_and_invents_nothing():
    entity = an_entity()
    activity = an_activity(entity)
    picture = drawn("flow", activity, entity)
    assert words_of(picture)[-1] == "No recipient, system or transfer is recorded."
    assert [one.is_gap for one in graph_of(picture).nodes] == [False, False, True]


def test_a_vendor_shows_what_reaches_it():
    entity, vendor = an_entity(), a_vendor()
    hosting = an_engagement(vendor)
    crm = System(id=new_id(), name="CRM", hosted_by=Ref(hosting.id))
    direct = an_activity(entity, engagements=(hosting.id,))
    through = an_activity(entity, ref="C-02", systems=(crm.id,))
    found = arrows(drawn("flow", vendor, entity, hosting, crm, direct, through))
    assert ("C-01 Payroll", "Amazon: Hosting") in found
    assert ("C-02 Payroll", "CRM") in found
    assert ("CRM", "Amazon: Hosting") in found


def test_a_company_shows_its_own_and_not_another_ones():
    ours, theirs = an_entity(), an_entity(legal_name="Other", slug="other")
    own, other = an_activity(ours), an_activity(theirs, ref="C-09")
    words = words_of(drawn("flow", ours, theirs, own, other))
    assert "C-01 Payroll" in words
    assert "C-09 Payroll" not in words


def test_many_activities_are_counted_by_role():
    entity = an_entity()
    roles = [Role.CONTROLLER] * 30 + [Role.PROCESSOR] * 15
    some = [an_activity(entity, ref=f"C-{n}", role=role) for n, role in enumerate(roles)]
    picture = drawn("flow", entity, *some)
    counted = {one.words: one.note for one in graph_of(picture).nodes if one.column == 1}
    assert counted == {"30 processing activities": "Controller"} | {
        "15 processing activities": "Processor"
    }
    assert picture.notes != ()


def test_many_engagements_of_one_vendor_are_counted_too():
    vendor = a_vendor()
    some = [an_engagement(vendor) for _ in range(200)]
    assert words_of(drawn("flow", vendor, *some)) == ["200 engagements"]


def test_the_table_says_what_the_picture_shows():
    entity, vendor = an_entity(), a_vendor()
    hosting = an_engagement(vendor, locations=(a_place("DE"),))
    activity = an_activity(entity, engagements=(hosting.id,))
    picture = drawn("flow", activity, entity, vendor, hosting)
    rows = {row[0].words: [one.words for one in row[3].several] for row in picture.table.rows}
    assert rows == {
        "Acme S.L.": ["C-01 Payroll"],
        "C-01 Payroll": ["Amazon: Hosting"],
        "Amazon: Hosting": ["Germany (storage)"],
        "Germany": [],
    }


def test_a_text_of_another_language_is_marked():
    entity = an_entity()
    activity = an_activity(entity, name=LocalisedText(en="Payroll", es="Nóminas"))
    assert "C-01 Nóminas" in words_of(drawn("flow", activity, entity, language="es"))
    assert "C-01 [en] Payroll" in words_of(drawn("flow", activity, entity, language="pt"))
