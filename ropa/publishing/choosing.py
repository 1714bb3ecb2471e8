"""Small choices every line makes: what may be shown, and how an absence is told."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ropa.publishing.lines import Answered, Named, Words
from ropa.records import LocalisedText, Record
from ropa.records.text import without_unprintable
from ropa.records.values import is_link
from ropa.register import Register
from ropa.vocabulary import AnswerKind, Workflow

Kind = TypeVar("Kind", bound=Record)

_ANSWERS = {AnswerKind.NONE: Answered.NONE, AnswerKind.NOT_APPLICABLE: Answered.NOT_APPLICABLE}


def may_be_shown(record: Record) -> bool:
    """Say whether this very state was approved.

    The state in which a record retires is not: it may hold words that were still a draft. What
    was approved and retired since is an approved state with ``retired_at``.
    """
    return record.workflow is Workflow.APPROVED


def found(register: Register, kind: type[Kind], ref: str | None) -> Kind | None:
    """Return the record a link leads to, if it may be shown."""
    record = register.find(kind, ref)
    return record if record and may_be_shown(record) else None


def text(value: str) -> str | None:
    """Return a text fit to be shown anywhere; None when it is not recorded."""
    return without_unprintable(value).strip() or None


def words(value: LocalisedText) -> Words | None:
    """Return a text of several languages, fit to be shown; None when it is not recorded."""
    said = {code: text(getattr(value, code)) or "" for code in value.__struct_fields__}
    return Words(**said) if any(said.values()) else None


def link(value: str) -> str | None:
    """Return an address that is safe to follow; None for anything else."""
    return value if is_link(value) else None


def named(register: Register, kind: type[Record], refs: Iterable[str]) -> Iterator[Named]:
    """Yield what links lead to; one that may not be shown keeps its place without its name."""
    for ref in refs:
        yield Named(id=ref, name=name_of(found(register, kind, ref)))


def by_name(one: Named) -> tuple[bool, str, str]:
    """Return what puts catalogue entries in one order in every language, the nameless last."""
    return one.name is None, str(one.name or "").casefold(), one.id


def name_of(record: Record | None) -> Words | None:
    """Return what a record is called, if there is one."""
    if record is None:
        return None
    title = record.title
    return words(title if isinstance(title, LocalisedText) else LocalisedText(en=title))


def answered(record: Record, question: str) -> Answered:
    """Say how the record answers a question that asks for a list."""
    if getattr(record, question):
        return Answered.LISTED
    answer = record.answer_to(question)
    return _ANSWERS[answer.kind] if answer else Answered.NOT_RECORDED
