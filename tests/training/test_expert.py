"""The kernel part is fitted as the formulas say: by hand, densely in numpy, and as scikit-learn."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch
from sklearn.kernel_ridge import KernelRidge

from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.similarity import tanimoto
from badger_core.data.conditions import Conditions
from badger_core.data.knowledge import Knowledge, terms_of, vocabulary
from badger_core.evaluation.plain import kernel_ridge
from badger_core.model.expert import CONSTANT, KINDS, LINE_POWER, KernelExpert
from badger_core.training import expert as expert_module
from badger_core.training.expert import (
    coherence,
    compressed,
    fit_expert,
    ridge_by_component,
    shared_terms,
)
from badger_core.training.networks import ExpertSettings

NO_EXPRESSION = "HCC15"
SETTINGS = ExpertSettings()
SHRINKAGE = 20.0


@pytest.fixture(scope="module")
def pairs(fold):
    """The training pairs of the small fold; the last ones pooled or without known expression."""
    pairs = fold.conditions.take(fold.split.train).by_pair()
    cells = pairs.table["cell"].to_numpy(object, copy=True)
    cells[-4:-2], cells[-2:] = "", NO_EXPRESSION
    return Conditions(pairs.table.assign(cell=cells), pairs.change)


@pytest.fixture(scope="module")
def knowledge(fold, pairs):
    library = fold.bundle.library
    return Knowledge(library, vocabulary(library, pairs.table["ik14"]))


@pytest.fixture(scope="module")
def smiles(fold):
    return {key: molecule.smiles for key, molecule in fold.molecules.items()}


@pytest.fixture(scope="module")
def fitted(fold, pairs, knowledge, smiles):
    return fit_expert(pairs, smiles, fold.cells, knowledge, SETTINGS)


def of_known_line(pairs):
    return ~pairs.table["cell"].isin(["", NO_EXPRESSION]).to_numpy()


def predicted(data, fold, pairs, knowledge):
    batches = fold.loader_of(pairs, knowledge=knowledge).ordered(64)
    with torch.inference_mode():
        return torch.cat([KernelExpert(data)(batch) for batch in batches]).numpy()


def dense_kernel(fold, pairs, smiles, weight_of=lambda term: 1.0):
    """(T, T) likeness of pairs, one pair of pairs at a time."""
    compounds = sorted(set(pairs.table["ik14"]))
    lines = sorted(set(pairs.table["cell"]))
    bits = np.stack([morgan_bits(smiles[key]) for key in compounds])
    drug = np.stack([tanimoto(row, bits) for row in bits])
    terms = [set(terms_of(fold.bundle.library.by_structure(key))) for key in compounds]
    for kind in ("moa: ", "target: "):
        own = [{t for t in ts if t.startswith(kind)} for ts in terms]
        for i, ours in enumerate(own):
            for j, theirs in enumerate(own):
                both = sum(weight_of(t) for t in ours & theirs)
                drug[i, j] += both / max(len(ours) * len(theirs), 1) ** 0.5
    line = np.eye(len(lines))
    for i, one in enumerate(lines):
        for j, other in enumerate(lines):
            a, b = (fold.cells.of_line(name) for name in (one, other))
            if i != j and a is not None and b is not None:
                cosine = a.astype(float) @ b / np.linalg.norm(a) / np.linalg.norm(b)
                line[i, j] = max(cosine, 0) ** LINE_POWER
    c = [compounds.index(key) for key in pairs.table["ik14"]]
    n = [lines.index(name) for name in pairs.table["cell"]]
    drug, line = drug[np.ix_(c, c)], line[np.ix_(n, n)]
    return drug * (1 + line) / 2 + line + CONSTANT


def test_the_module_gives_what_the_fit_made_of_its_own_training_pairs(
    fitted, fold, pairs, knowledge
):
    """Pairs of an unknown line differ on purpose: in training they are alike, as a line of their
    own; who asks about an unknown line is told that it is like none."""
    known = of_known_line(pairs)
    found = predicted(fitted.data, fold, pairs, knowledge)
    assert 0 < known.sum() == len(pairs) - 4
    assert np.abs(found - fitted.change)[known].max() < 0.02 * np.abs(fitted.change).max()
    assert np.abs(found - fitted.change)[~known].max() > 0.05
    assert np.isfinite(found).all()


def test_half_precision_costs_less_than_a_hundredth(fitted, fold, pairs, knowledge):
    """The fit itself is in double precision; what a checkpoint holds is not."""
    assert fitted.data.dual.dtype.itemsize == fitted.data.components.dtype.itemsize == 2
    known = of_known_line(pairs)
    stored, exact = predicted(fitted.data, fold, pairs, knowledge)[known], fitted.change[known]
    error = np.sqrt(((stored - exact) ** 2).mean())
    assert 0 < error < 0.01 * np.sqrt((exact**2).mean())
    for ours, whole in zip(stored, exact, strict=True):
        assert np.corrcoef(ours, whole)[0, 1] > 0.999


def test_the_fit_is_the_ridge_of_the_kernel_it_says(fitted, fold, pairs, smiles, knowledge):
    weights = dict(zip(knowledge.terms, fitted.data.term_weight.astype(float), strict=True))
    kernel = dense_kernel(fold, pairs, smiles, weights.get)
    root = np.sqrt(pairs.table["weight"].to_numpy(np.float64))[:, None]
    duals = ridge_by_component(kernel, pairs.change, root, SETTINGS.ridge, SETTINGS.rise)
    dual, components = compressed(duals, kernel, SETTINGS.rank)
    assert fitted.change == pytest.approx(kernel @ dual @ components, abs=1e-3)


def test_with_one_ridge_it_is_kernel_ridge_regression(fold, pairs, smiles, knowledge, monkeypatch):
    """As scikit-learn has it, and as the plain predictor of the same name."""
    monkeypatch.setattr(expert_module, "coherence", lambda terms, *_: np.ones(terms.shape[1]))
    flat = ExpertSettings(rise=1e12, rank=10**6)
    fitted = fit_expert(pairs, smiles, fold.cells, knowledge, flat)
    kernel = dense_kernel(fold, pairs, smiles)
    weight = pairs.table["weight"].to_numpy(np.float64)
    assert weight.std() > 0.1
    ours = kernel_ridge(kernel, kernel, pairs.change, weight, flat.ridge)
    theirs = KernelRidge(alpha=flat.ridge, kernel="precomputed")
    theirs = theirs.fit(kernel, pairs.change, sample_weight=weight).predict(kernel)
    assert fitted.change == pytest.approx(ours, abs=1e-3)
    assert fitted.change == pytest.approx(theirs, abs=1e-3)
    known = of_known_line(pairs)
    found = predicted(fitted.data, fold, pairs, knowledge)
    assert found[known] == pytest.approx(theirs[known], abs=0.02)


@pytest.fixture
def problem():
    """A kernel of 12 rows, changes of 7 genes, and weights."""
    chance = np.random.default_rng(88)
    rows = chance.normal(size=(12, 5))
    return rows @ rows.T, chance.normal(size=(12, 7)), chance.uniform(0.2, 2, 12)


def test_each_response_component_has_a_ridge_of_its_own(problem):
    kernel, change, weight = problem
    root = np.sqrt(weight)[:, None]
    fitted = kernel @ ridge_by_component(kernel, change, root, ridge=3.0, rise=2.0)
    components = np.linalg.svd(root * change)[2]
    for j, component in enumerate(components):
        other = KernelRidge(alpha=3.0 * (1 + j / 2), kernel="precomputed")
        other.fit(kernel, change @ component, sample_weight=weight)
        assert fitted @ component == pytest.approx(other.predict(kernel), abs=1e-9)


def test_a_ridge_that_does_not_rise_is_one_for_all(problem):
    kernel, change, weight = problem
    root = np.sqrt(weight)[:, None]
    flat = kernel @ ridge_by_component(kernel, change, root, ridge=3.0, rise=1e15)
    expected = kernel_ridge(kernel, kernel, change, weight, 3.0)
    assert flat == pytest.approx(expected, abs=1e-5)


def test_compression_keeps_the_directions_in_which_predictions_vary_most(problem):
    kernel, change, weight = problem
    duals = ridge_by_component(kernel, change, np.sqrt(weight)[:, None], 3.0, 2.0)
    whole = kernel @ duals
    size = np.trace(duals.T @ kernel @ duals)  # what the kernel counts as the size of a function
    lost = []
    for rank in range(1, 8):
        dual, components = compressed(duals, kernel, rank)
        assert (dual.shape, components.shape) == ((12, rank), (rank, 7))
        assert components @ components.T == pytest.approx(np.eye(rank), abs=1e-9)
        rest = duals - dual @ components
        lost.append(np.trace(rest.T @ kernel @ rest))
    values = np.linalg.eigvalsh(duals.T @ kernel @ duals)[::-1]
    assert lost == pytest.approx(size - np.cumsum(values), abs=1e-9)
    assert kernel @ dual @ components == pytest.approx(whole, abs=1e-9)
    other = np.linalg.qr(np.random.default_rng(1).normal(size=(7, 3)))[0]
    rest = duals - duals @ other @ other.T
    assert lost[2] < np.trace(rest.T @ kernel @ rest)


def test_a_rank_above_what_there_is_keeps_everything(problem):
    kernel, change, weight = problem
    duals = ridge_by_component(kernel, change, np.sqrt(weight)[:, None], 3.0, 2.0)
    dual, components = compressed(duals, kernel, 1000)
    assert dual.shape == (12, 7)
    assert dual @ components == pytest.approx(duals, abs=1e-9)


def test_coherence_by_hand():
    """Four compounds: A and B share one class, C and D another, A alone is in the third."""
    terms = np.array([[1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 1, 0]], np.uint8)
    alike = np.array([[9.0, 2, 0, 0], [2, 9, 0, 0], [0, 0, 9, -1], [0, 0, -1, 9]])
    # Two ordered pairs each: totals 4 and -2, so the average of a pair is 1/2.
    own = [(4 + 20 * 0.5) / 22, (-2 + 20 * 0.5) / 22, 20 * 0.5 / 20]
    found = coherence(terms, alike, np.ones(4, bool), SHRINKAGE)
    assert found == pytest.approx(np.sqrt(np.array(own) / 0.5))
    assert found[0] > found[2] > found[1]
    assert found[2] == pytest.approx(1)  # of whom nothing is known counts as the average


def test_a_compound_without_response_says_nothing_of_its_class():
    terms = np.array([[1], [1], [1]], np.uint8)
    alike = np.array([[1.0, 3, 9], [3, 1, 9], [9, 9, 1]])
    assert coherence(terms, alike, np.array([True, True, False]), SHRINKAGE) == pytest.approx([1])
    more = np.array([[1, 0], [1, 0], [1, 1]], np.uint8)
    assert coherence(more, alike, np.array([True, True, False]), SHRINKAGE) == pytest.approx([1, 1])


def test_a_class_that_responds_against_itself_weighs_nothing():
    terms = np.repeat(np.eye(2, dtype=np.uint8), 2, axis=0)
    alike = np.array([[9.0, 99, 0, 0], [99, 9, 0, 0], [0, 0, 9, -90], [0, 0, -90, 9]])
    # Average 18 / 4; the second class comes to (-180 + 20 x 4.5) / 22, below nothing.
    found = coherence(terms, alike, np.ones(4, bool), SHRINKAGE)
    assert found.tolist() == pytest.approx([(288 / 22 / 4.5) ** 0.5, 0])


def test_where_no_class_has_two_members_all_weigh_alike():
    seen = np.ones(3, bool)
    assert coherence(np.eye(3), np.eye(3), seen, SHRINKAGE).tolist() == [1, 1, 1]
    assert coherence(np.zeros((3, 0)), np.eye(3), seen, SHRINKAGE).shape == (0,)


def test_more_shrinkage_draws_classes_closer_to_the_average():
    terms = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], np.uint8)
    alike = np.array([[9.0, 2, 0, 0], [2, 9, 0, 0], [0, 0, 9, -1], [0, 0, -1, 9]])
    spread = [np.ptp(coherence(terms, alike, np.ones(4, bool), by)) for by in (5.0, 20.0, 1e6)]
    assert spread[0] > spread[1] > spread[2]
    assert spread[2] == pytest.approx(0, abs=1e-4)


def test_shared_terms_by_hand():
    terms = np.array([[1, 1, 0], [1, 0, 1], [0, 0, 0], [0, 1, 0]], np.uint8)
    weight = np.array([2.0, 3.0, 4.0])
    expected = [
        [5 / 2, 2 / 2, 0, 3 / 2**0.5],
        [2 / 2, 6 / 2, 0, 0],
        [0, 0, 0, 0],
        [3 / 2**0.5, 0, 0, 3],
    ]
    assert shared_terms(terms, weight) == pytest.approx(np.array(expected))


def test_what_is_stored_is_small_and_of_the_kinds_a_checkpoint_has(fitted, pairs, knowledge):
    data = fitted.data
    assert {name: getattr(data, name).dtype for name in KINDS} == KINDS
    n_compounds = pairs.table["ik14"].nunique()
    assert data.bits.shape == (n_compounds, 128)
    assert data.terms.shape == (n_compounds, -(-len(knowledge.terms) // 8))
    assert data.dual.shape[1] == data.components.shape[0] == SETTINGS.rank
    assert fitted.change.shape == pairs.change.shape
    assert np.isfinite(data.dual).all()
    assert np.isfinite(data.components).all()


def test_lines_are_kept_by_features_of_length_one_and_unknown_ones_by_none(fitted, fold, pairs):
    known = sorted(set(pairs.table["cell"][of_known_line(pairs)]))
    rows = fitted.data.line_features
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    for name, row in zip(known, rows, strict=True):
        features = fold.cells.of_line(name)
        assert row == pytest.approx(features / np.linalg.norm(features), abs=1e-6)
    place = {name: i for i, name in enumerate(known)} | {"": len(known), NO_EXPRESSION: len(known)}
    assert fitted.data.pair_line.tolist() == [place[name] for name in pairs.table["cell"]]


def test_the_order_of_the_pairs_does_not_matter(fitted, fold, pairs, smiles, knowledge):
    order = np.random.default_rng(88).permutation(len(pairs))
    turned = fit_expert(pairs.take(order), smiles, fold.cells, knowledge, SETTINGS)
    assert turned.change == pytest.approx(fitted.change[order], abs=1e-3)


def test_the_same_pairs_give_the_same_kernel_part(fitted, fold, pairs, smiles, knowledge):
    again = fit_expert(pairs, smiles, fold.cells, knowledge, SETTINGS)
    assert all((getattr(again.data, n) == getattr(fitted.data, n)).all() for n in KINDS)


def test_the_smoothed_changes_are_smoother_and_still_about_the_measured_ones(fitted, pairs):
    assert fitted.change.std() < pairs.change.std()
    together = pd.DataFrame(fitted.change.T).corrwith(pd.DataFrame(pairs.change.T))
    assert together.mean() > 0.5


def test_up_is_not_down(fold, pairs, smiles, knowledge, fitted):
    opposite = replace(pairs, change=-pairs.change)
    turned = fit_expert(opposite, smiles, fold.cells, knowledge, SETTINGS)
    assert turned.change == pytest.approx(-fitted.change, abs=1e-4)
