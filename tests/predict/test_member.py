"""A member gives its own network the batch that this network reads."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from badger_core.data.knowledge import Knowledge
from badger_core.errors import CheckpointError
from badger_core.predict.member import check_fits, load_members
from badger_core.training.settings import RUNS


@pytest.fixture(scope="module")
def member(predictor):
    return predictor.ensemble[0]


def test_the_members_stand_in_the_order_of_their_names(bundle, predictor):
    files = sorted(predictor.folder.glob("*.safetensors"))
    members = load_members(bundle, predictor.folder)
    assert [member.name for member in members] == [file.stem for file in files]
    assert [member.card for member in members] == [member.card for member in predictor.ensemble]


def test_a_batch_holds_compounds_lines_and_what_is_known_of_them(
    member, bundle, imatinib, caffeine
):
    features = [member.cells.of_line("MCF7"), None]
    batch = member.batch([imatinib, caffeine], features)
    assert batch.has_cell.tolist() == [True, False]
    assert (batch.cell[0].numpy() == features[0]).all()
    assert (batch.cell[1] == 0).all()
    assert batch.cell.shape == (2, len(member.card.references))
    assert (batch.context == 0).all()
    assert batch.context.shape == (2, member.card.n_context)
    known = Knowledge(bundle.library, member.card.terms)
    assert (batch.knowledge[0].numpy() == known.of(imatinib.ik14)).all()
    assert batch.knowledge[0].sum() > 0
    assert batch.atoms.shape[1] == 0  # badger reads no molecular graph


def test_a_catalogued_line_has_one_vector_whichever_way_it_is_asked_for(member, bundle):
    line = bundle.cells.find("MCF7")
    assert np.array_equal(member.cells.of(line), member.cells.of_line("MCF7"))


def test_a_network_that_reads_graphs_gets_them(member, caffeine):
    reader = replace(member, card=replace(member.card, network=RUNS["deepce"].network))
    batch = reader.batch([caffeine], [None])
    assert batch.is_atom.sum() == 14  # C8H10N4O2 without its hydrogens
    plain = member.batch([caffeine], [None])
    assert torch.equal(batch.fragments, plain.fragments)


def test_a_folder_without_models_is_refused(bundle, tmp_path):
    with pytest.raises(CheckpointError, match="There is no model in"):
        load_members(bundle, tmp_path)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("genes", "ranks other genes"),
        ("pathways", "knows other pathways"),
        ("references", "compares with the line 2"),
    ],
)
def test_a_card_of_another_bundle_is_refused(member, bundle, tmp_path, name, problem):
    check_fits(bundle, member.card, tmp_path)
    with pytest.raises(CheckpointError, match=problem):
        check_fits(bundle, replace(member.card, **{name: ("3", "2")}), tmp_path)
