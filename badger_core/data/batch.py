"""The one thing a model receives: samples padded to one length."""

from typing import NamedTuple

import torch
from torch import Tensor


class Batch(NamedTuple):
    """B samples. Inputs come first; targets are empty (0 rows) when predicting.

    The molecular graph has M = 0 atoms unless the network reads it (`reads_graph`).
    """

    fragments: Tensor  # (B, F, A) float, Morgan bits of each fragment
    is_fragment: Tensor  # (B, F) bool, False on padding
    molecule: Tensor  # (B, A) float, Morgan bits of the whole molecule
    knowledge: Tensor  # (B, V) float, 1 for each known mechanism and target; V = 0 if not read
    atoms: Tensor  # (B, M, T) float, features of each heavy atom, 0 on padding
    is_atom: Tensor  # (B, M) bool, False on padding
    neighbours: Tensor  # (B, M, 6) int64, positions of the neighbouring atoms, -1 = none
    bonds: Tensor  # (B, M, 6, 6) float, features of the bond to each neighbour
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
