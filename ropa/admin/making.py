"""Making a missing record from inside the form that wants to name it.

A button beside a link opens a small form for the essential fields of that noun, as a page of the
same form: what was typed behind it travels along unread. The new record is saved as a draft of
its own, and the form comes back with it chosen. Small forms open from small forms, a few deep.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import abort, flash, g, make_response, request
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from ropa.admin.acts import permission_to_write
from ropa.admin.context import current_actor, forget_registers, language, may, working_register
from ropa.admin.forms import (
    Options,
    RecordForm,
    SmallForm,
    Typed,
    countries,
    name_of,
    problems_of_why,
    with_next_ref,
    with_short_name,
)
from ropa.admin.forms.names import SHORT_NAMES
from ropa.admin.layouts import ESSENTIALS
from ropa.admin.listing import TITLES
from ropa.extensions import db
from ropa.history import acting_as
from ropa.i18n import _
from ropa.lint.sources import link_of
from ropa.operations import all_problems, as_edited, save
from ropa.operations.rows import is_id, misplaced_rows
from ropa.records import NOUNS, LocalisedText, NotAllowedError, Record, new_id, problems_of
from ropa.records.base import SHORT
from ropa.records.fields import Field, Kind, field_named
from ropa.records.text import without_unprintable
from ropa.vocabulary import Door

MOST_DEPTH = 3
"""So many small forms stand before each other at most."""

_PREFIX = re.compile(r"made\d-")
_BORROWED = {
    "exporter": ("entity",),
    "entity": ("entity", "exporter"),
    "vendor": ("importer_vendor",),
}
"""What a new record takes over from the form behind it: its field, and the fields there."""

Back = Callable[[Typed, str], Answer]
"""Shows the form behind all small ones: what is typed in it, and the input to go to."""


@dataclass(frozen=True)
class Inside:
    """A small form: how deep it stands, the input it was opened from, and that input's field."""

    depth: int
    asked: str
    spec: Field

    @property
    def noun(self) -> str:
        """Return the noun that is made."""
        return self.spec.says.to

    @property
    def prefix(self) -> str:
        """Return what the names of its inputs begin with."""
        return f"made{self.depth}-"

    def owns(self, name: str) -> bool:
        """Say whether an input belongs to it."""
        return name.removeprefix("find-").removeprefix("found-").startswith(self.prefix)


def opened_in(noun: str, typed: Typed) -> list[Inside]:
    """Return the small forms that are open, the topmost last; 403 where one may not be."""
    opened = []
    for depth, asked in enumerate(typed.getlist("making")[:MOST_DEPTH], 1):
        spec = link_named(noun, asked)
        if spec.says.to not in makes(depth - 1):
            abort(403)
        noun = spec.says.to
        opened.append(Inside(depth, asked, spec))
    return opened


def makes(depth: int = 0) -> frozenset[str]:
    """Return the nouns that whoever is signed in can make from inside a form as deep as this."""
    if depth >= MOST_DEPTH:
        return frozenset()
    return frozenset(noun for noun in ESSENTIALS if may(permission_to_write(noun)))


def link_named(noun: str, name: str) -> Field:
    """Return the field of links that an input's name leads to, or refuse with 404."""
    path = _PREFIX.sub("", name, count=1) if _PREFIX.match(name) else name
    first, *inner = [word for word in path.split("-") if not word.isdigit()] or [""]
    spec = _spec(NOUNS[noun], first)
    for word in inner:
        if spec.kind is not Kind.PARTS:
            abort(404)
        spec = _spec(spec.of, word)
    if spec.kind not in (Kind.LINK, Kind.LINKS):
        abort(404)
    return spec


class Making:
    """The small forms of a view; mixed in before Flask-Admin's view."""

    making_template = "admin/make.html"

    noun: str

    def open_inside(self, form: RecordForm, name: str) -> Answer | None:
        """Open a small form from a field; None when nothing can be made there."""
        asked, _sign, title = name.partition("=")
        link, opened = form.link(asked), opened_in(self.noun, request.form)
        if link is None or link.to not in makes(len(opened)):
            return None
        typed: Typed = MultiDict(request.form)
        typed.add("making", asked)
        opened = opened_in(self.noun, typed)
        start = _begun(NOUNS[link.to](id=new_id()), form, title[:SHORT])
        small = SmallForm(start, _options(opened), typed, opened[-1].prefix)
        small.begin()
        return self._show_inside(opened, small)

    def work_inside(self, session: Session, opened: list[Inside], back: Back) -> Answer:
        """Do what was asked on the topmost small form."""
        act, _colon, name = request.form.get("do", "save").partition(":")
        if act == "back":
            return self._close(opened, "", back)
        form = _typed_inside(opened, request.form)
        if "unsaved_because" in g:
            form.errors_here.append(str(g.unsaved_because))
            return self._show_inside(opened, form, 400)
        if act == "save" or (act == "enter" and not form.find_what_is_new()):
            return self._save_inside(session, opened, form, back)
        if act == "make" and (page := self.open_inside(form, name)):
            return page
        if act != "enter" and not form.act(act, name):
            form.errors_here.append(_("That button belongs to a row that is no longer here."))
        return self._show_inside(opened, form)

    def _save_inside(
        self, session: Session, opened: list[Inside], form: SmallForm, back: Back
    ) -> Answer:
        record = with_short_name(form.read(), working_register())
        if made := working_register().records.get(record.id):  # sent twice: it is made already
            _tell_unless_the_same(made, record)
            return self._close(opened, record.id, back)
        why = request.form.get("why", "").strip()
        if _find_fault(session, form, record, why) or not _write(session, form, record, why):
            return self._show_inside(opened, form, 422)
        name = name_of(record, working_register(), language())
        flash(_("“%(name)s” was saved as a draft, and is chosen here.", name=name), "success")
        return self._close(opened, record.id, back)

    def _close(self, opened: list[Inside], chosen: str, back: Back) -> Answer:
        """Go back to the form before, with a record chosen there, if one was made."""
        *behind, top = opened
        typed = _left_behind(top, request.form)
        if chosen and top.spec.kind is Kind.LINKS:
            typed.setlist(top.asked, [*typed.getlist(top.asked), chosen])
        elif chosen:
            typed[top.asked] = chosen
        if not behind:
            return back(typed, top.asked)
        form = _typed_inside(behind, typed)
        form.touch(top.asked)
        return self._show_inside(behind, form)

    def _show_inside(self, opened: list[Inside], form: SmallForm, status: int = 200) -> Answer:
        top = opened[-1]
        page = self.render(
            self.making_template,
            form=form,
            record_name=f"{top.prefix}record",
            noun_name=form.base.name_of_noun,
            behind=NOUNS[opened[-2].noun if len(opened) > 1 else self.noun].name_of_noun,
            asked=top.spec.label,
            making=[one.asked for one in opened],
            kept=[pair for pair in request.form.items(multi=True) if _is_kept(top, pair[0])],
            clean=without_unprintable,
            complaints=form.complaints(),
            lookup_noun=top.noun,
            suggested_countries=countries(language()),
            link_of=link_of,
        )
        return make_response(page, status)

    def render(self, template: str, **values: Any) -> str:
        """Return a page; Flask-Admin's view does it."""
        return cast("str", super().render(template, **values))  # type: ignore[misc]


def _options(opened: list[Inside]) -> Options:
    return Options(working_register(), language(), makes(len(opened)), opened[-1].noun)


def _typed_inside(opened: list[Inside], typed: Typed) -> SmallForm:
    """Return the topmost small form as it was typed."""
    top = opened[-1]
    posted = typed.get(f"{top.prefix}record", "")
    found = working_register().records.get(posted)
    ours = is_id(posted) and (found is None or found.noun == top.noun)
    base = NOUNS[top.noun](id=posted if ours else new_id())
    return SmallForm(base, _options(opened), typed, top.prefix)


def _begun(record: Record, behind: RecordForm, title: str) -> Record:
    """Return a new record with what is known of it: its reference, its name, whose it is."""
    begun = with_next_ref(record, working_register())
    for mine, theirs in _BORROWED.items():
        if mine in ESSENTIALS[record.noun]:
            known = (behind[one].data for one in theirs if one in behind)
            begun = replace(begun, **{mine: next(filter(None, known), None)})
    return replace(begun, **_named(record, title)) if title else begun


def _named(record: Record, title: str) -> dict[str, Any]:
    """Return a title as the value of the field that holds it."""
    spec = field_named(type(record), TITLES[record.noun])
    words = LocalisedText(**{language(): title}) if spec.kind is Kind.LOCALISED else title
    return {spec.name: words} if spec.kind in (Kind.LOCALISED, Kind.TEXT) else {}


def _find_fault(session: Session, form: SmallForm, record: Record, why: str) -> bool:
    """Say at the fields of the form what keeps a new record from being saved."""
    problems = problems_of(record) or [
        *all_problems(session, record),
        *misplaced_rows(session, record),
    ]
    for problem in (*problems, *problems_of_why(why)):
        if problem.path not in SHORT_NAMES or record.title:  # made of the name, which is missing
            form.complain(problem)
    return bool(form.complaints())


def _write(session: Session, form: SmallForm, record: Record, why: str) -> bool:
    """Save a new record; say in the form what kept it from being saved, and then return False."""
    try:
        with acting_as(session, current_actor(), why, Door.BACK_OFFICE):
            save(session, as_edited(record))
            session.commit()
    except (IntegrityError, NotAllowedError):
        session.rollback()
        if not _find_fault(db.session(), form, record, why):
            raise
        return False
    forget_registers()
    return True


def _tell_unless_the_same(made: Record, typed: Record) -> None:
    """Say so when somebody went back and wrote something else in a record that was made already."""
    if any(getattr(made, name) != getattr(typed, name) for name in ESSENTIALS[made.noun]):
        flash(
            _(
                "“%(name)s” was saved before, and is chosen here as it was saved. What you wrote "
                "in it since was not saved: change it on its own page.",
                name=name_of(made, working_register(), language()),
            ),
            "error",
        )


def _left_behind(top: Inside, typed: Typed) -> Typed:
    """Return what was typed behind a small form."""
    left: Typed = MultiDict(
        pair for pair in typed.items(multi=True) if not top.owns(pair[0]) and pair[0] != "do"
    )
    left.setlist("making", typed.getlist("making")[: top.depth - 1])
    return left


def _is_kept(top: Inside, name: str) -> bool:
    return not top.owns(name) and name not in {"csrf_token", "do", "making"}


def _spec(kind: Any, name: str) -> Field:
    try:
        return field_named(kind, name)
    except KeyError:
        abort(404)
