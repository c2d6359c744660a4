"""Training leaves the kernel part alone, and the kernel part leaves training alone."""

from dataclasses import replace

import pytest
import torch

from badger_core.data.knowledge import Knowledge, vocabulary
from badger_core.data.loader import Loader
from badger_core.training.expert import fit_expert
from tests.training.conftest import QUICK, same


@pytest.fixture(scope="module")
def with_kernel(bundle, eight, five_lines):
    """The same run of a network that has a kernel part."""
    table = eight.conditions.table
    molecules = bundle.library.molecules(table["ik14"])
    knowledge = Knowledge(bundle.library, vocabulary(bundle.library, table["ik14"]))
    smiles = {key: molecule.smiles for key, molecule in molecules.items()}
    fitted = fit_expert(eight.conditions, smiles, five_lines, knowledge, QUICK.expert)
    n_pathways = len(bundle.pathways.vocabulary)
    loader = Loader(
        eight.conditions, molecules, five_lines, {}, ("one",), n_pathways, knowledge=knowledge
    )
    world = replace(eight.world, expert=fitted.data)
    return replace(eight, loader=loader, world=world, validation=None)


WITH_KERNEL = replace(QUICK, model=replace(QUICK.model, kernel_share=0.75))


def test_training_leaves_the_kernel_part_as_it_was_fitted(with_kernel, tmp_path):
    network, _ = with_kernel.fit(WITH_KERNEL, tmp_path)
    for name, buffer in network.expert.named_buffers():
        assert (buffer.numpy() == getattr(with_kernel.world.expert, name)).all(), name
    batch = next(with_kernel.loader.ordered(8))
    with torch.inference_mode():
        output = network(batch)
    mixed = 0.25 * output.parts["cascade"] + 0.75 * output.parts["kernel"]
    assert torch.allclose(output.change, mixed, atol=1e-6)


def test_the_kernel_part_does_not_change_what_the_cascade_learns(with_kernel, tmp_path):
    mixed, course = with_kernel.fit(WITH_KERNEL, tmp_path / "mixed")
    alone, other = with_kernel.fit(QUICK, tmp_path / "alone")
    ours, theirs = mixed.state_dict(), alone.state_dict()
    assert all(torch.equal(ours[name], tensor) for name, tensor in theirs.items())
    assert [row["loss"] for row in course.history] == [row["loss"] for row in other.history]


def test_an_interrupted_run_with_a_kernel_part_goes_on_to_the_same_network(with_kernel, tmp_path):
    def interrupt(line):
        if line.startswith("epoch 1/"):
            raise KeyboardInterrupt

    whole, _ = with_kernel.fit(WITH_KERNEL, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        with_kernel.fit(WITH_KERNEL, tmp_path / "cut", interrupt)
    resumed, _ = with_kernel.fit(WITH_KERNEL, tmp_path / "cut")
    assert same(whole, resumed)
