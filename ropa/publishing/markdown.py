"""The list in Markdown, for programs and people who read plain text: the same rows as the page."""

import re
from collections.abc import Iterator, Sequence

from ropa.i18n import _
from ropa.publishing import wording
from ropa.publishing.formats import content_sha256
from ropa.publishing.lines import Status
from ropa.publishing.page import SCOPES, Page, Row
from ropa.publishing.saying import Saying

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def markdown_bytes(page: Page, address: str) -> bytes:
    """Return the list as Markdown in the page's language; call it inside ``in_language``.

    ``address`` is where the page itself stands.
    """
    return ("\n".join(_lines(page, address)) + "\n").encode()


def _lines(page: Page, address: str) -> Iterator[str]:
    yield f"# {_title(page)}"
    yield ""
    yield from _facts(page, address)
    for code in SCOPES:
        rows = [row for row in page.rows if row.line.group is code and not _is_over(row)]
        yield from _table(str(code.label if code else _("Other")), rows, page.language)
    over = [row for row in page.rows if _is_over(row)]
    yield from _table(str(_("No longer used")), over, page.language)
    if not page.rows:
        yield ""
        yield str(_("No sub-processor in use is on the public list."))


def _is_over(row: Row) -> bool:
    return row.line.status is Status.ENDED


def _title(page: Page) -> str:
    if page.publisher is None:
        return str(_("Sub-processors"))
    name = plain(page.publisher.legal_name)
    return str(_("Sub-processors of %(company)s", company=name))


def _facts(page: Page, address: str) -> Iterator[str]:
    yield f"- {_('Register version %(number)s', number=page.head.seq)}"
    yield f"- {_('%(number)s in use', number=page.in_use)}"
    if page.modified_at:
        moment = Saying(page.language).moment(page.modified_at)
        yield f"- {_('recorded %(moment)s', moment=moment)}"
    yield f"- {_('SHA-256 of the list %(hash)s', hash=content_sha256(page))}"
    yield f"- <{address}>"


def _table(title: str, rows: Sequence[Row], language: str) -> Iterator[str]:
    if not rows:
        return
    heads = [str(one) for one in _HEADINGS]
    yield ""
    yield f"## {plain(title)}"
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_cell(one) for one in _cells(row, Saying(language)))} |"


_HEADINGS = (
    _("Sub-processor"),
    _("Legal name"),
    _("What for"),
    _("Applies to"),
    _("Data"),
    _("Where"),
    _("Transfer safeguard"),
    _("Status"),
    _("Since"),
)


def _cells(row: Row, saying: Saying) -> tuple[str | None, ...]:
    who, line = row.subprocessor, row.line
    condition = saying.plain(line.applies_when)
    applies = "; ".join(part for part in (wording.services(line, saying), condition) if part)
    return (
        who.name or who.slug,
        who.legal_name,
        saying.plain(line.purpose) or None,
        applies,
        wording.data(line, saying),
        wording.places(line, saying),
        wording.transfers(line, saying),
        str(line.status.label),
        _since(row),
    )


def _since(row: Row) -> str | None:
    begun, ends = wording.day(row.line.starts_on), wording.day(row.line.ends_on)
    if not ends:
        return begun
    return f"{begun or wording.NOT_RECORDED} – {ends}"


def _cell(text: str | None) -> str:
    return plain(text) if text else f"*{wording.NOT_RECORDED}*"


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is: nothing in it marks up, or ends a row."""
    return _SPECIAL.sub(r"\\\1", _BREAKS.sub(" ", text)).strip()
