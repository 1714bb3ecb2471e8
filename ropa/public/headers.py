"""What public answers carry: who may frame, fetch and keep them, and how old they are."""

from datetime import UTC, datetime

from flask import Response, request

from ropa.public.shelf import Leaf

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
MARKDOWN = "text/markdown"

FRESH = 300
STALE = 86_400
"""For how many seconds an answer may be kept without asking, and then handed out while asking.

Both end with the day of the page, for on the next a change may have taken effect.
"""

_FOR_PAGES = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
_FOR_SCRIPTS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def dress(response: Response) -> Response:
    """Put on a public answer what every one of them carries."""
    if request.endpoint == "public.subprocessors":  # there the same address has two forms
        response.vary.add("Accept")
    for name, value in _FOR_PAGES.items():
        response.headers.setdefault(name, value)
    return response


def wants_markdown() -> bool:
    """Say whether the reader asks for Markdown by name, at least as gladly as for HTML (RFC 9110).

    Whoever takes anything is shown the page: browsers say ``*/*`` as well.
    """
    accepted = request.accept_mimetypes
    named = any(media_type.lower() == MARKDOWN and wish for media_type, wish in accepted)
    return named and accepted[MARKDOWN] >= accepted["text/html"]


def for_scripts(response: Response) -> Response:
    """Let the scripts of other sites read an answer; there is nothing in it but public facts."""
    response.headers.update(_FOR_SCRIPTS)
    return response


def sent(leaf: Leaf) -> Response:
    """Return the answer that hands out a leaf, or 304 to a reader who has it already."""
    response = Response(leaf.body, content_type=leaf.media_type)
    response.headers["Cache-Control"] = _caching(leaf)
    response.set_etag(leaf.etag)
    response.last_modified = leaf.modified
    response.make_conditional(request)
    return response


def _caching(leaf: Leaf) -> str:
    left = STALE
    if leaf.until is not None:
        left = max(0, int((leaf.until - datetime.now(UTC)).total_seconds()))
    fresh = min(FRESH, left)
    return f"public, max-age={fresh}, stale-while-revalidate={min(STALE, left - fresh)}"


def never_kept(text: str, status: int = 200) -> Response:
    """Return a line of plain text that nobody may keep."""
    response = Response(f"{text}\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
