"""Where data flow: from a company through its activities and systems to whoever receives them.

Only what goes on or is planned on the day is drawn; what is not recorded is not drawn either.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ropa.i18n import _
from ropa.lint.case import Case, goes_on
from ropa.lint.regimes import verdicts
from ropa.pictures.gathering import Gathering, table_of
from ropa.pictures.picture import Mark, Node, Picture
from ropa.pictures.words import link_to, place, said, title_of
from ropa.records import (
    Engagement,
    LegalEntity,
    ProcessingActivity,
    Recipient,
    Record,
    System,
    Transfer,
    Vendor,
)
from ropa.register import Register

COMPANY, ACTIVITY, SYSTEM, RECEIVER, TRANSFER, PLACE = range(6)

HEADS = {
    COMPANY: _("Our company"),
    ACTIVITY: _("Activity"),
    SYSTEM: _("System"),
    RECEIVER: _("Who receives them"),
    TRANSFER: _("Transfer"),
    PLACE: _("Place"),
}


def activity_flow(
    register: Register, activity: ProcessingActivity, day: date, language: str
) -> Picture:
    """Return where the data of one activity flow."""
    flow = _Flow(Case(register, day), language, activity)
    flow.activity(activity)
    return flow.picture()


def entity_flow(register: Register, entity: LegalEntity, day: date, language: str) -> Picture:
    """Return where the data of one of our companies flow."""
    case = Case(register, day)
    flow = _Flow(case, language, entity)
    own = flow.record(entity, COMPANY)
    for one in case.activities_of.get(entity.id, ()):
        if goes_on(one, day):
            flow.activity(one)
    for system in register.current(System):
        if system.entity == entity.id and system.id not in flow.found:
            flow.found.join(own, flow.system(system))
    for engagement in register.current(Engagement):
        if engagement.entity == entity.id and flow.is_new(engagement):
            flow.found.join(own, flow.engagement(engagement))
    for transfer in register.current(Transfer):
        if transfer.exporter == entity.id and flow.is_new(transfer):
            flow.transfer(transfer, own)
    return flow.picture()


def vendor_flow(register: Register, vendor: Vendor, day: date, language: str) -> Picture:
    """Return what reaches one vendor, and where it goes from there."""
    case = Case(register, day)
    flow = _Flow(case, language, vendor)
    engagements = [one for one in case.engagements_of.get(vendor.id, ()) if goes_on(one, day)]
    for one in engagements:
        flow.reaching(one)
    for transfer in case.transfers_by_vendor.get(vendor.id, ()):
        if flow.is_new(transfer):
            flow.transfer(transfer, flow.company(transfer.exporter))
    if not engagements:
        flow.record(vendor, RECEIVER)
    return flow.picture()


class _Flow:
    def __init__(self, case: Case, language: str, subject: Record) -> None:
        self.case = case
        self.language = language
        self.subject = subject
        self.found = Gathering()
        self.exporter = _company_of(subject)

    # -- nodes ---------------------------------------------------------------------------------

    def record(
        self,
        record: Record,
        column: int,
        *,
        note: str = "",
        group: str = "",
        marks: tuple[Mark, ...] = (),
    ) -> str:
        """Add a record; return the key of its node."""
        if record.id in self.found:
            return record.id
        return self.found.add(
            Node(
                key=record.id,
                column=column,
                kind=str(record.name_of_noun),
                words=title_of(self.case.register, record, self.language),
                note=note,
                link=link_to(record),
                marks=marks,
                group=group or note,
                is_subject=record.id == self.subject.id,
            )
        )

    def company(self, ref: str | None) -> str | None:
        """Add the company a link leads to; return the key of its node."""
        found = self.case.find(LegalEntity, ref)
        return self.record(found, COMPANY) if found else None

    def country(self, code: str) -> str:
        """Add a place by its code, or by its name when nobody coded it."""
        if f"place {code}" in self.found:
            return f"place {code}"
        known = self.case.places.get(code)
        note = _("in the EEA") if self.case.in_eea(code) else ""
        if known and known.eea_member is False:
            note = _("outside the EEA")
        return self.found.add(
            Node(
                key=f"place {code}",
                column=PLACE,
                kind=str(HEADS[PLACE]),
                words=place(code, self.language),
                note=str(note),
                link=link_to(known) if known else None,
                group=str(note),
            )
        )

    def is_new(self, record: Engagement | Transfer) -> bool:
        """Say whether something goes on and is not drawn yet."""
        return record.id not in self.found and goes_on(record, self.case.day)

    # -- what leads where ----------------------------------------------------------------------

    def activity(self, activity: ProcessingActivity) -> str:
        """Add an activity with all it leads to."""
        key = self._activity(activity)
        for system in self.case.found(System, activity.systems):
            self.found.join(key, self.system(system))
        for engagement in self.case.found(Engagement, activity.engagements):
            if goes_on(engagement, self.case.day):
                self.found.join(key, self.engagement(engagement))
        for transfer in self.case.found(Transfer, activity.transfers):
            if goes_on(transfer, self.case.day):
                self.transfer(transfer, key)
        for recipient in activity.recipients:
            self.found.join(key, self._recipient(recipient))
        return key

    def _activity(self, activity: ProcessingActivity) -> str:
        role = str(activity.role.label) if activity.role else ""
        key = self.record(activity, ACTIVITY, note=role)
        company = self.company(activity.entity)
        if company:
            self.found.join(company, key)
        return key

    def system(self, system: System) -> str:
        """Add a system with who hosts it, and where it is."""
        key = self.record(system, SYSTEM)
        host = self.case.find(Engagement, system.hosted_by)
        if host and goes_on(host, self.case.day):
            self.found.join(key, self.engagement(host), str(_("hosted there")))
        for code in system.countries:
            self.found.join(key, self.country(code.strip().upper()))
        return key

    def engagement(self, engagement: Engagement) -> str:
        """Add what a vendor does, its places, and its transfers."""
        if engagement.id in self.found:
            return engagement.id
        role = str(engagement.role.label) if engagement.role else ""
        key = self.record(engagement, RECEIVER, note=role)
        if self._is_the_vendors(engagement):
            self.found.nodes[key] = replace(self.found.nodes[key], is_subject=True)
        transfers = self.case.transfers_by_engagement.get(engagement.id, ())
        going = [one for one in transfers if goes_on(one, self.case.day) and self._is_ours(one)]
        for one in going:
            self._abroad(one, key)
        abroad = {self.case.destination_of(one) for one in going}
        for location in engagement.locations:
            code = location.country.strip().upper()
            if code and code not in abroad:
                does = str(location.activity.label) if location.activity else ""
                self.found.join(key, self.country(code), does)
        return key

    def _is_ours(self, transfer: Transfer) -> bool:
        """Say whether a transfer is made by the company the picture is about, if by one."""
        return self.exporter in (None, transfer.exporter)

    def reaching(self, engagement: Engagement) -> None:
        """Add what a vendor does, and all that leads to it."""
        key = self.engagement(engagement)
        for activity in self.case.activities_by_engagement.get(engagement.id, ()):
            if goes_on(activity, self.case.day):
                self.found.join(self._activity(activity), key)
        for use in self.case.register.uses_of(engagement.id):
            if isinstance(use.user, System) and not use.user.is_retired:
                self._hosted(use.user, key)
        company = self.company(engagement.entity)
        if company and not self._leads(company, key):
            self.found.join(company, key)

    def _hosted(self, system: System, engagement: str) -> None:
        key = self.record(system, SYSTEM)
        self.found.join(key, engagement, str(_("hosted there")))
        for use in self.case.register.uses_of(system.id):
            if isinstance(use.user, ProcessingActivity) and not use.user.is_retired:
                self.found.join(self._activity(use.user), key)

    def _leads(self, company: str, key: str) -> bool:
        """Say whether an activity of the company leads to the node already."""
        some = self.case.activities_by_engagement.get(key, ())
        return any(one.entity == company for one in some if one.id in self.found)

    def _is_the_vendors(self, engagement: Engagement) -> bool:
        return isinstance(self.subject, Vendor) and engagement.vendor == self.subject.id

    def transfer(self, transfer: Transfer, start: str | None) -> None:
        """Add a transfer that an activity or a company makes, with whoever receives the data."""
        receiver = self._receiver(transfer)
        if receiver is None:
            receiver = start
        elif start:
            self.found.join(start, receiver)
        key = self._abroad(transfer, receiver)
        if receiver is None and start:
            self.found.join(start, key)

    def _abroad(self, transfer: Transfer, start: str | None) -> str:
        if transfer.id not in self.found:
            self._judged(transfer)
        if start:
            self.found.join(start, transfer.id)
        return transfer.id

    def _judged(self, transfer: Transfer) -> None:
        """Add a transfer with what each law says of it, and its destination."""
        marks = tuple(
            Mark(one.standing, f"{one.regime.label}: {one.standing.label}")
            for one in verdicts(self.case, transfer)
        )
        key = self.record(transfer, TRANSFER, marks=marks)
        destination = self.case.destination_of(transfer)
        if destination:
            self.found.join(key, self.country(destination))

    def _receiver(self, transfer: Transfer) -> str | None:
        engagement = self.case.find(Engagement, transfer.engagement)
        if engagement:
            return self.engagement(engagement)
        vendor = self.case.find(Vendor, transfer.importer_vendor)
        if vendor:
            return self.record(vendor, RECEIVER)
        company = self.case.find(LegalEntity, transfer.importer_entity)
        if company:
            return self._importer(f"importer {company.id}", company.legal_name, company)
        name = transfer.importer_name.strip()
        return self._importer(f"importer {transfer.id}", name) if name else None

    def _importer(self, key: str, words: str, company: LegalEntity | None = None) -> str:
        kind = str(company.name_of_noun if company else _("Importer"))
        link = link_to(company) if company else None
        return self.found.add(Node(key, RECEIVER, kind, words, link=link))

    def _recipient(self, recipient: Recipient) -> str:
        words = said(recipient.name, self.language)
        kind = str(recipient.kind.label) if recipient.kind else ""
        key = self.found.add(
            Node(
                key=f"recipient {words} {kind} {recipient.country}",
                column=RECEIVER,
                kind=str(_("Recipient")),
                words=words or str(_("without a name")),
                note=kind,
                group=kind,
            )
        )
        if recipient.country:
            self.found.join(key, self.country(recipient.country.strip().upper()))
        return key

    # -- the whole -----------------------------------------------------------------------------

    def picture(self) -> Picture:
        """Return the picture; where nothing leads on, that is said."""
        self._tell_gap()
        graph = self.found.graph(HEADS)
        name = title_of(self.case.register, self.subject, self.language)
        says = _(
            "From our company, through activities and systems, to whoever receives the data, "
            "and where. It shows what goes on or is planned today."
        )
        title = str(_("Data flows: %(name)s", name=name))
        return Picture(title, str(says), graph, table_of(graph), _notes(graph.nodes))

    def _tell_gap(self) -> None:
        if not any(one.column > ACTIVITY for one in self.found.nodes.values()):
            words = _("No recipient, system or transfer is recorded.")
            column = max(one.column for one in self.found.nodes.values())
            ends = [one.key for one in self.found.nodes.values() if one.column == column]
            self.found.add(Node("gap", RECEIVER, str(_("Gap")), str(words), is_gap=True))
            for key in ends:
                self.found.join(key, "gap")


def _company_of(subject: Record) -> str | None:
    """Return the id of the company whose flows are drawn; None where all companies' are."""
    if isinstance(subject, LegalEntity):
        return subject.id
    return subject.entity if isinstance(subject, ProcessingActivity) else None


def _notes(nodes: Iterable[Node]) -> tuple[str, ...]:
    if not any(one.link and not one.link.id for one in nodes):
        return ()
    return (str(_("There is much of it: some kinds are shown by their number only.")),)
