"""Deleting the one fragment that a toy model reads is found; deleting any other is not."""

import numpy as np
import pytest
import torch

from badger_core.explain.deletion import delete_each, predict_rows, rows_of, without


@pytest.fixture
def first_only(batch):
    """Reads whether the first fragment of imatinib is there, whatever its place."""
    bits = batch.fragments[0, 0]
    up, down = torch.linspace(-1, 1, 30), torch.linspace(1, -1, 30)

    def predict(asked):
        same = (asked.fragments == bits).all(dim=2) & asked.is_fragment
        return torch.where(same.any(dim=1)[:, None], up, down)

    return predict


def test_only_the_planted_fragment_has_an_effect(batch, first_only):
    effects = delete_each(batch, first_only)
    count = int(batch.is_fragment[0].sum())
    assert count > 3
    assert effects.order[0, 0] == pytest.approx(2)  # the order turns round
    assert effects.order[0, 1:count] == pytest.approx(np.zeros(count - 1))
    assert effects.size[0, 0] == pytest.approx(2 * np.sqrt((np.linspace(-1, 1, 30) ** 2).mean()))
    assert effects.size[0, 1:count] == pytest.approx(np.zeros(count - 1))


def test_padding_and_single_fragments_have_no_effect_at_all(batch, first_only):
    effects = delete_each(batch, first_only)
    several = batch.is_fragment & (batch.is_fragment.sum(dim=1) > 1)[:, None]
    assert not several[2].any()  # caffeine is one fragment
    assert (np.isnan(effects.order) == ~several.numpy()).all()
    assert (np.isnan(effects.size) == ~several.numpy()).all()


def test_how_many_rows_go_at_once_changes_nothing(batch, first_only):
    one, other = delete_each(batch, first_only), delete_each(batch, first_only, rows_at_once=2)
    np.testing.assert_allclose(one.order, other.order)
    np.testing.assert_allclose(one.size, other.size)
    assert (predict_rows(batch, first_only, 2) == first_only(batch).numpy()).all()


def test_a_deleted_fragment_is_padding(batch):
    less = without(batch, torch.tensor([1, 0, 0]))
    assert (less.is_fragment.sum(dim=1) == batch.is_fragment.sum(dim=1) - 1).all()
    assert less.fragments[0, 1].sum() == 0
    assert (less.fragments[0, 0] == batch.fragments[0, 0]).all()
    assert batch.fragments[0, 1].sum() > 0  # the batch itself is as it was


def test_rows_keep_everything_of_a_sample_together(batch):
    rows = rows_of(batch, torch.tensor([2, 0, 2]))
    assert len(rows.fragments) == 3
    assert (rows.cell[1] == batch.cell[0]).all()
    assert rows.has_cell.tolist() == [False, True, False]
    assert len(rows.change) == 0
