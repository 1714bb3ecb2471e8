"""``make mutants``: alter the rules one sign at a time, and count what the examples notice.

Everything happens in memory: a mutated module is run beside the others that lean on it, and the
examples of the rules concerned are judged again.
"""

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType

import ropa.lint
from ropa.lint.judging import judge
from ropa.lint.rule import Rule, rules_in
from ropa.register import Register
from tests.clean_house import TODAY, clean_house, ref
from tests.mutation.mutants import mutants_of
from tests.unit.lint.test_rules import FAILS, PASSES

LEAST = 0.9
"""The share of mutants that must be noticed."""

LEFT = {"judging", "rule", "rules", "sources", "sifting", "since", "sarif", "preflight"}
"""What is no rule and leans on none: told apart by tests of its own."""

ROOM = Path(ropa.lint.__path__[0])


def main() -> int:
    """Print the survivors and the share that was noticed; return 1 when it is too small."""
    names = sys.argv[1:] or sorted(one.stem for one in ROOM.glob("[a-z]*.py"))
    cases = list(_cases())
    total = noticed = 0
    for name in names:
        if name in LEFT:
            continue
        here = there = 0
        for mutant in mutants_of((ROOM / f"{name}.py").read_text(encoding="utf-8")):
            there += 1
            if _is_noticed(name, mutant.tree, cases):
                here += 1
            else:
                print(f"{name}:{mutant.line}  {mutant.before[:80]}  ->  {mutant.after[:80]}")  # noqa: T201
        total, noticed = total + there, noticed + here
        print(f"{name}: {here} of {there}", flush=True)  # noqa: T201
    print(f"noticed {noticed} of {total} mutants ({noticed / max(total, 1):.1%})")  # noqa: T201
    return 0 if noticed >= LEAST * total else 1


Case = tuple[str, tuple[str, str, str] | None, Register]


def _cases() -> Iterator[Case]:
    """Yield the examples: rule, the finding there must be (None for none), register."""
    for one in FAILS:
        path = re.sub(r"\{(.+?)\}", lambda name: ref(name.group(1)), one.path)
        yield one.rule, (one.rule, ref(one.at), path), one.change(clean_house()).register()
    for one in PASSES:
        yield one.rule, None, one.change(clean_house()).register()


def _is_noticed(name: str, tree: ast.Module, cases: list[Case]) -> bool:
    try:
        rules = _rules_with(name, tree)
        for rule, wanted, register in cases:
            if rule in rules:
                keys = {one.key for one in judge(register, TODAY, [rules[rule]]).findings}
                if (wanted not in keys) if wanted else bool(keys):
                    return True
        return bool(judge(clean_house().register(), TODAY, rules.values()).findings)
    except Exception:  # noqa: BLE001  # what falls over is noticed
        return True


def _rules_with(name: str, tree: ast.Module) -> dict[str, Rule]:
    """Return the rules as they are when one module is altered."""
    kept = dict(sys.modules)
    try:
        found: dict[str, Rule] = {}
        for each in _leaning_on(name):
            source = tree if each == name else ast.parse((ROOM / f"{each}.py").read_text("utf-8"))
            found |= {one.id: one for one in rules_in(_run(each, source))}
        return found
    finally:
        sys.modules.update(kept)


def _run(name: str, tree: ast.Module) -> ModuleType:
    whole = f"ropa.lint.{name}"
    module = ModuleType(whole)
    module.__file__ = str(ROOM / f"{name}.py")
    sys.modules[whole] = module
    exec(compile(tree, module.__file__, "exec"), module.__dict__)  # noqa: S102
    return module


def _leaning_on(name: str) -> list[str]:
    """Return a module and those that lean on it, each after what it leans on."""
    wanted = {name}
    order = [one for one in TopologicalSorter(NEEDS).static_order() if one not in LEFT]
    for one in order:
        if wanted & NEEDS[one]:
            wanted.add(one)
    return [one for one in order if one in wanted]


def _needs() -> dict[str, set[str]]:
    found = {}
    for path in ROOM.glob("[a-z]*.py"):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = set(re.findall(r"^from ropa\.lint\.(\w+) import", text, re.MULTILINE))
    return found


NEEDS = _needs()
"""Which modules of the room each of them leans on."""

if __name__ == "__main__":
    importlib.import_module("ropa.lint.rules")
    sys.exit(main())
