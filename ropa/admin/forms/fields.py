"""The fields of a form, one class for each shape of a record's field.

A field starts from the record's own value and takes what was typed over it. What was not
touched, or not posted at all, keeps exactly the value it had; what cannot be read keeps its text
on the page and says what is wrong in a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wtforms import Field as FormField

from ropa.admin.forms.options import MOST_BOXES, MOST_IN_A_SELECT, Option, Options
from ropa.admin.forms.tidy import COUNTRIES, show_text, tidy_text
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.records import LocalisedText, Problem, Says, Waiver
from ropa.records.fields import Field, Kind, field_named
from ropa.records.text import without_unprintable

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"-?\d{1,10}", re.ASCII)
_LARGEST = 2**31 - 1
_LOST = "\ufffd"


class Asked(FormField):
    """A field of a record, asked in a form.

    ``shape`` tells templates how to draw it; ``typed`` is the text to show again.
    """

    shape = ""

    def __init__(self, spec: Field, **options: Any) -> None:
        super().__init__(label=spec.label, description=spec.says.help, **options)
        self.spec = spec
        self.errors: list[str] = []
        self.hints: list[str] = []
        """What the rules say of the value that is saved; it keeps nobody from saving."""
        self.typed = ""
        self.fixed = False
        """Whether it was written once and cannot be changed any more."""
        self.is_touched = False
        """Whether something was just done here without saving: a row added, names looked for."""

    @property
    def options(self) -> Options:
        """Return what can be chosen in this form."""
        found: Options = self.meta.options
        return found

    @property
    def law(self) -> str:
        """Return the article behind the question."""
        return self.spec.says.law

    @property
    def typed_again(self) -> str:
        """Return what was typed, with signs that no page can carry made visible."""
        return without_unprintable(self.typed)

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong here, each in a sentence."""
        return [without_unprintable(str(one)) for one in dict.fromkeys(self.errors)]

    @property
    def described_by(self) -> str:
        """Return the ids of the help and of the errors under the field."""
        found = [f"{self.id}-help"] * bool(self.description) + [f"{self.id}-error"] * bool(
            self.errors
        )
        return " ".join(found + [f"{self.id}-hint"] * bool(self.hints))

    @property
    def is_wrong(self) -> bool:
        """Say whether something is wrong here or inside."""
        return bool(self.errors)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Start from the record's value, then take what was typed."""
        super().process(formdata, data, extra_filters)
        self.errors = list(self.process_errors)

    def complain(self, rest: Sequence[str], problem: Problem) -> None:
        """Say at this field what is wrong; ``rest`` is what its path says beyond the field."""
        del rest
        self.errors.append(problem.sentence)

    def hint(self, rest: Sequence[str], sentence: str) -> None:
        """Keep what a rule says of the value here, to be shown under the field."""
        del rest
        if sentence not in self.hints:
            self.hints.append(sentence)

    def complaints(self, trail: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong here and inside: the id to go to, the field's name, the sentence."""
        yield from ((self.first_id, f"{trail}{self.label.text}", one) for one in self.sentences)

    @property
    def first_id(self) -> str:
        """Return the id a link to this field leads to."""
        return str(self.id)


class TextField(Asked):
    """A text, on one line or with room to write."""

    shape = "text"

    @property
    def long(self) -> bool:
        """Say whether it asks for room to write."""
        return self.spec.says.long

    @property
    def suggestions(self) -> str:
        """Return the id of the list of suggestions that goes with the field, or nothing."""
        if self.spec is field_named(Waiver, "rule"):
            return "rule-names"
        return "country-names" if self.spec.name in COUNTRIES else ""

    def process_data(self, value: Any) -> None:
        """Show the record's text."""
        self.data = value or ""
        self.typed = show_text(self.spec.name, self.data, self.options.language)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the text typed, tidied, unless it is what the record says already."""
        if not valuelist:
            return
        before, self.typed = self.typed, valuelist[0]
        text = _plain(self.typed, long=self.long)
        if text == _plain(before, long=self.long) or self.fixed:
            return
        _refuse_lost(text)
        self.data = tidy_text(self.spec.name, text)


class TextsField(Asked):
    """Several short texts, one on each line."""

    shape = "texts"
    long = True

    @property
    def suggestions(self) -> str:
        """Return nothing: a browser suggests on single lines only."""
        return ""

    def process_data(self, value: Any) -> None:
        """Show the record's texts."""
        self.data = tuple(value or ())
        self.typed = "\n".join(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the lines typed, unless they are what the record says already."""
        if not valuelist:
            return
        before, self.typed = self.typed, valuelist[0]
        lines = _lines(self.typed)
        if lines == _lines(before):
            return
        _refuse_lost(self.typed)
        self.data = tuple(tidy_text(self.spec.name, line) for line in lines)


class DateField(Asked):
    """A day."""

    shape = "date"

    @property
    def is_readable(self) -> bool:
        """Say whether a browser's own date field can show what was typed."""
        return not self.typed or (self.data is not None and self.typed == self.data.isoformat())

    def process_data(self, value: Any) -> None:
        """Show the record's day."""
        self.data = value
        self.typed = value.isoformat() if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the day typed, year first; anything else is refused and shown again."""
        if not valuelist:
            return
        self.typed = text = valuelist[0].strip()
        try:
            self.data = _as_date(text) if text else None
        except ValueError:
            raise ValueError(
                _("“%(text)s” is not a date. Write it as 2026-12-31.", text=text)
            ) from None


class WholeField(Asked):
    """A whole number."""

    shape = "whole"

    def process_data(self, value: Any) -> None:
        """Show the record's number."""
        self.data = value
        self.typed = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number typed; anything else is refused and shown again."""
        if not valuelist:
            return
        self.typed = text = valuelist[0].strip()
        if text and not _WHOLE.fullmatch(text):
            raise ValueError(_("“%(text)s” is not a whole number.", text=text))
        if text and abs(int(text)) > _LARGEST:
            raise ValueError(_("This number is too large."))
        self.data = int(text) if text else None


class ChoiceField(Asked):
    """One word of a closed list, or yes and no; nothing chosen means not recorded."""

    shape = "choice"

    @property
    def blank(self) -> bool:
        """Say whether “not recorded” can be chosen."""
        return self.spec.optional or self.spec.kind is Kind.YES_NO

    def choices(self) -> list[tuple[str, str]]:
        """Return what can be chosen: value and words."""
        if self.spec.kind is Kind.YES_NO:
            return [("yes", str(_("Yes"))), ("no", str(_("No")))]
        return [(term.value, _label_of(term)) for term in self.spec.of]

    def process_data(self, value: Any) -> None:
        """Show the record's word."""
        self.data = value
        if isinstance(value, bool):
            self.typed = "yes" if value else "no"
        else:
            self.typed = "" if value is None else str(value.value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the word chosen; one that is not on the list is refused."""
        if not valuelist or valuelist[0] == self.typed:
            return
        chosen = valuelist[0]
        if chosen not in dict(self.choices()) and (chosen or not self.blank):
            raise ValueError(_("Choose one from the list."))
        self.typed = chosen
        if self.spec.kind is Kind.YES_NO:
            self.data = {"yes": True, "no": False}.get(chosen)
        else:
            self.data = self.spec.of(chosen) if chosen else None


class TermsField(Asked):
    """Several words of a closed list, each with a box."""

    shape = "boxes"

    def choices(self) -> list[tuple[str, str]]:
        """Return what can be ticked: value and words."""
        return [(term.value, _label_of(term)) for term in self.spec.of]

    @property
    def ticked(self) -> frozenset[str]:
        """Return the values that are ticked."""
        return frozenset(term.value for term in self.data)

    def process_data(self, value: Any) -> None:
        """Tick the record's words."""
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the words ticked; an empty one always comes along and says that we were asked."""
        if not valuelist:
            return
        chosen = frozenset(filter(None, valuelist))
        if chosen == self.ticked:
            return
        if chosen - {term.value for term in self.spec.of}:
            raise ValueError(_("Choose from the list."))
        self.data = tuple(term for term in self.spec.of if term.value in chosen)


class Linking(Asked):
    """What links to other records share: finding them by name when they are too many to list."""

    found: tuple[Option, ...] = ()
    sought = ""
    looked_for = ""

    @property
    def to(self) -> str:
        """Return the noun the link leads to."""
        return self.spec.says.to

    @property
    def linked(self) -> tuple[str, ...]:
        """Return the ids that are chosen now."""
        raise NotImplementedError

    @property
    def searches(self) -> bool:
        """Say whether there are too many records to list them all."""
        raise NotImplementedError

    @property
    def find_name(self) -> str:
        """Return the name of the box with the words to look for."""
        return f"find-{self.name}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the choice, and the words typed to look for others."""
        super().process(formdata, data, extra_filters)
        if formdata is not None and self.searches:
            self.sought = next(iter(formdata.getlist(self.find_name)), "")[:100]
            self.looked_for = next(iter(formdata.getlist(f"found-{self.name}")), "")
            if self.looked_for:
                self.find(self.looked_for)

    @property
    def sought_again(self) -> str:
        """Return the words to look for, as they can be shown."""
        return without_unprintable(self.sought)

    def find(self, words: str | None = None) -> None:
        """Look for records by the words typed."""
        self.looked_for = self.sought if words is None else words
        self.found = self.options.search(self.to, self.looked_for, without=self.linked)

    def chosen(self) -> tuple[Option, ...]:
        """Return the records chosen now, by name."""
        return self.options.find_all(self.to, self.linked)

    def offered(self) -> tuple[Option, ...]:
        """Return every record that can be chosen."""
        return self.options.with_linked(self.to, (*self.linked, *self._before()))

    def _before(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _refuse_unknown(self, ids: Sequence[str]) -> None:
        for one in ids:
            option = self.options.find(self.to, one)
            if option is None:
                raise ValueError(_("The record chosen here does not exist."))
            if option.retired:
                raise ValueError(_("“%(name)s” is out of use. Choose another.", name=option.label))


class LinkField(Linking):
    """A link to one record."""

    shape = "link"

    @property
    def linked(self) -> tuple[str, ...]:
        """Return the id that is chosen now."""
        return (self.data,) if self.data else ()

    @property
    def searches(self) -> bool:
        """Say whether there are too many records for a select."""
        return self.options.count(self.to) > MOST_IN_A_SELECT

    def _before(self) -> tuple[str, ...]:
        return (self.object_data,) if self.object_data else ()

    def process_data(self, value: Any) -> None:
        """Show the record's link."""
        self.data = value or None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the record chosen; one that does not exist, or is retired, is refused."""
        if not valuelist or valuelist[0] == (self.data or ""):
            return
        if valuelist[0]:
            self._refuse_unknown(valuelist[:1])
        self.data = valuelist[0] or None


class LinksField(Linking):
    """Links to several records, each with a box."""

    shape = "links"

    @property
    def linked(self) -> tuple[str, ...]:
        """Return the ids that are chosen now."""
        return tuple(self.data)

    @property
    def searches(self) -> bool:
        """Say whether there are too many records for a box each."""
        return self.options.count(self.to) > MOST_BOXES

    def _before(self) -> tuple[str, ...]:
        return tuple(self.object_data or ())

    def process_data(self, value: Any) -> None:
        """Tick the record's links."""
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the records ticked; an empty one always comes along and says that we were asked."""
        if not valuelist:
            return
        chosen = frozenset(filter(None, valuelist))
        if chosen == frozenset(self.data):
            return
        self._refuse_unknown(sorted(chosen - frozenset(self.data)))
        self.data = tuple(sorted(chosen))


class LocalisedField(Asked):
    """A text in three languages, an input for each."""

    shape = "localised"
    inputs: list[TextField]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Start from the record's text and take what was typed, language by language."""
        del extra_filters
        start = data if isinstance(data, LocalisedText) else LocalisedText()
        self.errors, self.inputs = [], []
        for code in LANGUAGES:
            box = TextField(
                Field(self.spec.name, Kind.TEXT, Says(LANGUAGE_NAMES[code], long=self.long)),
                name=f"{self.short_name}-{code}",
                _form=None,
                _prefix=self.name.removesuffix(self.short_name),
                _meta=self.meta,
                _translations=self._translations,
            )
            box.language = code
            box.process(formdata, getattr(start, code))
            self.inputs.append(box)
        self.data = LocalisedText(
            **{code: box.data for code, box in zip(LANGUAGES, self.inputs, strict=True)}
        )

    @property
    def long(self) -> bool:
        """Say whether it asks for room to write."""
        return self.spec.says.long

    @property
    def is_wrong(self) -> bool:
        """Say whether something is wrong in any language."""
        return bool(self.errors) or any(box.is_wrong for box in self.inputs)

    @property
    def first_id(self) -> str:
        """Return the id of the first language's input."""
        return str(self.inputs[0].id)

    def complain(self, rest: Sequence[str], problem: Problem) -> None:
        """Say what is wrong, at the language the path names."""
        for code, box in zip(LANGUAGES, self.inputs, strict=True):
            if rest and rest[0] == code:
                box.errors.append(problem.sentence)
                return
        self.errors.append(problem.sentence)

    def complaints(self, trail: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong in the text as a whole and in each language."""
        yield from super().complaints(trail)
        for box in self.inputs:
            yield from box.complaints(f"{trail}{self.label.text}, ")


def _plain(text: str, *, long: bool) -> str:
    """Return a text as a browser would have sent it: line breaks alike, no margins."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text if long else text.replace("\n", "")).strip()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in _plain(text, long=True).split("\n"))))


def _refuse_lost(text: str) -> None:
    # A browser, or the server reading a request, puts this sign where half a character stood.
    if _LOST in text:
        raise ValueError(
            _("A character was lost here and shows as “%(sign)s”. Write it again.", sign=_LOST)
        )


def _as_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _label_of(term: Any) -> str:
    return f"{term.label} ({term.citation})" if term.citation else str(term.label)
