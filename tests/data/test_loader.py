"""Batches hold what the conditions say, in a seeded order, and as a prediction would see them."""

import numpy as np
import pytest
import torch

from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.graph import molecular_graph
from badger_core.chem.molecule import read_molecule
from badger_core.data.batch import Batch
from badger_core.data.featurise import context_names, prediction_batch
from badger_core.data.loader import Loader

PAIRS = [
    ("vemurafenib", "A375"),
    ("vemurafenib", "PC3"),
    ("vorinostat", "MCF7"),
    ("vemurafenib", "HCC15"),
]


@pytest.fixture(scope="module")
def served(bundle, conditions):
    """Two conditions of each pair, one of them in a line without basal expression."""
    table = conditions.table
    rows = []
    for compound, cell in PAIRS:
        key = bundle.library.find(compound).ik14
        rows += np.flatnonzero((table["ik14"] == key) & (table["cell"] == cell))[:2].tolist()
    return conditions.take(np.array(rows))


@pytest.fixture(scope="module")
def molecules(bundle, served):
    return {
        key: read_molecule(bundle.library.by_structure(key).smiles) for key in served.table["ik14"]
    }


@pytest.fixture(scope="module")
def sources(served):
    return tuple(sorted(set(served.table["source"])))


@pytest.fixture(scope="module")
def loader(bundle, served, molecules, sources, five_lines):
    labels = bundle.pathway_labels
    return Loader(served, molecules, five_lines, labels, sources, len(bundle.pathways.vocabulary))


def seeded(seed=88):
    return torch.Generator().manual_seed(seed)


def test_every_pair_is_served(served):
    assert set(served.table["cell"]) == {cell for _, cell in PAIRS}
    assert served.table["ik14"].nunique() == 2


def test_ordered_batches_are_the_conditions_as_they_stand(loader, served):
    batches = list(loader.ordered(3))
    assert [len(batch.change) for batch in batches] == [3] * (len(served) // 3) + (
        [len(served) % 3] if len(served) % 3 else []
    )
    change = torch.cat([batch.change for batch in batches])
    assert (change.numpy() == served.change).all()
    weight = torch.cat([batch.weight for batch in batches])
    assert (weight.numpy() == served.table["weight"].to_numpy()).all()


def test_ordered_batches_are_at_the_reference_context(loader):
    assert not any(batch.context.any() for batch in loader.ordered(4))


def test_training_and_prediction_see_the_same(loader, served, molecules, five_lines, sources):
    (batch,) = loader.ordered(100)
    lines = [five_lines.of_line(cell) for cell in served.table["cell"]]
    asked = prediction_batch(
        [molecules[key] for key in served.table["ik14"]], lines, 5, len(context_names(sources))
    )
    for name in Batch._fields[: Batch._fields.index("change")]:
        assert torch.equal(getattr(batch, name), getattr(asked, name)), name


def test_graphs_are_only_made_when_asked_for(loader, served, molecules, five_lines, sources):
    with_graphs = Loader(served, molecules, five_lines, {}, sources, 6, graphs=True)
    (plain,), (batch,) = loader.ordered(100), with_graphs.ordered(100)
    assert plain.atoms.shape == (len(served), 0, 62)
    assert plain.neighbours.shape[1] == plain.bonds.shape[1] == plain.is_atom.shape[1] == 0
    lines = [five_lines.of_line(cell) for cell in served.table["cell"]]
    compounds = [molecules[key] for key in served.table["ik14"]]
    asked = prediction_batch(compounds, lines, 5, len(context_names(sources)), graphs=True)
    for name in ("atoms", "is_atom", "neighbours", "bonds"):
        assert torch.equal(getattr(batch, name), getattr(asked, name)), name
    assert batch.is_atom.sum(dim=1).tolist() == [
        len(molecular_graph(compound).atoms) for compound in compounds
    ]


def test_the_whole_molecule_stands_beside_its_fragments(loader, served, molecules):
    (batch,) = loader.ordered(100)
    expected = [morgan_bits(molecules[key].smiles) for key in served.table["ik14"]]
    assert (batch.molecule.numpy() == np.stack(expected)).all()


def test_a_line_without_expression_is_marked_as_unknown(loader, served):
    (batch,) = loader.ordered(100)
    unknown = np.array(served.table["cell"] == "HCC15")
    assert unknown.any()
    assert (batch.has_cell.numpy() == ~unknown).all()
    assert not batch.cell[unknown].any()


def test_labels_mark_the_pathways_of_known_targets(loader, served, bundle):
    (batch,) = loader.ordered(100)
    for row, key in enumerate(served.table["ik14"]):
        label = bundle.pathway_labels.get(key)
        assert batch.has_pathways[row].item() == (label is not None)
        assert (batch.pathways[row].numpy() == (0 if label is None else label)).all()
    assert batch.has_pathways.any()


def test_a_compound_without_known_targets_has_no_label(served, molecules, five_lines, sources):
    loader = Loader(served, molecules, five_lines, {}, sources, 6)
    (batch,) = loader.ordered(100)
    assert not batch.has_pathways.any()
    assert batch.pathways.shape == (len(served), 6)


def test_a_seed_gives_the_same_order_and_an_epoch_serves_everything_once(loader, served):
    first, again, other = (
        torch.cat([batch.change for batch in loader.shuffled(3, seeded(seed), 0.5)])
        for seed in (88, 88, 89)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert sorted(first[:, 0].tolist()) == sorted(served.change[:, 0].tolist())


def test_a_sample_that_forgets_its_source_keeps_dose_and_time(loader, sources):
    n_plain = len(context_names(()))
    (kept,) = loader.shuffled(100, seeded(), source_dropout=0.0)
    (forgot,) = loader.shuffled(100, seeded(), source_dropout=1.0)
    assert (kept.context[:, n_plain:].sum(dim=1) == 1).all()
    assert not forgot.context[:, n_plain:].any()
    assert torch.equal(kept.context[:, :n_plain], forgot.context[:, :n_plain])


def test_forgetting_does_not_last(loader):
    list(loader.shuffled(100, seeded(), source_dropout=1.0))
    (batch,) = loader.shuffled(100, seeded(), source_dropout=0.0)
    assert batch.context[:, len(context_names(())) :].any(dim=1).all()


def test_gene_sets_are_marked(bundle, molecules, five_lines):
    from badger_core.data.conditions import gene_set_conditions

    sets = gene_set_conditions(bundle.signatures, bundle.genes.entrez)
    rows = np.flatnonzero(sets.table["ik14"].isin(molecules.keys()))[:3]
    loader = Loader(sets.take(rows), molecules, five_lines, {}, (), 6)
    (batch,) = loader.ordered(10)
    assert batch.is_gene_set.all()
    assert set(batch.change.unique().tolist()) == {-1, 0, 1}
