"""A register being read aloud: in one language, for one company, on one day."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from ropa.i18n import _
from ropa.records import (
    Appointment,
    Assessment,
    Customer,
    CustomerAgreement,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    Record,
    Ref,
    System,
    Transfer,
    Vendor,
)
from ropa.register import Register
from ropa.sheets import words
from ropa.vocabulary import AppointmentKind, Role, Term

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True)
class Reader:
    """What a column needs to say a value: the register, the company, the language, the day.

    Fixed words are lazy: read within ``in_language(reader.language)``. Everything looked up twice
    is looked up once, so that ten thousand activities take ten thousand steps.
    """

    register: Register
    entity: LegalEntity
    language: str
    day: date

    def text(self, text: LocalisedText) -> str:
        """Return a text in the reader's language; a fallback is marked with its own: “[en] …”."""
        said, language = text.read(self.language)
        return said if language == self.language or not said else f"[{language}] {said}"

    def title(self, record: Record) -> str:
        """Return what a record is called, marked when it is retired."""
        title = record.title
        said = self.text(title) if isinstance(title, LocalisedText) else title
        said = said or self.not_recorded
        return f"{said} ({_('retired')})" if record.is_retired else said

    def name(self, ref: Ref | None) -> str:
        """Return what the record behind a link is called; nothing for no link."""
        if not ref:
            return ""
        if ref not in self._names:
            record = self.register.records.get(ref)
            self._names[ref] = self.title(record) if record else str(_("Not in this register"))
        return self._names[ref]

    def names(self, refs: Iterable[Ref]) -> list[str]:
        """Return what the records behind links are called, in alphabetical order."""
        return sorted({self.name(ref) for ref in refs}, key=str.casefold)

    def find_all(self, kind: type[Kind], refs: Iterable[Ref]) -> list[Kind]:
        """Return the records of one noun behind links, in the order of the links."""
        found = (self.register.find(kind, ref) for ref in refs)
        return [record for record in found if record]

    def astray(self, refs: Iterable[Ref]) -> list[str]:
        """Return the words for links that lead out of this register, so that none is lost."""
        return [self.name(ref) for ref in refs if ref not in self.register.records]

    def label(self, term: Term | None) -> str:
        """Return the label of a term; nothing for no term."""
        return self._said(term)[0] if term is not None else ""

    def cited(self, term: Term | None) -> str:
        """Return the label of a term with its article: “Contract (GDPR Art. 6(1)(b))”."""
        return self._said(term)[1] if term is not None else ""

    def _said(self, term: Term) -> tuple[str, str]:
        key = (type(term), term)  # terms are text, and two lists may share a code
        if key not in self._terms:
            label = str(term.label)
            cited = f"{label} ({term.citation})" if term.citation else label
            self._terms[key] = label, cited
        return self._terms[key]

    def yes_no(self, value: bool | None) -> str:  # noqa: FBT001
        """Return yes, no, or nothing."""
        return "" if value is None else self._yes_no[value]

    @cached_property
    def _yes_no(self) -> tuple[str, str]:
        return str(_("No")), str(_("Yes"))

    def once(self, key: Hashable, say: Callable[[], str]) -> str:
        """Return what is said of a key, said once and then remembered; keys should be few."""
        if key not in self._said_once:
            self._said_once[key] = say()
        return self._said_once[key]

    @cached_property
    def _said_once(self) -> dict[Hashable, str]:
        return {}

    def country(self, code: str) -> str:
        """Return a country by its name in the reader's language, and code."""
        return words.country(code, self.language)

    def answered(self, record: Record, question: str, listed: list[str]) -> str:
        """Return the list as lines, or the answer given instead of it, or nothing."""
        if listed:
            return words.bullets(listed)
        given = record.answer_to(question)
        return words.answer(given) if given else ""

    def answer(self, record: Record, question: str) -> str:
        """Return the answer given instead of a value, or nothing."""
        return self.answered(record, question, [])

    def party(self, vendor: Vendor) -> str:
        """Return a vendor by the name of its company, with the name people use beside it."""
        if not vendor.legal_name:
            return str(_("%(name)s (legal name not recorded)", name=self.title(vendor)))
        if vendor.legal_name == vendor.name:
            return self.title(vendor)
        return f"{vendor.legal_name} ({self.title(vendor)})"

    @cached_property
    def not_recorded(self) -> str:
        """The words for what nobody has answered."""
        return str(words.NOT_RECORDED)

    @cached_property
    def activities(self) -> tuple[ProcessingActivity, ...]:
        """The company's activities, retired ones left out."""
        return tuple(
            one for one in self.register.current(ProcessingActivity) if one.entity == self.entity.id
        )

    def activities_as(self, role: Role) -> list[ProcessingActivity]:
        """Return the activities of one side of Art. 30.

        Whoever is no processor stands with the controllers: joint ones, and those whose role
        nobody has recorded, so that none drops out of the record.
        """
        processor = role is Role.PROCESSOR
        return [one for one in self.activities if (one.role is Role.PROCESSOR) == processor]

    @cached_property
    def refs_by_link(self) -> Mapping[str, str]:
        """The references of the activities that lead to a record, by the record's id."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.activities:
            for ref in dict.fromkeys(self._led_to(one)):
                found[ref].append(one.ref)
        return {ref: ", ".join(refs) for ref, refs in found.items()}

    def _led_to(self, activity: ProcessingActivity) -> Iterator[Ref]:
        yield from (*activity.engagements, *activity.transfers, *activity.measures)
        for system in self.find_all(System, activity.systems):
            if system.hosted_by:
                yield system.hosted_by
        for transfer in self.find_all(Transfer, activity.transfers):
            if transfer.engagement:
                yield transfer.engagement

    @cached_property
    def customers_by_service(self) -> Mapping[str, list[Ref]]:
        """The customers whose agreement with the company covers a service on the day."""
        found: dict[str, list[Ref]] = defaultdict(list)
        for customer in self.register.current(Customer):
            for service in {ref for one in self.agreements(customer) for ref in one.services}:
                found[service].append(Ref(customer.id))
        return found

    def agreements(self, customer: Customer) -> list[CustomerAgreement]:
        """Return what the customer and the company have agreed, as it holds on the day."""
        return list(customer.agreed_with(self.entity.id, self.day))

    @cached_property
    def assessments_by_activity(self) -> Mapping[str, list[Assessment]]:
        """The assessments of each activity, by its id."""
        found: dict[str, list[Assessment]] = defaultdict(list)
        for one in self.register.current(Assessment):
            for ref in one.activities:
                found[ref].append(one)
        return found

    @cached_property
    def activities_by_assessment(self) -> Mapping[str, list[str]]:
        """The references of the activities each assessment is about or weighs, by its id."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.activities:
            about = [made.id for made in self.assessments_by_activity.get(one.id, ())]
            weighed = [purpose.balancing_test for purpose in one.purposes]
            for ref in dict.fromkeys((*about, *weighed)):
                if ref:
                    found[ref].append(one.ref)
        return found

    @cached_property
    def transfers_by_assessment(self) -> Mapping[str, list[str]]:
        """The references of the transfers whose safeguards lean on each assessment, by its id."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.register.current(Transfer):
            for ref in dict.fromkeys(safeguard.tia for safeguard in one.safeguards):
                if ref:
                    found[ref].append(one.ref)
        return found

    @cached_property
    def eea_members(self) -> frozenset[str]:
        """The codes of the countries recorded as members of the EEA."""
        return frozenset(one.code for one in self.register.countries if one.eea_member)

    @cached_property
    def own_identity(self) -> str:
        """Name and contact details of the company, one line each."""
        own = self.entity
        numbers = [f"{self.label(one.kind)}: {one.value}" for one in own.identifiers if one.value]
        lines = [own.legal_name, own.trade_name, own.address, self.country(own.country)]
        return "\n".join(line for line in (*lines, *numbers, own.email, own.phone) if line)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {}

    @cached_property
    def _terms(self) -> dict[tuple[type[Term], Term], tuple[str, str]]:
        return {}

    def holders(self, kind: AppointmentKind) -> str:
        """Return who holds an office on the day, with contact details, one paragraph each."""
        return "\n".join(_contact(one) for one in self.entity.holders(kind, self.day))

    @cached_property
    def dpo(self) -> str:
        """The data protection officer, by name or function, and how to reach them."""
        return self.holders(AppointmentKind.DPO) or self.answer(self.entity, "appointments")

    @cached_property
    def representative(self) -> str:
        """The representative in the Union; not needed by who is established there (Art. 27)."""
        if held := self.holders(AppointmentKind.REPRESENTATIVE):
            return held
        if self.entity.country not in self.eea_members:
            return self.answer(self.entity, "appointments")
        return str(
            _(
                "Does not apply: the company is established in the European Economic Area "
                "(GDPR Art. 27(1))"
            )
        )


def _contact(held: Appointment) -> str:
    lines = (held.name, held.address, held.email, held.phone)
    return "\n".join(line for line in lines if line)
