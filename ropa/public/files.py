"""The list as files: workbook, Markdown, schema.org, and the annex of the standard clauses."""

from flask import Response, request

from ropa.extensions import needs
from ropa.i18n import in_language
from ropa.public.clothes import CLOTHES
from ropa.public.headers import for_scripts, sent
from ropa.public.pages import ENGLISH, OTHER, public, shelf, todays_page
from ropa.public.shelf import Leaf
from ropa.publishing import Page
from ropa.vocabulary import Permission

_ENGLISH = {"language": ENGLISH}


@public.get("/subprocessors.xlsx", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors.xlsx")
@needs(Permission.PUBLIC)
def as_workbook(language: str) -> Response:
    """Hand out the list as a workbook: every field, one row for each engagement."""
    return todays("as_workbook", language)


@public.get("/subprocessors.md", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors.md")
@needs(Permission.PUBLIC)
def as_markdown(language: str) -> Response:
    """Hand out the list as Markdown."""
    return todays("as_markdown", language)


@public.get("/subprocessors.jsonld", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors.jsonld")
@needs(Permission.PUBLIC)
def as_schema_org(language: str) -> Response:
    """Hand out the list in the words of schema.org."""
    return todays("as_schema_org", language)


@public.get("/subprocessors/annex.xlsx", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/annex.xlsx")
@needs(Permission.PUBLIC)
def annex_workbook(language: str) -> Response:
    """Hand out the list as the annex of the standard clauses, in a workbook."""
    return todays("annex_workbook", language)


@public.get("/subprocessors/annex.docx", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/annex.docx")
@needs(Permission.PUBLIC)
def annex_word(language: str) -> Response:
    """Hand out the list as the annex of the standard clauses, in a Word document."""
    return todays("annex_word", language)


def todays(name: str, language: str) -> Response:
    """Return today's list in one of its clothes."""
    page = todays_page(language)
    return handed(name, shelf().leaf(page, request.path, lambda: leaf_of(name, page)))


def leaf_of(name: str, page: Page) -> Leaf:
    """Return a page in one of its clothes, ready to leave."""
    clothes = CLOTHES[name]
    with in_language(page.language):
        return Leaf.of(clothes.write(page), clothes.media_type, page.modified_at)


def handed(name: str, leaf: Leaf) -> Response:
    """Return the answer that hands out a file; what is to be kept says under which name."""
    response = for_scripts(sent(leaf))
    if filename := CLOTHES[name].filename:
        response.headers["Content-Disposition"] = f"attachment; filename={filename}"
    return response
