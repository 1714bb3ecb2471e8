"""Sealed versions by date: the one that was in force at the end of a day."""

from collections.abc import Sequence
from datetime import date

from flask import Response, abort, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from ropa.extensions import needs
from ropa.i18n import _, in_language
from ropa.models import Version
from ropa.public.headers import for_scripts, never_kept
from ropa.public.pages import ENGLISH, at_every_company, at_every_list, todays_page
from ropa.public.past import day_in, end_of, no_such
from ropa.public.reading import sealed_versions
from ropa.publishing import Page
from ropa.vocabulary import Permission


@at_every_list("/versions/<day>")
@needs(Permission.PUBLIC)
def version_on(language: str, company: str, day: str) -> Response | Redirect:
    """Lead from a day to the version that was in force at its end."""
    page = todays_page(language, company)
    asked = _day(day)
    found = in_force(sealed_versions(page), asked, page)
    if found is None:
        return no_such(page, none_on(asked, page), 404)
    where = {"language": language, "company": company, "number": found.number}
    return _lead(url_for("public.version", **where))


@at_every_company("/versions/<day>.json")
@needs(Permission.PUBLIC)
def version_on_json(company: str, day: str) -> Response | Redirect:
    """Lead from a day to the sealed bytes that were in force at its end."""
    page = todays_page(ENGLISH, company)
    asked = _day(day)
    found = in_force(sealed_versions(page), asked, page)
    if found is None:
        with in_language(page.language):
            return for_scripts(never_kept(str(none_on(asked, page)), 404))
    return _lead(url_for("public.version_json", company=company, number=found.number))


def in_force(versions: Sequence[Version], day: date, page: Page) -> Version | None:
    """Return the version in force at the end of a day where the company is; None: none yet.

    ``versions`` are the sealed ones, the newest first; of a day to come nothing is known.
    """
    if day > page.day:
        return None
    end = end_of(day, page.zone)
    return next((one for one in versions if one.sealed_at <= end), None)


def none_on(day: date, page: Page) -> str:
    """Return the sentence that says why no version was in force at the end of a day."""
    if day > page.day:
        return _("%(day)s is still to come.", day=day.isoformat())
    return _("On %(day)s no version had been sealed yet.", day=day.isoformat())


def _day(text: str) -> date:
    day = day_in(text)
    if day is None:
        abort(404)
    return day


def _lead(address: str) -> Redirect:
    answer = redirect(address)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
