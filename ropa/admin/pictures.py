"""Pictures in the back office: on a page with the table that says the same, and as files."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask import Response, abort, flash, redirect, request, url_for
from flask_admin import expose
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from ropa.admin.context import language, may, today, working_register, zone
from ropa.admin.guard import Guarded
from ropa.admin.lists import Listed
from ropa.admin.menu import TRANSFERS
from ropa.admin.story import act_of
from ropa.admin.words import moment
from ropa.extensions import db
from ropa.history.browsing import Turn, Wanted, steps_of
from ropa.i18n import _
from ropa.pictures import (
    Kind,
    Link,
    NoFontsError,
    Picture,
    Told,
    destinations,
    picture_of,
    pictures_for,
    png_of,
    svg_of,
)
from ropa.pictures.timeline import LOG
from ropa.records import LegalEntity, Record
from ropa.vocabulary import Permission

STEPS = 40
"""How many steps of the log a timeline tells."""

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


class Pictured(Listed):
    """The pictures of one record."""

    @expose("/picture/")
    def picture_view(self) -> str:
        """Show a picture of a record; which one is said by ``of``."""
        record, kind = self._asked_picture()
        picture = _picture(kind, record)
        here = f"{self.endpoint}.picture_view"
        there = f"{self.endpoint}.picture_file_view"
        return self.render(
            "admin/picture.html",
            title=picture.title,
            record=record,
            **_page(picture),
            tabs=[
                (one.name, url_for(here, id=record.id, of=one.code), one is kind)
                for one in pictures_for(record)
            ],
            files=[
                (name, url_for(there, id=record.id, of=kind.code, ending=name)) for name in _TYPES
            ],
        )

    @expose("/picture/file/")
    def picture_file_view(self) -> AnyResponse:
        """Give out a picture of a record as a file."""
        record, kind = self._asked_picture()
        back = url_for(f"{self.endpoint}.picture_view", id=record.id, of=kind.code)
        name = f"{kind.code}-{record.noun}-{record.id[:8]}"
        return _file(_picture(kind, record), name, back)

    def _asked_picture(self) -> tuple[Record, Kind]:
        _row, record = self.asked_record()
        offered = pictures_for(record)
        wanted = request.args.get("of", offered[0].code)
        kind = next((one for one in offered if one.code == wanted), None)
        return (record, kind) if kind is not None else abort(404)


class DestinationsPage(Guarded):
    """Transfers → Transfers by destination."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.RECORD_READ,
        "file": Permission.RECORD_READ,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("By destination"),
            category=TRANSFERS,
            endpoint="destinations",
            url="destinations",
        )

    @expose("/")
    def index(self) -> str:
        """Show the transfers by destination; of one company when the address names it."""
        entity = _asked_entity()
        picture = destinations(working_register(), today(), language(), entity)
        chosen = entity.id if entity else None
        return self.render(
            "admin/picture.html",
            title=picture.title,
            record=entity,
            **_page(picture),
            tabs=list(_companies(entity)),
            files=[(name, url_for(".file", entity=chosen, ending=name)) for name in _TYPES],
        )

    @expose("/file/")
    def file(self) -> AnyResponse:
        """Give out the picture as a file."""
        entity = _asked_entity()
        picture = destinations(working_register(), today(), language(), entity)
        chosen = entity.id if entity else None
        return _file(picture, "transfers-by-destination", url_for(".index", entity=chosen))


def _asked_entity() -> LegalEntity | None:
    asked = request.args.get("entity", "")
    found = working_register().find(LegalEntity, asked)
    if asked and found is None:
        abort(404)
    return found


def _companies(chosen: LegalEntity | None) -> Iterator[tuple[str, str, bool]]:
    """Yield the choices of company: name, address, whether it is the one shown."""
    yield str(_("All companies")), url_for(".index"), chosen is None
    for one in working_register().current(LegalEntity):
        yield one.legal_name, url_for(".index", entity=one.id), one == chosen


def _picture(kind: Kind, record: Record) -> Picture:
    log = _log_of(record) if kind.of_all and may(Permission.HISTORY_READ) else ()
    return picture_of(kind, working_register(), record, today(), language(), log=log)


def _page(picture: Picture) -> dict[str, Any]:
    svg = svg_of(picture, language(), _address)
    return {"picture": picture, "svg": Markup(svg), "address": _address}  # noqa: S704  # escaped


def _address(link: Link) -> str:
    """Return the address of a record's page, or of the list of its noun."""
    if link.id:
        return url_for(f"{link.noun}.details_view", id=link.id)
    return url_for(f"{link.noun}.index_view")


def _file(picture: Picture, name: str, back: str) -> AnyResponse:
    ending = request.args.get("ending", "svg")
    if ending not in _TYPES:
        abort(404)
    svg = svg_of(picture, language())
    try:
        content = png_of(svg) if ending == "png" else svg.encode()
    except NoFontsError as refused:
        flash(str(refused), "error")
        return redirect(back, 303)
    response = Response(content, mimetype=_TYPES[ending])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _log_of(record: Record) -> list[Told]:
    turns, _more = steps_of(db.session(), Wanted(record_id=record.id), STEPS)
    return [_told(turn) for turn in turns]


def _told(turn: Turn) -> Told:
    step = turn.step
    when = moment(step.at)
    about = f"{when} · {step.why}" if step.why else when
    day = step.at.astimezone(zone()).date()
    return Told(day, _sentence(turn), str(_("Log")), LOG, about)


def _sentence(turn: Turn) -> str:
    """Return what a step did to the record, in the words of its history."""
    who, it = turn.step.actor_name, _("it")
    said = {
        "began": _("%(who)s recorded %(what)s", who=who, what=it),
        "confirmed": _(
            "%(who)s confirmed values of %(what)s (%(count)s)",
            who=who,
            what=it,
            count=turn.confirmed,
        ),
        "sent_to_review": _("%(who)s sent %(what)s to review", who=who, what=it),
        "sent_back": _("%(who)s made %(what)s a draft again", who=who, what=it),
        "approved": _("%(who)s approved %(what)s", who=who, what=it),
        "retired": _("%(who)s retired %(what)s", who=who, what=it),
        "brought_back": _("%(who)s put %(what)s back into use", who=who, what=it),
        "redacted": _("%(who)s changed %(what)s; the words were redacted since", who=who, what=it),
    }
    return str(said.get(act_of(turn).value) or _("%(who)s changed %(what)s", who=who, what=it))
