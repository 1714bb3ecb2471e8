"""The alterations of a module: one comparison, connective, negation or number at a time."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@dataclass(frozen=True)
class Mutant:
    """One alteration: where it is, what stood there and what stands there now."""

    line: int
    before: str
    after: str
    tree: ast.Module


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's functions; texts and names are left alone."""
    for number in range(len(list(_places(ast.parse(source))))):
        tree = ast.parse(source)
        node, change = list(_places(tree))[number]
        before = ast.unparse(node)
        _alter(node, change)
        ast.fix_missing_locations(tree)
        yield Mutant(getattr(node, "lineno", 0), before, ast.unparse(node), tree)


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, object]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from _in(statement)


def _in(statement: ast.stmt) -> Iterator[tuple[ast.AST, object]]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Compare):
            for at, sign in enumerate(node.ops):
                yield from ((node, (at, one())) for one in SWAPPED.get(type(sign), ()))
        elif isinstance(node, ast.BoolOp):
            yield node, "swap"
            yield from ((node, at) for at in range(len(node.values)))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "drop"
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield node, "other"


def _alter(node: ast.AST, change: object) -> None:
    match node, change:
        case ast.Compare(), (int(at), ast.cmpop() as sign):
            node.ops[at] = sign
        case ast.BoolOp(), "swap":
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.BoolOp(), int(at):
            node.values.pop(at)
        case ast.UnaryOp(), "drop":
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.Constant(value=bool(value)), "other":
            node.value = not value
        case ast.Constant(value=int(value)), "other":
            node.value = value + 1
