"""What a rule is, and what it yields.

A rule is one pure function: it is given the case and one record, and yields what it noticed there.

    @rule(
        "A30-01",
        Severity.ERROR,
        "GDPR Art. 30(1)(b)",
        of=ProcessingActivity,
        says=_("No purpose is recorded."),
        remedy=_("Add at least one purpose, in a sentence."),
    )
    def no_purpose(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
        if controls(activity) and not activity.purposes:
            yield Seen("purposes")

``of`` may name several nouns, in a tuple: the function is then given the records of each in turn.
``says`` may have blanks, ``%(country)s``, which ``Seen("country", country="US")`` fills in. Whether
somebody has answered "none" or "does not apply" instead is asked once, for every rule, by
``ropa.lint.judging``: an empty field that is answered is no gap.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Self, TypeVar

from ropa.i18n import in_language
from ropa.lint.case import Case
from ropa.records import LocalisedText, Record, Waiver
from ropa.vocabulary import Severity

Noun = TypeVar("Noun", bound=Record)


class Seen:
    """What a rule noticed in a record: the path of the field, and what fills its sentence."""

    __slots__ = ("path", "said", "severity")

    def __init__(self, path: str = "", /, **said: object) -> None:
        self.path = path
        self.said = said
        self.severity: Severity | None = None

    def at(self, severity: Severity | None) -> Self:
        """Return it with another weight than its rule's; None keeps that."""
        self.severity = severity
        return self


@dataclass(frozen=True)
class Rule:
    """A rule of the record: how grave, where the law has it, what it says, how to put it right."""

    id: str
    severity: Severity
    law: str
    of: type[Record] | tuple[type[Record], ...]
    says: str
    remedy: str
    look: Callable[[Case, Any], Iterable[Seen]]
    may_weigh_less: bool = False
    """Whether some of what it finds weighs less than the rule itself."""

    @property
    def nouns(self) -> tuple[type[Record], ...]:
        """Return the nouns it looks at."""
        return self.of if isinstance(self.of, tuple) else (self.of,)

    @property
    def may_be_waived(self) -> bool:
        """Say whether somebody may decide to live with some of it; never with an error."""
        return self.severity is not Severity.ERROR or self.may_weigh_less


@dataclass(frozen=True)
class Finding:
    """What one rule says of one record on a day; ``waiver`` is who lives with it, if anybody."""

    rule: Rule
    record: Record
    path: str
    said: Mapping[str, object]
    severity: Severity
    waiver: Waiver | None = None

    @property
    def may_be_waived(self) -> bool:
        """Say whether somebody may decide to live with it; never with an error."""
        return self.severity is not Severity.ERROR

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what makes it the same finding tomorrow: rule, record, field."""
        return self.rule.id, self.record.id, self.path

    def sentence(self, language: str) -> str:
        """Return what it says, in a language of the register."""
        with in_language(language):
            says = str(self.rule.says)
            return says % {name: _read(one, language) for name, one in self.said.items()}

    def remedy(self, language: str) -> str:
        """Return how to put it right, in a language of the register."""
        with in_language(language):
            return str(self.rule.remedy)


def _read(value: object, language: str) -> str:
    if isinstance(value, LocalisedText):
        return value.read(language)[0]
    return str(getattr(value, "label", value))


def rule(  # noqa: PLR0913  # each is a word of the rule
    id: str,  # noqa: A002  # that is what a rule's name is called
    severity: Severity,
    law: str,
    *,
    of: type[Noun] | tuple[type[Noun], ...],
    says: str,
    remedy: str,
    may_weigh_less: bool = False,
) -> Callable[[Callable[[Case, Noun], Iterable[Seen]]], Rule]:
    """Return what turns a function into the rule of this name."""

    def made(look: Callable[[Case, Noun], Iterable[Seen]]) -> Rule:
        return Rule(id, severity, law, of, says, remedy, look, may_weigh_less)

    return made


def rules_in(module: ModuleType) -> Iterator[Rule]:
    """Yield the rules a module holds, in the order in which they are written."""
    yield from (one for one in vars(module).values() if isinstance(one, Rule))
