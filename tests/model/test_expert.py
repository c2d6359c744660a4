"""The kernel part alone and beside the cascade: by hand, in parts, and out of gradients' reach."""

import numpy as np
import pytest
import torch

from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.similarity import tanimoto
from badger_core.data.featurise import prediction_batch
from badger_core.model.contract import Output
from badger_core.model.expert import (
    CONSTANT,
    KINDS,
    LINE_POWER,
    ExpertData,
    KernelExpert,
    packed,
    pair_likeness,
    unpacked,
)
from tests.conftest import LINES, N_CONTEXT, N_GENES
from tests.model.conftest import with_expert


@pytest.fixture
def expert(expert_data):
    return KernelExpert(expert_data)


def ask(network, batch):
    with torch.inference_mode():
        return network(batch)


@pytest.mark.parametrize("kind", [np.array, torch.tensor])
def test_likeness_of_pairs_by_hand(kind):
    # The same line, half alike and unlike lines; compounds of likeness 1, 1 and 3.
    found = pair_likeness(kind([1.0, 1.0, 3.0]), kind([1.0, 0.5, 0.0]))
    assert type(found) is type(kind([1.0]))
    assert found.tolist() == pytest.approx([2 + CONSTANT, 1.25 + CONSTANT, 1.5 + CONSTANT])


@pytest.mark.parametrize("width", [1, 3, 8, 13, 1024])
def test_packing_loses_nothing(width):
    rows = (np.random.default_rng(88).random((5, width)) < 0.3).astype(np.uint8)
    stored = packed(rows)
    assert stored.shape == (5, -(-width // 8))
    assert stored.dtype == np.uint8
    assert (unpacked(torch.tensor(stored), width).numpy() == rows).all()
    assert (np.unpackbits(stored, axis=1)[:, :width] == rows).all()


def test_no_terms_at_all_can_be_packed():
    assert unpacked(torch.tensor(packed(np.zeros((3, 0)))), 0).shape == (3, 0)


def test_the_first_number_is_the_highest_bit():
    assert packed(np.array([[1, 0, 0, 0, 0, 0, 1, 1, 1]])).tolist() == [[131, 128]]


def test_a_prediction_by_hand(expert, expert_data, known_batch):
    """Every pair weighs by its compound and line, then through components to genes."""
    dual, components = (getattr(expert_data, n).astype(float) for n in ("dual", "components"))
    for sample in range(3):
        bits = known_batch.molecule[sample].numpy()
        drug = tanimoto(bits.astype(np.uint8), np.unpackbits(expert_data.bits, axis=1))
        # Terms: two mechanisms, one target. Imatinib knows the first and the target, vemurafenib
        # the second and the target; the third sample knows none.
        shared = {0: [0.5 + 1.5, 1.5], 1: [1.5, 2.0 + 1.5], 2: [0, 0]}[sample]
        drug = drug + shared
        cell = known_batch.cell[sample].numpy()
        line = [0.0, 0.0, 0.0]
        if known_batch.has_cell[sample]:
            cosine = expert_data.line_features @ (cell / np.linalg.norm(cell))
            line = [*np.maximum(cosine, 0) ** LINE_POWER, 0.0]
        pairs = zip(expert_data.pair_compound, expert_data.pair_line, strict=True)
        kernel = [drug[c] * (1 + line[n]) / 2 + line[n] + CONSTANT for c, n in pairs]
        found = ask(expert, known_batch)[sample].numpy()
        assert found == pytest.approx(kernel @ dual @ components, abs=1e-3)


def test_a_compound_is_wholly_like_itself(expert, known_batch, expert_data):
    molecules = expert.tanimoto(known_batch)
    assert torch.diagonal(molecules).tolist() == [1, 1]
    assert (molecules <= 1).all()
    whole = np.unpackbits(expert_data.bits, axis=1)
    of_caffeine = tanimoto(known_batch.molecule[2].numpy().astype(np.uint8), whole)
    assert molecules[2].numpy() == pytest.approx(of_caffeine, abs=1e-6)


def test_several_terms_are_shared_over_the_root_of_how_many_each_has(expert, known_batch):
    """Both mechanisms against one of them: 2.0 / sqrt(2 x 1); targets are counted apart."""
    both = torch.tensor([[1.0, 1, 0]]).expand(3, 3)
    plain = expert.tanimoto(known_batch)
    found = expert.compound_likeness(known_batch._replace(knowledge=both)) - plain
    assert found.numpy() == pytest.approx(np.tile([0.5 / 2**0.5, 2.0 / 2**0.5], (3, 1)), abs=1e-6)


def test_a_line_is_wholly_like_itself_and_an_unknown_one_like_none(expert, expert_data, batch):
    own = torch.tensor(expert_data.line_features * 3.7)  # length does not matter
    asked = batch._replace(
        cell=torch.cat([own, own[:1]]), has_cell=torch.tensor([True, True, False])
    )
    likeness = expert.line_likeness(asked)
    assert torch.diagonal(likeness).tolist() == pytest.approx([1, 1], abs=1e-5)
    assert not likeness[2].any()
    opposite = asked._replace(cell=-asked.cell)
    assert not expert.line_likeness(opposite).any()


def test_what_is_not_known_gives_a_prediction_all_the_same(expert, caffeine, five_lines):
    """A compound without a known term in a line without expression: structure and the constant."""
    none = np.zeros((2, 3), np.uint8)
    lines = [None, five_lines.of_line("K562")]
    batch = prediction_batch([caffeine] * 2, lines, len(LINES), N_CONTEXT, knowledge=none)
    found = ask(expert, batch)
    assert found.shape == (2, N_GENES)
    assert torch.isfinite(found).all()
    drug = expert.tanimoto(batch)[0, expert.pair_compound.long()]
    by_hand = (drug / 2 + CONSTANT) @ expert.dual.float() @ expert.components.float()
    assert torch.allclose(found[0], by_hand, atol=1e-5)
    assert not torch.equal(found[0], found[1])


def test_the_company_in_a_batch_and_the_order_of_pairs_do_not_matter(
    expert, expert_data, known_batch
):
    together = ask(expert, known_batch)
    for sample in range(3):
        one = known_batch._replace(
            molecule=known_batch.molecule[[sample]],
            knowledge=known_batch.knowledge[[sample]],
            cell=known_batch.cell[[sample]],
            has_cell=known_batch.has_cell[[sample]],
        )
        assert torch.allclose(ask(expert, one)[0], together[sample], atol=1e-5)
    order = [2, 0, 3, 1]
    arrays = {name: getattr(expert_data, name) for name in KINDS}
    arrays |= {n: arrays[n][order] for n in ("pair_compound", "pair_line", "dual")}
    turned = KernelExpert(ExpertData(**arrays))
    assert torch.allclose(ask(turned, known_batch), together, atol=1e-5)


def test_up_is_not_down(expert, expert_data, known_batch):
    arrays = {name: getattr(expert_data, name) for name in KINDS}
    turned = KernelExpert(ExpertData(**arrays | {"dual": -expert_data.dual}))
    assert torch.equal(ask(turned, known_batch), -ask(expert, known_batch))


def test_an_empty_kernel_part_has_the_shapes_and_kinds_of_a_full_one(expert_data):
    empty = ExpertData.empty(expert_data.shapes())
    assert empty.shapes() == expert_data.shapes()
    for name, kind in KINDS.items():
        array = getattr(expert_data, name)
        assert array.dtype == getattr(empty, name).dtype == kind
        assert not getattr(empty, name).any()
    loaded = KernelExpert(empty)
    loaded.load_state_dict(KernelExpert(expert_data).state_dict())


def test_a_prediction_is_the_mix_of_its_parts(taught_world, known_batch, expert):
    for share in (0.25, 0.75, 1.0):
        network = with_expert(taught_world, share)
        change, _, parts = ask(network, known_batch)
        assert set(parts) == {"cascade", "kernel"}
        mixed = (1 - share) * parts["cascade"] + share * parts["kernel"]
        assert torch.allclose(change, mixed, atol=1e-6)
        assert torch.equal(parts["kernel"], ask(expert, known_batch))
        assert not torch.allclose(parts["cascade"], parts["kernel"], atol=1e-2)


def test_the_cascade_is_the_network_that_has_no_kernel_part(taught_world, known_batch):
    mixed, alone = with_expert(taught_world), with_expert(taught_world, share=0.0)
    assert alone.expert is None
    found = ask(alone, known_batch)
    assert found.parts == {}
    assert torch.equal(found.learned, found.change)
    assert torch.equal(found.change, ask(mixed, known_batch).parts["cascade"])


def test_in_training_there_is_only_the_cascade(taught_world, known_batch):
    network = with_expert(taught_world, dropout=0.0)
    predicted = ask(network, known_batch)
    output = network.train()(known_batch)
    assert output.parts == {}
    assert torch.allclose(output.change, predicted.parts["cascade"], atol=1e-6)
    assert torch.equal(output.learned, output.change)


def test_what_is_learned_is_the_cascade_where_there_are_parts():
    whole, cascade = torch.ones(1, 2), torch.zeros(1, 2)
    assert Output(whole, {}).learned is whole
    assert Output(whole, {}, {"cascade": cascade, "kernel": whole}).learned is cascade


@pytest.mark.parametrize("training", [True, False])
def test_no_gradient_reaches_the_kernel_part(taught_world, known_batch, training):
    network = with_expert(taught_world).train(training)
    before = {name: b.clone() for name, b in network.expert.named_buffers()}
    assert set(before) == set(KINDS)
    assert list(network.expert.parameters()) == []
    output = network(known_batch)
    output.change.square().sum().backward()
    assert all(not b.requires_grad for b in network.expert.buffers())
    if not training:
        assert not output.parts["kernel"].requires_grad
        assert output.parts["cascade"].requires_grad
    optimiser = torch.optim.AdamW(network.parameters(), lr=0.1)
    optimiser.step()
    for name, buffer in network.expert.named_buffers():
        assert torch.equal(buffer, before[name]), name


def test_half_precision_in_training_leaves_the_kernel_part_exact(taught_world, known_batch, expert):
    with torch.autocast("cpu", torch.bfloat16):
        with_expert(taught_world).train()(known_batch)
    network = with_expert(taught_world)
    assert torch.equal(ask(network, known_batch).parts["kernel"], ask(expert, known_batch))


def test_the_kernel_part_reads_the_whole_molecule(expert, known_batch, imatinib):
    assert (known_batch.molecule[0].numpy() == morgan_bits(imatinib.smiles)).all()
    moved = known_batch._replace(fragments=1 - known_batch.fragments)
    assert torch.equal(ask(expert, moved), ask(expert, known_batch))
    other = known_batch._replace(molecule=known_batch.molecule.roll(1, dims=0))
    assert not torch.equal(ask(expert, other), ask(expert, known_batch))
