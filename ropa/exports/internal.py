"""The record with what is missing in it: for who keeps it, and not to be handed to anybody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ropa.exports import article30, pages
from ropa.exports.book import Book
from ropa.exports.request import ExportRequest
from ropa.exports.scope import record_scope
from ropa.exports.workbook import write
from ropa.i18n import _, in_language
from ropa.lint.article30 import RULES_OF, Letter, Standing, letters
from ropa.lint.case import Case
from ropa.lint.gaps import gaps_in
from ropa.lint.judging import Judgement, judge
from ropa.lint.rule import Finding
from ropa.records import LegalEntity, ProcessingActivity, Record, Transfer
from ropa.register import Register
from ropa.sheets import Reader
from ropa.sheets.completeness import Answered, Found, completeness, findings
from ropa.sheets.cover import Line, Section


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT-INTERNAL_DEFENSE-BALANCE_2026-03-31_en_v14.xlsx."""
    return pages.filename("RAT-INTERNAL", request, request.role)


def make(request: ExportRequest) -> bytes:
    """Return the workbook of one company with what is missing in it."""
    with in_language(request.language):
        told = _Told(request)
        more = (completeness(told.answered), findings(told.found))
        return write(_marked(article30.book_of(request, more)))


def _marked(book: Book) -> Book:
    """Return a book that nobody can take for the record itself: on cover, pages and properties."""
    mark = str(_("INTERNAL"))
    cover = replace(
        book.cover,
        sheet_title=str(_("INTERNAL Cover")),
        title=f"{mark} · {book.cover.title}",
        sections=(_warning(), *book.cover.sections),
    )
    left, right = book.footer
    footer = (f"{mark} · {left}", right)
    return replace(book, cover=cover, subject=f"{mark} · {book.subject}", footer=footer)


def _warning() -> Section:
    said = _(
        "This copy stays in the house: it shows what is missing and what the rules find. To hand "
        "the record over, make the export of the record of processing activities."
    )
    return Section(str(_("Internal copy")), (Line(str(_("Not to be handed over")), str(said)),))


@dataclass(frozen=True)
class _Told:
    """What the rules say of one company's record on its day."""

    request: ExportRequest

    @cached_property
    def scope(self) -> Register:
        """What the record holds."""
        asked = self.request
        return record_scope(asked.register, asked.entity, asked.role)

    @cached_property
    def judgement(self) -> Judgement:
        """The whole register judged: rules look at what stands around a record as well."""
        return judge(self.request.register, self.case.day)

    @cached_property
    def case(self) -> Case:
        """The whole register on the day of the record."""
        day = pages.reader_of(self.request, self.scope).day
        return Case(self.request.register, day)

    def answered(self, reader: Reader) -> Iterator[Answered]:
        """Yield each activity with each letter that is asked of it."""
        for one in reader.activities:
            whole = self.request.register.find(ProcessingActivity, one.id) or one
            for letter, standing in letters(self.request.register, whole).items():
                if standing is Standing.NOT_ASKED:
                    continue
                missing = self._missing(one, RULES_OF[letter], reader)
                if standing is not Standing.FULL and not missing:
                    missing = list(self._gaps(one, letter))
                yield Answered(one, letter, standing, tuple(missing))

    def _missing(
        self, activity: ProcessingActivity, rules: tuple[str, ...], reader: Reader
    ) -> list[str]:
        found = (
            one
            for record in (activity.id, reader.entity.id)
            for one in self.judgement.by_record.get(record, ())
            if one.rule.id in rules and one.waiver is None
        )
        return list(dict.fromkeys(f"{one.rule.id}: {_says(one, reader)}" for one in found))

    def _gaps(self, activity: ProcessingActivity, letter: Letter) -> Iterator[str]:
        """Yield what is not recorded where no rule says so, in the activity or its transfers."""
        some: list[Record] = [activity]
        if letter is Letter.E:
            some += self.scope.find_all(Transfer, activity.transfers)
        for record in some:
            for gap in gaps_in(self.case, record):
                if gap.path in _GAPS[letter] and record.answer_to(gap.path) is None:
                    ref = str(getattr(record, "ref", ""))
                    yield str(_("%(ref)s: “%(field)s” is not recorded", ref=ref, field=gap.what))

    def found(self, reader: Reader) -> Iterator[Found]:
        """Yield what the rules find at the records of this file, the gravest first.

        Records are told as the file holds them, without what was left behind.
        """
        for one in self.judgement.open:
            record = self.scope.records.get(one.record.id)
            if record is not None and _is_of(one, record, reader):
                law, remedy = one.rule.law, one.remedy(reader.language)
                yield Found(record, one.rule.id, one.severity, law, _says(one, reader), remedy)


_GAPS: dict[Letter, tuple[str, ...]] = {
    Letter.A: ("joint_controllers", "customers"),
    Letter.B: ("purposes", "processing_categories"),
    Letter.C: ("data",),
    Letter.D: ("recipients",),
    Letter.E: ("transfers", "country"),
    Letter.F: ("data",),
    Letter.G: ("measures",),
}
"""The fields in which a letter is answered, at the activity or a transfer of its."""


def _is_of(finding: Finding, record: Record, reader: Reader) -> bool:
    """Say whether a finding is about this company: not another of ours, nor a row left behind."""
    if isinstance(record, LegalEntity) and record.id != reader.entity.id:
        return False
    name, _slash, rest = finding.path.partition("/")
    rows = getattr(record, name, ()) if rest else ()
    return not rest or any(getattr(one, "id", "") == rest.split("/")[0] for one in rows)


def _says(finding: Finding, reader: Reader) -> str:
    return finding.sentence(reader.language)
