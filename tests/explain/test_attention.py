"""Maps made by hand give the numbers worked out by hand; padding is invisible."""

import numpy as np
import pytest
import torch

from badger_core.data.batch import Batch
from badger_core.errors import CheckpointError
from badger_core.explain.attention import (
    fragment_share,
    pathway_mass,
    pathway_use,
    route,
    route_table,
    used_share,
)
from badger_core.predict.member import load_members


@pytest.fixture
def by_hand(batch):
    """One sample, two heads, two pathways, two fragments and one place of padding; two genes."""
    to_pathway = torch.tensor(
        [[[[0.2, 0.6, 0.0, 0.2], [0.1, 0.1, 0.0, 0.8]], [[0.4, 0.2, 0.0, 0.4], [0.1, 0.3, 0, 0.6]]]]
    )  # (1, 2, 2, 4)
    to_gene = torch.tensor([[[[0.5, 0.1, 0.4], [0.3, 0.3, 0.4]], [[0.7, 0.1, 0.2], [0.5, 0.5, 0]]]])
    empty = Batch(*(torch.zeros(0) for _ in Batch._fields))
    one = empty._replace(
        fragments=torch.zeros(1, 3, 8), is_fragment=torch.tensor([[True, True, False]])
    )
    return {"fragment_to_pathway": to_pathway, "pathway_to_gene": to_gene}, one


def test_shares_mass_and_use_are_those_worked_out_by_hand(by_hand):
    weights, one = by_hand
    # Mean over heads and pathways: 0.2 and 0.3, so 0.4 and 0.6 of what lies on fragments.
    assert fragment_share(weights, one)[0].tolist() == pytest.approx([0.4, 0.6, 0])
    assert pathway_mass(weights)[0].tolist() == pytest.approx([0.7, 0.3])
    assert pathway_use(weights)[0].tolist() == pytest.approx([0.5, 0.25])


def test_shares_by_used_pathways_weight_each_pathway_by_its_use(by_hand):
    weights, one = by_hand
    first = 0.5 * 0.3 + 0.25 * 0.1
    second = 0.5 * 0.4 + 0.25 * 0.2
    expected = [first / (first + second), second / (first + second), 0]
    assert used_share(weights, one)[0].tolist() == pytest.approx(expected)


def test_a_route_is_the_product_of_its_two_steps(by_hand):
    weights, one = by_hand
    parts = route(weights, one, gene=0)
    assert parts.shape == (1, 2, 3)
    # Gene 0 attends .6 and .1; the first pathway attends .3 and .4, the second .1 and .2.
    assert parts[0].numpy() == pytest.approx(np.array([[0.18, 0.24, 0], [0.01, 0.02, 0]]))


def test_the_route_table_names_the_strongest_first(by_hand):
    weights, one = by_hand
    table = route_table(
        route(weights, one, 0)[0].numpy(), ["glycolysis", "apoptosis"], ["CO", "CN"], top=3
    )
    assert table["pathway"].tolist() == ["glycolysis", "glycolysis", "apoptosis"]
    assert table["fragment"].tolist() == ["CN", "CO", "CN"]
    assert table["share"].tolist() == pytest.approx([0.24, 0.18, 0.02])


@pytest.fixture(scope="module")
def made(batch_of_a_member):
    network, one = batch_of_a_member
    with torch.inference_mode():
        return network(one).weights, one


@pytest.fixture(scope="module")
def batch_of_a_member(bundle, predictor, imatinib, vemurafenib, caffeine):
    member = load_members(bundle, predictor.folder)[0]
    features = [member.cells.of_line("MCF7")] * 3
    return member.network, member.batch([imatinib, vemurafenib, caffeine], features)


@pytest.mark.parametrize("shares", [fragment_share, used_share])
def test_shares_of_a_real_member_sum_to_one_over_real_fragments(made, shares):
    weights, one = made
    found = shares(weights, one)
    assert found.sum(dim=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)
    assert (found[~one.is_fragment] == 0).all()
    assert (found >= 0).all()
    assert found[2].max() == pytest.approx(1)  # caffeine is one fragment


def test_use_and_the_pseudo_token_sum_to_one(made):
    weights, _ = made
    pseudo = weights["pathway_to_gene"][..., -1].mean(dim=(1, 2))
    assert (pathway_use(weights).sum(dim=1) + pseudo).tolist() == pytest.approx([1] * 3, abs=1e-5)


def test_padding_is_invisible(batch_of_a_member):
    network, three = batch_of_a_member
    wider = three._replace(
        fragments=torch.nn.functional.pad(three.fragments, (0, 0, 0, 4), value=1.0),
        is_fragment=torch.nn.functional.pad(three.is_fragment, (0, 4)),
    )
    with torch.inference_mode():
        plain, padded = network(three).weights, network(wider).weights
    for shares in (fragment_share, used_share):
        one, other = shares(plain, three), shares(padded, wider)
        assert other[:, : one.shape[1]].numpy() == pytest.approx(one.numpy(), abs=1e-5)
        assert (other[:, one.shape[1] :] == 0).all()
    assert pathway_mass(padded).numpy() == pytest.approx(pathway_mass(plain).numpy(), abs=1e-5)


def test_a_network_that_does_not_attend_is_refused():
    with pytest.raises(CheckpointError, match="no attention map 'pathway_to_gene'"):
        pathway_use({})
