"""Catalogues: the categories and measures that activities and engagements name."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Root
from ropa.models.types import AsJson, TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import CcpaCategory, DataKind, MeasureKind, SecurityAim


class Service(Root):
    """A service we offer to customers; processor activities and engagements name it."""

    __tablename__ = "service"

    code: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    description: Mapped[LocalisedText] = mapped_column(default=LocalisedText())


class DataCategory(Root):
    """A category of personal data (GDPR Art. 30(1)(c))."""

    __tablename__ = "data_category"

    code: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    description: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    kind: Mapped[DataKind] = mapped_column(TermCode(DataKind), default=DataKind.ORDINARY)
    dpv_iri: Mapped[str] = mapped_column(default="")
    ccpa_categories: Mapped[tuple[CcpaCategory, ...]] = mapped_column(
        AsJson(tuple[CcpaCategory, ...]), default=()
    )


class SubjectCategory(Root):
    """A category of data subjects (GDPR Art. 30(1)(c))."""

    __tablename__ = "subject_category"

    code: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    description: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    vulnerable: Mapped[bool | None]
    children: Mapped[bool | None]
    dpv_iri: Mapped[str] = mapped_column(default="")


class Measure(Root):
    """A technical or organisational security measure (GDPR Art. 30(1)(g), 32(1))."""

    __tablename__ = "measure"

    code: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    description: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    kind: Mapped[MeasureKind | None] = mapped_column(TermCode(MeasureKind))
    aims: Mapped[tuple[SecurityAim, ...]] = mapped_column(
        AsJson(tuple[SecurityAim, ...]), default=()
    )
    dpv_iri: Mapped[str] = mapped_column(default="")
