"""From a cell's counts to its basal state: what the cell was before its gene was lost.

B cells, G genes, T targets, Z latent dimensions, H hidden.
"""

import torch
from torch import Tensor, nn


class Encoder(nn.Module):
    """q(z | counts, target, replicate), a Normal with a diagonal covariance.

    Counts are brought to one depth, log(1 + x), and standardised by mean and spread of the training
    cells. The target is known to the encoder, so it can take its effect out.

    Args:
        centre, scale: (G,) mean and standard deviation of the transformed training counts.
        depth: transcripts that cells are brought to.
        n_conditions: T + 1 targets and control.
        n_replicates: replicates and one place for an unknown one.
        hidden, latent: H and Z.
    """

    def __init__(
        self,
        centre: Tensor,
        scale: Tensor,
        depth: float,
        n_conditions: int,
        n_replicates: int,
        hidden: int,
        latent: int,
    ) -> None:
        super().__init__()
        self.depth = depth
        self.register_buffer("centre", centre)
        self.register_buffer("scale", scale)
        self.first = nn.Linear(len(centre) + 1, hidden)
        self.condition = nn.Embedding(n_conditions, hidden)
        self.replicate = nn.Embedding(n_replicates, hidden)
        nn.init.zeros_(self.condition.weight)
        nn.init.zeros_(self.replicate.weight)
        self.second = nn.Linear(hidden, hidden)
        self.mean = nn.Linear(hidden, latent)
        self.log_sd = nn.Linear(hidden, latent)

    def forward(
        self, counts: Tensor, condition: Tensor, replicate: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Mean and log standard deviation, both (B, Z)."""
        total = counts.sum(1, keepdim=True).clamp_min(1)
        level = (torch.log1p(counts * self.depth / total) - self.centre) / self.scale
        depth = (total / self.depth).log()
        hidden = self.first(torch.cat([level.clamp(-5, 5), depth], 1))
        hidden = hidden + self.condition(condition) + self.replicate(replicate)
        hidden = torch.nn.functional.leaky_relu(hidden)
        hidden = hidden + torch.nn.functional.leaky_relu(self.second(hidden))
        return self.mean(hidden), self.log_sd(hidden).clamp(-5, 2)
