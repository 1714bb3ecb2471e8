"""The register of one company as tables: one CSV for each noun and each kind of row, in a ZIP.

Values are codes and ids, the same in every language; headings say the key, which stays, and then
the label in the language asked for. Rows of a record stand in a file of their own, beside the id
of what they belong to.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from zipfile import ZIP_DEFLATED

import msgspec

from ropa.exports.digest import without_halves
from ropa.exports.naming import stem
from ropa.exports.plain import Say, csv_pieces, id_fields, said
from ropa.exports.progress import along, expect
from ropa.exports.records_json import LEAVING, heading
from ropa.exports.request import ExportRequest
from ropa.exports.scope import record_scope
from ropa.exports.still_zip import StillZip
from ropa.i18n import LANGUAGES, _, in_language
from ropa.records import Part, Record
from ropa.records.fields import Field, Kind, fields_of
from ropa.register import Register
from ropa.sheets import Value

MANIFEST = "manifest.json"
"""Says whose record the tables are, as of when, and what each file is."""


@dataclass(frozen=True)
class _Table:
    """One file: its headings, how each column is said, and its rows, made when they are written."""

    headings: Sequence[str]
    columns: Sequence[Say]
    rows: Iterable[Sequence[object]]

    def csv(self) -> bytes:
        """Return the file."""
        return b"".join(csv_pieces(self.headings, self.columns, self.rows))


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_ACME_2026-03-31_en_v14_csv.zip."""
    return f"{stem('RAT', request, request.role)}_csv.zip"


def make(request: ExportRequest) -> bytes:
    """Return the archive: every noun that can leave, also those of which there is none."""
    scope = record_scope(request.register, request.entity, request.role)
    with in_language(request.language):
        tables = tables_of(scope)
    packed = io.BytesIO()
    with StillZip(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, _manifest(request, scope, tables))
        for name, content in tables.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tables_of(scope: Register) -> dict[str, bytes]:
    """Return each file but the manifest, by its name; headings in the language chosen."""
    return {f"{name}.csv": table.csv() for name, table in _tables(scope)}


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


def _tables(scope: Register) -> Iterator[tuple[str, _Table]]:
    expect(sum(len(scope.all(kind)) for kind in LEAVING))
    for kind in LEAVING:
        records = sorted(scope.all(kind), key=lambda one: one.id)
        yield kind.noun, _table_of_records(kind, records)
        yield f"{kind.noun}.answers", _table_of_answers(records)
        yield from _tables_of_parts(kind, records, kind.noun)


def _table_of_records(kind: type[Record], records: Sequence[Record]) -> _Table:
    says = [id_fields, said(), said(_moment), said(), *_says(kind)]
    return _Table(
        [*_own_headings(), *_headings(kind)], says, map(_getter(_OWN, kind), along(records))
    )


def _table_of_answers(records: Sequence[Record]) -> _Table:
    rows = (
        (record.id, one.question, one.kind.value, one.because, one.by, one.on)
        for record in records
        for one in record.answers
    )
    headings = _answer_headings()
    return _Table(headings, [said() for _one in headings], rows)


def _tables_of_parts(
    kind: type[Record] | type[Part], holders: Sequence[Record | Part], name: str
) -> Iterator[tuple[str, _Table]]:
    """Yield the rows of these holders, a file for each kind of row, and the rows of those."""
    for one in _fields(kind, of_parts=True):
        found = [(holder.id, part) for holder in holders for part in getattr(holder, one.name)]
        below = f"{name}.{one.name}"
        yield below, _table_of_parts(one.of, found)
        yield from _tables_of_parts(one.of, [part for _of, part in found], below)


def _table_of_parts(kind: type[Part], found: Sequence[tuple[str, Part]]) -> _Table:
    own = [_headed("of", _("Belongs to")), _headed("id", _("Identifier"))]
    get = _getter(("id",), kind)
    rows = ((of, *get(part)) for of, part in found)
    return _Table([*own, *_headings(kind)], [id_fields, id_fields, *_says(kind)], rows)


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

_OWN = ("id", "workflow", "retired_at", "retired_reason")


def _getter(
    first: Sequence[str], kind: type[Record] | type[Part]
) -> Callable[[Record | Part], tuple[object, ...]]:
    """Return what takes a whole row out of a record or part in one step."""
    names = [*first, *(name for one in _fields(kind) for name in _names(one))]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda holder: (get(holder),)


def _names(one: Field) -> Iterable[str]:
    """Return where a field's columns are found: a text in three languages has three."""
    return (
        [f"{one.name}.{code}" for code in LANGUAGES] if one.kind is Kind.LOCALISED else [one.name]
    )


def _says(kind: type[Record] | type[Part]) -> list[Say]:
    return [said(_SAY.get(one.kind)) for one in _fields(kind) for _name in _names(one)]


def _yes_no(value: bool | None) -> str:  # noqa: FBT001
    return "" if value is None else "true" if value else "false"


def _lines(held: Iterable[str]) -> str:
    """Return a list in one cell, an item a line; a term is its code."""
    return "\n".join([str(one) for one in held])


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


_SAY: dict[Kind, Callable[[Any], Value]] = {
    Kind.YES_NO: _yes_no,
    Kind.TERMS: _lines,
    Kind.TEXTS: _lines,
    Kind.LINKS: _lines,
}
"""How values are said that do not speak for themselves."""
