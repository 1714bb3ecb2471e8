"""How lists are narrowed and ordered: fixed filters with bounded choices, and a stable order.

A filter's value comes from the address. A value that is not among its choices narrows nothing,
so an old link shows too much rather than an error.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Text

from ropa.admin.context import language, today
from ropa.admin.judging import judged, judgement, once, overdue, unconfirmed
from ropa.admin.words import country, title_of
from ropa.i18n import LANGUAGES, _
from ropa.lint.article30 import Letter, Standing
from ropa.lint.rules import RULES
from ropa.models import TABLES, Root
from ropa.records import NOUNS, ProcessingActivity, Record
from ropa.records.fields import Field, Kind, field_named
from ropa.records.text import fold
from ropa.records.words import search_for
from ropa.register import Register
from ropa.register.searching import ids_of
from ropa.vocabulary import Severity, Term, Workflow

Chosen = Mapping[str, str]
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Filter:
    """One select of the filter bar: its name in the address, label, choices, and what it does."""

    name: str
    label: str
    options: Callable[[Register], Options]
    where: Callable[[type[Root], Chosen, Register], ColumnElement[bool] | None]

    def choices(self, register: Register) -> Options:
        """Return what can be chosen: worked out once for each register and language."""
        key = f"choices of {id(self)} in {language()}"
        return once(register, key, lambda: self.options(register), today())


NOT_RECORDED = "~"
"""The choice of a filter for what nobody has recorded; no code and no id is written so."""


def filters_of(
    noun: str, names: Iterable[str], questions: Mapping[str, Filter]
) -> tuple[Filter, ...]:
    """Return the filters of a noun: its questions and fields, then those that every noun has."""
    special = {**SPECIAL, **questions}
    own = tuple(
        special[name] if name in special else _by_field(noun, field_named(NOUNS[noun], name))
        for name in names
    )
    return (
        SPECIAL["workflow"],
        *own,
        _by_finding(noun),
        SPECIAL["unconfirmed"],
        SPECIAL["retired"],
    )


def chosen_in(
    filters: Iterable[Filter], given: Mapping[str, str], register: Register
) -> dict[str, str]:
    """Return the choices an address makes, leaving out what no filter offers."""
    return {
        one.name: given[one.name]
        for one in filters
        if one.name in given and given[one.name] in dict(one.choices(register))
    }


def _terms(terms: Iterable[Term]) -> Options:
    return [(one.value, str(one.label)) for one in terms]


def _by_field(noun: str, field: Field) -> Filter:
    if field.name == "country":
        return _by_country(noun, field)
    makers = {Kind.TERM: _by_term, Kind.LINK: _by_link, Kind.YES_NO: _by_yes_no}
    return makers.get(field.kind, _by_text)(noun, field)


def _by_term(_noun: str, field: Field) -> Filter:
    def where(model: type[Root], chosen: Chosen, _register: Register) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = getattr(model, field.name) == chosen[field.name]
        return condition

    return Filter(field.name, field.label, lambda _register: _terms(field.of), where)


def _by_link(_noun: str, field: Field) -> Filter:
    def options(register: Register) -> Options:
        records = register.current(NOUNS[field.says.to])
        return [(one.id, str(title_of(one))) for one in records]

    def where(model: type[Root], chosen: Chosen, _register: Register) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = getattr(model, f"{field.name}_id") == chosen[field.name]
        return condition

    return Filter(field.name, field.label, options, where)


def _by_yes_no(_noun: str, field: Field) -> Filter:
    def where(model: type[Root], chosen: Chosen, _register: Register) -> ColumnElement[bool]:
        column = getattr(model, field.name)
        answers: dict[str, ColumnElement[bool]] = {
            "yes": column.is_(True),
            "no": column.is_(False),
            "unknown": column.is_(None),
        }
        return answers[chosen[field.name]]

    return Filter(field.name, field.label, lambda _register: _yes_no_unknown(), where)


def _yes_no_unknown() -> Options:
    return [("yes", str(_("Yes"))), ("no", str(_("No"))), ("unknown", str(_("not recorded")))]


def _by_country(noun: str, field: Field) -> Filter:
    def options(register: Register) -> Options:
        codes = {getattr(one, field.name) for one in register.all(NOUNS[noun])} - {""}
        return sorted(((code, country(code)) for code in codes), key=lambda one: one[1])

    def where(model: type[Root], chosen: Chosen, _register: Register) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = getattr(model, field.name) == chosen[field.name]
        return condition

    return Filter(field.name, field.label, options, where)


def _by_text(noun: str, field: Field) -> Filter:
    """Return the filter by a free text: its choices are what is written there, and nothing."""

    def options(register: Register) -> Options:
        texts = {getattr(one, field.name) for one in register.current(NOUNS[noun])} - {""}
        written = sorted(texts, key=lambda one: (fold(one), one))
        return [*((one, one) for one in written), (NOT_RECORDED, str(_("not recorded")))]

    def where(model: type[Root], chosen: Chosen, _register: Register) -> ColumnElement[bool]:
        asked = chosen[field.name]
        condition: ColumnElement[bool] = getattr(model, field.name) == (
            "" if asked == NOT_RECORDED else asked
        )
        return condition

    return Filter(field.name, field.label, options, where)


MOST_FOUND = 30_000
"""The most records a list is narrowed to by their findings: databases take no longer questions."""


def _by_finding(noun: str) -> Filter:
    """Return the filter by what the rules find: anything, a severity, or one rule."""
    rules = [one for one in RULES.values() if NOUNS[noun] in one.nouns]

    def options(_register: Register) -> Options:
        graves = [(one.value, str(one.label)) for one in Severity]
        ids = [(one.id, one.id) for one in rules]
        return [("any", str(_("any finding"))), *graves, *ids] if rules else []

    def where(model: type[Root], chosen: Chosen, register: Register) -> ColumnElement[bool]:
        wanted = chosen["finding"]
        found = {
            one.record.id
            for one in judgement(register).open
            if one.record.noun == noun and wanted in ("any", one.rule.id, one.severity.value)
        }
        return model.id.in_(sorted(found)[:MOST_FOUND])

    return Filter("finding", _("Finding"), options, where)


def _workflow_is(model: type[Root], chosen: Chosen, _register: Register) -> ColumnElement[bool]:
    return model.workflow == Workflow(chosen["workflow"])


def _retired_is(
    model: type[Root], chosen: Chosen, _register: Register
) -> ColumnElement[bool] | None:
    return model.retired_at.is_not(None) if chosen["retired"] == "yes" else None


def _unconfirmed_is(model: type[Root], _chosen: Chosen, register: Register) -> ColumnElement[bool]:
    return model.id.in_(list(unconfirmed(register)))


def _review_is(model: type[Root], _chosen: Chosen, register: Register) -> ColumnElement[bool]:
    return model.id.in_([one.id for one in overdue(register)])


ANSWERS: dict[str, tuple[str, frozenset[Standing]]] = {
    "missing": (_("not or partly recorded"), frozenset({Standing.VOID, Standing.PART})),
    "recorded": (_("recorded"), frozenset({Standing.FULL})),
}


def _letter_is(model: type[Root], chosen: Chosen, register: Register) -> ColumnElement[bool] | None:
    answer = chosen.get("answer", "missing")
    wanted = ANSWERS[answer][1]
    letters = [Letter(chosen["letter"])] if "letter" in chosen else list(Letter)
    every = answer == "recorded"
    standing = judged(register)
    found = [
        one.id
        for one in register.all(ProcessingActivity)
        if _fits([standing[one.id][letter] for letter in letters], wanted, every=every)
    ]
    return model.id.in_(found)


def _fits(standings: list[Standing], wanted: frozenset[Standing], *, every: bool) -> bool:
    asked = [one for one in standings if one is not Standing.NOT_ASKED]
    if not asked:
        return False
    return all(one in wanted for one in asked) if every else any(one in wanted for one in asked)


def _answer_is(model: type[Root], chosen: Chosen, register: Register) -> ColumnElement[bool] | None:
    return None if "letter" in chosen else _letter_is(model, chosen, register)


SPECIAL: dict[str, Filter] = {
    one.name: one
    for one in (
        Filter(
            "workflow",
            _("State"),
            lambda _register: _terms(one for one in Workflow if one is not Workflow.RETIRED),
            _workflow_is,
        ),
        Filter(
            "letter",
            _("Art. 30"),
            lambda _register: [(one.value, f"{one.value}) {one.label}") for one in Letter],
            _letter_is,
        ),
        Filter(
            "answer",
            _("Answer"),
            lambda _register: [(code, str(words)) for code, (words, _set) in ANSWERS.items()],
            _answer_is,
        ),
        Filter(
            "review",
            _("Review"),
            lambda _register: [("overdue", str(_("overdue")))],
            _review_is,
        ),
        Filter(
            "unconfirmed",
            _("Values"),
            lambda _register: [("yes", str(_("not confirmed")))],
            _unconfirmed_is,
        ),
        Filter(
            "retired",
            _("Retired"),
            lambda _register: [("yes", str(_("only retired"))), ("all", str(_("shown too")))],
            _retired_is,
        ),
    )
}
"""Filters that are no field of their own."""


def conditions(
    model: type[Root], filters: Iterable[Filter], chosen: Chosen, register: Register
) -> list[ColumnElement[bool]]:
    """Return what the chosen filters ask of a row; retired records are asked for expressly."""
    found = [one.where(model, chosen, register) for one in filters if one.name in chosen]
    if "retired" not in chosen:
        found.append(model.retired_at.is_(None))
    return [one for one in found if one is not None]


def matching(model: type[Root], search: str) -> list[ColumnElement[bool]]:
    """Return what a search asks of a row: every word, without accents or case."""
    return [model.id.in_(ids_of(model.__tablename__, search_for(search)))]


class said_in(FunctionElement[str]):  # noqa: N801
    """The text of a localised column in one language, as the database can order by it."""

    type = Text()
    inherit_cache = True
    name = "said_in"


@compiles(said_in, "sqlite")
def _said_in_sqlite(element: said_in, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **kw)})"


@compiles(said_in, "postgresql")
def _said_in_postgresql(element: said_in, compiler: SQLCompiler, **kw: Any) -> str:
    column, path = (compiler.process(one, **kw) for one in element.clauses)
    return f"(({column})::json ->> substr({path}, 3))"


class folded(FunctionElement[str]):  # noqa: N801
    """A reference without case, in the order of its characters: the quickest there is."""

    type = Text()
    inherit_cache = True
    name = "folded"


@compiles(folded, "sqlite")
def _folded_in_sqlite(element: folded, compiler: SQLCompiler, **kw: Any) -> str:
    return f"lower({compiler.process(element.clauses, **kw)})"


@compiles(folded, "postgresql")
def _folded_in_postgresql(element: folded, compiler: SQLCompiler, **kw: Any) -> str:
    return f'lower({compiler.process(element.clauses, **kw)}) COLLATE "C"'


REFERENCES = frozenset({"ref", "code", "slug", "rl_number"})
"""Fields whose values are short names in plain letters and digits."""


def order_of(model: type[Root], kind: type[Record], name: str) -> ColumnElement[Any]:
    """Return what the rows of a noun are ordered by for one of its columns."""
    if name == "workflow":
        return case(*((model.workflow == one, place) for place, one in enumerate(Workflow)))
    field = field_named(kind, name)
    if field.kind is Kind.LINK:
        return _order_of_target(model, field)
    return _order_of_field(model, field)


def _order_of_field(model: type[Root], field: Field) -> ColumnElement[Any]:
    column = getattr(model, field.name)
    if field.kind is Kind.LOCALISED:
        wanted = dict.fromkeys((language(), *LANGUAGES))
        texts = (func.nullif(said_in(column, f"$.{code}"), "") for code in wanted)
        return func.lower(func.coalesce(*texts, ""))
    if field.kind is Kind.TERM:
        places = ((column == one, str(one.label).casefold()) for one in field.of)
        return case(*places, else_=None)
    if field.name in REFERENCES:
        return folded(column)
    return func.lower(column) if field.kind is Kind.TEXT else column


def _order_of_target(model: type[Root], field: Field) -> ColumnElement[Any]:
    target = TABLES[field.says.to]
    if target is model:
        return getattr(model, f"{field.name}_id")  # type: ignore[no-any-return]
    title = field_named(NOUNS[field.says.to], TITLES[field.says.to])
    return (
        select(_order_of_field(target, title))
        .where(target.id == getattr(model, f"{field.name}_id"))
        .scalar_subquery()
    )


def is_sortable(kind: type[Record], name: str) -> bool:
    """Say whether a column can order its list."""
    if name == "workflow":
        return True
    shapes = (Kind.TEXT, Kind.LOCALISED, Kind.DATE, Kind.WHOLE, Kind.YES_NO, Kind.TERM, Kind.LINK)
    return name not in VIRTUAL and field_named(kind, name).kind in shapes


TITLES: dict[str, str] = {
    "activity": "name",
    "legal_entity": "legal_name",
    "customer": "legal_name",
    "service": "name",
    "system": "name",
    "assessment": "name",
    "california_disclosure": "label",
    "vendor": "name",
    "engagement": "purpose",
    "change": "name",
    "notice": "name",
    "objection": "ref",
    "breach": "name",
    "waiver": "rule",
    "threshold": "code",
    "transfer": "name",
    "country": "name",
    "adequacy_decision": "decision",
    "argentine_registration": "database_name",
    "data_category": "name",
    "subject_category": "name",
    "measure": "name",
    "document": "name",
    "house_rule": "code",
}
"""The field by which people call a record of each noun."""

VIRTUAL = {"letters": _("Art. 30"), "importer": _("Importer")}
"""Columns that are no field: computed from the register."""
