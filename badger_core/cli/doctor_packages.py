"""Whether Python and every package that is needed are there, in a version that fits."""

import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from badger_core.cli.doctor_finding import Finding, broken, fine, look

OLDEST, NEWEST_TRIED = (3, 11), (3, 13)
HEAVY = ("torch", "rdkit.Chem.Draw", "pandas", "h5py", "streamlit")
"""Packages with parts in another language: they may be there and yet fail to load."""
_PATIENCE_S = 300
_INSTALL = "Install it with 'python3 scripts/studio.py setup', or 'pip install .' in your own."


def python_finding(found: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """The interpreter, against the oldest that works and the newest that was tried."""
    said = f"{platform.python_implementation()} {'.'.join(map(str, found))}"
    if found < OLDEST:
        return broken("Python", said, "Make the environment with Python 3.11 or newer.")
    if found > NEWEST_TRIED:
        return look("Python", said, "Not tried with this version; 3.11 to 3.13 are.")
    return fine("Python", said)


def package_findings(requirements: Path) -> Iterator[Finding]:
    """One finding for all packages that fit, and one for each that does not.

    Args:
        requirements: the file of lower and upper bounds.
    """
    try:
        from packaging.requirements import InvalidRequirement, Requirement
    except ImportError:
        yield broken("packages", "'packaging' is missing, so versions cannot be read", _INSTALL)
        return
    try:
        lines = requirements.read_text(encoding="utf-8").splitlines()
        wanted = [Requirement(s) for line in lines if (s := line.partition("#")[0].strip())]
    except (OSError, UnicodeDecodeError, InvalidRequirement) as error:
        remedy = "Restore it from the repository, or install again."
        yield broken("packages", f"'{requirements}' cannot be read ({error})", remedy)
        return
    fitting = []
    for need in wanted:
        try:
            found = version(need.name)
        except PackageNotFoundError:
            yield broken(f"package {need.name}", f"missing; {need} is needed", _INSTALL)
            continue
        if need.specifier.contains(found, prereleases=True):
            fitting.append(f"{need.name} {found}")
        else:
            yield broken(f"package {need.name}", f"{found}; {need} is needed", _INSTALL)
    if fitting:
        yield fine("packages", f"{len(fitting)} of {len(wanted)} fit: " + ", ".join(fitting))


def import_finding(modules: tuple[str, ...] = HEAVY) -> Finding:
    """Whether modules can be loaded, tried in a process of its own, which may die of it.

    Args:
        modules: full names.
    """
    named = ", ".join(modules)
    command = [sys.executable, "-c", f"import {named}"]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        return look("imports", f"could not be tried ({error})", "Try again on a quieter machine.")
    if ended.returncode == 0:
        return fine("imports", f"{named} load")
    lines = ended.stderr.strip().splitlines() or [f"ended with {ended.returncode}"]
    remedy = "Install that package anew (pip install --force-reinstall); a shared library may lack."
    return broken("imports", lines[-1], remedy)
