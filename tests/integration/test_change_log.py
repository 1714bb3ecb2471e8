"""The change log says what differs from the record that left before, and nothing else."""

import datetime as dt
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from msgspec.structs import replace
from sqlalchemy import event, select

from ropa.exports import EXPORTS, ExportRequest, Handing, hand_out, with_last_delivery
from ropa.history import Actor, acting_as, life_of, redact
from ropa.models import Blob, ExportLog
from ropa.records import (
    ActivityData,
    Answer,
    CustomerAgreement,
    LegalEntity,
    LocalisedText,
    ProcessingCategory,
    Purpose,
    Recipient,
    Ref,
    RetentionRule,
    Service,
    TouchedRecord,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import (
    AnswerKind,
    Door,
    EngagementRole,
    LawfulBasis,
    Role,
    UserRole,
    Workflow,
)
from tests.builders import (
    ANA,
    a_change,
    a_customer,
    a_subject_category,
    a_transfer,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
    in_english,
    keep,
)
from tests.builders_exports import all_texts, opened, table
from tests.people import a_person

SECRET = "nobody-outside-may-read-this"
APPROVED = Workflow.APPROVED

OURS = an_entity(workflow=APPROVED, notes=SECRET)
THEIRS = an_entity(legal_name="Other S.A.", slug="other", workflow=APPROVED)
PURPOSE = Purpose(id=new_id(), text=in_english("To pay wages"))
OFFICE = Recipient(id=new_id(), name=in_english("Tax office"))
KEPT = RetentionRule(id=new_id(), trigger=in_english("the contract ends"), active_period="P1Y")
STAFF = a_subject_category(workflow=APPROVED)
DATA = ActivityData(id=new_id(), subject=Ref(STAFF.id), retention=(KEPT,))
PAYROLL = an_activity(
    OURS,
    workflow=APPROVED,
    purposes=(PURPOSE,),
    recipients=(OFFICE,),
    data=(DATA,),
    notes=SECRET,
)
SECOND = an_activity(OURS, ref="C-02", name=in_english("Recruiting"), workflow=APPROVED)
ELSEWHERE = an_activity(THEIRS, ref="A-01", name=in_english("Their secret"), workflow=APPROVED)


@pytest.fixture
def house(session):
    """A small house in January; where a test says no day, it is the first of April."""
    with time_machine.travel(datetime(2026, 4, 1, 12, tzinfo=UTC), tick=False):
        earlier(session, OURS, THEIRS, STAFF, PAYROLL, SECOND, ELSEWHERE)
        yield session


def earlier(session, *records):
    with on(2026, 1, 10):
        keep(session, *records)


@contextmanager
def on(year: int, month: int, day: int, hour: int = 12):
    with time_machine.travel(datetime(year, month, day, hour, tzinfo=UTC), tick=False):
        yield


def made(session, name="article30", recipient="", language="en", **said):
    """Hand out one export as a door does; return the workbook and its bytes."""
    approved = said.pop("approved", False)
    company = said.pop("entity", OURS)
    register = read_register(session, approved=approved, on_day=datetime.now(UTC).date())
    own = register.find(LegalEntity, company.id)
    assert own is not None
    asked = ExportRequest(
        register=register, entity=own, generated_at=datetime.now(UTC), language=language, **said
    )
    asked = with_last_delivery(session, name, asked)
    handing = Handing(actor=ANA, door=Door.BACK_OFFICE, recipient=recipient)
    content = hand_out(session, EXPORTS[name], asked, handing).content
    session.commit()
    return opened(content)


def delivered(session, **said):
    with on(2026, 2, 1):
        return made(session, recipient="AEPD", **said)


def log(workbook, title="Change log"):
    return [row for row in table(workbook, title) if row["Date"] != "No entry"]


def counted_from(workbook):
    lines = {row[0]: row[1] for row in workbook.worksheets[0].values}
    return lines["The change log counts from"]


def a_day(year: int, month: int, day: int) -> datetime:
    return dt.datetime(year, month, day)  # noqa: DTZ001  # a true date, no zone


# Cell by cell


def test_a_field_that_changed_says_when_where_what_and_in_which_role(house):
    delivered(house)
    dora = a_person(house, UserRole.DPO)
    house.commit()
    bound = replace(PURPOSE, basis=LawfulBasis.CONTRACT)
    with on(2026, 3, 1, hour=23):  # the second of March in Madrid
        keep(house, replace(PAYROLL, purposes=(bound,)), actor=Actor(str(dora.id), "Dora"))
    (row,) = log(made(house))
    assert row == {
        "Date": a_day(2026, 3, 2),
        "Reference": "C-01",
        "What it is": "Processing activity",
        "Name": "Payroll",
        "What was changed": "Purposes → Legal basis (GDPR Art. 6(1))",
        "In the row": "To pay wages",
        "Before": "Not recorded",
        "After": "Contract (GDPR Art. 6(1)(b))",
        "By whom": "Data protection officer",
    }


def test_who_is_told_by_the_role_and_never_by_the_name(house):
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"))
    workbook = made(house)
    assert log(workbook)[0]["By whom"] == "Back office"
    assert ANA.name not in all_texts(workbook)


def test_a_row_that_is_new_or_gone_is_one_line(house):
    delivered(house)
    more = Purpose(id=new_id(), text=in_english("To plan"), basis=LawfulBasis.CONTRACT)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, purposes=(more, PURPOSE), recipients=()))
    rows = {row["What was changed"].split(" (")[0]: row for row in log(made(house))}
    assert set(rows) == {"Purposes", "Recipients"}
    assert (rows["Purposes"]["Before"], rows["Recipients"]["After"]) == (None, None)
    assert rows["Purposes"]["After"].startswith("Purpose: To plan; Legal basis: Contract")
    assert rows["Recipients"]["Before"] == "Recipient or category: Tax office"


def test_a_row_within_a_row_says_in_which_it_stands(house):
    delivered(house)
    longer = replace(DATA, retention=(replace(KEPT, active_period="P18M"),))
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, data=(longer,)))
    (row,) = log(made(house))
    assert row["What was changed"].endswith("How long → Then kept for (GDPR Art. 30(1)(f))")
    assert row["In the row"] == "Employees\nthe contract ends"
    assert (row["Before"], row["After"]) == ("1 year", "18 months")


def test_an_answer_instead_of_a_list_is_told_without_who_gave_it(house):
    delivered(house)
    none = Answer(question="transfers", kind=AnswerKind.NONE, by="Ana Ruiz", on=date(2026, 3, 1))
    other = Answer(
        question="recipients", kind=AnswerKind.NOT_APPLICABLE, because="so", by="Ana Ruiz"
    )
    with on(2026, 3, 1):
        keep(house, replace(SECOND, answers=(none, other)))
    rows = log(made(house))
    said = {(row["Reference"], row["Before"], row["After"]) for row in rows}
    assert said == {
        ("C-02", "Not recorded", "None"),
        ("C-02", "Not recorded", "Does not apply: because so"),
    }


def test_each_field_has_the_day_it_was_last_changed_the_newest_first(house):
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People", owner="Ana"))
    with on(2026, 3, 5):
        keep(house, replace(PAYROLL, department="People and culture", owner="Ana"))
    rows = [(row["Date"], row["What was changed"], row["After"]) for row in log(made(house))]
    assert rows == [
        (a_day(2026, 3, 5), "Department", "People and culture"),
        (a_day(2026, 3, 1), "Owner", "Ana"),
    ]


def test_what_was_changed_and_changed_back_is_not_told(house):
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"))
        keep(house, PAYROLL)
    workbook = made(house)
    assert workbook["Change log"]["A2"].value == "No entry"


def test_a_text_changed_in_another_language_shows_every_language(house):
    delivered(house)
    name = LocalisedText(en="Payroll", es="Nóminas")
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, name=name))
    (row,) = log(made(house))
    assert (row["Before"], row["After"]) == ("[en] Payroll", "[en] Payroll\n[es] Nóminas")


@pytest.mark.parametrize(("language", "title"), [("es", "Historial"), ("pt", "Histórico")])
def test_it_speaks_the_language_of_the_workbook(house, language, title):
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"))
    (headings, row) = made(house, language=language)[title].values
    assert "Date" not in headings
    assert "Not recorded" not in row


# New and gone


def test_an_activity_that_is_new_and_one_that_left_have_a_line_each(house):
    delivered(house)
    new = an_activity(OURS, ref="C-03", name=in_english("Newsletter"))
    with on(2026, 3, 1):
        keep(house, new, replace(SECOND, retired_at=datetime.now(UTC), workflow=Workflow.RETIRED))
    rows = {row["Reference"]: row for row in log(made(house))}
    assert rows["C-03"]["What was changed"] == "New in this record"
    assert (rows["C-03"]["Before"], rows["C-03"]["After"]) == (None, "Newsletter")
    assert rows["C-02"]["What was changed"] == "No longer in this record"
    assert (rows["C-02"]["Before"], rows["C-02"]["After"]) == ("Recruiting", None)
    assert {row["Date"] for row in rows.values()} == {a_day(2026, 3, 1)}


def test_a_record_that_another_now_names_is_told_by_that_other_alone(house):
    vendor = a_vendor(legal_name="Nube Ltd", workflow=APPROVED)
    work = an_engagement(vendor, workflow=APPROVED)
    earlier(house, vendor, work)
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, engagements=(Ref(work.id),)))
    (row,) = log(made(house))
    assert (row["Reference"], row["After"]) == ("C-01", "• Hosting")


def test_a_vendor_that_was_only_mentioned_has_not_changed_by_being_engaged(house):
    parent = a_vendor(name="Holding", slug="holding", contact_name="Old Person")
    vendor = a_vendor(legal_name="Nube Ltd", parent=Ref(parent.id))
    work = an_engagement(vendor, entity=OURS.id, role=EngagementRole.PROCESSOR)
    earlier(house, parent, vendor, work)
    delivered(house)
    more = an_engagement(parent, entity=OURS.id, role=EngagementRole.PROCESSOR)
    with on(2026, 3, 1):
        keep(house, more, replace(parent, contact_name="New Person", country="FR"))
    rows = {row["What was changed"]: row["After"] for row in log(made(house))}
    assert rows == {
        "New in this record": "Holding: Hosting",
        "Country of establishment": "France (FR)",
    }


# What may never be in it


def test_nothing_of_another_company_no_note_and_nothing_between_us_and_a_customer(house):
    service = Service(id=new_id(), code="platform", name=in_english("Platform"), workflow=APPROVED)
    own, other = (
        CustomerAgreement(id=new_id(), entity=Ref(one.id), services=(Ref(service.id),))
        for one in (OURS, THEIRS)
    )
    customer = a_customer(workflow=APPROVED, agreements=(own, other))
    serving = an_activity(
        OURS,
        ref="P-01",
        role=Role.PROCESSOR,
        services=(Ref(service.id),),
        processing_categories=(ProcessingCategory(id=new_id(), text=in_english("Hosting")),),
    )
    earlier(house, service, customer, serving)
    delivered(house)
    with on(2026, 3, 1):
        keep(
            house,
            replace(ELSEWHERE, description=in_english(SECRET), department=SECRET),
            an_activity(THEIRS, ref="A-02", name=in_english(SECRET)),
            a_transfer(THEIRS, ref="T-99", name=in_english(SECRET)),
            replace(PAYROLL, notes=f"{SECRET} again", department="People"),
            replace(
                customer,
                phone="+34 1",
                agreements=(
                    replace(own, notice_days=77, starts_on=date(2025, 1, 1)),
                    replace(other, features=(SECRET,), starts_on=date(2025, 1, 1)),
                ),
            ),
        )
    workbook = made(house)
    assert SECRET not in all_texts(workbook)
    rows = sorted((row["Name"], row["What was changed"], row["After"]) for row in log(workbook))
    assert rows == [
        ("Client GmbH", "Agreements → From", "2025-01-01"),
        ("Client GmbH", "Phone", "+34 1"),
        ("Payroll", "Department", "People"),
    ]


def test_a_draft_is_in_no_log_of_approved_states(house):
    delivered(house, approved=True)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"))
        keep(house, replace(SECOND, department=SECRET, workflow=Workflow.DRAFT))
        keep(house, an_activity(OURS, ref="C-03", name=in_english(SECRET)))
    workbook = made(house, approved=True)
    assert SECRET not in all_texts(workbook)
    assert [row["Reference"] for row in log(workbook)] == ["C-01"]


def test_an_approval_counts_by_the_day_it_was_given(house):
    delivered(house, approved=True)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People", workflow=Workflow.DRAFT))
    with on(2026, 3, 9):
        keep(house, replace(PAYROLL, department="People"))
    (row,) = log(made(house, approved=True))
    assert row["Date"] == a_day(2026, 3, 9)


def test_an_announced_change_is_told_on_the_day_it_comes_into_force(house):
    vendor = a_vendor(legal_name="Nube Ltd", workflow=APPROVED)
    work = an_engagement(vendor, entity=OURS.id, workflow=APPROVED)
    earlier(house, vendor, work)
    draft = replace(vendor, legal_name="Nube Nueva Ltd", workflow=Workflow.DRAFT)
    earlier(house, draft)
    seq = life_of(house, vendor.id)[0].seq
    announced = a_change(
        touches=(TouchedRecord(id=new_id(), target=vendor.id, after=seq),),
        announced_on=date(2026, 1, 20),
        effective_on=date(2027, 3, 15),
    )
    earlier(house, announced)
    with on(2027, 2, 1):
        made(house, recipient="AEPD", approved=True)
    keep(house, replace(SECOND, department="People"))
    with on(2027, 3, 20):
        rows = log(made(house, approved=True))
    (row,) = [one for one in rows if one["What it is"] == "Vendor"]
    assert (row["Before"], row["After"]) == ("Nube Ltd", "Nube Nueva Ltd")
    assert row["Date"] == a_day(2027, 3, 15)
    assert row["By whom"] == f"in force as announced: {announced.ref}"


def test_words_that_were_redacted_since_are_not_taken_for_a_new_record(house):
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"))
    with acting_as(house, ANA, "a request under Art. 17") as acting:
        redact(house, acting, [life_of(house, PAYROLL.id)[-1].seq])
        house.commit()
    assert log(made(house)) == []


@pytest.mark.parametrize("was_delivered", [True, False])
def test_a_redaction_drops_the_files_that_quote_the_words_as_what_stood_before(
    house, was_delivered
):
    earlier(house, replace(SECOND, department=SECRET))
    if was_delivered:
        delivered(house)
    keep(house, replace(SECOND, department="People"))
    if not was_delivered:
        seq = life_of(house, SECOND.id)[-1].seq  # the first state, which is what is quoted
    else:
        seq = life_of(house, SECOND.id)[1].seq
    quoting = made(house)
    assert (SECRET in all_texts(quoting)) == was_delivered
    row = house.scalars(select(ExportLog).order_by(ExportLog.id.desc())).first()
    plain = ExportRequest(
        register=read_register(house), entity=OURS, generated_at=datetime.now(UTC)
    )
    other = hand_out(house, EXPORTS["json"], plain, Handing(actor=ANA, door=Door.BACK_OFFICE)).row
    house.commit()
    with acting_as(house, ANA, "a request under Art. 17") as acting:
        redact(house, acting, [seq])
        house.commit()
    assert house.get(Blob, row.sha256) is None
    assert house.get(Blob, other.sha256) is not None


# From where it counts


def test_before_the_first_delivery_it_counts_from_how_each_entry_was_first_approved(house):
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"), an_activity(OURS, ref="C-03"))
    made(house)  # for nobody: no delivery
    workbook = made(house)
    assert [(row["Reference"], row["After"]) for row in log(workbook)] == [("C-01", "People")]
    assert counted_from(workbook).startswith("No record like this one was handed over before.")


def test_the_cover_says_from_which_delivery_and_not_for_whom_it_was(house):
    delivered(house)
    keep(house, replace(PAYROLL, department="People"))
    workbook = made(house)
    assert counted_from(workbook) == "The last delivery before this one: export 1, of 2026-02-01"
    assert "AEPD" not in all_texts(workbook)


def test_the_same_register_delivered_twice_counts_from_the_one_before(house):
    delivered(house)
    with on(2026, 3, 1):
        keep(house, replace(PAYROLL, department="People"))
        in_english_ = made(house, recipient="AEPD")
        in_spanish = made(house, recipient="AEPD", language="es")
    assert len(log(in_english_)) == 1
    assert len(list(in_spanish["Historial"].values)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"entity": THEIRS},
        {"approved": True},
        {"role": Role.PROCESSOR},
        {"name": "json"},
        {"recipient": ""},
    ],
    ids=["company", "states", "side", "export", "nobody"],
)
def test_a_delivery_of_something_else_does_not_count(house, other):
    with on(2026, 2, 1):
        name = other.get("name", "article30")
        if name == "article30":
            made(house, **{"recipient": "AEPD", **other})
        else:
            register = read_register(house)
            asked = ExportRequest(register=register, entity=OURS, generated_at=datetime.now(UTC))
            handing = Handing(actor=ANA, door=Door.BACK_OFFICE, recipient="AEPD")
            hand_out(house, EXPORTS[name], asked, handing)
            house.commit()
    keep(house, replace(PAYROLL, department="People"))
    assert counted_from(made(house)).startswith("No record like this one")


def test_a_delivery_of_both_sides_counts_for_each(house):
    delivered(house)
    keep(house, replace(PAYROLL, department="People"))
    assert "export 1" in counted_from(made(house, role=Role.CONTROLLER))


def test_an_export_made_again_counts_as_it_did(house):
    delivered(house)
    keep(house, replace(PAYROLL, department="People"))
    register = read_register(house)
    asked = ExportRequest(register=register, entity=OURS, generated_at=datetime.now(UTC))
    first = with_last_delivery(house, "article30", asked)
    made(house, recipient="AEPD")
    keep(house, replace(SECOND, department="People"))
    later = ExportRequest(
        register=read_register(house), entity=OURS, generated_at=asked.generated_at
    )
    again = with_last_delivery(house, "article30", later, before=2)
    assert first.since is not None
    assert again.since is not None
    assert (first.since.number, again.since.number) == (1, 1)
    now = with_last_delivery(house, "article30", later)
    assert now.since is not None
    assert now.since.number == 2


def test_only_the_record_and_the_pack_that_holds_it_ask_the_log(house):
    asked = ExportRequest(
        register=read_register(house), entity=OURS, generated_at=datetime.now(UTC)
    )
    for name in set(EXPORTS) - {"article30", "article30_internal", "pack"}:
        assert with_last_delivery(house, name, asked).since is None


def test_the_number_of_queries_does_not_grow_with_what_was_changed(house):
    some = [an_activity(OURS, ref=f"D-{number:02}") for number in range(40)]
    earlier(house, *some)
    delivered(house)
    counts = []
    for changed in (some[:1], some):
        keep(house, *(replace(one, department=new_id()) for one in changed))
        asked = ExportRequest(
            register=read_register(house), entity=OURS, generated_at=datetime.now(UTC)
        )
        heard: list[str] = []

        def hear(_connection, _cursor, statement, *_rest, into=heard):
            into.append(statement)

        engine = house.get_bind()
        event.listen(engine, "before_cursor_execute", hear)
        told = with_last_delivery(house, "article30", asked)
        event.remove(engine, "before_cursor_execute", hear)
        assert told.since is not None
        assert len(told.since.marks) == len(changed)
        counts.append(len(heard))
    assert counts[0] == counts[1] <= 8


# The copy for inside the house


def test_the_copy_for_inside_the_house_counts_from_the_delivery_and_says_what_it_is(house):
    delivered(house)
    keep(house, replace(PAYROLL, department="People"))
    workbook = made(house, name="article30_internal")
    assert "export 1" in counted_from(workbook)
    assert workbook["INTERNAL Cover"]["A1"].value.startswith("INTERNAL · Record of processing")
    assert len(log(workbook)) == 1
    assert SECRET not in all_texts(workbook)
    with ZipFile(BytesIO(made_bytes(house))) as archive:
        sheets = [one for one in archive.namelist() if one.startswith("xl/worksheets/sheet")]
        assert all(b"<oddFooter>&amp;LINTERNAL" in archive.read(one) for one in sheets)


def made_bytes(session) -> bytes:
    asked = ExportRequest(
        register=read_register(session), entity=OURS, generated_at=datetime.now(UTC)
    )
    return EXPORTS["article30_internal"].make(asked)
