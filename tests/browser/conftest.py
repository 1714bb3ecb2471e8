"""A house one can walk into: the app served on loopback with the seed, and a headless Chromium."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from ropa.extensions import db
from ropa.vocabulary import UserRole
from tests.browser.watching import Watch
from tests.conftest import make_app, seed
from tests.databases import SQLite
from tests.missing import lacking
from tests.people import signed_in

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for one in items:
        if here in one.path.parents:
            one.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the whole run: Debian's, or whichever is on the path."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        lacking("Chromium", "no chromium is on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """A register with the seed in it, and the origin at which it is served; one for each module."""
    with sqlite.copy_of("seeded", seed) as database:
        app = make_app(database, tmp_path_factory.mktemp("instance"))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield app, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def site(served: tuple[Flask, str]) -> str:
    """The origin of the served register."""
    return served[1]


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A watched page at desktop width; a complaint fails the test that caused it."""
    yield from _watched(chromium, site)


@pytest.fixture
def page_without_script(chromium: Browser, site: str) -> Iterator[Page]:
    """A watched page in a browser with JavaScript off."""
    yield from _watched(chromium, site, java_script_enabled=False)


@pytest.fixture(scope="module")
def sign_in(served: tuple[Flask, str]) -> Callable[[Page, UserRole], Page]:
    """Signs somebody of a role in, on a page, without the way through the sign-in form."""
    app, origin = served

    @cache
    def cookie_of(role: UserRole) -> str:
        cookie = signed_in(app, role).get_cookie("ropa")
        assert cookie
        return cookie.value

    def enter(page: Page, role: UserRole = UserRole.DPO) -> Page:
        page.context.add_cookies([{"name": "ropa", "value": cookie_of(role), "url": origin}])
        return page

    return enter


def _watched(chromium: Browser, site: str, *, java_script_enabled: bool = True) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site, viewport=WIDE, java_script_enabled=java_script_enabled
    )
    page = context.new_page()
    watch = Watch(site)
    watch.follow(page)
    yield page
    context.close()
    assert watch.complaints == []
