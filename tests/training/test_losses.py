"""The losses by hand, and against torch's own where it has them."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional

from badger_core.model.contract import Output
from badger_core.training.losses import gene_set_loss, numeric_loss, pathway_loss, total_loss

SIGN = torch.tensor([[1.0, 1.0, 0.0, 0.0, -1.0]])
UP, REST, DOWN = 2.0, 0.5, -1.0


def softplus(x):
    return math.log1p(math.exp(x))


def attention(mass):
    """(B, N, P, F + 1) with this mass on one real fragment, the rest on the pseudo token."""
    mass = torch.tensor(mass)[:, None, :, None].expand(-1, 2, -1, -1)
    return torch.cat([mass, 1 - mass], dim=-1)


def test_numeric_loss_by_hand():
    predicted, measured = torch.tensor([[3.0, 4.0]]), torch.tensor([[4.0, 3.0]])
    # cosine 24 / 25, mean squared error 1
    assert numeric_loss(predicted, measured, 0.5).item() == pytest.approx(2 * 0.04 + 0.5, abs=1e-6)


def test_either_part_of_the_numeric_loss_can_stand_alone():
    predicted, measured = torch.tensor([[3.0, 4.0]]), torch.tensor([[4.0, 3.0]])
    assert numeric_loss(predicted, measured, 1.0, 0.0).item() == pytest.approx(1, abs=1e-6)
    assert numeric_loss(predicted, measured, 0.0, 1.0).item() == pytest.approx(0.08, abs=1e-6)
    assert numeric_loss(predicted, measured, 0.5, 2.0).item() == pytest.approx(0.66, abs=1e-6)


def test_a_perfect_fit_costs_nothing():
    measured = torch.randn(4, 30, generator=torch.Generator().manual_seed(88))
    assert numeric_loss(measured, measured, 1.0).abs().max() < 1e-5


def test_the_opposite_costs_most_and_without_the_squares_the_scale_does_not_matter():
    measured = torch.randn(4, 30, generator=torch.Generator().manual_seed(88))
    assert torch.allclose(numeric_loss(-measured, measured, 0.0), torch.full((4,), 4.0))
    assert numeric_loss(7 * measured, measured, 0.0).abs().max() < 1e-5


def test_gene_set_loss_by_hand():
    scores = torch.tensor([[UP, UP, REST, REST, DOWN]])
    expected = (softplus(REST - UP) + softplus(DOWN - REST) + softplus(DOWN - UP)) / 3
    assert gene_set_loss(scores, SIGN).tolist() == pytest.approx([expected])


def test_gene_set_loss_wants_up_above_the_rest_above_down():
    right = gene_set_loss(torch.tensor([[9.0, 9, 0, 0, -9]]), SIGN)
    rest_first = gene_set_loss(torch.tensor([[0.0, 0, 9, 9, -9]]), SIGN)
    upside_down = gene_set_loss(torch.tensor([[-9.0, -9, 0, 0, 9]]), SIGN)
    assert right.item() < 1e-3
    assert right < rest_first < upside_down


def test_a_set_without_down_genes_is_judged_by_the_others():
    sign = torch.tensor([[1.0, 0.0]])
    found = gene_set_loss(torch.tensor([[1.0, 0.0]]), sign)
    assert found.tolist() == pytest.approx([softplus(-1)])


def test_gene_set_loss_agrees_with_a_literal_loop():
    scores = torch.randn(1, 20, generator=torch.Generator().manual_seed(88))
    sign = torch.tensor([[1.0] * 4 + [0.0] * 10 + [-1.0] * 6])
    parts = []
    for high, low in ((1, 0), (0, -1), (1, -1)):
        pairs = [
            softplus(scores[0, j].item() - scores[0, i].item())
            for i in range(20)
            for j in range(20)
            if sign[0, i] == high and sign[0, j] == low
        ]
        parts.append(np.mean(pairs))
    assert gene_set_loss(scores, sign).tolist() == pytest.approx([np.mean(parts)])


def test_pathway_loss_by_hand():
    # One labelled compound: mass .8 where a target is, .3 and .1 where none is.
    label = torch.tensor([[1.0, 0.0, 0.0]])
    found = pathway_loss(attention([[0.8, 0.3, 0.1]]), label, torch.tensor([True]))
    expected = (-math.log(0.8) - (math.log(0.7) + math.log(0.9)) / 2) / 2
    assert found.item() == pytest.approx(expected, abs=1e-5)


def test_rows_without_known_targets_take_no_part_in_the_pathway_loss():
    label = torch.tensor([[0.0, 0.0], [1.0, 0.0]])
    known = torch.tensor([False, True])
    one = pathway_loss(attention([[0.5, 0.5], [0.8, 0.3]]), label, known)
    other = pathway_loss(attention([[0.99, 0.01], [0.8, 0.3]]), label, known)
    assert torch.equal(one, other)
    assert one == pathway_loss(attention([[0.8, 0.3]]), label[1:], known[1:])


def test_pathway_loss_agrees_with_torchs_cross_entropy_where_classes_are_equally_many():
    mass = [[0.9, 0.6, 0.2, 0.4]]
    label = torch.tensor([[1.0, 0.0, 0.0, 1.0]])
    expected = functional.binary_cross_entropy(torch.tensor(mass), label)
    found = pathway_loss(attention(mass), label, torch.tensor([True]))
    assert found.item() == pytest.approx(expected.item(), abs=1e-6)


def test_attention_on_targets_costs_almost_nothing_and_stays_finite():
    label = torch.tensor([[1.0, 0.0]])
    known = torch.tensor([True])
    assert pathway_loss(attention([[1.0, 0.0]]), label, known) < 1e-3
    assert torch.isfinite(pathway_loss(attention([[0.0, 1.0]]), label, known))


@pytest.fixture
def mixed(eight):
    """The eight conditions, the last two of them turned into gene sets."""
    (batch,) = eight.loader.ordered(8)
    is_set = torch.arange(8) >= 6
    change = torch.where(
        is_set[:, None], batch.change.sign() * (batch.change.abs() > 2), batch.change
    )
    return batch._replace(change=change, is_gene_set=is_set, weight=torch.arange(1.0, 9.0))


def test_the_total_is_the_weighted_sum_of_its_parts(mixed):
    predicted = torch.randn(mixed.change.shape, generator=torch.Generator().manual_seed(88))
    mass = torch.rand(8, mixed.pathways.shape[1], generator=torch.Generator().manual_seed(89))
    output = Output(predicted, {"fragment_to_pathway": attention(mass.tolist())})
    share = mixed.weight / 36
    of_sets = gene_set_loss(predicted[6:], mixed.change[6:])
    expected = (
        (numeric_loss(predicted[:6], mixed.change[:6], 0.7) * share[:6]).sum()
        + 0.3 * (of_sets * share[6:]).sum()
        + 0.2
        * pathway_loss(output.weights["fragment_to_pathway"], mixed.pathways, mixed.has_pathways)
    )
    assert mixed.has_pathways.any()
    assert total_loss(output, mixed, 0.7, 0.2, 0.3).item() == pytest.approx(
        expected.item(), rel=1e-5
    )


def test_a_model_without_attention_maps_is_trained_on_the_rest(mixed):
    output = Output(mixed.change * 0.5, {})
    without = total_loss(output, mixed, 1.0, 0.0, 0.3)
    assert total_loss(output, mixed, 1.0, 5.0, 0.3) == without
    assert without > 0


def test_the_weight_of_the_cosine_reaches_the_total_and_is_one_unless_said(mixed):
    predicted = torch.randn(mixed.change.shape, generator=torch.Generator().manual_seed(88))
    output = Output(predicted, {})
    whole = total_loss(output, mixed, 0.7, 0.0, 0.3)
    assert total_loss(output, mixed, 0.7, 0.0, 0.3, cosine_weight=1.0) == whole
    bare = total_loss(output, mixed, 0.7, 0.0, 0.3, cosine_weight=0.0)
    of_cosine = numeric_loss(predicted[:6], mixed.change[:6], 0.0)
    expected = bare + (of_cosine * (mixed.weight / 36)[:6]).sum()
    assert whole.item() == pytest.approx(expected.item(), rel=1e-5)


def test_where_a_prediction_has_parts_the_cascade_alone_is_judged(mixed):
    """The kernel part learns nothing, so a loss of the mix would blame the cascade for it."""
    chance = torch.Generator().manual_seed(88)
    cascade, kernel = (torch.randn(mixed.change.shape, generator=chance) for _ in range(2))
    parts = {"cascade": cascade, "kernel": kernel}
    whole = Output((cascade + kernel) / 2, {}, parts)
    assert total_loss(whole, mixed, 0.7, 0.0, 0.3) == total_loss(
        Output(cascade, {}), mixed, 0.7, 0.0, 0.3
    )
