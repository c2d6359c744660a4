"""The wheel holds what the app needs, and the package finds it there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import setup as packaging
from badger_core import paths
from badger_core.cli.doctor_browser import parts_finding
from badger_core.cli.doctor_data import bundle_finding
from badger_core.cli.doctor_finding import OK


def test_what_goes_into_the_wheel_exists():
    for name in packaging.SHIPPED:
        assert (paths.ROOT / name).exists(), name


def test_a_checkout_finds_its_own_folder():
    assert not paths.INSTALLED
    assert (paths.ROOT / "app.py").is_file()
    assert paths.runs_dir() == paths.ROOT / "runs"


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copyfile(source, target)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The package as a wheel would install it, built by the project's own setup.py.

    Large files are linked into the copy of the project, so that building costs little.
    """
    source = tmp_path_factory.mktemp("source")
    for name in (*packaging.SHIPPED, "badger_core", "pyproject.toml", "setup.py", "README.md"):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (paths.ROOT / name).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(paths.ROOT / name, target, ignore=ignore, copy_function=link_or_copy)
        else:
            shutil.copy(paths.ROOT / name, target)
    out = tmp_path_factory.mktemp("built")
    command = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(out)]
    ended = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return out


@pytest.mark.slow
def test_the_built_package_is_whole(built):
    home = built / "badger_core" / "_studio"
    assert parts_finding(home).state == OK
    assert bundle_finding(home / "data" / "bundle").state == OK
    assert not list(home.rglob("__pycache__"))
    there = {p.relative_to(built) for p in (built / "badger_core").rglob("*.py")}
    wanted = {p.relative_to(paths.ROOT) for p in (paths.ROOT / "badger_core").rglob("*.py")}
    assert wanted <= there


@pytest.mark.slow
def test_the_built_package_finds_its_parts_from_any_folder(built, bundle, tmp_path):
    code = (
        "from badger_core import paths; from badger_core.data.bundle import Bundle; "
        "print(paths.INSTALLED, paths.ROOT, paths.runs_dir(), Bundle().content_hash, sep='\\n')"
    )
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BADGER_")
    } | {"PYTHONPATH": str(built), "XDG_DATA_HOME": str(tmp_path / "own")}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    installed, root, runs, content = ended.stdout.split()
    assert installed == "True"
    assert Path(root) == built / "badger_core" / "_studio"
    assert built not in Path(runs).parents
    assert content == bundle.content_hash
