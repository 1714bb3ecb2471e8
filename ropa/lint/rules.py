"""The one table of rules."""

from ropa.lint import argentina, brazil, california, identity, integrity
from ropa.lint.rule import Rule, rules_in

RULES: dict[str, Rule] = {
    one.id: one
    for module in (identity, argentina, brazil, california, integrity)
    for one in rules_in(module)
}
"""Every rule, by its id, in the order of the law."""
