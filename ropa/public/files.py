"""The list as files: workbook, Markdown, schema.org, and the annex of the standard clauses."""

from functools import partial

from flask import Response, request

from ropa.extensions import needs
from ropa.i18n import in_language
from ropa.public.clothes import CLOTHES, address_of
from ropa.public.headers import for_scripts
from ropa.public.pages import answered, at_every_list, todays_page
from ropa.public.shelf import Leaf
from ropa.publishing import Page
from ropa.publishing.narrowing import Question, narrowed, question_in
from ropa.vocabulary import Permission


@at_every_list(".xlsx")
@needs(Permission.PUBLIC)
def as_workbook(language: str, company: str) -> Response:
    """Hand out the list as a workbook: every field, one row for each engagement."""
    return todays("as_workbook", language, company)


@at_every_list(".md")
@needs(Permission.PUBLIC)
def as_markdown(language: str, company: str) -> Response:
    """Hand out the list as Markdown."""
    return todays("as_markdown", language, company)


@at_every_list(".jsonld")
@needs(Permission.PUBLIC)
def as_schema_org(language: str, company: str) -> Response:
    """Hand out the list in the words of schema.org."""
    return todays("as_schema_org", language, company)


@at_every_list("/annex.xlsx")
@needs(Permission.PUBLIC)
def annex_workbook(language: str, company: str) -> Response:
    """Hand out the list as the annex of the standard clauses, in a workbook."""
    return todays("annex_workbook", language, company)


@at_every_list("/annex.docx")
@needs(Permission.PUBLIC)
def annex_word(language: str, company: str) -> Response:
    """Hand out the list as the annex of the standard clauses, in a Word document."""
    return todays("annex_word", language, company)


def todays(name: str, language: str, company: str) -> Response:
    """Return today's list, or the part of it that was asked for, in one of its clothes."""
    page, question = todays_page(language, company), question_in(request.args)
    make = partial(_part, name, page, question)
    return for_keeping(name, answered(page, question, make, form=name))


def _part(name: str, page: Page, question: Question) -> Leaf:
    return leaf_of(name, narrowed(page, question), question.query)


def leaf_of(name: str, page: Page, asked: str = "") -> Leaf:
    """Return a page in one of its clothes, ready to leave; ``asked`` is the end of its address."""
    clothes = CLOTHES[name]
    with in_language(page.language):
        body = clothes.write(page, address_of(page) + asked)
    return Leaf.of(body, clothes.media_type, page.modified_at)


def for_keeping(name: str, response: Response) -> Response:
    """Let the scripts of other sites read a file; what is to be kept says under which name."""
    for_scripts(response)
    if filename := CLOTHES[name].filename:
        response.headers["Content-Disposition"] = f"attachment; filename={filename}"
    return response
