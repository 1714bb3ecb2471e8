"""The whole register judged on a day, by every rule at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ropa.lint.case import Case
from ropa.lint.rule import Finding, Rule
from ropa.lint.rules import RULES
from ropa.records import Record, Waiver
from ropa.register import Register
from ropa.vocabulary import Severity

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
        return sum(one.rule.severity is severity for one in self.open)


def judge(register: Register, day: date, rules: Iterable[Rule] = RULES.values()) -> Judgement:
    """Return what the rules say of every record in use, on a day."""
    case = Case(register, day)
    waivers = _waivers(register, day)
    found = (_waived(one, waivers) for rule in rules for one in _findings(case, rule))
    return Judgement(day, tuple(sorted(found, key=_order)))


def _findings(case: Case, rule: Rule) -> Iterator[Finding]:
    for record in (one for noun in rule.nouns for one in case.register.current(noun)):
        for seen in rule.look(case, record):
            if not _is_answered(record, seen.path):
                yield Finding(rule, record, seen.path, seen.said)


def _is_answered(record: Record, path: str) -> bool:
    """Say whether somebody has answered "none" or "does not apply" where nothing is recorded."""
    field = path.partition("/")[0]
    if not record.answers or not field or getattr(record, field, None):
        return False
    return record.answer_to(field) is not None


def _waivers(register: Register, day: date) -> Mapping[str, list[Waiver]]:
    found: dict[str, list[Waiver]] = defaultdict(list)
    for one in register.current(Waiver):
        if one.holds_on(day):
            found[one.rule].append(one)
    return found


def _waived(finding: Finding, waivers: Mapping[str, list[Waiver]]) -> Finding:
    if finding.rule.may_be_waived:
        for one in waivers.get(finding.rule.id, ()):
            if one.target in ("", finding.record.id) and one.path in ("", finding.path):
                return replace(finding, waiver=one)
    return finding


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    record = finding.record
    return (
        _WEIGHT[finding.rule.severity],
        finding.rule.id,
        record.noun,
        str(record.title).casefold(),
        f"{record.id} {finding.path}",
    )
