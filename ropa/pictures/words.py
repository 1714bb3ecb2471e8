"""How pictures say things: titles, places and counts, in the reader's language."""

from ropa.i18n import _
from ropa.pictures.picture import Link
from ropa.records import NOUNS, Engagement, LocalisedText, Record, Vendor
from ropa.records.values import country_name
from ropa.register import Register


def said(text: str | LocalisedText, language: str) -> str:
    """Return a text in a language; what is not translated is marked with its own: "[en] …"."""
    if not isinstance(text, LocalisedText):
        return str(text)
    words, code = text.read(language)
    return words if code == language or not words else f"[{code}] {words}"


def title_of(register: Register, record: Record, language: str) -> str:
    """Return what people call a record; what a vendor does is called with the vendor's name."""
    title = said(record.title, language) or str(_("without a name"))
    ref = getattr(record, "ref", "")
    if isinstance(record, Engagement):
        vendor = register.find(Vendor, record.vendor)
        return f"{vendor.name}: {title}" if vendor else title
    return f"{ref} {title}" if ref and ref != title else title


def link_to(record: Record) -> Link:
    """Return the way to a record."""
    return Link(record.noun, record.id)


def place(code: str, language: str) -> str:
    """Return a place's name; what is no code stays as it is."""
    return country_name(code, language) if code else str(_("not recorded"))


def counted(count: int, noun: str) -> str:
    """Return a number of records of one noun: "12 systems", "1 system"."""
    kind = NOUNS[noun]
    names = str(kind.name_of_noun if count == 1 else kind.names_of_noun)
    return f"{count} {names[:1].lower()}{names[1:]}"
