"""Tries faults that stand outside of functions, or in several files: all is imported anew."""

import importlib
import importlib.machinery
import os
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import CodeType

from mutation.warm import KILLED, SURVIVED, TIMED_OUT

_OURS = ("badger_core", "tests", "mutation")
_NOT_FOUND, _NONE = 4, 5
"""Of pytest: a test that it was given is not there; nothing was run."""


def load_libraries(root: Path, tests: Iterable[str]) -> None:
    """Import what the tests import, but for the package itself, so that forks start at once."""
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _run(root, [*tests, "--collect-only"], {})
            names = sorted(n for n in sys.modules if n.split(".")[0] not in _OURS)
            with os.fdopen(writes, "w") as file:
                file.write("\n".join(names))
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as file:
        names = file.read().split()
    os.waitpid(pid, 0)
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001 - made by another module, or not importable alone
            continue


def outcome(
    root: Path, tests: Iterable[str], codes: Mapping[str, CodeType], limit_s: float
) -> tuple[str, str]:
    """What becomes of the faults, and the name of the test that failed.

    Args:
        root: of the copy of the repository.
        tests: files or tests below it.
        codes: path below it to the code that stands in its place.
        limit_s: seconds after which it is stopped.
    """
    said = root / f"said.{os.getpid()}.{time.monotonic_ns()}"
    pid = os.fork()
    if not pid:
        status = 3
        try:
            sys.stdout.flush()
            file = os.open(said, os.O_WRONLY | os.O_CREAT)
            for stream in (1, 2):
                os.dup2(file, stream)
            status = _run(root, tests, codes)
        finally:
            os._exit(status)
    until = time.monotonic() + limit_s
    ended, status = 0, 0
    while not ended and time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    text = said.read_text(errors="replace")
    said.unlink()
    failed = [x.split(" ")[1] for x in text.splitlines() if x.startswith(("FAILED ", "ERROR "))]
    code = os.waitstatus_to_exitcode(status)
    files = sorted({test.split("::")[0] for test in tests})
    if code == _NOT_FOUND and files != sorted(tests):  # a file that cannot be imported has no tests
        return outcome(root, files, codes, limit_s)
    if code in (_NOT_FOUND, _NONE):
        raise RuntimeError(f"pytest ran no test: {text[-2000:]}")
    became = TIMED_OUT if not ended else KILLED if code else SURVIVED
    return became, failed[0] if failed else ""


def _run(root: Path, tests: Iterable[str], codes: Mapping[str, CodeType]) -> int:
    import pytest

    os.chdir(root)
    sys.path.insert(0, str(root))
    usual = importlib.machinery.SourceFileLoader.get_code
    replaced = {str(root / path): code for path, code in codes.items()}

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        return replaced.get(loader.path) or usual(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code
    return int(pytest.main([*tests, *ARGUMENTS, "-x"]))


ARGUMENTS = ("-q", "-s", "--tb=no", "--disable-warnings", "-p", "no:cacheprovider", "-rfE")
