"""What people see when something goes wrong: plain words, what to do next, a number to quote.

Nothing of the failure itself is shown, and of its message nothing is logged either: it could
hold what somebody typed. The log has the kind of error and the lines of code it came through.
"""

import traceback

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from ropa.accounts.events import Event, note
from ropa.admin.gate import request_id
from ropa.admin.kept import typed_again
from ropa.extensions import db
from ropa.i18n import _

BUSY_SECONDS = 5

_SQLITE_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED
_POSTGRES_BUSY = {"40001", "40P01", "53300", "55P03", "57P03"}

SENTENCES = {
    400: (_("This could not be read"), _("Go back, load the page again, and try once more.")),
    403: (
        _("This is not for your role"),
        _("Your role does not include this. Ask an administrator if you need it."),
    ),
    404: (
        _("There is no such page"),
        _("The address may be mistyped, or what it named is not in the register."),
    ),
    405: (_("This cannot be done here"), _("Go back and use the buttons of the page.")),
    409: (
        _("Somebody else was quicker"),
        _("What you see has changed since. Load it again before you change it."),
    ),
    413: (_("This is too large"), _("Send less at once: at most 10 MB.")),
    429: (_("Too many tries"), _("Wait a little, then try again.")),
    500: (
        _("Something went wrong"),
        _("It has been noted. Nothing was saved. Try again, or quote the number below."),
    ),
    503: (_("The register is busy"), _("Nothing was saved. Try again in a few seconds.")),
}
"""Title and sentence of each failure, by its HTTP status."""

STALE_FORM = _(
    "The form was too old, or was not sent from this site. Go back, load the page again, and "
    "try once more."
)


def install_failures(app: Flask) -> None:
    """Answer every failure of the app with a page of plain words."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeoutError, _busy)
    app.register_error_handler(Exception, _unforeseen)


def failure_page(status: int, sentence: str = "", retry_after: int = 0) -> Response:
    """Return the page of a failure, with a sentence of its own when there is a better one."""
    title, usual = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])  # noqa: PLR2004
    page = render_template(
        "admin/error.html",
        title=title,
        sentence=sentence or usual,
        status=status,
        request_id=request_id(),
    )
    response = make_response(page, status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def wait_page(seconds: int) -> Response:
    """Return the page that asks to wait before the next try at a password."""
    sentence = _("Too many tries. Wait %(seconds)s seconds, then try again.", seconds=seconds)
    return failure_page(429, sentence, retry_after=seconds)


def is_busy(error: DBAPIError) -> bool:
    """Say whether the database was only busy: locked by another, or out of connections."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_BUSY
    return getattr(error.orig, "sqlstate", None) in _POSTGRES_BUSY


def note_failure(error: BaseException, **facts: str | None) -> None:
    """Note that something went wrong: the kind of error and the lines of code it came through."""
    lines = (
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    at_lines = " < ".join(reversed(list(lines)))
    note(Event.FAILED, kind=type(error).__name__, at_lines=at_lines, **facts)


def _http(error: HTTPException) -> Response | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error  # a redirect, or an answer somebody composed
    if isinstance(error, InternalServerError):
        _note_failure(error.original_exception or error)
    response = failure_page(error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _stale_form(_error: CSRFError) -> BaseResponse:
    note(Event.FORM_REFUSED, endpoint=request.endpoint, request=request_id())
    try:
        again = typed_again()
    except HTTPException:
        again = None  # what the form was about is not there
    return again or failure_page(400, STALE_FORM)


def _database(error: DBAPIError) -> Response:
    return _busy(error) if is_busy(error) else _unforeseen(error)


def _busy(error: Exception) -> Response:
    db.session.rollback()
    note(Event.BUSY, kind=type(error).__name__, endpoint=request.endpoint, request=request_id())
    return failure_page(503, retry_after=BUSY_SECONDS)


def _unforeseen(error: Exception) -> Response:
    if current_app.testing:
        raise error
    db.session.rollback()
    _note_failure(error)
    return failure_page(500)


def _note_failure(error: BaseException) -> None:
    if g.get("failure_noted") is error:
        return
    g.failure_noted = error
    note_failure(error, endpoint=request.endpoint, request=request_id())
