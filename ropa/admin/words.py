"""How values are said to whoever reads the page: in their language, with what is missing marked.

Templates know this module as ``desk``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from flask import current_app, url_for

from ropa.admin.context import language, may, today, working_register, zone
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.records import (
    NOUNS,
    Engagement,
    LocalisedText,
    Part,
    Period,
    Provenance,
    Record,
    RetentionRule,
    Vendor,
)
from ropa.records.fields import Field, Kind, fields_of
from ropa.records.identifiers import show_cuit
from ropa.records.values import country_name, is_link
from ropa.sheets.words import period as length_in_words
from ropa.vocabulary import Permission, Term, Workflow


@dataclass(frozen=True)
class Said:
    """A text as it is shown, and the language it is really in when that is not the page's."""

    text: str
    foreign: str = ""

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.text)

    @property
    def foreign_name(self) -> str:
        """Return the name of the language the text is really in, or nothing."""
        return LANGUAGE_NAMES.get(self.foreign, "")


def said(text: "LocalisedText | Said | str | None") -> Said:
    """Return a text in the language of the page, or in another one and marked so."""
    if isinstance(text, Said):
        return text
    if isinstance(text, LocalisedText):
        words, code = text.read(language())
        return Said(words, code if words and code != language() else "")
    return Said(str(text or ""))


def untold(text: Any) -> list[str]:
    """Return the languages of the house in which a text should be written and is not."""
    if not isinstance(text, LocalisedText) or not text:
        return []
    return [code for code in current_app.config["ROPA_LANGUAGES"] if not getattr(text, code)]


def title_of(record: Record) -> Said:
    """Return what people call a record; what a vendor does is called with the vendor's name."""
    title = said(record.title)
    if isinstance(record, Engagement):
        vendor = working_register().find(Vendor, record.vendor)
        if vendor:
            return Said(f"{vendor.name}: {title}", title.foreign)
    return title or Said(str(_("without a name")))


def ref_of(record: Record) -> str:
    """Return the reference or code a record is known by, or nothing."""
    return str(getattr(record, "ref", "") or "")


def url_of(record: Record) -> str:
    """Return the address of a record's page."""
    return url_for(f"{record.noun}.details_view", id=record.id)


def linked(ref: str | None) -> Record | None:
    """Return the record a link leads to, or None when the register does not hold it."""
    return working_register().records.get(ref) if ref else None


def noun_name(noun: str) -> str:
    """Return the name of a noun, for one record of it."""
    return str(NOUNS[noun].name_of_noun) if noun in NOUNS else noun


def noun_names(noun: str) -> str:
    """Return the name of a noun, for many records of it."""
    return str(NOUNS[noun].names_of_noun) if noun in NOUNS else noun


def _locale() -> str:
    """Return the locale dates are written in: English is that of Europe, day before month."""
    return "en_GB" if language() == "en" else language()


def day(value: date | None) -> str:
    """Return a day as people write it."""
    return format_date(value, "medium", locale=_locale()) if value else ""


def moment(value: datetime | None) -> str:
    """Return a moment in the time zone of the house."""
    if value is None:
        return ""
    local = value.replace(tzinfo=value.tzinfo or UTC).astimezone(zone())
    return f"{day(local.date())}, {format_time(local, 'HH:mm', tzinfo=zone(), locale=_locale())}"


def long_today() -> str:
    """Return today with its weekday."""
    return format_date(today(), "full", locale=_locale())


def zone_name() -> str:
    """Return the name of the house's time zone."""
    return str(zone())


def number(value: int) -> str:
    """Return a whole number with the separators of the language."""
    return format_decimal(value, locale=language())


def country(code: str) -> str:
    """Return a country's name; what is no code stays as it is."""
    return country_name(code, language()) if code else ""


def period(text: str) -> str:
    """Return a length of time in words; what cannot be read stays as it is."""
    try:
        return period_words(Period.parse(text))
    except ValueError:
        return text


def period_words(length: Period) -> str:
    """Return a length of time in words: "1 year, 6 months"."""
    return length_in_words(length, language())


def enumerated(words: Iterable[object]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    return str(format_list([str(one) for one in words], locale=language()))


def retention_steps(rule: RetentionRule) -> list[str]:
    """Return a retention rule as the steps it goes through, each a whole sentence."""
    steps = []
    if rule.trigger:
        steps.append(_("Counts from: %(trigger)s.", trigger=said(rule.trigger)))
    if rule.active_period:
        steps.append(_("Kept for %(length)s.", length=period(rule.active_period)))
    if rule.cleanup_interval:
        steps.append(
            _(
                "Removed at the next clean-up, every %(length)s.",
                length=period(rule.cleanup_interval),
            )
        )
    if rule.backup_period:
        steps.append(_("Then in backups for %(length)s.", length=period(rule.backup_period)))
    if rule.blocking_period:
        steps.append(
            _("Then blocked for %(length)s (LOPDGDD 32).", length=period(rule.blocking_period))
        )
    if rule.criterion:
        steps.append(_("Criterion: %(criterion)s", criterion=said(rule.criterion)))
    if rule.ground:
        steps.append(_("Ground: %(ground)s", ground=said(rule.ground)))
    if rule.destruction:
        steps.append(_("Destroyed by: %(means)s", means=rule.destruction))
    return [str(one) for one in steps]


def worst_case(rule: RetentionRule) -> str:
    """Return the longest the data can live after the trigger, in words, or nothing."""
    longest = rule.worst_case
    return period_words(longest) if longest else ""


def source_of(provenance: Provenance) -> str:
    """Return where a value came from, in a few words."""
    if provenance.source:
        return f"{provenance.origin.label}: {provenance.source}"
    if provenance.by:
        return f"{provenance.origin.label}: {provenance.by}"
    return str(provenance.origin.label)


def sources_of(sources: Iterable[Provenance]) -> list[tuple[str, str]]:
    """Return where the values of a row came from: each kind of source once, and who confirmed it.

    Sources name several places apart by semicolons; each is said once.
    """
    places: dict[tuple[str, str], dict[str, None]] = {}
    for one in sources:
        kind = (str(one.origin.label), confirmation_of(one))
        named = (one.source or one.by).split("; ")
        places.setdefault(kind, {}).update(dict.fromkeys(place for place in named if place))
    return [
        (f"{label}: {'; '.join(named)}" if named else label, sure)
        for (label, sure), named in places.items()
    ]


def confirmation_of(provenance: Provenance) -> str:
    """Return who confirmed a value and when, or nothing."""
    if provenance.confirmed_on is None:
        return ""
    return str(
        _(
            "confirmed by %(name)s on %(date)s",
            name=provenance.confirmed_by,
            date=day(provenance.confirmed_on),
        )
    )


def state_shape(workflow: Workflow) -> str:
    """Return the shape that stands before the word of a state."""
    shapes = {
        Workflow.DRAFT: "wait",
        Workflow.IN_REVIEW: "wait",
        Workflow.APPROVED: "ok",
        Workflow.RETIRED: "none",
    }
    return shapes[workflow]


def is_empty(value: Any) -> bool:
    """Say whether a field holds nothing: that is, whether it is not recorded."""
    return value is None or (not isinstance(value, bool | int) and not value)


def plain(field: Field | None, value: Any) -> str:  # noqa: PLR0911
    """Return any value in a line of text, for histories; nothing when it is not recorded."""
    if is_empty(value):
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, Term):
        return str(value.label)
    if isinstance(value, LocalisedText):
        return every_language(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Part):
        return part_line(value)
    if isinstance(value, tuple):
        return enumerated(plain(field, one) for one in value)
    return _text(field, str(value))


def cuit(text: str) -> str:
    """Return a CUIT as people write it."""
    return show_cuit(text)


def _text(field: Field | None, text: str) -> str:
    if field is not None and field.kind in (Kind.LINK, Kind.LINKS):
        found = linked(text)
        return str(title_of(found)) if found else text
    if field is not None and field.name in ("country", "countries"):
        return country(text)
    return text


def every_language(text: LocalisedText) -> str:
    """Return a text in every language it is recorded in; with its code when there are several."""
    given = [(code, getattr(text, code)) for code in LANGUAGES if getattr(text, code)]
    if len({words for _code, words in given}) == 1:
        return str(given[0][1])
    return " · ".join(f"{code.upper()}: {words}" for code, words in given)


def part_line(part: Part) -> str:
    """Return a row in one line: the values it holds."""
    values = (plain(field, getattr(part, field.name)) for field in fields_of(type(part)))
    return " · ".join(one for one in values if one)


__all__ = [
    "confirmation_of",
    "country",
    "cuit",
    "day",
    "enumerated",
    "every_language",
    "is_empty",
    "is_link",
    "language",
    "linked",
    "long_today",
    "may",
    "moment",
    "noun_name",
    "noun_names",
    "number",
    "part_line",
    "period",
    "period_words",
    "plain",
    "ref_of",
    "retention_steps",
    "said",
    "source_of",
    "sources_of",
    "state_shape",
    "title_of",
    "today",
    "url_of",
    "worst_case",
    "zone_name",
]

LANGUAGE_CHOICES = tuple(LANGUAGE_NAMES.items())
"""The languages of the back office: code, and name in its own language."""

PERMISSIONS = Permission
"""The permissions, for templates that ask which buttons to show."""
