"""What a record says, passage by passage, as search reads it.

Its texts in every language, the labels of what was chosen from lists, with the law behind each,
and the names of countries. Internal notes stay out of it, and so does what other records say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ropa.i18n import LANGUAGES, in_language
from ropa.records.base import LocalisedText, Part, Record
from ropa.records.fields import Field, Kind, field_named, fields_of
from ropa.records.values import country_name
from ropa.vocabulary import Term


@dataclass(frozen=True)
class Passage:
    """One text of a record: in which field (the labels on the way to it), and its language.

    ``language`` is empty for what is written in no language of its own, such as a reference.
    """

    where: tuple[str, ...]
    text: str
    language: str = ""


def passages_in(record: Record) -> Iterator[Passage]:
    """Yield every passage of a record, in the order of its fields."""
    yield from _of_fields(record, ())
    for answer in record.answers:
        if answer.because:
            label = field_named(type(record), answer.question).label
            yield Passage((label,), answer.because)


def headline(record: Record) -> str:
    """Return what a record is called, in every language, with its reference or code."""
    title = record.title
    texts = _languages(title) if isinstance(title, LocalisedText) else (title,)
    names = (getattr(record, name, "") for name in ("ref", "code"))
    return " ".join(str(one) for one in (*texts, *names) if one)


def _of_fields(whole: Record | Part, above: tuple[str, ...]) -> Iterator[Passage]:
    for field in fields_of(type(whole)):
        value = getattr(whole, field.name)
        where = (*above, field.label)
        if field.kind is Kind.PARTS:
            for row in value:
                yield from _of_fields(row, where)
        elif value:
            yield from _of_value(field, where, value)


def _of_value(
    field: Field,
    where: tuple[str, ...],
    value: Any,
) -> Iterator[Passage]:
    if isinstance(value, LocalisedText):
        for code in LANGUAGES:
            if text := getattr(value, code):
                yield Passage(where, text, code)
    elif field.kind in (Kind.TEXT, Kind.TEXTS, Kind.TERM, Kind.TERMS):
        for one in value if isinstance(value, tuple) else (value,):
            yield from _of_one(field, where, one)


def _of_one(field: Field, where: tuple[str, ...], one: str) -> Iterator[Passage]:
    if isinstance(one, Term):
        said = labels_of(one)
    elif field.name in ("country", "countries"):
        said = _names_of_country(one)
    else:
        said = (("", one),)
    for language, text in said:
        yield Passage(where, text, language)


@lru_cache(maxsize=None, typed=True)
def labels_of(term: Term) -> tuple[tuple[str, str], ...]:
    """Return a term as people read it, with its law: language and label, for each language."""
    said = []
    for language in LANGUAGES:
        with in_language(language):
            label = str(term.label)
        said.append((language, f"{label} ({term.citation})" if term.citation else label))
    return tuple(said)


@lru_cache(maxsize=1024)
def _names_of_country(code: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, f"{country_name(code, one)} ({code})") for one in LANGUAGES)


def _languages(text: LocalisedText) -> tuple[str, ...]:
    return tuple(getattr(text, code) for code in LANGUAGES)
