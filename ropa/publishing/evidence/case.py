"""A notice as a case: every file that proves it, and what the manifest says of them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from ropa.i18n import _, in_language
from ropa.publishing.evidence.exhibits import HTML, Exhibit, Facts, as_json
from ropa.publishing.evidence.known import Known, NoEvidenceError, known_of
from ropa.publishing.evidence.letters import letters_of
from ropa.publishing.evidence.lists import Lists, lists_around
from ropa.publishing.evidence.tables import objections, recipients
from ropa.publishing.evidence.timeline import Event, timeline, timeline_table
from ropa.publishing.letters import Desk
from ropa.publishing.saying import Saying
from ropa.records import LegalEntity, Notice
from ropa.register import Register, zone_of
from ropa.vocabulary import DeliveryState


@dataclass(frozen=True)
class Files:
    """Where the words of the evidence come from: the desk of letters, and templates of covers."""

    desk: Desk
    templates: Environment

    @classmethod
    def at(cls, folder: Path, base: str, sender: str = "") -> "Files":
        """Return the files made with the templates of a folder."""
        templates = Environment(
            loader=FileSystemLoader(folder / "evidence"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        templates.globals["_"] = _
        return cls(Desk.at(folder / "letters", base, sender), templates)


@dataclass(frozen=True)
class Case:
    """What is handed out: the company, the files, and what opens the manifest."""

    register: Register
    company: LegalEntity
    name: str
    about: Facts = field(default_factory=dict)
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True)
class Asking:
    """Who asks for evidence sees this: which register, when, in which language, on which paper.

    ``register`` is the one people are writing, for objections stand in it as drafts too.
    """

    session: Session
    register: Register
    files: Files
    now: datetime
    language: str = "en"

    def today(self, company: LegalEntity | None) -> date:
        """Return the day it is where a company is."""
        return self.now.astimezone(zone_of(company)).date()

    @property
    def opening(self) -> dict[str, object]:
        """Return what opens every manifest."""
        return {"head": str(self.register.head), "confidential": True}


def evidence_of(asking: Asking, notice: Notice) -> Case:
    """Return the evidence of one notice as of now.

    The same register, letters and day give the same bytes. Raises NoEvidenceError for a notice
    that was not issued.
    """
    with in_language(asking.language):
        day = asking.today(asking.register.find(LegalEntity, notice.entity))
        known = known_of(asking.session, asking.register, notice, day)
        exhibits, about = _made(asking, known)
    return Case(asking.register, known.company, notice.ref, {**asking.opening, **about}, exhibits)


def evidence_between(asking: Asking, company: LegalEntity, since: date) -> Case:
    """Return the evidence of every notice a company issued from a day on, a folder for each.

    Raises NoEvidenceError when it issued none.
    """
    register, today = asking.register, asking.today(company)
    found = sorted(_issued(register, company, since, today), key=lambda one: one.ref)
    if not found:
        raise NoEvidenceError(
            _(
                "%(company)s has issued no notice since %(day)s.",
                company=company.legal_name,
                day=since.isoformat(),
            )
        )
    exhibits: list[Exhibit] = []
    about: list[Facts] = []
    with in_language(asking.language):
        for notice in found:
            made, facts = _made(asking, known_of(asking.session, register, notice, today))
            exhibits += [one.below(notice.ref) for one in made]
            about.append(facts)
    opening = {**asking.opening, "since": since, "until": today, "notices": about}
    return Case(register, company, f"{since}_{today}", opening, tuple(exhibits))


def months_before(day: date, months: int) -> date:
    """Return the day so many months before, or the last of its month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _issued(register: Register, company: LegalEntity, since: date, today: date) -> Iterator[Notice]:
    for one in register.all(Notice):
        if one.entity == company.id and one.issued_on and since <= one.issued_on <= today:
            yield one


def _made(asking: Asking, known: Known) -> tuple[tuple[Exhibit, ...], Facts]:
    letters, by_delivery = letters_of(asking.session, known, asking.files.desk)
    lists = lists_around(asking.session, known, asking.language)
    events = timeline(known, list(lists.versions), asking.now)
    exhibits = (
        _cover(asking, known, lists, events),
        as_json("notice.json", _notice(known)),
        *(as_json(f"changes/{one.ref}.json", one) for one in known.told),
        *letters,
        recipients(known, by_delivery),
        *lists.exhibits,
        objections(known),
        timeline_table(events),
    )
    return exhibits, {**_notice(known), "list_before": lists.before, "list_after": lists.after}


def _notice(known: Known) -> dict[str, object]:
    notice = known.notice
    return {
        "notice": notice.ref,
        "company": known.company.legal_name,
        "issued_on": notice.issued_on,
        "shown_from": known.shown_from,
        "subject": notice.name,
        "text": notice.body,
        "changes": [one.ref for one in known.changes],
    }


def _cover(asking: Asking, known: Known, lists: Lists, events: list[Event]) -> Exhibit:
    text = asking.files.templates.get_template("cover.html").render(
        known=known,
        lists=lists,
        events=events,
        results=_results(known),
        language=asking.language,
        say=Saying(asking.language),
    )
    return Exhibit("cover.html", HTML, text.encode())


def _results(known: Known) -> list[tuple[DeliveryState, int]]:
    """Return how many letters came to each end."""
    counts = [
        (state, sum(one.state is state for one in known.deliveries)) for state in DeliveryState
    ]
    return [(state, count) for state, count in counts if count]
