"""What must hold of every baseline: shapes, padding, order, company, learning, use of genes."""

from dataclasses import asdict

import numpy as np
import pytest
import torch
from torch import nn

from badger_core.chem.graph import ATOM_FEATURES, graph_of
from badger_core.chem.molecule import to_rdkit
from badger_core.data.featurise import pad_graphs, prediction_batch
from badger_core.errors import SettingError
from badger_core.model.attention import SetNorm
from badger_core.model.checkpoint import Card, load, save_checkpoint
from badger_core.model.zoo import MODELS, network_named, reads_graph
from badger_core.training.settings import RUNS
from tests.conftest import LINES, N_CONTEXT, N_GENES, N_PATHWAYS, N_VECTOR
from tests.model.baselines.conftest import build

CLOSE = 1e-5
OTHERS = ["badger_light", "mlp", "deepce", "ciger"]


def ask(network, batch):
    with torch.inference_mode():
        return network(batch).change


def moved(network, batch, **fields):
    """How far each sample's prediction moves when fields are replaced, (B,)."""
    return (ask(network, batch._replace(**fields)) - ask(network, batch)).abs().amax(dim=1)


def test_one_finite_change_per_gene_and_not_the_same_for_all(network, batch):
    change = ask(network, batch)
    assert change.shape == (3, N_GENES)
    assert torch.isfinite(change).all()
    assert change.std(dim=1).min() > 1e-4


def test_padding_is_invisible(network, batch):
    garbage = {
        "fragments": torch.ones(3, 4, batch.fragments.shape[2]),
        "is_fragment": torch.zeros(3, 4, dtype=torch.bool),
        "atoms": torch.ones(3, 4, ATOM_FEATURES),
        "is_atom": torch.zeros(3, 4, dtype=torch.bool),
        "neighbours": torch.full((3, 4, 6), -1),
        "bonds": torch.zeros(3, 4, 6, 6),
    }
    padded = {k: torch.cat([getattr(batch, k), v], dim=1) for k, v in garbage.items()}
    assert moved(network, batch, **padded).max() < CLOSE


def test_the_company_in_a_batch_does_not_matter(network, batch, imatinib, vemurafenib, caffeine):
    together = ask(network, batch)
    for i, compound in enumerate((imatinib, vemurafenib, caffeine)):
        line = batch.cell[i].numpy() if batch.has_cell[i] else None
        alone = prediction_batch([compound], [line], len(LINES), N_CONTEXT, graphs=True)
        assert torch.allclose(ask(network, alone)[0], together[i], atol=CLOSE)


def test_the_order_of_fragments_does_not_matter(network, batch):
    order = torch.randperm(batch.fragments.shape[1], generator=torch.Generator().manual_seed(1))
    fragments, real = batch.fragments[:, order], batch.is_fragment[:, order]
    assert moved(network, batch, fragments=fragments, is_fragment=real).max() < CLOSE


def test_the_order_of_atoms_does_not_matter(graph_network, batch, imatinib, vemurafenib, caffeine):
    from rdkit import Chem

    shuffled, random = [], np.random.default_rng(1)
    for compound in (imatinib, vemurafenib, caffeine):
        mol = to_rdkit(compound)
        order = random.permutation(mol.GetNumAtoms()).tolist()
        shuffled.append(graph_of(Chem.RenumberAtoms(mol, order)))
    padded = pad_graphs(shuffled)
    assert not torch.equal(padded.atoms, batch.atoms)
    assert moved(graph_network, batch, **padded._asdict()).max() < CLOSE


def test_the_prediction_depends_on_compound_line_and_context(network, batch):
    turned = {k: getattr(batch, k)[[1, 2, 0]] for k in ("fragments", "is_fragment", "molecule")}
    turned |= {k: getattr(batch, k)[[1, 2, 0]] for k in ("atoms", "is_atom", "neighbours", "bonds")}
    assert moved(network, batch, **turned).min() > 1e-5
    by_line = moved(network, batch, cell=batch.cell + 0.1 * torch.eye(5)[[0, 1, 2]])
    assert by_line[:2].min() > 1e-6
    assert by_line[2] == 0  # the third sample's line is unknown: its features are not read
    assert moved(network, batch, context=batch.context + torch.eye(N_CONTEXT)[0]).min() > 1e-6


def test_an_unknown_line_is_not_a_line_unlike_all_others(network, batch):
    zero = torch.zeros_like(batch.cell)
    known = batch._replace(cell=zero, has_cell=torch.ones(3, dtype=torch.bool))
    unknown = batch._replace(cell=zero, has_cell=torch.zeros(3, dtype=torch.bool))
    assert not torch.allclose(ask(network, known), ask(network, unknown), atol=CLOSE)


def test_the_bonds_of_a_compound_enter(graph_network, batch):
    assert moved(graph_network, batch, bonds=torch.zeros_like(batch.bonds)).min() > 1e-6
    cut = torch.full_like(batch.neighbours, -1)
    assert moved(graph_network, batch, neighbours=cut).min() > 1e-6


def test_every_parameter_learns(network, batch):
    known = batch._replace(context=batch.context + 1)
    torch.manual_seed(88)
    network.train()(known).change.square().sum().backward()
    idle = [name for name, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert idle == []


@pytest.mark.parametrize("name", ["badger_light", "deepce", "ciger"])
def test_gene_features_enter(name, world, batch):
    network = build(world, name)
    before = ask(network, batch)
    turned = torch.roll(network.gene_vectors, 1, dims=0)
    network.gene_vectors.copy_(turned)
    assert (ask(network, batch) - before).abs().amax(dim=1).min() > 1e-4


@pytest.mark.parametrize("name", ["deepce", "ciger"])
def test_what_one_gene_shows_reaches_the_others(name, world, batch):
    """Genes look at each other, so a change of one gene's features is felt by all."""
    network = build(world, name)
    before = ask(network, batch)
    network.gene_vectors[0] += 3
    assert ((ask(network, batch) - before).abs().amax(dim=0) > 0).all()


@pytest.mark.parametrize("run", ["deepce", "ciger", "mlp"])
def test_a_fresh_network_normalises_with_gamma_one(run, world):
    network = network_named(RUNS[run].network)(world, **asdict(RUNS[run].model))
    norms = [part for part in network.modules() if isinstance(part, nn.LayerNorm | SetNorm)]
    assert norms
    assert all((norm.weight == 1).all() and (norm.bias == 0).all() for norm in norms)


@pytest.mark.parametrize("name", ["deepce", "ciger"])
def test_attention_is_alive_in_a_fresh_network(name, world, batch):
    """A gamma of zero would make what genes take from each other exactly zero."""
    torch.manual_seed(88)
    network = network_named(name)(world, **asdict(RUNS[name].model)).eval()
    before = ask(network, batch)
    network.gene_vectors[0] += 3
    assert (ask(network, batch) - before)[:, 1:].abs().max() > 1e-4


def test_the_plain_network_starts_at_the_drug_free_mean_and_ends_in_a_linear(world):
    network = network_named("mlp")(world, **asdict(RUNS["mlp"].model))
    assert isinstance(network.out, nn.Linear)
    assert torch.equal(network.out.bias.detach(), torch.tensor(world.mean_change))


def test_maps_of_the_light_network_sum_to_one(world, batch):
    network = build(world, "badger_light", hidden=16)
    with torch.inference_mode():
        (name, weights), *others = network(batch).weights.items()
    assert (name, others) == ("fragment_to_gene", [])
    assert weights.shape == (3, 2, N_GENES, batch.fragments.shape[1] + 1)
    assert torch.allclose(weights.sum(-1), torch.ones(()), atol=CLOSE)
    hidden = ~batch.is_fragment[:, None, None].expand_as(weights[..., :-1])
    assert (weights[..., :-1][hidden] == 0).all()


@pytest.mark.parametrize("name", OTHERS)
def test_a_checkpoint_brings_the_network_back(name, world, batch, tmp_path):
    settings = asdict(RUNS[name].model)
    torch.manual_seed(88)
    network = network_named(name)(world, **settings).train()
    network(batch)  # batch statistics are part of what must come back
    network.eval()
    card = Card(
        network=name,
        settings=settings,
        genes=tuple(range(N_GENES)),
        pathways=tuple(f"P{i}" for i in range(N_PATHWAYS)),
        references=LINES,
        sources=(),
        n_bits=1024,
        n_context=N_CONTEXT,
        n_vector=N_VECTOR,
        n_lines=3,
        split="unseen-compound",
        fold=1,
        held_out_cells=(),
        trained_compounds=(),
        trained_cells=(),
        bundle="0" * 12,
        training={},
        metrics={},
        command="",
    )
    save_checkpoint(tmp_path / "fold1", network, card)
    again, _ = load(tmp_path / "fold1")
    assert torch.equal(ask(again, batch), ask(network, batch))


def test_a_batch_without_graphs_is_refused_with_the_remedy(graph_network, batch):
    bare = batch._replace(**pad_graphs([None] * 3)._asdict())
    with pytest.raises(SettingError, match="graphs=True"):
        graph_network(bare)


@pytest.mark.parametrize("name", ["deepce", "ciger"])
def test_a_lone_atom_can_be_trained_on(name, world, batch):
    from badger_core.chem.molecule import read_molecule

    methane = prediction_batch([read_molecule("C")], [None], len(LINES), N_CONTEXT, graphs=True)
    assert methane.atoms.shape[1] == 1
    assert torch.isfinite(build(world, name).train()(methane).change).all()


def test_only_two_networks_ask_for_graphs():
    assert [name for name in MODELS if reads_graph(name)] == ["deepce", "ciger"]
    with pytest.raises(SettingError, match="no network 'nonsense'"):
        reads_graph("nonsense")


@pytest.mark.parametrize(
    ("run", "millions"),
    [("deepce-published", (0.4, 0.8)), ("ciger-published", (4, 7)), ("mlp", (0.5, 1.0))],
)
def test_sizes_are_about_the_papers(run, millions, bundle):
    """With 978 genes, 165 reference lines and the published number of gene features."""
    from badger_core.model.contract import World

    n_vector = {"string_node2vec": 128, "go": 1107, "own": 144}[RUNS[run].gene_vectors]
    mean = np.zeros(978, np.float32)
    vectors = np.zeros((978, n_vector), np.float32)
    world = World(1024, 165, 14, 160, vectors, mean, np.arange(2), np.stack([mean] * 2))
    network = network_named(RUNS[run].network)(world, **asdict(RUNS[run].model))
    total = sum(p.numel() for p in network.parameters()) / 1e6
    assert millions[0] < total < millions[1]
