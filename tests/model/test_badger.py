"""What must hold of the network however it is built: shapes, weights, padding, order, company."""

from dataclasses import asdict

import numpy as np
import pytest
import torch

from badger_core.chem.fingerprint import BITS
from badger_core.data.batch import Batch
from badger_core.data.featurise import context_names, prediction_batch, reference_lines
from badger_core.model.badger import Badger
from badger_core.model.contract import World
from badger_core.training.prepare import RESPONSE_DIMS
from badger_core.training.settings import RUNS
from tests.conftest import LINES, N_CONTEXT, N_GENES, N_PATHWAYS
from tests.model.conftest import build

N_HEADS, CLOSE = 2, 1e-5


def ask(network, batch):
    with torch.inference_mode():
        return network(batch)


def only(batch: Batch, sample: int) -> Batch:
    """One sample by itself, without the padding that its company asked for."""
    n = int(batch.is_fragment[sample].sum())
    inputs = Batch._fields.index("change")
    alone = (field[sample : sample + 1] for field in batch[:inputs])
    return Batch(*alone, *batch[inputs:])._replace(
        fragments=batch.fragments[sample : sample + 1, :n],
        is_fragment=batch.is_fragment[sample : sample + 1, :n],
    )


def test_the_output_has_one_change_per_gene_and_maps_by_name(network, batch):
    change, weights, _ = ask(network, batch)
    n_fragments = batch.fragments.shape[1]
    expected = {
        "fragment_to_pathway": (3, N_HEADS, N_PATHWAYS, n_fragments + 1),
        "pathway_to_gene": (3, N_HEADS, N_GENES, N_PATHWAYS + 1),
        "gene_to_gene": (3, N_HEADS, N_GENES, N_GENES),
    }
    if network.gene_self is None:
        del expected["gene_to_gene"]
    assert change.shape == (3, N_GENES)
    assert {name: tuple(w.shape) for name, w in weights.items()} == expected
    assert torch.isfinite(change).all()


def test_all_weights_sum_to_one_and_none_is_negative(network, batch):
    for name, weights in ask(network, batch).weights.items():
        assert torch.allclose(weights.sum(-1), torch.ones(()), atol=CLOSE), name
        assert weights.min() >= 0, name


def test_padding_is_invisible(network, batch):
    garbage = torch.ones(3, 4, batch.fragments.shape[2])
    padded = batch._replace(
        fragments=torch.cat([batch.fragments, garbage], dim=1),
        is_fragment=torch.cat([batch.is_fragment, torch.zeros(3, 4, dtype=torch.bool)], dim=1),
    )
    plain, found = ask(network, batch), ask(network, padded)
    assert torch.allclose(found.change, plain.change, atol=CLOSE)
    maps = found.weights["fragment_to_pathway"]
    n = batch.fragments.shape[1]
    assert (maps[..., n:-1] == 0).all()
    assert (maps[..., :n][~batch.is_fragment[:, None, None].expand_as(maps[..., :n])] == 0).all()


def test_the_order_of_fragments_does_not_matter(network, batch):
    order = torch.randperm(batch.fragments.shape[1], generator=torch.Generator().manual_seed(1))
    shuffled = batch._replace(
        fragments=batch.fragments[:, order], is_fragment=batch.is_fragment[:, order]
    )
    plain, found = ask(network, batch), ask(network, shuffled)
    assert torch.allclose(found.change, plain.change, atol=CLOSE)
    ours, theirs = (r.weights["fragment_to_pathway"][..., :-1] for r in (found, plain))
    assert torch.allclose(ours, theirs[..., order], atol=CLOSE)


def test_the_company_in_a_batch_does_not_matter(network, batch):
    together = ask(network, batch).change
    for sample in range(3):
        alone = ask(network, only(batch, sample)).change[0]
        assert torch.allclose(alone, together[sample], atol=CLOSE)


def test_a_forward_pass_gives_the_same_every_time(network, batch):
    assert torch.equal(ask(network, batch).change, ask(network, batch).change)


def test_the_prediction_depends_on_the_line(network, batch):
    moved = batch._replace(cell=batch.cell + 0.05 * torch.eye(5)[[0, 1, 2]])
    difference = (ask(network, moved).change - ask(network, batch).change).abs().amax(dim=1)
    assert (difference[:2] > 1e-5).all()
    assert difference[2] == 0  # the third sample's line is unknown: its features are not read


def test_the_network_itself_depends_on_the_line_not_only_what_all_compounds_share(network, batch):
    moved = batch._replace(cell=batch.cell + 0.05 * torch.eye(5)[[0, 1, 2]])
    with torch.inference_mode():
        of_drug = [ask(network, b).change - network.prior(b) for b in (batch, moved)]
    assert (of_drug[1] - of_drug[0]).abs().amax(dim=1)[:2].min() > 1e-6


def test_the_prediction_depends_on_the_fragments(network, batch):
    fragments = batch.fragments.clone()
    bit = int(fragments[0, 0].argmax())
    fragments[:, 0, bit] = 1 - fragments[:, 0, bit]
    moved = ask(network, batch._replace(fragments=fragments)).change
    assert ((moved - ask(network, batch).change).abs().amax(dim=1) > 1e-6).all()


def test_the_prediction_depends_on_the_context(network, batch):
    other = batch._replace(context=batch.context + torch.eye(N_CONTEXT)[0])
    assert ((ask(network, other).change - ask(network, batch).change).abs().amax(1) > 1e-6).all()


def test_a_dropped_sample_differs_from_a_quiet_one(network, batch):
    torch.manual_seed(1)
    noisy = network.train()(batch).change
    assert not torch.allclose(noisy, ask(network.eval(), batch).change, atol=1e-3)


def test_genes_can_be_predicted_to_go_down(network, batch):
    change = ask(network, batch).change
    assert (change < 0).any()
    assert (change > 0).any()


def test_every_parameter_learns(network, batch):
    known = batch._replace(context=batch.context + 1)
    output = network.train()(known)
    (output.change.square().sum() + output.weights["fragment_to_pathway"][..., -1].sum()).backward()
    idle = [name for name, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert idle == []


def test_without_a_drug_effect_the_prior_is_left(plain, world, batch):
    for name, table in plain.decoder.named_parameters():
        assert torch.nn.init.zeros_(table) is table, name
    change = ask(plain, batch).change
    means = torch.as_tensor(world.line_means)
    share = (12.0 * batch.cell[:, world.line_at]).softmax(dim=-1)
    assert torch.allclose(change[:2], share[:2] @ means, atol=1e-6)
    assert torch.allclose(change[2], torch.as_tensor(world.mean_change), atol=1e-6)


def test_the_prior_of_a_training_line_is_nearest_to_its_own_mean(plain, world, batch):
    line = world.line_at[1]
    one_hot = batch._replace(cell=torch.eye(5)[[line] * 3])
    with torch.inference_mode():
        prior = plain.prior(one_hot)[0]
    distance = ((prior - torch.as_tensor(world.line_means)) ** 2).sum(dim=1)
    assert int(distance.argmin()) == 1
    assert distance[1] < 1e-3


def test_learning_does_not_reach_into_the_world_it_was_built_for(network, world, batch):
    before = [world.gene_vectors.copy(), world.mean_change.copy(), world.line_means.copy()]
    with torch.no_grad():
        for tensor in network.state_dict().values():
            tensor += 1
    after = [world.gene_vectors, world.mean_change, world.line_means]
    assert all((a == b).all() for a, b in zip(after, before, strict=True))


def test_up_is_not_down(plain, batch):
    """A prior turned upside down turns its part of the prediction, so the sign has a meaning."""
    before = ask(plain, batch).change
    prior = plain.prior
    prior.line_means.neg_()
    with torch.no_grad():
        prior.mean_change.neg_()
        part = prior(batch)
    assert torch.allclose(ask(plain, batch).change - before, 2 * part, atol=1e-5)


@pytest.mark.parametrize("decoder", ["dense", "low_rank"])
def test_a_molecule_without_brics_bonds_is_one_fragment_among_others(world, caffeine, decoder):
    network = build(world, decoder=decoder)
    batch = prediction_batch([caffeine], [None], len(LINES), N_CONTEXT)
    assert ask(network, batch).weights["fragment_to_pathway"].shape[-1] == 2


def test_the_published_setting_is_about_as_large_as_the_paper_says(bundle, conditions):
    """The paper counts 644,355; ours (about 700,000) has other gene vectors and reference lines."""
    settings = RUNS["badger-published"].model
    assert (settings.hidden, settings.attention, settings.decoder) == (128, "additive", "dense")
    assert settings.gene_self_attention
    vectors = np.zeros(
        (len(bundle.genes), bundle.gene_vectors.shape[1] + RESPONSE_DIMS), np.float32
    )
    world = World(
        n_bits=BITS,
        n_references=len(reference_lines(bundle.cells, frozenset())),
        n_context=len(context_names(sorted(set(conditions.table["source"])))),
        n_pathways=len(bundle.pathways.vocabulary),
        gene_vectors=vectors,
        mean_change=vectors[:, 0],
        line_at=np.arange(2),
        line_means=vectors[:, :2].T,
    )
    network = Badger(world, **asdict(settings))
    assert 600_000 < sum(p.numel() for p in network.parameters()) < 800_000
