"""What every column, word and sign of the workbook means, so that it can be read alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ropa.i18n import _
from ropa.sheets import words
from ropa.sheets.column import MARK, Column, Sheet, Width
from ropa.sheets.reader import Reader
from ropa.vocabulary import AnswerKind


@dataclass(frozen=True)
class Explained:
    """One row: something the reader meets, and what it means."""

    where: str
    what: str
    means: str
    citation: str = ""
    asked: bool = False


_ANSWERS = (
    (
        words.NOT_RECORDED,
        _("Nobody has answered yet. In a column without the mark an empty cell means the same."),
    ),
    (AnswerKind.NONE.label, _("Somebody has answered: there is nothing of the kind.")),
    (
        AnswerKind.NOT_APPLICABLE.label,
        _("Somebody has answered that the question does not arise, and why; who and when follow."),
    ),
    (words.NO_ENTRY, _("The register holds no row for this sheet.")),
)

_SIGNS = (
    (MARK, _("Art. 30 of the GDPR asks for this column: it is never empty.")),
    ("•", _("One item of a list.")),
    ("(1)", _("The purpose of this number, and its legal basis.")),
    ("[en] [es] [pt]", _("The text exists in this language only: English, Spanish, Portuguese.")),
    (
        _("Tall rows"),
        _("No row is taller than 409 points. The cell holds all of its text: open it to read on."),
    ),
    ("▸", _("The text goes on in the sheet of notes, in the row named there.")),
)

_ASKED_BY_FORM = (
    MARK,
    _("In this legend: the column must be answered, and its cells are never empty."),
)

_ON_PAPER = _("Nobody has answered yet.")
_ASKED_ON_PAPER = (MARK, _("Art. 30 of the GDPR asks for this: it is never left empty."))

_ABBREVIATIONS = (
    ("AAIP", _("Argentine authority: Agencia de Acceso a la Información Pública")),
    ("BCR", _("Binding corporate rules")),
    ("CCPA", _("California Consumer Privacy Act")),
    ("CUIT", _("Argentine tax number")),
    ("DPIA", _("Data protection impact assessment")),
    ("DPO", _("Data protection officer")),
    ("EDPB", _("European Data Protection Board")),
    ("EEA", _("European Economic Area")),
    ("FADP", _("Swiss Federal Act on Data Protection")),
    ("GDPR", _("General Data Protection Regulation, Regulation (EU) 2016/679")),
    ("LGPD", _("Brazilian Lei Geral de Proteção de Dados, Lei 13.709/2018")),
    ("LIA", _("Legitimate interests assessment")),
    ("LOPDGDD", _("Spanish Ley Orgánica 3/2018 de Protección de Datos")),
    ("LSSI", _("Spanish Ley 34/2002 on information society services and electronic commerce")),
    ("NIF", _("Spanish tax number")),
    ("RL", _("Begins the number of a registration with the Argentine authority")),
    ("SCC", _("Standard contractual clauses, Decision (EU) 2021/914")),
    ("SHA-256", _("A number computed from the content; any change of the content changes it")),
    ("TIA", _("Transfer impact assessment")),
    ("UTC", _("Coordinated universal time")),
    ("WP248", _("European guidelines on impact assessments, revised on 4 October 2017")),
)


def legend(sheets: tuple[Sheet[Any], ...]) -> Sheet[Explained]:
    """Return the legend of a workbook made of these sheets."""
    return _legend(sheets, _SIGNS, _COLUMNS)


def legend_of_form(sheets: tuple[Sheet[Any], ...], about: Sequence[str]) -> Sheet[Explained]:
    """Return the legend of the form of an authority: first what must be known of the form.

    Its headings are the authority's, word for word, so the mark stands here and not beside them.
    """
    columns = tuple(
        replace(one, heading=_("Must be answered")) if one.key == "asked" else one
        for one in _COLUMNS
    )
    notes = [(_("Note %(number)s", number=number), said) for number, said in enumerate(about, 1)]
    return _legend(sheets, (_ASKED_BY_FORM, *_SIGNS[1:]), columns, notes)


def on_paper() -> Sheet[Explained]:
    """Return the legend of a printed record: its answers, its signs, its abbreviations."""

    def rows(_reader: Reader) -> Iterator[Explained]:
        yield from _words(_("Answers"), ((words.NOT_RECORDED, _ON_PAPER), *_ANSWERS[1:]))
        yield from _words(_("Signs"), (_ASKED_ON_PAPER, *_SIGNS[1:4]))
        yield from _words(_("Abbreviations"), _ABBREVIATIONS)

    return Sheet(key="legend", title=_("Legend"), rows=rows, columns=_COLUMNS)


def _legend(
    sheets: tuple[Sheet[Any], ...],
    signs: tuple[tuple[str, str], ...],
    columns: tuple[Column[Explained], ...],
    about: Sequence[tuple[str, str]] = (),
) -> Sheet[Explained]:
    def rows(_reader: Reader) -> Iterator[Explained]:
        yield from _words(_("This form"), about)
        yield from _words(_("Answers"), _ANSWERS)
        yield from _words(_("Signs"), signs)
        for sheet in sheets:
            yield from (_column(sheet, column) for column in sheet.columns)
        yield from _words(_("Abbreviations"), _ABBREVIATIONS)

    return Sheet(key="legend", title=_("Legend"), rows=rows, columns=columns)


def _words(where: str, some: Iterable[tuple[str, str]]) -> Iterator[Explained]:
    return (Explained(where, what, means) for what, means in some)


def _column(sheet: Sheet[Any], column: Column[Any]) -> Explained:
    return Explained(
        sheet.title, column.heading, column.help, column.citation, asked=column.mandatory
    )


_COLUMNS: tuple[Column[Explained], ...] = (
    Column(
        key="where",
        heading=_("Sheet"),
        write=lambda row, _reader: str(row.where),
        width=Width.NAME,
    ),
    Column(
        key="what",
        heading=_("Column, word or sign"),
        write=lambda row, _reader: str(row.what),
        width=Width.TEXT,
    ),
    Column(
        key="asked",
        heading=_("Asked by Art. 30"),
        write=lambda row, reader: f"{MARK} {reader.yes_no(value=True)}" if row.asked else "",
        width=Width.SHORT,
    ),
    Column(
        key="citation",
        heading=_("Article"),
        write=lambda row, _reader: row.citation,
        width=Width.LIST,
    ),
    Column(
        key="means",
        heading=_("What it means"),
        write=lambda row, _reader: str(row.means),
        width=Width.TEXT,
    ),
)
