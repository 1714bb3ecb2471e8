"""The one table of rules."""

from ropa.lint import (
    argentina,
    bases,
    brazil,
    california,
    identity,
    integrity,
    notices,
    processors,
    public_list,
    record,
    retention,
    security,
    transfers,
)
from ropa.lint.rule import Rule, rules_in

MODULES = (
    identity,
    record,
    bases,
    processors,
    public_list,
    transfers,
    retention,
    security,
    notices,
    argentina,
    brazil,
    california,
    integrity,
)
"""The modules rules stand in, in the order of the law; a new one is named here."""

RULES: dict[str, Rule] = {one.id: one for module in MODULES for one in rules_in(module)}
"""Every rule, by its id."""
