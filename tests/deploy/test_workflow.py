"""The workflow and the type check run what the project has, on the Pythons that it names."""

import configparser
import re
import tomllib

import yaml

from badger_core.paths import ROOT
from scripts import studio, type_debt

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONFIG = type_debt.CONFIG.read_text(encoding="utf-8")
MOST_DEBT = 170


def commands(job: str) -> list[str]:
    return [step["run"] for step in WORKFLOW["jobs"][job]["steps"] if "run" in step]


def test_lint_types_tests_browser_wheel_and_image_are_there():
    assert set(WORKFLOW["jobs"]) == {"lint", "test", "browser", "build", "image"}
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert any("ruff check" in line for line in commands("lint"))
    assert any("ruff format --check" in line for line in commands("lint"))
    assert any("mypy" in line for line in commands("lint"))


def test_the_starter_knows_what_it_is_asked():
    asked = [
        word
        for job in WORKFLOW["jobs"]
        for line in commands(job)
        for word in re.findall(r"scripts/studio\.py (\w+)", line)
    ]
    assert {"setup", "test", "browser"} <= set(asked) <= set(studio.COMMANDS)


def test_every_supported_python_is_tested():
    classifiers = PROJECT["project"]["classifiers"]
    told = [c.rpartition(" ")[2] for c in classifiers if re.search(r":: 3\.\d+$", c)]
    assert WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"] == told
    assert PROJECT["project"]["requires-python"] == f">={told[0]}"


def test_jobs_have_an_end_and_known_needs():
    for job in WORKFLOW["jobs"].values():
        assert job["timeout-minutes"] <= 120
        assert job.get("needs", "lint") in WORKFLOW["jobs"]


def test_tools_of_development_stand_in_both_lists():
    lines = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if re.match(r"[a-z]", line)}
    assert listed == set(PROJECT["project"]["optional-dependencies"]["dev"])


def test_the_list_of_unchecked_modules_names_what_exists_and_does_not_grow():
    found = type_debt.listed(CONFIG)
    assert found == sorted(set(found))
    assert len(found) <= MOST_DEBT
    for name in found:
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file(), name


def test_nothing_but_that_list_is_left_out_of_the_type_check():
    parser = configparser.ConfigParser()
    parser.read_string(CONFIG)
    ignoring = {name for name in parser.sections() if "ignore_errors" in parser[name]}
    assert ignoring == {f"mypy-{name}" for name in type_debt.listed(CONFIG)}
    assert "disable_error_code" not in CONFIG
    assert parser["mypy"]["files"] == "badger_core"


def test_the_list_is_written_in_order_and_taken_out_again():
    bare = type_debt.without_list(CONFIG)
    assert type_debt.listed(bare) == []
    full = type_debt.with_list(bare, ["badger_core.b", "badger_core.a", "badger_core.b"])
    assert type_debt.listed(full) == ["badger_core.a", "badger_core.b"]
    assert type_debt.without_list(full) == bare
