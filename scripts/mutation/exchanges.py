"""What may stand in the place of an expression by mistake."""

import ast
import copy
from collections.abc import Iterator

_COMPARISONS = {
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
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_OTHERS = {
    one: other
    for pair in (
        ("min", "max"),
        ("minimum", "maximum"),
        ("nanmin", "nanmax"),
        ("argmin", "argmax"),
        ("any", "all"),
        ("mean", "sum"),
        ("nanmean", "nansum"),
        ("floor", "ceil"),
        ("zeros", "ones"),
        ("zeros_like", "ones_like"),
        ("intersection", "union"),
        ("head", "tail"),
    )
    for one, other in (pair, pair[::-1])
}
_LEFT_OUT = {"abs", "sorted", "sort", "unique", "sqrt", "log", "log2", "log10", "exp", "nan_to_num"}
_LEFT_OUT |= {"clip", "cumsum", "reversed", "set", "average_ranks"}
_METHODS_LEFT_OUT = {"abs", "drop_duplicates", "dropna", "fillna", "sort_values", "clip", "copy"}
_METHODS_LEFT_OUT |= {"sort_index", "cumsum", "unique"}
_WORDS = {"up": "down", "down": "up", "left": "right", "right": "left", "any": "all", "all": "any"}
_SYMMETRIC = {"isinstance", "getattr", "partial", "zip", "range", "isin", "clip", "kendalltau"}
_SYMMETRIC |= {"min", "max", "minimum", "maximum", "add", "multiply", "hypot", "array_equal"}
_SYMMETRIC |= {"union", "intersection", "union1d", "intersect1d"}
_NO_MATTER = {"strict", "ignore_index", "allow_nan"}
"""Arguments that only guard, or number rows that nobody asks the number of."""


def of_expression(node: ast.AST, parent: ast.AST, field: str) -> Iterator[tuple]:
    """Node, field and other value for an expression and all within it."""
    if isinstance(node, ast.JoinedStr) or _any_length(parent, node):
        return
    for other in _others(node):
        if _sign_is_lost(parent, node) and isinstance(other.op, ast.Sub):
            continue
        held = getattr(parent, field)
        if isinstance(held, list):
            yield parent, field, [other if each is node else each for each in held]
        else:
            yield parent, field, other
    for inner, value in ast.iter_fields(node):
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                name = node.arg if isinstance(node, ast.keyword) else ""
                if name == "axis":
                    yield from ((node, inner, other) for other in _axes(each))
                elif name not in _NO_MATTER:
                    yield from of_expression(each, node, inner)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of an expression by mistake."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            for other in _COMPARISONS.get(type(op), ())[:1]:
                ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for at in range(len(node.values)):
            rest = node.values[:at] + node.values[at + 1 :]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.BinOp) and not _is_text(node):
        if type(node.op) in ARITHMETIC:
            yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
        if isinstance(node.op, ast.Sub | ast.Div):
            yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.operand, ast.Constant):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield ast.comprehension(node.target, node.iter, node.ifs[1:], node.is_async)
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node)


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in _OTHERS:
        func = copy.copy(node.func)
        setattr(func, "id" if isinstance(func, ast.Name) else "attr", _OTHERS[name])
        yield ast.Call(func, node.args, node.keywords)
    of_module = isinstance(node.func, ast.Name) or getattr(node.func.value, "id", "") == "np"
    if name in _LEFT_OUT and of_module and node.args:
        yield node.args[0]
    if name in _METHODS_LEFT_OUT and not of_module:
        yield node.func.value
    if name == "where" and len(node.args) == 3:
        yield ast.Call(node.func, [node.args[0], node.args[2], node.args[1]], node.keywords)
    elif len(node.args) > 1 and name not in _SYMMETRIC and _plain(node.args):
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)


def _other_constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
        if isinstance(node.value, int) and node.value > 0:
            yield ast.Constant(node.value - 1)
    elif isinstance(node.value, str) and node.value in _WORDS:
        yield ast.Constant(_WORDS[node.value])


def _axes(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(1 - node.value if node.value in (0, 1) else 0)


def _any_length(parent: ast.AST, node: ast.AST) -> bool:
    """Whether it is the -1 of `reshape(-1)`, for which any number below 0 would do."""
    reshapes = isinstance(parent, ast.Call) and getattr(parent.func, "attr", "") == "reshape"
    return reshapes and isinstance(node, ast.UnaryOp)


def _sign_is_lost(node: ast.AST, inner: ast.AST) -> bool:
    """Whether `inner` is a difference whose sign is lost in a square or in abs."""
    if not isinstance(inner, ast.BinOp) or not isinstance(inner.op, ast.Sub):
        return False
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) == "abs"
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and inner is node.left


def _is_text(node: ast.BinOp) -> bool:
    texts = (n for n in ast.walk(node) if isinstance(n, ast.Constant | ast.JoinedStr))
    return any(isinstance(n, ast.JoinedStr) or isinstance(n.value, str) for n in texts)


def _plain(args: list[ast.expr]) -> bool:
    return not any(isinstance(arg, ast.Starred) for arg in args[:2])
