"""Finds, in source texts, the calls that write to a file past `files.write_whole` and its like."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

MEMORY = {"BytesIO", "StringIO"}
STAGING = {"being_written", "part_of", "staged", "TemporaryDirectory", "TemporaryFile"}
"""What gives a place where a half-written file is not taken for a whole one."""
METHODS = {"write_text", "write_bytes"}
_NUMPY = ("save", "savez", "savez_compressed", "savetxt", "memmap")
_SHUTIL = ("copyfile", "copy", "copy2", "copytree", "move")
_TABLE = ("to_csv", "to_parquet", "to_json", "to_excel", "to_pickle", "to_hdf")
ARGUMENT = {  # function or method: which argument is the place; without it text comes back
    **dict.fromkeys((*_TABLE, *_NUMPY, "open_memmap", "ParquetWriter", "savefig"), 0),
    **dict.fromkeys((*_SHUTIL, "save_file", "write_table", "dump"), 1),
}
OPENERS = {"open", "File", "ZipFile", "fdopen", "GzipFile"}
OWNERS = {  # names that others use too: only as functions of these modules
    **dict.fromkeys(_NUMPY, ("np", "numpy")),
    **dict.fromkeys(_SHUTIL, ("shutil",)),
    "dump": ("json", "pickle", "torch", "joblib", "yaml"),
    "write_table": ("pq",),
}


class Write(NamedTuple):
    """One call: where, and its text."""

    path: str
    function: str
    line: int
    call: str


def writes(path: str, text: str) -> Iterator[Write]:
    """Calls of a source that write to a file which is neither in memory nor staged."""
    tree = ast.parse(text)
    for function, scope in _scopes(tree):
        safe = _safe_names(scope)
        for node in _own(scope):
            place = _place(node) if isinstance(node, ast.Call) else None
            if place is not None and not _names(place) & safe:
                yield Write(path, function, node.lineno, ast.unparse(node)[:80])


def _scopes(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    yield "", tree
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Nodes of a function without those of functions in it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _own(child)


def _safe_names(scope: ast.AST) -> set[str]:
    """Names bound to memory, or to a place that is staged."""
    found: set[str] = set()
    for node in _own(scope):
        if isinstance(node, ast.Assign) and _called(node.value) in MEMORY | STAGING:
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.withitem) and _called(node.context_expr) in MEMORY | STAGING:
            found |= {node.optional_vars.id} if isinstance(node.optional_vars, ast.Name) else set()
    for node in _own(scope):  # `out = Path(folder) / "x"` lies where `folder` does
        if isinstance(node, ast.Assign) and _names(node.value) & found:
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def _place(call: ast.Call) -> ast.expr | None:
    """What a call writes to; None where it writes nothing."""
    name = _called(call)
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if name in METHODS:
        return owner
    if name in OPENERS:
        return _opened(call, owner, name)
    if name not in ARGUMENT or (name in OWNERS and _text(owner) not in OWNERS[name]):
        return None
    at = ARGUMENT[name]
    if len(call.args) > at:
        return call.args[at]
    named = {k.arg: k.value for k in call.keywords}
    return next((named[key] for key in ("path_or_buf", "path", "fname") if key in named), None)


def _opened(call: ast.Call, owner: ast.expr | None, name: str) -> ast.expr | None:
    if isinstance(owner, ast.Name) and owner.id in {"os", "webbrowser", "gzip"} and name == "open":
        return None  # os.open takes flags; gzip is opened for reading alone, see its modes
    method = name == "open" and owner is not None and _text(owner) not in {"io", "builtins"}
    places = call.args if not method else [owner, *call.args]
    mode = next((k.value for k in call.keywords if k.arg == "mode"), None)
    if mode is None and len(places) > 1:
        mode = places[1]
    writing = isinstance(mode, ast.Constant) and set("wax+") & set(str(mode.value))
    return places[0] if places and writing else None


def _called(node: ast.AST | None) -> str:
    """Name of the function or method that a call calls."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _text(node: ast.expr | None) -> str:
    return "" if node is None else ast.unparse(node)


def _names(node: ast.AST | None) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} if node is not None else set()
