"""What was typed in the small forms about changes: texts in each language, and days."""

from datetime import date

from flask import request

from ropa.errors import RopaError
from ropa.i18n import LANGUAGES, _
from ropa.records import LocalisedText


class NotADayError(RopaError):
    """Something typed where a day is asked, and that is none; ``name`` is the field."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        super().__init__(_("“%(text)s” is not a date. Write it as 2026-12-31.", text=text))


def text_typed(name: str, *, long: bool = False) -> str:
    """Return a text as it was typed, its lines made alike; without room, it is one line."""
    lines = request.form.get(name, "").splitlines()
    text = "\n".join(line.rstrip() for line in lines).strip()
    return text if long else " ".join(text.split())


def localised_typed(name: str, *, long: bool) -> LocalisedText:
    """Return the text typed in each language."""
    return LocalisedText(**{code: text_typed(f"{name}-{code}", long=long) for code in LANGUAGES})


def as_day(name: str, text: str) -> date | None:
    """Return the day a text says, None for nothing; raise NotADayError for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotADayError(name, text) from None
