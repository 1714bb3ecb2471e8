"""Only doors commit, and only doors know what a request is."""

import ast

from tests.architecture.checkout import DOORS, modules

ENDS_A_TRANSACTION = {"commit", "rollback"}


def test_only_doors_end_a_transaction():
    found = [
        f"{path}:{call.lineno} calls .{call.func.attr}()"
        for path, tree in modules()
        if path.parts[1] not in DOORS and "migrations" not in path.parts
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ENDS_A_TRANSACTION
    ]
    assert found == []


def test_every_module_opens_by_saying_what_it_is_for():
    silent = [
        str(path)
        for path, tree in modules()
        if "versions" not in path.parts and tree.body and not ast.get_docstring(tree)
    ]
    assert silent == []
