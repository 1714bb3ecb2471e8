"""The register of one company as tables: one CSV for each noun and each kind of row, in a ZIP.

Values are codes and ids, the same in every language; headings say the key, which stays, and then
the label in the language asked for. Rows of a record stand in a file of their own, beside the id
of what they belong to.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zipfile import ZIP_DEFLATED

import msgspec

from ropa.exports.digest import without_halves
from ropa.exports.naming import stem
from ropa.exports.plain import csv_bytes
from ropa.exports.progress import along, expect
from ropa.exports.records_json import LEAVING, heading
from ropa.exports.request import ExportRequest
from ropa.exports.scope import record_scope
from ropa.exports.still_zip import StillZip
from ropa.i18n import LANGUAGES, _, in_language
from ropa.records import LocalisedText, Part, Record
from ropa.records.fields import Field, Kind, fields_of
from ropa.register import Register
from ropa.sheets import Value

MANIFEST = "manifest.json"
"""Says whose record the tables are, as of when, and what each file is."""


@dataclass
class _Table:
    """One file: its headings and its rows."""

    headings: Sequence[str]
    rows: list[Sequence[Value]] = field(default_factory=list)


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_ACME_2026-03-31_en_v14_csv.zip."""
    return f"{stem('RAT', request, request.role)}_csv.zip"


def make(request: ExportRequest) -> bytes:
    """Return the archive: every noun that can leave, also those of which there is none."""
    scope = record_scope(request.register, request.entity, request.role)
    with in_language(request.language):
        tables = {name: csv_bytes(one.headings, one.rows) for name, one in _tables(scope).items()}
    packed = io.BytesIO()
    with StillZip(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, _manifest(request, scope, tables))
        for name, content in tables.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _manifest(request: ExportRequest, scope: Register, tables: dict[str, bytes]) -> bytes:
    said = {
        **msgspec.to_builtins(heading(request, scope)),
        "language": request.language,
        "files": [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in tables.items()
        ],
    }
    del said["schema"], said["schema_version"]
    return msgspec.json.format(msgspec.json.encode(without_halves(said)), indent=2) + b"\n"


def _tables(scope: Register) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    expect(sum(len(scope.all(kind)) for kind in LEAVING))
    for kind in LEAVING:
        tables[f"{kind.noun}.csv"] = _Table([*_own_headings(), *_headings(kind)])
        tables[f"{kind.noun}.answers.csv"] = _Table(_answer_headings())
        _prepare_parts(tables, kind, kind.noun)
        for record in along(sorted(scope.all(kind), key=lambda one: one.id)):
            tables[f"{kind.noun}.csv"].rows.append([*_own(record), *_values(record)])
            tables[f"{kind.noun}.answers.csv"].rows += _answers(record)
            _fill_parts(tables, record, kind.noun)
    return tables


def _prepare_parts(tables: dict[str, _Table], kind: type[Record] | type[Part], name: str) -> None:
    for one in _fields(kind, of_parts=True):
        of = _headed("of", _("Belongs to"))
        below = f"{name}.{one.name}"
        tables[f"{below}.csv"] = _Table([of, _headed("id", _("Identifier")), *_headings(one.of)])
        _prepare_parts(tables, one.of, below)


def _fill_parts(tables: dict[str, _Table], holder: Record | Part, name: str) -> None:
    for one in _fields(type(holder), of_parts=True):
        below = f"{name}.{one.name}"
        for part in getattr(holder, one.name):
            tables[f"{below}.csv"].rows.append([holder.id, part.id, *_values(part)])
            _fill_parts(tables, part, below)


def _fields(kind: type[Record] | type[Part], *, of_parts: bool = False) -> Iterator[Field]:
    """Yield the fields that are columns, or those whose rows have a file of their own."""
    return (one for one in fields_of(kind) if (one.kind is Kind.PARTS) is of_parts)


# Headings


def _headed(key: str, label: str) -> str:
    return f"{key} ({label})"


def _own_headings() -> list[str]:
    return [
        _headed("id", _("Identifier")),
        _headed("workflow", _("State")),
        _headed("retired_at", _("Retired on")),
        _headed("retired_reason", _("Why it was retired")),
    ]


def _answer_headings() -> list[str]:
    return [
        _headed("of", _("Belongs to")),
        _headed("question", _("Field")),
        _headed("kind", _("Answer")),
        _headed("because", _("Reason")),
        _headed("by", _("By")),
        _headed("on", _("When")),
    ]


def _headings(kind: type[Record] | type[Part]) -> Iterator[str]:
    for one in _fields(kind):
        if one.kind is Kind.LOCALISED:
            yield from (_headed(f"{one.name}.{code}", f"{one.label}, {code}") for code in LANGUAGES)
        else:
            yield _headed(one.name, one.label)


# Values


def _own(record: Record) -> list[Value]:
    return [record.id, record.workflow.value, _moment(record.retired_at), record.retired_reason]


def _answers(record: Record) -> list[Sequence[Value]]:
    return [
        (record.id, one.question, one.kind.value, one.because, one.by, one.on)
        for one in record.answers
    ]


def _values(holder: Record | Part) -> Iterator[Value]:
    for one in _fields(type(holder)):
        held = getattr(holder, one.name)
        if isinstance(held, LocalisedText):
            yield from (getattr(held, code) for code in LANGUAGES)
        elif isinstance(held, bool):
            yield "true" if held else "false"
        else:
            yield _lines(held) if isinstance(held, tuple) else held


def _lines(held: Iterable[str]) -> str:
    """Return a list in one cell, an item a line; a term is its code."""
    return "\n".join(str(one) for one in held)


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
