"""How far Art. 30 is answered and what is missing, for who keeps the record; never for outsiders.

The verdicts are those of the rules, which this room does not know: whoever makes the file brings
them along as plain rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import Record
from ropa.sheets import words
from ropa.sheets.column import Column, Sheet, Width
from ropa.sheets.reader import Reader
from ropa.vocabulary import Term


@dataclass(frozen=True)
class Answered:
    """One row: an activity and a letter of Art. 30, how far it is answered, what is missing."""

    activity: Record
    letter: Term
    standing: Term
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One row: what a rule says of a record, where the law has it, and how to put it right."""

    record: Record
    rule: str
    severity: Term
    law: str
    says: str
    remedy: str


def _ref(record: Record) -> str:
    return str(getattr(record, "ref", ""))


def completeness(rows: Callable[[Reader], Iterable[Answered]]) -> Sheet[Answered]:
    """Return the sheet that goes through Art. 30 activity by activity, letter by letter."""
    return Sheet("completeness", _("INTERNAL Completeness"), _ANSWERED, rows)


def findings(rows: Callable[[Reader], Iterable[Found]]) -> Sheet[Found]:
    """Return the sheet of what the rules find in this record, the gravest first."""
    return Sheet("findings", _("INTERNAL Findings"), _FOUND, rows)


_ANSWERED: tuple[Column[Answered], ...] = (
    Column(
        key="ref",
        heading=_("Reference"),
        write=lambda row, _reader: _ref(row.activity),
        width=Width.REF,
        help=_("Names the activity on every sheet."),
    ),
    Column(
        key="activity",
        heading=_("Activity"),
        write=lambda row, reader: reader.title(row.activity),
    ),
    Column(
        key="letter",
        heading=_("Letter"),
        write=lambda row, _reader: f"({row.letter.value}) {row.letter.label}",
        width=Width.SHORT,
        help=_("One of the things Art. 30 asks, by its letter."),
    ),
    Column(
        key="citation",
        heading=_("Article"),
        write=lambda row, _reader: row.letter.citation,
        width=Width.LIST,
        help=_("Where the law asks for it."),
    ),
    Column(
        key="standing",
        heading=_("How far answered"),
        write=lambda row, _reader: str(row.standing.label),
        width=Width.SHORT,
        help=_("Whether it is recorded, partly recorded, or not."),
    ),
    Column(
        key="missing",
        heading=_("What is missing"),
        write=lambda row, _reader: words.bullets(list(row.missing)),
        width=Width.TEXT,
        help=_(
            "What the rules of this letter find at the activity or its company, or else the field "
            "that is not recorded."
        ),
    ),
)

_FOUND: tuple[Column[Found], ...] = (
    Column(
        key="ref",
        heading=_("Reference"),
        write=lambda row, _reader: _ref(row.record),
        width=Width.REF,
        help=_("The reference of the record, where it has one."),
    ),
    Column(
        key="record",
        heading=_("Record"),
        write=lambda row, reader: f"{row.record.name_of_noun}: {reader.title(row.record)}",
        help=_("Where the rule found it."),
    ),
    Column(
        key="severity",
        heading=_("How grave"),
        write=lambda row, _reader: str(row.severity.label),
        width=Width.SHORT,
        help=_("An error breaks what the law asks of everybody; a note weighs least."),
    ),
    Column(
        key="rule",
        heading=_("Rule"),
        write=lambda row, _reader: row.rule,
        width=Width.REF,
        help=_("The name of the rule, as in the list of rules."),
    ),
    Column(
        key="law",
        heading=_("Article"),
        write=lambda row, _reader: row.law,
        width=Width.LIST,
        help=_("Where the law has it."),
    ),
    Column(
        key="says",
        heading=_("What was found"),
        write=lambda row, _reader: row.says,
        width=Width.TEXT,
        help=_("What the rule says of the record. What somebody decided to live with is left out."),
    ),
    Column(
        key="remedy",
        heading=_("How to put it right"),
        write=lambda row, _reader: row.remedy,
        width=Width.TEXT,
        help=_("What to do about it."),
    ),
)
