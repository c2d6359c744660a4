"""Makes the project's environment where it is missing, then starts the app or the tests in it.

python3 scripts/studio.py app      starts the app; more arguments go to `streamlit run`
python3 scripts/studio.py test     runs the tests; more arguments go to pytest
python3 scripts/studio.py browser  runs the tests in a real Chromium; more arguments go to pytest
python3 scripts/studio.py setup    only makes the environment, with the tools of development

Needs Python 3.11 or newer and a package index, nothing else; `browser` takes the Chromium that
BADGER_CHROMIUM names or that of the system, else it downloads one. The environment is `.venv` in
the project, or the folder that BADGER_VENV names; what is in place is not installed again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
DECLARED = ("requirements.txt", "requirements-dev.txt", "pyproject.toml")
COMMANDS = {  # name: (needs the tools of development, module to run with its arguments)
    "app": (False, ["streamlit", "run", str(ROOT / "app.py")]),
    "test": (True, ["pytest", "-n", "auto"]),
    "browser": (True, ["pytest", "-m", "browser", "tests/browser"]),
    "setup": (True, []),
}


class SetupError(Exception):
    """The environment cannot be made; the message says what to do about it."""


def venv_dir() -> Path:
    """Folder of the environment."""
    return Path(os.environ.get("BADGER_VENV") or ROOT / ".venv").expanduser().absolute()


def venv_scripts(venv: Path) -> Path:
    """Folder of the environment's programs."""
    return venv / ("Scripts" if os.name == "nt" else "bin")


def venv_python(venv: Path) -> Path:
    """The environment's Python."""
    return venv_scripts(venv) / ("python.exe" if os.name == "nt" else "python")


def make_venv(venv: Path) -> None:
    """Make an environment; one that was begun and not finished is removed again."""
    if any(importlib.util.find_spec(part) is None for part in ("venv", "ensurepip")):
        raise SetupError(
            "This Python cannot make environments: its `venv` or `ensurepip` module is missing.\n"
            "On Debian or Ubuntu install it with: sudo apt install python3-venv"
        )
    there_before = venv.exists()
    if there_before and not (venv.is_dir() and not any(venv.iterdir())):
        raise SetupError(
            f"{venv} exists and is not a Python environment.\n"
            "Move it away, or let BADGER_VENV name another folder."
        )
    print(f"Making an environment in {venv}", flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    except BaseException as error:
        if not there_before:
            shutil.rmtree(venv, ignore_errors=True)
        if isinstance(error, (subprocess.CalledProcessError, OSError)):
            raise SetupError(
                f"{venv} could not be made; the lines above say why.\n"
                "On Debian or Ubuntu this may help: sudo apt install python3-venv"
            ) from error
        raise


def python_version(python: Path) -> tuple[int, ...]:
    """Version of the environment's Python, such as (3, 11, 7)."""
    ask = [str(python), "-c", "import sys; print(*sys.version_info[:3])"]
    try:
        answer = subprocess.run(ask, check=True, capture_output=True, text=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetupError(
            f"{python} does not run; its Python may have been removed or updated.\n"
            f"Delete {python.parent.parent} and start again."
        ) from error
    version = tuple(int(part) for part in answer.stdout.split())
    if version < OLDEST:
        raise SetupError(
            f"{python} is Python {'.'.join(map(str, version))}; 3.11 or newer is needed.\n"
            f"Delete {python.parent.parent} and start again with a newer Python."
        )
    return version


def digest(version: tuple[int, ...]) -> str:
    """Hash of all that decides what the environment must hold."""
    whole = hashlib.sha256(repr((version, str(ROOT))).encode())
    for name in DECLARED:
        whole.update((ROOT / name).read_bytes())
    return whole.hexdigest()


def is_current(stamp: Path, wanted: str, dev: bool) -> bool:
    """Whether a finished installation left this stamp for the same declarations."""
    try:
        found = json.loads(stamp.read_text(encoding="utf-8"))
        return found["digest"] == wanted and (found["dev"] or not dev)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def pip_install(python: Path, *arguments: str) -> None:
    """Call the environment's pip; its own configuration says which index it asks."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        raise SetupError(
            "pip could not install what the project needs; the lines above say why. Without a\n"
            "network, or behind a proxy, set it up first (pip config); what is in place is kept."
        )


def ready_environment(dev: bool) -> Path:
    """Make sure that the environment holds all that is needed, and return its folder."""
    venv = venv_dir()
    if not (venv / "pyvenv.cfg").exists():
        make_venv(venv)
    python = venv_python(venv)
    wanted = digest(python_version(python))
    stamp = venv / "badger-studio.json"
    if not is_current(stamp, wanted, dev):
        stamp.unlink(missing_ok=True)
        print("Installing the requirements: a few minutes the first time", flush=True)
        pip_install(python, "-r", "requirements-dev.txt" if dev else "requirements.txt")
        pip_install(python, "--no-deps", "-e", ".")
        stamp.write_text(json.dumps({"digest": wanted, "dev": dev}), encoding="utf-8")
    return venv


def ready_browser(python: Path) -> None:
    """Make sure that Playwright is installed, and a Chromium that it can start."""
    if subprocess.run([str(python), "-c", "import playwright"], capture_output=True).returncode:
        pip_install(python, "-e", ".[browser]")
    found = os.environ.get("BADGER_CHROMIUM") or any(map(shutil.which, CHROMIUMS))
    command = [str(python), "-m", "playwright", "install", "chromium"]
    if not found and subprocess.run(command).returncode:
        raise SetupError("No Chromium could be downloaded: install one (apt install chromium).")


def run_in(venv: Path, module: list[str]) -> int:
    """Run a module of the environment from the project's folder and return its exit status."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    environment["VIRTUAL_ENV"] = str(venv)
    if module[0] == "pytest":  # a process on every processor, each with one thread
        environment.setdefault("OMP_NUM_THREADS", "1")
    environment["PATH"] = os.pathsep.join([str(venv_scripts(venv)), environment.get("PATH", "")])
    command = [str(venv_python(venv)), "-m", *module]
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name != "nt":  # in place of this process, so that signals reach the one that works
        os.execve(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the child has had it too and is closing down
            continue


def main(argv: list[str]) -> int:
    """Do what the first argument asks and hand on the others; returns the exit status."""
    if not argv or argv[0] not in COMMANDS:
        print(__doc__.strip())
        return 0 if argv and argv[0] in ("-h", "--help") else 2
    if sys.version_info < OLDEST:
        print(
            f"This is Python {sys.version.split()[0]}; BADGER Studio needs 3.11 or newer.\n"
            "Start it with a newer one, such as: python3.12 scripts/studio.py " + argv[0],
            file=sys.stderr,
        )
        return 1
    dev, module = COMMANDS[argv[0]]
    try:
        venv = ready_environment(dev)
        if argv[0] == "browser":
            ready_browser(venv_python(venv))
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command takes up the work again.", file=sys.stderr)
        return 130
    return run_in(venv, [*module, *argv[1:]]) if module else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
