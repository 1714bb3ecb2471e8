"""The pack for an authority: whose form it has, what its letter says, and what it never invents."""

import io
import json
import zipfile
from dataclasses import replace as asking

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from ropa.errors import RopaError
from ropa.exports import EXPORTS
from ropa.exports.authorities import AUTHORITIES, authority_for, recipient_of
from ropa.exports.pack import for_authority
from ropa.sheets.authorities import scc
from ropa.vocabulary import Role
from tests.builders_exports import MADE_AT, NOTE, a_request, spanish_company


def files(**asked):
    request = a_request(**asked)
    with zipfile.ZipFile(io.BytesIO(EXPORTS["pack"].make(request))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def begins(packed):
    return [name.partition("_")[0] for name in packed]


def letter(packed):
    return Document(
        io.BytesIO(next(packed[one] for one in packed if one.startswith("LETTER-DRAFT")))
    )


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


# Authorities


def test_every_form_of_an_authority_is_in_the_pack_of_one():
    everywhere = {
        form.name for one in AUTHORITIES.values() for form in one.forms(EXPORTS, role=None)
    }
    assert everywhere == {
        one.name for one in EXPORTS.values() if one.authority not in ("", scc.FORM.authority)
    }


@pytest.mark.parametrize(
    ("said", "country", "code"),
    [
        ("Agencia Española de Protección de Datos", "", "aepd"),
        ("the spanish AEPD, Madrid", "", "aepd"),
        ("Agency for Access to Public Information (and others)", "ES", "aaip"),
        ("CNIL", "ES", "cnil"),
        ("Garante", "", "garante"),
        ("Der Landesbeauftragte für den Datenschutz", "", "dsk"),
        ("Icon of Atlantis", "ES", "other"),
        ("", "ES", "aepd"),
        ("", "BR", "anpd"),
        ("", "", "other"),
    ],
)
def test_the_usual_authority_is_the_one_the_record_names_or_that_of_the_country(
    said, country, code
):
    company = spanish_company(supervisory_authority=said, country=country)
    assert authority_for("", company).code == code
    assert authority_for("ico", company).code == "ico"


def test_a_pack_is_for_the_authority_by_its_own_name_and_for_others_by_the_record_s():
    atlantis = spanish_company(supervisory_authority="Commission of Atlantis")
    assert recipient_of(AUTHORITIES["cnil"], atlantis) == AUTHORITIES["cnil"].name
    assert recipient_of(AUTHORITIES["other"], atlantis) == "Commission of Atlantis"
    assert recipient_of(AUTHORITIES["other"], spanish_company()) == ""


def test_what_is_left_open_is_the_usual_and_nothing_is_guessed_beyond():
    asked = for_authority(a_request(), "")
    assert (asked.authority, asked.language) == ("aepd", "es")
    assert asked.recipient == "Agencia Española de Protección de Datos"
    with pytest.raises(RopaError, match="Say for whom"):
        for_authority(a_request(), "other")
    with pytest.raises(RopaError, match="aepd, ico"):
        for_authority(a_request(), "nobody")


# Contents


@pytest.mark.parametrize(
    ("code", "role", "forms"),
    [
        ("aepd", None, ["AEPD"]),
        ("aepd", Role.PROCESSOR, []),
        ("ico", None, ["ICO-CONTROLLER", "ICO-PROCESSOR"]),
        ("ico", Role.PROCESSOR, ["ICO-PROCESSOR"]),
        ("other", Role.CONTROLLER, []),
    ],
)
def test_a_pack_has_the_forms_of_the_side_that_is_asked_for(code, role, forms):
    packed = files(authority=code, role=role)
    assert begins(packed)[:3] == ["manifest.json", "LETTER-DRAFT", "RAT"]
    assert begins(packed)[3 : 3 + len(forms)] == forms
    assert [name.rpartition(".")[2] for name in packed][3 + len(forms) :][0] == "jsonld"


def test_a_side_without_a_form_is_named_in_manifest_and_letter():
    packed = files(authority="aepd", role=Role.PROCESSOR)
    missing = json.loads(packed["manifest.json"])["missing"]
    assert "A form of the authority: Processor" in [one["what"] for one in missing]
    assert "A form of the authority: Processor: We know of none" in text_of(letter(packed))


def test_a_pdf_that_cannot_be_made_is_named_with_why_and_one_that_can_is_in_it(monkeypatch):
    def refuse(_request):
        raise RopaError("Pango is missing.")

    plain = asking(EXPORTS["json"], media_type="application/pdf", filename=lambda _asked: "r.pdf")
    monkeypatch.setitem(EXPORTS, "pdf", asking(plain, make=refuse))
    packed = files()
    assert "r.pdf" not in packed
    missing = json.loads(packed["manifest.json"])["missing"]
    assert {"what": "The record as PDF", "why": "Pango is missing.", "export": "pdf"} in missing
    assert "Pango is missing." in text_of(letter(packed))
    monkeypatch.setitem(EXPORTS, "pdf", asking(plain, make=lambda _asked: b"%PDF-"))
    packed = files()
    assert packed["r.pdf"] == b"%PDF-"
    assert "r.pdf" in text_of(letter(packed))


def test_no_internal_note_and_nothing_of_the_other_company_is_in_the_letter():
    said = text_of(letter(files(language="en")))
    assert NOTE not in said
    assert "Argentin" not in said


# The letter


def test_the_letter_names_addressee_case_moment_version_and_every_file_with_its_hash():
    packed = files(authority="aepd", recipient="AEPD", case_ref="E/01234/2026")
    said = text_of(letter(packed))
    for text in (
        "To: AEPD",
        "Case number: E/01234/2026",
        "2026-03-31 24:00 Europe/Madrid",
        "14:ab",
    ):
        assert text in said
    manifest = json.loads(packed["manifest.json"])
    for one in manifest["files"]:
        is_letter = one["name"].startswith("LETTER")
        assert (one["sha256"] in said) is not is_letter
        assert (one["name"] in said) is not is_letter


def test_what_nobody_said_is_marked_to_be_written_and_not_invented():
    document = letter(files())
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked[0].startswith("Draft:")
    assert marked[1:] == [
        "[Place and date]",
        "[To]",
        "[Case number]",
        "[Name and position of who signs]",
    ]


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en-GB"), ("es", "es-ES"), ("pt", "pt-BR")]
)
def test_the_letter_is_written_and_read_aloud_in_its_language(language, locale):
    document = letter(files(language=language))
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {locale}
    said = document.core_properties
    assert (said.language, said.author) == (locale, "Faro Ficticio & Cía S.L.")
    assert said.created == said.modified == MADE_AT
    assert said.title


def test_headings_and_the_table_are_told_as_such():
    document = letter(files())
    levels = [one.style.name for one in document.paragraphs if one.style.name.startswith("Head")]
    assert levels[0] == "Heading 1"
    assert set(levels[1:]) == {"Heading 2"}
    (table,) = document.tables
    assert table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_hostile_words_stay_words():
    hostile = "<w:p/>\x00\x0b & “x” \ud800"
    said = text_of(letter(files(recipient=hostile, case_ref="=1+1")))
    assert "<w:p/>" in said
    assert "Case number: =1+1" in said


def test_the_same_request_makes_the_same_bytes_and_another_moment_others():
    request = a_request(authority="ico", role=Role.PROCESSOR)
    make = EXPORTS["pack"].make
    assert make(request) == make(request)
    assert make(request) != make(asking(request, generated_at=MADE_AT.replace(hour=11)))
