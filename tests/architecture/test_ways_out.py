"""No door makes a file by itself: what leaves is made where it is logged."""

import ast

from tests.architecture.checkout import DOORS, modules


def test_every_export_leaves_through_the_one_function_that_logs_it():
    found = [
        f"{path}:{call.lineno} calls .make()"
        for path, tree in modules()
        if path.parts[1] in DOORS
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "make"
    ]
    assert found == []
