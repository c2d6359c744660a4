"""Reads source texts and lists where they break the floor plan, the rooms or the thinness of pages.

Every function takes a mapping from path (posix, from the project's folder) to source text; the
rules themselves are told in CONTRIBUTING.md. An import counts wherever it stands: inside a
function, under TYPE_CHECKING, or as a literal name given to `import_module`.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

PACKAGE = "badger_core"
FRONT = "app.py and pages"
BASE = "errors, schema, paths, ..."  # the modules that lie directly in the package

FLOORS = {
    BASE: 0,
    **dict.fromkeys(("chem", "cells", "genes", "pathways", "diseases"), 1),
    "data": 2,
    "model": 3,
    "evaluation": 4,
    "training": 5,
    **dict.fromkeys(("predict", "benchmark", "response", "perturbation"), 6),
    **dict.fromkeys(("explain", "repurpose"), 7),
    **dict.fromkeys(("plots", "export"), 8),
    **dict.fromkeys(("ui", "cli"), 9),
    FRONT: 10,
}
# Gene identifiers are the alphabet that these vocabularies are written in.
SAME_FLOOR = {("pathways", "genes"), ("cells", "genes"), ("diseases", "genes")}

ROOMS = frozenset(FLOORS)
WHO_MAY = {  # library: the rooms that may import it
    "streamlit": frozenset({"ui", FRONT}),
    "typer": frozenset({"cli"}),
    "plotly": frozenset({"plots"}),
    "rdkit": frozenset({"chem"}),
    "torch": frozenset(
        room
        for room, floor in FLOORS.items()
        if floor > 1 and room not in {"plots", "export", FRONT}
    ),
}
PRINTS = frozenset({"cli"})
PAGE_LINES = 60
ONLY_STAR_RULE = ("run.py", "scripts/")


class Violation(NamedTuple):
    """One broken rule: where, which, and what was found there."""

    path: str
    line: int
    rule: str
    found: str


class Import(NamedTuple):
    """One imported module by its full name, such as `badger_core.ui.state`."""

    module: str
    line: int


def read_tree(root: Path) -> dict[str, str]:
    """Source texts of the app, its pages, the package, run.py and the scripts."""
    found = [root / "app.py", root / "run.py"]
    for folder in ("pages", "scripts", PACKAGE):
        found += sorted((root / folder).rglob("*.py"))
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in found
        if path.is_file()
    }


def room_of(path: str) -> str:
    """Room of a source file: a folder of the package, the modules beside them, or the front."""
    parts = path.split("/")
    if parts[0] != PACKAGE:
        return FRONT
    if parts[1:] == ["__main__.py"]:  # starts the commands, so it belongs to them
        return "cli"
    return parts[1] if len(parts) > 2 else BASE


def is_front(path: str) -> bool:
    """Whether a file is the app or one of its pages."""
    return path == "app.py" or path.startswith("pages/")


def is_exempt(path: str) -> bool:
    """Whether a file stands outside the floors: a starter, not a part."""
    return path.startswith(ONLY_STAR_RULE)


def imports(tree: ast.AST) -> Iterator[Import]:
    """All absolute imports; `from a import b` yields `a.b`, since b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (Import(f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"import_module", "__import__"} and isinstance(node.args[0].value, str):
                yield Import(node.args[0].value, node.lineno)


def imported_room(module: str) -> str | None:
    """Room that an import reaches, or None where it leaves the package."""
    parts = module.split(".")
    if parts[0] != PACKAGE:
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else BASE


def floor_violations(sources: Mapping[str, str]) -> list[Violation]:
    """Imports that reach upward or sideways, and rooms that have no floor."""
    found = []
    for path, tree in _trees(sources):
        room = room_of(path)
        if room not in FLOORS:
            found.append(Violation(path, 1, "floor", f"the room '{room}' is not in the floor plan"))
            continue
        for module, line in imports(tree):
            other = imported_room(module)
            if other in (None, room) or (room, other) in SAME_FLOOR:
                continue
            if FLOORS[other] >= FLOORS[room]:
                found.append(Violation(path, line, "floor", f"{room} imports {module}"))
    return found


def library_violations(sources: Mapping[str, str]) -> list[Violation]:
    """Libraries, and calls of print, outside the rooms that may have them."""
    found = []
    for path, tree in _trees(sources):
        room = room_of(path)
        for module, line in imports(tree):
            library = module.split(".")[0]
            if room not in WHO_MAY.get(library, {room}):
                found.append(Violation(path, line, "library", f"{room} imports {library}"))
        if room not in PRINTS:
            found += [
                Violation(path, node.lineno, "library", f"{room} prints")
                for node in ast.walk(tree)
                if isinstance(node, ast.Name) and node.id == "print"
            ]
    return found


def import_form_violations(sources: Mapping[str, str]) -> list[Violation]:
    """Star imports anywhere; relative imports everywhere but in the starters."""
    found = []
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text, path)):
            if not isinstance(node, ast.ImportFrom):
                continue
            if any(alias.name == "*" for alias in node.names):
                found.append(Violation(path, node.lineno, "star", f"from {node.module} import *"))
            if node.level and not is_exempt(path):
                source = "." * node.level + (node.module or "")
                found.append(Violation(path, node.lineno, "relative", f"from {source} import ..."))
    return found


def page_violations(sources: Mapping[str, str]) -> list[Violation]:
    """Pages (and app.py) that define something or are too long to be read at a glance."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    found = []
    for path, tree in _trees(sources):
        if not is_front(path):
            continue
        found += [
            Violation(path, node.lineno, "page", f"{type(node).__name__} in a page")
            for node in ast.walk(tree)
            if isinstance(node, definitions)
        ]
        length = len(sources[path].splitlines())
        if length > PAGE_LINES:
            found.append(Violation(path, length, "page", f"{length} lines, {PAGE_LINES} allowed"))
    return found


def all_violations(sources: Mapping[str, str]) -> list[Violation]:
    """Every broken rule, in the order of files and lines."""
    rules = (floor_violations, library_violations, import_form_violations, page_violations)
    return sorted(violation for rule in rules for violation in rule(sources))


def _trees(sources: Mapping[str, str]) -> Iterator[tuple[str, ast.Module]]:
    for path, text in sources.items():
        if not is_exempt(path):
            yield path, ast.parse(text, path)
