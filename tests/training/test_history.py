"""The history has a row per epoch, and times are told in words."""

import json

import pandas as pd
import pytest

from badger_core.training.history import in_words
from tests.training.conftest import QUICK


def test_the_history_has_one_row_per_epoch(eight, tmp_path):
    _, progress = eight.fit(QUICK, tmp_path)
    history = pd.read_csv(tmp_path / "history.csv")
    assert history["epoch"].tolist() == [1, 2, 3]
    assert history["loss"].tolist() == pytest.approx([row["loss"] for row in progress.history])
    assert {"valid_score", "seconds", "valid spearman"} <= set(history.columns)
    assert json.loads((tmp_path / "progress.json").read_text())["epoch"] == 3


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (-3, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (3900, "1 h 05 min")],
)
def test_time_in_words(seconds, words):
    assert in_words(seconds) == words
