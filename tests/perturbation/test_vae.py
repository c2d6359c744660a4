"""The model: shapes, gradients, invariance to the order of genes, and a bound that is one."""

import numpy as np
import pytest
import torch

from badger_core.errors import PerturbationError
from badger_core.perturbation.mask import sample_normal
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_settings import VaeSettings
from badger_core.perturbation.vae_start import cells_of, start_of
from tests.perturbation.models import learned, small_world

SETTINGS = VaeSettings(latent=3, hidden=8, moves=True)


def untrained(seed: int = 0) -> PerturbationVae:
    torch.manual_seed(seed)
    return PerturbationVae(start_of(small_world().screen).world, SETTINGS)


def test_shapes_and_gradients_of_every_weight() -> None:
    vae = untrained()
    with torch.no_grad():
        vae.network_part.raw_logits.fill_(0.0)
        vae.decoder.curve[2].weight.normal_(std=0.1)
    batch = cells_of(small_world().screen, vae.targets, vae.replicates)
    output = vae(batch)
    assert output.log_likelihood.shape == (5, len(batch.counts))
    assert output.state_divergence.shape == (len(batch.counts),)
    assert output.network_divergence.shape == (6,)
    loss = -output.log_likelihood.mean() + output.state_divergence.mean()
    (loss + 1e-3 * output.network_divergence.sum() + output.replicate_penalty.sum()).backward()
    for name, weight in vae.named_parameters():
        assert weight.grad is not None, name
        assert weight.grad.abs().sum() > 0, name
        assert torch.isfinite(weight.grad).all(), name


def test_control_cells_are_moved_by_no_network() -> None:
    vae = untrained()
    shift, move = vae.shifts(4, torch.Generator().manual_seed(0))
    assert (shift[:, -1] == 0).all()
    assert (move[:, -1] == 0).all()
    assert shift.shape == (4, 7, 14)
    assert move.shape == (4, 7, 3)


def test_without_state_and_shift_the_mean_is_the_control_profile() -> None:
    vae, world = untrained(), small_world()
    control = world.screen.take(world.screen.target == "non-targeting")
    found = vae.log_mean(
        torch.zeros(1, 1, 3),
        torch.tensor([6]),
        torch.tensor([3]),
        torch.tensor([100.0]),
        torch.zeros(1, 7, 14),
        torch.zeros(1, 7, 3),
    )[0, 0].detach()
    curve = vae.decoder.curve(torch.zeros(3)).detach()
    assert (curve == 0).all()  # nothing but the base is left
    share = control.counts.sum(0) / control.counts.sum()
    assert np.allclose(found.exp().numpy(), 100 * share, rtol=5e-3)


def test_order_of_genes_does_not_matter() -> None:
    model, screen = learned().model, small_world().screen
    order = np.random.default_rng(0).permutation(len(screen.genes))
    turned = screen._replace(counts=screen.counts[:, order], genes=screen.genes[order])
    assert np.array_equal(model.log_likelihood(screen, 4), model.log_likelihood(turned, 4))


def test_likelihood_leaves_the_random_state_alone_and_follows_its_seed() -> None:
    model, screen = learned().model, small_world().screen
    before = torch.get_rng_state()
    one, two = (model.log_likelihood(screen, 5, seed=4) for _ in "ab")
    assert torch.equal(before, torch.get_rng_state())
    assert np.array_equal(one, two)
    assert not np.array_equal(one, model.log_likelihood(screen, 5, seed=5))


def test_bound_rises_with_the_particles() -> None:
    model, screen = learned().model, small_world().screen
    few, many = (model.log_likelihood(screen, n).mean() for n in (1, 100))
    assert many > few


def test_one_particle_is_the_evidence_bound_by_hand() -> None:
    """log p(x|z) + log p(z) - log q(z) with torch's own Normal."""
    vae, screen = learned().model.vae, small_world().screen.take(np.arange(20))
    cells = cells_of(screen, vae.targets, vae.replicates)
    generator = torch.Generator().manual_seed(9)
    with torch.inference_mode():
        shift, move = vae.shifts(1, generator)
        mean, log_sd = vae.encoder(cells.counts, cells.condition, cells.replicate)
        state = sample_normal(mean, log_sd, 1, generator)
        given = vae.likelihood_given(cells, state, shift, move)
        normal = torch.distributions.Normal
        prior = normal(0.0, 1.0).log_prob(state).sum(-1)
        chosen = normal(mean, log_sd.exp()).log_prob(state).sum(-1)
        expected = (given + prior - chosen)[0].numpy()
    assert np.allclose(learned().model.log_likelihood(screen, 1, seed=9), expected, atol=1e-3)


def test_unknown_replicate_is_taken_and_an_unknown_target_refused() -> None:
    model, screen = learned().model, small_world().screen.take(np.arange(8))
    strange = screen._replace(replicate=np.full(8, "rep_9"))
    assert np.isfinite(model.log_likelihood(strange, 2)).all()
    with pytest.raises(PerturbationError, match="XYZ"):
        model.log_likelihood(screen._replace(target=np.full(8, "XYZ")), 2)


def test_missing_gene_is_named() -> None:
    model, screen = learned().model, small_world().screen
    fewer = screen._replace(counts=screen.counts[:, 1:], genes=screen.genes[1:])
    with pytest.raises(PerturbationError, match=str(screen.genes[0])):
        model.log_likelihood(fewer, 2)
