"""A person says that a value is right: the value stays, and so does where it came from."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from ropa.records import Record
from ropa.records.fields import parts_in
from ropa.vocabulary import Origin

Kind = TypeVar("Kind", bound=Record)


def confirm(record: Kind, path: str, by: str, on: date) -> Kind:
    """Return the record with the values at a path, and below it, confirmed by a person on a day.

    A path is a field ("name"), a row ("purposes/<id>") or a value in a row. Only values that are
    recorded, and whose source is kept, can be confirmed; what is confirmed already stays as it is.
    """
    wanted = {one for one in unconfirmed_in(record) if _lies_in(one, path)}
    if not wanted:
        return record
    kept = {
        one: replace(origin, confirmed_by=by, confirmed_on=on) if one in wanted else origin
        for one, origin in record.provenance.items()
    }
    return replace(record, provenance=kept)


def unconfirmed_in(record: Record) -> Iterator[str]:
    """Yield the path of every recorded value that is no person's word yet.

    What came from a file or a preset waits for somebody to confirm it; what a person wrote is
    theirs already.
    """
    rows = dict(parts_in(record))
    for path, origin in record.provenance.items():
        if origin.origin is Origin.PERSON or origin.confirmed_on is not None:
            continue
        holder_path, _slash, name = path.rpartition("/")
        holder = rows.get(holder_path) if holder_path else record
        if path in rows or _is_recorded(holder, name):
            yield path


def _is_recorded(holder: object, name: str) -> bool:
    value = getattr(holder, name, None)
    return value is not None and (isinstance(value, bool | int) or bool(value))


def _lies_in(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(f"{wanted}/")


__all__ = ["confirm", "unconfirmed_in"]
