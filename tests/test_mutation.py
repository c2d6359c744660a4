"""The faults that scripts/reliability_mutants.py puts into the library, by hand and on the tree."""

import importlib
import json
from types import ModuleType

import numpy as np
import pytest

from badger_core.paths import ROOT


@pytest.fixture
def operators(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("mutation.operators")


def texts(operators: ModuleType, body: str) -> list[str]:
    """The faults of the last statement of a function."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    found = list(operators.mutants("x.py", f"def f(a, b):\n{lines}\n"))
    last = max(fault.line for fault in found)
    return [fault.text.split(" => ")[1] for fault in found if fault.line == last]


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("return a < b", ["return None", "return a <= b", "return a >= b"]),
        ("return a - b", ["return None", "return a + b", "return b - a"]),
        ("return (a - b) ** 2", [
            "return None", "return (a - b) * 2", "return (a + b) ** 2", "return (a - b) ** 3",
            "return (a - b) ** 1",
        ]),
        ("return a and (not b)", [
            "return None", "return a or not b", "return not b", "return a", "return a and b",
        ]),
        ("return np.where(a, 1.5, b)", [
            "return None", "return np.where(a, b, 1.5)", "return np.where(a, 2.5, b)",
        ]),
        ("return a.sum(axis=1)", [
            "return None", "return a.mean(axis=1)", "return a.sum(axis=0)",
        ]),
        ("return np.sort(abs(a))", [
            "return None", "return abs(a)", "return np.sort(a)",
        ]),
        ("return side(a, 'up')", [
            "return None", "return side('up', a)", "return side(a, 'down')",
        ]),
        ("a += 1", ["left out", "a -= 1", "a += 2", "a += 0"]),
        ("raise ValueError(f'{a} is below {2 + b}')", ["left out"]),
        ("return a.reshape(-1)", ["return None"]),
    ],
)  # fmt: skip
def test_the_faults_of_a_statement(operators, statement, faults):
    assert texts(operators, statement) == faults


def test_a_fault_is_in_the_code_and_gone_from_the_next(operators):
    found = list(operators.mutants("x.py", "LEAST = 2\ndef f(a, b=3):\n    return a + b * LEAST\n"))
    answers = {}
    for fault in found:
        space: dict = {}
        exec(fault.code, space)
        answers[fault.text.split(" => ")[1]] = space["f"](10)
    assert answers == {
        "LEAST = 3": 19,
        "LEAST = 1": 13,
        "def f(a, b=4):": 18,
        "def f(a, b=2):": 14,
        "return None": None,
        "return a - b * LEAST": 4,
        "return a + b / LEAST": 11.5,
    }
    assert [fault.function for fault in found] == ["", "", "", "", "f", "f", "f"]


def test_the_digest_is_that_of_the_function_alone(operators):
    one, other = "def f(a):\n    return a < 1\n", "def g(a):\n    return a > 1\n"
    first = {m.key: m.digest for m in operators.mutants("x.py", one)}
    both = {m.key: m.digest for m in operators.mutants("x.py", one + other)}
    assert first.items() <= both.items()
    changed = {m.key: m.digest for m in operators.mutants("x.py", one.replace("< 1", "< 1 + 0"))}
    assert not set(first.values()) & set(changed.values())


def test_the_faults_by_hand_and_what_is_called_equivalent_are_of_this_tree(operators):
    faults = importlib.import_module("mutation.faults").FAULTS
    rooms = importlib.import_module("mutation.rooms").ROOMS
    assert len({fault.name for fault in faults}) == len(faults) >= 20
    for fault in faults:
        assert fault.room in rooms
        assert fault.mutant(ROOT).code.co_filename == fault.path
    reasons = json.loads((ROOT / "scripts" / "mutation" / "equivalent.json").read_text())
    assert np.all([len(reason) > 10 for reason in reasons.values()])
    known: set[str] = set()
    for path in sorted({key.split("::")[0] for key in reasons}):
        known |= {fault.key for fault in operators.mutants(path, (ROOT / path).read_text())}
    assert not set(reasons) - known
