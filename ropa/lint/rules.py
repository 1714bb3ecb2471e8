"""The one table of rules."""

from ropa.lint import identity
from ropa.lint.rule import Rule, rules_in

RULES: dict[str, Rule] = {one.id: one for module in (identity,) for one in rules_in(module)}
"""Every rule, by its id, in the order of the law."""
