"""The drug-specific part of a ranking, by hand and by its invariants."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.predict.drug_specific import (
    drug_free_table,
    drug_specific,
    specific_words,
)

RNG = np.random.default_rng(0)
N = 400
GENES = pd.DataFrame({"symbol": [f"G{i}" for i in range(N)], "entrez": np.arange(N)})


def test_nothing_is_left_of_the_drug_free_ranking_itself():
    free = drug_free_table(GENES, RNG.normal(size=N), GENES["entrez"].to_numpy())
    found = drug_specific(free, free)
    assert found.slope == pytest.approx(1)
    assert found.left == pytest.approx(0, abs=1e-12)


def test_what_was_added_comes_back():
    common, own = RNG.normal(size=(2, N))
    table = GENES.assign(score=3 * common + own)
    free = drug_free_table(GENES, common, GENES["entrez"].to_numpy())
    found = drug_specific(table, free)
    rest = found.table.sort_values("entrez")["score"]
    assert abs(spearmanr(rest, common)[0]) < 0.05
    assert spearmanr(rest, own)[0] > 0.9
    assert found.left == pytest.approx(0.1, abs=0.04)
    assert "% of the differences between genes remain" in specific_words(found)


def test_tables_are_rankings_of_the_same_genes():
    scores = RNG.normal(size=N)
    shuffled = GENES.sample(frac=1, random_state=1)
    free = drug_free_table(shuffled, scores, np.arange(N))
    assert free["entrez"].tolist() == np.argsort(-scores).tolist()
    assert free["rank"].tolist() == list(range(1, N + 1))
    assert set(free.columns) == {"symbol", "entrez", "rank", "score", "direction"}
    assert ((free["score"] > 0) == (free["direction"] == "up")).all()
