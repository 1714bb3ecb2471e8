"""What a regulator looks at first, asked before a record leaves: twelve questions.

Each is answered by the rules behind it, and by what the record can show. What no register can
know, such as what a cookie banner says, is said to be not in the record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ropa.i18n import _
from ropa.lint.judging import Judgement, judge
from ropa.lint.rule import Finding
from ropa.lint.sifting import Sought, records_of, sift
from ropa.records import LegalEntity, ProcessingActivity
from ropa.register import Register
from ropa.vocabulary import Role, Severity, Term

_YEAR = 365


class Verdict(Term):
    """What comes of one question."""

    GOOD = "good", _("Good")
    LOOK = "look", _("Look at this")
    UNKNOWN = "unknown", _("Not in the record")


@dataclass(frozen=True)
class Check:
    """One question, what comes of it, and the findings behind that."""

    number: int
    question: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """Return how many of its findings are errors."""
        return sum(one.severity is Severity.ERROR for one in self.findings)


@dataclass(frozen=True)
class _Asked:
    """What the questions are asked of: one company's part of a register on a day."""

    register: Register
    entity: LegalEntity
    day: date

    @property
    def activities(self) -> list[ProcessingActivity]:
        every = self.register.current(ProcessingActivity)
        return [one for one in every if one.entity == self.entity.id]


def _is_recorded(asked: _Asked) -> Verdict:
    """Without an activity there is nothing a question about activities could be answered by."""
    return Verdict.GOOD if asked.activities else Verdict.UNKNOWN


def _both_roles(asked: _Asked) -> Verdict:
    sides = {one.role is Role.PROCESSOR for one in asked.activities if one.role}
    return Verdict.GOOD if len(sides) > 1 else Verdict.UNKNOWN


def _by_function(asked: _Asked) -> Verdict:
    if not asked.activities:
        return Verdict.UNKNOWN
    return Verdict.GOOD if len(asked.activities) > 1 else Verdict.LOOK


def _a_year_old(asked: _Asked) -> Verdict:
    """A record last written over a year ago shows that there was a record then."""
    own = records_of(asked.register, asked.entity)
    written = (at.date() for ref, at in asked.register.changed_at.items() if ref in own)
    return (
        Verdict.GOOD if any((asked.day - one).days >= _YEAR for one in written) else Verdict.UNKNOWN
    )


def _good(_asked: _Asked) -> Verdict:
    return Verdict.GOOD


def _untold(_asked: _Asked) -> Verdict:
    return Verdict.UNKNOWN


_QUESTIONS: tuple[tuple[str, tuple[str, ...], Callable[[_Asked], Verdict]], ...] = (
    (
        _("Is it this company's record, with its contact details and its officer?"),
        ("ID-01", "ID-02", "ID-04", "ID-06", "ID-07"),
        _good,
    ),
    (_("Can it be read alone, without following links?"), ("A30-12",), _is_recorded),
    (
        _("Does it show both roles, where the company has both?"),
        ("ID-05", "A30-08", "A30-09"),
        _both_roles,
    ),
    (_("Is it split by function, not one line for everything?"), ("CO-01",), _by_function),
    (
        _("Does every purpose have a legal basis, with its interest or condition?"),
        ("A30-01", "LB-"),
        _is_recorded,
    ),
    (
        _("Are the recipients named, processors among them?"),
        ("A30-04", "PR-01", "PR-04", "PR-05", "PR-06", "PR-11"),
        _is_recorded,
    ),
    (
        _("Does every transfer have its country, its instrument and a document?"),
        ("A30-05", "TR-"),
        _is_recorded,
    ),
    (
        _("Is it said for every category how long data are kept?"),
        ("A30-02", "A30-03", "A30-06", "RT-"),
        _is_recorded,
    ),
    (
        _("Are the security measures described?"),
        ("A30-07", "A30-10", "SE-"),
        _is_recorded,
    ),
    (
        _("Does it agree with what is published: notices, cookies, annexes of contracts?"),
        ("NO-", "PR-13", "CO-02", "AR-", "CA-"),
        _untold,
    ),
    (
        _("Can it be seen when it was last reviewed and confirmed?"),
        ("A30-13", "A30-14", "CO-05"),
        _is_recorded,
    ),
    (_("Can last year's record be shown?"), (), _a_year_old),
)
"""Each question, the rules behind it (or the beginning of their ids), and what else answers it."""


def preflight(
    register: Register, entity: LegalEntity, day: date, judgement: Judgement | None = None
) -> tuple[Check, ...]:
    """Return the twelve checks of a company's record on a day; it is judged unless it has been."""
    judgement = judgement or judge(register, day)
    found = sift(judgement.findings, Sought(records=records_of(register, entity)))
    asked = _Asked(register, entity, day)
    return tuple(
        _check(number, question, asked, answered, _behind(found, rules))
        for number, (question, rules, answered) in enumerate(_QUESTIONS, 1)
    )


def _check(
    number: int,
    question: str,
    asked: _Asked,
    answered: Callable[[_Asked], Verdict],
    findings: tuple[Finding, ...],
) -> Check:
    """A note alone is no reason to look; an error or a warning is."""
    grave = any(one.severity is not Severity.INFO for one in findings)
    verdict = Verdict.LOOK if grave else answered(asked)
    return Check(number, question, verdict, findings)


def _behind(findings: tuple[Finding, ...], rules: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if rules and one.rule.id.startswith(rules))
