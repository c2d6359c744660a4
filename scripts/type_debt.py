"""Lists the modules of badger_core that mypy finds fault with, and keeps that list in mypy.ini.

python scripts/type_debt.py          takes modules that have become clean out of the list
python scripts/type_debt.py --enter  enters modules with errors too (say why in the commit)

Needs mypy, which is among the tools of development. The list is what `mypy` passes over: a number
that shall fall.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "mypy.ini"
_DEBT = re.compile(r"^\[mypy-(badger_core[\w.]*)\]\nignore_errors = True\n", re.MULTILINE)
_ERROR = re.compile(r"^(badger_core[\w/]*)\.py:\d+: error: ", re.MULTILINE)


def listed(config: str) -> list[str]:
    """Modules that the configuration passes over."""
    return _DEBT.findall(config)


def without_list(config: str) -> str:
    """The configuration that passes over nothing."""
    return _DEBT.sub("", config)


def with_list(config: str, modules: list[str]) -> str:
    """The configuration that passes over these modules, in order, at its end."""
    lines = (f"[mypy-{name}]\nignore_errors = True\n" for name in sorted(set(modules)))
    return without_list(config) + "".join(lines)


def faulty(config: str) -> dict[str, int]:
    """Module to the number of its errors, when nothing is passed over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mypy.ini"
        path.write_text(without_list(config), encoding="utf-8")
        command = [sys.executable, "-m", "mypy", "--config-file", str(path), "--no-pretty"]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if ended.returncode not in (0, 1):
        raise SystemExit(ended.stdout + ended.stderr)
    found: dict[str, int] = {}
    for path in _ERROR.findall(ended.stdout):
        name = path.replace("/", ".").removesuffix(".__init__")
        found[name] = found.get(name, 0) + 1
    return found


def main(argv: list[str]) -> int:
    """Write the list; exits with 1 where a module that is not on it has errors."""
    if argv not in ([], ["--enter"]):
        print(__doc__)
        return 2
    config = CONFIG.read_text(encoding="utf-8")
    before, found = set(listed(config)), faulty(config)
    new = sorted(set(found) - before)
    kept = set(found) if argv else before & set(found)
    CONFIG.write_text(with_list(config, sorted(kept)), encoding="utf-8")
    for name in [] if argv else new:
        print(f"{name}: {found[name]} errors and not on the list", file=sys.stderr)
    print(f"{len(kept)} modules with {sum(found[name] for name in kept)} errors are passed over")
    return 1 if new and not argv else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
