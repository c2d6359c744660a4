"""A line and the context of a measurement as numbers for a baseline."""

import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch


class LineFeatures(nn.Module):
    """Likeness to the reference lines, or a learned vector where the line is unknown.

    DeepCE and CIGER tell lines apart by a one-hot code. A line that was not trained on would then
    light up a unit that never learned anything, so likeness takes its place: it can extrapolate.
    """

    def __init__(self, n_references: int) -> None:
        super().__init__()
        self.unknown = nn.Parameter(torch.zeros(n_references))

    def forward(self, batch: Batch) -> Tensor:
        """(B, C)."""
        return torch.where(batch.has_cell[:, None], batch.cell, self.unknown)
