"""Predictors without a network on a few rows by hand, as other implementations, and sealed."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, rankdata
from sklearn.kernel_ridge import KernelRidge

from badger_core.benchmark.plain import NAMES, RIDGE, plain_predictions
from badger_core.chem.library import CompoundLibrary
from badger_core.data.conditions import STRENGTH_KEPT, Conditions
from badger_core.data.featurise import CellFeatures
from badger_core.data.likeness import compound_likeness, line_cosine
from badger_core.data.splits import Split
from badger_core.model.expert import CONSTANT, LINE_POWER
from badger_core.training.prepare import prepare
from tests.conftest import LINES
from tests.training.conftest import poison

KNOWN = {  # compound: mechanisms, targets
    "NEW": (["kinase inhibitor"], [1]),
    "ONLY_TARGET": (["of its own"], [2]),
    "STRANGE": ([], []),
    "ONE": (["kinase inhibitor"], [9]),
    "TWO": (["kinase inhibitor", "another"], [2]),
    "THREE": (["another"], [1]),
    "POOLED": (["kinase inhibitor"], []),
}
TRAIN = [  # kind, line, compound, weight, change
    ("numeric", "A375", "ONE", 1.0, [4.0, 0.0, -2.0, 1.0]),
    ("numeric", "MCF7", "ONE", 3.0, [0.0, 4.0, 2.0, -1.0]),
    ("numeric", "MCF7", "TWO", 2.0, [1.0, 1.0, -1.0, -3.0]),
    ("numeric", "A375", "THREE", 2.0, [-2.0, 3.0, 0.0, 2.0]),
    ("numeric", "A375", "THREE", 2.0, [0.0, 1.0, 4.0, -2.0]),  # the same pair at another dose
    ("pooled", "", "POOLED", 1.0, [9.0, -9.0, 9.0, -9.0]),
    ("pooled", "", "TWO", 2.0, [5.0, 5.0, -5.0, 0.0]),
    ("gene_set", "", "ONE", 5.0, [1.0, -1.0, 0.0, 0.0]),
]
TEST = [
    ("A375", "NEW"),
    ("PC3", "NEW"),  # a line without training rows
    ("HT29", "ONE"),  # a known compound in a new line
    ("A375", "ONLY_TARGET"),
    ("MCF7", "STRANGE"),
]


@pytest.fixture(scope="module")
def library(bundle):
    """Real structures whose mechanisms and targets are written by hand."""
    names = [
        "vemurafenib",
        "imatinib",
        "aspirin",
        "dabrafenib",
        "sorafenib",
        "caffeine",
        "nilotinib",
    ]
    rows = pd.concat(
        [
            bundle.library.table[bundle.library.table["ik14"] == bundle.library.find(name).ik14]
            for name in names
        ]
    )
    moa, targets = zip(*KNOWN.values(), strict=True)
    return CompoundLibrary(rows.assign(ik14=list(KNOWN), moa=moa, target_entrez=targets))


@pytest.fixture(scope="module")
def tiny(bundle, library):
    """A fold of eight training and five test rows on four genes."""
    kinds, cells, keys, weights, changes = zip(*TRAIN, strict=True)
    table = pd.DataFrame(
        {
            "kind": [*kinds, *["numeric"] * len(TEST)],
            "cell": [*cells, *(cell for cell, _ in TEST)],
            "ik14": [*keys, *(key for _, key in TEST)],
            "weight": np.array([*weights, *[1.0] * len(TEST)], np.float32),
            "n_rows": 1,
            "identity": "given",
        }
    )
    change = np.full((len(table), 4), np.nan, np.float32)
    change[: len(TRAIN)] = changes
    split = Split(
        "unseen-compound", 1, np.arange(len(TRAIN)), np.arange(len(TRAIN), len(table)), {}
    )
    cells = CellFeatures(bundle.cells, LINES, frozenset())
    return SimpleNamespace(
        conditions=Conditions(table, change),
        split=split,
        cells=cells,
        bundle=SimpleNamespace(library=library),
    )


@pytest.fixture(scope="module")
def found(tiny):
    return plain_predictions(tiny)


@pytest.fixture(scope="module")
def pairs(tiny):
    """The training pairs that plain predictors have: no gene sets, one row per pair."""
    train = tiny.conditions.take(np.arange(len(TRAIN)))
    return train.take(np.flatnonzero((train.table["kind"] != "gene_set").to_numpy())).by_pair()


def mean(*rows):
    """Weighted mean of rows of TRAIN by their positions."""
    weights = np.array([TRAIN[row][3] for row in rows])
    return weights @ np.array([TRAIN[row][4] for row in rows]) / weights.sum()


def test_every_predictor_predicts_every_test_row(found):
    assert tuple(found) == NAMES
    for name, predicted in found.items():
        assert predicted.shape == (len(TEST), 4), name
        assert np.isfinite(predicted).all(), name


def test_the_global_mean_is_the_same_for_all_rows(found):
    assert found["global_mean"] == pytest.approx(np.tile(mean(0, 1, 2, 3, 4), (5, 1)))


def test_the_line_mean_is_the_lines_own_or_that_of_all(found):
    of_a375, of_mcf7, of_all = mean(0, 3, 4), mean(1, 2), mean(0, 1, 2, 3, 4)
    expected = [of_a375, of_all, of_all, of_a375, of_mcf7]
    assert found["line_mean"] == pytest.approx(np.array(expected), abs=1e-6)


def test_the_compound_mean_is_that_of_its_other_lines_or_the_line_mean(found):
    assert found["compound_mean"][2] == pytest.approx(mean(0, 1), abs=1e-6)
    others = [0, 1, 3, 4]
    assert (found["compound_mean"][others] == found["line_mean"][others]).all()


def test_the_mean_of_a_mechanism_is_that_of_the_compounds_that_share_it(found):
    """ONE and TWO share NEW's mechanism, THREE only its target; pooled rows of TWO count too."""
    shared = mean(0, 1, 2, 6)
    assert found["moa_mean"][0] == pytest.approx(shared, abs=1e-6)
    assert (found["moa_mean"][1] == found["moa_mean"][0]).all()
    assert found["moa_mean"][2] == pytest.approx(mean(2, 6), abs=1e-6)  # ONE itself is left out


def test_where_no_mechanism_is_shared_the_target_decides_and_then_the_line(found):
    assert found["moa_mean"][3] == pytest.approx(mean(2, 6), abs=1e-6)
    assert (found["moa_mean"][4] == found["line_mean"][4]).all()


@pytest.fixture(scope="module")
def alike(tiny, pairs):
    """Likeness by compound and by line between all conditions: test rows, then training pairs."""
    keys = [*(key for _, key in TEST), *pairs.table["ik14"]]
    lines = [*(cell for cell, _ in TEST), *pairs.table["cell"]]
    compounds, cells = sorted(set(keys)), sorted(set(lines))
    drug = compound_likeness(tiny.bundle.library, compounds)
    line = line_cosine(tiny.cells, cells) ** LINE_POWER
    c, n = [compounds.index(key) for key in keys], [cells.index(name) for name in lines]
    return drug[np.ix_(c, c)], line[np.ix_(n, n)]


def test_the_nearest_are_averaged_by_compound_times_line(found, alike, pairs):
    drug, line = alike
    numeric = (pairs.table["kind"] == "numeric").to_numpy()
    score = (drug * (0.1 + line))[: len(TEST), len(TEST) :][:, numeric]
    assert score.shape[1] == 4  # fewer than five: all of them count
    share = (score + 1e-9) / (score + 1e-9).sum(axis=1, keepdims=True)
    assert found["knn"] == pytest.approx(share @ pairs.change[numeric], abs=1e-5)


@pytest.fixture(scope="module")
def ridge(alike, pairs):
    """(S, G) kernel ridge regression of any targets by scikit-learn."""
    drug, line = alike
    kernel = drug * (1 + line) / 2 + line + CONSTANT
    cross, train = kernel[: len(TEST), len(TEST) :], kernel[len(TEST) :, len(TEST) :]
    weight = pairs.table["weight"].to_numpy(np.float64)

    def predict(target):
        model = KernelRidge(alpha=RIDGE, kernel="precomputed")
        return model.fit(train, target, sample_weight=weight).predict(cross)

    return predict


def test_kernel_ridge_agrees_with_scikit_learn(found, ridge, pairs):
    assert found["kernel_ridge"] == pytest.approx(ridge(pairs.change), abs=1e-5)


def test_the_ranks_are_learned_as_normal_scores(found, ridge, pairs):
    scores = norm.ppf(rankdata(pairs.change, axis=1) / 5)
    assert found["kernel_ridge_rank"] == pytest.approx(ridge(scores), abs=1e-5)


def test_all_of_the_strength_is_learned_where_it_is_asked_for(found, ridge, pairs):
    """A row that kept a power of its strength gets its whole strength back."""
    strength = np.sqrt((pairs.change**2).mean(axis=1, keepdims=True))
    whole = pairs.change / strength * strength ** (1 / STRENGTH_KEPT)
    assert found["kernel_ridge_strength"] == pytest.approx(ridge(whole), abs=1e-4)


def test_the_order_of_the_training_rows_does_not_matter(tiny, found):
    order = np.random.default_rng(88).permutation(len(TRAIN))
    turned = SimpleNamespace(**vars(tiny))
    turned.split = replace(tiny.split, train=order)
    for name, predicted in plain_predictions(turned).items():
        assert predicted == pytest.approx(found[name], abs=1e-5), name


def test_up_is_not_down(tiny, found):
    turned = SimpleNamespace(**vars(tiny))
    turned.conditions = Conditions(tiny.conditions.table, -tiny.conditions.change)
    for name, predicted in plain_predictions(turned).items():
        assert predicted == pytest.approx(-found[name], abs=1e-5), name


@pytest.mark.parametrize(
    "name", ["unseen-compound", "unseen-scaffold", "unseen-line", "unseen-pair"]
)
def test_whatever_the_test_labels_are_plain_predictions_stay_bit_for_bit(
    small_bundle, monkeypatch, name
):
    before = prepare(small_bundle, ("numeric",), name, 1)
    first = plain_predictions(before)
    poison(monkeypatch, small_bundle, before.split)
    second = plain_predictions(prepare(small_bundle, ("numeric",), name, 1))
    assert tuple(first) == tuple(second) == NAMES
    for predictor, predicted in first.items():
        assert np.isfinite(predicted).all(), predictor
        assert (predicted == second[predictor]).all(), predictor


def test_a_training_label_does_shape_every_prediction(fold):
    change = fold.conditions.change.copy()
    change[fold.split.train] *= -2
    moved = replace(fold, conditions=Conditions(fold.conditions.table, change))
    before, after = plain_predictions(fold), plain_predictions(moved)
    assert all(not np.allclose(before[name], after[name]) for name in NAMES)
