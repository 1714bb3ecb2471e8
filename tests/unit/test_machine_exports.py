"""The register for programs: JSON that its schema describes, and tables that any program reads."""

import csv
import hashlib
import io
import json
import zipfile

import jsonschema
import pytest

from ropa.exports import EXPORTS
from ropa.exports.digest import digest_of
from ropa.exports.records_json import LEAVING, json_schema
from ropa.exports.scope import in_scope
from ropa.records import NOUNS, CaliforniaDisclosure, LegalEntity, ProcessingActivity, Ref
from ropa.records.fields import Kind, fields_of
from ropa.vocabulary import CcpaCategory, Role
from tests.builders_exports import (
    AS_OF,
    HEAD,
    NOTE,
    a_registration,
    a_request,
    an_activity,
    an_export,
    opened,
    spanish_company,
)
from tests.fuzz.readable import without_apostrophe

HOSTILE = ("=1+1", "+34 600", "-2", "@SUM(A1)", "\t=1", "  =1", "\r=1", '"quoted", and\nbroken')


def made(name, *more, **asked):
    return EXPORTS[name].make(a_request(*more, **asked))


def tables(*more, **asked):
    with zipfile.ZipFile(io.BytesIO(made("csv", *more, **asked))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", ["json", "json_schema", "csv"])
def test_the_same_request_makes_the_same_bytes(name):
    assert made(name) == made(name)


@pytest.mark.parametrize("name", ["json", "csv"])
def test_the_order_in_which_records_were_read_does_not_show(name):
    asked = a_request()
    turned = dict(reversed(list(asked.register.records.items())))
    register = type(asked.register)(records=turned, head=HEAD, known_at=AS_OF)
    assert made(name) == made(name, register=register)


@pytest.mark.parametrize("role", [None, Role.CONTROLLER, Role.PROCESSOR])
@pytest.mark.parametrize("company", ["es", "ar"])
def test_the_json_is_what_its_schema_says(role, company):
    schema = json.loads(made("json_schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(made("json", a_registration(), role=role, entity=company))
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["schema"] == schema["$id"]


def test_the_schema_says_no_to_what_is_no_register():
    check = jsonschema.Draft202012Validator(json_schema())
    document = json.loads(made("json"))
    del document["records"]["vendor"]
    assert not check.is_valid(document)
    document = json.loads(made("json"))
    document["records"]["activity"][0]["role"] = "king"
    assert not check.is_valid(document)


def test_the_json_says_whose_it_is_and_every_record_in_scope():
    asked = a_request()
    document = json.loads(made("json"))
    scope = in_scope(asked.register, asked.entity)
    assert document["entity"]["id"] == "es"
    assert document["head"] == str(HEAD)
    assert document["as_of"] == "2026-03-31T22:00:00Z"
    assert document["sha256"] == digest_of(scope)
    found = {one["id"] for some in document["records"].values() for one in some}
    assert found == set(scope.records)


def test_the_files_for_programs_say_the_hash_on_the_cover_of_the_workbook():
    notice = CaliforniaDisclosure(id="ca", entity=Ref("es"), category=CcpaCategory.A)
    theirs = CaliforniaDisclosure(id="theirs", entity=Ref("ar"), category=CcpaCategory.B)
    document = json.loads(made("json", notice, theirs))
    assert [one["id"] for one in document["records"]["california_disclosure"]] == ["ca"]
    cover = opened(an_export(notice, theirs))["Cover"].values
    assert dict(row[:2] for row in cover)["SHA-256 of the content"] == document["sha256"]
    processor = json.loads(made("json", notice, role=Role.PROCESSOR))
    assert processor["records"]["california_disclosure"] == []


def test_the_hash_can_be_worked_out_from_the_json_alone():
    document = json.loads(made("json"))
    entries = [
        {"noun": noun, "record": one}
        for noun, some in sorted(document["records"].items())
        for one in some
    ]
    text = json.dumps(entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]


@pytest.mark.parametrize("name", ["json", "csv"])
def test_nothing_internal_and_nothing_of_another_company_leaves(name):
    content = made(name)
    if name == "csv":
        content = b"".join(tables().values())
    for secret in (NOTE, "argentine-feature", "notices@cliente.example"):
        assert secret.encode() not in content


def test_every_noun_that_can_leave_is_named():
    named = {kind.noun for kind in LEAVING}
    assert named < set(NOUNS)
    linked, waiting = set(), [ProcessingActivity.noun, "engagement", "transfer", "customer"]
    waiting += ["assessment", "argentine_registration", "california_disclosure"]
    while waiting:
        noun = waiting.pop()
        if noun not in linked:
            linked.add(noun)
            waiting += [to for to in links_of(NOUNS[noun]) if to]
    assert linked == named


def links_of(kind):
    for one in fields_of(kind):
        if one.kind in (Kind.LINK, Kind.LINKS):
            yield one.says.to
        elif one.kind is Kind.PARTS:
            yield from links_of(one.of)


def test_half_a_character_does_not_stop_an_export():
    broken = an_activity(department="half \ud800 of it")
    json.loads(made("json", broken))
    assert rows(tables(broken)["activity.csv"])


def test_every_noun_has_its_table_with_keys_that_stay():
    english, spanish = tables(), tables(language="es")
    assert list(english) == list(spanish)
    assert {f"{kind.noun}.csv" for kind in LEAVING} < set(english)
    for name in english:
        if name.endswith(".csv"):
            ours, theirs = rows(english[name]), rows(spanish[name])
            assert ours[1:] == theirs[1:]
            keys = [one.partition(" ")[0] for one in ours[0]]
            assert keys == [one.partition(" ")[0] for one in theirs[0]]
            assert len(set(keys)) == len(keys)


def test_a_table_says_every_record_and_a_row_what_it_belongs_to():
    found = tables()
    head, *lines = rows(found["activity.csv"])
    assert "ref" in [one.partition(" ")[0] for one in head]
    ids = {line[0] for line in lines}
    head, *lines = rows(found["activity.purposes.csv"])
    assert [one.partition(" ")[0] for one in head[:2]] == ["of", "id"]
    assert lines
    assert {line[0] for line in lines} <= ids


def test_the_manifest_says_the_hash_of_each_table():
    found = tables()
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest["entity"]["id"] == "es"
    assert manifest["head"] == str(HEAD)
    told = {one["name"]: one["sha256"] for one in manifest["files"]}
    assert told == {name: hashlib.sha256(one).hexdigest() for name, one in found.items()}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_table_computes(text):
    company = spanish_company(trade_name=text, address=text)
    content = tables(company)["legal_entity.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    found = rows(content)
    cells = [cell for row in found for cell in row]
    assert not [one for one in cells if one.strip().startswith(("=", "+", "-", "@"))]
    assert any(one.lstrip("'").strip() == text.strip() for one in cells)


@pytest.mark.parametrize("text", ["'=1", "''+1", "_x0041_", "half \ud800"])
def test_a_table_gives_back_what_begins_like_its_own_signs(text):
    company = spanish_company(trade_name=text, legal_name=text)
    found = [cell for row in rows(tables(company)["legal_entity.csv"]) for cell in row]
    assert text.replace("\ud800", "\ufffd") in map(without_apostrophe, found)


def test_the_company_is_as_it_is_called_in_the_scope():
    document = json.loads(made("json"))
    own = [one for one in document["records"][LegalEntity.noun] if one["id"] == "es"]
    assert own[0]["legal_name"] == document["entity"]["legal_name"]
