"""The record of processing activities as it is handed over: opened and judged from outside."""

import datetime as dt
import html
import re
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.exports import EXPORTS
from ropa.exports.opening import must_open
from ropa.exports.streaming import MOST_LINES, lines_of
from ropa.i18n import LANGUAGES
from ropa.records import (
    Answer,
    Appointment,
    Assessment,
    CaliforniaDisclosure,
    Customer,
    Measure,
    Part,
    Purpose,
    Recipient,
    Record,
    Ref,
    TextNote,
    Vendor,
)
from ropa.records.fields import Kind, fields_of
from ropa.register import Register
from ropa.sheets import ARTICLE_30
from ropa.vocabulary import (
    AnswerKind,
    AppointmentKind,
    BrazilianBasis,
    CcpaCategory,
    Jurisdiction,
    LawfulBasis,
    Role,
)
from tests.builders_exports import (
    HEAD,
    NOTE,
    SPANISH,
    a_register,
    a_registration,
    a_request,
    all_texts,
    an_activity,
    an_export,
    argentine_company,
    catalogues,
    opened,
    payroll,
    platform,
    said,
    spanish_company,
    table,
)

PAYLOADS = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    '+IMPORTXML("http://example.org","//a")',
    "@-=1",
    "=",
    "{=1+1}",
)
"""Twelve texts that some spreadsheet would compute, or be fooled by."""

DATA_SHEETS = (
    "Controller 30(1)",
    "Processor 30(2)",
    "Controllers served",
    "Recipients and vendors",
    "Transfers",
    "Retention",
    "Security measures",
    "Assessments",
)


@pytest.fixture(scope="module")
def workbook():
    return opened(an_export())


@pytest.fixture(scope="module")
def parts():
    with ZipFile(BytesIO(an_export())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def cover(workbook) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, value in list(workbook["Cover"].values)[1:]:
        found.setdefault(label, value)
    return found


# What it says, cell by cell


def test_the_sheets_are_those_of_the_record(workbook):
    assert workbook.sheetnames == ["Cover", "Legend", *DATA_SHEETS]


def test_the_cover_says_whose_record_this_is_and_as_of_when(workbook):
    assert workbook["Cover"]["A1"].value == (
        "Record of processing activities: Faro Ficticio & Cía S.L."
    )
    lines = cover(workbook)
    assert lines["Legal name"] == "Faro Ficticio & Cía S.L."
    assert lines["Phone"] == "Not recorded"
    assert lines["Data protection officer"] == "DPO\ndpo@faro.example"
    assert lines["As of"] == "2026-03-31 24:00 Europe/Madrid"
    assert lines["As of, in universal time"] == "2026-03-31 22:00:00 UTC"
    assert lines["Made at"] == "2026-04-10 09:30:00 UTC"
    assert lines["Version of the register"] == "14"
    assert lines["Head of the chain"] == str(HEAD)
    assert lines["Activities as controller"] == "1"
    assert lines["Controllers served"] == "1"
    assert re.fullmatch(r"[0-9a-f]{64}", lines["SHA-256 of the content"])
    assert f"ropa verify --anchor {HEAD}" in lines["Where the register is kept"]


def test_the_cover_opens_every_sheet(workbook):
    sheet = workbook["Cover"]
    links = {cell.value: cell.hyperlink for (cell, *_) in sheet.iter_rows() if cell.hyperlink}
    assert list(links) == ["Legend", *DATA_SHEETS]
    for title, link in links.items():
        assert link.location == f"'{title}'!A1"
        assert link.target is None  # nothing outside the file


def test_the_controllers_row_holds_the_whole_activity(workbook):
    (row,) = table(workbook, "Controller 30(1)")
    assert row["Reference"] == "C-01"
    assert row["Activity"] == "Payroll"
    assert row["Controller"].startswith("Faro Ficticio & Cía S.L.\nFARO\nCalle de la Prueba 1")
    assert row["Joint controllers"] == "Not recorded"
    assert row["Categories of data subjects"] == "• Employees"
    assert row["Categories of personal data"] == "• Bank details\n• Union membership: only dues"
    assert row["Recipients"] == "• Tax authority (Public authority, Spain (ES))"
    assert row["Processors, by engagement"] == "• Nube Ficticia Ltd (Nube): Hosting"
    assert row["Third countries or international organisations"] == "• United States (US)"
    assert row["Security measures"] == "• Encryption at rest"
    assert row["Automated decisions"] == "No"
    assert row["Started on"] == dt.datetime(2020, 2, 29)  # noqa: DTZ001  # a true date, no zone
    assert row["Assessments"].startswith("• DPIA-01: Data protection impact assessment")


def test_the_processors_row_names_its_controllers(workbook):
    (row,) = table(workbook, "Processor 30(2)")
    assert (row["Reference"], row["Controllers on whose behalf we act"]) == (
        "P-01",
        "• Cliente Ficticio S.A.",
    )


def test_nothing_of_another_company_and_no_note_is_in_it(parts):
    whole = "".join(parts.values())
    nouns = ("secret", "vendor", "purpose", "transfer", "measure", "customer")
    others = [f"Argentine {noun}" for noun in nouns]
    for secret in (NOTE, *others, "T-99", "Secret Person", "notices@cliente.example"):
        assert secret not in whole


def test_a_role_leaves_out_the_other_side():
    sheets = opened(an_export(role=Role.CONTROLLER)).sheetnames
    assert "Controller 30(1)" in sheets
    assert not {"Processor 30(2)", "Controllers served"} & set(sheets)
    workbook = opened(an_export(role=Role.PROCESSOR))
    assert "Controller 30(1)" not in workbook.sheetnames
    assert "C-01" not in all_texts(workbook)


def test_a_company_without_anything_recorded_gets_a_whole_workbook():
    workbook = opened(an_export(register=Register.of(spanish_company())))
    for title in DATA_SHEETS:
        assert workbook[title]["A2"].value == "No entry"
    assert cover(workbook)["Head of the chain"] == "Not recorded"
    assert cover(workbook)["Retention"] == "Rows: 0"


# Answers instead of values, on the cover


def answered(question: str, because: str) -> Answer:
    return Answer(question=question, kind=AnswerKind.NOT_APPLICABLE, because=because)


def test_the_cover_says_why_a_value_does_not_apply():
    company = spanish_company(
        identifiers=(),
        appointments=(),
        supervisory_authority="",
        answers=(
            answered("identifiers", "the company is being founded"),
            answered("appointments", "Art. 37 does not ask for an officer"),
            answered("supervisory_authority", "it is settled with the seat"),
        ),
    )
    lines = cover(opened(an_export(company)))
    assert lines["National numbers"] == "Does not apply: because the company is being founded"
    assert lines["Data protection officer"].endswith("because Art. 37 does not ask for an officer")
    assert lines["Supervisory authority"].endswith("because it is settled with the seat")
    assert lines["Representative"].startswith("Does not apply: the company is established in")


def test_the_cover_shows_that_numbers_are_missing():
    lines = cover(opened(an_export(spanish_company(identifiers=()))))
    assert lines["National numbers"] == "Not recorded"
    assert "National numbers" not in cover(opened(an_export()))


def test_the_cover_says_what_the_duties_of_the_company_hang_on():
    company = spanish_company(
        headcount=40,
        relies_on_exemption=False,
        public_body=True,
        inventory_url="https://faro.example/rat",
        appointments=(
            Appointment(id="d", name="Ruth", notified_on=dt.date(2021, 5, 4)),
            Appointment(id="r", kind=AppointmentKind.RIGHTS_CONTACT, email="rights@faro.example"),
        ),
    )
    lines = cover(opened(an_export(company)))
    assert lines["Headcount (GDPR Art. 30(5))"] == "40"
    assert lines["Relies on the exemption for small companies (GDPR Art. 30(5))"] == "No"
    assert lines["Public body (LOPDGDD 77.1)"] == "Yes"
    assert lines["Address of the public inventory (LOPDGDD 31.2)"] == "https://faro.example/rat"
    assert lines["Officer notified to the authority on"] == "2021-05-04"
    assert lines["Contact for people's rights"] == "rights@faro.example"
    assert not any(label and label.startswith("Under the GDPR although") for label in lines)


def test_a_note_on_a_published_text_does_not_leave_the_house():
    company = spanish_company(text_notes=(TextNote(id="n", text="wrong-article-cited"),))
    assert "wrong-article-cited" not in all_texts(opened(an_export(company)))


# Argentine registrations


def test_a_company_that_registers_nothing_in_argentina_has_no_such_sheet(workbook):
    assert "AR registrations" not in workbook.sheetnames


def test_an_argentine_company_has_the_sheet_and_it_says_when_it_is_empty():
    own = argentine_company()
    workbook = opened(an_export(own, entity="ar"))
    assert workbook.sheetnames[-1] == "AR registrations"
    assert workbook["AR registrations"]["A2"].value == "No entry"
    assert cover(workbook)["AR registrations"] == "Rows: 0"
    processor = opened(an_export(own, entity="ar", role=Role.PROCESSOR))
    assert "AR registrations" not in processor.sheetnames


def the_registration(**more: Any) -> dict[str, Any]:
    (row,) = table(opened(an_export(a_registration(**more))), "AR registrations")
    return row


def test_a_registration_has_a_row_with_what_was_declared():
    row = the_registration()
    assert row["Registration number"] == "RL-2020-33258012-APN-DNPDP#AAIP"
    assert row["Database purpose"] == "To pay wages in Argentina"
    assert row["c) Nature of the data declared"] == "Names and accounts"
    assert row["c) Categories of data declared"] == "• Bank details"
    assert row["Activities"] == "C-01"
    assert row["The two addresses agree"] is None


def test_a_registration_says_whether_the_published_address_is_the_official_one():
    official = a_registration().official_url
    assert the_registration(published_url=official)["The two addresses agree"] == "Yes"
    row = the_registration(published_url=official.replace("--", "–"))
    assert row["Official check address"] == official
    assert row["The two addresses agree"] == "No"


def test_a_registration_without_a_number_shows_the_gap():
    assert the_registration(rl_number="")["Registration number"] == "Not recorded"


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Inscripciones AR"), ("pt", "Inscrições AR")]
)
def test_the_new_sheets_speak_the_language_of_the_workbook(language, title):
    workbook = opened(an_export(a_registration(), language=language))
    assert workbook.sheetnames[-1] == title
    assert "not recorded" not in all_texts(workbook).casefold()


# California and Brazil


def test_a_company_with_nothing_to_do_there_has_no_sheet_of_california_or_brazil(workbook):
    assert not {"US California, 12 months", "BR LGPD record"} & set(workbook.sheetnames)


def a_disclosure(**more: Any) -> CaliforniaDisclosure:
    plain = CaliforniaDisclosure(
        id="ca",
        entity=Ref("es"),
        category=CcpaCategory.A,
        label=said(en="Contact details"),
        collected=True,
        sold=False,
        updated_on=dt.date(2026, 1, 5),
    )
    return replace(plain, **more)


def test_california_has_a_row_for_every_category_of_the_statute():
    theirs = a_disclosure(id="theirs", entity=Ref("ar"), label=said(en="Argentine label"))
    workbook = opened(an_export(a_disclosure(), theirs))
    rows = table(workbook, "US California, 12 months")
    assert len(rows) == len(CcpaCategory)
    assert rows[0]["Category"].startswith("(A) ")
    assert rows[0]["Name in the notice"] == "Contact details"
    assert (rows[0]["Collected"], rows[0]["Sold"], rows[0]["Shared"]) == (
        "Yes",
        "No",
        "Not recorded",
    )
    assert rows[0]["Notice last updated on"] == dt.datetime(2026, 1, 5)  # noqa: DTZ001
    assert rows[1]["Collected"] == "Not recorded"
    assert "Argentine label" not in all_texts(workbook)
    assert not any("●" in str(cell.value) for cell in workbook["US California, 12 months"][1])


def test_california_is_looked_for_where_an_activity_is_under_its_law_and_not_at_a_processor():
    governed = payroll(jurisdictions=(Jurisdiction.US_CA,))
    rows = table(opened(an_export(governed)), "US California, 12 months")
    assert {row["Collected"] for row in rows} == {"Not recorded"}
    names = opened(an_export(a_disclosure(), role=Role.PROCESSOR)).sheetnames
    assert "US California, 12 months" not in names


def test_brazil_has_each_activity_under_its_law_with_the_hypothesis_of_each_purpose():
    governed = an_activity(
        "C-02",
        jurisdictions=(Jurisdiction.GDPR, Jurisdiction.BR),
        purposes=(
            Purpose(id="p", text=said(en="To sell"), br_basis=BrazilianBasis.CONTRACT),
            Purpose(id="q", text=said(en="To advertise"), basis=LawfulBasis.CONSENT),
        ),
        measures=(Ref("encryption"),),
    )
    workbook = opened(an_export(governed))
    (row,) = table(workbook, "BR LGPD record")
    assert row["Reference"] == "C-02"
    assert row["Process and purpose"] == "• (1) To sell\n• (2) To advertise"
    basis = f"{BrazilianBasis.CONTRACT.label} ({BrazilianBasis.CONTRACT.citation})"
    assert row["Legal hypothesis of each purpose"] == f"• (1) {basis}\n• (2) Not recorded"
    assert row["Contact of the agent"].startswith("Faro Ficticio & Cía S.L.")
    assert row["Time kept"] == "Not recorded"
    headings = [cell.value for cell in workbook["BR LGPD record"][1]]
    assert "Legal hypothesis of each purpose (LGPD art. 7, 11)" in headings


def test_a_brazilian_company_needs_not_say_of_each_activity_whose_law_governs_it():
    own = spanish_company(country="BR")
    rows = table(opened(an_export(own)), "BR LGPD record")
    assert [row["Reference"] for row in rows] == ["C-01", "P-01"]
    said_of = {row["Reference"]: row for row in rows}
    assert said_of["P-01"]["Process and purpose"] == "• Hosting"
    assert said_of["P-01"]["Legal hypothesis of each purpose"] == (
        "Does not apply: the controller chooses it"
    )


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("es", {"California (EE. UU.), 12 meses", "Registro LGPD BR"}),
        ("pt", {"Califórnia (EUA), 12 meses", "Registro LGPD BR"}),
    ],
)
def test_california_and_brazil_speak_the_language_of_the_workbook(language, titles):
    governed = payroll(jurisdictions=(Jurisdiction.US_CA, Jurisdiction.BR))
    workbook = opened(an_export(governed, language=language))
    assert titles <= set(workbook.sheetnames)
    assert "not recorded" not in all_texts(workbook).casefold()


# Assessments


def test_an_assessment_has_a_row_with_what_leans_on_it(workbook):
    rows = {row["Reference"]: row for row in table(workbook, "Assessments")}
    assert rows["DPIA-01"]["Activities"] == "C-01"
    assert rows["DPIA-01"]["Result"] == "Not required"
    assert rows["DPIA-01"]["Decided on"] == dt.datetime(2025, 9, 1)  # noqa: DTZ001
    assert rows["TIA-01"]["Transfers"] == "T-01"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mandatory_cell_is_never_blank(language):
    bare = (an_activity("C-02"), an_activity("P-02", role=Role.PROCESSOR))
    workbook = opened(an_export(*bare, language=language))
    for sheet in workbook.worksheets[2 : 2 + len(ARTICLE_30)]:
        headings, *rows = sheet.values
        asked = [place for place, heading in enumerate(headings) if heading.startswith("●")]
        assert asked
        assert all(row[place] not in (None, "") for row in rows for place in asked)


def test_the_workbook_speaks_its_own_language(tmp_path):
    with catalogues(tmp_path, {"es": SPANISH}):
        workbook = opened(an_export(language="es"))
    assert workbook.properties.language == "es"
    assert workbook.sheetnames[0] == "Portada"
    (row,) = table(workbook, "Responsable 30.1")
    assert row["Activity"] == "Nóminas"
    assert row["Fines"].startswith("• (1) Pagar los salarios\n• (2) [en] To pay taxes on wages")
    assert row["Joint controllers"] == "No consta"
    assert "1 año y 6 meses" in row["Time limits for erasure"]


# What programs and printers need


def test_every_table_covers_its_sheet_and_its_columns_are_the_headings(workbook):
    names = []
    for sheet in workbook.worksheets[1:]:
        (found,) = sheet.tables.values()
        names.append(found.displayName)
        assert found.ref == sheet.dimensions == found.autoFilter.ref
        headings = [cell.value for cell in sheet[1]]
        assert [column.name for column in found.tableColumns] == headings
        assert all(isinstance(heading, str) for heading in headings)
        assert len({heading.casefold() for heading in headings}) == len(headings)
    assert len(set(names)) == len(names)


def test_headings_stay_in_sight_and_on_every_page(workbook):
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "C2"
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_footer_names_company_moment_page_and_hash(parts):
    footer = re.search("<oddFooter>(.*?)</oddFooter>", parts["xl/worksheets/sheet3.xml"])
    assert footer is not None
    said = html.unescape(footer[1])
    assert "Faro Ficticio && Cía S.L. · 2026-03-31 24:00 Europe/Madrid" in said
    assert "Page &P of &N" in said
    assert "SHA-256 " in said


def test_no_cell_is_merged_no_formula_no_macro_nothing_outside(parts):
    for name, part in parts.items():
        assert not name.startswith(("xl/vba", "xl/externalLinks"))
        assert 'TargetMode="External"' not in part
        if name.startswith("xl/worksheets/sheet"):
            assert "<f>" not in part
            assert "<mergeCell" not in part


def test_nothing_is_hidden_or_locked(workbook):
    for sheet in workbook:
        assert sheet.sheet_state == "visible"
        assert not sheet.protection.sheet
        assert not any(one.hidden for one in sheet.row_dimensions.values())
        assert not any(one.hidden for one in sheet.column_dimensions.values())


def test_text_wraps_at_the_top_in_one_readable_face(workbook):
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.font.name == "Arial"
                    assert cell.font.sz >= 10
                    assert cell.alignment.vertical == "top"
                    assert cell.alignment.wrap_text or cell.coordinate == "A1"


def _brightness(colour: str) -> float:
    parts = (int(colour[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_written_words_stand_out_from_what_is_behind_them(workbook):
    for sheet in workbook:
        ground = "D9D9D9" if sheet.tables else "FFFFFF"  # the darker stripe of the table, or paper
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                filled = cell.fill.fill_type == "solid"
                behind = _brightness(cell.fill.fgColor.rgb if filled else ground)
                ink = _brightness(cell.font.color.rgb)
                high, low = max(ink, behind), min(ink, behind)
                assert (high + 0.05) / (low + 0.05) >= 4.5, (sheet.title, cell.coordinate)


def test_tall_rows_are_given_their_height_up_to_the_most_a_row_can_have():
    many = tuple(Recipient(id=str(at), name=said(en=f"Recipient {at}")) for at in range(200))
    sheet = opened(an_export(an_activity("C-02", recipients=many)))["Controller 30(1)"]
    assert sheet.row_dimensions[2].height > 60
    assert sheet.row_dimensions[3].height <= 409


def test_the_file_names_no_person(workbook):
    properties = workbook.properties
    assert properties.creator == "Faro Ficticio & Cía S.L."
    assert properties.lastModifiedBy is None
    assert properties.title.startswith("Record of processing activities")
    assert properties.subject == "GDPR Art. 30, as of 2026-03-31 24:00 Europe/Madrid"
    assert properties.modified == properties.created


# Bytes


def test_the_same_request_makes_the_same_bytes(monkeypatch):
    first = an_export()
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert an_export() == first


def test_nothing_in_the_file_tells_the_time_but_the_time_it_was_told(parts):
    with ZipFile(BytesIO(an_export())) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    times = set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", parts["docProps/core.xml"]))
    assert times == {"2026-04-10T09:30:00Z"}


def test_the_name_of_the_file_says_company_day_language_side_and_version():
    name = EXPORTS["article30"].filename
    assert name(a_request()) == "RAT_FARO-FICTICIO_2026-03-31_en_v14.xlsx"
    assert name(a_request(language="pt", role=Role.PROCESSOR)) == (
        "RAT_FARO-FICTICIO_2026-03-31_pt_processor_v14.xlsx"
    )


def test_the_catalogue_knows_each_export_by_its_name():
    for name, export in EXPORTS.items():
        assert export.name == name
        assert str(export.title)


def test_a_language_the_register_does_not_speak_is_refused():
    with pytest.raises(RopaError, match="“fr” is not a language of the register"):
        an_export(language="fr")


# Hostile text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_that_looks_like_a_formula_stays_text(payload):
    vendor = replace(
        next(one for one in a_register().vendors if one.id == "vendor"),
        name=payload,
        legal_name=payload,
        address=payload,
    )
    sheet = opened(an_export(vendor, payroll(owner=payload)))["Controller 30(1)"]
    cells = [cell for cell in sheet[2] if cell.value == payload.replace("\r", "\n")]
    assert cells
    for cell in cells:
        assert cell.data_type == "s"
        assert cell.quotePrefix == payload.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\x1f", "\ud83d", "\ufffe", "\uffff", "\u202e", "\u2066"]
)
def test_a_sign_that_would_break_or_deceive_becomes_one_that_does_not(sign):
    workbook = opened(an_export(payroll(owner=f"a{sign}b")))
    (row,) = table(workbook, "Controller 30(1)")
    assert row["Owner"] == "a\ufffdb"


def test_a_text_too_long_for_a_cell_goes_on_in_the_notes():
    text = " ".join(f"word{number}" for number in range(5000))
    assert len(text) > 40_000
    purpose = Purpose(id="p", text=said(en=text))
    workbook = opened(an_export(an_activity("C-02", purposes=(purpose,))))
    row = table(workbook, "Controller 30(1)")[1]
    held, marker = row["Purposes"].split("\n▸ ")
    assert len(row["Purposes"]) <= 32_767
    assert marker == "goes on in the sheet “Notes”, row 2"
    notes = [one for one in table(workbook, "Notes") if "Purposes" in one["Column"]]
    assert {(one["Sheet"], one["Row"]) for one in notes} == {("Controller 30(1)", "C-02")}
    assert held + "".join(one["The text goes on"] for one in notes) == f"• {text}"


def test_each_marker_names_the_row_where_its_text_goes_on():
    long = "y" * 33_000
    workbook = opened(an_export(payroll(owner=long), platform(owner="z" * 33_000)))
    notes = list(workbook["Notes"].values)
    for title, letter in (("Controller 30(1)", "y"), ("Processor 30(2)", "z")):
        (row,) = table(workbook, title)
        number = int(row["Owner"].rsplit("row ", 1)[1])
        assert set(notes[number - 1][3]) == {letter}


def test_text_that_fits_needs_no_notes(workbook):
    assert "Notes" not in workbook.sheetnames


def test_no_row_of_any_sheet_is_higher_than_what_it_shows():
    """A row is at most 409 points high; what stands below is seen on no screen and no paper."""
    many = tuple(Recipient(id=str(at), name=said(en=f"R{at:03} " * 9)) for at in range(90))
    text = "\n".join(f"{number}. a line of a purpose " * 4 for number in range(200))
    purpose = Purpose(id="p", text=said(en=text))
    workbook = opened(
        an_export(
            spanish_company(address="A street\n" * 60),
            an_activity("C-02\n" * 40, recipients=many, purposes=(purpose,)),
        )
    )
    for sheet in workbook:
        widths = {letter: one.width for letter, one in sheet.column_dimensions.items()}
        for cell in (cell for row in sheet for cell in row if isinstance(cell.value, str)):
            assert lines_of(cell.value, int(widths[cell.column_letter])) <= MOST_LINES
    rest = [one["The text goes on"] for one in table(workbook, "Notes")]
    assert "199. a line of a purpose" in "".join(rest)
    assert "R089" in "".join(rest)


def test_a_list_of_more_lines_than_a_cell_holds_goes_on_in_the_notes():
    many = tuple(Recipient(id=str(at), name=said(en=f"R{at:03}")) for at in range(400))
    workbook = opened(an_export(an_activity("C-02", recipients=many)))
    row = table(workbook, "Controller 30(1)")[1]
    assert row["Recipients"].count("\n") <= 253
    rest = "".join(one["The text goes on"] for one in table(workbook, "Notes"))
    assert "• R399" in rest


def test_a_file_that_would_not_open_is_not_handed_out():
    broken = BytesIO()
    with ZipFile(BytesIO(an_export())) as whole, ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            part = whole.read(name)
            archive.writestr(name, part.replace(b"Payroll", b"Pay\x00roll"))
    with pytest.raises(RopaError, match="could not be opened again and was not handed out"):
        must_open(broken.getvalue())


def test_a_file_that_holds_a_formula_is_not_handed_out():
    computing = BytesIO()
    with ZipFile(BytesIO(an_export())) as whole, ZipFile(computing, "w") as archive:
        for name in whole.namelist():
            part = whole.read(name)
            archive.writestr(name, part.replace(b"</row>", b'<c r="ZZ1"><f>1+1</f></c></row>', 1))
    with pytest.raises(RopaError, match="was not handed out"):
        must_open(computing.getvalue())


HOSTILE = st.one_of(
    st.sampled_from(PAYLOADS),
    st.text(st.characters(codec=None), max_size=40),
    st.sampled_from(
        ["\x00", "\ud800", "\ufffe", "\u202e", "_x0000_", "]]>", "<f>", "&", "a" * 300]
    ),
)


def with_hostile_texts(draw: Any, row: Record | Part) -> Any:
    """Return a record or a row with a hostile text in every field that holds text."""
    changed: dict[str, Any] = {}
    for field in fields_of(type(row)):
        if field.kind is Kind.TEXT:
            changed[field.name] = draw(HOSTILE)
        elif field.kind is Kind.LOCALISED:
            changed[field.name] = said(en=draw(HOSTILE), es=draw(HOSTILE))
        elif field.kind is Kind.TEXTS:
            changed[field.name] = (draw(HOSTILE),)
        elif field.kind is Kind.PARTS:
            some = getattr(row, field.name)
            changed[field.name] = tuple(with_hostile_texts(draw, one) for one in some)
    return replace(row, **changed)


@st.composite
def hostile_records(draw):
    register = a_register()
    kinds = (Vendor, Customer, Measure, Assessment)
    some = [one for one in register if isinstance(one, kinds)]
    chosen: list[Record] = [payroll(), platform(), spanish_company(), a_registration(), *some]
    return [with_hostile_texts(draw, one) for one in chosen]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=hostile_records(), language=st.sampled_from(LANGUAGES))
def test_no_text_in_any_field_breaks_the_file_or_becomes_a_formula(records, language):
    data = an_export(*records, language=language)
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            expat.ParserCreate().Parse(archive.read(name), True)  # noqa: FBT003
    for sheet in opened(data):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "d") for cell in row)


def test_an_own_engagement_no_activity_names_is_on_the_sheet_of_vendors():
    engagement = next(one for one in a_register().engagements if one.id == "hosting")
    lost = replace(engagement, id="lost", entity=Ref("es"), purpose=said(en="Mail delivery"))
    rows = table(opened(an_export(lost)), "Recipients and vendors")
    (found,) = [row for row in rows if row["What for"] == "Mail delivery"]
    assert found["Activities"] == "Not recorded"
