"""What outsiders are told of changes: all of them, and each at an address that stays."""

from flask import Response, request
from werkzeug.exceptions import NotFound

from ropa.extensions import needs
from ropa.public.headers import sent
from ropa.public.pages import ENGLISH, OTHER, html, public, shelf, todays_page
from ropa.publishing import Page
from ropa.publishing.lines import Told
from ropa.vocabulary import Permission


@public.get("/subprocessors/changes", defaults={"language": ENGLISH, "company": ""})
@public.get(f"/{OTHER}/subprocessors/changes", defaults={"company": ""})
@public.get("/subprocessors/of/<company>/changes", defaults={"language": ENGLISH})
@public.get(f"/{OTHER}/subprocessors/of/<company>/changes")
@needs(Permission.PUBLIC)
def changes(language: str, company: str) -> Response:
    """List every change of the list that was announced, the latest first."""
    page = todays_page(language, company)
    return sent(shelf().leaf(page, request.path, lambda: html(page, "changes")))


@public.get("/subprocessors/changes/<ref>", defaults={"language": ENGLISH})
@public.get(f"/{OTHER}/subprocessors/changes/<ref>")
@needs(Permission.PUBLIC)
def change(language: str, ref: str) -> Response:
    """Show one change: where it stands, its dates, what it alters, and what was said before."""
    page, told = change_told(language, ref)
    return sent(shelf().leaf(page, request.path, lambda: html(page, "change", change=told)))


def change_told(language: str, ref: str) -> tuple[Page, Told]:
    """Return a change outsiders know of, with the page of its company; 404 for any other."""
    for company in ("", *sorted(shelf().companies())):
        page = todays_page(language, company)
        if found := page.change(ref):
            return page, found
    raise NotFound
