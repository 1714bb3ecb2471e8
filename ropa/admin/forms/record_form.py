"""The form of a record, built from the record's own declaration, and read back into a record.

``fill`` makes a form that shows a record; ``typed_over`` one that shows what somebody typed over
a record; ``read_record`` gives the record that comes of it. What was not touched keeps exactly
the value it had, so that opening and saving changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace as replace_in
from datetime import date
from typing import Any

from msgspec.structs import replace
from wtforms import Field as FormField
from wtforms.form import BaseForm

from ropa.admin.forms.answers import AnswerField
from ropa.admin.forms.asked import Asked
from ropa.admin.forms.links import LinkField, LinksField
from ropa.admin.forms.options import Options
from ropa.admin.forms.rows import (
    FormMeta,
    PartsField,
    Posting,
    Typed,
    bound,
    links_asked,
    lists_in,
)
from ropa.admin.forms.texts import TextField
from ropa.admin.layouts import ESSENTIALS, FIRST_ROWS, LAYOUTS, Section
from ropa.i18n import _
from ropa.records import NOUNS, Problem, Record, Says
from ropa.records.base import SHORT
from ropa.records.fields import Field, Kind, fields_of
from ropa.records.text import unprintable_in

NOTES = Field(
    "notes",
    Kind.TEXT,
    Says(_("Internal notes"), help=_("No export and no public page ever shows them."), long=True),
)
WHY = Field(
    "why", Kind.TEXT, Says(_("Why?"), help=_("The history keeps the reason with this change."))
)

NEVER_TYPED = {
    "document": frozenset({"filename", "media_type", "size", "sha256"}),
    "notice": frozenset({"issued_on"}),
    "change": frozenset(
        {"touches", "announced_on", "objection_until", "held_on", "withdrawn_on", "corrections"}
    ),
}
"""What no form asks: the facts of a file are taken from it; what outsiders are told is an act, and
which states a change names is chosen where its difference is seen."""


@dataclass(frozen=True)
class FormSection:
    """A section of the form with its fields."""

    section: Section
    fields: tuple[Asked, ...]

    @property
    def is_wrong(self) -> bool:
        """Say whether something in the section is wrong."""
        return any(field.is_wrong for field in self.fields)


class RecordForm(BaseForm):
    """The form of one record."""

    def __init__(
        self, base: Record, options: Options, version: int, typed: Typed | None, prefix: str = ""
    ) -> None:
        super().__init__(self.asked_of(base), prefix, FormMeta(options, Posting.of(typed)))
        self.base = base
        self.version = version
        self.is_unsaved = typed is not None
        self.errors_here: list[str] = []
        self.leaves_out: frozenset[str] = frozenset()
        """The fields this form does not show, though its noun has them."""
        for name in base.settled():
            if name in self:
                self[name].fixed = True
        self.process(typed, base)
        self.answers = {one.question: one for one in self._answers(typed)}

    def asked_of(self, base: Record) -> list[tuple[str, FormField]]:
        """Return the unbound fields of the form: the record's own, its notes, and why."""
        untyped = NEVER_TYPED.get(base.noun, frozenset())
        asked = [pair for pair in bound(type(base)) if pair[0] not in untyped]
        return [*asked, ("notes", TextField(NOTES)), ("why", TextField(WHY))]

    def _answers(self, typed: Typed | None) -> Iterator[AnswerField]:
        for question in self.base.asks:
            asked = AnswerField(
                question, str(self[question].label.text), self.base.answer_to(question)
            )
            if typed is not None:
                asked.take(typed)
            yield asked

    @property
    def sections(self) -> list[FormSection]:
        """Return the sections in the order of the law; the notes come last."""
        layout = layout_of(self.base.noun)
        shown = (
            FormSection(
                section,
                tuple(self[name] for name in section.fields if name not in self.leaves_out),
            )
            for section in layout
        )
        return [one for one in shown if one.fields]

    def answer_shown(self, question: str) -> AnswerField | None:
        """Return the answer asked beside a list: only while it is empty, or answered already."""
        asked = self.answers.get(question)
        return asked if asked and (asked.kind or asked.errors or not self[question].data) else None

    def complain(self, problem: Problem) -> None:
        """Say what is wrong at the field its path names, or above the form."""
        head, *rest = problem.path.split("/")
        asked = self.answers.get(head)
        if asked and asked.kind and not rest:
            asked.complain(rest, problem)
        elif head in self:
            self[head].complain(rest, problem)
        else:
            self.errors_here.append(problem.sentence)

    def hint(self, path: str, sentence: str) -> None:
        """Say under the field a path names what a rule says of it; saving is not kept from."""
        head, *rest = path.split("/")
        if head in self:
            self[head].hint(rest, sentence)

    def complaints(self) -> list[tuple[str, str, str]]:
        """Return all that is wrong, in the order of the form: id, name of the field, sentence."""
        found = [("", "", str(one)) for one in dict.fromkeys(self.errors_here)]
        for section in self.sections:
            for field in section.fields:
                found += field.complaints()
                asked = self.answers.get(field.name)
                found += asked.complaints() if asked else ()
        return found + (list(self["why"].complaints()) if "why" in self else [])

    def add_row(self, name: str) -> bool:
        """Add a row to the list of this name; say whether there is such a list."""
        found = next((one for one in lists_in(self) if one.name == name), None)
        if found is not None:
            found.add()
        return found is not None

    def remove_row(self, name: str) -> bool:
        """Take away the row whose inputs begin with this name; say whether there is one."""
        return any(one.remove(name) for one in lists_in(self))

    def link(self, name: str) -> LinkField | LinksField | None:
        """Return the field of links of this name, at any depth, or None."""
        return next((one for one in links_asked(self) if one.name == name), None)

    def find(self, name: str) -> bool:
        """Look for records to link in the field of this name; say whether there is such a field."""
        found = self.link(name)
        if found is not None:
            found.find()
            found.is_touched = True
        return found is not None

    def touch(self, name: str) -> None:
        """Mark the field of links of this name as worked on just now: the focus goes there."""
        if found := self.link(name):
            found.is_touched = True

    def act(self, act: str, name: str) -> bool:
        """Do what a button of the form says, to what it names; say whether there is such a one."""
        if act in ("up", "down"):
            return any(one.move(name, up=act == "up") for one in lists_in(self))
        acts = {
            "add": self.add_row,
            "remove": self.remove_row,
            "copy": self.copy_row,
            "find": self.find,
        }
        return act in acts and acts[act](name)

    def begin(self) -> None:
        """Let an empty row wait, open, where a new record usually begins."""
        for field in self:
            if isinstance(field, PartsField) and field.spec.name in FIRST_ROWS:
                field.begin()

    def copy_row(self, name: str) -> bool:
        """Put a copy of a row behind it; say whether there is such a row."""
        return any(one.copy(name) for one in lists_in(self))

    def find_what_is_new(self) -> bool:
        """Look wherever words were typed and not yet looked for; say whether there were any."""
        new = [one for one in links_asked(self) if one.sought and one.sought != one.looked_for]
        for one in new:
            one.find()
            one.is_touched = True
        return bool(new)


class SmallForm(RecordForm):
    """The essential fields of a new record, asked while the form of another waits behind.

    Its inputs begin with ``prefix``, so that both forms can be sent together.
    """

    def __init__(self, base: Record, options: Options, typed: Typed, prefix: str) -> None:
        super().__init__(base, options, 0, typed, prefix)

    def asked_of(self, base: Record) -> list[tuple[str, FormField]]:
        """Return the unbound fields of the form: the essential ones only."""
        asked = dict(bound(type(base)))
        return [(name, asked[name]) for name in ESSENTIALS[base.noun]]

    def _answers(self, typed: Typed | None) -> Iterator[AnswerField]:
        del typed
        yield from ()

    @property
    def sections(self) -> list[FormSection]:
        """Return all fields as one section."""
        kind = type(self.base)
        return [FormSection(Section("essentials", kind.name_of_noun, ()), tuple(self))]

    @property
    def is_at_work(self) -> bool:
        """Say whether something in it was just done without saving, and has the focus."""
        return any(field.is_touched for field in self)

    def read(self) -> Record:
        """Return the record as typed."""
        return replace(self.base, **{field.spec.name: field.data for field in self})


def fill(record: Record, options: Options, version: int = 0) -> RecordForm:
    """Return a form that shows a record as it stands at a version."""
    return RecordForm(record, options, version, None)


def typed_over(base: Record, options: Options, version: int, typed: Typed) -> RecordForm:
    """Return a form that shows what was typed over a record, as it was at a version."""
    return RecordForm(base, options, version, typed)


def read_record(form: RecordForm, by: str, on: date) -> Record:
    """Return the record as typed; answers given newly are signed and dated.

    What cannot be read keeps its former value: ask ``form.complaints()`` before saving.
    """
    base = form.base
    values: dict[str, Any] = {
        spec.name: form[spec.name].data for spec in fields_of(type(base)) if spec.name in form
    }
    return replace(base, **values, notes=form["notes"].data, answers=_answered(form, by, on))


def _answered(form: RecordForm, by: str, on: date) -> tuple[Any, ...]:
    given = {question: asked.read(by, on) for question, asked in form.answers.items()}
    kept = [given.pop(one.question, one) for one in form.base.answers]
    return tuple(one for one in (*kept, *given.values()) if one is not None)


def check_why(form: RecordForm) -> None:
    """Say so when the reason given for a change cannot be kept."""
    for problem in problems_of_why(form["why"].data):
        form.complain(problem)


def problems_of_why(why: str) -> Iterator[Problem]:
    """Yield what keeps a reason from being kept."""
    if sign := unprintable_in(why):
        yield Problem(
            "why",
            _("There is a character here that cannot be shown (%(sign)s). Delete it.", sign=sign),
        )
    if len(why) > SHORT:
        yield Problem("why", _("At most %(limit)s characters fit here.", limit=SHORT))


def layout_of(noun: str) -> tuple[Section, ...]:
    """Return the sections of a noun's form; no field is left out, and the notes come last."""
    untyped = NEVER_TYPED.get(noun, frozenset())
    names = [spec.name for spec in fields_of(NOUNS[noun]) if spec.name not in untyped]
    given = LAYOUTS.get(noun, ())
    placed = {name for section in given for name in section.fields}
    rest = tuple(name for name in names if name not in placed)
    sections = [
        replace_in(section, fields=tuple(name for name in section.fields if name in names))
        for section in given
    ]
    if rest:
        title = _("Other details") if given else NOUNS[noun].name_of_noun
        sections.append(Section("rest", title, rest))
    notes = Section("internal", _("Internal notes (never exported)"), ("notes",))
    return (*sections, notes)
