"""From a page of HTML to an accessible PDF (PDF/UA-1), by WeasyPrint, which fetches nothing."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import get_ident
from typing import Any

from ropa.errors import RopaError
from ropa.exports.progress import step
from ropa.i18n import _

VARIANT = "pdf/ua-1"

_REFERENCE = re.compile(r"(\d+) 0 R")


def why_not() -> str:
    """Return nothing when PDF can be made here; otherwise what is missing and what to do."""
    try:
        import weasyprint  # noqa: F401, PLC0415  # an extra, and slow to open: only who prints does
    except ImportError:
        return str(
            _(
                "PDF cannot be made here: the Python package WeasyPrint is missing. Install the "
                "extra “pdf” of this program, and start it again."
            )
        )
    except OSError:
        return str(
            _(
                "PDF cannot be made here: the library Pango is missing from the system. Install it "
                "(on Debian: libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0), and start "
                "the program again."
            )
        )
    return ""


def typeset(html: str, css: str, titles: Mapping[str, str], steps: int = 0) -> bytes:
    """Return a page as PDF/UA-1; ``titles`` say what each place that a link leads to is called.

    Each page set is one of the ``steps`` somebody expects, and all of them are taken in the end.
    Raises RopaError when the libraries are missing, and CancelledError between two pages.
    """
    if missing := why_not():
        raise RopaError(missing)
    from weasyprint import CSS, HTML  # noqa: PLC0415  # see above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    # It says by and by which styles it leaves out; nobody who exports can do anything about it.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)

    nothing = URLFetcher(allowed_protocols=())  # neither files nor addresses, whatever a text says
    page = HTML(string=html, url_fetcher=nothing)
    style = CSS(string=css, url_fetcher=nothing)
    with _page_by_page(steps):
        made: bytes = page.write_pdf(
            stylesheets=[style],
            pdf_variant=VARIANT,
            finisher=lambda _document, pdf: _finish(pdf, titles),
        )
    return made


class _Pages(logging.Handler):
    """Hears of each page that WeasyPrint sets, which it tells a log and nobody else."""

    def __init__(self, steps: int) -> None:
        super().__init__(logging.INFO)
        self.left, self._thread = steps, get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Take a step, unless the page is of another file; pages that nobody expected are none."""
        if record.thread == self._thread and "Page" in record.msg:
            some = min(self.left, 1)
            self.left -= some
            step(some)


@contextmanager
def _page_by_page(steps: int) -> Iterator[None]:
    log, pages = logging.getLogger("weasyprint.progress"), _Pages(steps)
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(pages)
    try:
        yield
    finally:
        log.removeHandler(pages)
    step(pages.left)


def _finish(pdf: Any, titles: Mapping[str, str]) -> None:
    """Say of each heading cell what it heads, and of each link where it leads.

    PDF/UA-1 (7.5, 7.18.5) asks for both; WeasyPrint names headers by number and links by address.
    """
    for one in pdf.objects:
        if not hasattr(one, "get"):
            continue
        if one.get("S") == "/TH":
            one["A"]["Scope"] = "/Column" if _stands_in_head(pdf, one) else "/Row"
        elif one.get("Subtype") == "/Link":
            place = one["Contents"].string.removeprefix("#")
            one["Contents"].string = titles.get(place, place)


def _stands_in_head(pdf: Any, cell: Any) -> bool:
    row = _behind(pdf, cell["P"])
    return bool(_behind(pdf, row["P"]).get("S") == "/THead")


def _behind(pdf: Any, reference: bytes | str) -> Any:
    text = reference.decode() if isinstance(reference, bytes) else reference
    found = _REFERENCE.fullmatch(text)
    assert found  # noqa: S101  # every reference is written so
    return pdf.objects[int(found[1])]
