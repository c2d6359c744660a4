"""Files of genetic perturbation: the example can be uploaded again, tables explain themselves."""

import json

import numpy as np
import pandas as pd

from badger_core.data.perturbation import CONTROL, shipped_screen
from badger_core.data.perturbation_file import read_cell_upload
from badger_core.export.perturbation_example import MOST, TARGETS, example_h5ad
from badger_core.export.perturbation_files import (
    EFFECT_COLUMNS,
    MATCH_COLUMNS,
    effect_provenance,
    match_provenance,
)
from badger_core.export.tables import figures
from badger_core.repurpose.overexpression_match import TABLE
from badger_core.ui.perturbation_effects import TABLE as EFFECTS


def test_the_example_is_read_back_as_it_is() -> None:
    screen = shipped_screen()
    found = read_cell_upload(example_h5ad(screen), "example.h5ad").screen
    assert found.targets() == sorted(TARGETS)
    assert len(found.target) == MOST * (len(TARGETS) + 1)
    own = screen.counts[np.flatnonzero(screen.target == "JAK2")[:MOST]]
    np.testing.assert_array_equal(found.counts[found.target == "JAK2"], own)
    assert (found.target == CONTROL).sum() == MOST
    assert set(found.replicate) <= set(screen.replicate)


def test_every_column_is_explained() -> None:
    assert set(MATCH_COLUMNS) == set(TABLE)
    assert set(EFFECT_COLUMNS) == {*EFFECTS, "target", "cells"}


def test_json_holds_rows_and_what_they_are() -> None:
    table = pd.DataFrame({"symbol": ["HSF1"], "z": [np.nan]})
    found = json.loads(figures(table, match_provenance("x", "K", ["A375", "MCF7"], 6643)))
    assert found["rows"] == [{"symbol": "HSF1", "z": None}]
    assert found["manifest"]["lines"] == "A375, MCF7"
    assert "6,643 compounds" in found["manifest"]["null"]
    assert effect_provenance("mine.h5ad")["target"] == "all"
