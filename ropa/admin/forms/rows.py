"""Rows inside a record, nested to any depth: posted, added, removed, and read back by their id.

The names of inputs count rows (``data-0-retention-1-trigger-en``), and a number once given stays
with its row while the form is open. What a row *is*, its hidden id says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field as dataclass_field
from typing import Any

from msgspec.structs import replace
from werkzeug.datastructures import MultiDict
from wtforms import Field as FormField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from ropa.admin.forms.asked import Asked
from ropa.admin.forms.links import LinkField, LinksField
from ropa.admin.forms.options import Options
from ropa.admin.forms.showing import inside_of, row_title
from ropa.admin.forms.texts import LocalisedField, TextField, TextsField
from ropa.admin.forms.tidy import tidy_row
from ropa.admin.forms.values import ChoiceField, DateField, TermsField, WholeField
from ropa.admin.layouts import FIRST_ROWS, ROW_ESSENTIALS
from ropa.i18n import _
from ropa.operations.rows import is_id
from ropa.records import Part, Problem, new_id
from ropa.records.fields import Field, Kind, fields_of

LONGEST_NAME = 100
"""No input of any form has a longer name; a longer one, made up to keep us busy, is not read."""

MOST_ROWS = 500
"""One form holds no more rows than this, at all depths together."""

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)

Typed = MultiDict[str, str]


@dataclass
class Posting:
    """What was posted, with the numbers of the rows in each list, in the order they stood in."""

    rows: dict[str, list[int]] = dataclass_field(default_factory=dict)
    left: int = MOST_ROWS
    """How many rows may still be made."""
    seen: set[str] = dataclass_field(default_factory=set)
    """The ids of the rows made so far."""

    @classmethod
    def of(cls, typed: Typed | None) -> "Posting":
        """Read the numbers of all rows from the names of the inputs."""
        found: dict[str, dict[int, None]] = {}
        for name in typed or ():
            if len(name) > LONGEST_NAME:
                continue
            words = name.split("-")
            for place, word in enumerate(words[:-1]):
                if place and _NUMBER.fullmatch(word):
                    found.setdefault("-".join(words[:place]), {})[int(word)] = None
        return cls({name: list(numbers) for name, numbers in found.items()})


class FormMeta(DefaultMeta):
    """What every field of one form can see: its choices, and what was posted."""

    csrf = False  # the whole app checks its own token, before any form is read
    locales = False

    def __init__(self, options: Options, posting: Posting) -> None:
        self.options = options
        self.posting = posting


class RowForm(BaseForm):
    """One row: the fields of its kind, and its id."""

    def __init__(
        self, kind: type[Part], prefix: str, meta: FormMeta, base: Part | None, typed: Typed | None
    ) -> None:
        super().__init__(bound(kind), prefix, meta)
        self.kind = kind
        self.base = base
        self.name = prefix
        self.errors_here: list[str] = []
        self.is_fresh = False
        """Whether it has just been added: it is shown open, with the focus in it."""
        self.moved = ""
        """Where it has just been moved: up or down; the focus stays on its buttons."""
        self.is_noted = False
        """Whether a rule says something of it."""
        self.row_id = base.id if base is not None else self._own_id(typed)
        self.process(typed, base if base is not None else kind(id=self.row_id))
        meta.posting.seen.add(self.row_id)

    def _own_id(self, typed: Typed | None) -> str:
        posted = typed.get(f"{self.name}-id", "") if typed is not None else ""
        if is_id(posted) and posted not in self.meta.posting.seen:
            return posted
        if posted or typed is not None:
            self.errors_here.append(
                _("This row could not be recognised and is taken as a new one. Check it.")
            )
        return new_id()

    @property
    def fields(self) -> list[Asked]:
        """Return the fields of the row, in order."""
        return list(self)

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong with the row as a whole."""
        return [str(one) for one in dict.fromkeys(self.errors_here)]

    @property
    def is_wrong(self) -> bool:
        """Say whether something is wrong in the row."""
        return bool(self.errors_here) or any(field.is_wrong for field in self)

    @property
    def is_open(self) -> bool:
        """Say whether it is shown open: it is new, changed, wrong, or worked on just now."""
        return self.part() != self.base or self.is_wrong or self.is_touched

    @property
    def is_touched(self) -> bool:
        """Say whether something in it was just done without saving."""
        return self.is_fresh or any(field.is_touched for field in self)

    @property
    def is_simple(self) -> bool:
        """Say whether it fits on a line or two: few fields, none of them large."""
        large = (PartsField, LocalisedField, LinksField, TermsField)
        return len(self.fields) <= 4 and not any(  # noqa: PLR2004
            isinstance(field, large) or getattr(field, "long", False) for field in self
        )

    @property
    def first(self) -> list[Asked]:
        """Return the fields that are asked at once."""
        essential = ROW_ESSENTIALS.get(self.kind.__name__)
        return [one for one in self if essential is None or one.spec.name in essential]

    @property
    def more(self) -> list[Asked]:
        """Return the fields that only some rows need; they are folded away until one is used."""
        first = self.first
        return [one for one in self if one not in first]

    @property
    def shows_more(self) -> bool:
        """Say whether the folded fields are shown: one of them says something, or is wrong."""
        return any(
            one.data or one.data is False or one.is_wrong or one.is_touched or one.hints
            for one in self.more
        )

    @property
    def title(self) -> str:
        """Return the first things the row says, to know it by."""
        return row_title(self.part(), self.meta.options)

    @property
    def inside(self) -> str:
        """Return what the rows inside it say, to be read without opening it."""
        return inside_of(self.part(), self.meta.options)

    def part(self) -> Part:
        """Return the row as it was typed."""
        part = self.kind(id=self.row_id, **{field.spec.name: field.data for field in self})
        return part if part == self.base else tidy_row(part)

    def is_empty(self) -> bool:
        """Say whether it is a new row in which nothing was written."""
        return self.base is None and self.part() == self.kind(id=self.row_id)

    def complain(self, rest: Sequence[str], problem: Problem) -> None:
        """Say what is wrong, at the field the path names."""
        if rest and rest[0] in self:
            self[rest[0]].complain(rest[1:], problem)
        else:
            self.errors_here.append(problem.sentence)

    def hint(self, rest: Sequence[str], sentence: str) -> None:
        """Keep what a rule says, at the field the path names or else at the row's first."""
        self.is_noted = True
        fields = self.fields
        field = self[rest[0]] if rest and rest[0] in self else fields[0] if fields else None
        if field is not None:
            field.hint(rest[1:], sentence)

    def complaints(self, trail: str) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong in the row and in its fields."""
        yield from ((self.name, trail.removesuffix(": "), one) for one in self.sentences)
        for field in self:
            yield from field.complaints(trail)


class PartsField(Asked):
    """A list of rows."""

    shape = "parts"

    def __init__(self, spec: Field, **options: Any) -> None:
        self.rows: list[RowForm] = []
        super().__init__(spec, **options)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Show the record's rows, or those posted; a list that was not posted is left alone."""
        del extra_filters
        self.errors, self._changed = [], False
        self.object_data = data if isinstance(data, tuple) else ()
        asked = formdata is not None and self.name in formdata
        numbers = self.posting.rows.get(self.name, []) if asked else range(len(self.object_data))
        self.next_number = max([*numbers, *self._claimed(formdata), -1]) + 1
        self.rows = []
        for number in numbers:
            if not self._has_room():
                break
            self.rows.append(self._row(number, formdata if asked else None))

    @property
    def posting(self) -> Posting:
        """Return what was posted."""
        found: Posting = self.meta.posting
        return found

    @property
    def data(self) -> tuple[Part, ...]:
        """Return the rows as typed, without new ones in which nothing was written."""
        return tuple(row.part() for row in self.rows if not row.is_empty())

    @data.setter
    def data(self, value: Any) -> None:
        """Leave alone what WTForms would set: the rows are the data."""

    @property
    def is_wrong(self) -> bool:
        """Say whether something is wrong in the list or in any row."""
        return bool(self.errors) or any(row.is_wrong for row in self.rows)

    def add(self) -> None:
        """Add an empty row at the end."""
        if not self._has_room():
            return
        row = RowForm(self.spec.of, f"{self.name}-{self.next_number}", self.meta, None, None)
        row.is_fresh = self._changed = True
        self.rows.append(row)
        self.next_number += 1

    def begin(self) -> None:
        """Let an empty row wait, open, in a list that is empty, and in the lists inside it."""
        if not self.rows:
            self.add()
        for row in self.rows:
            row.is_fresh = False
            for inner in lists_in(row):
                if inner.spec.name in FIRST_ROWS:
                    inner.begin()
        self._changed = False

    def copy(self, name: str) -> bool:
        """Put a copy of a row behind it, by the name of its inputs; say whether there was one."""
        place = self._place(name)
        if place is None or not self._has_room():
            return place is not None
        like = _anew(self.rows[place].part())
        row = RowForm(self.spec.of, f"{self.name}-{self.next_number}", self.meta, like, None)
        row.base, row.is_fresh, self._changed = None, True, True
        self.rows.insert(place + 1, row)
        self.next_number += 1
        return True

    def move(self, name: str, *, up: bool) -> bool:
        """Move a row one place up or down; say whether there was one."""
        place = self._place(name)
        if place is None:
            return False
        self._changed = True
        row = self.rows.pop(place)
        row.moved = "up" if up else "down"
        self.rows.insert(max(place - 1, 0) if up else place + 1, row)
        return True

    def _place(self, name: str) -> int | None:
        return next((place for place, row in enumerate(self.rows) if row.name == name), None)

    def remove(self, name: str) -> bool:
        """Take a row away, by the name of its inputs; say whether there was one."""
        kept = [row for row in self.rows if row.name != name]
        found = len(kept) < len(self.rows)
        self.rows, self._changed = kept, found or self._changed
        return found

    @property
    def is_touched(self) -> bool:
        """Say whether a row was just added or taken away, here or further inside."""
        return self._changed or any(row.is_touched for row in self.rows)

    @is_touched.setter
    def is_touched(self, value: bool) -> None:
        self._changed = value

    @property
    def has_focus(self) -> bool:
        """Say whether the focus goes to the button that adds a row: one was just taken away."""
        return self._changed and not self.has_fresh_row and not any(one.moved for one in self.rows)

    @property
    def has_fresh_row(self) -> bool:
        """Say whether a row has just been added here."""
        return any(row.is_fresh for row in self.rows)

    def complain(self, rest: Sequence[str], problem: Problem) -> None:
        """Say what is wrong, at the row the path names."""
        for row in self.rows:
            if rest and row.row_id == rest[0]:
                row.complain(rest[1:], problem)
                return
        self.errors.append(problem.sentence)

    def hint(self, rest: Sequence[str], sentence: str) -> None:
        """Keep what a rule says, at the row the path names or else at the list."""
        for row in self.rows:
            if rest and row.row_id == rest[0]:
                row.hint(rest[1:], sentence)
                return
        super().hint(rest, sentence)

    def complaints(self, trail: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong in the list and in its rows."""
        yield from super().complaints(trail)
        for place, row in enumerate(self.rows, 1):
            here = _("%(list)s, row %(number)s", list=f"{trail}{self.label.text}", number=place)
            yield from row.complaints(f"{here}: ")

    def _has_room(self) -> bool:
        if self.posting.left <= 0:
            self.errors.append(
                _("At most %(most)s rows fit in one form. Nothing was saved.", most=MOST_ROWS)
            )
            return False
        self.posting.left -= 1
        return True

    def _row(self, number: int, typed: Typed | None) -> RowForm:
        name = f"{self.name}-{number}"
        if typed is None:
            base = self.object_data[number]
        else:
            posted = typed.get(f"{name}-id", "")
            free = (row for row in self.object_data if row.id not in self.posting.seen)
            base = next((row for row in free if row.id == posted), None)
        return RowForm(self.spec.of, name, self.meta, base, typed)

    def _claimed(self, typed: Typed | None) -> Iterable[int]:
        """Return the last number given out, which a row since removed may have had."""
        claimed = typed.get(self.name, "") if typed is not None else ""
        return (int(claimed) - 1,) if _NUMBER.fullmatch(claimed) else ()


def _anew(part: Part) -> Part:
    """Return a copy of a row, and of the rows inside it, with ids of their own."""
    inside = {
        spec.name: tuple(map(_anew, getattr(part, spec.name)))
        for spec in fields_of(type(part))
        if spec.kind is Kind.PARTS
    }
    return replace(part, id=new_id(), **inside)


def bound(kind: Any) -> list[tuple[str, FormField]]:
    """Return the unbound fields of a kind of record or row, in order."""
    return [(spec.name, _FIELDS[spec.kind](spec)) for spec in fields_of(kind)]


_FIELDS: dict[Kind, type[Asked]] = {
    Kind.TEXT: TextField,
    Kind.LOCALISED: LocalisedField,
    Kind.DATE: DateField,
    Kind.WHOLE: WholeField,
    Kind.YES_NO: ChoiceField,
    Kind.TERM: ChoiceField,
    Kind.TERMS: TermsField,
    Kind.TEXTS: TextsField,
    Kind.LINK: LinkField,
    Kind.LINKS: LinksField,
    Kind.PARTS: PartsField,
}
"""The field by which each shape is asked."""


def lists_in(form: BaseForm) -> Iterator[PartsField]:
    """Yield every list of rows in a form, at any depth."""
    for field in form:
        if isinstance(field, PartsField):
            yield field
            for row in field.rows:
                yield from lists_in(row)


def links_asked(form: BaseForm) -> Iterator[LinkField | LinksField]:
    """Yield every field in a form that leads to other records, at any depth."""
    for field in form:
        if isinstance(field, LinkField | LinksField):
            yield field
        elif isinstance(field, PartsField):
            for row in field.rows:
                yield from links_asked(row)
