"""What may not be wrong, whichever door it comes through."""

from collections.abc import Iterator

from ropa.errors import RopaError
from ropa.i18n import LANGUAGES, _
from ropa.records.base import LONG, SHORT, Part, Problem, Record
from ropa.records.fields import Kind, fields_of, parts_in, texts_in
from ropa.records.text import unprintable_in
from ropa.records.values import is_country, is_link, is_slug, is_time_zone


class NotAllowedError(RopaError):
    """A record holds something that may not be; ``problems`` says what and where."""

    def __init__(self, record: Record, problems: list[Problem]) -> None:
        self.record = record
        self.problems = problems
        sentences = "; ".join(f"{one.path}: {one.sentence}" for one in problems)
        super().__init__(f"{record.noun} {record.title}: {sentences}")


def problems_of(record: Record) -> list[Problem]:
    """Return everything in the record that may not be, the record's own rules first."""
    found = list(record.problems())
    for path, part in parts_in(record):
        found += [Problem(f"{path}/{one.path}", one.sentence) for one in part.problems()]
    found += _text_problems(record)
    found += _value_problems(record)
    for path, part in parts_in(record):
        found += _value_problems(part, f"{path}/")
    found += _answer_problems(record)
    return found


def must_be_allowed(record: Record) -> None:
    """Raise NotAllowedError when the record holds something that may not be."""
    if problems := problems_of(record):
        raise NotAllowedError(record, problems)


def _text_problems(record: Record) -> Iterator[Problem]:
    for path, text, long in (*texts_in(record), *_texts_beside(record)):
        if sign := unprintable_in(text):
            yield Problem(
                path,
                _(
                    "There is a character here that cannot be shown (%(sign)s). Delete it.",
                    sign=sign,
                ),
            )
        limit = LONG if long else SHORT
        if len(text) > limit:
            yield Problem(
                path,
                _(
                    "This text has %(length)s characters; at most %(limit)s fit. Shorten it.",
                    length=len(text),
                    limit=limit,
                ),
            )


def _texts_beside(record: Record) -> Iterator[tuple[str, str, bool]]:
    yield "notes", record.notes, True
    yield "retired_reason", record.retired_reason, True
    yield from ((one.question, one.because, True) for one in record.answers)


_VALUE_RULES = {
    "country": (is_country, _("“%(value)s” is not a country code. Write two letters, such as ES.")),
    "countries": (
        is_country,
        _("“%(value)s” is not a country code. Write two letters, such as ES."),
    ),
    "slug": (
        is_slug,
        _("“%(value)s” will not do. Use lower-case letters, digits and hyphens only."),
    ),
    "time_zone": (is_time_zone, _("“%(value)s” is not a time zone. Write Europe/Madrid.")),
    "language": (
        LANGUAGES.__contains__,
        _("“%(value)s” is not a language of the register. Write en, es or pt."),
    ),
}


def _value_problems(row: Record | Part, prefix: str = "") -> Iterator[Problem]:
    for field in fields_of(type(row)):
        rule, sentence = _VALUE_RULES.get(field.name, (None, ""))
        if field.name.endswith("url") or field.name in ("website", "websites"):
            rule, sentence = is_link, _("“%(value)s” is not a web address. Start it with https://")
        if rule is None or field.kind not in (Kind.TEXT, Kind.TEXTS):
            continue
        value = getattr(row, field.name)
        for one in (value,) if isinstance(value, str) else value:
            if one and not rule(one):
                yield Problem(f"{prefix}{field.name}", sentence % {"value": one})


def _answer_problems(record: Record) -> Iterator[Problem]:
    for answer in record.answers:
        if answer.question not in record.asks:
            yield Problem("answers", _("This record has no such question."))
        elif getattr(record, answer.question):
            yield Problem(
                answer.question,
                _("The answer says that there is nothing, and yet something is listed."),
            )
        if answer.kind == "not_applicable" and not answer.because:
            yield Problem(answer.question, _("Say why this does not apply."))
