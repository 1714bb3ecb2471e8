"""The one table of rules."""

from ropa.lint import identity, processors, transfers
from ropa.lint.rule import Rule, rules_in

RULES: dict[str, Rule] = {
    one.id: one for module in (identity, processors, transfers) for one in rules_in(module)
}
"""Every rule, by its id, in the order of the law."""
