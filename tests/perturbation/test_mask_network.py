"""Totals follow from direct effects through measured targets only, by hand and by inversion."""

import torch

from badger_core.perturbation.mask_network import Network

AT = torch.tensor([0, 1, -1])
OWN = torch.tensor([-1.6, -0.8, -1.0])


def network(hops: bool = True) -> Network:
    """Targets a and b are the genes 0 and 1; c was not measured; genes 2 and 3 are no targets."""
    return Network(AT, OWN, 4, 0.05, 0.6, hops)


def test_effect_passes_through_a_measured_target_by_hand() -> None:
    """a halves b's whole loss (-0.4 of -0.8), so it has half of b's effect on gene 2."""
    direct = torch.zeros(1, 3, 4)
    direct[0, 0, 1] = -0.4
    direct[0, 1, 2] = 0.6
    total = network().total(direct)[0]
    assert torch.allclose(total[0], torch.tensor([-1.6, -0.4, 0.3, 0.0]), atol=1e-6)
    assert torch.allclose(total[1], torch.tensor([0.0, -0.8, 0.6, 0.0]), atol=1e-6)
    assert torch.equal(total[2], torch.zeros(4))


def test_cycle_agrees_with_the_limit_of_its_rounds() -> None:
    """a and b act on each other; a's own loss is held at one, so nothing comes back to it."""
    direct = torch.zeros(1, 3, 4)
    direct[0, 0, 1], direct[0, 1, 0] = -0.4, -0.8
    direct[0, 0, 3], direct[0, 1, 3] = 0.2, 0.5
    total = network().total(direct)[0]
    assert torch.allclose(total[0, 3], torch.tensor(0.2 + 0.5 * 0.5), atol=1e-6)
    assert torch.allclose(total[1, 3], torch.tensor(0.5 + 0.5 * 0.2), atol=1e-6)


def test_without_hops_totals_are_direct() -> None:
    direct = torch.zeros(1, 3, 4)
    direct[0, 0, 1], direct[0, 1, 2] = -0.4, 0.6
    assert network(hops=False).total(direct)[0, 0, 2] == 0


def test_a_target_has_no_edge_to_itself() -> None:
    part = network()
    with torch.no_grad():
        part.raw_logits.fill_(5.0)
        part.raw_effect.fill_(0.1)
    drawn = part.draw(3, torch.Generator().manual_seed(0)).direct
    assert (drawn[:, [0, 1], [0, 1]] == 0).all()
    assert (part.reading().direct[[0, 1], [0, 1]] == 0).all()
    assert (drawn[:, 2] != 0).all()


def test_gradients_reach_logits_effects_and_spreads() -> None:
    part = network()
    with torch.no_grad():
        part.raw_logits.fill_(0.0)
        part.raw_effect.fill_(0.05)
    torch.manual_seed(0)
    (part.draw(20).total.square().sum() + part.divergence().sum()).backward()
    for weight in (part.raw_logits, part.raw_effect, part.effect_log_sd):
        assert (weight.grad[2] != 0).all()
        assert torch.isfinite(weight.grad).all()
