"""Every rule finds its defect, and nothing else; and lets pass what is right."""

import re

import pytest

from ropa.lint.judging import judge
from ropa.lint.rules import RULES
from ropa.vocabulary import Severity
from tests.clean_house import TODAY, clean_house, ref
from tests.unit.lint import (
    examples_argentina,
    examples_bases,
    examples_brazil,
    examples_california,
    examples_identity,
    examples_integrity,
    examples_keeping,
    examples_processors,
    examples_record,
    examples_transfers,
)
from tests.unit.lint.examples import Example

MODULES = (
    examples_identity,
    examples_record,
    examples_bases,
    examples_processors,
    examples_transfers,
    examples_keeping,
    examples_argentina,
    examples_brazil,
    examples_california,
    examples_integrity,
)
FAILS = [one for module in MODULES for one in module.FAILS]
PASSES = [one for module in MODULES for one in module.PASSES]


def _name(example: Example) -> str:
    return f"{example.rule} {example.at} {example.path}".strip()


def test_nothing_is_found_in_a_clean_house():
    found = judge(clean_house().register(), TODAY).findings
    assert [(one.rule.id, one.record.noun, one.path, one.sentence("en")) for one in found] == []


@pytest.mark.parametrize("example", FAILS, ids=_name)
def test_a_rule_finds_its_defect_and_no_other_error(example: Example):
    house = example.change(clean_house())
    found = judge(house.register(), TODAY).findings
    path = re.sub(r"\{(.+?)\}", lambda name: ref(name.group(1)), example.path)
    assert (example.rule, ref(example.at), path) in {one.key for one in found}
    errors = {one.rule.id for one in found if one.rule.severity is Severity.ERROR}
    assert errors - {example.rule} == set(example.with_errors)


@pytest.mark.parametrize("example", PASSES, ids=_name)
def test_a_rule_lets_pass_what_is_right(example: Example):
    house = example.change(clean_house())
    found = judge(house.register(), TODAY).findings
    assert [one for one in found if one.rule.id == example.rule] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_both_examples_and_speaks_every_language(rule):
    assert any(one.rule == rule.id for one in FAILS), "no failing example"
    assert any(one.rule == rule.id for one in PASSES), "no passing example"
    assert str(rule.says)
    assert str(rule.remedy)
    assert rule.law
