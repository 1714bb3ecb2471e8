"""Examples of the rules on processors, sub-processors and their chain."""

from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from ropa.lint.case import months_before
from ropa.records import (
    ChainLink,
    Change,
    Engagement,
    Objection,
    Recipient,
    Threshold,
    TouchedRecord,
    Vendor,
)
from ropa.vocabulary import (
    Authorisation,
    ChangeKind,
    DpaStatus,
    EngagementRole,
    ObjectionStage,
    RecipientKind,
    ThresholdCode,
    Workflow,
)
from tests.clean_house import TODAY, House, ref, text
from tests.unit.lint.examples import fails, passes

CLOUD = "https://www.cloud.example"
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
RETIRED = datetime(2026, 1, 1)  # noqa: DTZ001  # only whether there is one counts

CONTROLLER = EngagementRole.CONTROLLER
PROCESSOR = EngagementRole.PROCESSOR


def vendor(**said: Any):
    """The vendor with something else said."""
    return lambda house: house.but("vendor", **said)


def hosting(**said: Any):
    """The engagement with something else said."""
    return lambda house: house.but("hosting", **said)


def agreement(**said: Any):
    """Our customer's agreement with something else said, and no authorisation elsewhere."""
    return lambda house: house.but("hosting", authorisation=None).row(
        "customer", "agreements", **said
    )


def vendor_when(hosting_says: dict[str, Any], **said: Any):
    """The vendor and its engagement, both with something else said."""
    return lambda house: house.but("vendor", **said).but("hosting", **hosting_says)


def with_recipient(house: House, **said: Any) -> House:
    """The processor activity with a recipient that is a processor, and nothing else."""
    usual: dict[str, Any] = {"name": text("A mailing service"), "kind": RecipientKind.PROCESSOR}
    row = Recipient(id=ref("mailing"), **{**usual, **said})
    return house.but("accounts", recipients=(row,))


def with_link(**said: Any):
    """The vendor with one sub-processor of its own."""
    usual = {
        "legal_name": "Deep Ltd",
        "address": "2 Low Road",
        "contact": "Privacy desk",
    }
    link = ChainLink(id=ref("link"), **{**usual, **said})
    return vendor(uses_subprocessors=True, chain=(link,))


def other(**said: Any) -> Vendor:
    """Another vendor, whose identity is whole."""
    usual: dict[str, Any] = {
        "id": ref("deep"),
        "name": "Deep",
        "legal_name": "Deep Ltd",
        "slug": "deep",
        "address": "2 Low Road",
        "contact_name": "Privacy desk",
    }
    return Vendor(**{**usual, **said})


def with_change(touches: str = "hosting", **said: Any):
    """The house with a change of its list; without anything said it was told in time."""
    usual: dict[str, Any] = {
        "id": ref("change"),
        "workflow": Workflow.APPROVED,
        "ref": "SPC-2026-001",
        "kind": ChangeKind.ADDITION,
        "touches": (TouchedRecord(id=ref("touched"), target=ref(touches), after=1),),
        "announced_on": date(2026, 9, 1),
        "effective_on": date(2026, 10, 1),
    }
    return lambda house: house.plus(change=Change(**{**usual, **said}))


def with_objection(said: dict[str, Any] | None = None, **of_change: Any):
    """The house with an objection to its change, open and passed over."""
    usual: dict[str, Any] = {
        "id": ref("objection"),
        "ref": "OBJ-2026-001",
        "change": ref("change"),
        "customer": ref("customer"),
        "stage": ObjectionStage.IN_DISCUSSION,
    }
    objection = Objection(**{**usual, **(said or {})})
    change = with_change(**of_change)
    return lambda house: change(house).plus(objection=objection)


def then(*changes: Any):
    """One change after another."""

    def all_of_them(house: House) -> House:
        for change in changes:
            house = change(house)
        return house

    return all_of_them


def as_controller(**said: Any):
    """The same vendor engaged as a separate controller too."""
    usual: dict[str, Any] = {
        "id": ref("analytics"),
        "vendor": ref("vendor"),
        "entity": ref("spain"),
        "role": CONTROLLER,
        "purpose": text("Its own statistics"),
        "services": (ref("platform"),),
    }
    return lambda house: house.plus(analytics=Engagement(**{**usual, **said}))


def named_controller(name: str = "Cloud Ltd", kind: Any = RecipientKind.CONTROLLER, **said: Any):
    """The processor activity names somebody as a recipient."""
    row = Recipient(id=ref("named"), name=text(name), kind=kind, country="IE")
    return lambda house: house.but("platform work", recipients=(row,), **said)


def services(*names: str):
    """Our customer's agreement is about these services."""
    refs = tuple(ref(name) for name in names)
    return lambda house: house.row("customer", "agreements", services=refs)


FAILS = (
    fails("PR-01", "hosting", "vendor", vendor(dpa_status=None)),
    fails("PR-01", "hosting", "vendor", vendor(dpa_status=DpaStatus.NONE)),
    fails("PR-01", "hosting", "vendor", vendor(dpa_status=DpaStatus.PUBLISHED)),
    fails("PR-01", "hosting", "vendor", vendor(dpa_signed_on=None)),
    fails("PR-01", "hosting", "vendor", vendor(dpa_signed_on=TOMORROW)),
    fails("PR-01", "hosting", "vendor", vendor(dpa_document=None)),
    fails("PR-01", "hosting", "vendor", vendor_when({"role": PROCESSOR}, dpa_status=None)),
    fails("PR-01", "hosting", "vendor", vendor_when({"ends_on": TODAY}, dpa_status=None)),
    fails("PR-01", "hosting", "vendor", hosting(vendor=ref("nobody"))),
    fails("PR-01", "accounts", "recipients/{mailing}", with_recipient),
    fails("PR-02", "vendor", "dpa_expires_on", vendor(dpa_expires_on=YESTERDAY)),
    fails(
        "PR-02",
        "vendor",
        "dpa_expires_on",
        lambda house: house.but("vendor", dpa_expires_on=YESTERDAY).but(
            "platform work", engagements=()
        ),
    ),
    fails(
        "PR-02",
        "vendor",
        "dpa_expires_on",
        lambda house: (
            house.but("vendor", dpa_expires_on=YESTERDAY)
            .but("platform work", ends_on=YESTERDAY)
            .but("accounts", engagements=(ref("hosting"),), transfers=(ref("transfer"),))
        ),
    ),
    fails("PR-03", "vendor", "due_diligence_on", vendor(due_diligence_on=None)),
    fails("PR-03", "vendor", "due_diligence_on", vendor(due_diligence_on=date(2024, 11, 23))),
    fails(
        "PR-03",
        "vendor",
        "due_diligence_on",
        lambda house: house.but("vendor", due_diligence_on=None).without("number diligence_months"),
    ),
    fails("PR-04", "hosting", "authorisation", agreement(authorisation=None)),
    fails("PR-04", "hosting", "authorisation", agreement(ends_on=YESTERDAY)),
    fails("PR-04", "hosting", "authorisation", agreement(starts_on=TOMORROW)),
    fails("PR-04", "hosting", "authorisation", agreement(entity=ref("argentina"))),
    fails("PR-04", "hosting", "authorisation", hosting(authorisation=None, entity=None)),
    fails("PR-05", "hosting", "flow_down", hosting(flow_down=None)),
    fails("PR-05", "hosting", "flow_down", hosting(flow_down=False)),
    fails("PR-06", "vendor", "legal_name", vendor(legal_name="")),
    fails("PR-06", "vendor", "address", vendor(address="")),
    fails("PR-06", "vendor", "contact_name", vendor(contact_name="")),
    fails("PR-06", "vendor", "chain/{link}/legal_name", with_link(legal_name="")),
    fails("PR-06", "vendor", "chain/{link}/address", with_link(address="")),
    fails("PR-06", "vendor", "chain/{link}/contact", with_link(contact="")),
    fails(
        "PR-06",
        "vendor",
        "chain/{link}/contact",
        then(
            with_link(contact="", known_vendor=ref("deep")),
            lambda house: house.plus(deep=other(contact_name="")),
        ),
    ),
    fails("PR-07", "hosting", "delimitation", hosting(delimitation=text(""))),
    fails("PR-07", "hosting", "purpose", hosting(purpose=text(""))),
    fails("PR-08", "change", "announced_on", with_change(announced_on=None)),
    fails("PR-08", "change", "effective_on", with_change(effective_on=date(2026, 9, 30))),
    fails(
        "PR-08",
        "change",
        "effective_on",
        with_change(effective_on=date(2026, 9, 30), kind=ChangeKind.REPLACEMENT),
    ),
    fails("PR-08", "change", "announced_on", with_change(announced_on=None, emergency=True)),
    fails(
        "PR-08",
        "change",
        "announced_on",
        with_change(announced_on=None, emergency_reason="The vendor closed"),
    ),
    fails(
        "PR-08",
        "change",
        "effective_on",
        with_change(touches="vendor", effective_on=date(2026, 9, 30)),
    ),
    fails(
        "PR-08",
        "change",
        "effective_on",
        with_change(touches="nobody", effective_on=date(2026, 9, 30)),
    ),
    fails(
        "PR-08",
        "change",
        "effective_on",
        then(
            lambda house: house.row("customer", "agreements", notice_days=None),
            with_change(effective_on=date(2026, 8, 31)),
        ),
    ),
    fails(
        "PR-08",
        "change",
        "effective_on",
        then(
            lambda house: house.but(
                "customer",
                agreements=(
                    *house["customer"].agreements,
                    replace(house["customer"].agreements[0], id=ref("longer"), notice_days=31),
                    replace(house["customer"].agreements[0], id=ref("shorter"), notice_days=10),
                ),
            ),
            with_change(),
        ),
    ),
    fails("PR-09", "objection", "stage", with_objection()),
    fails("PR-09", "objection", "stage", with_objection({"stage": None})),
    fails("PR-09", "objection", "stage", with_objection({"customer": None})),
    fails("PR-09", "objection", "stage", with_objection(effective_on=TODAY)),
    fails("PR-09", "objection", "stage", with_objection(touches="vendor")),
    fails(
        "PR-09",
        "objection",
        "stage",
        then(lambda house: house.but("customer", agreements=()), with_objection()),
    ),
    fails("PR-09", "objection", "stage", then(services(), with_objection())),
    fails("PR-09", "objection", "stage", then(hosting(services=()), with_objection())),
    fails("PR-09", "objection", "stage", then(services("platform", "academy"), with_objection())),
    fails("PR-10", "vendor", "chain", vendor(uses_subprocessors=True)),
    fails("PR-10", "vendor", "chain", vendor_when({"role": PROCESSOR}, uses_subprocessors=True)),
    fails("PR-11", "hosting", "role", as_controller()),
    fails("PR-11", "hosting", "role", as_controller(services=())),
    fails("PR-11", "hosting", "role", as_controller(services=(ref("academy"), ref("platform")))),
    fails("PR-11", "hosting", "role", then(hosting(services=()), as_controller())),
    fails("PR-11", "hosting", "role", as_controller(ends_on=TODAY)),
    fails("PR-11", "hosting", "role", named_controller()),
    fails("PR-11", "hosting", "role", named_controller("CLOUD")),
    fails("PR-12", "hosting", "own_purposes", hosting(own_purposes=True)),
    fails("PR-12", "hosting", "own_purposes", hosting(own_purposes=True, role=PROCESSOR)),
    fails("PR-13", "hosting", "public", hosting(public=False)),
    fails("PR-13", "hosting", "public", hosting(public=None)),
    fails("PR-13", "hosting", "public", hosting(public=False, starts_on=TODAY)),
    fails("PR-13", "hosting", "public", hosting(public=False, ends_on=TODAY)),
    fails("PR-13", "hosting", "ends_on", hosting(ends_on=YESTERDAY)),
    fails("PR-14", "hosting", "chosen_by_customer", hosting(chosen_by_customer=True)),
    fails(
        "PR-14", "hosting", "chosen_by_customer", hosting(chosen_by_customer=True, ends_on=TODAY)
    ),
    fails(
        "PR-15", "hosting", "last_reviewed_on", hosting(last_reviewed_on=months_before(TODAY, 13))
    ),
    fails(
        "PR-15",
        "hosting",
        "last_reviewed_on",
        hosting(last_reviewed_on=months_before(TODAY, 7), review_months=6),
    ),
    fails(
        "PR-15",
        "hosting",
        "last_reviewed_on",
        hosting(last_reviewed_on=None, starts_on=months_before(TODAY, 13)),
    ),
    fails("PR-15", "hosting", "last_reviewed_on", hosting(last_reviewed_on=None, starts_on=None)),
    fails(
        "PR-16",
        "vendor",
        "own_list_url",
        vendor(website=CLOUD, own_list_url="https://wall.example/subs"),
    ),
    fails(
        "PR-16",
        "vendor",
        "dpa_url",
        vendor(website="https://cloud.co.uk", dpa_url="https://wall.co.uk/dpa"),
    ),
    fails("PR-17", "spain", "email", lambda house: house.but("spain", email="")),
)

PASSES = (
    passes("PR-01", vendor(dpa_status=DpaStatus.ACCEPTED)),
    passes("PR-01", vendor(dpa_document=None, dpa_url="https://cloud.example/dpa")),
    passes("PR-01", vendor(dpa_signed_on=TODAY)),
    passes("PR-01", vendor_when({"role": CONTROLLER}, dpa_status=None)),
    passes("PR-01", vendor_when({"role": None}, dpa_status=None)),
    passes("PR-01", vendor_when({"ends_on": YESTERDAY}, dpa_status=None)),
    passes("PR-01", vendor_when({"retired_at": RETIRED}, dpa_status=None)),
    passes("PR-01", lambda house: with_recipient(house, kind=RecipientKind.CONTROLLER)),
    passes("PR-01", lambda house: with_recipient(house).but("accounts", ends_on=YESTERDAY)),
    passes(
        "PR-01", lambda house: with_recipient(house).but("accounts", engagements=(ref("hosting"),))
    ),
    passes("PR-02", vendor(dpa_expires_on=TODAY)),
    passes("PR-02", vendor_when({"ends_on": YESTERDAY}, dpa_expires_on=YESTERDAY)),
    passes("PR-02", vendor_when({"role": CONTROLLER}, dpa_expires_on=YESTERDAY)),
    passes(
        "PR-02",
        lambda house: house.but("vendor", dpa_expires_on=YESTERDAY).but(
            "platform work", ends_on=YESTERDAY
        ),
    ),
    passes("PR-03", vendor(due_diligence_on=date(2024, 11, 24))),
    passes("PR-03", vendor_when({"ends_on": YESTERDAY}, due_diligence_on=None)),
    passes("PR-03", vendor_when({"role": CONTROLLER}, due_diligence_on=None)),
    passes(
        "PR-03",
        lambda house: house.but("vendor", due_diligence_on=date(2010, 1, 1)).without(
            "number diligence_months"
        ),
    ),
    passes(
        "PR-03",
        lambda house: house.but("vendor", due_diligence_on=date(2022, 1, 1)).plus(
            longer=Threshold(
                id=ref("longer"),
                code=ThresholdCode.DILIGENCE_MONTHS,
                value=60,
                valid_from=date(2026, 1, 1),
            )
        ),
    ),
    passes("PR-04", agreement(authorisation=Authorisation.SPECIFIC)),
    passes("PR-04", agreement(ends_on=TODAY)),
    passes("PR-04", agreement(starts_on=TODAY)),
    passes("PR-04", hosting(authorisation=Authorisation.SPECIFIC, entity=None)),
    passes("PR-04", then(agreement(authorisation=None), hosting(role=PROCESSOR))),
    passes("PR-04", then(agreement(authorisation=None), hosting(ends_on=YESTERDAY))),
    passes("PR-05", hosting(flow_down=None, role=PROCESSOR)),
    passes("PR-05", hosting(flow_down=None, ends_on=YESTERDAY)),
    passes("PR-06", vendor_when({"role": PROCESSOR}, legal_name="")),
    passes("PR-06", vendor_when({"ends_on": YESTERDAY}, legal_name="")),
    passes("PR-06", with_link()),
    passes(
        "PR-06",
        then(
            with_link(legal_name="", address="", contact="", known_vendor=ref("deep")),
            lambda house: house.plus(deep=other()),
        ),
    ),
    passes("PR-07", hosting(delimitation=text(""), role=PROCESSOR)),
    passes("PR-07", hosting(delimitation=text(""), purpose=text(""), ends_on=YESTERDAY)),
    passes("PR-08", with_change()),
    passes("PR-08", with_change(announced_on=None, kind=ChangeKind.REMOVAL)),
    passes("PR-08", with_change(announced_on=None, workflow=Workflow.DRAFT)),
    passes("PR-08", with_change(announced_on=None, withdrawn_on=TODAY)),
    passes("PR-08", with_change(announced_on=None, effective_on=None)),
    passes(
        "PR-08",
        with_change(
            effective_on=date(2026, 9, 1), emergency=True, emergency_reason="The vendor closed"
        ),
    ),
    passes(
        "PR-08",
        then(
            lambda house: house.row("customer", "agreements", notice_days=None),
            with_change(effective_on=date(2026, 9, 1)),
        ),
    ),
    passes(
        "PR-08",
        then(
            lambda house: house.row("customer", "agreements", ends_on=YESTERDAY),
            with_change(effective_on=date(2026, 9, 2)),
        ),
    ),
    passes(
        "PR-08",
        then(hosting(entity=ref("argentina")), with_change(effective_on=date(2026, 9, 2))),
    ),
    passes(
        "PR-08",
        then(
            lambda house: house.but("spain", publishes_list=None),
            with_change(touches="nobody", effective_on=date(2026, 9, 2)),
        ),
    ),
    passes("PR-09", with_objection({"stage": ObjectionStage.RESOLVED})),
    passes("PR-09", with_objection({"change": ref("nobody")})),
    passes("PR-09", with_objection(withdrawn_on=YESTERDAY)),
    passes("PR-09", with_objection(effective_on=TOMORROW)),
    passes("PR-09", with_objection(effective_on=None)),
    passes("PR-09", then(hosting(starts_on=TOMORROW), with_objection())),
    passes("PR-09", then(hosting(ends_on=YESTERDAY), with_objection())),
    passes("PR-09", then(hosting(retired_at=RETIRED), with_objection())),
    passes("PR-09", with_objection(touches="nobody")),
    passes("PR-09", then(services("academy"), with_objection())),
    passes(
        "PR-09",
        then(
            lambda house: house.row("customer", "agreements", ends_on=YESTERDAY), with_objection()
        ),
    ),
    passes("PR-10", with_link()),
    passes("PR-10", vendor(uses_subprocessors=None)),
    passes("PR-10", vendor_when({"ends_on": YESTERDAY}, uses_subprocessors=True)),
    passes("PR-10", vendor_when({"role": CONTROLLER}, uses_subprocessors=True)),
    passes("PR-11", as_controller(services=(ref("academy"),))),
    passes("PR-11", as_controller(role=PROCESSOR)),
    passes("PR-11", as_controller(ends_on=YESTERDAY)),
    passes("PR-11", as_controller(vendor=ref("deep"))),
    passes("PR-11", then(as_controller(), hosting(public=False))),
    passes("PR-11", then(as_controller(), hosting(ends_on=YESTERDAY))),
    passes("PR-11", then(as_controller(), hosting(role=PROCESSOR))),
    passes("PR-11", named_controller("Clouds")),
    passes("PR-11", named_controller(kind=RecipientKind.PROCESSOR)),
    passes("PR-11", named_controller(services=(ref("academy"),))),
    passes("PR-11", named_controller(ends_on=YESTERDAY)),
    passes("PR-12", hosting(own_purposes=None)),
    passes("PR-12", hosting(own_purposes=True, role=CONTROLLER)),
    passes("PR-12", hosting(own_purposes=True, ends_on=YESTERDAY)),
    passes("PR-13", hosting(ends_on=TODAY)),
    passes("PR-13", hosting(starts_on=TOMORROW, public=False)),
    passes("PR-13", hosting(ends_on=YESTERDAY, public=False)),
    passes("PR-13", hosting(role=PROCESSOR, public=False)),
    passes("PR-13", hosting(role=PROCESSOR, ends_on=YESTERDAY)),
    passes("PR-13", hosting(chosen_by_customer=True, public=False)),
    passes("PR-14", hosting(chosen_by_customer=None)),
    passes("PR-14", hosting(chosen_by_customer=True, public=False)),
    passes("PR-14", hosting(chosen_by_customer=True, ends_on=YESTERDAY)),
    passes("PR-14", hosting(chosen_by_customer=True, role=PROCESSOR)),
    passes("PR-15", hosting(last_reviewed_on=None, public=False)),
    passes("PR-15", hosting(last_reviewed_on=None, role=CONTROLLER)),
    passes("PR-15", hosting(last_reviewed_on=None, ends_on=YESTERDAY)),
    passes("PR-15", hosting(last_reviewed_on=None, starts_on=YESTERDAY)),
    passes("PR-15", hosting(last_reviewed_on=months_before(TODAY, 12))),
    passes("PR-15", hosting(last_reviewed_on=months_before(TODAY, 20), review_months=20)),
    passes("PR-16", vendor(website=CLOUD, own_list_url="https://legal.cloud.example/subs")),
    passes("PR-16", vendor(own_list_url="https://wall.example/subs")),
    passes("PR-16", vendor(website=CLOUD, dpa_url="in the drawer")),
    passes("PR-16", vendor(website="https://cloud.co.uk", dpa_url="https://eu.cloud.co.uk/dpa")),
    passes("PR-17", lambda house: house.but("argentina", email="")),
    passes("PR-17", lambda house: house.but("spain", email="", publishes_list=False)),
)
