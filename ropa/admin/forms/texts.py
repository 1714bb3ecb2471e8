"""Fields for words: a text, several short ones, and a text in three languages."""

from collections.abc import Iterator, Sequence
from typing import Any

from ropa.admin.forms.asked import Asked
from ropa.admin.forms.tidy import COUNTRIES, show_text, tidy_text
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.records import LocalisedText, Problem, Says, Waiver
from ropa.records.fields import Field, Kind, field_named

_LOST = "\ufffd"


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

    def lacks(self, box: TextField) -> bool:
        """Say whether the text is written in another language and not in this one."""
        return not box.typed.strip() and any(one.typed.strip() for one in self.inputs)

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
