"""The list as it stood at the end of a past day: what was known then, and in effect then.

Every form of the list takes ``?as_of=YYYY-MM-DD`` and is answered here before its own view is
asked. The day ends where the company is; which company that is, and in which zone, is also read
as of then, so that the answer never changes, unless words were redacted since.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from flask import Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from ropa.extensions import db
from ropa.i18n import _, in_language
from ropa.public.clothes import CLOTHES
from ropa.public.files import handed, leaf_of
from ropa.public.headers import for_scripts, never_kept, sent
from ropa.public.held import Held
from ropa.public.pages import ENGLISH, HTML, html, public, rendered, todays_page
from ropa.public.shelf import Leaf
from ropa.publishing import Page, content_sha256, publisher_of, subprocessor_page, zone_of
from ropa.register import Register, read_register

MOST = 64
"""How many answers about past days a worker keeps."""

EARLIEST = date(1970, 1, 1)
"""Before that nobody kept this register, and databases disagree about dates."""


@public.before_request
def as_of() -> Response | Redirect | None:
    """Answer a question about a past day; all other requests go on to their own view."""
    name = (request.endpoint or "").removeprefix("public.")
    asked = request.args.get("as_of", "").strip()
    if not asked or not (name == "subprocessors" or name in CLOTHES):
        return None
    language = (request.view_args or {}).get("language", ENGLISH)
    today = todays_page(language)
    day = day_in(asked)
    if day is None:
        return _wrong(name, today, _unreadable(asked), 400)
    if day > today.day:
        return _wrong(name, today, _to_come(day, today), 400)
    if day == today.day:
        return _current(name)
    return _answer(name, today, max(day, EARLIEST))


def day_in(text: str) -> date | None:
    """Return the day a text names as YYYY-MM-DD, or None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if text == day.isoformat() else None


def _answer(name: str, today: Page, day: date) -> Response:
    """Return the answer for a past day; it is held until the register moves."""
    key = (today.head.seq, today.language, day, name)
    leaf = _held().get(key, lambda: _leaf(name, today, day))
    if leaf is None:
        return _wrong(name, today, _before_all(day), 404)
    response = sent(leaf) if name == "subprocessors" else handed(name, leaf)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _held() -> Held[Leaf | None]:
    held: Held[Leaf | None] = current_app.extensions.setdefault("ropa.past", Held(MOST))
    return held


def _leaf(name: str, today: Page, day: date) -> Leaf | None:
    then = past_page(day, today.language)
    if then is None:
        return None
    return _html(then, today) if name == "subprocessors" else leaf_of(name, then)


def past_page(day: date, language: str) -> Page | None:
    """Return the list as it stood at the end of a day; None when none was approved by then."""
    register, zone = _known_at_the_end_of(day, UTC), UTC
    there = zone_of(publisher_of(register))
    if there != zone:
        register = _known_at_the_end_of(day, there)
    entity = publisher_of(register)
    if entity is None:
        return None
    return subprocessor_page(register, entity, language)


def _known_at_the_end_of(day: date, zone: tzinfo) -> Register:
    return read_register(db.session(), known_at=end_of(day, zone), on_day=day, approved=True)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the last moment (UTC) of a day in a zone."""
    next_day = datetime.combine(day + timedelta(days=1), time(), zone)
    return next_day.astimezone(UTC) - timedelta(microseconds=1)


def _html(then: Page, today: Page) -> Leaf:
    return html(
        then,
        "past",
        at="subprocessors",
        asked=f"?as_of={then.day.isoformat()}",
        files={label: _file(name, then) for name, label in _FILES.items()},
        same=content_sha256(then) == content_sha256(today),
    )


def _file(name: str, then: Page) -> str:
    day = then.day.isoformat()
    if name == "as_json":  # it speaks every language at once
        return url_for("public.as_json", as_of=day)
    return url_for(f"public.{name}", language=then.language, as_of=day)


_FILES = {
    "as_csv": "CSV",
    "as_json": "JSON",
    "as_workbook": "XLSX",
    "as_markdown": "Markdown",
    "annex_word": "DOCX (SCC)",
}


def _current(name: str) -> Redirect:
    """Lead to the current list: the day is not over."""
    rest = {key: value for key, value in request.args.items() if key != "as_of"}
    answer = redirect(url_for(f"public.{name}", **{**(request.view_args or {}), **rest}))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _wrong(name: str, today: Page, said: str, status: int) -> Response:
    """Return the sentence that says why there is no list of that day, in the form asked for."""
    if name != "subprocessors":
        with in_language(today.language):
            response = for_scripts(never_kept(str(said), status))
    else:
        response = no_such(today, said, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def no_such(today: Page, said: str, status: int) -> Response:
    """Return a page that says what cannot be shown, and leads on; nobody keeps it."""
    body = rendered("no_such", today.language, page=today, short=True, tongues={}, said=said)
    return Response(body, status, content_type=HTML, headers={"Cache-Control": "no-store"})


def _unreadable(asked: str) -> str:
    return _(
        "“%(text)s” is not a day. Write it as year, month and day, for example 2026-03-31.",
        text=asked[:40],
    )


def _to_come(day: date, today: Page) -> str:
    return _(
        "%(day)s is still to come: where the company is, today is %(today)s. Ask for a day that "
        "is over.",
        day=day.isoformat(),
        today=today.day.isoformat(),
    )


def _before_all(day: date) -> str:
    return _("On %(day)s no list had been approved yet. Ask for a later day.", day=day.isoformat())
