"""Houses with many customers, in which every record says its own mark in every text it has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from ropa.records import (
    ActivityData,
    Answer,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Change,
    Customer,
    CustomerAgreement,
    DataCategory,
    Document,
    Engagement,
    HouseRule,
    LegalEntity,
    LocalisedText,
    Measure,
    Notice,
    Objection,
    Part,
    ProcessingActivity,
    Provenance,
    Record,
    Reviewed,
    SafeguardEvidence,
    Service,
    SubjectCategory,
    System,
    Transfer,
    TransferSafeguard,
    Vendor,
    Waiver,
)
from ropa.records.fields import Kind, fields_of
from ropa.register import Register
from ropa.vocabulary import AnswerKind, EngagementRole, Instrument, Origin, Role, Term

DAY = date(2026, 3, 31)
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)

INSIDE = "zqinsidezq"
"""Stands in every text that never leaves the house."""

NEVER: tuple[type[Record], ...] = (
    Breach,
    CaliforniaDisclosure,
    Change,
    HouseRule,
    Notice,
    Objection,
    Waiver,
)

NOT_FOR_CUSTOMERS = {
    "activity.age_limits",
    "activity.automated_logic",
    "activity.department",
    "activity.joint_controllers",
    "activity.notice",
    "activity.notice_of_source",
    "activity.owner",
    "assessment.consultation",
    "assessment.decided_by",
    "assessment.screening",
    "assessment.summary",
    "customer.agreements.contacts",
    "document.filename",
    "legal_entity.inventory_url",
    "legal_entity.text_notes",
    *(
        f"activity.purposes.{name}"
        for name in (
            "statute",
            "legitimate_interest",
            "consent_mechanism",
            "consent_record",
            "compatibility",
            "criminal_authority",
        )
    ),
}
"""Texts, or rows of them, that no customer reads, written from the brief and not from the code."""

_FIXED = {"country": "US", "countries": ("US",), "time_zone": "Europe/Madrid", "language": "en"}


def filled(kind: type[Record], mark: str, **facts: Any) -> Any:
    """Return a record that says its mark in every text that may leave, and ``INSIDE`` elsewhere.

    Its links are only those that ``facts`` name.
    """
    values = values_of(kind, mark, kind.noun) | {
        "id": f"id-{mark}",
        "notes": INSIDE,
        "retired_reason": INSIDE,
        "provenance": {"name": Provenance(origin=Origin.POLICY, source=INSIDE, by=INSIDE)},
        "reviewed": Reviewed(by=INSIDE, on=DAY, version=1),
        "answers": tuple(
            Answer(
                question=one,
                kind=AnswerKind.NOT_APPLICABLE,
                because=INSIDE if one == "customers" else mark,
                by=INSIDE,
            )
            for one in kind.asks
            if one not in ("joint_controllers", "notice", "notice_of_source")
        ),
    }
    return kind(**values | facts)


def values_of(kind: type[Record] | type[Part], mark: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields_of(kind):
        where = f"{path}.{one.name}"
        text = INSIDE if where in NOT_FOR_CUSTOMERS or mark == INSIDE else f"={mark} {one.name}"
        if one.name in _FIXED:
            found[one.name] = _FIXED[one.name]
        elif one.kind is Kind.TEXT:
            found[one.name] = text
        elif one.kind is Kind.LOCALISED:
            found[one.name] = LocalisedText(en=text, pt=text)
        elif one.kind is Kind.TEXTS:
            found[one.name] = (text,)
        elif one.kind is Kind.PARTS:
            inner = INSIDE if text == INSIDE else mark
            found[one.name] = (one.of(id=f"row-{inner}", **values_of(one.of, inner, where)),)
    return found


@dataclass(frozen=True)
class House:
    """A register, and the company and the customer a pack is asked of; told in few words."""

    entity: LegalEntity = field(repr=False)
    customer: Customer = field(repr=False)
    records: tuple[Any, ...] = field(repr=False)

    @property
    def register(self) -> Register:
        return Register(records={one.id: one for one in self.records}, known_at=NOON)

    def all(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.records if isinstance(one, kind)]

    @property
    def agreed(self) -> list[CustomerAgreement]:
        """The agreements of the two that hold, found by counting days."""
        return [
            one
            for one in self.customer.agreements
            if one.entity == self.entity.id
            and (one.starts_on or DAY) <= DAY <= (one.ends_on or DAY)
        ]


def mark_of(record: Record | Part | str) -> str:
    """Return the mark of a record, a row or an id."""
    return (record if isinstance(record, str) else record.id).removeprefix("id-")


@dataclass
class _Mason:
    """Who builds a house, drawing every choice."""

    draw: st.DrawFn
    marks: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))

    def mark(self) -> str:
        return f"zq{next(self.marks)}zq"

    def some(self, things: list[Any], fewest: int = 0) -> tuple[Any, ...]:
        """Draw at most two of these; all there are, when there are fewer than asked for."""
        if len(things) <= fewest:
            return tuple(one.id for one in things)
        ids = st.sampled_from([one.id for one in things])
        return tuple(self.draw(st.lists(ids, min_size=fewest, max_size=2, unique=True)))

    def one(self, things: list[Any]) -> Any:
        return self.draw(st.sampled_from([one.id for one in things]))

    def perhaps(self, things: list[Any]) -> Any:
        return self.draw(st.sampled_from([None, *(one.id for one in things)]))

    def day(self) -> date | None:
        days = (DAY + timedelta(number) for number in (-9, 0, 9))
        return self.draw(st.sampled_from((None, *days)))

    def role(self, usual: Term) -> Any:
        """Draw a role: mostly the usual one, or else any, or none."""
        return self.draw(st.sampled_from([usual, usual, usual, None, *type(usual)]))

    def many(self, kind: type[Any], fewest: int = 1, most: int = 3, **facts: Any) -> list[Any]:
        return [
            filled(kind, self.mark(), **{name: make() for name, make in facts.items()})
            for _ in range(self.draw(st.integers(fewest, most)))
        ]

    def found(self) -> None:
        """Lay the ground: the companies, the services, and the documents kept."""
        self.own = filled(LegalEntity, self.mark(), relations=())
        sister = filled(LegalEntity, INSIDE, id="id-sister", legal_name="Sister S.A.")
        unsaid = dict.fromkeys(("trade_name", "address", "email", "phone"), "")
        self.entities = [self.own, replace(sister, **unsaid)]
        self.services = self.many(Service, 2, 4)
        number = self.draw(st.integers(2, 4))
        self.customer_ids = [f"id-zq{90_000 + place}zq" for place in range(number)]
        about = st.sampled_from([*self.customer_ids, self.own.id])
        self.papers = self.many(Document, 2, 4, about=lambda: "")
        self.papers += self.many(Document, 0, 2, about=lambda: self.draw(about))

    def agreement(self, **facts: Any) -> CustomerAgreement:
        mark = self.mark()
        values = values_of(CustomerAgreement, mark, "customer.agreements") | {
            "entity": self.one(self.entities),
            "services": self.some(self.services),
            "document": self.perhaps(self.papers),
            "starts_on": self.day(),
            "ends_on": self.day(),
        }
        return CustomerAgreement(id=f"id-{mark}", **values | facts)

    def serve(self) -> None:
        """Bring the customers in; the first mostly has an agreement that holds."""
        self.customers = []
        for ref in self.customer_ids:
            agreements = [self.agreement() for _ in range(self.draw(st.integers(0, 2)))]
            if ref == self.customer_ids[0] and self.draw(st.integers(0, 7)):
                held = {"entity": self.own.id, "starts_on": None, "ends_on": None}
                agreements.append(self.agreement(**held))
            one = filled(Customer, mark_of(ref), agreements=tuple(agreements))
            self.customers.append(one)

    def engage(self) -> None:
        """Engage vendors, and let data go abroad."""
        self.categories, self.people = self.many(DataCategory), self.many(SubjectCategory)
        self.vendors = self.many(
            Vendor,
            entity=lambda: self.perhaps(self.entities),
            dpa_document=lambda: self.perhaps(self.papers),
            logo=lambda: self.perhaps(self.papers),
        )
        self.engagements = self.many(
            Engagement,
            2,
            5,
            vendor=lambda: self.one(self.vendors),
            entity=lambda: self.perhaps(self.entities),
            role=lambda: self.role(EngagementRole.SUBPROCESSOR),
            services=lambda: self.some(self.services),
            data_categories=lambda: self.some(self.categories),
            subject_categories=lambda: self.some(self.people),
            ends_on=self.day,
        )
        self.tias = self.many(Assessment, 0, 2, document=lambda: self.perhaps(self.papers))
        self.transfers = self.many(
            Transfer,
            1,
            3,
            exporter=lambda: self.one(self.entities),
            exporter_role=lambda: self.role(Role.PROCESSOR),
            importer_vendor=lambda: self.perhaps(self.vendors),
            engagement=lambda: self.perhaps(self.engagements),
            safeguards=lambda: (self.safeguard(),),
        )

    def safeguard(self) -> TransferSafeguard:
        return TransferSafeguard(
            id="s",
            instrument=Instrument.A46_2_C,
            evidence=(SafeguardEvidence(id="e", document=self.perhaps(self.papers)),),
            document=self.perhaps(self.papers),
            tia=self.perhaps(self.tias),
        )

    def work(self) -> None:
        """Process data, as controller and as processor, for this company and for that."""
        self.measures = self.many(Measure)
        self.systems = self.many(System, 0, 3, hosted_by=lambda: self.perhaps(self.engagements))
        self.activities = self.many(
            ProcessingActivity,
            3,
            7,
            role=lambda: self.role(Role.PROCESSOR),
            entity=lambda: self.one(self.entities),
            customers=lambda: self.some(self.customers),
            services=lambda: self.some(self.services, 1),
            engagements=lambda: self.some(self.engagements, 1),
            systems=lambda: self.some(self.systems),
            transfers=lambda: self.some(self.transfers, 1),
            measures=lambda: self.some(self.measures),
            documents=lambda: self.some(self.papers),
            data=lambda: (self.data(),),
            ends_on=self.day,
        )
        self.tias = [replace(one, activities=self.some(self.activities)) for one in self.tias]

    def data(self) -> ActivityData:
        return ActivityData(
            id="d", subject=self.perhaps(self.people), category=self.perhaps(self.categories)
        )

    def never(self) -> list[Any]:
        """Return records of the nouns that no customer ever reads, one about another customer."""
        inside = [filled(kind, INSIDE, id=f"id-{kind.noun}") for kind in NEVER]
        other = self.customers[1].id
        return [*inside, filled(Objection, INSIDE, id="id-objection-2", customer=other)]


@st.composite
def houses(draw: st.DrawFn) -> House:
    """Draw a house in which each record says its own mark in every text."""
    mason = _Mason(draw)
    mason.found()
    mason.serve()
    mason.engage()
    mason.work()
    groups = (
        mason.entities,
        mason.services,
        mason.papers,
        mason.customers,
        mason.categories,
        mason.people,
        mason.measures,
        mason.vendors,
        mason.engagements,
        mason.tias,
        mason.transfers,
        mason.systems,
        mason.activities,
        mason.never(),
    )
    return House(mason.own, mason.customers[0], tuple(one for some in groups for one in some))
