"""The record as PDF: read from outside, as a screen reader, a viewer and a clerk meet it."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from ropa.errors import RopaError
from ropa.exports import EXPORTS, FICHE, FicheRequest
from ropa.exports.printed import ON_THE_SPOT, too_many
from ropa.exports.typesetting import why_not
from ropa.i18n import LANGUAGES
from ropa.records import ProcessingActivity
from ropa.register import Register
from ropa.vocabulary import Role
from tests.builders_exports import (
    MADE_AT,
    NOTE,
    a_register,
    a_registration,
    a_request,
    an_activity,
    argentine_company,
    payroll,
    said,
    spanish_company,
)
from tests.missing import lacking, without_weasyprint

HOSTILE = (
    "<script>alert(1)</script> & <b>bold</b> {{ 7*7 }} %(x)s </td></table> \u202e\x07 “quoted”"
)
NOBODY_ELSES = ("Argentine secret", "Argentine purpose", "Argentine customer", "ar-measure", NOTE)


@pytest.fixture(autouse=True)
def libraries() -> None:
    if why := why_not():
        lacking("WeasyPrint", why)


def printed(name: str, *more: Any, **asked: Any) -> PdfReader:
    if more or asked:
        return PdfReader(BytesIO(EXPORTS[name].make(a_request(*more, **asked))))
    return PdfReader(BytesIO(usual(name)))


@cache
def usual(name: str) -> bytes:
    """Return the small register printed, once for all who only read it."""
    return EXPORTS[name].make(a_request())


def a_fiche(register: Register, activity: ProcessingActivity, **asked: Any) -> FicheRequest:
    known = a_request(register=register)
    return FicheRequest(
        register=register,
        entity=known.entity,
        generated_at=MADE_AT,
        activity=activity,
        **asked,
    )


def text_of(reader: PdfReader) -> str:
    """Return all text, without the line breaks that only the width of the paper made."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def elements(reader: PdfReader) -> Iterator[tuple[str, DictionaryObject, tuple[str, ...]]]:
    """Walk over the tags: each with its name, itself, and the names of those above it."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    yield from _below(root["/K"], ())


def _below(kids: Any, above: tuple[str, ...]) -> Iterator[Any]:
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    if isinstance(kids, ArrayObject):
        for one in kids:
            yield from _below(one, above)
    elif isinstance(kids, DictionaryObject) and "/S" in kids:
        name = str(kids["/S"])
        yield name, kids, above
        yield from _below(kids.get("/K", ArrayObject()), (*above, name))


def outline(reader: PdfReader) -> list[str]:
    def flat(some: Any) -> Iterator[str]:
        for one in some:
            if isinstance(one, list):
                yield from flat(one)
            else:
                yield one.title

    return list(flat(reader.outline))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_a_screen_reader_asks_first(language: str):
    reader = printed("pdf", language=language)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in xmp
    about = reader.metadata
    assert about is not None
    assert "Faro Ficticio & Cía S.L." in (about.title or "")
    assert about.title in xmp.replace("&amp;", "&")
    assert about.author == "Faro Ficticio & Cía S.L."
    assert about.creation_date == MADE_AT
    assert all(str(page["/Tabs"]) == "/S" for page in reader.pages)


@pytest.mark.parametrize("name", ["pdf", "fiches"])
def test_tables_and_headings_are_tagged_so_that_they_can_be_followed(name: str):
    tags = list(elements(printed(name)))
    heads = [one for tag, one, _above in tags if tag == "/TH"]
    scopes = {one["/A"]["/Scope"] for one in heads}  # type: ignore[index]
    assert scopes == ({"/Row", "/Column"} if name == "pdf" else {"/Row"})
    known = {one["/ID"] for one in heads}
    for tag, one, above in tags:
        if tag in ("/TH", "/TD"):
            assert above[-1] == "/TR"
        if tag == "/TR":
            assert "/Table" in above
        if tag == "/TD":
            assert set(one["/A"]["/Headers"]) <= known  # type: ignore[index]
        if tag == "/LBody":
            assert above[-1] == "/LI"
    levels = [int(tag[2]) for tag, _one, _above in tags if tag in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not [tag for tag, _one, _above in tags if tag == "/Figure"]


def test_nothing_is_drawn_that_is_neither_tagged_nor_decoration():
    for page in printed("pdf").pages:
        contents = page.get_contents()
        assert contents is not None
        depth = 0
        for operands, operator in contents.operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"S", b"f", b"f*", b"B", b"Do"):
                assert depth, (operator, operands)
        assert depth == 0


def test_every_font_is_in_the_file():
    for page in printed("fiches").pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        assert fonts
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get_object())
            assert isinstance(font.get_object()["/ToUnicode"].get_object(), StreamObject)


def test_contents_name_the_page_of_each_fiche_and_the_outline_leads_there():
    many = [
        replace(payroll(), id=f"activity-{n}", ref=f"C-{n}", name=said(en=f"Wages number {n}"))
        for n in range(10, 16)
    ]
    reader = printed("fiches", *many)
    pages = [page.extract_text() for page in reader.pages]
    listing = next(text for text in pages if text.startswith("Contents"))
    titles = [f"{one.ref} · {one.name.en}" for one in many]
    for title in titles:
        number = next(at for at, text in enumerate(pages, 1) if title in text and text != listing)
        row = next(line for line in listing.splitlines() if line.startswith(title))
        assert row.rstrip(".").rsplit(".", 1)[-1].strip() == str(number)
        assert title in outline(reader)
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert {one["/Contents"] for one in links} >= set(titles)
    assert all("/StructParent" in one for one in links)


def test_the_footer_says_whose_record_of_when_and_which():
    for number, page in enumerate((reader := printed("pdf")).pages, 1):
        text = " ".join(page.extract_text().split())
        assert "Faro Ficticio & Cía S.L. · 2026-03-31 24:00 Europe/Madrid" in text
        assert "SHA-256 " in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_it_says_what_the_workbook_says_and_shows_the_gaps():
    text = text_of(printed("pdf"))
    for words in (
        "C-01 · Payroll",
        "(2) To pay taxes on wages",
        "(3) Not recorded",
        "Joint controllers",
        "Nube Ficticia",
        "1 year and 6 months, counted from: the end of the contract",
        "Union membership: Special category (GDPR Art. 9(1))",
        "Encryption at rest",
        "P-01 · The platform",
        "Cliente Ficticio S.A.",
        "Not asked by Art. 30, and not recorded",
        "ropa verify --anchor",
    ):
        assert words in text, words
    assert text.count("Not recorded") > 5


def test_it_holds_no_other_company_and_no_internal_note():
    for name in ("pdf", "fiches"):
        text = text_of(printed(name, a_registration()))
        assert [one for one in NOBODY_ELSES if one in text] == []


def test_one_side_leaves_the_other_out():
    text = text_of(printed("pdf", role=Role.PROCESSOR))
    assert "P-01 · The platform" in text
    assert "Payroll" not in text
    name = EXPORTS["pdf"].filename(a_request(role=Role.PROCESSOR))
    assert name == "RAT_FARO-FICTICIO_2026-03-31_en_processor_v14.pdf"


def test_hostile_text_is_text():
    activity = replace(payroll(), name=said(en=HOSTILE), department=HOSTILE)
    company = spanish_company(legal_name=f"{HOSTILE} \" ' \\ url(http://example.org/x)")
    reader = printed("pdf", activity, company)
    text = text_of(reader)
    assert "<script>alert(1)</script> & <b>bold</b> {{ 7*7 }} %(x)s </td></table>" in text
    assert "\x07" not in text
    assert not any("/JavaScript" in str(page.get("/AA", "")) for page in reader.pages)
    assert "/OpenAction" not in reader.trailer["/Root"]  # type: ignore[operator]


def test_nothing_is_fetched_whatever_a_text_says():
    wanted = (
        '<img src="http://127.0.0.1:9/x.png"> <link href="file:///etc/passwd" rel="attachment">'
    )
    reader = printed("fiches", replace(payroll(), department=wanted))
    assert "file:///etc/passwd" in text_of(reader)
    assert reader.attachments == {}


def test_one_fiche_is_of_one_activity():
    register = a_register()
    activity = register.find(ProcessingActivity, "activity-C-01")
    assert activity is not None
    asked = a_fiche(register, activity)
    reader = PdfReader(BytesIO(FICHE.make(asked)))
    assert FICHE.filename(asked) == "FICHE-C-01_FARO-FICTICIO_2026-03-31_en_v14.pdf"
    text = text_of(reader)
    assert "C-01 · Payroll" in text
    assert "The platform" not in text
    assert "SHA-256 of the content" in text
    assert outline(reader) == ["C-01 · Payroll"]


def test_a_company_without_activities_has_a_record_that_says_so():
    register = Register.of(argentine_company(), spanish_company())
    for name in ("pdf", "fiches"):
        assert "No entry" in text_of(printed(name, register=register))


def test_a_text_of_many_pages_is_not_cut():
    long = " ".join(f"word{n}" for n in range(9_000))
    text = text_of(printed("fiches", replace(payroll(), description=said(en=long))))
    for n in (0, 4_500, 8_999):
        assert f"word{n}" in text


def test_a_long_record_is_not_printed_while_somebody_waits():
    some = [an_activity(f"M-{n}") for n in range(ON_THE_SPOT)]
    few, many = Register.of(spanish_company(), *some), a_register(*some)
    assert too_many(few, "es") == ""
    assert "the workbook" in too_many(many, "es")
    assert too_many(many, "es", Role.PROCESSOR) == ""


@pytest.mark.parametrize(
    ("error", "says"),
    [(ImportError("no weasyprint"), "WeasyPrint"), (OSError("no pango"), "Pango")],
)
def test_without_its_libraries_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
):
    without_weasyprint(monkeypatch, error)
    assert says in EXPORTS["pdf"].why_not()
    with pytest.raises(RopaError, match=says):
        EXPORTS["fiches"].make(a_request())
