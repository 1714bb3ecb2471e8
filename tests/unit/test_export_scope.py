"""An export of one company holds nothing of another, and no internal note."""

import msgspec
import pytest

from ropa.exports.digest import digest_of
from ropa.exports.scope import in_scope
from ropa.records import (
    ArgentineRegistration,
    Assessment,
    Breach,
    Customer,
    Engagement,
    LegalEntity,
    ProcessingActivity,
    Purpose,
    Ref,
    TextNote,
    Transfer,
    Vendor,
)
from ropa.register import Register
from ropa.vocabulary import EngagementRole, Role
from tests.builders_exports import (
    NOTE,
    a_register,
    a_registration,
    an_activity,
    payroll,
    said,
    spanish_company,
)


def scope(*more, role=None, register=None) -> Register:
    register = register or a_register(*more)
    own = register.find(LegalEntity, "es")
    assert own is not None
    return in_scope(register, own, role)


def text_of(register: Register) -> str:
    return msgspec.json.encode(list(register.records.values())).decode()


def test_nothing_of_another_company_is_in_it():
    found = scope()
    assert "Argentine" not in text_of(found).replace("Faro Argentino", "")
    assert "argentine-feature" not in text_of(found)
    assert {one.entity for one in found.activities} == {"es"}
    assert found.find(Vendor, "ar-vendor") is None
    assert found.find(Customer, "ar-customer") is None


def test_no_internal_note_and_no_address_for_notices_is_in_it():
    assert NOTE not in text_of(scope())
    assert "notices@cliente.example" not in text_of(scope())


def test_what_its_activities_lead_to_is_in_it():
    names = {"hosting", "vendor", "to-us", "dpf", "us", "clauses", "tia", "encryption", "erp"}
    assert names <= set(scope().records)


def test_a_vendor_that_is_only_mentioned_keeps_only_its_name():
    parent = scope().find(Vendor, "parent")
    assert parent is not None
    assert (parent.name, parent.contact_name) == ("Nube Holding", "")


def test_another_company_of_ours_is_only_named_where_it_is_mentioned():
    importing = Transfer(id="t2", ref="T-02", exporter=Ref("es"), importer_entity=Ref("ar"))
    other = scope(importing).find(LegalEntity, "ar")
    assert other is not None
    assert (other.legal_name, other.slug, other.time_zone) == ("Faro Argentino S.A.", "", "")


def test_an_assessment_shared_with_another_company_names_only_our_activities():
    shared = scope().find(Assessment, "dpia")
    assert shared is not None
    assert shared.activities == ("activity-C-01",)


def test_an_assessment_names_all_our_activities_whichever_leads_to_it_first():
    weighing = (Purpose(id="p", text=said(en="To plan"), balancing_test=Ref("lia")),)
    some = [an_activity(f"C-{number:02}", purposes=weighing) for number in range(10, 14)]
    lia = Assessment(id="lia", ref="LIA-01", activities=tuple(Ref(one.id) for one in some))
    found = scope(*some, lia).find(Assessment, "lia")
    assert found is not None
    assert found.activities == lia.activities


def test_an_assessment_of_another_company_is_not_in_it():
    other = Assessment(id="other", ref="DPIA-09", activities=(Ref("activity-A-01"),))
    assert scope(other).find(Assessment, "other") is None


def test_our_registrations_are_in_it_and_name_only_our_activities():
    found = scope(a_registration()).find(ArgentineRegistration, "registration")
    assert found is not None
    assert found.activities == ("activity-C-01",)


def test_a_registration_of_another_company_is_not_in_it_and_no_link_leads_there():
    other = a_registration(
        id="ar-registration", entity=Ref("ar"), database_name="Argentine database"
    )
    ours = a_registration(parent=Ref("ar-registration"))
    found = scope(other, ours)
    assert [one.id for one in found.registrations] == ["registration"]
    assert "Argentine database" not in text_of(found)
    assert "ar-registration" not in text_of(found)


def test_the_registration_of_our_controller_stays_the_parent():
    parent = a_registration(id="parent-registration")
    ours = a_registration(parent=Ref("parent-registration"))
    found = scope(parent, ours).find(ArgentineRegistration, "registration")
    assert found is not None
    assert found.parent == "parent-registration"


def test_the_side_of_a_processor_holds_only_registrations_of_its_activities():
    assert scope(a_registration(), role=Role.CONTROLLER).registrations
    assert scope(a_registration(), role=Role.PROCESSOR).registrations == ()
    serving = a_registration(activities=(Ref("activity-P-01"), Ref("activity-C-01")))
    (found,) = scope(serving, role=Role.PROCESSOR).registrations
    assert found.activities == ("activity-P-01",)


def test_notes_on_published_texts_are_not_in_it_and_do_not_change_the_hash():
    noted = spanish_company(text_notes=(TextNote(id="n", text="wrong-article-cited"),))
    assert "wrong-article-cited" not in text_of(scope(noted))
    assert digest_of(scope(noted)) == digest_of(scope())


def test_a_breach_is_not_in_it():
    breach = Breach(id="b", ref="B-1", entity=Ref("es"), activities=(Ref("activity-C-01"),))
    assert scope(breach).breaches == ()


@pytest.mark.parametrize(
    ("role", "refs"),
    [
        (None, ["C-01", "P-01"]),
        (Role.CONTROLLER, ["C-01"]),
        (Role.JOINT_CONTROLLER, ["C-01"]),
        (Role.PROCESSOR, ["P-01"]),
    ],
)
def test_a_role_keeps_one_side(role, refs):
    assert [one.ref for one in scope(role=role).activities] == refs


def test_the_side_of_a_controller_knows_no_customer():
    assert scope(role=Role.CONTROLLER).customers == ()
    assert [one.id for one in scope(role=Role.PROCESSOR).customers] == ["customer"]


def test_a_retired_activity_is_not_in_it():
    retired = payroll(retired_at=a_register().known_at)
    assert [one.ref for one in scope(retired).activities] == ["P-01"]


def test_an_own_engagement_that_no_activity_names_is_not_lost():
    lost = Engagement(
        id="lost",
        vendor=Ref("vendor"),
        entity=Ref("es"),
        role=EngagementRole.SUBPROCESSOR,
        purpose=said(en="Mail"),
    )
    assert scope(lost).find(Engagement, "lost")
    assert scope(lost, role=Role.PROCESSOR).find(Engagement, "lost")
    assert scope(lost, role=Role.CONTROLLER).find(Engagement, "lost") is None


def test_an_own_transfer_that_no_activity_names_is_not_lost():
    lost = Transfer(id="lost", ref="T-05", exporter=Ref("es"), exporter_role=Role.PROCESSOR)
    assert scope(lost, role=Role.PROCESSOR).find(Transfer, "lost")
    assert scope(lost, role=Role.CONTROLLER).find(Transfer, "lost") is None


def test_the_hash_is_the_same_whatever_the_order_of_the_records():
    register = a_register()
    turned = Register(records=dict(reversed(list(register.records.items()))))
    assert digest_of(scope(register=register)) == digest_of(scope(register=turned))


def test_the_hash_changes_with_the_content_and_not_with_a_note():
    plain = digest_of(scope())
    assert digest_of(scope(payroll(notes="another note"))) == plain
    assert digest_of(scope(an_activity("C-02"))) != plain
    assert digest_of(scope(payroll(owner="Ana"))) != plain


def test_the_hash_sees_one_text_however_its_accents_are_written():
    composed = digest_of(scope(payroll(owner="Mar\u00eda")))
    assert digest_of(scope(payroll(owner="Mari\u0301a"))) == composed


def test_half_a_character_does_not_stop_the_hash():
    assert len(digest_of(scope(payroll(owner="\ud83d")))) == 64


def test_a_register_without_activities_is_in_scope_too():
    found = scope(register=Register.of(spanish_company()))
    assert found.all(ProcessingActivity) == ()
