"""The whole register judged on a day, by every rule at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ropa.i18n import in_language
from ropa.lint.article30 import ALWAYS_ASKED
from ropa.lint.case import Case
from ropa.lint.rule import Finding, Rule
from ropa.lint.rules import RULES
from ropa.records import Record, Waiver
from ropa.register import Register
from ropa.vocabulary import AnswerKind, Severity

NONE_IS_AN_ANSWER = frozenset(("recipients", "engagements", "transfers"))
"""Where there may be nothing; elsewhere "none" is just what an error says."""

_WEIGHT = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Judgement:
    """What the rules say of a register on a day, the gravest first."""

    day: date
    findings: tuple[Finding, ...]

    @cached_property
    def by_record(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the findings of each record that has any, by its id."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self.findings:
            found[one.record.id].append(one)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def open(self) -> tuple[Finding, ...]:
        """Return the findings nobody has decided to live with."""
        return tuple(one for one in self.findings if one.waiver is None)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity are open."""
        return sum(one.severity is severity for one in self.open)


def judge(register: Register, day: date, rules: Iterable[Rule] = RULES.values()) -> Judgement:
    """Return what the rules say of every record in use, on a day."""
    case = Case(register, day)
    waivers = _waivers(register, day)
    found = [one for rule in rules for one in _findings(case, rule)]
    if waivers:
        found = [_waived(one, waivers) for one in found]
    with in_language("en"):  # the order is the same whoever reads
        titles = {one.record.id: str(one.record.title).casefold() for one in found}
    return Judgement(day, tuple(sorted(found, key=lambda one: _order(one, titles))))


def errors_of(register: Register, record: Record, day: date) -> tuple[Finding, ...]:
    """Return the errors the rules find at one record of a register, on a day.

    Nobody may live with an error, so waivers are not asked. The register is read as it stands,
    with this record in it; nothing else is judged.
    """
    case = Case(register, day)
    found = (
        one
        for rule in RULES.values()
        if isinstance(record, rule.nouns)
        for one in _findings_at(case, rule, record)
    )
    return tuple(one for one in found if one.severity is Severity.ERROR)


def _findings(case: Case, rule: Rule) -> Iterator[Finding]:
    for record in (one for noun in rule.nouns for one in case.register.current(noun)):
        yield from _findings_at(case, rule, record)


def _findings_at(case: Case, rule: Rule, record: Record) -> Iterator[Finding]:
    for seen in rule.look(case, record):
        severity = seen.severity or rule.severity
        if not (record.answers and _is_answered(record, seen.path, severity)):
            yield Finding(rule, record, seen.path, seen.said, severity)


def _is_answered(record: Record, path: str, severity: Severity) -> bool:
    """Say whether somebody has answered "none" or "does not apply" where nothing is recorded.

    An error is answered only where the law knows such an answer.
    """
    field = path.partition("/")[0]
    answer = None if getattr(record, field, None) else record.answer_to(field)
    if answer is None or severity is not Severity.ERROR:
        return answer is not None
    may_be_none = answer.kind is AnswerKind.NOT_APPLICABLE or field in NONE_IS_AN_ANSWER
    return may_be_none and field not in ALWAYS_ASKED


def _waivers(register: Register, day: date) -> Mapping[str, list[Waiver]]:
    found: dict[str, list[Waiver]] = defaultdict(list)
    for one in register.current(Waiver):
        if one.holds_on(day):
            found[one.rule].append(one)
    return found


def _waived(finding: Finding, waivers: Mapping[str, list[Waiver]]) -> Finding:
    if finding.may_be_waived:
        for one in waivers.get(finding.rule.id, ()):
            if one.target in ("", finding.record.id) and one.path in ("", finding.path):
                return replace(finding, waiver=one)
    return finding


def _order(finding: Finding, titles: Mapping[str, str]) -> tuple[int, str, str, str, str, str]:
    record = finding.record
    weight = _WEIGHT[finding.severity]
    return weight, finding.rule.id, record.noun, titles[record.id], record.id, finding.path
