"""Reads the source of the pages: what comes into HTML or Markdown without being made safe."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from badger_core.paths import ROOT

MARKDOWN = {
    *("error", "warning", "info", "success", "caption", "markdown", "toast", "write", "button"),
    *("download_button", "popover", "expander", "spinner", "selectbox", "multiselect", "metric"),
    *("text_input", "text_area", "number_input", "toggle", "checkbox", "file_uploader", "slider"),
    *("segmented_control", "pills", "radio", "page_link", "header", "subheader", "title", "tabs"),
}
"""Functions of Streamlit whose first argument, text or help is Markdown."""
SAFE = {"plain", "html", "len", "sum", "int", "round", "min", "max"}


class Unsafe(NamedTuple):
    """A value that nothing makes safe as far as the source tells."""

    file: str
    line: int
    value: str


def unsafe(kind: str) -> Iterator[Unsafe]:
    """Values in 'html' or 'markdown'."""
    folder = ROOT / "badger_core" / "ui"
    for path in [*sorted(folder.glob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]:
        yield from unsafe_in(path.name, path.read_text(encoding="utf-8"), kind)


def unsafe_in(file: str, source: str, kind: str) -> Iterator[Unsafe]:
    """The same of one source."""
    tree = ast.parse(source)
    functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    for function in [*functions.values(), tree]:
        for node in _own(function):
            for value in _shown(node, kind):
                for part in _bad(value, function, functions, ()):
                    yield Unsafe(file, part.lineno, ast.unparse(part))


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """Nodes of a function or module, without those of functions within."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield child
            yield from _own(child)
        elif isinstance(child, ast.ClassDef):
            continue


def _shown(node: ast.AST, kind: str) -> list[ast.expr]:
    if not isinstance(node, ast.Call):
        return []
    name = ast.unparse(node.func)
    if kind == "html":
        return node.args[:1] if name in ("st.html", "st.iframe") else []
    either = isinstance(node.func, ast.IfExp)  # (st.warning if ... else st.error)(...)
    if not either and (not name.startswith("st.") or name.removeprefix("st.") not in MARKDOWN):
        return []
    return [*node.args[:1], *(k.value for k in node.keywords if k.arg in ("help", "text", "label"))]


def _bad(value: ast.expr, function: ast.AST, all_: dict, seen: tuple) -> list[ast.expr]:
    """The parts of an expression that may hold a text from outside."""
    go = [function, all_, seen]
    if isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id.isupper()):
        return []
    if isinstance(value, ast.FormattedValue):
        return [] if value.format_spec is not None else _bad(value.value, *go)
    if isinstance(value, ast.IfExp):
        return [*_bad(value.body, *go), *_bad(value.orelse, *go)]
    if isinstance(value, ast.JoinedStr | ast.BoolOp):
        return [bad for part in value.values for bad in _bad(part, *go)]
    if isinstance(value, ast.BinOp):
        return [*_bad(value.left, *go), *_bad(value.right, *go)]
    if isinstance(value, ast.List | ast.Tuple):
        return [bad for part in value.elts for bad in _bad(part, *go)]
    if isinstance(value, ast.Starred):
        return _bad(value.value, *go)
    if isinstance(value, ast.GeneratorExp | ast.ListComp):
        return _bad(value.elt, *go)
    if isinstance(value, ast.Compare):
        return []
    if isinstance(value, ast.Name) and value.id not in seen:
        given = _assigned(value.id, function)
        go[2] = (*seen, value.id)
        return [bad for one in given for bad in _bad(one, *go)] if given else [value]
    if isinstance(value, ast.Name):
        return []
    if isinstance(value, ast.Call):
        return _bad_call(value, *go)
    return [value]


def _bad_call(call: ast.Call, function: ast.AST, all_: dict, seen: tuple) -> list[ast.expr]:
    name = ast.unparse(call.func)
    if name.rsplit(".", 1)[-1] in SAFE:
        return []
    if name.endswith(".join"):
        return [bad for part in call.args for bad in _bad(part, function, all_, seen)]
    made = all_.get(name)
    if made is None or name in seen:
        return [call]
    returned = [n.value for n in _own(made) if isinstance(n, ast.Return) and n.value]
    return [bad for one in returned for bad in _bad(one, made, all_, (*seen, name))]


def _assigned(name: str, function: ast.AST) -> list[ast.expr]:
    """What a local name is set to."""
    found = []
    for node in _own(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign | ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        if isinstance(node, ast.NamedExpr):
            targets = [node.target]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            found.append(node.value)
        elif any(isinstance(t, ast.Tuple) and name in ast.unparse(t) for t in targets):
            pairs = [t for t in targets if isinstance(t, ast.Tuple)]
            if isinstance(node.value, ast.Tuple) and len(pairs[0].elts) == len(node.value.elts):
                for target, value in zip(pairs[0].elts, node.value.elts, strict=True):
                    if isinstance(target, ast.Name) and target.id == name:
                        found.append(value)
            else:
                found.append(node.value)
    return found
