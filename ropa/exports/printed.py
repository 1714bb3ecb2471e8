"""The record on paper: as PDF, for reading and signature, whole or a fiche for each activity."""

from collections.abc import Iterable, Sequence
from typing import Any

from ropa.errors import RopaError
from ropa.exports import leaves, pages
from ropa.exports.article30 import sheets_of
from ropa.exports.digest import digest_of
from ropa.exports.leaves import Chapter, Group, Line
from ropa.exports.naming import plain_name, stem
from ropa.exports.paper import Paper, as_html, style
from ropa.exports.progress import expect
from ropa.exports.request import ExportRequest, FicheRequest
from ropa.exports.scope import record_scope
from ropa.exports.typesetting import typeset, why_not
from ropa.i18n import _, in_language
from ropa.records import ProcessingActivity
from ropa.register import Register
from ropa.sheets import Reader, Sheet, controller, cover, processor, words
from ropa.sheets.cover import Facts, Section
from ropa.sheets.legend import on_paper
from ropa.vocabulary import Role

MEDIA_TYPE = "application/pdf"

__all__ = [
    "MEDIA_TYPE",
    "ON_THE_SPOT",
    "fiche_filename",
    "fiches_filename",
    "make_fiche",
    "make_fiches",
    "make_record",
    "record_filename",
    "too_many",
    "why_not",
]

ON_THE_SPOT = 150
"""The most activities that are printed while somebody waits: about half a minute."""

_FICHES = {controller.SHEET.key: Role.CONTROLLER, processor.SHEET.key: Role.PROCESSOR}
"""The sheets that become fiches, with the side of Art. 30 each is of."""

_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "retention": (
        ("ref", "subject", "category", "limit"),
        (
            "worst_case",
            "ground",
            "required_by_law",
            "destruction",
            "detail",
            "kind",
            "same_period_confirmed",
        ),
    ),
    "measures": (("code", "name", "description", "kind", "aims", "activities"), ()),
    "legend": (("what", "means"), ()),
}
"""The sheets that fit on paper as tables: their columns, and those told in the last one.

How long data are kept is said whole in one column; the columns that hold its parts are left out.
"""


def too_many(register: Register, entity_id: str, side: Role | None = None) -> str:
    """Return nothing, or why a record this long is not printed while somebody waits."""
    sides = (True, False) if side is None else (side is Role.PROCESSOR,)
    own = [
        one
        for one in register.current(ProcessingActivity)
        if one.entity == entity_id and (one.role is Role.PROCESSOR) in sides
    ]
    if len(own) <= ON_THE_SPOT:
        return ""
    return str(
        _(
            "%(count)s activities are too many to print while you wait: more than %(most)s. Take "
            "the workbook, or let the command line make it: ropa export pdf.",
            count=len(own),
            most=ON_THE_SPOT,
        )
    )


def record_filename(request: ExportRequest) -> str:
    """Return the name of the whole record: RAT_DEFENSE-BALANCE_2026-03-31_en_v14.pdf."""
    return f"{stem('RAT', request, request.role)}.pdf"


def fiches_filename(request: ExportRequest) -> str:
    """Return the name of all fiches: FICHES_DEFENSE-BALANCE_2026-03-31_en_v14.pdf."""
    return f"{stem('FICHES', request, request.role)}.pdf"


def fiche_filename(request: FicheRequest) -> str:
    """Return the name of one fiche: FICHE-C-01_DEFENSE-BALANCE_2026-03-31_en_v14.pdf."""
    return f"{stem(f'FICHE-{plain_name(request.activity.ref)}', request, None)}.pdf"


def make_record(request: ExportRequest) -> bytes:
    """Return the whole record as PDF; raises RopaError when its libraries are missing."""
    _can()
    with in_language(request.language):
        desk = _Desk(request, record_scope(request.register, request.entity, request.role))
        chapters = _chapters((*sheets_of(request.role, desk.reader), on_paper()), desk.reader)
        return desk.printed("record", cover.title(desk.reader), chapters, signed=True)


def make_fiches(request: ExportRequest) -> bytes:
    """Return a fiche for each activity as PDF; raises RopaError when its libraries are missing."""
    _can()
    with in_language(request.language):
        desk = _Desk(request, record_scope(request.register, request.entity, request.role))
        wanted = [one for one in sheets_of(request.role, desk.reader) if one.key in _FICHES]
        chapters = _chapters(wanted, desk.reader)
        name = desk.reader.entity.legal_name
        title = str(_("A fiche for each processing activity: %(name)s", name=name))
        return desk.printed("fiches", title, chapters)


def make_fiche(request: FicheRequest) -> bytes:
    """Return the fiche of one activity as PDF; raises RopaError when its libraries are missing."""
    _can()
    with in_language(request.language):
        register = _only(request.activity, request.register)
        desk = _Desk(request, record_scope(register, request.entity))
        return desk.one_fiche()


def _can() -> None:
    if missing := why_not():
        raise RopaError(missing)


def _only(activity: ProcessingActivity, register: Register) -> Register:
    """Return a register without the other activities, so that no word of theirs is in the file."""
    kept = {
        one.id: one
        for one in register
        if one.id == activity.id or not isinstance(one, ProcessingActivity)
    }
    return Register(
        records=kept,
        head=register.head,
        known_at=register.known_at,
        on_day=register.on_day,
        approved=register.approved,
    )


class _Desk:
    """What one company's paper needs: who reads aloud, the facts of the cover, the footer."""

    def __init__(self, request: ExportRequest, scope: Register) -> None:
        self.request = request
        self.reader = pages.reader_of(request, scope)
        self.facts = Facts(request.moment, request.generated_at, digest_of(scope), request.role)
        as_of = words.moment(request.moment, self.reader.entity.time_zone)
        self.subject = str(_("GDPR Art. 30, as of %(moment)s", moment=as_of))
        self.footer = (
            f"{_short(self.reader.entity.legal_name)} · {as_of}",
            f"SHA-256 {self.facts.sha256[:16]}",
        )

    def printed(
        self, kind: str, title: str, chapters: list[Chapter], *, signed: bool = False
    ) -> bytes:
        """Return a cover, contents and chapters as PDF."""
        sections = cover.sections(self.reader, self.facts, ())
        listed = [one.place for one in chapters if one.place in _FICHES]
        return _set(
            self._paper(
                kind=kind,
                title=title,
                heading=title,
                cover=self._groups(sections),
                chapters=chapters,
                listed=listed,
                signed=signed,
            )
        )

    def one_fiche(self) -> bytes:
        """Return the only activity in scope as PDF, with how to verify it at its end."""
        entries = leaves.fiches(self.reader.activities, self.reader)
        *_others, verifying = cover.sections(self.reader, self.facts, ())
        heading = cover.title(self.reader)
        return _set(
            self._paper(
                kind="fiche",
                title=f"{entries[0].title} – {heading}",
                heading=heading,
                cover=(),
                chapters=[Chapter("fiche", "", entries)],
                ending=self._groups((verifying,)),
            )
        )

    def _paper(self, **said: Any) -> Paper:
        return Paper(
            subject=self.subject,
            author=leaves.plainly(self.reader.entity.legal_name),
            language=self.request.language,
            made_at=self.request.generated_at,
            footer=self.footer,
            **said,
        )

    def _groups(self, sections: Iterable[Section]) -> list[Group]:
        return [
            Group(
                one.heading,
                [Line(line.label, leaves.said(line.value, self.reader)) for line in one.lines],
            )
            for one in sections
            if one.lines
        ]


def _chapters(sheets: Sequence[Sheet[Any]], reader: Reader) -> list[Chapter]:
    """Return sheets as chapters; each row is a step, and so is each of the pages set of them.

    How many pages that makes nobody knows before: as many as there are rows, to who watches.
    """
    expect(2 * sum(len(list(sheet.rows(reader))) for sheet in sheets))
    return [_chapter(one, reader) for one in sheets]


def _chapter(sheet: Sheet[Any], reader: Reader) -> Chapter:
    if sheet.key in _FICHES:
        activities = reader.activities_as(_FICHES[sheet.key])
        return Chapter(sheet.key, str(sheet.title), leaves.fiches(activities, reader))
    if sheet.key in _TABLES:
        return leaves.table(sheet, reader, *_TABLES[sheet.key])
    return leaves.chapter(sheet, reader)


def _set(paper: Paper) -> bytes:
    return typeset(as_html(paper), style(), paper.titles(), steps=paper.rows())


def _short(name: str) -> str:
    """Return a name that leaves room for the rest of a footer."""
    name = " ".join(leaves.plainly(name).split())
    return name if len(name) <= 60 else f"{name[:59]}…"  # noqa: PLR2004
