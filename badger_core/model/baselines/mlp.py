"""A plain network: whole-molecule fingerprint, line and context to every gene at once."""

import torch
from torch import nn

from badger_core.data.batch import Batch
from badger_core.model.baselines.line import LineFeatures
from badger_core.model.contract import Output, World


class Mlp(nn.Module):
    """Hidden layers of Linear, LayerNorm, ReLU and dropout, then a plain Linear.

    Nothing follows the last Linear, so a gene can go down as far as up. Its bias starts at the
    drug-free mean. No attention, so `weights` is empty.

    Args:
        world: sizes and fixed knowledge.
        hidden: H.
        layers: number of hidden layers.
        dropout: share of activations dropped in training.
    """

    def __init__(self, world: World, hidden: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.line = LineFeatures(world.n_references)
        width = world.n_bits + world.n_references + world.n_context
        parts: list[nn.Module] = []
        for before in (width, *[hidden] * (layers - 1)):
            parts += [nn.Linear(before, hidden), nn.LayerNorm(hidden), nn.ReLU()]
            parts.append(nn.Dropout(dropout))
        self.body = nn.Sequential(*parts)
        self.out = nn.Linear(hidden, len(world.mean_change))
        with torch.no_grad():
            self.out.bias.copy_(torch.tensor(world.mean_change))

    def forward(self, batch: Batch) -> Output:
        """Predicted change of every gene (B, G)."""
        given = torch.cat([batch.molecule, self.line(batch), batch.context], dim=1)
        return Output(self.out(self.body(given)), {})
