"""The start page: what stands open, letter by letter and state by state; and search."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.context import choose_language, current_actor, may, today, working_register
from ropa.admin.deliveries import post
from ropa.admin.gate import safe_next
from ropa.admin.guard import Guarded
from ropa.admin.inbox import waiting
from ropa.admin.judging import judged, judgement, once, overdue, unconfirmed
from ropa.admin.lists import Listed
from ropa.admin.objections import standing
from ropa.admin.saved_views import pinned_views
from ropa.admin.searching import SHOWN, SHOWN_ALONE, groups_of, rules_found
from ropa.admin.views import FILTERS
from ropa.admin.webhooks import given_up
from ropa.extensions import db
from ropa.history.browsing import ChangeSet, Wanted, browse
from ropa.history.unread import sent_back
from ropa.i18n import _
from ropa.lint.article30 import RULES_OF, Letter, Tally, tally
from ropa.records import NOUNS, LegalEntity, ProcessingActivity, Record
from ropa.records.text import without_unprintable
from ropa.records.words import search_for
from ropa.register import Register
from ropa.vocabulary import Permission, Role, Severity, Workflow

LATEST = 8


@dataclass(frozen=True)
class Line:
    """One row of the heatmap: a company in one role, with its letters."""

    entity: LegalEntity
    role: Role
    count: int
    letters: Mapping[Letter, Tally]
    errors: Mapping[Letter, int]


@dataclass(frozen=True)
class States:
    """How many records of a noun stand in each state, and how many values await a word."""

    noun: str
    counts: Mapping[Workflow, int]
    unconfirmed: int

    @property
    def total(self) -> int:
        """Return how many records in use there are."""
        return sum(self.counts.values())


class Overview(Guarded):
    """The start page."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.RECORD_READ,
        "search": Permission.RECORD_READ,
        "language": Permission.ACCOUNT_OWN,
    }

    def __init__(self) -> None:
        super().__init__(name=_("Overview"), endpoint="admin", url="/admin")

    @expose("/")
    def index(self) -> str:
        """Show the overview."""
        register = working_register()
        lines = once(register, "heatmap", lambda: list(heatmap(register)), today())
        full, asked = _sum(lines)
        return self.render(
            "admin/overview.html",
            title=_("Overview"),
            pinned=pinned_views(FILTERS),
            given_up=given_up() if may(Permission.NOTICE_ISSUE) else (),
            lines=lines,
            findings={one.value: judgement(register).count(one) for one in Severity},
            letters=list(Letter),
            states=list(states(register)),
            by_state=Counter(one.workflow for one in register if not one.is_retired),
            full=full,
            asked=asked,
            overdue=len(overdue(register)),
            unconfirmed=sum(unconfirmed(register).values()),
            objections=standing(register, today()),
            changes=latest_changes(),
            sent_back=sent_back(db.session(), current_actor().id, LATEST),
            inbox_count=waiting() if may(Permission.INBOX_ANSWER) else 0,
            post=post() if may(Permission.ADDRESS_READ) else None,
        )

    @expose("/search/")
    def search(self) -> str:
        """Show what a search finds, noun by noun, of what the reader may open; or of one noun."""
        sought = request.args.get("q", "").strip()
        search = search_for(sought)
        nouns = [one.noun for one in self._lists() if one.is_accessible()]
        only = request.args.get("noun") if request.args.get("noun") in nouns else None
        groups = groups_of(search, [only] if only else nouns, SHOWN_ALONE if only else SHOWN)
        return self.render(
            "admin/search.html",
            title=_("Search"),
            sought=without_unprintable(sought),
            search=search,
            only=only,
            groups=groups,
            total=sum(one.count for one in groups),
            rules=None if only else rules_found(search),
        )

    def _lists(self) -> list[Listed]:
        views = self.admin._views if self.admin else ()  # noqa: SLF001
        return [one for one in views if isinstance(one, Listed)]

    @expose("/language/", methods=("POST",))
    def language(self) -> Response:
        """Keep the language somebody chose, and go back to where they were."""
        choose_language(request.form.get("language", ""))
        return redirect(safe_next(request.form.get("next")), 303)


def heatmap(register: Register) -> Iterator[Line]:
    """Yield each company in each role it has, with how far its letters are answered."""
    judgements = judged(register)
    for entity in register.current(LegalEntity):
        for role in Role:
            some = [
                one
                for one in register.current(ProcessingActivity)
                if one.entity == entity.id and one.role is role
            ]
            if some:
                tallies = tally(judgements[one.id] for one in some)
                found = _errors(register, [entity, *some])
                yield Line(entity, role, len(some), tallies, found)


def _errors(register: Register, records: Iterable[Record]) -> dict[Letter, int]:
    """Return how many errors the rules of each letter find at some records."""
    by_record = judgement(register).by_record
    found = Counter(
        one.rule.id
        for record in records
        for one in by_record.get(record.id, ())
        if one.severity is Severity.ERROR
    )
    return {letter: sum(found[rule] for rule in rules) for letter, rules in RULES_OF.items()}


def states(register: Register) -> Iterator[States]:
    """Yield how the records of each noun stand; nouns without records are left out."""
    waiting = unconfirmed(register)
    for noun, kind in NOUNS.items():
        records = register.current(kind)
        if records:
            yield States(
                noun,
                Counter(one.workflow for one in records),
                sum(waiting.get(one.id, 0) for one in records),
            )


def latest_changes() -> list[ChangeSet]:
    """Return the latest change sets of the register."""
    return browse(db.session(), Wanted(), LATEST)[0]


def _sum(lines: list[Line]) -> tuple[int, int]:
    tallies = [one for line in lines for one in line.letters.values()]
    return sum(one.full for one in tallies), sum(one.asked for one in tallies)
