"""The one thing a model receives: samples padded to one length."""

from typing import NamedTuple

import torch
from torch import Tensor


class Batch(NamedTuple):
    """B samples. Inputs come first; targets are empty (0 rows) when predicting."""

    fragments: Tensor  # (B, F, A) float, Morgan bits of each fragment
    is_fragment: Tensor  # (B, F) bool, False on padding
    cell: Tensor  # (B, C) float, likeness to each reference line
    has_cell: Tensor  # (B,) bool, False where the line's basal expression is unknown
    context: Tensor  # (B, K) float, dose, time and source
    change: Tensor  # (B, G) float, measured change; for gene sets +1, -1, 0
    is_gene_set: Tensor  # (B,) bool
    weight: Tensor  # (B,) float
    pathways: Tensor  # (B, P) float, 1 where the pathway holds a known target
    has_pathways: Tensor  # (B,) bool, False where no target is known

    def to(self, device: torch.device | str) -> "Batch":
        """The same batch on another device."""
        return Batch(*(tensor.to(device, non_blocking=True) for tensor in self))
