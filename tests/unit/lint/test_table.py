"""The table of rules: as the law asks for them, each with its examples and the place it shows."""

import csv
from pathlib import Path

from ropa.admin.layouts import LAYOUTS
from ropa.lint.rules import RULES
from ropa.records.fields import fields_of
from tests.unit.lint.test_rules import FAILS, PASSES

DATA = Path(__file__).parents[2] / "data"
ASKED = DATA / "lint_rules.csv"
"""What each rule is to find, how grave it is, and where the law has it."""
TABLE = DATA / "rules.csv"
"""The table as it is; ``python -m tests.unit.lint.table`` writes it anew."""


def asked() -> list[dict[str, str]]:
    with ASKED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places_of(rule_id: str) -> str:
    """Where a finding shows: the section of the record's page that has the field."""
    found = set()
    for example in FAILS:
        if example.rule == rule_id:
            for noun in RULES[rule_id].nouns:
                field = example.path.partition("/")[0]
                if not field or field in {one.name for one in fields_of(noun)}:
                    found.add(f"{noun.noun}: {_section(noun.noun, field)}")
    return "; ".join(sorted(found))


def _section(noun: str, field: str) -> str:
    for section in LAYOUTS.get(noun, ()):
        if field in section.fields:
            return section.key
    return "page"


def rows() -> list[list[str]]:
    head = ["rule", "severity", "passing examples", "failing examples", "where it shows"]
    body = [
        [
            one.id,
            one.severity.value,
            str(sum(example.rule == one.id for example in PASSES)),
            str(sum(example.rule == one.id for example in FAILS)),
            places_of(one.id),
        ]
        for one in RULES.values()
    ]
    return [head, *body]


def test_every_rule_that_is_asked_for_is_there_and_as_grave_as_asked():
    assert {one["id"]: one["severity"] for one in asked()} == {
        one.id: one.severity.value for one in RULES.values()
    }


def test_the_table_of_rules_is_up_to_date_and_has_no_empty_cell():
    with TABLE.open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    assert written == rows()
    assert all(cell not in ("", "0") for row in written for cell in row)
