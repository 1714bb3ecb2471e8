"""The public list of sub-processors (GDPR Art. 28): page, sub-processor, JSON, CSV, schema.

A public page knows its reader by the address alone: no cookie, no session, no script. What is
sent is held by the worker until the register moves or the day turns.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from ropa.extensions import needs
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, in_language
from ropa.models import Version
from ropa.public.headers import dress, for_scripts, never_kept, sent
from ropa.public.reading import (
    base_address,
    current_register,
    database_answers,
    languages,
    newest_revision,
    newest_sealed,
    sealed_version,
    sealed_versions,
)
from ropa.public.shelf import Leaf, Shelf
from ropa.publishing import (
    Page,
    Saying,
    content_sha256,
    csv_bytes,
    json_bytes,
    json_schema,
    page_of,
)
from ropa.publishing.differing import rows_of
from ropa.publishing.facts import moved_in_company, moved_in_row
from ropa.publishing.headline import headline
from ropa.publishing.marking import marks
from ropa.publishing.moments import last_modified
from ropa.publishing.narrowing import Question, choices, narrowed, question_in
from ropa.vocabulary import Permission

public = Blueprint("public", __name__)
public.after_request(dress)

HTML = "text/html; charset=utf-8"
CSV = "text/csv; charset=utf-8"

ENGLISH = LANGUAGES[0]

OTHER_NAMES = {"/subencargados": "es", "/suboperadores": "pt"}
"""What the list is called where people look for it in their own language."""

_ENGLISH = {"language": ENGLISH}
_OURS = {"company": ""}
OTHER = f"<any({', '.join(LANGUAGES[1:])}):language>"

View = TypeVar("View", bound=Callable[..., Any])


def at_every_list(ending: str) -> Callable[[View], View]:
    """Put a view under every list: that of each company, in each language.

    ``ending`` is what follows the address of the list; the view takes ``language``, ``company``
    and what the ending names.
    """
    at = "/subprocessors", "/subprocessors/of/<company>"

    def put(view: View) -> View:
        public.get(at[0] + ending, defaults=_ENGLISH | _OURS)(view)
        public.get(f"/{OTHER}{at[0]}{ending}", defaults=_OURS)(view)
        public.get(at[1] + ending, defaults=_ENGLISH)(view)
        public.get(f"/{OTHER}{at[1]}{ending}")(view)
        return view

    return put


def at_every_company(ending: str) -> Callable[[View], View]:
    """Put a view that speaks no language, or every one at once, under the list of each company."""

    def put(view: View) -> View:
        public.get(f"/subprocessors{ending}", defaults=_OURS)(view)
        public.get(f"/subprocessors/of/<company>{ending}")(view)
        return view

    return put


def shelf() -> Shelf:
    """Return the pages this worker holds."""
    held: Shelf = current_app.extensions.setdefault(
        "ropa.shelf", Shelf(current_register, newest_revision, sealed=newest_sealed)
    )
    return held


@public.get("/subprocessors", defaults=_ENGLISH | _OURS)
@public.get(f"/{OTHER}/subprocessors", defaults=_OURS)
@public.get("/subprocessors/of/<company>", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/of/<company>")
@needs(Permission.PUBLIC)
def subprocessors(language: str, company: str) -> Response:
    """Show the list of a company, or the part of it that was asked for."""
    page, question = todays_page(language, company), question_in(request.args)
    if wants_markdown():
        return redirected_inside(page)
    return answered(page, question, lambda: _list_html(page, question))


@public.get("/subprocessors/<slug>", defaults=_ENGLISH | _OURS)
@public.get(f"/{OTHER}/subprocessors/<slug>", defaults=_OURS)
@public.get("/subprocessors/of/<company>/<slug>", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/of/<company>/<slug>")
@needs(Permission.PUBLIC)
def subprocessor(language: str, company: str, slug: str) -> Response:
    """Show one sub-processor: who it is, all it does, and the changes that concern it."""
    page = todays_page(language, company)
    who = page.find(slug)
    if who is None:
        abort(404)
    return sent(shelf().leaf(page, request.path, lambda: html(page, "subprocessor", who=who)))


@public.get("/subprocessors.json", defaults=_OURS)
@public.get("/subprocessors/of/<company>.json")
@needs(Permission.PUBLIC)
def as_json(company: str) -> Response:
    """Hand out the list as JSON, in every language at once."""
    page, question = todays_page(ENGLISH, company), question_in(request.args)
    address = base_address() + url_for("public.subprocessors", language=ENGLISH, company=company)

    def make() -> Leaf:
        body = json_bytes(narrowed(page, question), address + question.query)
        return Leaf.of(body, "application/json", last_modified(page))

    return for_scripts(answered(page, question, make))


@public.get("/subprocessors.csv", defaults=_ENGLISH | _OURS)
@public.get(f"/{OTHER}/subprocessors.csv", defaults=_OURS)
@public.get("/subprocessors/of/<company>.csv", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/of/<company>.csv")
@needs(Permission.PUBLIC)
def as_csv(language: str, company: str) -> Response:
    """Hand out the list as a table for spreadsheets."""
    page, question = todays_page(language, company), question_in(request.args)

    def make() -> Leaf:
        with in_language(language):
            return Leaf.of(csv_bytes(narrowed(page, question)), CSV, page.modified_at)

    response = for_scripts(answered(page, question, make))
    response.headers["Content-Disposition"] = "attachment; filename=subprocessors.csv"
    return response


@public.get("/subprocessors.schema.json")
@needs(Permission.PUBLIC)
def schema() -> Response:
    """Hand out the JSON Schema by which the JSON may be checked."""
    described = json_schema(base_address() + url_for("public.schema"))
    body = msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
    return for_scripts(sent(Leaf.of(body, "application/schema+json", None)))


@at_every_list("/versions")
@needs(Permission.PUBLIC)
def versions(language: str, company: str) -> Response:
    """List the sealed versions of the list: number, since when, hash."""
    page = todays_page(language, company)
    return sent(
        shelf().leaf(
            page,
            request.path,
            lambda: html(page, "versions", versions=sealed_versions(page)),
        )
    )


@at_every_list("/versions/<int:number>")
@needs(Permission.PUBLIC)
def version(language: str, company: str, number: int) -> Response:
    """Show the list as it stood when it was sealed; search engines are told to pass by."""
    page = todays_page(language, company)
    response = sent(
        shelf().leaf(
            page,
            f"{company}/versions/{number}",
            lambda: _version_html(page, _sealed(page, number)),
        )
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@at_every_company("/versions/<int:number>.json")
@needs(Permission.PUBLIC)
def version_json(company: str, number: int) -> Response:
    """Hand out the sealed bytes, the same for ever; 410 once they were redacted."""
    sealed = _sealed(todays_page(ENGLISH, company), number)
    if sealed.body is None:
        return for_scripts(never_kept("redacted", 410))
    leaf = Leaf(sealed.body.encode(), "application/json", sealed.sha256, sealed.sealed_at)
    return for_scripts(sent(leaf))


@public.get("/en/subprocessors")
@public.get("/sub-processors")
@public.get("/subencargados")
@public.get("/suboperadores")
@needs(Permission.PUBLIC)
def moved() -> Redirect:
    """Lead the other names of the list to its own."""
    language = OTHER_NAMES.get(request.path, ENGLISH)
    return redirect(url_for("public.subprocessors", language=language), 308)


@public.get("/.well-known/subprocessors.json")
@needs(Permission.PUBLIC)
def well_known() -> Redirect:
    """Lead scripts that look in the usual place to the JSON."""
    response = redirect(url_for("public.as_json"), 308)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public.get("/")
@needs(Permission.PUBLIC)
def home() -> Redirect:
    """Lead a stranger to the list."""
    return redirect(url_for("public.subprocessors", language=ENGLISH))


@public.get("/robots.txt")
@needs(Permission.PUBLIC)
def robots() -> Response:
    """Tell crawlers what is for them."""
    closed = "\n".join(f"Disallow: {path}" for path in ("/admin", "/calendar", "/login", "/logout"))
    text = f"User-agent: *\nAllow: /\n{closed}\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@public.get("/healthz")
@needs(Permission.PUBLIC)
def healthz() -> Response:
    """Say that the program runs; asks nobody else."""
    return never_kept("ok")


@public.get("/readyz")
@needs(Permission.PUBLIC)
def readyz() -> Response:
    """Say whether the database answers, and with it the register."""
    try:
        database_answers()
    except SQLAlchemyError:
        current_app.logger.warning("The database does not answer.", exc_info=True)
        return never_kept("the database does not answer", 503)
    return never_kept("ready")


@public.errorhandler(NotFound)
def not_found(_error: NotFound) -> tuple[str, int, dict[str, str]]:
    """Say, in the language of the address, that a sub-processor is not on the list."""
    language = (request.view_args or {}).get("language", ENGLISH)
    body = rendered("not_found", language, page=None, tongues={})
    return body, 404, {"Cache-Control": "no-store"}


def todays_page(language: str, company: str = "") -> Page:
    """Return today's page of a company.

    404 in a language that is not offered, or for a company that publishes no list.
    """
    if language not in (ENGLISH, *languages()):
        abort(404)
    page = shelf().page(language, company)
    if page is None:
        abort(404)
    return page


def answered(page: Page, question: Question, make: Callable[[], Leaf]) -> Response:
    """Return the answer to a question; search engines are told to pass by a part of the list."""
    path = request.path + question.query
    response = sent(shelf().leaf(page, path, make, passing=bool(question)))
    if question:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _list_html(page: Page, question: Question) -> Leaf:
    return html(
        page,
        "subprocessors",
        shown=narrowed(page, question),
        question=question,
        choices=choices(page),
        asked=question.query,
    )


def _sealed(page: Page, number: int) -> Version:
    """Return a sealed version of the list, or 404."""
    found = sealed_version(page, number)
    if found is None:
        abort(404)
    return found


def _version_html(page: Page, sealed: Version) -> Leaf:
    then = page_of(sealed, page.language)
    same = sealed.content_sha256 == content_sha256(page)
    shown = replace(then, company=page.company) if then else page
    return html(shown, "version", version=sealed, sealed=then, same=same)


def tongues_of(name: str) -> dict[str, str]:
    """Return where this page stands in each language."""
    return {
        code: url_for(f"public.{name}", **{**(request.view_args or {}), "language": code})
        for code in LANGUAGES
        if code == ENGLISH or code in languages()
    }


def html(page: Page, name: str, *, at: str = "", **more: Any) -> Leaf:
    """Return a page of the list in HTML; ``at`` is the view that shows it, if not of its name."""
    body = rendered(
        name,
        page.language,
        page=page,
        tongues=tongues_of(at or name),
        sha256=content_sha256(page),
        headline=headline(page),
        marks=marks(page),
        rows_of=rows_of,
        moved_in_row=moved_in_row,
        moved_in_company=moved_in_company,
        **more,
    )
    return Leaf.of(body.encode(), HTML, page.counted_at)


def rendered(name: str, language: str, **values: Any) -> str:
    """Render a template without the request's own helpers, which would open the session."""
    template = current_app.jinja_env.get_template(f"public/{name}.html")
    with in_language(language):
        return template.render(
            say=Saying(language),
            base=base_address(),
            prefix="" if language == ENGLISH else f"/{language}",
            language_names=LANGUAGE_NAMES,
            **values,
        )
