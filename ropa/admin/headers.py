"""The headers of every answer: what a browser may do with it, and whether it may keep it.

What a page has set for itself stays: public pages have a content security policy, and a life in
caches, of their own.
"""

from flask import Flask, Response, current_app, request

from ropa.admin.gate import is_public

POLICY = "; ".join(  # noqa: FLY002  # one line a directive
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
"""The content security policy of every page that has not set its own."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
}

HSTS = "max-age=31536000; includeSubDomains"

NEVER_KEPT = ("/admin", "/login", "/logout", "/account", "/welcome")
"""Where no answer may be kept by a browser or a proxy, whoever asked and whatever came."""


def install_headers(app: Flask) -> None:
    """Send the headers with every answer of the app."""
    app.after_request(_dress)


def _dress(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["ROPA_HTTPS"]:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if _is_private():
        response.headers["Cache-Control"] = "no-store"
    return response


def _is_private() -> bool:
    if (request.endpoint or "").rpartition(".")[2] == "static":
        return False
    below = any(request.path == top or request.path.startswith(f"{top}/") for top in NEVER_KEPT)
    return below or (request.endpoint is not None and not is_public())
