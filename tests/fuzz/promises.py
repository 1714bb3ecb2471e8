"""What is promised of every register, however hostile its texts.

A file is made twice: of the register, and of its twin that has only the marks of the texts. What
the twin's file says, the other must say too, each text whole or exactly as the README replaces it.
"""

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from functools import partial
from typing import Any

import jsonschema
from msgspec.structs import replace

from ropa.calendar import Days, calendar_bytes, falling_due
from ropa.config import HOME
from ropa.exports import EXPORTS, LISTS, ExportRequest, pack
from ropa.exports.records_json import LEAVING, json_schema
from ropa.exports.request import Export, ListRequest
from ropa.exports.scope import record_scope
from ropa.i18n import in_language
from ropa.models import Delivery
from ropa.publishing import (
    csv_bytes,
    json_bytes,
    json_schema as public_schema,
    publisher_of,
    subprocessor_page,
)
from ropa.publishing.letters import Desk
from ropa.records import (
    Customer,
    CustomerAgreement,
    LegalEntity,
    Notice,
    ProcessingActivity,
    Record,
    Ref,
)
from ropa.records.fields import texts_in as texts_of
from ropa.register import Register
from ropa.vocabulary import DeliveryKind
from tests.fuzz.readable import one_line_end, readable
from tests.fuzz.registers import MARK, SECRET, Fuzzed
from tests.fuzz.reopening import texts_in

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
ADDRESS = "https://trust.example.org/subprocessors"
SLOW = ("pdf", "fiches")
"""Files that take seconds to make."""

SELDOM = 100
"""Of how many registers one has its slow files made."""

JUDGING = ("article30_internal",)
"""Files that say what is wrong with a text, which of its mark alone is something else."""

COMPUTED = "https://www.argentina.gob.ar/"

WITHOUT_PDF = pack.of({name: one for name, one in EXPORTS.items() if name not in SLOW})
"""The pack without the file in it that takes seconds to make, and is tried by itself."""

TWINS = 4
"""Of how many files one is compared with its twin, which takes as long as to make it again."""

_PUBLIC = jsonschema.Draft202012Validator(public_schema(ADDRESS))
_OURS = jsonschema.Draft202012Validator(json_schema())
_DESK = Desk.at(HOME / "templates" / "letters", "https://trust.example.org")
_PROPERTY = re.compile(r"(?:[A-Z-]+)(?:;VALUE=(?:DATE|DURATION))?:")


@dataclass(frozen=True)
class Way:
    """One way out: how a file is made of a register, and what a text becomes in it.

    ``make`` returns the file's name and bytes; ``texts`` opens it again.
    """

    name: str
    make: Callable[[Register, str], tuple[str, bytes]]
    becomes: Callable[[str], str]
    texts: Callable[[str, bytes], list[str]] = texts_in
    also: Callable[[Register, bytes], None] = lambda _register, _content: None


def keeps(way: Way, fuzzed: Fuzzed, language: str) -> None:
    """Fail unless a way out says of a register what it says of its twin, every text whole."""
    if way.name in SLOW and fuzzed.seed % SELDOM:
        return
    name, content = way.make(fuzzed.register, language)
    said = _all(way, name, content)
    way.also(fuzzed.register, content)
    assert SECRET not in said
    found = Counter(MARK.findall(said))
    if way.name not in JUDGING and (fuzzed.seed + len(way.name)) % TWINS == 0:
        twin = _all(way, *way.make(fuzzed.twin, language))
        assert found == Counter(MARK.findall(twin))
    for mark, times in found.items():
        whole = way.becomes(fuzzed.texts[mark])
        assert said.count(whole) == times, (way.name, mark, whole[:200])


def _all(way: Way, name: str, content: bytes) -> str:
    """Return all that a file says, without the addresses that are computed from a number."""
    return "\x1f".join(one.partition(COMPUTED)[0] for one in way.texts(name, content))


# Downloads of one company


def _exported(
    export: Export[ExportRequest], register: Register, language: str
) -> tuple[str, bytes]:
    entity = register.find(LegalEntity, "legal_entity-0")
    assert entity
    asked = ExportRequest(register=register, entity=entity, generated_at=NOON, language=language)
    if export.for_customer:
        asked = _for_customer(asked)
    return export.filename(asked), export.make(asked)


def _for_customer(asked: ExportRequest) -> ExportRequest:
    """Return the request for a customer that has an agreement with the company."""
    customer = asked.register.find(Customer, "customer-0")
    assert customer
    agreed = tuple(
        replace(one, entity=Ref(asked.entity.id), starts_on=None, ends_on=None)
        for one in customer.agreements or (CustomerAgreement(id="part-0"),)
    )
    served = replace(customer, agreements=agreed)
    records = {**asked.register.records, served.id: served}
    return dataclasses.replace(
        asked, register=dataclasses.replace(asked.register, records=records), customer=served
    )


def _in_file(text: str, kind: str) -> str:
    return readable(text) if kind in ("json", "jsonld") else one_line_end(readable(text))


def _every_record_as_json(register: Register, content: bytes) -> None:
    """The JSON is what its schema says, and holds every text of every record exactly."""
    document = json.loads(content)
    _OURS.validate(document)
    entity = register.find(LegalEntity, "legal_entity-0")
    assert entity
    scope = record_scope(register, entity)
    for kind in LEAVING:
        found = {one["id"]: one for one in document["records"][kind.noun]}
        for record in scope.all(kind):
            told = set(_strings(found.pop(record.id)))
            assert {readable(text) for _path, text, _long in texts_of(record) if text} <= told
        assert not found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


# Lists of the back office


def _listed(export: Export[ListRequest], register: Register, language: str) -> tuple[str, bytes]:
    activities = sorted(register.all(ProcessingActivity), key=lambda one: one.id)
    rows = [[*_row(one), one.starts_on, -12, None] for one in activities]
    first = rows[0]
    asked = ListRequest(
        register=register,
        noun="activity",
        title=str(first[0]),
        headings=["Name", "Name", "Owner", "Starts on", "Months", "Nothing"],
        rows=rows,
        generated_at=NOON,
        by=str(first[1]),
        narrowed=[(str(one[0]), str(one[2])) for one in rows],
        language=language,
    )
    return export.filename(asked), export.make(asked)


def _row(one: ProcessingActivity) -> list[str]:
    return [one.ref, one.department, one.owner]


# The public list


def _public_json(register: Register, language: str) -> tuple[str, bytes]:
    return "subprocessors.json", json_bytes(_page(register, language), ADDRESS)


def _public_csv(register: Register, language: str) -> tuple[str, bytes]:
    with in_language(language):
        return "subprocessors.csv", csv_bytes(_page(register, language))


def _page(register: Register, language: str) -> Any:
    public = {one.id: _made_public(one) for one in register if one.workflow == "approved"}
    shown = Register(records=public, head=register.head, on_day=register.on_day, approved=True)
    return subprocessor_page(shown, publisher_of(shown), language)


def _made_public(record: Record) -> Record:
    """Return an engagement as one that stands on the list, so that the list is never empty."""
    if record.noun == "engagement" and record.id.endswith("-0"):
        return replace(record, public=True, role="subprocessor", vendor="vendor-0", entity=None)
    return record


def _described(_register: Register, content: bytes) -> None:
    _PUBLIC.validate(json.loads(content))


# The calendar


def _calendar(register: Register, language: str) -> tuple[str, bytes]:
    found = falling_due(register, Days.at(register, NOON))
    return "due.ics", calendar_bytes(register, found, language, _link)


def _link(record: Record) -> str:
    return f"https://ropa.example.org/admin/{record.noun}/details/?id={record.id}"


def _events(_name: str, content: bytes) -> list[str]:
    assert content.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    lines = content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert all(_PROPERTY.match(line) for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
    days = [line.partition(":")[2] for line in lines if line.startswith(("DTSTART", "DTEND"))]
    assert all(re.fullmatch(r"\d{8}", day) for day in days)
    assert sum(line.startswith("SUMMARY:") for line in lines) == lines.count("BEGIN:VEVENT")
    return [_unescaped(line.partition(":")[2]) for line in lines]


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda it: "\n" if it.group(1) == "n" else it.group(1), value)


# Letters


def _letter(register: Register, language: str) -> tuple[str, bytes]:
    notice = register.find(Notice, "notice-0")
    company = register.find(LegalEntity, "legal_entity-0")
    assert notice
    assert company
    ours = {**register.records, notice.id: replace(notice, entity=company.id)}
    letter = Delivery(
        kind=DeliveryKind.CONTRACT,
        address="law@client.example",
        language=language,
        message_id="<1@trust.example.org>",
        token=None,
        notice_id=notice.id,
    )
    message = _DESK.message(letter, Register(records=ours), NOON)
    return "letter.eml", message.as_bytes()


def _said_in_letter(_name: str, content: bytes) -> list[str]:
    assert content.isascii()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    message: Any = message_from_bytes(content, policy=policy.default)
    assert sorted({*message.keys()}) == sorted(message.keys())
    assert message["Bcc"] is None
    assert message["To"] == "law@client.example"
    assert not message.defects
    assert len(message["From"].addresses) == 1
    head = message_from_bytes(content, policy=policy.compat32)
    sender, _address = parseaddr(head["From"].replace("\r\n ", " "))
    said = (_decoded(sender), _decoded(head["Subject"]), message.get_content())
    return [one_line(text) for text in said]


def _decoded(header: str) -> str:
    """Return a header as RFC 2047 has it read; the library's newer reader loses blanks."""
    return str(make_header(decode_header(header.replace("\r\n ", " "))))


def one_line(text: str) -> str:
    """Return a text with single blanks: how a letter breaks its lines is not what it says."""
    return " ".join(readable(text).split()).replace("=?", "= ?")


# All of them


def ways() -> Iterator[Way]:
    """Yield every way out of the house, as the tables of downloads have them."""
    for name, export in EXPORTS.items():
        kind = "json" if name in ("json", "jsonld") else "other"
        also = _every_record_as_json if name == "json" else Way.also
        made = WITHOUT_PDF if name == WITHOUT_PDF.name else export
        yield Way(name, partial(_exported, made), partial(_in_file, kind=kind), also=also)
    for name, listed in LISTS.items():
        yield Way(name, partial(_listed, listed), partial(_in_file, kind="other"))
    yield Way("public json", _public_json, lambda it: readable(it).strip(), also=_described)
    yield Way("public csv", _public_csv, lambda it: one_line_end(readable(it).strip()))
    yield Way("calendar", _calendar, lambda it: one_line_end(readable(it.strip())).strip(), _events)
    yield Way("letter", _letter, one_line, _said_in_letter)
