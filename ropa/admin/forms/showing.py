"""Values, rows and paths of a record in words, where a form speaks about what it holds."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ropa.admin.forms.options import Options, said
from ropa.admin.forms.tidy import show_text
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.records import Answer, LocalisedText, Part, Record, Reviewed
from ropa.records.fields import Field, Kind, fields_of, parts_in
from ropa.records.text import without_unprintable
from ropa.vocabulary import Term

_TITLE_LENGTH = 90

_BESIDE = {
    "answers": _("Answers"),
    "notes": _("Internal notes"),
    "workflow": _("State"),
    "retired_at": _("Retired on"),
    "retired_reason": _("Reason for retiring"),
    "reviewed": _("Reviewed"),
    "order": _("Order of the rows"),
}
"""What every record has beside the fields of its noun."""


def row_title(row: Part, options: Options) -> str:
    """Return the first two things a row says, to know it by, on one line."""
    given = (_brief(spec, getattr(row, spec.name), options) for spec in fields_of(type(row)))
    words = without_unprintable(" · ".join([one for one in given if one][:2]))
    return words if len(words) <= _TITLE_LENGTH else f"{words[: _TITLE_LENGTH - 1]}…"


def inside_of(row: Part, options: Options) -> str:
    """Return what the first rows inside a row say, on one line."""
    inside = [
        row_title(one, options)
        for spec in fields_of(type(row))
        if spec.kind is Kind.PARTS
        for one in getattr(row, spec.name)
    ]
    words = "; ".join(filter(None, inside))
    return words if len(words) <= _TITLE_LENGTH else f"{words[: _TITLE_LENGTH - 1]}…"


def _brief(spec: Field, value: Any, options: Options) -> str:
    if spec.kind in (Kind.PARTS, Kind.LINKS, Kind.TERMS, Kind.TEXTS, Kind.YES_NO):
        return ""
    if isinstance(value, LocalisedText):
        return said(value, options.language)
    return " ".join(line for line in lines_of(spec, value, options))


def lines_of(spec: Field | None, value: Any, options: Options) -> list[str]:
    """Return any value of a record in words, line by line; nothing when it is not recorded."""
    return [without_unprintable(one) for one in _lines(spec, value, options) if one]


def _lines(spec: Field | None, value: Any, options: Options) -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, Part):
        yield from _row_lines(value, options)
    elif isinstance(value, tuple):
        for one in value:
            yield from _lines(spec, one, options)
    elif isinstance(value, LocalisedText):
        yield from (
            f"{code.upper()}: {text}" for code in LANGUAGES if (text := getattr(value, code))
        )
    elif isinstance(value, Reviewed):
        said_so = _(
            "%(name)s: still true, version %(version)s", name=value.by, version=value.version
        )
        yield str(said_so)
    elif isinstance(value, Answer):
        yield f"{value.kind.label}. {value.because}".rstrip(". ")
    elif isinstance(value, bool | Term | date):
        yield _plain(value)
    elif spec is not None and spec.kind in (Kind.LINK, Kind.LINKS):
        found = options.find(spec.says.to, value)
        yield found.label if found else str(_("a record that is not in the register"))
    else:
        yield show_text(spec.name if spec else "", str(value), options.language)


def _plain(value: bool | Term | date) -> str:  # noqa: FBT001
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return str(value.label) if isinstance(value, Term) else value.isoformat()


def _row_lines(row: Part, options: Options) -> Iterator[str]:
    for spec in fields_of(type(row)):
        value = getattr(row, spec.name)
        if words := "; ".join(lines_of(spec, value, options)):
            yield f"{spec.label}: {words}"


def order_in_words(ids: tuple[str, ...], sides: tuple[Record, ...], options: Options) -> list[str]:
    """Return rows, by what they say, in an order of theirs, line by line."""
    rows = {row.id: row for side in sides for _path, row in parts_in(side)}
    titles = (row_title(rows[one], options) if one in rows else "" for one in ids)
    return [f"{place}. {title or _('an empty row')}" for place, title in enumerate(titles, 1)]


def several(spec: Field | None) -> bool:
    """Say whether a field holds several values that come and go one by one."""
    return spec is not None and spec.kind in (Kind.LINKS, Kind.TERMS, Kind.TEXTS)


def comings_and_goings(spec: Field, before: Any, after: Any, options: Options) -> list[str]:
    """Return what was added to several values and what was taken out, line by line."""
    was, now = tuple(before or ()), tuple(after or ())
    gone = lines_of(spec, tuple(one for one in was if one not in now), options)
    come = lines_of(spec, tuple(one for one in now if one not in was), options)
    return [
        *(str(_("Added: %(what)s", what=one)) for one in come),
        *(str(_("Removed: %(what)s", what=one)) for one in gone),
    ]


def path_in_words(path: str, sides: tuple[Record, ...], options: Options) -> list[str]:
    """Return where a path leads, from the outside in: fields by label, rows by what they say."""
    head, *rest = path.split("/")
    if head in _BESIDE:
        return [str(_BESIDE[head]), *_question(rest, sides)]
    return list(_walk([head, *rest], sides, options))


def _question(rest: list[str], sides: tuple[Record, ...]) -> list[str]:
    labels = {spec.name: str(spec.label) for spec in fields_of(type(sides[0]))}
    return [labels[one] for one in rest if one in labels]


def _walk(words: list[str], holders: tuple[Record | Part, ...], options: Options) -> Iterator[str]:
    head, *rest = words
    spec = next((one for one in fields_of(type(holders[0])) if one.name == head), None)
    if spec is None:
        yield str(_BESIDE.get(head, head))
        return
    yield str(spec.label)
    if spec.kind is Kind.PARTS and rest:
        rows = [row for one in holders for row in getattr(one, head) if row.id == rest[0]]
        if not rows:
            yield str(_BESIDE.get(rest[0], _("a row")))
            return
        yield row_title(rows[0], options) or str(_("an empty row"))
        if rest[1:]:
            yield from _walk(rest[1:], tuple(rows), options)
    elif rest:
        yield LANGUAGE_NAMES.get(rest[0], rest[0])
