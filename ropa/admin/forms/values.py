"""Fields for single values: days, numbers, and words of closed lists."""

import re
from datetime import date
from typing import Any

from ropa.admin.forms.asked import Asked
from ropa.i18n import _
from ropa.records.fields import Kind

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"-?\d{1,10}", re.ASCII)
_LARGEST = 2**31 - 1


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


def _as_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _label_of(term: Any) -> str:
    return f"{term.label} ({term.citation})" if term.citation else str(term.label)
