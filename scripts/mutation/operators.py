"""The small faults that are put into a source file, one at a time.

mutmut and cosmic-ray know neither numpy (axes, `np.where`, `maximum`, a sort left out) nor argument
order nor statements left out, and start a process of imports for each fault or rewrite all
functions into switches; this does without either.
"""

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

from mutation.exchanges import ARITHMETIC, of_expression

EVERY = "*"
"""In the place of a function: the fault may be in any."""
_BODIES = ("body", "orelse", "finalbody", "handlers")


@dataclass(frozen=True, eq=False)
class Mutant:
    """A source file with one fault.

    Attributes:
        path: of the file, from the root of the repository.
        function: qualified name of the function, '' at the level of the module, or EVERY.
        line: of the fault.
        text: 'before => after' of the statement or its header; with the number of the
            repetition where a function has the same one twice.
        digest: of the function, or of the module without its functions: what was found of a fault
            holds as long as it is the same.
        code: of the whole module.
    """

    path: str
    function: str
    line: int
    text: str
    digest: str
    code: CodeType

    @property
    def key(self) -> str:
        """What names it in the list of the equivalent ones, whatever its line."""
        return f"{self.path}::{self.function}::{self.text}"


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """All faults of a file, in the order of its lines."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    digests = dict(_digests(tree, ""))
    for function, statement, node, field, other in _places(tree, ""):
        before = _head(statement)
        original = getattr(node, field)
        setattr(node, field, other)
        gone = field in _BODIES and isinstance(other, list)
        after = "left out" if gone else _head(statement)
        if after != before:
            text = f"{before} => {after}"
            seen[function + text] += 1
            count = seen[function + text]
            text += f" ({count})" if count > 1 else ""
            ast.fix_missing_locations(tree)
            code = compile(tree, path, "exec")
            yield Mutant(path, function, statement.lineno, text, digests[function], code)
        setattr(node, field, original)


def _digests(tree: ast.AST, name: str) -> Iterator[tuple[str, str]]:
    """Functions and classes by qualified name, and the module as '', with a hash of their code."""
    parts = [s for s in tree.body if not isinstance(tree, ast.Module) or not hasattr(s, "body")]
    text = "\n".join(ast.unparse(part) for part in parts if not _speaks(part))
    yield name, hashlib.sha256(text.encode()).hexdigest()[:12]
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield from _digests(statement, f"{name}.{statement.name}".strip("."))


def _places(tree: ast.AST, function: str) -> Iterator[tuple[str, ast.stmt, ast.AST, str, object]]:
    """Function, statement, and the node whose field is to be set to what."""
    known: set[str] = {a.arg for a in ast.walk(getattr(tree, "args", tree)) if type(a) is ast.arg}
    for holder, statement in _statements(tree):
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            for field in ("defaults", "kw_defaults"):
                for default in getattr(getattr(statement, "args", None), field, ()):
                    for found in of_expression(default, statement.args, field):
                        yield function, statement, *found
            inner = isinstance(tree, ast.FunctionDef)  # and belongs to the outer one
            name = function if inner else f"{function}.{statement.name}".strip(".")
            yield from _places(statement, name)
            continue
        if _speaks(statement):
            continue
        if _may_go(statement, known):
            without = [ast.Pass() if s is statement else s for s in getattr(*holder)]
            yield function, statement, *holder, without
        if isinstance(statement, ast.Raise):
            continue
        known |= {n.id for n in ast.walk(statement) if type(n) is ast.Name and _stored(n)}
        if isinstance(statement, ast.AugAssign) and type(statement.op) in ARITHMETIC:
            yield function, statement, statement, "op", ARITHMETIC[type(statement.op)]()
        if isinstance(statement, ast.If | ast.While):
            negated = ast.UnaryOp(ast.Not(), statement.test)
            yield function, statement, statement, "test", negated
        if isinstance(statement, ast.Return) and statement.value is not None:
            yield function, statement, statement, "value", ast.Constant(None)
        for field, value in ast.iter_fields(statement):
            if field in (*_BODIES, "annotation"):
                continue
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    for found in of_expression(each, statement, field):
                        yield function, statement, *found


def _statements(tree: ast.AST) -> Iterator[tuple[tuple[ast.AST, str], ast.stmt]]:
    """A body's statements and those within them, each with the list that holds it."""
    for field in ("body", "orelse", "finalbody"):
        for statement in getattr(tree, field, ()):
            yield (tree, field), statement
            if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
                yield from _statements(statement)
    for handler in getattr(tree, "handlers", ()):
        yield from _statements(handler)


def _may_go(statement: ast.stmt, known: set[str]) -> bool:
    """Whether the code still has all its names without a statement."""
    if isinstance(statement, ast.AugAssign | ast.Raise | ast.Continue | ast.Break):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call)
    if isinstance(statement, ast.Assign):
        targets = [n for t in statement.targets for n in ast.walk(t) if type(n) is ast.Name]
        return all(not _stored(n) or n.id in known for n in targets)
    return False


def _speaks(statement: ast.stmt) -> bool:
    """Whether it only words something, imports or stands for a reader."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return True
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)


def _stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _head(statement: ast.stmt) -> str:
    """The statement, without the statements within it."""
    short = copy.copy(statement)
    for field in _BODIES:
        if isinstance(getattr(short, field, None), list):
            setattr(short, field, [])
    return " ".join(ast.unparse(short).split())
