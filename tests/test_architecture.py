"""The floor plan holds on the real tree, and each deliberate violation is caught."""

from pathlib import Path

import pytest

from tests.architecture import FLOORS, all_violations, read_tree

ROOT = Path(__file__).resolve().parent.parent


def rules(path: str, text: str) -> list[str]:
    return [violation.rule for violation in all_violations({path: text})]


def test_the_tree_keeps_the_floor_plan() -> None:
    sources = read_tree(ROOT)
    assert "badger_core/errors.py" in sources
    broken = all_violations(sources)
    assert not broken, "\n" + "\n".join(f"{v.path}:{v.line} {v.rule}: {v.found}" for v in broken)


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("badger_core/model/block.py", "import badger_core.training.fit", "floor"),
        ("badger_core/data/batch.py", "import streamlit as st", "library"),
        ("badger_core/genes/panel.py", "from badger_core.errors import *", "star"),
        ("badger_core/genes/panel.py", "from .names import resolve", "relative"),
        ("pages/predict.py", "def show():\n    pass", "page"),
        ("badger_core/data/build.py", "print('done')", "library"),
    ],
    ids=["upward", "streamlit low", "star", "relative", "def in a page", "print"],
)
def test_a_deliberate_violation_is_caught(path: str, text: str, rule: str) -> None:
    assert rules(path, text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "def late():\n    from badger_core.ui import state",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import badger_core.ui",
        "from badger_core import ui",
        "import numpy, badger_core.ui.state",
        "from importlib import import_module\nimport_module('badger_core.ui.state')",
        "try:\n    import badger_core.cli.main\nexcept ImportError:\n    pass",
    ],
)
def test_an_upward_import_is_caught_wherever_it_stands(text: str) -> None:
    assert rules("badger_core/predict/ranking.py", text) == ["floor"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("badger_core/explain/attention.py", "import badger_core.repurpose.screen"),
        ("badger_core/chem/molecule.py", "from badger_core.genes.panel import PANEL"),
        ("badger_core/genes/names.py", "from badger_core.pathways.sets import load"),
        ("badger_core/errors.py", "from badger_core.genes import panel"),
        ("badger_core/ui/show.py", "from badger_core.cli.main import main"),
        ("badger_core/attic/old.py", "import numpy"),
    ],
)
def test_sideways_imports_and_unknown_rooms_are_caught(path: str, text: str) -> None:
    assert rules(path, text) == ["floor"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("badger_core/genes/panel.py", "import torch"),
        ("badger_core/schema.py", "from torch import Tensor"),
        ("badger_core/plots/theme.py", "import torch.nn"),
        ("badger_core/export/report.py", "import plotly.io"),
        ("badger_core/predict/predictor.py", "from rdkit import Chem"),
        ("badger_core/ui/show.py", "import typer"),
        ("badger_core/cli/main.py", "import streamlit"),
        ("pages/predict.py", "import plotly.express as px"),
        ("pages/predict.py", "from rdkit.Chem import Draw"),
        ("app.py", "import torch"),
        ("pages/predict.py", "print('here')"),
        ("badger_core/data/build.py", "list(map(print, [1]))"),
    ],
)
def test_a_library_outside_its_room_is_caught(path: str, text: str) -> None:
    assert rules(path, text) == ["library"]


@pytest.mark.parametrize(
    "text", ["class Page:\n    pass", "f = lambda: 1", "async def go():\n    pass", "x = 1\n" * 61]
)
@pytest.mark.parametrize("path", ["app.py", "pages/predict.py"])
def test_a_thick_page_is_caught(path: str, text: str) -> None:
    assert rules(path, text) == ["page"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("badger_core/model/block.py", "import torch\nfrom badger_core.data.batch import Batch"),
        ("badger_core/pathways/labels.py", "from badger_core.genes.panel import PANEL"),
        ("badger_core/chem/draw.py", "from rdkit import Chem\nfrom badger_core import __version__"),
        ("badger_core/chem/draw.py", "from badger_core.chem.molecule import read"),
        ("badger_core/plots/theme.py", "import plotly.graph_objects as go"),
        ("badger_core/__main__.py", "from badger_core.cli.main import main"),
        ("badger_core/cli/main.py", "import typer\nprint('done')"),
        ("badger_core/ui/state.py", '"""Does not print or import *."""\nimport streamlit as st'),
        ("pages/predict.py", "import streamlit as st\nfrom badger_core.ui import show\n"),
        ("run.py", "from badger_core.cli.main import main\n\n\ndef f():\n    print(1)\n"),
        ("scripts/studio.py", "from . import tool\nprint(1)"),
    ],
)
def test_what_is_allowed_passes(path: str, text: str) -> None:
    assert rules(path, text) == []


def test_the_starters_may_not_import_stars() -> None:
    assert rules("scripts/studio.py", "from badger_core.errors import *") == ["star"]


def test_every_room_of_the_package_has_a_floor() -> None:
    folders = {path.parent.name for path in (ROOT / "badger_core").glob("*/__init__.py")}
    assert folders <= set(FLOORS)
