"""What any active compound does in a line like this one: the drug-free part of a prediction.

Most of the accuracy that is to be had on active signatures is a response that the compounds share,
and it differs by line. The network therefore predicts what a compound adds to it.
"""

import torch
from torch import Tensor, nn

from badger_core.data.batch import Batch
from badger_core.model.contract import World


class LinePrior(nn.Module):
    """The training lines' mean changes, mixed by likeness to the line asked for."""

    def __init__(self, world: World, sharpness: float = 12.0) -> None:
        super().__init__()
        self.register_buffer("line_at", torch.tensor(world.line_at))
        self.register_buffer("line_means", torch.tensor(world.line_means))
        self.mean_change = nn.Parameter(torch.tensor(world.mean_change))
        self.sharpness = nn.Parameter(torch.tensor(sharpness))

    def forward(self, batch: Batch) -> Tensor:
        """(B, G) change; the overall mean where the line's expression is unknown."""
        likeness = batch.cell[:, self.line_at]  # (B, L)
        share = (self.sharpness * likeness).softmax(dim=-1)
        of_line = share @ self.line_means
        return torch.where(batch.has_cell[:, None], of_line, self.mean_change)
