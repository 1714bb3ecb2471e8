"""The forms of authorities: their headings word for word, our values under them, nobody else's."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.exports import EXPORTS, ExportRequest
from ropa.exports.scope import in_scope
from ropa.i18n import LANGUAGES
from ropa.operations.seeding import read_reference, read_seed
from ropa.records import (
    Answer,
    Assessment,
    CaliforniaDisclosure,
    DataCategory,
    JointController,
    LegalEntity,
    Recipient,
    Ref,
)
from ropa.register import Register, read_register
from ropa.sheets.authorities import (
    Form,
    aaip,
    aepd,
    anpd,
    apd,
    ccpa,
    cnil,
    cnpd,
    dsk,
    form,
    garante_responsabile,
    garante_titolare,
    ico_controller,
    ico_processor,
    scc,
)
from ropa.vocabulary import (
    AnswerKind,
    CcpaCategory,
    DataKind,
    EngagementRole,
    RecipientKind,
    Role,
)
from tests.builders_exports import (
    MADE_AT,
    NOTE,
    a_register,
    a_registration,
    a_request,
    all_texts,
    an_activity,
    opened,
    payroll,
    platform,
    said,
)
from tests.functional.test_article30 import hostile_records

FORMS: dict[str, Form] = {
    one.name: one
    for one in (
        aepd.FORM,
        ico_controller.FORM,
        ico_processor.FORM,
        cnil.FORM,
        aaip.FORM,
        anpd.FORM,
        ccpa.FORM,
        garante_titolare.FORM,
        garante_responsabile.FORM,
        dsk.FORM,
        apd.FORM,
        cnpd.FORM,
        scc.FORM,
    )
}
UNCOMPARED = {"apd", "ico_processor", "ccpa", "garante_responsabile", "scc_annexes"}
"""Whose headings our sources do not vouch for."""

SEED_DATA = Path(__file__).parents[2] / "seed_data"

HEADINGS = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "headings.toml").read_text(encoding="utf-8")
)


def made(name: str, *more: Any, **asked: Any) -> Any:
    return opened(EXPORTS[name].make(a_request(*more, **asked)))


def rows(workbook: Any, title: str) -> list[dict[str, Any]]:
    headings, *values = workbook[title].values
    return [dict(zip(headings, row, strict=True)) for row in values]


def lines(workbook: Any, title: str) -> dict[str, str]:
    return dict(list(workbook[title].values)[1:])


def of(name: str) -> list[str]:
    """Return the names of the sheets that are the form's own."""
    return [one for one in made(name, language="en").sheetnames if one not in ("Cover", "Legend")]


# Headings


def test_the_catalogue_has_every_form_and_they_are_all_tested():
    assert {name for name, one in EXPORTS.items() if one.authority} == set(FORMS) == set(HEADINGS)


@pytest.mark.parametrize("name", FORMS)
def test_the_headings_are_those_of_the_authority(name: str):
    # Words of ours are lazy, for they are said in three languages; theirs are plain.
    theirs = {
        sheet.key: [one.heading for one in sheet.columns if type(one.heading) is str]
        for sheet in FORMS[name].explained()
    }
    assert theirs == HEADINGS[name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_the_file_has_them_without_a_word_more_in_every_language(name: str, language: str):
    workbook = made(name, language=language)
    found = [str(row[0]) for sheet in workbook for row in sheet.iter_rows(values_only=True)]
    found += [str(cell) for sheet in workbook for cell in next(sheet.values)]
    for headings in HEADINGS[name].values():
        assert [one for one in headings if one not in found] == []


@pytest.mark.parametrize("name", FORMS)
def test_the_legend_says_of_every_heading_what_stands_there(name: str):
    known = {row["Column, word or sign"] for row in rows(made(name), "Legend")}
    for headings in HEADINGS[name].values():
        assert set(headings) <= known


@pytest.mark.parametrize("name", FORMS)
def test_headings_nobody_compared_say_so_on_cover_and_legend(name: str):
    workbook = made(name)
    warned = [str(form.UNVERIFIED) in all_texts([workbook[one]]) for one in ("Cover", "Legend")]
    assert warned == [name in UNCOMPARED] * 2


# Values


def test_the_inventory_is_filled_in_in_the_language_asked_for():
    (row,) = rows(made("aepd", language="es"), "Inventario")
    assert row["Actividad"] == "Nóminas"
    assert row["b) Fines del tratamiento"].startswith("• (1) Pagar los salarios\n• (2) [en]")
    assert row["a) Base jurídica"].endswith("(3) No consta")
    assert "Estados Unidos" in row["f) Transf. Internacional"]
    assert "Faro Ficticio & Cía S.L." in row["i) Entidad responsable"]


def test_a_gap_reads_as_one():
    empty = Register.of(*(one for one in a_register() if isinstance(one, LegalEntity)))
    alone = Register.of(*empty, an_activity())
    (row,) = rows(made("aepd", register=alone), "Inventario")
    gaps = [value for heading, value in row.items() if heading[1:2] == ")"]
    assert gaps[:-1] == ["Not recorded"] * 8


@pytest.mark.parametrize(("language", "gap"), [("es", "No consta"), ("pt", "Não consta")])
def test_a_gap_speaks_the_language_of_the_file(language: str, gap: str):
    (row,) = rows(made("aaip", a_registration(), language=language), "Bases de datos")
    assert row["h) Tiempo de conservación de los datos"] == gap


@pytest.mark.parametrize("name", FORMS)
def test_what_must_be_answered_is_never_blank(name: str):
    workbook = made(name, an_activity("C-02"), a_registration())
    asked = {
        one.heading: one.mandatory
        for sheet in FORMS[name].explained()
        for one in sheet.columns
        if type(one.heading) is str
    }
    for title in of(name):
        for row in rows(workbook, title):
            blank = [one for one, value in row.items() if asked.get(one) and not value]
            assert blank == []


def test_a_form_reads_alone_its_measures_are_described_in_it():
    measure = next(one for one in a_register().measures if one.id == "encryption")
    told = replace(measure, description=said(en="AES-256 on every disk"))
    fiche = lines(made("cnil", told), "Fiche C-01")
    assert fiche["Mesures de sécurité"] == "• Encryption at rest: AES-256 on every disk"
    for name in FORMS:
        means = [str(row["What it means"]) for row in rows(made(name), "Legend")]
        assert [one for one in means if "retention sheet" in one or "see the" in one] == []


def test_the_british_template_knows_what_was_assessed_and_agreed():
    (row,) = rows(made("ico_controller"), "Template")
    assert row["Data Protection Impact Assessment required?"] == "No"
    assert row["Link to contract with processor"] == "• Nube Ficticia Ltd (Nube): Countersigned"
    assert row["Has a personal data breach occurred?"] is None


def test_a_reference_with_a_colon_in_it_is_told_whole():
    some = (one for one in a_request().register if isinstance(one, Assessment))
    weighed = next(one for one in some if one.ref == "DPIA-01")
    content = made("ico_controller", replace(weighed, ref="EIPD: 2026/1"))
    (row,) = rows(content, "Template")
    assert row["Data Protection Impact Assessment progress"].startswith("• EIPD: 2026/1: ")


def test_the_contact_block_has_a_row_for_each_office():
    found = rows(made("ico_controller"), "Contact details")
    assert [row["Contact details"] for row in found] == [
        "Controller",
        "Data protection officer",
        "Representative",
    ]
    assert found[0]["Telephone"] == "Not recorded"
    assert found[1]["Email"] == "dpo@faro.example"
    assert found[2]["Name"].startswith("Does not apply")


def test_a_processors_form_names_the_controllers_with_contact_details():
    (row,) = rows(made("ico_processor"), "Template")
    who = row["Name and contact details of controller"]
    assert "Cliente Ficticio S.A.\nPlaza Inventada 2, Madrid" in who
    assert "notices@" not in who


def test_a_fiche_is_one_sheet_for_each_activity():
    workbook = made("cnil", an_activity("C-02"))
    assert [one for one in workbook.sheetnames if one.startswith("Fiche")] == [
        "Fiche C-01",
        "Fiche C-02",
    ]
    assert [row["Activité"] for row in rows(workbook, "Registre")] == ["C-01", "C-02"]
    fiche = lines(workbook, "Fiche C-01")
    assert fiche["Objectifs poursuivis"].startswith("• (1) To pay wages")
    assert fiche["Des données sensibles sont-elles traitées ?"].startswith("Yes\n• Union")
    assert None not in fiche.values()


def test_too_many_activities_for_a_sheet_each_share_one(monkeypatch):
    monkeypatch.setattr(form, "MOST_SHEETS", 1)
    workbook = made("cnil", an_activity("C-02"))
    assert "Fiche C-01" not in workbook.sheetnames
    assert {row["Reference"] for row in rows(workbook, "Fiche")} == {"C-01", "C-02"}


def test_without_activities_there_is_a_fiche_that_says_so():
    alone = Register.of(*(one for one in a_register() if isinstance(one, LegalEntity)))
    assert made("dsk", register=alone)["Blatt"]["A2"].value == "No entry"


def some_recipients() -> tuple[Recipient, ...]:
    kinds = (RecipientKind.INTERNAL, RecipientKind.PROCESSOR, RecipientKind.AUTHORITY, None)
    return tuple(
        Recipient(id=str(place), name=said(en=f"Recipient {place}"), kind=kind)
        for place, kind in enumerate(kinds)
    )


def test_recipients_stand_where_they_belong():
    activity = an_activity("C-02", recipients=some_recipients(), engagements=(Ref("hosting"),))
    fiche = lines(made("cnil", activity), "Fiche C-02")
    found = [fiche[one] for one in fiche if one.startswith("Catégories de destinataires")]
    inside, outside, processors = found
    assert inside == "• Recipient 0 (Internal)"
    assert outside == "• Recipient 2 (Public authority)\n• Recipient 3"
    assert processors.split("\n") == [
        "• Nube Ficticia Ltd (Nube): Hosting",
        "• Recipient 1 (Processor)",
    ]


@pytest.mark.parametrize(
    ("answers", "said_so"),
    [
        ((), "Not recorded"),
        ((Answer(question="transfers", kind=AnswerKind.NONE),), dsk.NO_TRANSFER),
    ],
)
def test_the_german_sheet_takes_one_of_its_two_sentences(answers, said_so: str):
    workbook = made("dsk", an_activity("C-02", answers=answers))
    assert lines(workbook, "Blatt C-02")["Übermittlung"] == said_so
    assert lines(workbook, "Blatt C-01")["Übermittlung"].startswith(f"{dsk.TRANSFER}:\n• United")


def test_joint_controllers_stand_on_the_front_sheet_or_what_all_say_instead():
    none = (Answer(question="joint_controllers", kind=AnswerKind.NONE),)
    joint = (JointController(id="j", name="Socio Ficticio S.L.", contact="Plaza 3"),)

    def named(**more: Any) -> list[Any]:
        workbook = made("dsk", payroll(**more))
        return [row["Name"] for row in rows(workbook, "Vorblatt") if "gemeinsam" in row["Vorblatt"]]

    assert named() == ["Not recorded"]
    assert named(answers=none) == ["None"]
    assert named(joint_controllers=joint) == ["Socio Ficticio S.L."]


def test_a_database_shows_the_gap_inside_a_letter():
    (row,) = rows(made("aaip", a_registration()), "Bases de datos")
    letter = row["c) Naturaleza de los datos personales contenidos en cada archivo"]
    assert "Names and accounts" in letter
    assert "c) Sensitive data declared:\nNot recorded" in letter


def test_the_brazilian_record_has_both_sides():
    found = rows(made("anpd", language="pt"), "Registro")
    assert len(found) == 2
    assert "Hosting" in found[1]["Processo, finalidade e hipótese legal"]
    only = rows(made("anpd", role=Role.PROCESSOR), "Registro")
    assert [row["Reference"] for row in only] == ["P-01"]


def a_notice(**more: Any) -> CaliforniaDisclosure:
    plain = CaliforniaDisclosure(
        id="ccpa", entity=Ref("es"), category=CcpaCategory.G, label=said(en="Where you are")
    )
    return replace(plain, **more)


def test_the_californian_lists_show_all_twelve_categories():
    notice = a_notice(collected=True, sold=False, shared=True, starts_on=date(2025, 1, 1))
    theirs = a_notice(id="other", entity=Ref("ar"), category=CcpaCategory.A, collected=True)
    workbook = made("ccpa", notice, theirs)
    collected = {row["Category"]: row for row in rows(workbook, "Collected")}
    assert len(collected) == 12
    assert collected["(G) Geolocation data"]["Collected"] == "Yes"
    assert collected["(A) Identifiers"]["Collected"] == "Not recorded"
    row = rows(workbook, "Sold or shared")[6]
    assert (row["Sold"], row["Shared"]) == ("No", "Yes")
    assert row["Look-back window start"] == datetime(2025, 1, 1)  # noqa: DTZ001  # as Excel says it


def test_only_a_form_that_asks_for_them_has_californian_notices_in_its_scope():
    register = a_register(a_notice())
    company = register.find(LegalEntity, "es")
    assert company is not None
    assert in_scope(register, company).current(CaliforniaDisclosure) == ()
    wider = in_scope(register, company, also=(CaliforniaDisclosure,))
    assert len(wider.current(CaliforniaDisclosure)) == 1


def test_the_annexes_describe_transfers_under_the_clauses_and_sub_processors():
    hosting = next(one for one in a_register().engagements if one.id == "hosting")
    sub = replace(hosting, id="sub", role=EngagementRole.SUBPROCESSOR, purpose=said(en="Storage"))
    workbook = made("scc_annexes", sub, replace(platform(), engagements=(Ref("sub"),)))
    (transfer,) = rows(workbook, "Annex I.B")
    assert transfer["Categories of data subjects"] == "• Employees"
    assert transfer["Frequency"] == "Not recorded"
    (third,) = rows(workbook, "Annex III, Annex IV")
    assert third["Name"] == "Nube Ficticia Ltd (Nube)"
    assert third["Description of the processing"] == "Storage"


def test_the_belgian_workbook_ends_with_what_art_30_asks_besides():
    (row,) = rows(made("apd"), "Register")
    assert row["Security measures"] == "• Encryption at rest"
    assert row["Risk"] is None
    assert rows(made("apd"), "Controller")[0]["KBO/BCE Number"] is None


def test_ordinary_data_are_said_to_be_so():
    union = DataCategory(id="union", code="union", name=said(en="Union"), kind=DataKind.ORDINARY)
    (transfer,) = rows(made("scc_annexes", union), "Annex I.B")
    assert transfer["Sensitive data"] == "No"


# What may leave


@pytest.mark.parametrize("name", FORMS)
def test_nothing_of_another_company_and_no_note_is_in_it(name: str):
    texts = all_texts(made(name, a_registration()))
    for secret in ("Argentine secret", "Argentine customer", "T-99", "ar-measure", NOTE):
        assert secret not in texts


@pytest.mark.parametrize(
    ("name", "role"),
    [(name, role) for name, one in FORMS.items() for role in Role if one.side not in (None, role)],
)
def test_a_form_of_one_side_refuses_the_other(name: str, role: Role):
    with pytest.raises(RopaError, match="other side"):
        EXPORTS[name].make(a_request(role=role))


@pytest.mark.parametrize("name", FORMS)
def test_the_file_is_named_after_the_form(name: str):
    expected = f"{name.upper().replace('_', '-')}_FARO-FICTICIO_2026-03-31_en_v14.xlsx"
    assert EXPORTS[name].filename(a_request()) == expected


# The file


@pytest.mark.parametrize("name", FORMS)
def test_the_same_request_makes_the_same_bytes(name: str):
    assert EXPORTS[name].make(a_request()) == EXPORTS[name].make(a_request())


@pytest.mark.parametrize("name", ["aepd", "cnil", "ccpa"])
def test_libreoffice_opens_it(name: str, tmp_path: Path, to_pdf: Callable[[Path], Path]):
    file = tmp_path / f"{name}.xlsx"
    file.write_bytes(EXPORTS[name].make(a_request(a_notice())))
    assert to_pdf(file).read_bytes().startswith(b"%PDF")


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=hostile_records(), language=st.sampled_from(LANGUAGES))
def test_no_text_in_any_field_breaks_a_form_or_becomes_a_formula(records, language):
    for name in FORMS:
        data = EXPORTS[name].make(a_request(*records, language=language))
        with ZipFile(BytesIO(data)) as archive:
            for part in archive.namelist():
                expat.ParserCreate().Parse(archive.read(part), True)  # noqa: FBT003
        for sheet in opened(data):
            for row in sheet.iter_rows():
                assert all(cell.data_type in ("s", "n", "d") for cell in row)


@pytest.fixture
def read_twice(seeded: str) -> list[Register]:
    """The seed read from a database, and from its files, with the same head."""
    engine = create_engine(seeded)
    with Session(engine) as session:
        kept = read_register(session)
    engine.dispose()
    files = Register.of(*read_reference(SEED_DATA), *read_seed(SEED_DATA))
    return [kept, Register(records=files.records, head=kept.head)]


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_seed_makes_the_same_bytes_from_either_database(
    read_twice: list[Register], language: str
):
    for entity in read_twice[0].entities:
        for name in FORMS:
            first, second = (
                EXPORTS[name].make(
                    ExportRequest(
                        register=one, entity=entity, generated_at=MADE_AT, language=language
                    )
                )
                for one in read_twice
            )
            assert first == second, (name, entity.slug)
            assert len(opened(first).sheetnames) > 2
