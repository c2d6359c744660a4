"""What a prediction loses when one fragment is taken from the compound.

Source: the erasure test of Li et al. 2016 (arXiv 1612.08220), as comprehensiveness in DeYoung et
al. 2020 (ERASER). A deleted fragment is masked like padding; nothing is trained again, so the
reduced compound may be unlike anything the network has seen.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch
from badger_core.evaluation.correlation import spearman

Predict = Callable[[Batch], Tensor]
"""A batch to its predicted change (B, G)."""


class Effects(NamedTuple):
    """What deleting each fragment does to the prediction, NaN where there is none to delete."""

    order: np.ndarray  # (B, F) 1 - Spearman of the whole and the reduced prediction, 0 to 2
    size: np.ndarray  # (B, F) root mean square change over genes, in units of the prediction


def of_network(network: nn.Module) -> Predict:
    """What the attention speaks of: the cascade where a kernel part stands beside it."""
    return lambda batch: network(batch).learned


def delete_each(batch: Batch, predict: Predict, rows_at_once: int = 64) -> Effects:
    """Delete each fragment in turn; a compound's only fragment is left alone.

    Args:
        batch: B samples without targets.
        predict: the part of the model that is asked.
        rows_at_once: reduced samples predicted together; the memory they need, not the result,
            depends on it.
    """
    order, size = (np.full(batch.is_fragment.shape, np.nan) for _ in range(2))
    at = torch.nonzero(batch.is_fragment & (batch.is_fragment.sum(dim=1) > 1)[:, None])  # (D, 2)
    with torch.inference_mode():
        whole = predict_rows(batch, predict, rows_at_once)
        for part in at.split(rows_at_once):
            row, column = part.unbind(dim=1)
            less = predict(without(rows_of(batch, row), column)).cpu().numpy()
            before, where = whole[row.numpy()], (row.numpy(), column.numpy())
            order[where] = 1 - spearman(before, less)
            size[where] = np.sqrt(((before - less) ** 2).mean(axis=1))
    return Effects(order, size)


def predict_rows(batch: Batch, predict: Predict, rows_at_once: int = 64) -> np.ndarray:
    """(B, G) predictions, a few rows at a time."""
    with torch.inference_mode():
        parts = torch.arange(len(batch.fragments)).split(rows_at_once)
        return np.concatenate([predict(rows_of(batch, p)).cpu().numpy() for p in parts])


def without(batch: Batch, column: Tensor) -> Batch:
    """The same samples, each with the fragment at its `column` (B,) turned into padding."""
    row = torch.arange(len(column))
    fragments, is_fragment = batch.fragments.clone(), batch.is_fragment.clone()
    fragments[row, column] = 0
    is_fragment[row, column] = False
    return batch._replace(fragments=fragments, is_fragment=is_fragment)


def rows_of(batch: Batch, rows: Tensor) -> Batch:
    """Some samples of a batch, in the order of `rows`; what holds no rows stays empty."""
    samples = len(batch.fragments)
    return Batch(*(t[rows] if len(t) == samples else t for t in batch))
