"""Where values come from: what a person changes is theirs from then on, and unconfirmed."""

from datetime import date

from ropa.history.acting import Acting
from ropa.history.diff import OWN_FIELDS, differences
from ropa.records import Provenance, Record
from ropa.records.fields import parts_in
from ropa.vocabulary import Door, Origin

_ORIGINS = {
    Door.BACK_OFFICE: Origin.PERSON,
    Door.COMMAND: Origin.PERSON,
    Door.IMPORT: Origin.IMPORT,
}


def provenance_after(
    before: Record | None, after: Record, acting: Acting, day: date
) -> dict[str, Provenance]:
    """Return the provenance of every value after a save: of what changed, who changed it."""
    earlier = before.provenance if before is not None else {}
    kept = {**earlier, **after.provenance}
    origin = _ORIGINS.get(acting.door)
    if origin is not None:
        for one in differences(before, after):
            said = kept.get(one.path) != earlier.get(one.path)
            if one.path not in OWN_FIELDS and not said:
                kept[one.path] = Provenance(origin=origin, by=acting.actor.name, on=day)
    return {path: one for path, one in kept.items() if _is_there(after, path)}


def _is_there(record: Record, path: str) -> bool:
    head, _slash, rest = path.partition("/")
    if not rest:
        return bool(head)
    rows = {row_path for row_path, _row in parts_in(record)}
    return path.rpartition("/")[0] in rows
