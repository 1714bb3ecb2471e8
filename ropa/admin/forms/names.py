"""Names that a form can give by itself: the next reference, and a short name of its own."""

import re
from collections import Counter
from itertools import count

from msgspec.structs import replace

from ropa.admin.forms.options import said
from ropa.records import Record
from ropa.records.fields import fields_of
from ropa.records.text import fold
from ropa.records.vendor import RESERVED_SLUGS
from ropa.register import Register

_NUMBERED = re.compile(r"(?P<words>.*?)(?P<number>\d{1,9})", re.ASCII)
_BETWEEN = re.compile(r"[^a-z0-9]+")
_LONGEST = 60

SHORT_NAMES = ("slug", "code")
"""The fields that hold a short name made from the record's own."""


def with_next_ref(record: Record, register: Register) -> Record:
    """Return a new record with the reference that comes next among its like, if it has one."""
    if not any(spec.name == "ref" for spec in fields_of(type(record))):
        return record
    return replace(record, ref=next_ref(register, type(record)))


def next_ref(register: Register, kind: type[Record]) -> str:
    """Return the reference after the highest of the commonest sort; nothing when none is counted.

    After C-01, C-22 and P-05 comes C-23.
    """
    refs = [str(getattr(one, "ref", "")) for one in register.all(kind)]
    found = [one for ref in refs if (one := _NUMBERED.fullmatch(ref))]
    if not found:
        return ""
    words, _times = Counter(one["words"] for one in found).most_common(1)[0]
    last = max((one["number"] for one in found if one["words"] == words), key=int)
    return f"{words}{int(last) + 1:0{len(last)}}"


def with_short_name(record: Record, register: Register) -> Record:
    """Return the record with a short name made from its own, where one is needed and missing."""
    for spec in fields_of(type(record)):
        if spec.name in SHORT_NAMES and not getattr(record, spec.name):
            taken = {getattr(one, spec.name) for one in register.all(type(record))}
            name = _free(_short(said(record.title, "en")), taken | RESERVED_SLUGS)
            return replace(record, **{spec.name: name})
    return record


def _short(text: str) -> str:
    return _BETWEEN.sub("-", fold(text)).strip("-")[:_LONGEST].strip("-")


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number behind it when another record has it; nothing for nothing."""
    if not name or name not in taken:
        return name
    return next(other for number in count(2) if (other := f"{name}-{number}") not in taken)
