"""A pack holds its files as they are, names each with its hash, and is the same made twice."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

from ropa.exports.packing import MANIFEST, Part, packed

PARTS = (
    Part("año.txt", "text/plain", b"words"),
    Part("empty.bin", "application/octet-stream", b""),
)


def test_a_pack_holds_its_files_and_a_manifest_that_names_them():
    with ZipFile(BytesIO(packed(PARTS, {"company": "Acmé"}))) as archive:
        assert archive.namelist() == [MANIFEST, *(one.name for one in PARTS)]
        assert [archive.read(one.name) for one in PARTS] == [one.content for one in PARTS]
        said = json.loads(archive.read(MANIFEST))
    assert said["company"] == "Acmé"
    assert said["files"][0] == {
        "name": "año.txt",
        "size": 5,
        "sha256": hashlib.sha256(b"words").hexdigest(),
        "media_type": "text/plain",
    }
    assert [one["name"] for one in said["files"]] == [one.name for one in PARTS]


def test_the_same_files_make_the_same_pack_and_others_another():
    again = [Part(one.name, one.media_type, bytes(one.content)) for one in PARTS]
    assert packed(again, {"a": 1}) == packed(PARTS, {"a": 1})
    assert packed(PARTS[:1], {"a": 1}) != packed(PARTS, {"a": 1})
