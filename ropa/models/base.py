"""What every table has in common.

A *root* is a record of its own; a *child* is a row inside one. Attributes carry the names of the
record's fields (``ropa.records``), so that rows and records turn into each other by name.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from ropa.models.types import LOCALISED, TEXTS, AsJson, Moment, TermCode
from ropa.records import Answer, LocalisedText, Provenance, Reviewed, new_id
from ropa.vocabulary import Workflow


class Model(DeclarativeBase):
    """A table of the house."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text,
        datetime: Moment,
        LocalisedText: LOCALISED,
        tuple[str, ...]: TEXTS,
    }

    def __init_subclass__(cls, **options: Any) -> None:
        """Let the database refuse a code that no list knows."""
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if not isinstance(table, Table):
            return
        for column in table.columns:
            if isinstance(column.type, TermCode):
                codes = ", ".join(f"'{code.value}'" for code in column.type.terms)
                table.append_constraint(
                    CheckConstraint(f'"{column.name}" IN ({codes})', name=f"{column.name}_known")
                )


class Remembered(Model):
    """A row of the register: its every change is written to the history, or refused."""

    __abstract__ = True

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        super().__init__(**values)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)


class Root(Remembered):
    """A record of its own, with a version that every change inside it moves."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1)
    workflow: Mapped[Workflow] = mapped_column(TermCode(Workflow), default=Workflow.DRAFT)
    answers: Mapped[tuple[Answer, ...]] = mapped_column(AsJson(tuple[Answer, ...]), default=())
    provenance: Mapped[dict[str, Provenance]] = mapped_column(
        AsJson(dict[str, Provenance]), default=dict
    )
    notes: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None]
    retired_reason: Mapped[str] = mapped_column(default="")
    reviewed: Mapped[Reviewed | None] = mapped_column(AsJson(Reviewed))
    merged_into: Mapped[str | None] = mapped_column(String(36))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        """Compare the version on every save; ``ropa.history`` moves it."""
        return {"version_id_col": cls.version, "version_id_generator": False}


class Child(Remembered):
    """A row inside a record; ``parent`` names the attribute that leads to what holds it."""

    __abstract__ = True
    __parent__: ClassVar[str] = ""

    position: Mapped[int] = mapped_column(default=0)


def links(owner: str, target: str, name: str = "") -> Table:
    """Return the table that keeps the links of one noun to another; the owner's side keeps them."""
    return Table(
        name or f"{owner}_{target}",
        Model.metadata,
        Column(f"{owner}_id", ForeignKey(f"{owner}.id"), primary_key=True),
        Column(f"{target}_id", ForeignKey(f"{target}.id"), primary_key=True, index=True),
        info={"remembered": True},
    )


def in_order(start: str, end: str) -> CheckConstraint:
    """Return the rule that an end does not lie before its start."""
    return CheckConstraint(f"{end} >= {start}", name=f"{end}_after_{start}")


def table_of(model: type[Model]) -> Table:
    """Return the table behind a model, for statements below the unit of work."""
    table = model.__table__
    if not isinstance(table, Table):  # a mapped join has none; the register has no such model
        raise TypeError(model)
    return table
