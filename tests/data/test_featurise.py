"""Features are the same in training and prediction, and know nothing of held-out lines."""

from dataclasses import replace

import numpy as np
import pytest

from badger_core.cells.catalogue import CellCatalogue
from badger_core.chem.fingerprint import fragment_bits
from badger_core.chem.fragments import brics_fragments
from badger_core.chem.graph import molecular_graph
from badger_core.data.featurise import (
    CellFeatures,
    Context,
    context_names,
    context_vector,
    pad_fragments,
    pad_graphs,
    prediction_batch,
    reference_lines,
)

HELD_OUT = frozenset(["PC3"])


@pytest.fixture(scope="module")
def references(bundle):
    return reference_lines(bundle.cells, HELD_OUT)[:12]


@pytest.fixture(scope="module")
def changed(bundle):
    """The catalogue with the expression of the held-out line turned upside down."""
    cells = bundle.cells
    expression = cells.expression.copy()
    rows = (cells.expression_rows["cell"] == "PC3").to_numpy()
    expression[rows] *= -1
    return CellCatalogue(cells.table, expression, cells.expression_rows)


def test_references_are_the_lines_of_the_largest_platform_without_the_held_out_ones(bundle):
    every = reference_lines(bundle.cells, frozenset())
    assert len(every) == 165
    assert list(every) == sorted(every)
    assert set(every) - set(reference_lines(bundle.cells, HELD_OUT)) == HELD_OUT
    assert "SKMEL28" not in every  # NCI-60 only


def test_a_held_out_line_takes_no_part_in_the_features_of_others(bundle, changed, references):
    before = CellFeatures(bundle.cells, references, HELD_OUT)
    after = CellFeatures(changed, references, HELD_OUT)
    for line in ("MCF7", "K562", "SKMEL28"):
        assert (before.of_line(line) == after.of_line(line)).all()
    assert (before.of_line("PC3") != after.of_line("PC3")).any()


def test_a_line_that_is_not_held_out_does_take_part(bundle, changed, references):
    before = CellFeatures(bundle.cells, references, frozenset())
    after = CellFeatures(changed, references, frozenset())
    assert (before.of_line("MCF7") != after.of_line("MCF7")).any()


def test_a_reference_line_is_entirely_like_itself(five_lines):
    for position, line in enumerate(five_lines.references):
        features = five_lines.of_line(line)
        assert features.argmax() == position
        assert features[position] == pytest.approx(1, abs=1e-6)


def test_features_of_a_profile_are_those_of_its_line(five_lines, mcf7):
    assert (five_lines.of(mcf7) == five_lines.of_line("MCF7")).all()


def test_a_profile_of_the_other_platform_is_centred_against_its_own(bundle, five_lines):
    nci60 = "NCI-60 microarray"
    line = replace(
        bundle.cells.line("MCF7"), platform=nci60, basal=bundle.cells.basal("MCF7", nci60)
    )
    features = five_lines.of(line)
    assert five_lines.references[features.argmax()] == "MCF7"


@pytest.mark.parametrize("line", ["HCC15", ""])
def test_a_line_without_expression_has_no_features(five_lines, line):
    assert five_lines.of_line(line) is None


def test_the_reference_context_is_all_zeros():
    assert not context_vector(Context(), ("a", "b")).any()
    assert not context_vector(Context(dose_um=10, time_h=24, source="other"), ("a", "b")).any()


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (Context(dose_um=1, time_h=24, source="b"), [-1, 0, 0, 0, 1]),
        (Context(dose_um=100, time_h=6, source="a"), [1, -2, 0, 1, 0]),
        (Context(dose_um=10, time_h=float("nan")), [0, 0, 1, 0, 0]),
        (Context(dose_um=float("nan"), time_h=48), [0, 1, 0, 0, 0]),
        (Context(dose_um=-666, time_h=-666), [0, 0, 1, 0, 0]),
    ],
)
def test_context_by_hand(context, expected):
    vector = context_vector(context, ("a", "b"))
    assert vector.tolist() == expected
    assert len(vector) == len(context_names(("a", "b")))


def test_fragments_are_padded_to_the_longest(imatinib, caffeine):
    fragments, is_fragment = pad_fragments([fragment_bits(imatinib), fragment_bits(caffeine)])
    counts = [len(brics_fragments(imatinib)), len(brics_fragments(caffeine))]
    assert is_fragment.sum(dim=1).tolist() == counts == [counts[0], 1]
    assert fragments.shape == (2, counts[0], 1024)
    assert not fragments[~is_fragment].any()
    assert fragments[is_fragment].any(dim=1).all()


def test_graphs_are_padded_to_the_largest(imatinib, caffeine):
    graphs = [molecular_graph(caffeine), None, molecular_graph(imatinib)]
    padded = pad_graphs(graphs)
    most = len(graphs[2].atoms)
    assert padded.is_atom.sum(dim=1).tolist() == [len(graphs[0].atoms), 0, most]
    assert padded.atoms.shape == (3, most, 62)
    assert padded.bonds.shape == (3, most, 6, 6)
    assert not padded.atoms[~padded.is_atom].any()
    assert not padded.bonds[~padded.is_atom].any()
    assert (padded.neighbours[~padded.is_atom] == -1).all()
    own = len(graphs[0].atoms)
    assert (padded.neighbours[0, :own].numpy() == graphs[0].neighbours).all()


def test_a_prediction_batch_is_at_the_reference_context_without_targets(caffeine, five_lines):
    features = five_lines.of_line("MCF7")
    batch = prediction_batch([caffeine, caffeine], [features, None], 5, 7)
    assert batch.context.shape == (2, 7)
    assert not batch.context.any()
    assert batch.has_cell.tolist() == [True, False]
    assert (batch.cell[0].numpy() == features).all()
    assert not batch.cell[1].any()
    assert len(batch.change) == len(batch.pathways) == 0


def test_features_of_every_reference_line_agree_with_those_worked_out_alone(bundle):
    """The references are placed together; each alone must come out the same."""
    names = ("A375", "SKMEL28", "MCF7")  # two platforms
    together = CellFeatures(bundle.cells, names, frozenset())
    for line in ("K562", "SW620"):
        alone = [CellFeatures(bundle.cells, [name], frozenset()).of_line(line)[0] for name in names]
        assert together.of_line(line) == pytest.approx(np.array(alone), abs=1e-6)
