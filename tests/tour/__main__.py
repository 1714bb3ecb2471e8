"""Take the pictures of the README's tour: a fresh seeded register, a browser, ten pages.

    make tour

writes them to ``tests/pictures``, one for each page, at desktop width and without script; the list
of pages is ``STOPS``. Nothing but this machine is asked.
"""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from ropa.extensions import db
from ropa.vocabulary import UserRole
from tests.browser.conftest import FLAGS, WIDE
from tests.conftest import make_app, seed
from tests.people import signed_in

PICTURES = Path(__file__).parent.parent / "pictures"
TALLEST = 1100
"""The highest a picture is, in pixels: what stands first on a page matters most."""


@dataclass(frozen=True)
class Stop:
    """One page of the tour: the name of its picture, and how one comes there."""

    name: str
    path: str
    first: str = ""
    """The link on that page to follow, by its selector."""
    way: tuple[str, str] = ("", "")
    """What in the address is replaced by what after that."""


RECORD = "main tbody th a"

STOPS = (
    Stop("dashboard", "/admin/"),
    Stop("activities", "/admin/activity/"),
    Stop("activity", "/admin/activity/?search=newsletter", RECORD),
    Stop("form", "/admin/activity/?search=newsletter", RECORD, ("/details/", "/edit/")),
    Stop(
        "flow", "/admin/activity/?search=newsletter", RECORD, ("/details/?", "/picture/?of=flow&")
    ),
    Stop("search", "/admin/search/?q=newsletter"),
    Stop("findings", "/admin/findings/?severity=error"),
    Stop("due", "/admin/due/"),
    Stop("exports", "/admin/exports/"),
    Stop("subprocessors", "/subprocessors"),
)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say nothing of requests."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[Flask, str]]:
    """Serve a fresh register with the seed in it; yield the app and its origin."""
    database = f"sqlite:///{folder / 'ropa.sqlite'}"
    seed(database)
    app = make_app(database, folder)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield app, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def picture(page: Page, stop: Stop) -> None:
    """Walk to a page and take its picture."""
    page.goto(stop.path)
    if stop.first:
        found = page.locator(stop.first).first.get_attribute("href") or stop.path
        page.goto(found.replace(*stop.way) if stop.way[0] else found)
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": WIDE["width"], "height": tall})
    page.screenshot(path=PICTURES / f"{stop.name}.png")
    page.set_viewport_size(WIDE)


def take_all(browser: Browser, app: Flask, origin: str) -> None:
    """Take every picture of the tour, as the data protection officer."""
    cookie = signed_in(app, UserRole.DPO).get_cookie("ropa")
    if cookie is None:
        sys.exit("Nobody could be signed in.")
    context = browser.new_context(
        base_url=origin, viewport=WIDE, color_scheme="light", java_script_enabled=False
    )
    context.add_cookies([{"name": "ropa", "value": cookie.value, "url": origin}])
    page = context.new_page()
    for stop in STOPS:
        picture(page, stop)
    context.close()


def main() -> None:
    """Take the tour; say where the pictures are."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No chromium is on the path; .ci/run installs it.")
    PICTURES.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        served(Path(folder)) as (app, origin),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        take_all(browser, app, origin)
        browser.close()
    sys.stdout.write(f"{len(STOPS)} pictures are in {PICTURES.name}.\n")


if __name__ == "__main__":
    main()
