"""Records begun from another: a copy, the twin of an activity in the other role.

Nothing is written here: what comes of it is shown in a form, and is somebody's once they save it.
Values keep where they came from, and nobody's word that they are right.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from ropa.history import differences
from ropa.models import TABLES
from ropa.records import Answer, Part, ProcessingActivity, Provenance, Record, fixed_id
from ropa.records.fields import Kind, fields_of, parts_in
from ropa.register import Register
from ropa.vocabulary import Role, Workflow

Copied = TypeVar("Copied", bound=Record)
Holder = TypeVar("Holder", Record, Part)

_ANYWHERE = frozenset({"issued_on", "last_reviewed_on", "officer_informed_on"})
_OF_ONE_RECORD: Mapping[str, frozenset[str]] = {
    "activity": frozenset({"twin"}),
    "argentine_registration": frozenset(
        {
            "amended_on",
            "certificate",
            "compared_on",
            "ex_number",
            "filed_on",
            "published_url",
            "rl_number",
            "status",
        }
    ),
    "change": frozenset({"announced_on", "withdrawn_on"}),
    "document": frozenset({"about", "supersedes"}),
}
"""The fields that say what happened to one record, or number it: no copy can take them over."""

_SHARED = (
    "name",
    "entity",
    "department",
    "owner",
    "description",
    "jurisdictions",
    "services",
    "engagements",
    "systems",
    "transfers",
    "measures",
    "automated_decisions",
    "automated_logic",
    "automated_ground",
    "profiling",
    "monitoring",
    "matching",
    "large_scale",
    "vulnerable_subjects",
    "new_technology",
    "review_months",
)
"""What an activity says alike whether we are its controller or its processor."""

_NUMBERED = re.compile(r"^(.*?)(\d+)$", re.DOTALL)
_SERIES = {Role.CONTROLLER: "C-", Role.JOINT_CONTROLLER: "C-", Role.PROCESSOR: "P-"}


def copy_of(record: Copied, record_id: str, register: Register) -> Copied:
    """Return a draft of a new id that says what a record says.

    Its rows have ids of their own, the same ones whenever the same is copied to the same id.
    Links to what has left use are not taken over; references are the next free ones.
    """
    blank = type(record)(id=record_id)
    values = {
        field.name: getattr(
            blank if _is_one_of_a_kind(record, field.name) else record,
            field.name,
        )
        for field in fields_of(type(record))
    }
    fresh = _fresh_ids(record, record_id)
    copied = replace(
        blank,
        **values,
        notes=record.notes,
        answers=tuple(_unsigned(record.answers)),
        provenance=_unconfirmed(record.provenance, fresh),
    )
    rebuilt = cast("Copied", _rebuilt(copied, fresh, _in_use(register)))
    return _named_anew(rebuilt, record, register)


def twin_of(activity: ProcessingActivity, record_id: str, register: Register) -> ProcessingActivity:
    """Return the same processing as seen in the other role, which names the one it came from.

    What only the other role is asked is left out (GDPR Art. 30(1) and 30(2)): purposes, recipients
    and notices of a controller; customers and categories of processing of a processor. People and
    data go to a controller's twin, without the time they are kept: that is the processor's.
    """
    role = Role.CONTROLLER if activity.role is Role.PROCESSOR else Role.PROCESSOR
    names = (*_SHARED, *(("data",) if role is Role.CONTROLLER else ()))
    given = {name: getattr(activity, name) for name in names}
    if "data" in given:
        given["data"] = tuple(replace(row, retention=()) for row in activity.data)
    shared = replace(
        ProcessingActivity(id=activity.id),
        **given,
        role=role,
        answers=tuple(one for one in activity.answers if one.question in names),
        provenance=_of_fields(activity.provenance, names),
    )
    copied = copy_of(shared, record_id, register)
    ref = free_reference(register, "ref", _other_series(activity.ref, role))
    return replace(copied, ref=ref, twin=activity.id)


def as_first_saved(begun: Copied, record: Copied, by: str, on: date) -> Copied:
    """Return a new record as it is first saved: its writer signs what the beginning left unsigned.

    ``begun`` is what the form opened with; what was typed over it is the writer's own, and loses
    the source it had.
    """
    changed = {one.path for one in differences(begun, record)}
    kept = {path: one for path, one in record.provenance.items() if path not in changed}
    answers = tuple(one if one.by else replace(one, by=by, on=on) for one in record.answers)
    return replace(record, provenance=kept, answers=answers)


def free_reference(register: Register, name: str, wanted: str) -> str:
    """Return a reference like the one wanted that no record has in the field of this name.

    C-03 gives the number after the highest C-…; a word without a number gets one.
    """
    if not wanted:
        return ""
    taken = {str(getattr(one, name, "") or "") for one in register}
    numbered = _NUMBERED.match(wanted)
    if numbered is None:
        number = next(one for one in range(2, len(taken) + 3) if f"{wanted}-{one}" not in taken)
        return f"{wanted}-{number}"
    stem, digits = numbered.groups()
    found = (_NUMBERED.match(one) for one in taken)
    highest = max((int(one[2]) for one in found if one and one[1] == stem), default=0)
    return f"{stem}{highest + 1:0{len(digits)}d}"


def next_in_series(register: Register, role: Role | None) -> str:
    """Return the next free reference for an activity in a role: C-… or P-…."""
    return free_reference(register, "ref", f"{_SERIES.get(role or Role.CONTROLLER, 'C-')}00")


def is_unique(noun: str, name: str) -> bool:
    """Say whether no two records of a noun may say the same in a field."""
    column = TABLES[noun].__table__.columns.get(name)
    return column is not None and bool(column.unique)


def _is_one_of_a_kind(record: Record, name: str) -> bool:
    own = _OF_ONE_RECORD.get(record.noun, frozenset())
    return name in own | _ANYWHERE | {*record.write_once} or is_unique(record.noun, name)


def _fresh_ids(record: Record, record_id: str) -> dict[str, str]:
    """Return the new id of every row, by its id."""
    return {row.id: fixed_id("copy", f"{record_id}:{row.id}") for _path, row in parts_in(record)}


def _unsigned(answers: tuple[Answer, ...]) -> Iterator[Answer]:
    for one in answers:
        yield replace(one, by="", on=None)


def _unconfirmed(
    provenance: Mapping[str, Provenance], fresh: Mapping[str, str]
) -> dict[str, Provenance]:
    return {
        "/".join(fresh.get(one, one) for one in path.split("/")): replace(
            origin, confirmed_by="", confirmed_on=None
        )
        for path, origin in provenance.items()
    }


def _of_fields(
    provenance: Mapping[str, Provenance], names: tuple[str, ...]
) -> dict[str, Provenance]:
    return {
        path: one
        for path, one in provenance.items()
        if path.partition("/")[0] in names and "/retention/" not in path
    }


def _in_use(register: Register) -> Callable[[str], bool]:
    def stands(ref: str) -> bool:
        found = register.records.get(ref)
        return found is not None and not found.is_retired

    return stands


def _rebuilt(holder: Holder, fresh: Mapping[str, str], stands: Callable[[str], bool]) -> Holder:
    """Return a record or row whose rows have their new ids, and which names only what is in use."""
    values: dict[str, Any] = {}
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if field.kind is Kind.LINK and value and not stands(value):
            values[field.name] = None
        elif field.kind is Kind.LINKS:
            values[field.name] = tuple(one for one in value if stands(one))
        elif field.kind is Kind.PARTS:
            values[field.name] = tuple(
                replace(_rebuilt(row, fresh, stands), id=fresh[row.id]) for row in value
            )
    return replace(holder, **values)


def _named_anew(copied: Copied, record: Record, register: Register) -> Copied:
    """Return the copy with the next free of each reference; a closed list leaves nothing free."""
    free = {
        field.name: free_reference(register, field.name, getattr(record, field.name))
        for field in fields_of(type(record))
        if field.kind is Kind.TEXT
        and is_unique(record.noun, field.name)
        and record.noun != "country"
    }
    kept = {path: one for path, one in copied.provenance.items() if path not in free}
    return replace(copied, **free, provenance=kept, workflow=Workflow.DRAFT)


def _other_series(ref: str, role: Role) -> str:
    for series in set(_SERIES.values()):
        if ref.startswith(series):
            return f"{_SERIES[role]}{'0' * len(ref.removeprefix(series)) or '00'}"
    return ref
