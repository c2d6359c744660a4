"""Result tables are written whole, rounded alike on every machine."""

import numpy as np
import pandas as pd

from badger_core.benchmark.tables import DIGITS, replicates, write_csv


def test_figures_are_rounded_and_missing_ones_left_empty(tmp_path):
    table = pd.DataFrame({"model": ["knn", "badger"], "mean": [0.1234567, np.nan], "k": ["", "50"]})
    write_csv(tmp_path / "new" / "table.csv", table)
    assert DIGITS == 5
    text = (tmp_path / "new" / "table.csv").read_bytes().decode()
    assert text == "model,mean,k\nknn,0.12346,\nbadger,,50\n"
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["table.csv"]


def test_writing_again_replaces_the_table(tmp_path):
    for value in (1.0, 2.0):
        write_csv(tmp_path / "table.csv", pd.DataFrame({"mean": [value]}))
    assert (tmp_path / "table.csv").read_text() == "mean\n2.0\n"


def test_replicates_of_the_bundle_agree_more_than_nothing(small_bundle):
    table = replicates(small_bundle)
    assert len(table) > 0
    assert not table.isna().all(axis=None)
